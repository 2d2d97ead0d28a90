//! [`Term`]: the terms that a disclosure uses and has to explain.

use crate::words;
use std::sync::LazyLock;

/// A term of budgets and accounts.
#[derive(Clone, PartialEq, Debug)]
pub struct Term {
    /// The term, as printed.
    pub name: &'static str,
    /// The words by which an explanation of it is known, folded.
    pub names: Vec<String>,
}

/// Every term that is known.
pub fn terms() -> &'static [Term] {
    static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
        let lines = include_str!("../data/terms.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        lines.filter_map(term).collect()
    });
    &TERMS
}

fn term(line: &'static str) -> Option<Term> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let [name, names] = fields.as_slice() else { return None };
    Some(Term { name, names: names.split('|').map(words::fold).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_term() {
        let lines = include_str!("../data/terms.tsv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(terms().len(), lines);
    }
}
