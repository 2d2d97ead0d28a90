//! CT016: documents of one office, year and kind state the same for the same money.

use super::Verdicts;
use crate::bundle::{View, differences, said_differently, tell};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    const WHY: &str = "同一部门（单位）同一年的同一笔数应当一致";
    let mut verdicts = Verdicts::of("CT016");
    for (one, other) in view.versions() {
        // A version that says it corrects the other is meant to differ.
        if one.corrects || other.corrects {
            continue;
        }
        tell(&mut verdicts, one, other, differences(one, other, |_| true), WHY);
        said_differently(&mut verdicts, one, other, |_| true, WHY);
    }
    verdicts.outcome("没有同一部门（单位）同一年的两份文件")
}
