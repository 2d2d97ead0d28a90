//! TX037: an original budget adds nothing to itself.

use crate::text;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::Outcome;
use std::ops::Range;

const WORD: &str = "追加";

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    match facts.disclosure.kind {
        Some(DisclosureKind::Budget) => text::habits(
            "TX037",
            document,
            facts,
            |passage| added(passage.text()),
            |passage, bytes| format!("“{}”：“追加”是年中调整预算的用语，年初预算应写“新增”", passage.around(bytes)),
        ),
        Some(DisclosureKind::Accounts) => Outcome::NotApplicable("决算可以有追加".into()),
        None => Outcome::Undecided("看不出是预算还是决算".into()),
    }
}

/// 主要原因是：追加40万元, directly behind the reason's announcement.
fn added(text: &str) -> Option<Range<usize>> {
    text.match_indices(WORD).map(|(at, word)| at..at + word.len()).find(|place| {
        let before = text[..place.start].trim_end_matches(['是', '为', '：', ':', ' ', '系']);
        let own = !text[text::sentence(text, place.start)].contains("上年追加");
        before.ends_with("原因") && own
    })
}
