//! NA001: this year less last year is the difference that the sentence states.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use mingzhang_model::amount::{Agreement, Amount};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA001");
    for claim in prose.claims() {
        let Claim::Change { current: Some(current), base: Some(base), difference: Some(difference), direction, .. } =
            claim
        else {
            continue;
        };
        let (Some(now), Some(then), Some(by)) =
            (prose.interval(*current), prose.interval(*base), prose.interval(*difference))
        else {
            continue;
        };
        let change = if *direction == Some(Direction::Down) { then - now } else { now - then };
        match change.agreement(by) {
            // A wrong direction is another rule's matter.
            Agreement::Off(_) | Agreement::Touching(_) if (then - now).agreement(by) != Agreement::Exact => {}
            _ => {
                verdicts.pass();
                continue;
            }
        }
        let Some(figure) = prose.figure(*difference) else { continue };
        let expected = like(figure, Amount(change.middle().0.saturating_abs()));
        let message = format!(
            "差额写为 {}，按 {} 与 {} 相减应为 {expected}",
            prose.words(*difference),
            prose.words(*current),
            prose.words(*base)
        );
        let finding = prose.fail(&mut verdicts, Severity::Error, *difference, &[*current, *base], message);
        should_be(finding, expected);
    }
    verdicts.outcome("文中没有同时写出本年数、上年数和差额")
}
