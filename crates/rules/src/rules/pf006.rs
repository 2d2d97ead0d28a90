//! PF006: the score of execution is its points times what was spent over the budget.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::performance::Points;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

/// Scores are rounded to a tenth, and some offices to a half.
const SLACK: i64 = 10;

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF006");
    for sheet in reading.sheets() {
        let Some(execution) = &sheet.execution else { continue };
        let (Some(budget), Some(spent), Some(weight), Some(score)) =
            (execution.budget, execution.spent, execution.weight, execution.score)
        else {
            continue;
        };
        if budget.points.0 <= 0 {
            continue;
        }
        let ratio = weight.points.0 * spent.points.0.min(budget.points.0);
        let due = Points((ratio + budget.points.0 / 2) / budget.points.0);
        if (score.points.0 - due.0).abs() <= SLACK {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "预算执行率得分写为 {}；全年预算数 {}、全年执行数 {}、分值 {}，按比例应为 {due}，请核对评分标准",
            score.points, budget.points, spent.points, weight.points
        );
        let finding = verdicts.fail(sheet.locate(score.cell, None), &sheet.name(), message);
        finding.expected = Some(due.to_string());
    }
    verdicts.outcome("没有写出全年预算数、执行数和得分的自评表")
}
