//! Which units of a table lie under which, and which of them is the body itself.
//!
//! A unit's code begins with that of the department above it. Where no codes are printed the units stand side
//! by side, and the first is the body itself where it has the money of all others. A unit that stands alone
//! at its level is no narrower than what is above it: it is the same money under another name.

use super::rows::Unit;
use mingzhang_model::amount::Amount;
use std::collections::{HashMap, HashSet};

/// The path of each unit; none for one that is the body itself.
pub(crate) fn paths(units: &[(Unit, Option<Amount>)], has_total: bool) -> HashMap<Unit, Option<String>> {
    let mut seen = HashSet::new();
    let distinct: Vec<&(Unit, Option<Amount>)> = units.iter().filter(|(unit, _)| seen.insert(unit)).collect();
    let mut above: Vec<Option<usize>> = (0..distinct.len()).map(|i| by_code(&distinct, i)).collect();
    if !has_total && above.iter().all(Option::is_none) && holds_all(&distinct) {
        above.iter_mut().skip(1).for_each(|above| *above = Some(0));
    }
    let alone = |i: usize| above.iter().filter(|other| **other == above[i]).count() == 1;
    let path = |i: usize| {
        let (mut names, mut at) = (Vec::new(), Some(i));
        while let Some(own) = at {
            if !alone(own) {
                let (unit, _) = distinct[own];
                names.push(if unit.code.is_empty() { &unit.name } else { &unit.code }.replace('/', "／"));
            }
            at = above[own];
        }
        names.reverse();
        (!names.is_empty()).then(|| names.join("/"))
    };
    distinct.iter().enumerate().map(|(i, (unit, _))| (unit.clone(), path(i))).collect()
}

/// The unit whose code is the longest beginning of this one's.
fn by_code(units: &[&(Unit, Option<Amount>)], i: usize) -> Option<usize> {
    let code = &units[i].0.code;
    let begins = |(_, unit): &(usize, &&(Unit, Option<Amount>))| {
        let above = &unit.0.code;
        !above.is_empty() && above.len() < code.len() && code.starts_with(above.as_str())
    };
    units.iter().enumerate().filter(begins).max_by_key(|(_, unit)| unit.0.code.len()).map(|(at, _)| at)
}

/// True when the first unit has the money of all others, to the last but the rounding of each.
fn holds_all(units: &[&(Unit, Option<Amount>)]) -> bool {
    const ROUNDING: i64 = 10_000;
    let [(_, Some(first)), rest @ ..] = units else { return false };
    let sum: Option<i64> = rest.iter().map(|(_, amount)| amount.map(|amount| amount.0)).sum();
    rest.len() > 1 && sum.is_some_and(|sum| (sum - first.0).abs() <= ROUNDING * rest.len() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, name: &str, amount: i64) -> (Unit, Option<Amount>) {
        (Unit { code: code.into(), name: name.into() }, Some(Amount(amount * 1_000_000)))
    }

    fn told(units: &[(Unit, Option<Amount>)], has_total: bool) -> Vec<Option<String>> {
        let paths = paths(units, has_total);
        units.iter().map(|(unit, _)| paths[unit].clone()).collect()
    }

    #[test]
    fn a_single_unit_is_the_body_itself() {
        assert_eq!(told(&[unit("", "某局", 5)], false), [None]);
        assert_eq!(told(&[unit("121", "某局", 5), unit("121001", "某局", 5)], true), [None, None]);
    }

    #[test]
    fn codes_say_what_lies_under_what() {
        let units = [unit("317", "某局", 9), unit("317001", "某局本级", 5), unit("317002", "某中心", 4)];
        assert_eq!(told(&units, true), [None, Some("317001".into()), Some("317002".into())]);
    }

    #[test]
    fn without_codes_the_first_unit_is_the_body_if_it_has_the_money_of_all() {
        let units = [unit("", "某局", 9), unit("", "某局本级", 5), unit("", "某中心", 4)];
        assert_eq!(told(&units, false), [None, Some("某局本级".into()), Some("某中心".into())]);
        let others = [unit("", "甲所", 7), unit("", "乙所", 5), unit("", "丙所", 4)];
        assert!(told(&others, false).iter().all(Option::is_some));
    }
}
