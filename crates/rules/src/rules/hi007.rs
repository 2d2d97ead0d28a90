//! HI007: a code stands once in a table.

use super::{Verdicts, hi005, row_of};
use mingzhang_model::amount::Amount;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Reading, RowCode, Statement};
use mingzhang_model::key::Key;
use mingzhang_model::rule::Outcome;
use std::cell::LazyCell;
use std::collections::HashMap;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HI007");
    for (index, statement) in facts.statements.iter().enumerate() {
        let mut seen: HashMap<RowCode, usize> = HashMap::new();
        let printed = LazyCell::new(|| printed(facts, index));
        for (at, row) in statement.rows.iter().enumerate() {
            let Some(code) = row.code else { continue };
            let before = seen.insert(code, at);
            if !before.is_some_and(|before| is_repeated(statement, &printed, before, at)) {
                verdicts.pass();
                continue;
            }
            let code = hi005::text(code);
            let message = format!("《{}》里科目 {code} 出现了两行，应当合并", statement.title.text);
            verdicts.fail(row_of(statement, row, &code), &format!("{}:{code}", statement.code), message);
        }
    }
    verdicts.outcome("没有带科目编码的表")
}

/// What each row of a table prints.
type Printed<'f> = HashMap<usize, Vec<(&'f Key, Amount)>>;

fn printed(facts: &Facts, statement: usize) -> Printed<'_> {
    let mut printed = Printed::new();
    for fact in facts.facts.iter().filter(|fact| fact.statement == statement) {
        printed.entry(fact.row).or_default().push((&fact.key, fact.printed.amount()));
    }
    printed
}

/// True when two rows of one code are one row too many. Where no form says so, a table may list a code once for
/// each unit or for each code of another classification: there the rows must be the same in all they print.
fn is_repeated<'f>(
    own: &Statement,
    printed: &LazyCell<Printed<'f>, impl FnOnce() -> Printed<'f>>,
    before: usize,
    row: usize,
) -> bool {
    if own.reading == Reading::Form {
        return true;
    }
    // Economic codes stand once for each code of the government's own classification.
    if matches!(own.rows[row].code, Some(RowCode::Economic(_))) {
        return false;
    }
    let (own, before) = (printed.get(&row), printed.get(&before));
    own == before && own.is_some_and(|own| own.iter().any(|(_, amount)| !amount.is_zero()))
}
