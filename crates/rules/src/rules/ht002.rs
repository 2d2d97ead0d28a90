//! HT002: much less was spent on the three public expenses than budgeted, or more.

use super::{Verdicts, pf018};
use crate::reading::hints::{cell, percent};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

/// Below so many per cent of the budget, the budget was high.
const LOW: i64 = 50;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("HT002");
    let Some([spent, budget]) = pf018::spent_and_budget(facts) else {
        return verdicts.outcome("没有识别到“三公”经费决算表的合计");
    };
    // A blank says nothing; 0.00 says that nothing was spent.
    if matches!(spent.printed, Printed::Blank) || matches!(budget.printed, Printed::Blank) {
        return Outcome::Undecided("“三公”经费决算表的合计没有填数".into());
    }
    let (part, whole) = (spent.printed.amount().0, budget.printed.amount().0);
    let Some(rate) = percent(part, whole) else { return verdicts.outcome("“三公”经费没有预算") };
    if (LOW..100).contains(&rate) || part == whole {
        verdicts.pass();
    } else {
        let what = if part > whole { "超过预算" } else { "不到预算的一半" };
        let message = format!(
            "“三公”经费决算 {}，预算 {}，{what}，请关注预算编制和执行的原因",
            cell(facts, spent),
            cell(facts, budget)
        );
        let finding = verdicts.fail(facts.locator(spent), "rate", message);
        finding.related.push(Related { label: "预算数".into(), location: facts.locator(budget) });
    }
    verdicts.outcome("")
}
