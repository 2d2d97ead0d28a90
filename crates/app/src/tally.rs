//! Counts: what the rules said about one document, and about all of them.

use mingzhang_model::rule::{Outcome, Report, Severity};

/// What the rules said, counted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Tally {
    /// Findings, by severity.
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    pub(crate) hints: usize,
    /// Comparisons that held.
    pub(crate) held: usize,
    /// Rules, by what they said.
    pub(crate) rules_passed: usize,
    pub(crate) rules_failed: usize,
    pub(crate) rules_not_applicable: usize,
    pub(crate) rules_undecided: usize,
    /// Rules that were left out of the run.
    pub(crate) rules_not_selected: usize,
    /// Findings that a person has answered for.
    pub(crate) suppressed: usize,
    /// Findings that the baseline has.
    pub(crate) known: usize,
}

impl Tally {
    /// The counts of one report.
    pub(crate) fn of(report: &Report) -> Tally {
        let mut tally = Tally { held: report.passed(), ..Tally::default() };
        for (_, outcome) in &report.outcomes {
            *match outcome {
                Outcome::Passed(_) => &mut tally.rules_passed,
                Outcome::Failed { .. } => &mut tally.rules_failed,
                Outcome::NotApplicable(_) => &mut tally.rules_not_applicable,
                Outcome::Undecided(_) => &mut tally.rules_undecided,
            } += 1;
        }
        for finding in report.findings() {
            *match finding.severity {
                Severity::Error => &mut tally.errors,
                Severity::Warning => &mut tally.warnings,
                Severity::Note => &mut tally.notes,
                Severity::Hint => &mut tally.hints,
            } += 1;
        }
        tally
    }

    /// Adds the counts of another document.
    pub(crate) fn add(&mut self, other: &Tally) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.hints += other.hints;
        self.held += other.held;
        self.rules_passed += other.rules_passed;
        self.rules_failed += other.rules_failed;
        self.rules_not_applicable += other.rules_not_applicable;
        self.rules_undecided += other.rules_undecided;
        self.rules_not_selected += other.rules_not_selected;
        self.suppressed += other.suppressed;
        self.known += other.known;
    }

    /// How many findings are at least this bad.
    pub(crate) fn at_least(&self, severity: Severity) -> usize {
        let counts = [
            (Severity::Error, self.errors),
            (Severity::Warning, self.warnings),
            (Severity::Note, self.notes),
            (Severity::Hint, self.hints),
        ];
        counts.iter().filter(|(s, _)| *s >= severity).map(|(_, n)| n).sum()
    }
}

/// How one document, or a whole run, came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// No finding is as bad as what fails a document, and something was compared.
    Passed,
    /// At least one finding is.
    Failed,
    /// Nothing could be compared: silence is not a pass.
    Undecided,
    /// It could not be read.
    Unreadable,
}

/// A whole run, counted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Totals {
    /// Documents, by how they came out.
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) undecided: usize,
    pub(crate) unreadable: usize,
    /// Documents that belong together, by how they came out: all, and those that contradict each other.
    pub(crate) bundles: usize,
    pub(crate) bundles_failed: usize,
    /// What the rules said about all of them.
    pub(crate) tally: Tally,
}

impl Totals {
    /// Counts one more document.
    pub(crate) fn add(&mut self, standing: Standing, tally: Option<&Tally>) {
        *match standing {
            Standing::Passed => &mut self.passed,
            Standing::Failed => &mut self.failed,
            Standing::Undecided => &mut self.undecided,
            Standing::Unreadable => &mut self.unreadable,
        } += 1;
        if let Some(tally) = tally {
            self.tally.add(tally);
        }
    }

    /// Counts some documents that belong together.
    pub(crate) fn add_bundle(&mut self, standing: Standing, tally: &Tally) {
        self.bundles += 1;
        self.bundles_failed += usize::from(standing == Standing::Failed);
        self.tally.add(tally);
    }

    /// How many documents there were.
    pub(crate) fn documents(&self) -> usize {
        self.passed + self.failed + self.undecided + self.unreadable
    }

    /// How the run came out: one failed document fails it, and it passes only when every document did.
    pub(crate) fn standing(&self) -> Standing {
        if self.failed + self.bundles_failed > 0 {
            Standing::Failed
        } else if self.unreadable > 0 {
            Standing::Unreadable
        } else if self.undecided > 0 || self.passed == 0 {
            Standing::Undecided
        } else {
            Standing::Passed
        }
    }

    /// True when not one document could be judged.
    pub(crate) fn nothing_decided(&self) -> bool {
        self.passed + self.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_add_up_from_the_gravest_down() {
        let tally = Tally { errors: 1, warnings: 2, notes: 4, hints: 8, ..Tally::default() };
        let counts = Severity::ALL.map(|severity| tally.at_least(severity));
        assert_eq!(counts, [1, 3, 7, 15]);
    }

    #[test]
    fn a_run_passes_only_when_every_document_did() {
        let mut totals = Totals::default();
        assert_eq!(totals.standing(), Standing::Undecided);
        totals.add(Standing::Passed, None);
        assert_eq!(totals.standing(), Standing::Passed);
        totals.add(Standing::Undecided, None);
        assert_eq!(totals.standing(), Standing::Undecided);
        totals.add(Standing::Unreadable, None);
        assert_eq!(totals.standing(), Standing::Unreadable);
        totals.add(Standing::Failed, None);
        assert_eq!(totals.standing(), Standing::Failed);
    }
}
