//! NA014: 增长N倍 and 翻一番 say how many times the base came on top.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::{clause, within};
use crate::text::{Hit, Passage, passages, report, sentence};
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// A multiple as a sentence says it.
struct Said {
    bytes: Range<usize>,
    /// How many times the base this year is, in thousandths, and half of the last digit.
    times: i128,
    half: i128,
}

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA014");
    for passage in passages(document) {
        for said in multiples(passage.text()) {
            let Some((now, base)) = years(&prose, &passage, &said.bytes) else { continue };
            let (Some(value), Some(then)) = (prose.interval(now), prose.interval(base)) else { continue };
            let ends = |interval: Interval| (i128::from(interval.low().0), i128::from(interval.high().0));
            let ((low, high), (base_low, base_high)) = (ends(value), ends(then));
            if base_low <= 0 {
                continue;
            }
            let fits = low * 1000 <= (said.times + said.half) * base_high
                && high * 1000 >= (said.times - said.half) * base_low;
            if fits {
                verdicts.pass();
                continue;
            }
            let truly = i128::from(value.middle().0) * 1000 / i128::from(then.middle().0);
            let message = format!(
                "写的是“{}”，由 {} 到 {} 实为增长 {} 倍",
                &passage.text()[said.bytes.clone()],
                prose.words(base),
                prose.words(now),
                print(truly - 1000)
            );
            report(&mut verdicts, facts, &passage, Hit { bytes: said.bytes, message });
        }
    }
    verdicts.outcome("文中没有同时写出两年的数和倍数")
}

/// Thousandths with one decimal: 15030 is 15.0.
fn print(thousandths: i128) -> String {
    let tenths = (thousandths + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// 增长16倍, 翻一番.
fn multiples(text: &str) -> Vec<Said> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices('倍') {
        let digits = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = &text[digits.len()..at];
        let grown = ["增长", "增加", "增长了", "增加了", "增长近", "增长约"].iter().any(|word| digits.ends_with(word));
        let Some((times, half)) = thousandths(number).filter(|_| grown) else { continue };
        let rough = if digits.ends_with(['近', '约']) { 500 } else { 0 };
        let start = digits.rfind("增").unwrap_or(digits.len());
        found.push(Said { bytes: start..at + mark.len(), times: times + 1000, half: half + rough });
    }
    for (at, word) in text.match_indices("翻一番").chain(text.match_indices("翻番")) {
        found.push(Said { bytes: at..at + word.len(), times: 2000, half: 50 });
    }
    found
}

/// A number in thousandths, and half of its last digit.
fn thousandths(number: &str) -> Option<(i128, i128)> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let scale = 10i128.checked_pow(u32::try_from(fraction.len()).ok()?).filter(|scale| *scale <= 1000)?;
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    Some((digits * 1000 / scale, 500 / scale))
}

/// This year's amount and last year's: the only two of the sentence before the multiple.
fn years(prose: &Prose<'_>, passage: &Passage<'_>, bytes: &Range<usize>) -> Option<(usize, usize)> {
    let own = sentence(passage.text(), bytes.start);
    let amounts: Vec<usize> = within(prose, passage, &(own.start..bytes.start))
        .into_iter()
        .filter(|i| prose.figure(*i).is_some() && !is_difference(&clause(prose, *i)))
        .collect();
    let last_year = |i: usize| {
        let lead = &prose.facts.prose.mentions[i].lead;
        lead.contains("上年") || lead.contains("去年")
    };
    match amounts.as_slice() {
        [one, other] if last_year(*one) && !last_year(*other) => Some((*other, *one)),
        [one, other] if last_year(*other) && !last_year(*one) => Some((*one, *other)),
        _ => None,
    }
}

fn is_difference(clause: &str) -> bool {
    ["增加", "减少", "增长", "下降"].iter().any(|word| clause.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_read_in_thousandths() {
        let times = |text| multiples(text).iter().map(|said| (said.times, said.half)).collect::<Vec<_>>();
        assert_eq!(times("比上年增长16倍，"), [(17_000, 500)]);
        assert_eq!(times("增长1.5倍"), [(2_500, 50)]);
        assert_eq!(times("是上年的2倍"), []);
        assert_eq!(times("收入翻番"), [(2_000, 50)]);
    }
}
