//! SG014: a table that holds money is not said to be empty.

use super::{Verdicts, is_empty, words_of};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("SG014");
    for (i, statement) in facts.statements.iter().enumerate() {
        for note in &statement.notes {
            let says = note.text.contains("空表") || note.text.contains("本表无数据");
            let money = facts.facts.iter().find(|fact| fact.statement == i && !fact.printed.amount().is_zero());
            match money.filter(|_| says && !is_empty(facts, i)) {
                Some(fact) => {
                    let location = facts.locator(fact);
                    let amount = location.quote.clone().unwrap_or_default();
                    let message = format!("《{}》有数（如 {amount}），表下却注明是空表", statement.title.text);
                    let related = Related { label: "表内的数".into(), location };
                    verdicts.fail(words_of(statement, note), statement.code, message).related.push(related);
                }
                None if says => verdicts.pass(),
                None => {}
            }
        }
    }
    verdicts.outcome("没有注明为空表的表")
}
