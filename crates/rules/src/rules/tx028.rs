//! TX028: the year in a document number stands in hexagonal brackets.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::habits(
        "TX028",
        document,
        facts,
        |passage| number(passage.text()),
        |passage, bytes| {
            let words = &passage.text()[bytes.clone()];
            let year: String = words.chars().filter(char::is_ascii_digit).take(4).collect();
            format!("文号“{}”的年份应用六角括号，写作“〔{year}〕”", passage.around(bytes))
        },
    )
}

/// The first （2024）2号 behind the word of an office.
fn number(text: &str) -> Option<Range<usize>> {
    text.match_indices(['（', '(', '[', '【', '［']).find_map(|(at, open)| {
        let office = text[..at].chars().next_back().is_some_and(text::is_han);
        let inner = &text[at + open.len()..];
        let year = inner.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        let behind = inner[4..].strip_prefix(['）', ')', ']', '】', '］'])?;
        let serial = behind.trim_start().trim_start_matches('第').trim_start();
        let digits = serial.len() - serial.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let end = text.len() - serial.len() + digits;
        let numbered = digits > 0 && text[end..].trim_start().starts_with('号');
        let dated = year.starts_with("19") || year.starts_with("20");
        (office && dated && numbered).then(|| at..text.len() - behind.len())
    })
}
