//! CD002: a functional code carries its own name. Told only where several documents agree on the name.

use super::{Verdicts, row_of};
use crate::prose::should_be;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Row, RowCode};
use mingzhang_model::rule::Outcome;
use mingzhang_standard::codes::{self, Entry};
use mingzhang_standard::words;

/// So many documents with one name make it certain.
const CERTAIN: u32 = 3;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    names(Verdicts::of("CD002"), facts, |code| match code {
        RowCode::Functional(code) => {
            let retired =
                move |name: &str| codes::retired().iter().any(|old| old.code == code && is_same(old.name, name));
            let entry = codes::functional(code)?;
            Some((entry, code.to_string(), Box::new(retired)))
        }
        RowCode::Economic(_) => None,
    })
}

/// What the code table says of a code, the code, and whether a name is a former one of it.
type Known = (&'static Entry, String, Box<dyn Fn(&str) -> bool>);

/// Holds the name of each row of one classification against the code table.
pub(crate) fn names(mut verdicts: Verdicts, facts: &Facts, known: impl Fn(RowCode) -> Option<Known>) -> Outcome {
    let mut told = Vec::new();
    for statement in &facts.statements {
        for row in &statement.rows {
            let Some((entry, code, retired)) = row.code.and_then(&known) else { continue };
            if entry.documents < CERTAIN || is_cut(row) {
                continue;
            }
            let all = || entry.other_names.iter().chain([&entry.name]);
            if all().any(|name| is_same(name, &row.name)) {
                verdicts.pass();
            } else if !retired(&row.name) && !told.contains(&code) {
                let message = format!(
                    "科目编码 {code} 的名称是“{}”，这里写作“{}”，请核对编码或名称",
                    entry.name,
                    row.name.trim()
                );
                let finding = verdicts.fail(row_of(statement, row, &row.name), &code, message);
                should_be(finding, entry.name.to_string());
                told.push(code);
            }
        }
    }
    verdicts.outcome("表里没有这类科目编码，或名称不能确定")
}

/// True when one name is the other, or is its beginning or end: layouts cut names, and some add 支出.
fn is_same(a: &str, b: &str) -> bool {
    let key = |name: &str| words::label_key(name).replace("支出", "").replace(['(', ')'], "");
    let (a, b) = (key(a), key(b));
    a == b
        || b.chars().count() >= 3 && (a.starts_with(&b) || a.ends_with(&b))
        || a.chars().count() >= 3 && b.contains(&a)
}

/// True for a name that holds no word: a dash, or nothing.
fn is_cut(row: &Row) -> bool {
    !row.name.contains(|c: char| c.is_alphabetic())
}
