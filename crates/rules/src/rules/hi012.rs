//! HI012: no 项 without money. Lists that the form prints whole are exempt, and so are empty tables.

use super::{Verdicts, facts_of, form_of, hi005, is_empty, row_of};
use mingzhang_model::code::Level;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode};
use mingzhang_model::rule::Outcome;
use std::collections::HashSet;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI012");
    for (i, statement) in facts.statements.iter().enumerate() {
        let printed_whole = form_of(facts, statement).is_some_and(|form| form.blocks.iter().any(|b| b.repeats));
        if printed_whole || is_empty(facts, i) {
            continue;
        }
        let with_money: HashSet<usize> =
            facts_of(facts, i).filter(|fact| !fact.printed.amount().is_zero()).map(|fact| fact.row).collect();
        for (n, row) in statement.rows.iter().enumerate() {
            let Some(RowCode::Functional(code)) = row.code else { continue };
            if code.level() != Level::Item {
                continue;
            }
            if with_money.contains(&n) {
                verdicts.pass();
            } else {
                let code = hi005::text(RowCode::Functional(code));
                let message =
                    format!("《{}》里科目 {code}（{}）各列都没有数，可以删去", statement.title.text, row.name);
                verdicts.fail(row_of(statement, row, &code), &format!("{}:{code}", statement.code), message);
            }
        }
    }
    verdicts.outcome("没有列到项级科目的表")
}
