//! PF020: a project has indicators of output and of effect.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::indicators::Sheet;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// Words of an indicator that the form leaves open.
const NONE: [&str; 5] = ["无", "/", "-", "不适用", "—"];

/// First kinds of the indicators by which a department is evaluated: no goal of a project is of them.
const OF_DEPARTMENTS: [&str; 2] = ["投入", "过程"];

pub(crate) fn check(reading: &Reading<'_>, _: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF020");
    for sheet in reading.sheets() {
        if sheet.columns.first.is_none() && sheet.columns.second.is_none() || sheet.rows.len() < 2 || sheet.cut {
            continue;
        }
        // Indicators without a kind were read from a table whose kinds were not.
        if sheet.rows.iter().any(|row| row.first.is_empty() && row.second.is_empty()) {
            continue;
        }
        if sheet.rows.iter().any(|row| OF_DEPARTMENTS.contains(&row.first.trim())) {
            continue;
        }
        let missing: Vec<&str> = [
            ("数量指标", has(sheet, &["数量"]) || !has_seconds(sheet)),
            ("产出指标", has(sheet, &["产出", "数量", "质量", "时效"])),
            ("效益指标", has(sheet, &["效益", "效果", "可持续"])),
        ]
        .iter()
        .filter(|(_, there)| !there)
        .map(|(kind, _)| *kind)
        .collect();
        let Some(first) = sheet.rows.first().filter(|_| !missing.is_empty()) else {
            verdicts.pass();
            continue;
        };
        let project = sheet.project.as_ref().map_or_else(String::new, |project| format!("“{project}”"));
        let message = format!("{project}的绩效指标没有{}，项目一般应同时设置产出指标和效益指标", missing.join("、"));
        // Not every project counts something.
        let severity = if missing == ["数量指标"] { Severity::Hint } else { Severity::Warning };
        verdicts.fail_as(severity, sheet.locate(first.name, None), &sheet.name(), message);
    }
    verdicts.outcome("没有分一级、二级指标的绩效指标表")
}

/// True when some indicator that says something is of a kind that one of the words names.
fn has(sheet: &Sheet<'_>, words: &[&str]) -> bool {
    let says = |name: &str| !NONE.contains(&name);
    let named = |kind: &str| words.iter().any(|word| kind.contains(word));
    sheet.rows.iter().any(|row| says(row.name.text.trim()) && (named(&row.first) || named(&row.second)))
}

fn has_seconds(sheet: &Sheet<'_>) -> bool {
    sheet.rows.iter().any(|row| !row.second.is_empty())
}
