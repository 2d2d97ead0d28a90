//! What every rule said and what was not understood, counted: for each document and in total.

use std::collections::BTreeMap;

use mingzhang_model::rule::Outcome;
use serde::Serialize;

use crate::coverage::{self, Coverage};
use crate::pipeline::Checkup;

/// What one rule said.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub(crate) struct RuleCounts {
    /// Findings that count.
    pub(crate) findings: usize,
    /// Comparisons that held.
    pub(crate) passed: usize,
    /// In how many documents it does not apply, by reason.
    pub(crate) not_applicable: BTreeMap<String, usize>,
    /// In how many documents it could not be decided, by reason.
    pub(crate) undecided: BTreeMap<String, usize>,
}

/// What was said of one document, or of several.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub(crate) struct Counts {
    /// By code.
    pub(crate) rules: BTreeMap<String, RuleCounts>,
    /// Money cells without a key, by the word of the reason.
    pub(crate) unkeyed: BTreeMap<&'static str, usize>,
    /// How far tables were understood.
    pub(crate) coverage: Coverage,
    /// Amounts and percentages of the running text.
    pub(crate) amounts: usize,
    /// Those of which no claim says what they are.
    pub(crate) unresolved: usize,
    /// Findings that a person has answered for.
    pub(crate) suppressed: usize,
    /// Findings that the baseline has.
    pub(crate) known: usize,
}

impl Counts {
    fn of(checkup: &Checkup) -> Counts {
        let rule = |(code, outcome): &(String, Outcome)| {
            let mut counts = RuleCounts::default();
            match outcome {
                Outcome::Passed(n) => counts.passed = *n,
                Outcome::Failed { findings, passed } => (counts.findings, counts.passed) = (findings.len(), *passed),
                Outcome::NotApplicable(why) => *counts.not_applicable.entry(why.clone()).or_default() += 1,
                Outcome::Undecided(why) => *counts.undecided.entry(why.clone()).or_default() += 1,
            }
            (code.clone(), counts)
        };
        Counts {
            rules: checkup.report.outcomes.iter().map(rule).collect(),
            unkeyed: checkup.unkeyed_why.clone(),
            coverage: checkup.coverage,
            amounts: checkup.amounts,
            unresolved: checkup.unresolved,
            suppressed: checkup.tally.suppressed,
            known: checkup.tally.known,
        }
    }

    fn add(&mut self, other: &Counts) {
        for (code, counts) in &other.rules {
            let sum = self.rules.entry(code.clone()).or_default();
            sum.findings += counts.findings;
            sum.passed += counts.passed;
            add_by_key(&mut sum.not_applicable, &counts.not_applicable);
            add_by_key(&mut sum.undecided, &counts.undecided);
        }
        add_by_key(&mut self.unkeyed, &other.unkeyed);
        self.coverage.add(other.coverage);
        self.amounts += other.amounts;
        self.unresolved += other.unresolved;
        self.suppressed += other.suppressed;
        self.known += other.known;
    }
}

fn add_by_key<K: Ord + Clone>(sum: &mut BTreeMap<K, usize>, counts: &BTreeMap<K, usize>) {
    for (key, n) in counts {
        *sum.entry(key.clone()).or_default() += n;
    }
}

/// The counts of one document.
#[derive(Debug, Serialize)]
pub(crate) struct OfDocument {
    pub(crate) path: String,
    #[serde(flatten)]
    pub(crate) counts: Counts,
}

/// The counts of a run.
#[derive(Default, Debug, Serialize)]
pub(crate) struct Statistics {
    pub(crate) total: Counts,
    pub(crate) documents: Vec<OfDocument>,
    /// How far tables were understood, by the place whose form or outline the documents follow.
    pub(crate) places: BTreeMap<String, Coverage>,
}

impl Statistics {
    /// Counts one more document.
    pub(crate) fn add(&mut self, path: &str, checkup: &Checkup) {
        let counts = Counts::of(checkup);
        self.total.add(&counts);
        let place = coverage::place(checkup.disclosure.form).unwrap_or("-");
        self.places.entry(place.to_owned()).or_default().add(checkup.coverage);
        self.documents.push(OfDocument { path: path.to_owned(), counts });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn documents_add_up_to_the_total() {
        let mut statistics = Statistics::default();
        for mut checkup in [sample::clean(), sample::clean()].into_iter().filter_map(|checked| checked.result.ok()) {
            checkup.report.outcomes.push(("XB001".into(), Outcome::Undecided("没有这张表".into())));
            checkup.unkeyed_why.insert("unknown_row", 3);
            checkup.coverage = Coverage { tables: 4, recognised: 3, ..Coverage::default() };
            (checkup.amounts, checkup.unresolved) = (9, 4);
            statistics.add("a.pdf", &checkup);
        }
        assert_eq!(statistics.documents.len(), 2);
        assert_eq!(statistics.places["-"].tables, 8);
        assert_eq!(statistics.documents[0].counts.rules["TA007"].passed, 12);
        let total = &statistics.total;
        assert_eq!(total.rules["TA007"], RuleCounts { passed: 24, ..RuleCounts::default() });
        assert_eq!(total.rules["XB001"].undecided["没有这张表"], 2);
        assert_eq!((total.unkeyed["unknown_row"], total.coverage.unrecognised()), (6, 2));
        assert_eq!((total.amounts, total.unresolved), (18, 8));
    }
}
