//! UM012: the percentages of one paragraph are printed with the same number of decimals.

use super::um008;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    um008::uneven("UM012", document, facts, |mention| match &mention.quantity {
        // 0% and 100% are exact, and so are the round figures of goals: 30%以上.
        Quantity::Percent(percent) => (percent.decimals > 0).then_some(("%", percent.decimals)),
        Quantity::Money { .. } | Quantity::Count { .. } => None,
    })
}
