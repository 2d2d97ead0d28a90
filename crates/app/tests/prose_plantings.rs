//! Planted errors in the running text of real documents: amounts, percentages, direction words, years,
//! units, counts, a character of a name, a reason left out.
//!
//! A planting counts when it contradicts something that the document says: a relation that held and no
//! longer does, another word of direction, the year of the cover, the name that all other places give.
//! Printed are, for each kind, how many were planted, counted and reported. What is found beside the
//! paragraph that was touched, and the numbers that it is held against, would be a false alarm: there is
//! none.

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Finding;
use mingzhang_model::prose::{Claim, Direction, Quantity};
use mingzhang_model::rule::Severity;
use mingzhang_rules::coverage;
use mingzhang_testkit::plant::{Slip, slipped, with_words};
use mingzhang_testkit::shared;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What is planted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Amount,
    Percentage,
    Direction,
    Year,
    Unit,
    Count,
    Name,
    Reason,
}

/// A change of the text.
struct Planting {
    kind: Kind,
    block: usize,
    bytes: Range<usize>,
    words: String,
    /// True when the document itself says otherwise; none where the relations must tell.
    contradicts: Option<bool>,
}

#[derive(Clone, Copy, Default)]
struct Score {
    planted: usize,
    counted: usize,
    reported: usize,
    /// Findings elsewhere.
    stray: usize,
}

type Scores = BTreeMap<Kind, Score>;

/// At most so many plantings of one kind in one document, spread over it.
const MOST: usize = 24;

/// Forms that are known, and narratives without one from several places.
fn documents() -> Vec<PathBuf> {
    let mut files = shared::files("seeds", ".txt");
    for (place, most) in [("普陀_", 9), ("上海_", 5), ("西安_", 3), ("无锡_", 3), ("深圳_", 3), ("北京_", 3)]
    {
        let real = shared::files("corpus/pdf", place).into_iter().filter(|path| !shared::name(path).contains("模板"));
        files.extend(real.take(most));
    }
    files
}

#[test]
fn planted_errors_in_sentences_are_reported_and_nothing_else_is() {
    let files = documents();
    if files.is_empty() {
        return;
    }
    let scores = shared::on_each(files, try_document, add);
    println!("kind         planted  contradicting  reported   strays");
    for (kind, score) in &scores {
        let share = 100.0 * score.reported as f64 / score.counted.max(1) as f64;
        let name = format!("{kind:?}");
        println!("{name:<12} {:>7} {:>14} {share:>8.2}% {:>8}", score.planted, score.counted, score.stray);
    }
    for (kind, score) in &scores {
        assert!(score.counted >= 10, "{kind:?}: only {} plantings contradict anything", score.counted);
        assert!(score.reported * 100 >= score.counted * 95, "{kind:?}: {} of {}", score.reported, score.counted);
        assert_eq!(score.stray, 0, "{kind:?}: findings outside what was touched");
    }
}

fn add(scores: &mut Scores, own: Scores) {
    for (kind, score) in own {
        let sum = scores.entry(kind).or_default();
        sum.planted += score.planted;
        sum.counted += score.counted;
        sum.reported += score.reported;
        sum.stray += score.stray;
    }
}

fn try_document(path: &Path) -> Scores {
    let document = mingzhang_read::read(&std::fs::read(path).unwrap()).unwrap();
    let facts = mingzhang_extract::extract(&document);
    let known = findings(&document, &facts);
    let mut scores = Scores::new();
    for planting in plantings(&document, &facts) {
        let score = scores.entry(planting.kind).or_default();
        score.planted += 1;
        let planted = with_words(&document, planting.block, planting.bytes.clone(), &planting.words);
        let spoiled = mingzhang_extract::extract(&planted);
        let fresh: Vec<Finding> =
            findings(&planted, &spoiled).into_iter().filter(|finding| !is_known(&known, finding)).collect();
        let strays = fresh.iter().filter(|finding| !touches(&planted, finding, &planting));
        let strays: Vec<&Finding> = strays.collect();
        let counts = planting.contradicts.unwrap_or_else(|| coverage::breaks_text(&facts, &spoiled));
        let reported = fresh.len() > strays.len();
        score.stray += strays.len();
        score.counted += usize::from(counts);
        score.reported += usize::from(counts && reported);
        if std::env::var_os("PLANTINGS").is_some() && (counts && !reported || !strays.is_empty()) {
            tell(path, &document, &planting, &strays);
        }
    }
    scores
}

/// True for what was found before the planting: the same words, or the same number for another reason, as
/// when the relation that told it best no longer does.
fn is_known(known: &[Finding], finding: &Finding) -> bool {
    known.iter().any(|old| old.message == finding.message || old.location == finding.location)
}

fn tell(path: &Path, document: &Document, planting: &Planting, strays: &[&Finding]) {
    let text = text_of(document, planting.block);
    let around: String = text[..planting.bytes.start].chars().rev().take(30).collect();
    let around: String = around.chars().rev().collect();
    let behind: String = text[planting.bytes.end..].chars().take(30).collect();
    let (kind, was) = (planting.kind, &text[planting.bytes.clone()]);
    println!("{} {kind:?} {around}[{was}=>{}]{behind}", shared::name(path), planting.words);
    for finding in strays.iter().take(3) {
        println!("    stray {} {}", finding.rule, finding.message);
    }
}

/// Errors and warnings: what a person is asked to look at.
fn findings(document: &Document, facts: &Facts) -> Vec<Finding> {
    let report = mingzhang_rules::check(document, facts);
    let told = report.findings().filter(|finding| matches!(finding.severity, Severity::Error | Severity::Warning));
    told.cloned().collect()
}

/// True when a finding stands in the paragraph that was touched, or is held against a number in it.
fn touches(document: &Document, finding: &Finding, planting: &Planting) -> bool {
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(planting.block) else { return false };
    let own = paragraph.place();
    let within = |locator: &mingzhang_model::locator::Locator| {
        locator.place == own || locator.place.page == own.page && locator.place.line == own.line && own.line.is_some()
    };
    let quoted = |quote: &Option<String>| quote.as_ref().is_some_and(|q| paragraph.text.contains(q.as_str()));
    within(&finding.location)
        || finding.related.iter().any(|related| within(&related.location))
        || quoted(&finding.location.quote) && finding.message.contains(&planting.words)
}

fn text_of(document: &Document, block: usize) -> &str {
    match document.blocks.get(block) {
        Some(Block::Paragraph(paragraph)) => &paragraph.text,
        _ => "",
    }
}

/// Everything that is planted into a document.
fn plantings(document: &Document, facts: &Facts) -> Vec<Planting> {
    let mut all = numbers(document, facts);
    all.extend(directions(document, facts));
    all.extend(years(document, facts));
    all.extend(names(document, facts));
    all.extend(reasons(document));
    let mut kinds: BTreeMap<Kind, Vec<Planting>> = BTreeMap::new();
    for planting in all {
        kinds.entry(planting.kind).or_default().push(planting);
    }
    let spread = |list: Vec<Planting>| {
        let step = list.len().div_ceil(MOST).max(1);
        list.into_iter().step_by(step)
    };
    kinds.into_values().flat_map(spread).collect()
}

/// Amounts, percentages, units and counts: one slip for each number that some relation covers.
fn numbers(document: &Document, facts: &Facts) -> Vec<Planting> {
    let cover = coverage::cover_text(facts);
    let mut plantings = Vec::new();
    for (i, mention) in facts.prose.mentions.iter().enumerate() {
        let text = text_of(document, mention.span.block);
        let words = &text[mention.span.bytes.clone()];
        let mut plant = |kind, words: String, contradicts| {
            let (block, bytes) = (mention.span.block, mention.span.bytes.clone());
            plantings.push(Planting { kind, block, bytes, words, contradicts });
        };
        let slip = [Slip::Digit, Slip::Transposition][i % 2];
        match &mention.quantity {
            Quantity::Money { figure, .. } if cover[i] > 0 && !figure.amount.is_zero() => {
                if let Some(spoiled) = slipped(words, slip, i) {
                    plant(Kind::Amount, spoiled, None);
                }
                if words.ends_with("万元") {
                    plant(Kind::Unit, words.replace("万元", "元"), None);
                }
            }
            Quantity::Percent(percent) if cover[i] > 0 && percent.digits != 0 => {
                if let Some(spoiled) = slipped(words, slip, i) {
                    plant(Kind::Percentage, spoiled, None);
                }
            }
            Quantity::Count { number, unit } if is_of_list(facts, i) => {
                plant(Kind::Count, format!("{}{unit}", number + 1), Some(true));
            }
            _ => {}
        }
    }
    plantings
}

/// True for a count that a list of counts adds up to, or that is one of them.
fn is_of_list(facts: &Facts, i: usize) -> bool {
    let count = |mention: &usize| match &facts.prose.mentions[*mention].quantity {
        Quantity::Count { number, .. } => Some(*number),
        _ => None,
    };
    facts.prose.claims.iter().any(|claim| match claim {
        Claim::Parts { whole, parts, .. } if *whole == i || parts.contains(&i) => {
            let sum: Option<u64> = parts.iter().map(count).sum();
            sum.is_some() && sum == count(whole)
        }
        _ => false,
    })
}

/// The word of direction before a difference or a rate, turned round, where the numbers tell the way.
fn directions(document: &Document, facts: &Facts) -> Vec<Planting> {
    const TURNED: [(&str, &str); 4] = [("增加", "减少"), ("减少", "增加"), ("增长", "下降"), ("下降", "增长")];
    let amount = |mention: &Option<usize>| match facts.prose.mentions[(*mention)?].quantity {
        Quantity::Money { figure, .. } => Some(figure.amount),
        _ => None,
    };
    let mut plantings = Vec::new();
    for claim in &facts.prose.claims {
        let Claim::Change { current, base, difference, direction, rate, rate_direction } = claim else { continue };
        let Some(at) = difference.or(*rate) else { continue };
        let told = direction.or(*rate_direction).is_some_and(|direction| direction != Direction::Level);
        // Last year's number tells the way; so does the word of the rate beside that of the difference.
        let tells = amount(base).zip(amount(current)).is_some_and(|(base, now)| base != now)
            || direction.is_some() && rate_direction.is_some();
        let span = &facts.prose.mentions[at].span;
        let text = text_of(document, span.block);
        let before = &text[..span.bytes.start];
        for (word, turned) in TURNED {
            if told && tells && before.ends_with(word) {
                let bytes = before.len() - word.len()..before.len();
                let words = turned.to_string();
                plantings.push(Planting {
                    kind: Kind::Direction,
                    block: span.block,
                    bytes,
                    words,
                    contradicts: Some(true),
                });
            }
        }
    }
    plantings
}

/// The document's year in a heading that names the budget or the accounts, one year off.
fn years(document: &Document, facts: &Facts) -> Vec<Planting> {
    let Some(year) = facts.disclosure.year else { return Vec::new() };
    let (own, other) = (format!("{year}年"), format!("{}年", year - 1));
    let mut plantings = Vec::new();
    for section in &facts.prose.sections {
        let text = text_of(document, section.block);
        // Parts and chapters; what stands lower often begins a sentence about another year.
        let names_it = section.title.contains("预算") || section.title.contains("决算");
        let is_heading = section.level <= 2 && names_it;
        if let Some(at) = text.find(&own).filter(|_| is_heading) {
            let (block, bytes, words) = (section.block, at..at + own.len(), other.clone());
            plantings.push(Planting { kind: Kind::Year, block, bytes, words, contradicts: Some(true) });
        }
    }
    plantings
}

/// A character of the office's name left out, where the whole name stands elsewhere too.
fn names(document: &Document, facts: &Facts) -> Vec<Planting> {
    const SHORTEST: usize = 8;
    const OFTEN: usize = 3;
    let Some(name) = facts.disclosure.body.as_ref().filter(|name| name.chars().count() >= SHORTEST) else {
        return Vec::new();
    };
    let mut plantings = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = content else { continue };
        // A sentence, not the cover: that says what the name is.
        if !paragraph.text.contains('。') {
            continue;
        }
        for (at, _) in paragraph.text.match_indices(name.as_str()) {
            let drop = name.chars().count() / 2 + plantings.len() % 3;
            let words: String = name.chars().enumerate().filter(|(i, _)| *i != drop).map(|(_, c)| c).collect();
            let bytes = at..at + name.len();
            plantings.push(Planting { kind: Kind::Name, block, bytes, words, contradicts: Some(true) });
        }
    }
    if plantings.len() < OFTEN { Vec::new() } else { plantings }
}

/// A reason that is announced and not given.
fn reasons(document: &Document) -> Vec<Planting> {
    let mut plantings = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = content else { continue };
        for (at, word) in paragraph.text.match_indices("主要原因是") {
            let from = at + word.len();
            let rest = &paragraph.text[from..];
            if let Some(end) = rest.find('。').filter(|end| *end > "。".len()) {
                let (bytes, words) = (from..from + end, String::new());
                plantings.push(Planting { kind: Kind::Reason, block, bytes, words, contradicts: Some(true) });
            }
        }
    }
    plantings
}
