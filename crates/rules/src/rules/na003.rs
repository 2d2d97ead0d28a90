//! NA003: difference and rate imply one and the same number of last year.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::na005::{self, Said};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA003");
    for claim in prose.claims() {
        let Claim::Change {
            current: Some(current),
            base: None,
            difference: Some(difference),
            direction,
            rate: Some(rate),
            ..
        } = claim
        else {
            continue;
        };
        let (Some(now), Some(by)) = (prose.interval(*current), prose.interval(*difference)) else { continue };
        let base = match direction {
            Some(Direction::Up) => now - by,
            Some(Direction::Down) => now + by,
            Some(Direction::Level) | None => continue,
        };
        let sign = if *direction == Some(Direction::Up) { "减" } else { "加" };
        let (current_words, by_words) = (prose.words(*current), prose.words(*difference));
        let reason = format!("上年数为 {current_words} {sign} {by_words}，{by_words} 与它相比");
        let said = Said { what: "增减幅度", percent: *rate, others: &[*current, *difference], reason };
        na005::hold(&prose, &mut verdicts, by, base, said);
    }
    verdicts.outcome("文中没有同时写出本年数、差额和增减幅度")
}
