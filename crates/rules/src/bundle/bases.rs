//! Last year's amounts as this year's document tells them: the amount that a sentence compares with, or this year's
//! less the difference that it states.

use super::part::Part;
use crate::prose::figure;
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::key::Key;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_standard::words;
use std::collections::BTreeMap;

/// An amount of last year.
pub(crate) struct Base {
    /// Which money, of last year.
    pub(crate) key: Key,
    /// What it can be.
    pub(crate) interval: Interval,
    /// The mention that states this year's amount.
    pub(crate) current: usize,
    /// The mention that states the base, or else the difference.
    pub(crate) told: usize,
    /// 18,976.76 − 3,355.65; empty where the base is stated itself.
    pub(crate) worked: String,
}

/// What last year's amounts of a document are, where a sentence compares with the same stage: a budget with the budget,
/// accounts with accounts.
pub(crate) fn bases(part: &Part) -> Vec<Base> {
    let claims = &part.facts.prose.claims;
    let mut named: BTreeMap<usize, &Key> = BTreeMap::new();
    for claim in claims {
        if let Claim::Named { mention, key, .. } = claim {
            named.insert(*mention, key);
        }
    }
    let found = claims.iter().filter_map(|claim| {
        let Claim::Change { current: Some(current), base, difference, direction, .. } = claim else { return None };
        let key = *named.get(current)?;
        let told = base.or(*difference)?;
        if !same_stage(part, told) {
            return None;
        }
        let (interval, worked) = match (base, difference, direction) {
            (Some(base), _, _) => (part.interval(*base)?, String::new()),
            (None, Some(difference), Some(direction)) => worked(part, *current, *difference, *direction)?,
            _ => return None,
        };
        let key = Key { year: key.year.checked_sub(1)?, ..key.clone() };
        Some(Base { key, interval, current: *current, told, worked })
    });
    found.collect()
}

/// This year's amount less, or more, by the difference.
fn worked(part: &Part, current: usize, difference: usize, direction: Direction) -> Option<(Interval, String)> {
    let (now, by) = (part.interval(current)?, part.interval(difference)?);
    let (now_words, by_words) = (part.words(current), part.words(difference));
    let negative = figure(&part.facts.prose, difference).is_some_and(|figure| figure.amount < Amount::ZERO);
    match direction {
        // 增加-3.00万元: which way it goes is another rule's question.
        _ if negative => None,
        Direction::Up => Some((now - by, format!("{now_words} − {by_words}"))),
        Direction::Down => Some((now + by, format!("{now_words} + {by_words}"))),
        Direction::Level => None,
    }
}

/// True when the words before a number compare with last year's disclosure of the same stage.
fn same_stage(part: &Part, mention: usize) -> bool {
    let Some(year) = part.year() else { return false };
    let lead = words::fold(&part.facts.prose.mentions[mention].lead);
    let last = ["上年", "去年"].iter().any(|word| lead.contains(word)) || lead.contains(&format!("{}年", year - 1));
    let executed = ["执行", "决算", "完成", "实际"].iter().any(|word| lead.contains(word));
    match part.kind() {
        Some(DisclosureKind::Budget) => last && lead.contains("预算") && !executed,
        Some(DisclosureKind::Accounts) => last && !lead.contains("预算"),
        None => false,
    }
}
