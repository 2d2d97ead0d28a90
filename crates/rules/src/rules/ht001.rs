//! HT001: the three public expenses grow.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::hints;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT001");
    for claim in prose.claims() {
        let Claim::Change { difference: Some(by), direction: Some(direction), rate, .. } = claim else { continue };
        if !hints::of_three_public(&hints::before(&prose, *by)) {
            continue;
        }
        let nothing = prose.figure(*by).is_none_or(|figure| figure.amount.is_zero());
        // Where the sentence goes on to say why, nobody need ask.
        let explained = prose.reason_behind(rate.unwrap_or(*by)).is_some();
        if *direction != Direction::Up || nothing || explained {
            verdicts.pass();
            continue;
        }
        let message = format!("“三公”经费比上年增加 {}，请关注增加的原因和依据", prose.words(*by));
        prose.fail(&mut verdicts, Severity::Hint, *by, &[], message);
    }
    verdicts.outcome("文中没有“三公”经费总额的增减")
}
