//! UM001: 元 is not written for 万元. The same digits stand elsewhere in the document with 万元. Amounts that
//! have such a twin are tried with all that sentences say; those without one pass here.

use super::Verdicts;
use crate::prose::figure;
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("UM001");
    let twins = pairs(facts);
    let in_yuan = figures(facts).into_iter().filter(|(_, figure)| is_suspect(figure));
    in_yuan.filter(|(i, _)| !twins.iter().any(|(own, _)| own == i)).for_each(|_| verdicts.pass());
    verdicts.outcome("文中没有以元为单位、带小数的金额")
}

/// The amounts in 元 whose digits stand elsewhere with 万元, each with the first of those.
pub(crate) fn pairs(facts: &Facts) -> Vec<(usize, usize)> {
    let figures = figures(facts);
    let twin = |own: &Figure| {
        let meant = Amount(own.amount.0.saturating_mul(10_000));
        figures.iter().find(|(_, other)| other.unit == Unit::WanYuan && other.amount == meant).map(|(i, _)| *i)
    };
    let suspects = figures.iter().filter(|(_, figure)| is_suspect(figure));
    suspects.filter_map(|(i, figure)| Some((*i, twin(figure)?))).collect()
}

fn figures(facts: &Facts) -> Vec<(usize, Figure)> {
    (0..facts.prose.mentions.len()).filter_map(|i| Some((i, figure(&facts.prose, i)?))).collect()
}

/// Whole numbers of 元 are prices and standards.
fn is_suspect(figure: &Figure) -> bool {
    figure.unit == Unit::Yuan && figure.decimals > 0 && !figure.amount.is_zero()
}
