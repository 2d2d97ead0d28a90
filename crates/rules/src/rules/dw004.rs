//! DW004: the words of a difference and of its rate go the same way.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::dw001::word;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW004");
    for claim in prose.claims() {
        let Claim::Change {
            difference: Some(difference),
            direction: Some(direction),
            rate: Some(rate),
            rate_direction: Some(other),
            ..
        } = claim
        else {
            continue;
        };
        if direction == other {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "差额 {} 写的是{}，增减幅度 {} 写的却是{}",
            prose.words(*difference),
            word(*direction),
            prose.words(*rate),
            word(*other)
        );
        prose.fail(&mut verdicts, Severity::Error, *rate, &[*difference], message);
    }
    verdicts.outcome("文中没有同时写出差额和增减幅度")
}
