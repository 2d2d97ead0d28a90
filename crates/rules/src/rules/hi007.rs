//! HI007: a code stands once in a table.

use super::{Verdicts, hi005, row_of};
use mingzhang_model::amount::Amount;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Reading, RowCode};
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
            // Where no form says how often, a table may list a code once for each unit or for each code of another
            // classification: there only rows that print the same are one too many.
            let print_the_same = |before: usize| is_same(printed.get(&before), printed.get(&at));
            let is_repeated =
                |before| statement.reading == Reading::Form || stands_alone(code) && print_the_same(before);
            if !before.is_some_and(is_repeated) {
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

/// False for economic codes, which stand once for each code of the government's own classification.
fn stands_alone(code: RowCode) -> bool {
    !matches!(code, RowCode::Economic(_))
}

/// True when two rows are the same in all they print, and print something.
fn is_same(before: Option<&Vec<(&Key, Amount)>>, row: Option<&Vec<(&Key, Amount)>>) -> bool {
    before == row && row.is_some_and(|row| row.iter().any(|(_, amount)| !amount.is_zero()))
}
