//! [`Wording`]: how the narrative words a number that no table prints.
//!
//! Each place has its own words for the same count: 组织0个出国团组, 因公出国（境）团组0个. A line of
//! `data/phrases/statistics.tsv` gives the words that lead to a number, the units that it may have, and,
//! for the second number of a pair such as 26批次、510人次, the number that stands before it.

use crate::filter::Filter;
use crate::words;
use mingzhang_model::key::Economic;
use mingzhang_model::set::{Member, Set};
use mingzhang_model::statistic::Statistic;
use std::sync::LazyLock;

/// One way to word one statistic.
#[derive(Clone, PartialEq, Debug)]
pub struct Wording {
    /// What is counted.
    pub statistic: Statistic,
    /// The units that the number may have, as printed: 辆, 批次; 万元 stands for every unit of money.
    pub units: Vec<&'static str>,
    /// What the number directly before it in the sentence must state; none for any.
    pub after: Option<Statistic>,
    /// Words that the headings over the sentence must hold, folded.
    pub under: Vec<String>,
    /// Words that the nearest heading must not hold.
    pub not_under: Vec<String>,
    /// Words of which one must lead to the number, folded; none where what stands before it is enough.
    pub names: Vec<String>,
    /// Words that must not lead to it.
    pub not_names: Vec<String>,
    /// Words of which one may stand directly behind the number and its unit instead, folded.
    pub behind: Vec<String>,
}

/// Every wording that is known.
pub fn wordings() -> &'static [Wording] {
    static WORDINGS: LazyLock<Vec<Wording>> = LazyLock::new(|| {
        // The file is part of the program and a test parses it: a fault here is ours, at build time.
        parse(include_str!("../data/phrases/statistics.tsv")).unwrap_or_else(|f| panic!("statistics.tsv: {f}"))
    });
    &WORDINGS
}

/// The economic codes of a 三公 amount, and whether it is the budget that accounts measure it by; none for
/// every other statistic.
pub fn three_public(statistic: Statistic) -> Option<(Economic, bool)> {
    let (word, is_budget) = match statistic {
        Statistic::ThreePublic => ("three_public", false),
        Statistic::OverseasTrips => ("overseas_trips", false),
        Statistic::VehicleCosts => ("vehicles", false),
        Statistic::VehiclePurchase => ("vehicle_purchase", false),
        Statistic::VehicleRunning => ("vehicle_running", false),
        Statistic::Receptions => ("receptions", false),
        Statistic::ThreePublicBudget => ("three_public", true),
        Statistic::OverseasTripsBudget => ("overseas_trips", true),
        Statistic::VehicleCostsBudget => ("vehicles", true),
        Statistic::VehiclePurchaseBudget => ("vehicle_purchase", true),
        Statistic::VehicleRunningBudget => ("vehicle_running", true),
        Statistic::ReceptionsBudget => ("receptions", true),
        _ => return None,
    };
    let economic = Filter::parse(word, Set::EMPTY, Set::EMPTY).ok()?.economic?;
    Some((economic, is_budget))
}

fn parse(tsv: &'static str) -> Result<Vec<Wording>, String> {
    let lines = tsv.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| wording(line).map_err(|fault| format!("“{line}”: {fault}"))).collect()
}

fn wording(line: &'static str) -> Result<Wording, String> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let [statistic, units, after, sections, names] = fields.as_slice() else { return Err("not five fields".into()) };
    let named = |word: &str| {
        let found = Statistic::ALL.iter().find(|statistic| statistic.word() == word).copied();
        found.ok_or_else(|| format!("no statistic is called {word}"))
    };
    let after = if after.is_empty() { None } else { Some(named(after)?) };
    let (not_under, under) = split(sections, ',');
    let (not_names, names) = split(names, '|');
    let (behind, names): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| name.starts_with('>'));
    let behind: Vec<String> = behind.iter().map(|name| name[1..].to_string()).collect();
    if after.is_none() && names.is_empty() && behind.is_empty() {
        return Err("neither a name nor a number before it".into());
    }
    let units = units.split('|').collect();
    Ok(Wording { statistic: named(statistic)?, units, after, under, not_under, names, not_names, behind })
}

/// The words of a field, folded: those that begin with ! and the others.
fn split(field: &str, mark: char) -> (Vec<String>, Vec<String>) {
    let words = field.split(mark).filter(|word| !word.is_empty());
    let (not, yes): (Vec<&str>, Vec<&str>) = words.partition(|word| word.starts_with('!'));
    (not.into_iter().map(|word| words::fold(&word[1..])).collect(), yes.into_iter().map(words::fold).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_wording() {
        assert!(wordings().len() > 20);
        assert!(parse("head\nvehicles\t辆\t\t\t车辆").is_err());
        assert!(parse("head\nvehicles_kept\t辆\t\t\t").is_err());
    }
}
