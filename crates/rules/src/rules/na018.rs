//! NA018: what lies between two percentages is percentage points.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::clause;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Percent;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA018");
    for third in 2..facts.prose.mentions.len() {
        let (first, second) = (third - 2, third - 1);
        let span = |mention: usize| &facts.prose.mentions[mention].span;
        let percents = (prose.percent(first), prose.percent(second), prose.percent(third));
        let (Some(from), Some(to), Some(by)) = percents else { continue };
        if span(first).block != span(third).block || !is_path(&prose, first, second, third) {
            continue;
        }
        let scaled = |percent: Percent| percent.digits * 10i64.pow(u32::from(6 - percent.decimals.min(6)));
        let points = (scaled(to) - scaled(from)).abs();
        if points == 0 || points != scaled(by) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "由 {} 到 {}，相差的是百分点，不是百分之几；{} 应写为“{} 个百分点”",
            prose.words(first),
            prose.words(second),
            prose.words(third),
            prose.words(third).trim_end_matches(['%', '％']).trim()
        );
        prose.fail(&mut verdicts, Severity::Warning, third, &[first, second], message);
    }
    verdicts.outcome("文中没有两个比率的差")
}

/// 由95%提高到98%，提高3%.
fn is_path(prose: &Prose<'_>, first: usize, second: usize, third: usize) -> bool {
    const MOVED: [&str; 6] = ["提高", "上升", "增长", "下降", "降低", "减少"];
    let (from, to, by) = (clause(prose, first), clause(prose, second), clause(prose, third));
    let by = by.trim_end_matches(['了', '为']);
    (from.ends_with('由') || from.ends_with('从') || from.ends_with("上年的") || from.ends_with("去年的"))
        && to.ends_with(['到', '至', '为'])
        && MOVED.iter().any(|word| by.ends_with(word))
}
