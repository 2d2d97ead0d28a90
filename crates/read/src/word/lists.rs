//! [`Lists`]: the numbers that a word processor counts and prints before paragraphs.
//!
//! A list has a shape (what each level prints), and numbers of lists that use it. Lists of one shape count together,
//! unless one says where it begins anew. A level begins anew behind a paragraph of a level above it.

use super::numeral::Numeral;
use super::symbol;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;

/// What a level prints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Level {
    /// The first number.
    pub(crate) start: u32,
    pub(crate) numeral: Numeral,
    pub(crate) text: Vec<Part>,
    /// The level, counted from 1, behind which it begins anew; 0 never does, none is every level above.
    pub(crate) restart: Option<usize>,
    /// All its numbers are in digits.
    pub(crate) legal: Legal,
    pub(crate) follow: Follow,
}

impl Default for Level {
    fn default() -> Level {
        Level {
            start: 1,
            numeral: Numeral::Decimal,
            text: Vec::new(),
            restart: None,
            legal: Legal::No,
            follow: Follow::Tab,
        }
    }
}

/// A stretch of what a level prints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Characters.
    Words(String),
    /// The number of a level, from 0.
    Number(usize),
}

/// Whether numbers of other levels are in digits, however they are printed at their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Legal {
    #[default]
    No,
    Yes,
}

/// What stands between the number and the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Follow {
    #[default]
    Tab,
    Space,
    Nothing,
}

/// A list of a shape.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    pub(crate) shape: u32,
    /// What it says differently, by level from 0: where it begins, and what it prints.
    pub(crate) overrides: BTreeMap<usize, (Option<u32>, Option<Level>)>,
}

/// All lists of a document, and how far they have counted.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    pub(crate) shapes: BTreeMap<u32, Vec<Level>>,
    pub(crate) lists: BTreeMap<u32, List>,
    /// The last number of each level, by shape; none where a level has not begun.
    counters: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// The levels of lists that have begun where they say they begin.
    begun: BTreeSet<(u32, usize)>,
}

impl Lists {
    /// The number before the next paragraph of a list, with what follows it; none where there is no such list.
    pub(crate) fn next(&mut self, number: u32, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let list = self.lists.get(&number)?;
        let shape = self.shapes.get(&list.shape)?;
        let levels: Vec<&Level> = shape
            .iter()
            .enumerate()
            .map(|(at, own)| list.overrides.get(&at).and_then(|(_, level)| level.as_ref()).unwrap_or(own))
            .collect();
        let own = *levels.get(level)?;
        let start = |at: usize| {
            let said = list.overrides.get(&at).and_then(|(start, _)| *start);
            said.or(levels.get(at).map(|level| level.start)).unwrap_or(1)
        };
        let counters = self.counters.entry(list.shape).or_default();
        let anew = list.overrides.get(&level).is_some_and(|(start, _)| start.is_some());
        if anew && self.begun.insert((number, level)) {
            counters[level] = None;
        }
        let count = counters[level].map_or_else(|| start(level), |last| last.saturating_add(1));
        counters[level] = Some(count);
        for (below, of) in levels.iter().enumerate().skip(level + 1) {
            if of.restart.is_none_or(|behind| behind > level) {
                counters[below] = None;
            }
        }
        let mut printed = String::new();
        for part in &own.text {
            match part {
                Part::Words(words) => printed.push_str(&symbol::shown(words)),
                Part::Number(at) => {
                    let numeral = match (own.legal, levels.get(*at)) {
                        (Legal::No, Some(level)) => level.numeral,
                        _ => Numeral::Decimal,
                    };
                    printed.push_str(&numeral.print(counters[*at].unwrap_or_else(|| start(*at))));
                }
            }
        }
        Some(followed(printed, own.follow))
    }
}

/// A number with the gap behind it. Behind a mark or a character of full width a tab is part of the layout, and no
/// person would type a space there.
fn followed(mut printed: String, follow: Follow) -> String {
    let narrow = printed.chars().next_back().is_some_and(|last| last < '\u{2000}');
    if narrow && follow != Follow::Nothing || !printed.is_empty() && follow == Follow::Space {
        printed.push(' ');
    }
    printed
}

/// What a level prints, from text such as `第%1部分`: a number after a per cent sign is a level, counted from 1.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let level = chars.peek().filter(|_| char == '%').and_then(|next| next.to_digit(10)).filter(|n| *n > 0);
        match level {
            Some(level) => {
                chars.next();
                if !words.is_empty() {
                    parts.push(Part::Words(std::mem::take(&mut words)));
                }
                parts.push(Part::Number(level as usize - 1));
            }
            None => words.push(char),
        }
    }
    if !words.is_empty() {
        parts.push(Part::Words(words));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(numeral: Numeral, text: &str) -> Level {
        Level { numeral, text: parts(text), follow: Follow::Nothing, ..Level::default() }
    }

    fn lists(shape: Vec<Level>) -> Lists {
        let list = |overrides| List { shape: 7, overrides };
        let anew = BTreeMap::from([(0, (Some(5), None))]);
        let lists = BTreeMap::from([(1, list(BTreeMap::new())), (2, list(anew))]);
        Lists { shapes: BTreeMap::from([(7, shape)]), lists, ..Lists::default() }
    }

    #[test]
    fn levels_count_and_begin_anew() {
        let mut lists = lists(vec![
            level(Numeral::Chinese, "第%1部分"),
            level(Numeral::Chinese, "（%2）"),
            Level { legal: Legal::Yes, ..level(Numeral::Decimal, "%1.%3") },
        ]);
        let next: Vec<String> = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (1, 0)]
            .into_iter()
            .filter_map(|(list, level)| lists.next(list, level))
            .collect();
        assert_eq!(
            next,
            ["第一部分", "（一）", "（二）", "1.1", "第二部分", "（一）", "第五部分", "第六部分", "第七部分"]
        );
        assert_eq!((lists.next(3, 0), lists.next(1, 5)), (None, None));
    }

    #[test]
    fn a_level_may_never_begin_anew_and_a_skipped_one_shows_its_first_number() {
        let on = Level { restart: Some(0), ..level(Numeral::Decimal, "%1-%2") };
        let mut lists = lists(vec![level(Numeral::Decimal, "%1"), on]);
        assert_eq!(lists.next(1, 1).as_deref(), Some("1-1"));
        assert_eq!(lists.next(1, 0).as_deref(), Some("1"));
        assert_eq!(lists.next(1, 1).as_deref(), Some("1-2"));
    }

    #[test]
    fn a_gap_follows_where_a_person_would_type_one() {
        assert_eq!(followed("1.".into(), Follow::Tab), "1. ");
        assert_eq!(followed("一、".into(), Follow::Tab), "一、");
        assert_eq!(followed("一、".into(), Follow::Space), "一、 ");
        assert_eq!(followed("1.".into(), Follow::Nothing), "1.");
        assert_eq!(followed(String::new(), Follow::Space), "");
    }
}
