//! Shares: of which amount a list of percentages is.

use super::ratio;
use crate::places::{Place, Places};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Prose};
use std::collections::BTreeMap;

/// Shares of one list and the amount that they are shares of. Numbers are mentions.
pub(crate) struct Shares {
    pub(crate) whole: usize,
    /// Part and percentage.
    pub(crate) shares: Vec<(usize, usize)>,
}

/// Part, percentage, and the amounts that can be the whole.
type Share<'a> = (usize, usize, &'a [usize]);

/// The shares of a document whose whole is known.
pub(crate) fn shares(facts: &Facts, places: &Places) -> Vec<Shares> {
    resolved(&facts.prose, |mention| places.all()[places.of_text(mention)])
}

/// The shares whose whole is known: the sentence names it, or at least half of the shares of a list
/// fit it. A list that fits no amount is left alone: nobody says what it shares out.
fn resolved(prose: &Prose, place: impl Fn(usize) -> Place) -> Vec<Shares> {
    let mut named = Vec::new();
    let mut lists: BTreeMap<usize, Vec<Share<'_>>> = BTreeMap::new();
    for claim in &prose.claims {
        if let Claim::Share { part, wholes, percent, list } = claim {
            match list {
                Some(list) => lists.entry(*list).or_default().push((*part, *percent, wholes)),
                None => named.push(Shares { whole: wholes[0], shares: vec![(*part, *percent)] }),
            }
        }
    }
    named.into_iter().chain(lists.into_values().filter_map(|list| resolve(&list, &place))).collect()
}

fn resolve(list: &[Share<'_>], place: &impl Fn(usize) -> Place) -> Option<Shares> {
    let value = |mention: usize| place(mention).strict;
    let fits = |whole: usize| {
        let fit = |(part, percent, _): &&Share<'_>| {
            ratio(value(*part), value(whole), value(*percent)).is_some_and(|verdict| verdict.holds())
        };
        list.iter().filter(fit).count()
    };
    let candidates = list[0].2.iter().copied();
    let best = candidates.filter(|whole| fits(*whole) > 0).max_by_key(|whole| fits(*whole))?;
    let shares = list.iter().map(|(part, percent, _)| (*part, *percent)).collect();
    (2 * fits(best) >= list.len()).then_some(Shares { whole: best, shares })
}
