//! CM026: the slots for seal and date are filled in.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

const SEALS: [&str; 4] = ["(盖章)", "(公章)", "(签章)", "(签字)"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("CM026", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    let text = passage.text();
    // A slot is a short line of its own.
    if text.len() > 120 || !text.contains(['章', '字', '日']) {
        return;
    }
    let folded = words::fold(text);
    let bytes = 0..text.len();
    let unsealed = SEALS.iter().find_map(|seal| folded.strip_suffix(seal)).is_some_and(|name| name.ends_with(':'));
    if unsealed {
        let message = format!("“{}”处没有填写名称，也没有盖章", text.trim());
        hits.push(Hit { bytes, message });
    } else if folded.trim_end_matches(')').ends_with("年月日") && folded.chars().count() <= 10 {
        hits.push(Hit { bytes, message: format!("日期“{}”没有填写", text.trim()) });
    }
}
