//! NA009: no rate of change where last year's number is nothing.

use super::Verdicts;
use crate::reading::stated::Stated;
use crate::reading::three_public::{Category, groups};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;
use std::cell::LazyCell;
use std::collections::BTreeMap;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let prose = &stated.prose;
    let mut verdicts = Verdicts::of("NA009");
    let elsewhere = LazyCell::new(|| elsewhere(&stated));
    for claim in prose.claims() {
        let Claim::Change { current, base, difference, direction, rate: Some(rate), .. } = claim else { continue };
        // 公务接待费增加0.30万元，增长100%: what it is now stands in another sentence.
        let stands = |difference: &usize| elsewhere.get(difference).copied();
        let current = &current.or_else(|| difference.as_ref().filter(|_| base.is_none()).and_then(stands));
        let amount = |mention: &Option<usize>| mention.and_then(|m| prose.figure(m)).map(|figure| figure.amount);
        let percent = prose.percent(*rate).map_or(0, |percent| percent.digits);
        let from_nothing = match (amount(base), amount(current), amount(difference)) {
            (Some(base), ..) => base.is_zero(),
            (None, Some(now), Some(by)) => *direction == Some(Direction::Up) && now == by && !by.is_zero(),
            _ => continue,
        };
        if !from_nothing || percent == 0 {
            verdicts.pass();
            continue;
        }
        let others: Vec<usize> = [current, base, difference].into_iter().flatten().copied().collect();
        let message =
            format!("上年数为 0，没有增长率可算，却写了 {}；应写明上年为 0、无法计算增幅", prose.words(*rate));
        prose.fail(&mut verdicts, Severity::Error, *rate, &others, message);
    }
    verdicts.outcome("文中没有增减幅度")
}

/// The amounts of 三公 and its parts that a difference told in another sentence belongs to, by the difference.
fn elsewhere(stated: &Stated<'_>) -> BTreeMap<usize, usize> {
    let amount = |category: &Category| {
        let statistic = match category {
            Category::Total => Statistic::ThreePublic,
            Category::Trips => Statistic::OverseasTrips,
            Category::Vehicles => Statistic::VehicleCosts,
            Category::Purchase => Statistic::VehiclePurchase,
            Category::Running => Statistic::VehicleRunning,
            Category::Reception => Statistic::Receptions,
            Category::Beside => return None,
        };
        stated.amount(statistic)
    };
    let groups = groups(&stated.prose).into_iter().flatten();
    groups.filter_map(|(category, change)| Some((change.mention?, amount(&category)?))).collect()
}
