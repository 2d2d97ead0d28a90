//! SG008: the vehicles that the appropriation keeps are among those that the office holds.

use super::Verdicts;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG008");
    if let (Some((kept_at, kept)), Some((held_at, held))) =
        (stated.count(Statistic::VehiclesKept), stated.count(Statistic::VehiclesHeld))
        && kept_at != held_at
    {
        if kept <= held {
            verdicts.pass();
        } else {
            // In accounts both are counted at the end of the year; in a budget perhaps on different days.
            let severity = if stated.is_accounts() { Severity::Error } else { Severity::Warning };
            let message = format!(
                "“三公”经费说明的公务用车保有量为 {}，资产说明的车辆总数只有 {}，保有量不应多于总数",
                stated.prose.words(kept_at),
                stated.prose.words(held_at)
            );
            stated.fail_at(&mut verdicts, severity, kept_at, &[held_at], message);
        }
    }
    verdicts.outcome("文中没有同时写出公务用车保有量和车辆总数")
}
