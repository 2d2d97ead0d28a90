//! NA009: no rate of change where last year's number is nothing.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA009");
    for claim in prose.claims() {
        let Claim::Change { current, base, difference, direction, rate: Some(rate), .. } = claim else { continue };
        let amount = |mention: &Option<usize>| mention.and_then(|m| prose.figure(m)).map(|figure| figure.amount);
        let percent = prose.percent(*rate).map_or(0, |percent| percent.digits);
        let from_nothing = match (amount(base), amount(current), amount(difference)) {
            (Some(base), ..) => base.is_zero(),
            (None, Some(now), Some(by)) => *direction == Some(Direction::Up) && now == by && !by.is_zero(),
            _ => continue,
        };
        if !from_nothing || percent == 0 {
            verdicts.pass();
            continue;
        }
        let others: Vec<usize> = [current, base, difference].into_iter().flatten().copied().collect();
        let message =
            format!("上年数为 0，没有增长率可算，却写了 {}；应写明上年为 0、无法计算增幅", prose.words(*rate));
        prose.fail(&mut verdicts, Severity::Error, *rate, &others, message);
    }
    verdicts.outcome("文中没有增减幅度")
}
