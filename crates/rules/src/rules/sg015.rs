//! SG015: an item of 三公 that had no budget and was spent on says who allowed it. SG016 says the same of items
//! that exceeded theirs.

use super::Verdicts;
use crate::reading::stated::{ITEMS, Money, Stated};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    const EXPLAINED: [&str; 9] = ["追加", "调剂", "调整", "批准", "批复", "审批", "核准", "上级", "未列入年初预算"];
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG015");
    for (item, outturn, budget) in pairs(&stated) {
        if !stated.is_zero(budget) || !stated.is_positive(outturn) {
            verdicts.pass();
            continue;
        }
        let text = stated.about_three_public();
        if EXPLAINED.iter().any(|word| text.contains(word)) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{}预算数为零，决算却有 {}；应写明资金来自调剂、追加还是上年结转，以及批准的依据",
            item.term(),
            stated.words(outturn)
        );
        tell(&stated, &mut verdicts, item, outturn, budget, message);
    }
    verdicts.outcome("没有同时读到“三公”经费的预算数和决算数")
}

/// One finding for an outturn held against its budget.
pub(crate) fn tell(
    stated: &Stated<'_>,
    verdicts: &mut Verdicts,
    item: Statistic,
    outturn: Money<'_>,
    budget: Money<'_>,
    message: String,
) {
    let related = item.budget().map(|item| stated.related(item, budget));
    let finding = stated.fail(verdicts, Severity::Warning, item, outturn, message);
    finding.related.extend(related);
}

/// The single items with their outturn and budget, in accounts. The totals follow from them.
pub(crate) fn pairs<'a>(stated: &Stated<'a>) -> Vec<(Statistic, Money<'a>, Money<'a>)> {
    if !stated.is_accounts() {
        return Vec::new();
    }
    let single = ITEMS.into_iter().filter(|item| !matches!(item, Statistic::ThreePublic | Statistic::VehicleCosts));
    single
        .filter_map(|item| {
            // One table shows both; a sentence may speak of another budget than the table.
            let (cell, budget) = (stated.cell(item), item.budget()?);
            let pair = match (cell, stated.cell(budget)) {
                (Some(outturn), Some(budget)) => (Money::Shown(outturn), Money::Shown(budget)),
                _ => (stated.money(item)?, stated.money(budget)?),
            };
            let said = stated.amount(item).filter(|_| stated.all(item).next().is_some());
            Some((item, said.map_or(pair.0, Money::Said), pair.1))
        })
        .collect()
}
