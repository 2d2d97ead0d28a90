//! HT005: a large change without a reason.

use super::{Verdicts, ht004};
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

/// Per cent.
const LARGE: i64 = 30;

/// A smaller difference is no news, in fen: 100 thousand yuan.
const AMOUNT: i64 = 10_000_000;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT005");
    for claim in prose.claims() {
        let Claim::Change { difference: Some(by), direction, rate: Some(rate), .. } = claim else { continue };
        let (Some(figure), Some(percent)) = (prose.figure(*by), prose.percent(*rate)) else { continue };
        let large = percent.digits > LARGE * 10i64.pow(u32::from(percent.decimals)) && figure.amount.0 >= AMOUNT;
        if !large || ht004::is_explained(&prose, *rate) {
            verdicts.pass();
            continue;
        }
        let way = if *direction == Some(Direction::Down) { "减少" } else { "增加" };
        let message =
            format!("{way} {}（{}），变动较大而没有写原因，请关注并说明", prose.words(*by), prose.words(*rate));
        prose.fail(&mut verdicts, Severity::Hint, *rate, &[*by], message);
    }
    verdicts.outcome("文中没有写明增减额和增减幅度")
}
