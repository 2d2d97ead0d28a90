//! SG009: trips abroad cost money, money for trips makes some, and every group has a person.

use super::Verdicts;
use crate::reading::stated::{Money, Stated};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG009");
    pair(&stated, &mut verdicts, (Statistic::TripGroups, "因公出国（境）团组"), Statistic::TripPersons);
    if let (Some(money), Some((mention, number))) =
        (stated.money(Statistic::OverseasTrips), stated.count(Statistic::TripGroups))
    {
        let told = (Statistic::OverseasTrips, "因公出国（境）团组");
        // Groups that cost nothing may have been paid by their hosts.
        against(&stated, &mut verdicts, told, money, (mention, number), Severity::Warning);
    }
    verdicts.outcome("文中没有写出因公出国（境）的团组和人次")
}

/// So many groups or batches, and no fewer persons.
pub(crate) fn pair(stated: &Stated<'_>, verdicts: &mut Verdicts, groups: (Statistic, &str), persons: Statistic) {
    let (Some((groups_at, many)), Some((persons_at, heads))) = (stated.count(groups.0), stated.count(persons)) else {
        return;
    };
    if many <= heads {
        return verdicts.pass();
    }
    let message = format!(
        "{} {}，人次却只有 {}，人次不应少于{}数，请核对两个数是否写反",
        groups.1,
        stated.prose.words(groups_at),
        stated.prose.words(persons_at),
        if groups.0 == Statistic::TripGroups { "团组" } else { "批次" }
    );
    stated.fail_at(verdicts, Severity::Error, persons_at, &[groups_at], message);
}

/// Money and number are both something or both nothing. `unpaid` is how grave a number without money is.
pub(crate) fn against(
    stated: &Stated<'_>,
    verdicts: &mut Verdicts,
    (item, name): (Statistic, &str),
    money: Money<'_>,
    (mention, number): (usize, u64),
    unpaid: Severity,
) {
    let (written, amount) = (stated.prose.words(mention), stated.words(money));
    let (severity, message) = if number == 0 && stated.is_positive(money) {
        (Severity::Error, format!("{}为 {amount}，{name}却写为 {written}，请核对补写", item.term()))
    } else if number > 0 && stated.is_zero(money) {
        (unpaid, format!("{name}写为 {written}，{}却是 {amount}，请核对", item.term()))
    } else {
        return verdicts.pass();
    };
    let finding = stated.fail_at(verdicts, severity, mention, &[], message);
    finding.related.push(stated.related(item, money));
}
