//! NA010: no rate of completion where the budget is nothing, and the rate is of the budget that the
//! sentence says.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA010");
    for claim in prose.claims() {
        let Claim::Completion { budget, outturn, percent } = claim else { continue };
        let Some(figure) = prose.figure(*budget) else { continue };
        let lead = |mention: &usize| facts.prose.mentions[*mention].lead.as_str();
        let is_adjusted = ["全年预算", "调整预算", "调整后预算"].iter().any(|word| lead(budget).contains(word));
        if lead(percent).contains("年初预算") && is_adjusted {
            let message = format!(
                "{} 是按全年（调整）预算数 {} 算的，文中却写成完成年初预算",
                prose.words(*percent),
                prose.words(*budget)
            );
            prose.fail(&mut verdicts, Severity::Error, *percent, &[*budget, *outturn], message);
            continue;
        }
        if !figure.amount.is_zero() {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "预算数为 {}，没有完成率可算，却写了 {}；应写无法计算，或改按全年预算数计算",
            prose.words(*budget),
            prose.words(*percent)
        );
        prose.fail(&mut verdicts, Severity::Error, *percent, &[*budget, *outturn], message);
    }
    verdicts.outcome("文中没有预算完成率")
}
