//! PF021: a value with a sign has a number.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::indicators::{Indicator, flat};
use crate::reading::values::{self, Sign};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF021");
    for sheet in reading.sheets() {
        for row in &sheet.rows {
            let Some(target) = row.target else { continue };
            let Some(trouble) = trouble(row, &target.text) else {
                verdicts.pass();
                continue;
            };
            let name = flat(&row.name.text);
            let message = format!("“{name}”的指标值“{}{}”{trouble}", row.sign, flat(&target.text));
            let location = sheet.locate(target, Some(row.name));
            verdicts.fail(location, &format!("{}:{name}", sheet.name()), message);
        }
    }
    verdicts.outcome("没有写出指标值的绩效指标表")
}

/// What makes a value one that nobody can measure.
fn trouble(row: &Indicator<'_>, target: &str) -> Option<&'static str> {
    let folded = words::fold(target);
    let digits = folded.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百千万零两半全".contains(c));
    let in_cell = folded.starts_with(['≥', '≤', '>', '<']);
    // = before words says that they are the standard, which is allowed.
    let in_column = matches!(values::sign(&row.sign), Some((Sign::AtLeast | Sign::AtMost, _)));
    match folded.is_empty() {
        true if !row.name.text.trim().is_empty() && row.weight.is_some() => Some("是空的，请关注是否漏填"),
        false if !digits && (in_cell || in_column) => {
            Some("有比较符号而没有数字，无法衡量；请关注是否应写成数值，或改为定性指标")
        }
        _ => None,
    }
}
