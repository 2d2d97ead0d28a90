//! TX008: a paragraph of prose ends with a full stop.
//!
//! Only where it is certain that the paragraph ends: a page break cuts sentences, and names in a list
//! need no stop.

use crate::text::{self, Hit, ListNumber, Passage};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// The shortest prose, in characters.
const SHORTEST: usize = 25;

/// More commas of enumeration than this make a list of names.
const NAMES: usize = 8;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX008", document, facts, |passage, hits| {
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
        }
    })
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
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
