//! TX031: a number is counted in the measure word of what it counts.

use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// What is counted, the wrong measure word, the right one, and whether the wrong one is at fault only where the
/// document uses the right one too.
struct Measure {
    nouns: &'static [&'static str],
    wrong: &'static str,
    right: &'static str,
    mixed: Mixed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mixed {
    /// The words do not fit whatever the rest says.
    Always,
    /// Both words are in use; one document should keep to one.
    Only,
}

const MEASURES: [Measure; 3] = [
    Measure { nouns: &["人数"], wrong: "人次", right: "人", mixed: Mixed::Always },
    Measure { nouns: &["人次"], wrong: "人数", right: "人次", mixed: Mixed::Always },
    Measure { nouns: &["车辆", "用车", "汽车", "轿车"], wrong: "台", right: "辆", mixed: Mixed::Only },
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TX031");
    for measure in &MEASURES {
        let counted = |unit: &str| text::each(document, |passage| counts(passage.text(), measure.nouns, unit));
        let right = counted(measure.right).len();
        let wrong = counted(measure.wrong);
        (0..right.min(1)).for_each(|_| verdicts.pass());
        if measure.mixed == Mixed::Only && right <= wrong.len() {
            continue;
        }
        for (passage, bytes) in wrong {
            let words = &passage.text()[bytes.clone()];
            let message = match measure.mixed {
                Mixed::Always => format!("“{words}”中“{}”与“{}”混用，应统一", measure.nouns[0], measure.wrong),
                Mixed::Only => format!("“{words}”的量词用“{}”，文中他处用“{}”，应统一", measure.wrong, measure.right),
            };
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("文中没有要查的数量")
}

/// The first 参加人数50人次: a noun, a number, a measure word.
fn counts(text: &str, nouns: &[&str], unit: &str) -> Option<Range<usize>> {
    const BEFORE: usize = 4;
    text::places_of(text, nouns).into_iter().find_map(|noun| {
        let rest = text[noun.end..].trim_start_matches(['为', '共', '约', ' ']);
        let from = text.len() - rest.len();
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let behind = rest[digits..].trim_start();
        let end = text.len() - behind.len() + unit.len();
        // 人 is not the beginning of 人次.
        let whole = behind.starts_with(unit) && !(unit == "人" && behind.starts_with("人次"));
        let start = text[..noun.start].char_indices().rev().take(BEFORE).last().map_or(noun.start, |(i, _)| i);
        let start = text[start..noun.start]
            .rfind(|c| !text::is_han(c))
            .map_or(start, |i| start + i + text[start + i..].chars().next().map_or(0, char::len_utf8));
        (digits > 0 && whole && from < end).then_some(start..end)
    })
}
