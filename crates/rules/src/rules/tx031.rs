//! TX031: a number is counted in the measure word of what it counts.

use crate::prose::{Prose, Ratio, ratio};
use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
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
        let counted = |unit: &str| {
            let all = text::passages(document)
                .flat_map(|p| counts(p.text(), measure.nouns, unit).into_iter().map(move |b| (p, b)));
            all.collect::<Vec<_>>()
        };
        let right = counted(measure.right).len();
        let mut wrong = counted(measure.wrong);
        (0..right.min(1)).for_each(|_| verdicts.pass());
        if measure.mixed == Mixed::Only && right <= wrong.len() {
            continue;
        }
        wrong.dedup_by_key(|(passage, _)| passage.block);
        for (passage, bytes) in wrong {
            let words = &passage.text()[bytes.clone()];
            let message = match measure.mixed {
                Mixed::Always => format!("“{words}”中“{}”与“{}”混用，应统一", measure.nouns[0], measure.wrong),
                Mixed::Only => format!("“{words}”的量词用“{}”，文中他处用“{}”，应统一", measure.wrong, measure.right),
            };
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    rates(&mut verdicts, document, facts);
    verdicts.outcome("文中没有要查的数量")
}

/// 24名重点人员的事项化解20件，化解率83.3%: a rate of counts of two kinds.
fn rates(verdicts: &mut Verdicts, document: &Document, facts: &Facts) {
    const KINDS: [&[&str]; 4] = [&["名", "人", "位"], &["件", "起", "宗"], &["户", "家"], &["次", "场", "期"]];
    let prose = Prose { document, facts };
    for (i, three) in facts.prose.mentions.windows(3).enumerate() {
        let [whole, part, rate] = three else { continue };
        let (Quantity::Count { unit: of, .. }, Quantity::Count { unit: parts, .. }) = (&whole.quantity, &part.quantity)
        else {
            continue;
        };
        let kind = |unit: &str| KINDS.iter().position(|kind| kind.contains(&unit));
        let (Some(one), Some(other)) = (kind(of), kind(parts)) else { continue };
        let near = whole.span.block == rate.span.block && rate.lead.contains('率');
        let (Some(all), Some(some), Some(percent)) = (prose.count(i), prose.count(i + 1), prose.percent(i + 2)) else {
            continue;
        };
        let exact = ratio(count(some), count(all), percent) == Some(Ratio::Fits);
        let Some(passage) = text::passages(document).find(|p| p.block == whole.span.block) else { continue };
        if near && exact && one != other && some != all && some > 0 {
            let bytes = whole.span.bytes.start..rate.span.bytes.end;
            let words = &passage.text()[bytes.clone()];
            let message = format!("“{words}”用“{of}”数总数、用“{parts}”数其中一部分，单位不同不能算比率，请核对");
            text::report(verdicts, facts, &passage, Hit { bytes, message });
        }
    }
}

/// A count as an interval.
fn count(number: u64) -> Interval {
    let amount = Amount(i64::try_from(number).unwrap_or(i64::MAX / 1_000_000).saturating_mul(1_000));
    Interval::around(amount, 0)
}

/// Every 参加人数50人次: a noun, a number, a measure word.
fn counts(text: &str, nouns: &[&str], unit: &str) -> Vec<Range<usize>> {
    const BEFORE: usize = 4;
    let counted = |noun: Range<usize>| {
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
    };
    text::places_of(text, nouns).into_iter().filter_map(counted).collect()
}
