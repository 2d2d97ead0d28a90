//! CD001: functional codes are known. The code table has gaps, so an unknown code is only a note.

use super::Verdicts;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    unknown(Verdicts::of("CD001"), facts, |code| match code {
        RowCode::Functional(code) => Some((codes::functional(code).is_some(), code.to_string())),
        RowCode::Economic(_) => None,
    })
}

/// Goes over the codes of one classification: each unknown code once for the document.
pub(crate) fn unknown(
    mut verdicts: Verdicts,
    facts: &Facts,
    known: impl Fn(RowCode) -> Option<(bool, String)>,
) -> Outcome {
    let mut seen = Vec::new();
    for statement in &facts.statements {
        for row in &statement.rows {
            match row.code.and_then(&known) {
                Some((true, _)) => verdicts.pass(),
                Some((false, code)) if !seen.contains(&code) => {
                    let location = super::row_of(statement, row, &code);
                    let message = format!("科目编码 {code}（{}）不在已收集的科目表里，请核对编码是否有效", row.name);
                    verdicts.fail(location, &code, message);
                    seen.push(code);
                }
                _ => {}
            }
        }
    }
    verdicts.outcome("表里没有这类科目编码")
}
