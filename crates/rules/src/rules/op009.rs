//! OP009: what is reserved for small and micro firms is part of what is reserved for small and medium ones, and
//! that is part of procurement in all.

use super::Verdicts;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP009");
    let small = (Statistic::ReservedForSmall, "预留给中小企业的");
    hold(&stated, &mut verdicts, (Statistic::ReservedForMicro, "预留给小微企业的"), small);
    // In accounts the total is of contracts, the reserved part of budgets.
    if !stated.is_accounts() {
        hold(&stated, &mut verdicts, small, (Statistic::Procurement, "政府采购预算总额"));
    }
    verdicts.outcome("文中没有面向中小企业预留采购的金额")
}

/// A part is no more than its whole.
pub(crate) fn hold(
    stated: &Stated<'_>,
    verdicts: &mut Verdicts,
    (part, part_name): (Statistic, &str),
    (whole, whole_name): (Statistic, &str),
) {
    let (Some(part), Some(whole)) = (stated.amount(part), stated.amount(whole)) else { return };
    let (Some(less), Some(more)) = (stated.prose.interval(part), stated.prose.interval(whole)) else { return };
    if !less.exceeds(more) {
        return verdicts.pass();
    }
    let (few, many) = (stated.prose.words(part), stated.prose.words(whole));
    let message = format!("{part_name} {few} 超过了{whole_name} {many}，部分不会大于全部");
    stated.fail_at(verdicts, Severity::Error, part, &[whole], message);
}
