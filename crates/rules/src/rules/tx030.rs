//! TX030: a sentence that begins with 其中 does not follow one that already said 其中 of the same whole.

use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

const WORD: &str = "其中";

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    text::search("TX030", document, facts, find)
}

fn find(passage: &Passage<'_>, hits: &mut Vec<Hit>) {
    const SHOWN: usize = 9;
    let text = passage.text();
    let mark = |at: usize| text[at + WORD.len()..].starts_with(['：', '，', ':', ',']);
    for (at, _) in text.match_indices(WORD).filter(|(at, _)| mark(*at)) {
        let Some(stop) = text[..at].trim_end().strip_suffix('。') else { continue };
        let before = stop.rsplit(text::STOPS).next().unwrap_or_default();
        let said =
            before.match_indices(WORD).any(|(i, _)| before[i + WORD.len()..].starts_with(['：', ':', '，', ',']));
        // An enumeration that opens one of its parts names that part.
        let last = before.rsplit(['，', '、', '；']).next().unwrap_or_default();
        let next: String = text[at + WORD.len()..].chars().skip(1).take(2).collect();
        if said && !last.contains(&next) {
            let end = text[at..].char_indices().nth(SHOWN).map_or(text.len(), |(i, _)| at + i);
            let message = format!("“{}”紧接着又用一个“其中”，看不出指的是哪一项，应改写", &text[at..end]);
            hits.push(Hit { bytes: at..end, message });
            return;
        }
    }
}
