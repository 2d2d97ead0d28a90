//! DU011: where one unit has all the money of a department, the two documents state the same.

use super::Verdicts;
use crate::bundle::{View, differences, said_differently, tell};
use mingzhang_model::rule::Outcome;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    const WHY: &str = "部门只有这一家预算单位，两份文件应当一致";
    let mut verdicts = Verdicts::of("DU011");
    for department in view.departments() {
        let Some(only) = department.only() else { continue };
        tell(&mut verdicts, department.whole, only, differences(department.whole, only, |_| true), WHY);
        let takes = |statistic| statistic != Statistic::SubordinateUnits;
        said_differently(&mut verdicts, department.whole, only, takes, WHY);
    }
    verdicts.outcome("没有只有一家预算单位的部门与这家单位的文件")
}
