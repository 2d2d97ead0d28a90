//! HI005: a 项 has the rows of its 款 and its 类, an economic 款 that of its 类.
//!
//! A table that prints no 类 at all lists by 项 alone and has no hierarchy to be held to.

use super::{Verdicts, row_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, RowCode, Statement};
use mingzhang_model::rule::Outcome;
use std::collections::HashSet;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI005");
    for statement in &facts.statements {
        let codes: HashSet<RowCode> = statement.rows.iter().filter_map(|row| row.code).collect();
        if !codes.iter().any(|code| parent(*code).is_none()) {
            continue;
        }
        missing(&mut verdicts, statement, &codes);
    }
    verdicts.outcome("没有按科目编码分级的表")
}

fn missing(verdicts: &mut Verdicts, statement: &Statement, codes: &HashSet<RowCode>) {
    let mut reported = HashSet::new();
    for row in &statement.rows {
        let Some(parent) = row.code.and_then(parent).filter(|parent| is_prescribed(*parent)) else { continue };
        if codes.contains(&parent) {
            verdicts.pass();
        } else if reported.insert(parent) {
            let (code, parent) = (row.code.map_or_else(String::new, text), text(parent));
            let message = format!("《{}》有科目 {code}，却没有上级科目 {parent} 的行", statement.title.text);
            verdicts.fail(row_of(statement, row, &code), &format!("{}:{parent}", statement.code), message);
        }
    }
}

/// What a place puts under an economic 款 of its own stands without that 款 in some tables.
fn is_prescribed(parent: RowCode) -> bool {
    !matches!(parent, RowCode::Economic(code) if !code.is_class())
}

/// The code one level up.
fn parent(code: RowCode) -> Option<RowCode> {
    match code {
        RowCode::Functional(code) => code.parent().map(RowCode::Functional),
        RowCode::Economic(code) => code.parent().map(RowCode::Economic),
    }
}

/// The digits of a code.
pub(crate) fn text(code: RowCode) -> String {
    match code {
        RowCode::Functional(code) => code.to_string(),
        RowCode::Economic(code) => code.to_string(),
    }
}
