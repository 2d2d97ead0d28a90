//! HT019: an amount of execution without the day to which it runs.

use super::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HT019");
    if facts.disclosure.kind != Some(DisclosureKind::Budget) {
        return Outcome::NotApplicable("不是预算".into());
    }
    let dated = text::passages(document).any(|passage| {
        let text = passage.text();
        text.contains("执行数") && ["截至", "截止", "月底", "月末", "预计"].iter().any(|word| text.contains(word))
    });
    // A document compares all its numbers with the same ones: one hint is enough.
    for passage in text::passages(document) {
        let Some(bytes) = text::places_of(passage.text(), &["预算执行数"]).into_iter().next() else { continue };
        if dated {
            verdicts.pass();
            continue;
        }
        let message = format!("“{}”没有写明执行数的截止时间，请关注比较口径", passage.around(&bytes));
        text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        break;
    }
    verdicts.outcome("文中没有预算执行数")
}
