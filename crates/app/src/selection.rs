//! Which rules a run is about: codes or their beginnings, taken and left out.
//!
//! The longer word wins: `--select TA007 --ignore TA` takes TA007 and no other of its family. What is both
//! taken and left out by words of one length is left out.

use mingzhang_model::rule::Rule;

/// Codes or beginnings of codes, in capitals.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(crate) struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    /// The rules that `select` names, or all where it names none, without those that `ignore` names.
    pub(crate) fn new(select: &[String], ignore: &[String]) -> Selection {
        let capitals = |words: &[String]| words.iter().map(|word| word.trim().to_uppercase()).collect();
        Selection { select: capitals(select), ignore: capitals(ignore) }
    }

    /// True when a rule is one of them.
    pub(crate) fn takes(&self, code: &str) -> bool {
        let longest = |words: &[String]| words.iter().filter(|w| code.starts_with(w.as_str())).map(String::len).max();
        match (longest(&self.select), longest(&self.ignore)) {
            (None, _) if !self.select.is_empty() => false,
            (None, Some(_)) => false,
            (Some(taken), Some(left_out)) => taken > left_out,
            (_, None) => true,
        }
    }
}

/// True when the word is the code of a rule, or the beginning of one.
pub(crate) fn names_a_rule(word: &str, registry: &[Rule]) -> bool {
    let word = word.trim().to_uppercase();
    !word.is_empty() && registry.iter().any(|rule| rule.code.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(select: &[&str], ignore: &[&str]) -> Vec<&'static str> {
        let owned = |words: &[&str]| words.iter().map(|word| word.to_string()).collect::<Vec<_>>();
        let selection = Selection::new(&owned(select), &owned(ignore));
        ["TA007", "TA008", "HI001"].into_iter().filter(|code| selection.takes(code)).collect()
    }

    #[test]
    fn the_longer_word_wins() {
        assert_eq!(taken(&[], &[]), ["TA007", "TA008", "HI001"]);
        assert_eq!(taken(&["ta"], &[]), ["TA007", "TA008"]);
        assert_eq!(taken(&[], &["TA"]), ["HI001"]);
        assert_eq!(taken(&["TA"], &["TA008"]), ["TA007"]);
        assert_eq!(taken(&["TA008"], &["TA"]), ["TA008"]);
        assert_eq!(taken(&["TA"], &["TA"]), [] as [&str; 0]);
    }

    #[test]
    fn a_word_that_names_no_rule_is_told() {
        let registry = mingzhang_rules::registry();
        assert!(names_a_rule("TA", registry) && names_a_rule("ta007", registry));
        assert!(!names_a_rule("ZZ", registry) && !names_a_rule(" ", registry));
    }
}
