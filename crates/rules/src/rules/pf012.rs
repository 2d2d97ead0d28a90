//! PF012: how much of the spending on projects has goals.

use super::{Verdicts, pf011};
use crate::prose::{Prose, print};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::prose::Percent;
use mingzhang_model::rule::{Outcome, Severity};

/// The share of the spending on projects, in per cent, that may go without a hint.
const COVERED: i128 = 95;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("PF012");
    for (at, said, cell) in pf011::amounts(&prose, None) {
        let whole = cell.interval();
        // A project or two without goals need no reason.
        let little = i128::from(said.middle().0) * 100 >= i128::from(whole.middle().0) * COVERED;
        if little || whole.middle().0 <= 0 {
            verdicts.pass();
            continue;
        }
        let digits = i128::from(said.middle().0) * 10_000 / i128::from(whole.middle().0);
        let share = print(Percent { digits: i64::try_from(digits).unwrap_or_default(), decimals: 2 });
        let message = format!(
            "编报绩效目标的项目金额 {}，占支出总表项目支出 {}{} 的 {share}，请关注其余项目未编报绩效目标的原因",
            prose.words(at),
            facts.locator(cell).quote.unwrap_or_default(),
            cell.unit.word()
        );
        let finding = prose.fail(&mut verdicts, Severity::Hint, at, &[], message);
        finding.related.push(Related { label: "表内的项目支出".into(), location: facts.locator(cell) });
    }
    verdicts.outcome("文中没有编报绩效目标的项目金额，或表中没有项目支出合计")
}
