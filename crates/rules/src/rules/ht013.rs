//! HT013: much money is carried over to the next year.

use super::Verdicts;
use crate::reading::hints::{cell, percent};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Fact, Facts};
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Function, Measure, Stage};
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Set;

/// Per cent of the year's expenditure.
const LARGE: i64 = 10;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HT013");
    let cell_of = |measure: Measure| {
        facts.facts.iter().find(|fact: &&Fact| {
            let key = &fact.key;
            facts.statements[fact.statement].code == "A01"
                && key.stage == Stage::FinalAccounts
                && key.measures == Set::only(measure)
                && key.function == Function::All
                && key.economic.is_all()
                && key.kinds.len() > 1
                && key.funds.len() > 3
        })
    };
    let (Some(closing), Some(spent)) = (cell_of(Measure::Closing), cell_of(Measure::Expenditure)) else {
        return verdicts.outcome("没有识别到收入支出决算总表的年末结转和结余");
    };
    match percent(closing.printed.amount().0, spent.printed.amount().0) {
        Some(share) if share > LARGE => {
            let message = format!(
                "年末结转和结余 {}，是本年支出 {} 的 {share}%，请关注结转资金的清理",
                cell(facts, closing),
                cell(facts, spent)
            );
            let finding = verdicts.fail(facts.locator(closing), "closing", message);
            finding.related.push(Related { label: "本年支出".into(), location: facts.locator(spent) });
        }
        Some(_) => verdicts.pass(),
        None => {}
    }
    verdicts.outcome("本年没有支出")
}
