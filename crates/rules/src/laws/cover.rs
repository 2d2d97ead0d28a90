//! Whether some filters are a disjoint cover of another: the arithmetic behind the law of sums.
//!
//! Filters are boxes: a set along each dimension. Disjoint boxes inside a box fill it exactly when
//! their volumes add up to its volume. That needs no search, and it covers splits along several
//! dimensions at once, such as 合计 = 人员经费 + 公用经费 + 项目支出.

use super::Along;
use mingzhang_model::fact::Domain;
use mingzhang_model::key::{Economic, Key};
use mingzhang_model::set::{Member, Set};

/// A dimension of finite size along which a part can differ from its whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Dimension {
    Funds,
    Kinds,
    Units,
    Economic,
    Measures,
}

/// A cover of a whole by some of the candidates, and along what.
pub(super) struct Cover {
    pub(super) parts: Vec<usize>,
    pub(super) along: Along,
}

/// The covers of `whole` by candidates (index and key). Candidates need not all be used: those that
/// split the whole along the same dimensions are tried together, then all of them.
pub(super) fn covers(whole: &Key, domain: &Domain, candidates: &[(usize, &Key)]) -> Vec<Cover> {
    // Names are no dimension with a size: what they narrow is no part that fills anything.
    let is_part = |key: &Key| key.details == whole.details && key.within(whole) && key != whole && !key.is_empty();
    let inside: Vec<(usize, &Key)> = candidates.iter().filter(|(_, key)| is_part(key)).copied().collect();
    let mut groups: Vec<Vec<Dimension>> = inside.iter().map(|(_, key)| split(whole, key)).collect();
    groups.sort();
    groups.dedup();
    let mut found = Vec::new();
    for side in [domain.incoming, domain.outgoing] {
        for group in &groups {
            if group.contains(&Dimension::Measures) {
                let members = inside.iter().filter(|(_, key)| split(whole, key) == *group && key.measures.within(side));
                found.extend(cover(whole, domain, &members.copied().collect::<Vec<_>>()));
            }
        }
    }
    let still = |(_, key): &&(usize, &Key)| key.measures == whole.measures;
    let standing: Vec<(usize, &Key)> = inside.iter().filter(still).copied().collect();
    for group in groups.iter().filter(|group| !group.contains(&Dimension::Measures)) {
        let members = standing.iter().filter(|(_, key)| split(whole, key) == *group);
        found.extend(cover(whole, domain, &members.copied().collect::<Vec<_>>()));
    }
    if found.is_empty() && groups.len() > 1 {
        found.extend(cover(whole, domain, &standing));
    }
    found
}

/// The dimensions along which a part is narrower than the whole.
fn split(whole: &Key, part: &Key) -> Vec<Dimension> {
    let mut dimensions = Vec::new();
    let mut note = |differs: bool, dimension| {
        if differs {
            dimensions.push(dimension);
        }
    };
    note(part.funds != whole.funds, Dimension::Funds);
    note(part.kinds != whole.kinds, Dimension::Kinds);
    note(part.units != whole.units, Dimension::Units);
    note(part.economic != whole.economic, Dimension::Economic);
    note(part.measures != whole.measures, Dimension::Measures);
    dimensions
}

/// The largest of the candidates, if they are disjoint and fill the whole.
fn cover(whole: &Key, domain: &Domain, candidates: &[(usize, &Key)]) -> Option<Cover> {
    let largest = |(i, key): &&(usize, &Key)| {
        !candidates.iter().any(|(j, other)| (key.within(other) && key != other) || (key == other && j < i))
    };
    let parts: Vec<(usize, &Key)> = candidates.iter().filter(largest).copied().collect();
    if parts.is_empty() {
        return None;
    }
    let disjoint = |a: &Key, b: &Key| {
        a.funds.disjoint(b.funds)
            || a.kinds.disjoint(b.kinds)
            || a.units.disjoint(b.units)
            || a.measures.disjoint(b.measures)
            || a.economic.disjoint(&b.economic)
    };
    if parts.iter().enumerate().any(|(i, (_, a))| parts[i + 1..].iter().any(|(_, b)| !disjoint(a, b))) {
        return None;
    }
    let side = side_of(whole, domain, &parts)?;
    let measures = |key: &Key| if key.measures == whole.measures { side } else { key.measures };
    let filled: Option<usize> = parts.iter().map(|(_, key)| volume(whole, domain, key, measures(key))).sum();
    (filled? == volume(whole, domain, whole, side)?)
        .then(|| Cover { parts: parts.iter().map(|(i, _)| *i).collect(), along: along(whole, domain, &parts, side) })
}

/// The movements that the whole stands for: one side of the form when the parts split the turnover.
fn side_of(whole: &Key, domain: &Domain, parts: &[(usize, &Key)]) -> Option<Set<mingzhang_model::key::Measure>> {
    if parts.iter().all(|(_, key)| key.measures == whole.measures) {
        return Some(whole.measures);
    }
    [domain.incoming, domain.outgoing]
        .into_iter()
        .find(|side| side.within(whole.measures) && parts.iter().all(|(_, key)| key.measures.within(*side)))
}

/// How many indivisible pieces of the whole a box holds; none if it cuts a piece.
fn volume(whole: &Key, domain: &Domain, key: &Key, measures: Set<mingzhang_model::key::Measure>) -> Option<usize> {
    let economic = if key.economic == whole.economic {
        whole.economic.codes().len()
    } else {
        pieces(&whole.economic, &key.economic)?
    };
    Some(size(key.funds, domain.funds) * size(key.kinds, domain.kinds) * key.units.len() * economic * measures.len())
}

fn size<M: Member>(set: Set<M>, domain: Set<M>) -> usize {
    set.intersection(domain).len()
}

/// How many of the whole's codes a part holds, each of them entirely.
fn pieces(whole: &Economic, part: &Economic) -> Option<usize> {
    let entire = part.codes().iter().all(|code| whole.codes().contains(code));
    entire.then(|| part.codes().len())
}

fn along(whole: &Key, domain: &Domain, parts: &[(usize, &Key)], side: Set<mingzhang_model::key::Measure>) -> Along {
    let differs = |f: fn(&Key, &Key) -> bool| parts.iter().any(|(_, key)| f(whole, key));
    if differs(|w, k| w.measures != k.measures) {
        return if side == domain.incoming { Along::Incoming } else { Along::Outgoing };
    }
    if differs(|w, k| w.kinds != k.kinds) {
        Along::Kinds
    } else if differs(|w, k| w.funds != k.funds) {
        Along::Funds
    } else {
        Along::Categories
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::key::{Measure, Stage};
    use mingzhang_standard::filter::Filter;
    use mingzhang_standard::form;

    fn key(words: &str) -> Key {
        let mut key = Key::everything(2024, Stage::Initial, Set::all());
        let filter = Filter::parse(words, Set::only(Measure::Income), Set::only(Measure::Expenditure)).unwrap();
        filter.narrow(&mut key);
        key
    }

    fn cover_of(whole: &str, parts: &[&str]) -> Vec<Vec<usize>> {
        let domain = form::form("shanghai_accounts").unwrap().tables[0].domain;
        let keys: Vec<Key> = parts.iter().map(|words| key(words)).collect();
        let candidates: Vec<(usize, &Key)> = keys.iter().enumerate().collect();
        covers(&key(whole), &domain, &candidates).into_iter().map(|cover| cover.parts).collect()
    }

    #[test]
    fn disjoint_parts_that_fill_the_whole_cover_it() {
        let funds = ["general_public", "government_managed", "state_capital"];
        assert_eq!(cover_of("fiscal", &funds), [vec![0, 1, 2]]);
        assert!(cover_of("fiscal", &funds[..2]).is_empty(), "a fund is missing");
        assert!(cover_of("", &funds).is_empty(), "the funds outside the appropriation are missing");
    }

    #[test]
    fn splits_along_two_dimensions_cover_too() {
        let kinds = "project+remittance_to_superior+business+subsidy_to_affiliates";
        assert_eq!(cover_of("", &["basic personnel", "basic operating", kinds]), [vec![0, 1, 2]]);
        assert!(cover_of("", &["basic personnel", kinds]).is_empty());
    }

    #[test]
    fn subtotals_stand_for_what_is_under_them() {
        let parts = ["overseas_trips", "vehicles", "vehicle_purchase", "vehicle_running", "receptions"];
        assert_eq!(cover_of("three_public", &parts), [vec![0, 1, 4]]);
        assert_eq!(cover_of("vehicles", &parts), [vec![2, 3]]);
    }

    #[test]
    fn turnover_is_covered_from_either_side() {
        let sides =
            cover_of("", &["income", "surplus_use", "opening", "expenditure", "surplus_distribution", "closing"]);
        assert_eq!(sides, [vec![0, 1, 2], vec![3, 4, 5]]);
    }
}
