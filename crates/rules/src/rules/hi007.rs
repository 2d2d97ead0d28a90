//! HI007: a code stands once in a table.

use super::{Verdicts, hi005, row_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use std::collections::HashSet;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI007");
    for statement in &facts.statements {
        let mut seen = HashSet::new();
        for row in &statement.rows {
            let Some(code) = row.code else { continue };
            if seen.insert(code) {
                verdicts.pass();
            } else {
                let code = hi005::text(code);
                let message = format!("《{}》里科目 {code} 出现了两行，应当合并", statement.title.text);
                verdicts.fail(row_of(statement, row, &code), &format!("{}:{code}", statement.code), message);
            }
        }
    }
    verdicts.outcome("没有带科目编码的表")
}
