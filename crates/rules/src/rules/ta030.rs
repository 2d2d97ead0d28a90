//! TA030: the amounts of one column show the same number of decimals. A plain 0 shows none.

use super::{Verdicts, facts_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("TA030");
    for (i, statement) in facts.statements.iter().enumerate() {
        let amounts: Vec<_> = facts_of(facts, i)
            .filter_map(|fact| match fact.printed {
                Printed::Figure(figure) if !figure.amount.is_zero() => Some((fact, figure.decimals)),
                _ => None,
            })
            .collect();
        let fewer: Vec<_> = amounts.iter().filter(|(fact, decimals)| *decimals < fact.decimals).collect();
        let Some((first, decimals)) = fewer.first() else {
            (!amounts.is_empty()).then(|| verdicts.pass());
            continue;
        };
        let message = format!(
            "《{}》同一列金额的小数位数不一：列中最多 {} 位，有 {} 处位数较少（如此处 {decimals} 位）",
            statement.title.text,
            first.decimals,
            fewer.len(),
        );
        verdicts.fail(facts.locator(first), statement.code, message);
    }
    verdicts.outcome("没有金额")
}
