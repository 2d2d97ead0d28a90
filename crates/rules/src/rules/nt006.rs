//! NT006: where the narrative goes through the items, it leaves none out.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::code::Level;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Function;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;
use std::collections::BTreeSet;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    const FEWEST: usize = 3;
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NT006");
    for code in ["B05", "A05"] {
        let named: BTreeSet<Function> = prose
            .claims()
            .iter()
            .filter_map(|claim| match claim {
                Claim::Named { table, key, .. } if *table == code && is_item(key.function) => Some(key.function),
                _ => None,
            })
            .collect();
        let misnamed = prose
            .claims()
            .iter()
            .filter(|claim| matches!(claim, Claim::Unplaced { table, .. } if *table == code))
            .count();
        let mut seen = BTreeSet::new();
        let rows = facts.facts.iter().filter(|fact| {
            facts.statements[fact.statement].code == code
                && is_item(fact.key.function)
                && !fact.printed.amount().is_zero()
                && seen.insert(fact.key.function)
        });
        let (told, missing): (Vec<_>, Vec<_>) = rows.partition(|fact| named.contains(&fact.key.function));
        // A few items among many are examples, and a misnamed item is not a missing one.
        if told.len() < FEWEST || told.len() < 2 * missing.len() || missing.len() <= misnamed {
            told.iter().for_each(|_| verdicts.pass());
            continue;
        }
        told.iter().for_each(|_| verdicts.pass());
        for fact in missing {
            let location = facts.locator(fact);
            let row = location.row.clone().unwrap_or_default();
            let amount = location.quote.clone().unwrap_or_default();
            let message = format!(
                "表里的“{row}” {amount}{}，逐项说明里没有写到；说明写了其余 {} 项",
                fact.unit.word(),
                told.len()
            );
            verdicts.fail(location, &row, message);
        }
    }
    verdicts.outcome("说明没有逐项写出科目")
}

fn is_item(function: Function) -> bool {
    matches!(function, Function::Code(code) if code.level() == Level::Item)
}
