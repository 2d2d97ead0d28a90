//! TX016: words that have one right way of writing are written so.

use crate::prose::should_be;
use crate::reading::spelling;
use crate::rules::Verdicts;
use crate::text;
use foldhash::{HashMap, HashMapExt};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::wording::{self, Typo};
use std::ops::Range;
use std::sync::LazyLock;

/// Words at fault and what they should be.
struct Fault {
    bytes: Range<usize>,
    right: String,
}

/// Terms that hold these are political: a slip in them weighs more.
const POLITICAL: [&str; 7] = ["习近平", "党中央", "中国特色社会主义", "两个确立", "两个维护", "四个意识", "四个自信"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX016");
    for passage in text::passages(document) {
        let words = passage.text();
        for fault in faults(words).into_iter().chain(years(words, facts.disclosure.year)) {
            let location = passage.locate(facts, fault.bytes.clone());
            fail(&mut verdicts, location, words, &fault);
        }
        verdicts.pass();
    }
    for (block, table) in document.blocks.iter().enumerate().filter_map(|(i, block)| match block {
        Block::Table(table) => Some((i, table)),
        Block::Paragraph(_) => None,
    }) {
        // The tables of amounts hold names that rules of their own look at.
        if facts.statements.iter().any(|statement| statement.blocks.contains(&block)) {
            continue;
        }
        for cell in table.cells() {
            let words = joined(&cell.text);
            for fault in faults(&words) {
                let quote = Some(words[fault.bytes.clone()].to_string());
                fail(&mut verdicts, Locator { place: cell.place, quote, ..Locator::default() }, &words, &fault);
            }
        }
    }
    verdicts.outcome("没有正文")
}

fn fail(verdicts: &mut Verdicts, location: Locator, words: &str, fault: &Fault) {
    let (wrong, around) = (&words[fault.bytes.clone()], text::around(words, &fault.bytes));
    let political = POLITICAL.iter().any(|word| fault.right.contains(word));
    let severity = if political { Severity::Warning } else { Severity::Note };
    let message = format!("“{around}”处的“{wrong}”应为“{}”", fault.right);
    let finding = verdicts.fail_as(severity, location, &mingzhang_standard::words::fold(&around), message);
    should_be(finding, fault.right.clone());
}

/// The text of a cell without the breaks of its lines.
fn joined(text: &str) -> String {
    text.lines().map(str::trim).collect()
}

/// The typing errors and near-misses of a text, none inside another.
fn faults(text: &str) -> Vec<Fault> {
    let mut found = typed(text);
    found.extend(spelling::misses(text).into_iter().map(|miss| Fault { bytes: miss.bytes, right: miss.term }));
    found.sort_by_key(|fault| (fault.bytes.start, std::cmp::Reverse(fault.bytes.end)));
    found.dedup_by(|next, first| next.bytes.start < first.bytes.end);
    found
}

/// Years of which a digit or 年 was lost: 202年度 of a document of 2025, 2026预算安排.
fn years(text: &str, year: Option<u16>) -> Vec<Fault> {
    const BEHIND: [&str; 3] = ["预算安排", "预算执行数", "部门预算"];
    let Some(own_year) = year else { return Vec::new() };
    let near = |digits: &str| digits.parse().is_ok_and(|said: u16| said.abs_diff(own_year) <= 2);
    let mut found = Vec::new();
    let mut end = 0;
    while let Some(start) = text[end..].find(|c: char| c.is_ascii_digit()).map(|at| end + at) {
        end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| start + at);
        let (digits, behind) = (&text[start..end], text[end..].trim_start());
        // 3.202 and 1,202 are amounts.
        let alone = !text[..start].ends_with(['.', ',', '，', '．', '〔', '第', '-', '—']);
        if !alone || !digits.starts_with("20") {
            continue;
        }
        // The names of documents are theirs.
        let is_title = text[..start].rfind('《').is_some_and(|open| !text[open..start].contains('》'));
        if is_title {
            continue;
        }
        if digits.len() == 3 && behind.starts_with("年度") && lacks_one(digits, &own_year.to_string()) {
            let bytes = start..text.len() - behind.len() + "年度".len();
            found.push(Fault { bytes, right: format!("{own_year}年度") });
        } else if let Some(word) = BEHIND.iter().find(|word| near(digits) && behind.starts_with(**word)) {
            let bytes = start..text.len() - behind.len() + word.len();
            found.push(Fault { bytes, right: format!("{digits}年{word}") });
        }
    }
    found
}

/// True where some digits are those of a year with one lost.
fn lacks_one(digits: &str, year: &str) -> bool {
    (0..year.len()).any(|lost| format!("{}{}", &year[..lost], &year[lost + 1..]) == digits)
}

/// The typing errors by the first two characters of what is miswritten: one pass over a text finds all.
static TYPOS: LazyLock<HashMap<[char; 2], Vec<&'static Typo>>> = LazyLock::new(|| {
    let mut index: HashMap<[char; 2], Vec<&'static Typo>> = HashMap::new();
    for typo in wording::typos() {
        let mut chars = typo.wrong.chars();
        if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
            index.entry([first, second]).or_default().push(typo);
        }
    }
    index
});

/// The typing errors of a text.
fn typed(text: &str) -> Vec<Fault> {
    let mut found = Vec::new();
    for ((at, first), (_, second)) in text.char_indices().zip(text.char_indices().skip(1)) {
        // 截止#: the digit may be any, and a space may stand before it.
        for pair in [[first, second], [first, '#']] {
            let typos = TYPOS.get(&pair).map_or(&[][..], Vec::as_slice);
            found.extend(typos.iter().filter_map(|typo| typed_at(text, at, typo)));
        }
    }
    found
}

/// A typing error that stands at a byte of a text.
fn typed_at(text: &str, at: usize, typo: &Typo) -> Option<Fault> {
    let literal = typo.wrong.trim_end_matches('#');
    let after = text[at..].strip_prefix(literal)?;
    let digit = literal.len() == typo.wrong.len() || after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let fits = digit && !typo.except.iter().any(|longer| stands_in(text, at, literal, longer));
    let right = typo.right.trim_end_matches('#').to_string();
    fits.then(|| Fault { bytes: at..at + literal.len(), right })
}

/// True when the word at a byte is part of a longer one.
fn stands_in(text: &str, at: usize, word: &str, longer: &str) -> bool {
    let longer = longer.trim_end_matches('#');
    longer.match_indices(word).any(|(offset, _)| {
        at.checked_sub(offset).is_some_and(|from| text.is_char_boundary(from) && text[from..].starts_with(longer))
    }) || !longer.contains(word) && overlaps(text, at, word, longer)
}

/// A longer word that shares only its end or its beginning with the wrong one: 搭建帐篷 of 建帐.
fn overlaps(text: &str, at: usize, word: &str, longer: &str) -> bool {
    let end = at + word.len();
    let from = text[..at].char_indices().rev().take(longer.chars().count()).last().map_or(at, |(i, _)| i);
    text[from..].match_indices(longer).take_while(|(i, _)| from + i < end).any(|(i, _)| from + i + longer.len() > at)
}
