//! SG007: running costs of vehicles need vehicles, and vehicles cost something to run.

use super::Verdicts;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG007");
    if let (Some(money), Some((mention, number))) =
        (stated.money(Statistic::VehicleRunning), stated.count(Statistic::VehiclesKept))
    {
        let written = stated.prose.words(mention);
        let found = if number == 0 && stated.is_positive(money) {
            let message =
                format!("公务用车运行费为 {}，开支财政拨款的公务用车保有量却是 {written}，请核对", stated.words(money));
            Some((Severity::Warning, message))
        } else if number > 0 && stated.is_zero(money) {
            let message = format!(
                "请关注：公务用车保有量为 {written}，公务用车运行费却是 {}，是否由其他资金负担",
                stated.words(money)
            );
            Some((Severity::Hint, message))
        } else {
            None
        };
        match found {
            Some((severity, message)) => {
                let finding = stated.fail_at(&mut verdicts, severity, mention, &[], message);
                finding.related.push(stated.related(Statistic::VehicleRunning, money));
            }
            None => verdicts.pass(),
        }
    }
    verdicts.outcome("文中没有同时写出公务用车运行费和保有量")
}
