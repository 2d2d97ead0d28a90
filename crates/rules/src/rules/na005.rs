//! NA005: a share is the part over the whole.

use super::Verdicts;
use crate::prose::{Prose, Ratio, print, ratio, should_be};
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};
use std::collections::BTreeMap;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA005");
    for Shares { whole, shares } in resolved(&prose) {
        for (part, percent) in shares {
            let (Some(numerator), Some(denominator)) = (prose.interval(part), prose.interval(whole)) else { continue };
            let reason = format!("{} ÷ {}", prose.words(part), prose.words(whole));
            let said = Said { what: "占比", percent, others: &[part, whole], reason };
            hold(&prose, &mut verdicts, numerator, denominator, said);
        }
    }
    verdicts.outcome("文中没有占比")
}

/// Shares of one list and the amount that they are shares of.
pub(crate) struct Shares {
    pub(crate) whole: usize,
    /// Part and percentage.
    pub(crate) shares: Vec<(usize, usize)>,
}

/// The shares whose whole is known: the sentence names it, or at least half of the shares of a list
/// fit it. A list that fits no amount is left alone: nobody says what it shares out.
pub(crate) fn resolved(prose: &Prose<'_>) -> Vec<Shares> {
    let mut named = Vec::new();
    let mut lists: BTreeMap<usize, Vec<Share<'_>>> = BTreeMap::new();
    for claim in prose.claims() {
        if let Claim::Share { part, wholes, percent, list } = claim {
            match list {
                Some(list) => lists.entry(*list).or_default().push((*part, *percent, wholes)),
                None => named.push(Shares { whole: wholes[0], shares: vec![(*part, *percent)] }),
            }
        }
    }
    named.into_iter().chain(lists.into_values().filter_map(|list| resolve(prose, &list))).collect()
}

/// Part, percentage, and the amounts that can be the whole.
type Share<'a> = (usize, usize, &'a [usize]);

fn resolve(prose: &Prose<'_>, list: &[Share<'_>]) -> Option<Shares> {
    let fits = |whole: usize| {
        let fit = |(part, percent, _): &&Share<'_>| {
            let held = ratio(prose.interval(*part)?, prose.interval(whole)?, prose.percent(*percent)?);
            Some(matches!(held, Some(Ratio::Fits | Ratio::Tail(_))))
        };
        list.iter().filter(|share| fit(share).unwrap_or(false)).count()
    };
    let candidates = list[0].2.iter().copied();
    let best = candidates.filter(|whole| fits(*whole) > 0).max_by_key(|whole| fits(*whole))?;
    let shares = list.iter().map(|(part, percent, _)| (*part, *percent)).collect();
    (2 * fits(best) >= list.len()).then_some(Shares { whole: best, shares })
}

/// A percentage that a sentence states, and how it is told to a person.
pub(crate) struct Said<'a> {
    /// 占比, 预算完成率, 增减幅度
    pub(crate) what: &'static str,
    /// The mention of the percentage.
    pub(crate) percent: usize,
    /// The mentions that it follows from.
    pub(crate) others: &'a [usize],
    /// How it is computed.
    pub(crate) reason: String,
}

/// Holds a stated percentage against what it should be. One last digit off is a note.
pub(crate) fn hold(prose: &Prose<'_>, verdicts: &mut Verdicts, part: Interval, whole: Interval, said: Said<'_>) {
    let Some(printed) = prose.percent(said.percent) else { return };
    let (severity, expected) = match ratio(part, whole, printed) {
        None => return,
        Some(Ratio::Fits) => return verdicts.pass(),
        Some(Ratio::Tail(expected)) => (Severity::Note, expected),
        Some(Ratio::Off(expected)) => (Severity::Error, expected),
    };
    let expected = print(expected);
    let message = format!("{}写为 {}，应为 {expected}（{}）", said.what, prose.words(said.percent), said.reason);
    let finding = prose.fail(verdicts, severity, said.percent, said.others, message);
    should_be(finding, expected);
}
