//! UM001: 元 is not written for 万元. The same digits stand elsewhere in the document with 万元.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("UM001");
    let figures: Vec<(usize, Figure)> =
        (0..facts.prose.mentions.len()).filter_map(|i| prose.figure(i).map(|figure| (i, figure))).collect();
    for (i, figure) in figures.iter().filter(|(_, figure)| figure.unit == Unit::Yuan && figure.decimals > 0) {
        let meant = Amount(figure.amount.0.saturating_mul(10_000));
        let twin = figures.iter().find(|(_, other)| other.unit == Unit::WanYuan && other.amount == meant);
        let Some((twin, _)) = twin.filter(|_| !figure.amount.is_zero()) else {
            verdicts.pass();
            continue;
        };
        let expected = like(Figure { unit: Unit::WanYuan, ..*figure }, meant);
        let message =
            format!("金额写为 {}，文中另一处同样的数写为 {}，应为 {expected}", prose.words(*i), prose.words(*twin));
        let finding = prose.fail(&mut verdicts, Severity::Error, *i, &[*twin], message);
        should_be(finding, expected);
    }
    verdicts.outcome("文中没有以元为单位、带小数的金额")
}
