//! TX005: no punctuation mark stands twice.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// The marks that never follow themselves or each other.
const MARKS: [char; 5] = ['。', '，', '；', '、', '：'];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX005", document, facts, |passage, hits| {
        // The pieces of a table that could not be read end anywhere: what begins with a mark is one.
        if !passage.text().trim_start().starts_with(MARKS) {
            find(passage, hits);
        }
    })
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut before: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if let Some((start, mark)) = before
            && MARKS.contains(&mark)
            && MARKS.contains(&c)
        {
            places.push(start..at + c.len_utf8());
        }
        before = Some((at, c));
    }
    let told =
        |place: &Range<usize>| format!("“{}”处标点“{}”重复，应只留一个", passage.around(place), &text[place.clone()]);
    text::first_of(&places, told, hits);
}
