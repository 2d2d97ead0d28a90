//! CT013: the budget that accounts measure 三公 by, where it is called 年初预算, is the disclosed one.

use super::Verdicts;
use crate::bundle::{Part, View, differences, tell};
use mingzhang_model::key::{Key, Stage};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT013");
    for (budget, accounts) in view.budgets_and_accounts() {
        let keys = initial(accounts);
        let found = differences(accounts, budget, |key| keys.contains(&key));
        tell(&mut verdicts, accounts, budget, found, "“三公”经费的年初预算数应当与已公开的预算一致");
    }
    verdicts.outcome("没有同一部门（单位）同一年的预算与决算，或“三公”经费的预算数没有写明是年初预算")
}

/// The budgets of the table of 三公 that are those of the beginning of the year, as the header or the text says.
fn initial(accounts: &Part) -> Vec<&Key> {
    let facts = &accounts.facts;
    let is_initial = |statement: usize, column: usize| {
        let statement = &facts.statements[statement];
        let headed = statement.columns[column].path.iter().any(|head| head.contains("年初"));
        statement.concept == "three_public" && (headed || accounts.initial_three_public)
    };
    let budgets = facts.facts.iter().filter(|fact| fact.key.stage == Stage::Initial);
    budgets.filter(|fact| is_initial(fact.statement, fact.column)).map(|fact| &fact.key).collect()
}
