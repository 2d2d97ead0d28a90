//! Fifty tables drawn from the shared documents, compared cell by cell with what another program sees on the page.
//!
//! The draw is seeded: the same tables each time, all over the corpus. For each number the words are taken that
//! `pdftotext` finds inside the cell's rectangle; they must be the number. `corpus/fifty.tsv` lists the tables.
//!
//! `UPDATE_GOLDEN=1 cargo test -p mingzhang --test fifty` writes the list anew.

use mingzhang_model::document::{Block, Document, Rect};
use mingzhang_model::fact::{Fact, Facts, Printed};
use mingzhang_testkit::shared;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const DRAWN: usize = 50;
/// A table with fewer numbers says little.
const LEAST: usize = 8;
const SEED: &str = "fifty tables, issue seven";

/// A table that can be drawn: its document, and which of the document's statements it is.
struct Candidate {
    path: PathBuf,
    statement: usize,
    order: u64,
}

#[test]
fn fifty_drawn_tables_print_what_their_pages_show() {
    let files = shared::files("corpus/pdf", ".pdf");
    if files.is_empty() {
        return;
    }
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: pdftotext is not installed");
        return;
    }
    let mut candidates: Vec<Candidate> = files.iter().flat_map(|path| candidates(path)).collect();
    candidates.sort_by_key(|candidate| candidate.order);
    candidates.truncate(DRAWN);
    candidates.sort_by(|a, b| (&a.path, a.statement).cmp(&(&b.path, b.statement)));
    let mut list = String::from("document\tpages\ttable\tnumbers\twrong\n");
    let mut wrong = Vec::new();
    for candidate in &candidates {
        compare(candidate, &mut list, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/fifty.tsv");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return std::fs::write(&golden, list).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_else(|e| panic!("{}: {e}", golden.display()));
    assert_eq!(list, expected, "other tables, or other numbers in them");
}

fn read(path: &Path) -> Option<(Document, Facts)> {
    let document = mingzhang_read::read(&std::fs::read(path).unwrap()).ok()?;
    let facts = mingzhang_extract::extract(&document);
    Some((document, facts))
}

fn candidates(path: &Path) -> Vec<Candidate> {
    let Some((_, facts)) = read(path) else { return Vec::new() };
    let numbers = |statement: usize| numbers(&facts, statement).count();
    let enough = (0..facts.statements.len()).filter(|statement| numbers(*statement) >= LEAST);
    let candidate = |statement: usize| {
        let order = hash(&format!("{SEED}/{}/{statement}", shared::name(path)));
        Candidate { path: path.to_owned(), statement, order }
    };
    enough.map(candidate).collect()
}

fn numbers(facts: &Facts, statement: usize) -> impl Iterator<Item = &Fact> {
    let own = facts.facts.iter().filter(move |fact| fact.statement == statement);
    own.filter(|fact| matches!(fact.printed, Printed::Figure(_)))
}

/// FNV-1a: any order will do that nobody chose.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn compare(candidate: &Candidate, list: &mut String, wrong: &mut Vec<String>) {
    let (document, facts) = read(&candidate.path).unwrap();
    let title = &facts.statements[candidate.statement].title.text;
    let mut pages: BTreeMap<u32, Vec<(Rect, String)>> = BTreeMap::new();
    let (mut count, mut bad) = (0, 0);
    for fact in numbers(&facts, candidate.statement) {
        let (Some(page), Some(rect)) = (fact.place.page, fact.place.rect) else { continue };
        let words = pages.entry(page).or_insert_with(|| words(&candidate.path, page));
        let (own, seen) = (cell(&document, fact), inside(words, rect));
        count += 1;
        if own != seen {
            bad += 1;
            let place = format!("{} p{page} {title}", shared::name(&candidate.path));
            wrong.push(format!("{place}: read {own}, on the page {seen}"));
        }
    }
    let pages: Vec<String> = pages.keys().map(ToString::to_string).collect();
    let name = shared::name(&candidate.path);
    writeln!(list, "{name}\t{}\t{title}\t{count}\t{bad}", pages.join(",")).unwrap();
}

fn cell(document: &Document, fact: &Fact) -> String {
    let Block::Table(table) = &document.blocks[fact.cell.block] else { panic!("a fact stands in a table") };
    table.cell(fact.cell.row, fact.cell.column).unwrap().text.split_whitespace().collect()
}

/// The words of a page with their boxes, as `pdftotext` sees them.
fn words(path: &Path, page: u32) -> Vec<(Rect, String)> {
    let page = page.to_string();
    let output =
        Command::new("pdftotext").args(["-bbox", "-f", &page, "-l", &page]).arg(path).arg("-").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(word).collect()
}

/// `<word xMin="1.0" yMin="2.0" xMax="3.0" yMax="4.0">5.00</word>`
fn word(line: &str) -> Option<(Rect, String)> {
    let attributes = line.trim().strip_prefix("<word ")?;
    let (attributes, text) = attributes.split_once('>')?;
    let edge = |name: &str| -> Option<f32> { attributes.split_once(name)?.1.split('"').nth(1)?.parse().ok() };
    let rect = Rect { x0: edge("xMin")?, y0: edge("yMin")?, x1: edge("xMax")?, y1: edge("yMax")? };
    Some((rect, text.strip_suffix("</word>")?.to_owned()))
}

/// What stands in a rectangle: the words whose middles lie in it, from the top down.
fn inside(words: &[(Rect, String)], rect: Rect) -> String {
    let middle = |word: &Rect| ((word.x0 + word.x1) / 2.0, (word.y0 + word.y1) / 2.0);
    let inside = |word: &&(Rect, String)| {
        let (x, y) = middle(&word.0);
        (rect.x0..=rect.x1).contains(&x) && (rect.y0..=rect.y1).contains(&y)
    };
    let mut found: Vec<&(Rect, String)> = words.iter().filter(inside).collect();
    found.sort_by(|(a, _), (b, _)| (middle(a).1.round(), a.x0).partial_cmp(&(middle(b).1.round(), b.x0)).unwrap());
    found.iter().map(|(_, text)| text.as_str()).collect()
}
