//! SG012: each item's share of 三公 is the item over the total.

use super::Verdicts;
use crate::reading::percent::{self, Said};
use crate::reading::stated::{ITEMS, Stated};
use crate::sayings;
use crate::trial::Trial;
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::Outcome;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, trial: &Trial<'_>) -> Outcome {
    let facts = trial.space.facts;
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG012");
    let resolved: Vec<usize> = sayings::shares(facts, &trial.places)
        .into_iter()
        .flat_map(|list| list.shares.into_iter().map(|(_, percent)| percent))
        .collect();
    for (item, mention) in stated.list() {
        let percent = mention + 1;
        // Where the sentence has its own whole, NA005 looks.
        if *item == Statistic::ThreePublic
            || !ITEMS.contains(item)
            || resolved.contains(&percent)
            || !is_share(&stated, percent)
        {
            continue;
        }
        let (Some(part), Some((whole, words))) = (stated.prose.interval(*mention), total(&stated)) else { continue };
        let reason = format!("{} ÷ {words}", stated.prose.words(*mention));
        let said = Said { what: "“三公”经费占比", percent, others: &[*mention], reason };
        percent::hold(&stated.prose, &mut verdicts, part, whole, said);
    }
    verdicts.outcome("文中没有“三公”经费各项的占比")
}

/// 占…% directly behind an item, of 三公 or of nothing that is named.
fn is_share(stated: &Stated<'_>, percent: usize) -> bool {
    let Some(mention) = stated.prose.facts.prose.mentions.get(percent) else { return false };
    let before = &stated.prose.facts.prose.mentions[percent - 1];
    let lead = stated.lead(percent);
    let named = lead.rsplit_once('占').map(|(before, named)| (before.trim_matches([',', '(', '。']), named));
    matches!(mention.quantity, Quantity::Percent(_))
        && before.span.block == mention.span.block
        && named.is_some_and(|(before, of)| {
            let of = of.trim_start_matches(['总', '比', '为']).trim_end_matches(['为', '的']);
            before.is_empty() && (of.is_empty() || of.contains("三公"))
        })
}

/// 三公 in all: as stated, as shown, or as the sum of its three items.
fn total(stated: &Stated<'_>) -> Option<(Interval, String)> {
    if let Some(money) = stated.money(Statistic::ThreePublic) {
        return Some((stated.interval(money)?, format!("“三公”经费合计 {}", stated.words(money))));
    }
    let items = [Statistic::OverseasTrips, Statistic::VehicleCosts, Statistic::Receptions];
    let parts: Option<Vec<Interval>> = items.iter().map(|item| stated.interval(stated.money(*item)?)).collect();
    Some((parts?.into_iter().sum(), "三项之和".to_string()))
}
