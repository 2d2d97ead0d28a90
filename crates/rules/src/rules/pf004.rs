//! PF004: the scores of the indicators make up the total score.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::indicators::Mark;
use crate::reading::performance::Points;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF004");
    for sheet in reading.sheets() {
        let Some([_, Some(total)]) = sheet.total else { continue };
        let marks: Vec<Mark<'_>> = sheet.rows.iter().filter_map(|row| row.score).collect();
        // A score that is not read may be any.
        if marks.len() < 2 || marks.len() != sheet.rows.len() {
            continue;
        }
        let execution = sheet.execution.as_ref().and_then(|execution| execution.score);
        if sheet.names_execution && execution.is_none() {
            continue;
        }
        let sum = marks.iter().chain(&execution).map(|mark| mark.points.0).sum::<i64>();
        let rounded = marks.iter().any(|mark| mark.points.0 % 100 != 0);
        let slack = if rounded { marks.len().div_ceil(2) as i64 } else { 0 };
        if (sum - total.points.0).abs() <= slack {
            verdicts.pass();
            continue;
        }
        let project = sheet.project.as_ref().map_or_else(String::new, |project| format!("“{project}”的"));
        let with = if execution.is_some() { "（含预算执行率得分）" } else { "" };
        let message = format!("{project}自评总分写为 {}，各项得分{with}合计却是 {}，请核对", total.points, Points(sum));
        let location = sheet.locate(total.cell, None);
        verdicts.fail(location, &sheet.name(), message).expected = Some(Points(sum).to_string());
    }
    verdicts.outcome("没有写出各项得分和总分的自评表")
}
