//! TX008: a paragraph of prose ends with a full stop.
//!
//! Only where it is certain that the paragraph ends: a page break cuts sentences, and names in a list
//! need no stop.

use crate::reading::siblings::{self, Item};
use crate::rules::Verdicts;
use crate::text::{self, Hit, ListNumber, Passage, is_han};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// The shortest prose, in characters.
const SHORTEST: usize = 25;

/// More commas of enumeration than this make a list of names.
const NAMES: usize = 8;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX008");
    let mut told = Vec::new();
    let outcome = text::search("TX008", document, facts, |passage, hits| {
        let text = passage.text().trim_end();
        let Some(mark) = text.chars().next_back().filter(|c| matches!(c, '；' | '，') || is_han(*c)) else { return };
        if text.chars().count() < SHORTEST || text.contains("  ") || text.matches('、').count() > NAMES {
            return;
        }
        let Some(next) = next_number(document, passage) else { return };
        let own = ListNumber::of(text).map_or(u8::MAX, |number| number.level);
        // Items of one list end in semicolons; what a heading follows has ended.
        let ended = if is_han(mark) { is_prose(text, next) } else { next < own && next <= 3 };
        if ended {
            let from = text.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
            let bytes = from..text.len();
            let what = if is_han(mark) { "后缺少句号" } else { "的标点应为句号" };
            let message = format!("段末“{}”{what}", passage.around(&bytes));
            hits.push(Hit { bytes, message });
            told.push(passage.block);
        }
    });
    for passage in unlike(document).filter(|passage| !told.contains(&passage.block)) {
        let text = passage.text().trim_end();
        let from = text.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
        let message = format!("段末“{}”后缺少句号，同级其他各条都有", &text[from..]);
        text::report(&mut verdicts, facts, &passage, Hit { bytes: from..text.len(), message });
    }
    verdicts.join(outcome)
}

/// The items that end without a mark while all others of their list end in a full stop.
fn unlike(document: &Document) -> impl Iterator<Item = Passage<'_>> {
    const OTHERS: usize = 3;
    let lists = siblings::lists(document).into_iter();
    lists.filter_map(move |list| {
        let stops = |item: &Item<'_>| item.passage.text().trim_end().ends_with('。');
        let mut without = list.iter().filter(|item| !stops(item));
        let one = without.next().filter(|_| without.next().is_none() && list.len() > OTHERS)?;
        let text = one.passage.text().trim_end();
        // 。（发展处） ends with a remark behind its stop.
        let remark = text.rfind('（').is_some_and(|at| text[..at].ends_with('。')) || text.ends_with("。）");
        let open = text.ends_with(|c| is_han(c) || matches!(c, '）' | '”')) && !remark;
        (open && ends(document, &one.passage)).then_some(one.passage)
    })
}

/// True when it is certain that a paragraph ends where it does: a line of a text file is whole, and on a page
/// something new must follow.
fn ends(document: &Document, passage: &Passage<'_>) -> bool {
    document.format.keeps_paragraphs() || next_number(document, passage).is_some()
}

/// A sentence, not a heading: it has clauses, or it ends in an amount and a heading follows.
fn is_prose(text: &str, next: u8) -> bool {
    let clauses = text.contains('，') && (next <= 3 || text.contains(['。', '；']));
    clauses || (next <= 3 && text.ends_with("万元"))
}

/// The level of the next paragraph's number where it begins something new on the same page.
fn next_number(document: &Document, passage: &Passage<'_>) -> Option<u8> {
    let page = passage.paragraph.lines.last().and_then(|line| line.place.page);
    match document.blocks.get(passage.block + 1) {
        Some(Block::Paragraph(next)) if next.place().page == page => {
            ListNumber::of(&next.text).map(|number| number.level)
        }
        _ => None,
    }
}
