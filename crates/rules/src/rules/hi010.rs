//! HI010: each part of a code is printed in full width: 301 02, not 301 2.

use super::{Verdicts, hi005, row_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI010");
    for statement in &facts.statements {
        for row in &statement.rows {
            let Some(code) = row.code.map(hi005::text) else { continue };
            match &row.misprinted_code {
                None => verdicts.pass(),
                Some(printed) => {
                    let message = format!(
                        "《{}》里科目编码写为“{printed}”，应为 {code}（款、项各两位，不足补零）",
                        statement.title.text
                    );
                    let location = row_of(statement, row, printed);
                    let what = format!("{}:{code}", statement.code);
                    verdicts.fail(location, &what, message).expected = Some(code);
                }
            }
        }
    }
    verdicts.outcome("没有带科目编码的表")
}
