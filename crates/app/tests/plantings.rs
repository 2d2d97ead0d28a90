//! Planted errors: every amount of the statutory tables of ten real documents, spoiled in five ways.
//!
//! A planting counts when it breaks an identity that the document keeps: nobody can see an error
//! that contradicts nothing. Printed are, for each slip, how many were planted, counted, reported and
//! blamed on the right cell, and the share of amounts that no equality covers.

use mingzhang_model::document::{Block, Document, Paragraph};
use mingzhang_model::fact::{CellRef, Fact, Facts, Printed};
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::Severity;
use mingzhang_rules::coverage;
use mingzhang_testkit::plant::{SLIPS, Slip, slipped, with_cells};
use mingzhang_testkit::shared;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Default)]
struct Score {
    planted: usize,
    breaking: usize,
    reported: usize,
    blamed: usize,
}

#[derive(Default)]
struct Tally {
    slips: BTreeMap<Slip, Score>,
    amounts: usize,
    uncovered: usize,
}

fn documents() -> Vec<PathBuf> {
    let mut files = shared::files("seeds", "003_");
    files.extend(shared::files("seeds", "004_"));
    files.extend(shared::files("corpus/pdf", "普陀_").into_iter().filter(|path| !shared::name(path).contains("模板")));
    files
}

#[test]
fn planted_errors_are_reported_and_blamed_on_the_right_cell() {
    let files = documents();
    if files.is_empty() {
        return;
    }
    let tally = shared::on_each(files, try_document, add);
    let all = print(&tally);
    assert!(all.breaking > 5_000, "only {} plantings broke anything", all.breaking);
    assert!(all.reported * 100 >= all.breaking * 99, "reported {} of {}", all.reported, all.breaking);
    assert!(all.blamed * 100 >= all.breaking * 90, "blamed the right cell in {} of {}", all.blamed, all.breaking);
}

fn add(tally: &mut Tally, own: Tally) {
    tally.amounts += own.amounts;
    tally.uncovered += own.uncovered;
    for (slip, score) in own.slips {
        let sum = tally.slips.entry(slip).or_default();
        sum.planted += score.planted;
        sum.breaking += score.breaking;
        sum.reported += score.reported;
        sum.blamed += score.blamed;
    }
}

fn print(tally: &Tally) -> Score {
    let mut all = Score::default();
    println!("slip           planted  breaking  reported     blamed");
    for (slip, score) in &tally.slips {
        let share = |part: usize| 100.0 * part as f64 / score.breaking.max(1) as f64;
        println!(
            "{:<13} {:>8} {:>9} {:>8.2}% {:>9.2}%",
            format!("{slip:?}"),
            score.planted,
            score.breaking,
            share(score.reported),
            share(score.blamed)
        );
        all.planted += score.planted;
        all.breaking += score.breaking;
        all.reported += score.reported;
        all.blamed += score.blamed;
    }
    let share = |part: usize| 100.0 * part as f64 / all.breaking.max(1) as f64;
    println!(
        "all: {} planted, {} breaking, {:.2}% reported, {:.2}% blamed on the right cell first",
        all.planted,
        all.breaking,
        share(all.reported),
        share(all.blamed)
    );
    println!(
        "amounts that no equality covers: {} of {} ({:.2}%)",
        tally.uncovered,
        tally.amounts,
        100.0 * tally.uncovered as f64 / tally.amounts.max(1) as f64
    );
    all
}

/// The document without the running text that is far from its cover and its tables: what is planted are
/// errors in tables, and the text would be read anew for each of them.
fn around_tables(mut document: Document) -> Document {
    const COVER: usize = 12;
    const LINES: usize = 8;
    let tables: Vec<usize> =
        (0..document.blocks.len()).filter(|i| matches!(document.blocks[*i], Block::Table(_))).collect();
    for (i, block) in document.blocks.iter_mut().enumerate().skip(COVER) {
        if tables.iter().all(|table| table.abs_diff(i) > LINES) {
            *block = Block::Paragraph(Paragraph::default());
        }
    }
    document
}

fn try_document(path: &Path) -> Tally {
    let document = around_tables(mingzhang_read::read(&std::fs::read(path).unwrap()).unwrap());
    let facts = mingzhang_extract::extract(&document);
    let known: HashSet<String> = errors(&document, &facts).iter().map(|finding| finding.message.clone()).collect();
    let cover = coverage::cover(&facts);
    let mut tally = Tally::default();
    for (i, fact) in facts.facts.iter().enumerate() {
        let Printed::Figure(figure) = fact.printed else { continue };
        if figure.amount.is_zero() {
            continue;
        }
        tally.amounts += 1;
        tally.uncovered += usize::from(cover[i] == 0);
        for slip in SLIPS {
            let Some(changes) = changes(&facts, i, slip) else { continue };
            let score = tally.slips.entry(slip).or_default();
            score.planted += 1;
            let planted = with_cells(&document, &changes);
            let spoiled = mingzhang_extract::extract(&planted);
            // A spoiled cell that is no number at all has fewer facts: that breaks what it stood in.
            if spoiled.facts.len() == facts.facts.len() && !coverage::breaks(&facts, &spoiled) {
                continue;
            }
            score.breaking += 1;
            let fresh: Vec<Finding> =
                errors(&planted, &spoiled).into_iter().filter(|finding| !known.contains(&finding.message)).collect();
            score.reported += usize::from(!fresh.is_empty());
            let cells: Vec<CellRef> = changes.iter().map(|(cell, _)| *cell).collect();
            let right = blames(&spoiled, &fresh, &cells);
            score.blamed += usize::from(right);
            if !right && std::env::var_os("PLANTINGS").is_some() {
                report_miss(path, &facts, fact, slip, &fresh);
            }
        }
    }
    tally
}

/// The cells that a slip changes, with their new texts.
fn changes(facts: &Facts, i: usize, slip: Slip) -> Option<Vec<(CellRef, String)>> {
    let fact = &facts.facts[i];
    let Printed::Figure(figure) = fact.printed else { return None };
    let printed = figure.to_string();
    let mut changes = vec![(fact.cell, slipped(&printed, slip, i)?)];
    if slip == Slip::Shift {
        let in_row = |other: &&Fact| (other.cell.block, other.cell.row) == (fact.cell.block, fact.cell.row);
        let right = facts.facts.iter().filter(in_row).filter(|other| other.cell.column > fact.cell.column);
        changes.push((right.min_by_key(|other| other.cell.column)?.cell, printed));
    }
    Some(changes)
}

fn errors(document: &Document, facts: &Facts) -> Vec<Finding> {
    let report = mingzhang_rules::check(document, facts);
    report.findings().filter(|finding| finding.severity == Severity::Error).cloned().collect()
}

/// True when the first finding that blames a cell blames one of these.
fn blames(facts: &Facts, findings: &[Finding], cells: &[CellRef]) -> bool {
    let Some(first) = findings.iter().find(|finding| finding.culprit.is_some()) else { return false };
    facts.facts.iter().filter(|fact| cells.contains(&fact.cell)).any(|fact| facts.locator(fact) == first.location)
}

fn report_miss(path: &Path, facts: &Facts, fact: &Fact, slip: Slip, fresh: &[Finding]) {
    println!("{} {slip:?} {}", shared::name(path), facts.locator(fact).words());
    for finding in fresh.iter().take(4) {
        println!("    {} {} {:?}", finding.rule, finding.message, finding.culprit);
    }
}
