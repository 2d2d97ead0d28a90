//! PF005: no indicator scores more than its weight.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::indicators::{Mark, Sheet, flat};
use mingzhang_model::document::Cell;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF005");
    for sheet in reading.sheets() {
        for row in &sheet.rows {
            compare(&mut verdicts, sheet, &flat(&row.name.text), Some(row.name), [row.weight, row.score]);
        }
        if let Some(execution) = &sheet.execution {
            compare(&mut verdicts, sheet, "预算执行率", None, [execution.weight, execution.score]);
        }
        if let Some(total) = sheet.total {
            compare(&mut verdicts, sheet, "总分", None, total);
        }
    }
    verdicts.outcome("没有写出分值和得分的自评表")
}

fn compare(
    verdicts: &mut Verdicts,
    sheet: &Sheet<'_>,
    name: &str,
    row: Option<&Cell>,
    [weight, score]: [Option<Mark<'_>>; 2],
) {
    let (Some(weight), Some(score)) = (weight, score) else { return };
    if score.points <= weight.points {
        return verdicts.pass();
    }
    let message = format!("“{name}”得分 {}，超过了分值 {}", score.points, weight.points);
    let finding = verdicts.fail(sheet.locate(score.cell, row), &format!("{}:{name}", sheet.name()), message);
    finding.related.push(Related { label: "分值".into(), location: sheet.locate(weight.cell, row) });
}
