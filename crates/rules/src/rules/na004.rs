//! NA004: the rate of completion is the outturn over the budget.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::na005::{self, Said};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA004");
    for claim in prose.claims() {
        let Claim::Completion { budget, outturn, percent } = claim else { continue };
        let (Some(whole), Some(part)) = (prose.interval(*budget), prose.interval(*outturn)) else { continue };
        let reason = format!("{} ÷ {}", prose.words(*outturn), prose.words(*budget));
        let said = Said { what: "预算完成率", percent: *percent, others: &[*outturn, *budget], reason };
        na005::hold(&prose, &mut verdicts, part, whole, said);
    }
    verdicts.outcome("文中没有预算完成率")
}
