//! The codes that a department may use, from the code tables.

use mingzhang_model::code::{EconomicCode, FunctionalCode, Level};
use mingzhang_model::key::Fund;
use mingzhang_standard::codes;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Classes that are not a department's: what the treasury itself lends, keeps in reserve or hands on.
const TREASURY: [&str; 6] = ["227", "230", "231", "232", "233", "234"];

/// Years whose codes are still in use.
const RECENT: [&str; 4] = ["2023", "2024", "2025", "2026"];

/// Items of the functional classification that a fund pays for, with a name at every level.
pub(super) fn items(fund: Fund) -> &'static [FunctionalCode] {
    static ITEMS: LazyLock<[Vec<FunctionalCode>; 3]> = LazyLock::new(|| {
        let all: BTreeSet<FunctionalCode> =
            codes::names().flat_map(|(name, _)| codes::functional_named(name)).filter(is_item).collect();
        let mut all: Vec<FunctionalCode> = all.into_iter().collect();
        all.sort_by_key(ToString::to_string);
        let of = |fund: Option<Fund>| all.iter().copied().filter(|code| codes::fund_of(*code) == fund).collect();
        [of(None), of(Some(Fund::GovernmentManaged)), of(Some(Fund::StateCapital))]
    });
    let at = match fund {
        Fund::GovernmentManaged => 1,
        Fund::StateCapital => 2,
        _ => 0,
    };
    &ITEMS[at]
}

fn is_item(code: &FunctionalCode) -> bool {
    let has_names = std::iter::successors(code.parent(), |code| code.parent()).all(|c| codes::functional(c).is_some());
    let is_recent = codes::functional(*code).is_some_and(|entry| RECENT.iter().any(|year| entry.years.contains(year)));
    let class = code.to_string();
    let is_treasury = TREASURY.iter().any(|own| class.starts_with(own));
    code.level() == Level::Item && has_names && is_recent && !is_treasury
}

/// The economic codes of some classes, but those of 三公, meetings and trainings, which have rows of registers.
pub(super) fn economics(classes: &[&str]) -> Vec<EconomicCode> {
    const COUNTED: [&str; 7] = ["30212", "30215", "30216", "30217", "30231", "31013", "30913"];
    let below = |class: &&str| (1..100).map(|at| format!("{class}{at:02}")).collect::<Vec<_>>();
    let all = classes.iter().flat_map(below).filter(|code| !COUNTED.contains(&code.as_str()));
    all.filter_map(|code| EconomicCode::parse(&code)).filter(|code| codes::economic(*code).is_some()).collect()
}
