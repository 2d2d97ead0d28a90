//! What the narrative says of 三公 and its categories against last year: the total's change first, then those
//! of its parts.
//!
//! A change belongs to the category named last before it in its paragraph, or in its heading. A group begins
//! with the change of the total and ends where the next total begins.

use crate::prose::Prose;
use crate::text::{Passage, STOPS, passages, places_of, years};
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_standard::words;
use std::collections::BTreeMap;

/// The total and its categories.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Category {
    Total,
    Trips,
    Vehicles,
    Purchase,
    Running,
    Reception,
    /// What is told beside 三公: 会议费, 培训费.
    Beside,
}

/// The names of the categories; of names that begin alike the longer stands first.
const NAMES: [(&str, Category); 17] = [
    ("三公", Category::Total),
    ("因公出国", Category::Trips),
    ("公务用车购置及运行", Category::Vehicles),
    ("公务用车购置和运行", Category::Vehicles),
    ("公务用车购置费及运行", Category::Vehicles),
    ("公务用车购置与运行", Category::Vehicles),
    ("公务用车费", Category::Vehicles),
    ("公务用车购置费", Category::Purchase),
    ("车辆购置费", Category::Purchase),
    ("公务用车购置", Category::Purchase),
    ("公务用车运行", Category::Running),
    ("公务接待", Category::Reception),
    ("接待费", Category::Reception),
    ("会议费", Category::Beside),
    ("培训费", Category::Beside),
    ("机关运行经费", Category::Beside),
    ("政府采购", Category::Beside),
];

/// A change against last year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) direction: Direction,
    /// The difference with its sign; none where only a rate is given.
    pub(crate) by: Option<Interval>,
    /// The number that tells it; none for 持平.
    pub(crate) mention: Option<usize>,
}

/// The changes of one total and its categories.
pub(crate) type Group = BTreeMap<Category, Change>;

/// A change, its category and where it stands.
struct Told {
    block: usize,
    at: usize,
    category: Category,
    change: Change,
}

/// The groups of a document.
pub(crate) fn groups(prose: &Prose<'_>) -> Vec<Group> {
    const BLOCKS: usize = 16;
    let mut told: Vec<Told> = prose.claims().iter().filter_map(|claim| changed(prose, claim)).collect();
    told.extend(passages(prose.document).flat_map(|passage| level(prose, &passage)));
    told.sort_by_key(|told| (told.block, told.at));
    let mut groups: Vec<(usize, Group)> = Vec::new();
    for Told { block, category, change, .. } in told {
        if category == Category::Total {
            groups.push((block, Group::from([(category, change)])));
        } else if category == Category::Beside {
            continue;
        } else if let Some((from, group)) = groups.last_mut()
            && block <= *from + BLOCKS
        {
            group.entry(category).or_insert(change);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// A change by a difference or a rate.
fn changed(prose: &Prose<'_>, claim: &Claim) -> Option<Told> {
    let Claim::Change { difference, direction, rate, rate_direction, .. } = claim else { return None };
    let mention = difference.or(*rate)?;
    let direction = direction.or(*rate_direction)?;
    let span = &prose.facts.prose.mentions[mention].span;
    let passage = passages(prose.document).find(|passage| passage.block == span.block)?;
    let clauses = clauses(passage.text(), span.bytes.start);
    if !is_against_last_year(prose, &clauses) && !is_in_list_against_last_year(prose, passage.text(), span.bytes.start)
    {
        return None;
    }
    let category = category(prose, &passage, span.bytes.start)?;
    let by = difference.and_then(|difference| prose.interval(difference));
    let by = by.map(|by| if direction == Direction::Down { Interval::ZERO - by } else { by });
    let direction = if by == Some(Interval::ZERO) { Direction::Level } else { direction };
    Some(Told {
        block: span.block,
        at: span.bytes.start,
        category,
        change: Change { direction, by, mention: Some(mention) },
    })
}

/// What a paragraph calls level with last year.
fn level(prose: &Prose<'_>, passage: &Passage<'_>) -> Vec<Told> {
    let mut found = Vec::new();
    for bytes in places_of(passage.text(), &["基本持平", "持平", "相同", "一致"]) {
        let exactly = !passage.text()[bytes.clone()].starts_with("基本");
        let clauses = clauses(passage.text(), bytes.start);
        let Some(category) = category(prose, passage, bytes.start) else { continue };
        if exactly && is_against_last_year(prose, &clauses) {
            let change =
                Change { direction: Direction::Level, by: Some(Interval::around(Amount::ZERO, 0)), mention: None };
            found.push(Told { block: passage.block, at: bytes.start, category, change });
        }
    }
    found
}

/// The clause that ends at a byte, with the one before it: 与上年相比，增加.
fn clauses(text: &str, end: usize) -> String {
    let own = text[..end].rsplit(STOPS).next().unwrap_or_default();
    let folded = words::fold(own);
    let mut last: Vec<&str> = folded.rsplit([',', ';']).take(2).collect();
    last.reverse();
    last.join(",")
}

fn is_against_last_year(prose: &Prose<'_>, clauses: &str) -> bool {
    let last = prose.facts.disclosure.year.map(|year| year - 1);
    let named = years(clauses).any(|(said, _)| Some(said) == last);
    let compares = ["比", "较", "与"].iter().any(|word| clauses.contains(word));
    compares && (named || clauses.contains("上年") || clauses.contains("去年"))
}

/// 比上年减少3.59万元，其中：公务用车…减少3.59万元；公务接待费增加0.30万元: the list goes on with the comparison that
/// stands before it, where a member names none of its own.
fn is_in_list_against_last_year(prose: &Prose<'_>, text: &str, at: usize) -> bool {
    let sentence = words::fold(text[..at].rsplit(STOPS).next().unwrap_or_default());
    let Some((head, list)) = sentence.split_once("其中") else { return false };
    let own = list.rsplit([',', ';']).next().unwrap_or(list);
    let named = ["比", "较", "与", "同"].iter().any(|word| own.contains(word));
    !named && !list.contains("预算") && is_against_last_year(prose, head.rsplit(';').next().unwrap_or(head))
}

/// The category named last before a byte of a paragraph, or in the heading over it.
fn category(prose: &Prose<'_>, passage: &Passage<'_>, at: usize) -> Option<Category> {
    let own = last_named(&words::fold(&passage.text()[..at]));
    own.or_else(|| {
        let section = prose.facts.prose.section_of.get(passage.block).copied().flatten()?;
        last_named(&words::fold(&prose.facts.prose.sections[section].title))
    })
}

fn last_named(text: &str) -> Option<Category> {
    let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
    let last = places_of(text, &names).pop()?;
    // 公务用车购置费 is found in 公务用车购置费及运行 too: the list has the longer first.
    NAMES.iter().find(|(name, _)| *name == &text[last.clone()]).map(|(_, category)| *category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_category_is_the_one_named_last() {
        assert_eq!(last_named("三公经费3万元,其中:公务用车购置及运行维护费2万元,比上年"), Some(Category::Vehicles));
        assert_eq!(last_named("公务用车购置费0万元、公务用车运行维护费2万元"), Some(Category::Running));
        assert_eq!(last_named("公务用车购置费0万元"), Some(Category::Purchase));
        assert_eq!(last_named("会议费"), Some(Category::Beside));
        assert_eq!(last_named("水电费"), None);
    }
}
