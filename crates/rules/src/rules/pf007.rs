//! PF007: an indicator that missed its target does not score full points.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::indicators::{Indicator, flat};
use crate::reading::values::Sign;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF007");
    for sheet in reading.sheets() {
        for row in &sheet.rows {
            let (Some(weight), Some(score), Some(actual)) = (row.weight, row.score, row.actual) else { continue };
            let Some(missed) = missed(row) else { continue };
            if !missed || score.points < weight.points {
                verdicts.pass();
                continue;
            }
            let name = flat(&row.name.text);
            let target = row.target.map_or_else(String::new, |cell| flat(&cell.text));
            let message = format!(
                "“{name}”目标 {}{target}、实际完成 {}，没有达到目标，却得了满分 {}；未达到的一般按完成比例计分，请核对",
                row.sign,
                flat(&actual.text),
                score.points
            );
            let location = sheet.locate(score.cell, Some(row.name));
            let finding = verdicts.fail(location, &format!("{}:{name}", sheet.name()), message);
            finding
                .related
                .push(Related { label: "实际完成值".into(), location: sheet.locate(actual, Some(row.name)) });
        }
    }
    verdicts.outcome("没有写出指标值、实际完成值和得分的自评表")
}

/// Whether the actual value misses the target; none where the two cannot be compared.
fn missed(row: &Indicator<'_>) -> Option<bool> {
    let (target, actual) = (row.target_value()?, row.actual_value()?);
    let comparable = target.unit == actual.unit || target.unit.is_empty() || actual.unit.is_empty();
    // Two numbers are comparable only as printed of the same thing: 1 and 100% may be one.
    let percent = target.unit.contains('%') != actual.unit.contains('%') && row.unit != "%";
    if !comparable || percent {
        return None;
    }
    match target.sign {
        Some(Sign::AtLeast) => Some(actual.number < target.number),
        Some(Sign::AtMost) => Some(actual.number > target.number),
        // A plain number may be a floor or a ceiling: cost and time are kept below, the rest above.
        Some(Sign::Equal) | None => None,
    }
}
