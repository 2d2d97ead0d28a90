//! HI007: a code stands once in a table.

use super::{Verdicts, hi005, row_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Reading, RowCode, Statement};
use mingzhang_model::rule::Outcome;
use std::collections::HashSet;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI007");
    for statement in &facts.statements {
        // A table that prints a row for each unit or for several codes repeats a code all over.
        if statement.reading == Reading::Words && is_repeating(statement) {
            continue;
        }
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

/// True when more than a row or two print a code that another row prints.
fn is_repeating(statement: &Statement) -> bool {
    const SLIPS: usize = 2;
    let codes: Vec<RowCode> = statement.rows.iter().filter_map(|row| row.code).collect();
    let distinct: HashSet<RowCode> = codes.iter().copied().collect();
    codes.len() - distinct.len() > SLIPS
}
