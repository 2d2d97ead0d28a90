//! SG006: vehicles are bought for money, and money for vehicles buys some.

use super::Verdicts;
use crate::reading::stated::{Money, Stated};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG006");
    if let Some(money) = stated.money(Statistic::VehiclePurchase) {
        if let Some((mention, number)) = stated.count(Statistic::VehiclesPurchased) {
            compare(&stated, &mut verdicts, money, mention, number, Severity::Error);
        }
        // Planned vehicles may be special ones, or paid from other funds than those of 三公.
        if !stated.is_accounts()
            && let Some((mention, number)) = stated.count(Statistic::VehiclesPlanned)
        {
            compare(&stated, &mut verdicts, money, mention, number, Severity::Warning);
        }
    }
    verdicts.outcome("文中没有同时写出公务用车购置费和购置数量")
}

fn compare(
    stated: &Stated<'_>,
    verdicts: &mut Verdicts,
    money: Money<'_>,
    mention: usize,
    number: u64,
    severity: Severity,
) {
    let written = stated.prose.words(mention);
    let message = if number == 0 && stated.is_positive(money) {
        format!("公务用车购置费为 {}，购置数量却是 {written}；有购置费就应写明购置了几辆", stated.words(money))
    } else if number > 0 && stated.is_zero(money) {
        format!("购置公务用车 {written}，公务用车购置费却是 {}；请核对购置费，或写明资金来源", stated.words(money))
    } else {
        return verdicts.pass();
    };
    let finding = stated.fail_at(verdicts, severity, mention, &[], message);
    finding.related.push(stated.related(Statistic::VehiclePurchase, money));
}
