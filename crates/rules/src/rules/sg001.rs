//! SG001: 文中的“三公”经费合计与各分项与三公经费表是同一个数；没有表可比时，文中前后一致，合计等于分项之和。

use super::Verdicts;
use crate::prose::like;
use crate::reading::stated::{ITEMS, Stated};
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Key;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::{Member, Set};
use mingzhang_model::statistic::Statistic;

/// The amounts of the narrative that this rule holds against the tables.
pub(crate) fn wanted(table: &str, key: &Key) -> bool {
    matches!(table, "A07" | "B09") && key.units == Set::all()
}

/// Where no table shows an amount, the sentences that state it are held against each other.
pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG001");
    for item in ITEMS {
        if stated.cell(item).is_none() {
            same(&stated, &mut verdicts, item);
        }
    }
    let parts = [Statistic::OverseasTrips, Statistic::VehicleCosts, Statistic::Receptions];
    sum(&stated, &mut verdicts, Statistic::ThreePublic, &parts);
    let parts = [Statistic::VehiclePurchase, Statistic::VehicleRunning];
    sum(&stated, &mut verdicts, Statistic::VehicleCosts, &parts);
    verdicts.outcome("文中没有写“三公”经费")
}

/// One item has one amount, wherever it is stated.
fn same(stated: &Stated<'_>, verdicts: &mut Verdicts, item: Statistic) {
    let mut all = stated.all(item);
    let Some(first) = all.next() else { return };
    for other in all {
        let (Some(a), Some(b)) = (stated.prose.interval(first), stated.prose.interval(other)) else { continue };
        if !matches!(a.agreement(b), Agreement::Off(_)) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{}此处写为 {}，前面写为 {}，前后不一致",
            item.term(),
            stated.prose.words(other),
            stated.prose.words(first)
        );
        stated.fail_at(verdicts, Severity::Error, other, &[first], message);
        return;
    }
}

/// An amount is the sum of its items, where all are stated and no table shows them.
fn sum(stated: &Stated<'_>, verdicts: &mut Verdicts, whole: Statistic, items: &[Statistic]) {
    if stated.cell(whole).is_some() {
        return;
    }
    let parts: Option<Vec<usize>> = items.iter().map(|item| stated.amount(*item)).collect();
    let (Some(parts), Some(total)) = (parts, stated.amount(whole)) else { return };
    let added: Option<Interval> = parts.iter().map(|part| stated.prose.interval(*part)).sum();
    let (Some(added), Some(shown), Some(figure)) = (added, stated.prose.interval(total), stated.prose.figure(total))
    else {
        return;
    };
    if !matches!(added.agreement(shown), Agreement::Off(_)) {
        return verdicts.pass();
    }
    let list: Vec<&str> = parts.iter().map(|part| stated.prose.words(*part)).collect();
    let precise = parts.iter().filter_map(|part| stated.prose.figure(*part)).filter(|f| f.unit == figure.unit);
    let figure = precise.fold(figure, |most, figure| if figure.decimals > most.decimals { figure } else { most });
    let message = format!(
        "{}写为 {}，各项之和为 {}（{}）",
        whole.term(),
        stated.prose.words(total),
        like(figure, added.middle()),
        list.join(" + ")
    );
    stated.fail_at(verdicts, Severity::Error, total, &parts, message);
}
