//! NA002: the rate of change is the change over last year's number, where that number is printed.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::na005::{self, Said};
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA002");
    for claim in prose.claims() {
        let Claim::Change { current: Some(current), base: Some(base), rate: Some(rate), .. } = claim else { continue };
        let (Some(now), Some(then)) = (prose.interval(*current), prose.interval(*base)) else { continue };
        let change = size(now - then);
        let reason = format!("按 {} 与 {} 计算", prose.words(*current), prose.words(*base));
        let said = Said { what: "增减幅度", percent: *rate, others: &[*current, *base], reason };
        na005::hold(&prose, &mut verdicts, change, then, said);
    }
    verdicts.outcome("文中没有同时写出本年数、上年数和增减幅度")
}

/// The size of a difference, whichever way it goes.
pub(crate) fn size(difference: Interval) -> Interval {
    if difference.middle().0 < 0 { Interval::ZERO - difference } else { difference }
}
