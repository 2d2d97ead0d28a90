//! OP008: procurement of goods, works and services makes up procurement in all.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("OP008");
    let lead = |mention: usize| facts.prose.mentions[mention].lead.as_str();
    for claim in prose.claims() {
        let Claim::Parts { whole, parts, .. } = claim else { continue };
        let kinds: Vec<usize> = ["货物", "工程", "服务"]
            .iter()
            .filter_map(|kind| parts.iter().copied().find(|part| lead(*part).contains(kind)))
            .collect();
        if !lead(*whole).contains("采购") || kinds.len() != 3 {
            continue;
        }
        let sum: Option<Interval> = kinds.iter().map(|part| prose.interval(*part)).sum();
        let (Some(sum), Some(total), Some(figure)) = (sum, prose.interval(*whole), prose.figure(*whole)) else {
            continue;
        };
        if !matches!(sum.agreement(total), Agreement::Off(_) | Agreement::Touching(_)) {
            verdicts.pass();
            continue;
        }
        let list: Vec<&str> = kinds.iter().map(|part| prose.words(*part)).collect();
        let expected = like(figure, sum.middle());
        let message = format!(
            "政府采购总额写为 {}，货物、工程、服务之和为 {expected}（{}）",
            prose.words(*whole),
            list.join(" + ")
        );
        should_be(prose.fail(&mut verdicts, Severity::Error, *whole, &kinds, message), expected);
    }
    verdicts.outcome("文中没有按货物、工程、服务列出的政府采购")
}
