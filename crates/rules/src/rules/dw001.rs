//! DW001: the word of more or less goes the way of the numbers.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW001");
    for claim in prose.claims() {
        let Claim::Change { current: Some(current), base: Some(base), difference, direction, rate, rate_direction } =
            claim
        else {
            continue;
        };
        let (Some(now), Some(then)) = (prose.interval(*current), prose.interval(*base)) else { continue };
        let Some((said, at)) = direction.zip(*difference).or_else(|| rate_direction.zip(*rate)) else { continue };
        let truly = match () {
            () if now.exceeds(then) => Direction::Up,
            () if then.exceeds(now) => Direction::Down,
            () => continue,
        };
        if said == truly {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "由 {} 到 {} 是{}，文中写的是{}",
            prose.words(*base),
            prose.words(*current),
            word(truly),
            word(said)
        );
        prose.fail(&mut verdicts, Severity::Error, at, &[*current, *base], message);
    }
    verdicts.outcome("文中没有同时写出本年数、上年数和增减方向")
}

/// The word that a person would use.
pub(crate) fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "增加",
        Direction::Down => "减少",
        Direction::Level => "持平",
    }
}
