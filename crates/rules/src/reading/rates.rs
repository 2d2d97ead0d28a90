//! Rates that the text names and states: each is one of its numbers over another.
//!
//! The numbers are looked for in the paragraph of the rate, by the words that lead to them. A rate that
//! fits any pair of them is taken to be that pair's.

use crate::prose::{Prose, Ratio, print, ratio, should_be};
use crate::rules::Verdicts;
use mingzhang_model::amount::{Amount, Figure, Interval, Unit};
use mingzhang_model::prose::{Mention, Percent, Quantity};
use mingzhang_model::rule::Severity;
use mingzhang_standard::words;
use std::ops::Range;

/// How a rate is named, and which numbers make it.
pub(crate) struct Rate {
    /// The name, the first for messages.
    pub(crate) names: &'static [&'static str],
    /// Words of which one leads to the numerator, and words that must not.
    pub(crate) part: (&'static [&'static str], &'static [&'static str]),
    /// The same for the denominator.
    pub(crate) whole: (&'static [&'static str], &'static [&'static str]),
}

/// The percentages that are said to be a rate.
pub(crate) fn percentages(prose: &Prose<'_>, names: &[&str]) -> Vec<usize> {
    let mentions = &prose.facts.prose.mentions;
    let mut found = Vec::new();
    let mut formula: Option<usize> = None;
    for (i, mention) in mentions.iter().enumerate() {
        if !matches!(mention.quantity, Quantity::Percent(_)) {
            formula = None;
            continue;
        }
        let lead = words::fold(&mention.lead);
        // ×100%=31.06%: the first percentage belongs to the formula, the second is the rate.
        let result = formula.take().is_some_and(|before| before + 1 == i) && lead.starts_with('=');
        let named = names.iter().any(|name| is_led_by(&lead, name));
        if named && lead.ends_with(['×', '*', 'x', 'X']) {
            formula = Some(i);
        } else if named || result {
            found.push(i);
        }
    }
    found
}

/// True when the name stands in the last clause before the number, and nothing but a few words behind it.
fn is_led_by(lead: &str, name: &str) -> bool {
    const BETWEEN: usize = 4;
    let formula = lead.ends_with(['×', '*', 'x', 'X']);
    lead.rfind(name).is_some_and(|at| {
        let between = &lead[at + name.len()..];
        // 预算执行率应达到, 比上年提高: another number than the rate.
        let other = ["高", "低", "增", "降", "得分", "目标", "应", "超", "不", "差", "分值"];
        formula || between.chars().count() <= BETWEEN && !other.iter().any(|word| between.contains(word))
    })
}

/// The mentions of the paragraph that a mention stands in.
pub(crate) fn neighbours(mentions: &[Mention], at: usize) -> Range<usize> {
    let block = mentions[at].span.block;
    let start = mentions[..at].iter().rposition(|m| m.span.block != block).map_or(0, |i| i + 1);
    let end = mentions[at..].iter().position(|m| m.span.block != block).map_or(mentions.len(), |i| at + i);
    start..end
}

/// The numbers of a range that are led to by one of some words and by none of others.
fn led_by(prose: &Prose<'_>, range: Range<usize>, (yes, no): (&[&str], &[&str])) -> Vec<usize> {
    let fits = |i: &usize| {
        let mention = &prose.facts.prose.mentions[*i];
        let lead = words::fold(&mention.lead);
        prose.figure(*i).is_some()
            && yes.iter().any(|word| lead.contains(word))
            && !no.iter().any(|word| lead.contains(word))
    };
    range.filter(fits).collect()
}

/// Holds every percentage that is said to be this rate.
pub(crate) fn hold(prose: &Prose<'_>, verdicts: &mut Verdicts, rate: &Rate, served: &[usize]) {
    let mentions = &prose.facts.prose.mentions;
    for at in percentages(prose, rate.names) {
        if served.contains(&at) {
            continue;
        }
        let Some(printed) = prose.percent(at) else { continue };
        // What belongs to the rate stands between the percentage before it and itself.
        let range = neighbours(mentions, at);
        let from = (range.start..at).rev().find(|i| is_other_rate(&mentions[*i])).map_or(range.start, |i| i + 1);
        let parts = led_by(prose, from..at, rate.part);
        let wholes = led_by(prose, from..at, rate.whole);
        judge(prose, verdicts, rate.names[0], (at, printed), (&parts, &wholes));
    }
}

/// A percentage that is no part of a formula: ×100%.
fn is_other_rate(mention: &Mention) -> bool {
    matches!(mention.quantity, Quantity::Percent(_)) && !mention.lead.ends_with(['×', '*', 'x', 'X'])
}

fn judge(
    prose: &Prose<'_>,
    verdicts: &mut Verdicts,
    name: &str,
    (at, printed): (usize, Percent),
    (parts, wholes): (&[usize], &[usize]),
) {
    let mut off = Vec::new();
    let several: Option<Interval> = parts.iter().map(|part| prose.interval(*part)).sum();
    let all = several.filter(|_| parts.len() > 1);
    for whole in wholes {
        let Some(base) = prose.interval(*whole) else { continue };
        let candidates = parts.iter().flat_map(|part| readings(prose, *part, *whole)).chain(all);
        for part in candidates {
            match ratio(part, base, printed) {
                Some(Ratio::Fits | Ratio::Tail(_)) => return verdicts.pass(),
                Some(Ratio::Off(due)) => off.push(due),
                None => {}
            }
        }
    }
    // One numerator and one denominator leave no doubt; several do.
    let ([part], [whole]) = (parts, wholes) else { return };
    // The last reading is the one in the unit of the denominator.
    let Some(due) = off.last() else { return };
    let due = print(*due);
    let message =
        format!("{name}写为 {}，应为 {due}（{} ÷ {}）", prose.words(at), prose.words(*part), prose.words(*whole));
    let finding = prose.fail(verdicts, Severity::Error, at, &[*part, *whole], message);
    should_be(finding, due);
}

/// What a numerator can be: as printed, and in the unit of its denominator, for 元 is written for 万元.
fn readings(prose: &Prose<'_>, part: usize, whole: usize) -> Vec<Interval> {
    let (Some(figure), Some(base)) = (prose.figure(part), prose.figure(whole)) else { return Vec::new() };
    let printed = prose.interval(part);
    let fen = |unit: Unit| 10i64.pow(u32::from(unit.fen_decimals()));
    let (from, to) = (fen(figure.unit), fen(base.unit));
    let other = (from != to).then(|| {
        let amount = Amount((i128::from(figure.amount.0) * i128::from(to) / i128::from(from)) as i64);
        Figure { amount, unit: base.unit, decimals: figure.decimals }.interval(figure.decimals)
    });
    printed.into_iter().chain(other).collect()
}

/// A count as an interval, for ratios of counts.
pub(crate) fn exactly(count: u64) -> Interval {
    Interval::around(Amount(i64::try_from(count).unwrap_or(i64::MAX)), 0)
}
