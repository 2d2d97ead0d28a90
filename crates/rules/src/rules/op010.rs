//! OP010: the shares that the regulation wants reserved for small and medium firms, as a hint.

use super::Verdicts;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP010");
    if !stated.is_accounts() {
        let small = (Statistic::ReservedForSmall, "面向中小企业预留");
        hold(&stated, &mut verdicts, small, (Statistic::Procurement, "政府采购预算"), 30);
        let micro = (Statistic::ReservedForMicro, "预留给小微企业");
        hold(&stated, &mut verdicts, micro, (Statistic::ReservedForSmall, "面向中小企业预留"), 60);
    }
    verdicts.outcome("文中没有面向中小企业预留采购的金额")
}

/// Hints where a part is less than so many per cent of its whole.
fn hold(
    stated: &Stated<'_>,
    verdicts: &mut Verdicts,
    (part, part_name): (Statistic, &str),
    (whole, whole_name): (Statistic, &str),
    least: i128,
) {
    let (Some(part), Some(whole)) = (stated.amount(part), stated.amount(whole)) else { return };
    let (Some(less), Some(more)) = (stated.prose.interval(part), stated.prose.interval(whole)) else { return };
    if i128::from(less.high().0) * 100 >= i128::from(more.low().0) * least {
        return verdicts.pass();
    }
    let message = format!(
        "提示：{part_name} {} 不到{whole_name} {} 的{least}%，请关注是否符合预留份额的要求，或是否有不适宜预留的项目",
        stated.prose.words(part),
        stated.prose.words(whole)
    );
    stated.fail_at(verdicts, Severity::Hint, part, &[whole], message);
}
