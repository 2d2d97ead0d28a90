//! Official wording as data: typing errors that have no other reading, terms whose wording is fixed, and
//! characters that are mistaken for each other.

use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// A wrong way of writing and the right one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typo {
    /// As it is miswritten; `#` stands for a digit.
    pub wrong: &'static str,
    /// As it should be.
    pub right: &'static str,
    /// Longer words that hold the wrong one and are right.
    pub except: Vec<&'static str>,
}

static TYPOS: LazyLock<Vec<Typo>> = LazyLock::new(|| {
    let lines = lines(include_str!("../data/wording/typos.tsv"));
    lines
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let (wrong, right) = (fields.next()?, fields.next()?);
            let except = fields.next().unwrap_or_default().split('|').filter(|word| !word.is_empty()).collect();
            Some(Typo { wrong, right, except })
        })
        .collect()
});

static FIXED: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("../data/wording/fixed.tsv")).collect());

static ALIKE: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut alike: HashMap<char, Vec<char>> = HashMap::new();
    for group in include_str!("../data/wording/alike.tsv").lines().filter(|line| !line.starts_with('#')) {
        for c in group.chars() {
            alike.entry(c).or_default().extend(group.chars().filter(|other| *other != c));
        }
    }
    alike
});

/// The lines of a table, without remarks and its head.
fn lines(tsv: &'static str) -> impl Iterator<Item = &'static str> {
    tsv.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// The typing errors.
pub fn typos() -> &'static [Typo] {
    &TYPOS
}

/// The terms of official language whose wording is fixed.
pub fn fixed() -> &'static [&'static str] {
    &FIXED
}

/// Whether one of the two characters is often written for the other.
pub fn alike(one: char, other: char) -> bool {
    ALIKE.get(&one).is_some_and(|others| others.contains(&other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_typo_differs_from_what_is_right_and_stands_once() {
        let mut seen = HashSet::new();
        for typo in typos() {
            assert!(!typo.wrong.is_empty() && typo.wrong != typo.right, "{}", typo.wrong);
            assert!(seen.insert(typo.wrong), "{} stands twice", typo.wrong);
            assert!(typo.except.iter().all(|word| word.chars().count() >= 2), "{}", typo.wrong);
        }
        assert!(typos().len() >= 500);
    }

    #[test]
    fn no_fixed_term_holds_a_typo() {
        for typo in typos() {
            let held = fixed()
                .iter()
                .find(|term| term.contains(typo.wrong) && !typo.except.iter().any(|word| term.contains(word)));
            assert_eq!(held, None, "{}", typo.wrong);
        }
        assert!(fixed().len() >= 200);
    }

    #[test]
    fn alike_works_both_ways() {
        assert!(alike('务', '物') && alike('物', '务') && !alike('务', '务'));
    }
}
