//! OP014: procurement of a year is seldom more than all that is spent in it.

use super::Verdicts;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP014");
    let totals = facts.facts.iter().filter(|fact| matches!(facts.statements[fact.statement].code, "B01" | "A01"));
    let total = totals.max_by_key(|fact| fact.printed.amount());
    if let (Some(mention), Some(total)) = (stated.amount(Statistic::Procurement), total)
        && let Some(bought) = stated.prose.interval(mention)
    {
        if !bought.exceeds(total.interval()) {
            verdicts.pass();
        } else {
            let message = format!(
                "提示：政府采购 {} 超过了全年收支总额，请关注是否含跨年度合同，或者单位写错",
                stated.prose.words(mention)
            );
            let related = Related { label: "收支总额".into(), location: facts.locator(total) };
            stated.fail_at(&mut verdicts, Severity::Hint, mention, &[], message).related.push(related);
        }
    }
    verdicts.outcome("没有同时读到政府采购总额和收支总表")
}
