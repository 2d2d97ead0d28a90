//! OP008: procurement of goods, works and services makes up procurement in all.

use super::Verdicts;
use crate::prose::{like, should_be};
use crate::reading::stated::Stated;
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

const KINDS: [Statistic; 3] =
    [Statistic::ProcurementGoods, Statistic::ProcurementWorks, Statistic::ProcurementServices];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let prose = &stated.prose;
    let mut verdicts = Verdicts::of("OP008");
    for (whole, kinds) in groups(&stated) {
        let sum: Option<Interval> = kinds.iter().map(|part| prose.interval(*part)).sum();
        let (Some(sum), Some(total), Some(figure)) = (sum, prose.interval(whole), prose.figure(whole)) else {
            continue;
        };
        // A sum that touches is a rounding tail, two last digits away at most: the kinds are rounded one by one.
        let severity = match sum.agreement(total) {
            Agreement::Exact | Agreement::WithinRounding(_) => {
                verdicts.pass();
                continue;
            }
            Agreement::Touching(_) => Severity::Note,
            // A kind that is not listed may make up the rest.
            Agreement::Off(_) if kinds.len() < 3 && total.exceeds(sum) => Severity::Warning,
            Agreement::Off(_) => Severity::Error,
        };
        let list: Vec<&str> = kinds.iter().map(|part| prose.words(*part)).collect();
        let expected = like(figure, sum.middle());
        let names = if kinds.len() < 3 { "列出的各类" } else { "货物、工程、服务" };
        let message =
            format!("政府采购总额写为 {}，{names}之和为 {expected}（{}）", prose.words(whole), list.join(" + "));
        let finding = prose.fail(&mut verdicts, severity, whole, &kinds, message);
        if severity == Severity::Error {
            should_be(finding, expected);
        }
    }
    verdicts.outcome("文中没有按货物、工程、服务列出的政府采购")
}

/// Each total with the kinds that follow it in its paragraph, each kind once; two kinds at least.
fn groups(stated: &Stated<'_>) -> Vec<(usize, Vec<usize>)> {
    let block = |mention: usize| stated.prose.facts.prose.mentions[mention].span.block;
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut seen: Vec<Statistic> = Vec::new();
    for (statistic, mention) in stated.list() {
        if *statistic == Statistic::Procurement {
            groups.push((*mention, Vec::new()));
            seen.clear();
        } else if KINDS.contains(statistic)
            && let Some((whole, kinds)) = groups.last_mut().filter(|(whole, _)| block(*whole) == block(*mention))
            && !seen.contains(statistic)
            && kinds.last().unwrap_or(whole) + 2 >= *mention
        {
            seen.push(*statistic);
            kinds.push(*mention);
        }
    }
    groups.retain(|(_, kinds)| kinds.len() > 1);
    groups
}
