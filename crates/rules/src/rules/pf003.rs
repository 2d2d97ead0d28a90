//! PF003: the weights of the indicators make up the full marks.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::performance::Points;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF003");
    for sheet in reading.sheets() {
        // A weight that is not read may be any.
        let Some(marks) = sheet.weights() else { continue };
        let sum = Points(marks.iter().map(|mark| mark.points.0).sum());
        let due = sheet.full_marks(sum);
        let rounded = marks.iter().any(|mark| mark.points.0 % 100 != 0);
        let slack = if rounded { marks.len() as i64 / 2 } else { 0 };
        if due.iter().any(|due| (sum.0 - due.0).abs() <= slack) {
            verdicts.pass();
            continue;
        }
        let Some(due) = due.first() else { continue };
        let project = sheet.project.as_ref().map_or_else(String::new, |project| format!("“{project}”的"));
        let message = format!("{project}绩效指标权重（分值）合计为 {sum}，应为 {due}（共 {} 项指标）", marks.len());
        let last = marks[marks.len() - 1];
        let location = sheet.locate(last.cell, sheet.rows.last().map(|row| row.name));
        verdicts.fail(location, &sheet.name(), message).expected = Some(due.to_string());
    }
    verdicts.outcome("没有写出权重（分值）的绩效指标表")
}
