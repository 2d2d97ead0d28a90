//! What the hints of reasonableness share.

use crate::prose::Prose;
use crate::text::{self, Passage};
use mingzhang_model::document::Block;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_standard::words;
use std::ops::Range;

/// The paragraph that a mention stands in.
pub(crate) fn passage<'a>(prose: &Prose<'a>, mention: usize) -> Option<Passage<'a>> {
    let block = prose.facts.prose.mentions[mention].span.block;
    match prose.document.blocks.get(block)? {
        Block::Paragraph(paragraph) => Some(Passage { block, paragraph }),
        Block::Table(_) => None,
    }
}

/// The bytes of the sentence that a mention stands in, in its paragraph.
pub(crate) fn sentence(prose: &Prose<'_>, mention: usize) -> Range<usize> {
    let at = prose.facts.prose.mentions[mention].span.bytes.start;
    passage(prose, mention).map_or(0..0, |passage| text::sentence(passage.text(), at))
}

/// What a sentence says before a mention, folded.
pub(crate) fn before(prose: &Prose<'_>, mention: usize) -> String {
    let at = prose.facts.prose.mentions[mention].span.bytes.start;
    let start = sentence(prose, mention).start;
    passage(prose, mention).map_or_else(String::new, |passage| words::fold(&passage.text()[start..at]))
}

/// True when a sentence has come to speak of the three public expenses as a whole.
pub(crate) fn of_three_public(said: &str) -> bool {
    const PARTS: [&str; 6] = ["因公出国", "出国(境)", "公务接待", "公务用车", "用车", "原因"];
    said.rfind("三公").is_some_and(|at| !PARTS.iter().any(|part| said[at..].contains(part)))
}

/// Integers of a ratio in whole per cent.
pub(crate) fn percent(part: i64, whole: i64) -> Option<i64> {
    let share = (i128::from(part) * 100).checked_div(i128::from(whole))?;
    i64::try_from(share).ok()
}

/// The number of a cell with its unit.
pub(crate) fn cell(facts: &Facts, fact: &Fact) -> String {
    format!("{}{}", facts.locator(fact).quote.unwrap_or_default(), fact.unit.word())
}
