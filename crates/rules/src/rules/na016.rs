//! NA016: what four quarters plan is the plan of the year.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

const QUARTERS: [[&str; 3]; 4] = [
    ["一季度", "1季度", "首季"],
    ["二季度", "2季度", "次季"],
    ["三季度", "3季度", "三季"],
    ["四季度", "4季度", "四季"],
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA016");
    let lead = |i: usize| words::fold(&facts.prose.mentions[i].lead);
    for first in 0..facts.prose.mentions.len().saturating_sub(3) {
        let quarters: Vec<usize> = (first..first + 4).collect();
        let in_order = quarters
            .iter()
            .zip(&QUARTERS)
            .all(|(i, names)| prose.figure(*i).is_some() && names.iter().any(|name| lead(*i).contains(name)));
        if !in_order {
            continue;
        }
        let block = |i: usize| facts.prose.mentions[i].span.block;
        let about_year = |i: &usize| {
            prose.figure(*i).is_some() && ["预算", "年度", "全年"].iter().any(|word| lead(*i).contains(word))
        };
        let whole = (0..first).rev().take_while(|i| block(*i) == block(first)).find(about_year);
        let Some(whole) = whole else { continue };
        let sum: Option<Interval> = quarters.iter().map(|i| prose.interval(*i)).sum();
        let (Some(sum), Some(total), Some(figure)) = (sum, prose.interval(whole), prose.figure(whole)) else {
            continue;
        };
        if !matches!(sum.agreement(total), Agreement::Off(_) | Agreement::Touching(_)) {
            verdicts.pass();
            continue;
        }
        let list: Vec<&str> = quarters.iter().map(|i| prose.words(*i)).collect();
        let expected = like(figure, sum.middle());
        let message = format!("各季度用款之和为 {expected}（{}），全年写为 {}", list.join(" + "), prose.words(whole));
        should_be(prose.fail(&mut verdicts, Severity::Warning, whole, &quarters, message), expected);
    }
    verdicts.outcome("文中没有分季度的用款计划")
}
