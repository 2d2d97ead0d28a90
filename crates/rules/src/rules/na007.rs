//! NA007: what stands behind 其中 makes up the whole, which is tried with all that sentences say; where it
//! is only some of it, it does not exceed the whole, which is held here.

use super::Verdicts;
use crate::prose::{Prose, like};
use crate::sayings;
use crate::trial::Trial;
use mingzhang_model::amount::{Agreement, Amount, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, trial: &Trial<'_>) -> Outcome {
    let facts = trial.space.facts;
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA007");
    for claim in prose.claims() {
        let Claim::Parts { whole, parts, exhaustive } = claim else { continue };
        // A list that is whole, or would be but for a slip, is tried with all that is said.
        let is_total = |claim: &Claim| matches!(claim, Claim::Total { whole: own, .. } if own == whole);
        let tried = || sayings::list(facts, &trial.places, *whole, parts, *exhaustive).is_some();
        if prose.claims().iter().any(is_total) || tried() {
            continue;
        }
        let intervals: Option<Vec<Interval>> = parts.iter().map(|part| prose.interval(*part)).collect();
        let (Some(intervals), Some(total), Some(figure)) = (intervals, prose.interval(*whole), prose.figure(*whole))
        else {
            continue;
        };
        // A part larger than the whole, or equal to it beside others, is no part: the list was misread.
        let is_part = |part: &Interval| !part.exceeds(total) && (intervals.len() == 1 || *part != total);
        if !intervals.iter().all(is_part) {
            continue;
        }
        let sum: Interval = intervals.into_iter().sum();
        if !sum.exceeds(total) {
            verdicts.pass();
            continue;
        }
        let list: Vec<&str> = parts.iter().map(|part| prose.words(*part)).collect();
        let over = Amount(sum.middle().0 - total.middle().0);
        let message = format!(
            "“其中”各项之和 {}（{}）超过了总数 {}，多出 {}",
            like(figure, sum.middle()),
            list.join(" + "),
            prose.words(*whole),
            like(figure, over)
        );
        // Nested lists cannot be told from flat ones for sure, so a person must look.
        let at = suspect(&prose, *whole, parts).unwrap_or(*whole);
        let others: Vec<usize> = parts.iter().chain([whole]).copied().filter(|m| *m != at).collect();
        prose.fail(&mut verdicts, Severity::Warning, at, &others, message);
    }
    verdicts.outcome("文中没有“其中”分项")
}

/// The part that would make the sum right if it were what the document gives it elsewhere, under the
/// same name.
fn suspect(prose: &Prose<'_>, whole: usize, parts: &[usize]) -> Option<usize> {
    const TELLING: usize = 5;
    let mentions = &prose.facts.prose.mentions;
    let name = |mention: usize| -> String {
        let lead: Vec<char> = words::fold(&mentions[mention].lead).chars().collect();
        lead[lead.len().saturating_sub(TELLING)..].iter().collect()
    };
    let fits = |part: usize| {
        let others: Option<Interval> = parts.iter().filter(|p| **p != part).map(|p| prose.interval(*p)).sum();
        let needed = prose.interval(whole)? - others?;
        let mut elsewhere =
            (0..mentions.len()).filter(|m| !parts.contains(m) && words::fold(&mentions[*m].lead).contains(&name(part)));
        elsewhere.find(|m| prose.interval(*m).is_some_and(|said| !matches!(said.agreement(needed), Agreement::Off(_))))
    };
    parts.iter().copied().find(|part| fits(*part).is_some())
}
