//! Takes from a report what a run is not about: rules that were left out, findings that a person has
//! answered for, findings that were there before. What is set aside is kept and counted.

use std::mem;

use mingzhang_model::date::Date;
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Outcome, Report, Rule};

use crate::baseline::{Baseline, Met};
use crate::messages::settings::Against;
use crate::pipeline::{Checked, Checkup};
use crate::selection::Selection;
use crate::suppression::{Suppressions, Use};
use crate::tally::Tally;

/// A finding that does not count.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SetAside {
    pub(crate) finding: Finding,
    pub(crate) why: Why,
}

/// Why a finding does not count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Why {
    /// A person has answered for it.
    Suppressed { reason: String, by: String, until: Date },
    /// The baseline has it.
    Known,
}

/// Goes over the reports of a run, in the order of the documents.
#[derive(Default)]
pub(crate) struct Sieve {
    pub(crate) selection: Selection,
    pub(crate) suppressions: Suppressions,
    pub(crate) baseline: Option<Baseline>,
    pub(crate) met: Met,
}

impl Sieve {
    /// Goes over one document.
    pub(crate) fn sift(&mut self, checked: &mut Checked) {
        let Ok(checkup) = &mut checked.result else { return };
        let all = checkup.report.outcomes.len();
        checkup.report = selected(mem::take(&mut checkup.report), &self.selection, mingzhang_rules::registry());
        let not_selected = all - checkup.report.outcomes.len();
        self.met.document(&checked.path, checkup);
        let mut report = mem::take(&mut checkup.report);
        for (_, outcome) in &mut report.outcomes {
            let Outcome::Failed { findings, .. } = outcome else { continue };
            for finding in mem::take(findings) {
                match self.why_not(&checked.path, checkup, &finding) {
                    None => findings.push(finding),
                    Some(why) => checkup.set_aside.push(SetAside { finding, why }),
                }
            }
        }
        let known = checkup.set_aside.iter().filter(|aside| aside.why == Why::Known).count();
        checkup.tally = Tally {
            known,
            suppressed: checkup.set_aside.len() - known,
            rules_not_selected: not_selected,
            ..Tally::of(&report)
        };
        checkup.report = report;
    }

    fn why_not(&mut self, path: &str, checkup: &Checkup, finding: &Finding) -> Option<Why> {
        if let Some(suppression) = self.suppressions.cover(path, finding) {
            let (reason, by) = (suppression.reason.clone(), suppression.by.clone());
            return Some(Why::Suppressed { reason, by, until: suppression.until });
        }
        self.met.finding(path, checkup, finding);
        let known = self.baseline.as_mut().is_some_and(|baseline| baseline.knows(path, checkup, finding));
        known.then_some(Why::Known)
    }

    /// What became of each suppression.
    pub(crate) fn uses(&self) -> &[Use] {
        self.suppressions.uses()
    }

    /// How the run compares with its baseline.
    pub(crate) fn against(&self) -> Option<Against> {
        self.baseline.as_ref().map(|baseline| baseline.against(&self.met, &self.selection))
    }
}

/// The report without the rules that are not selected. One cause breaks several rules and is told once: if
/// the rule that tells it is left out, the next one that is not left out tells it.
fn selected(report: Report, selection: &Selection, registry: &[Rule]) -> Report {
    let (mut outcomes, left_out): (Vec<_>, Vec<_>) =
        report.outcomes.into_iter().partition(|(code, _)| selection.takes(code));
    let untold = left_out.into_iter().flat_map(|(_, outcome)| match outcome {
        Outcome::Failed { findings, .. } => findings,
        Outcome::Passed(_) | Outcome::NotApplicable(_) | Outcome::Undecided(_) => Vec::new(),
    });
    for mut finding in untold {
        finding.also.retain(|code| selection.takes(code));
        let Some(teller) = registry.iter().find(|rule| finding.also.contains(&rule.code)) else { continue };
        finding.also.retain(|code| *code != teller.code);
        finding.rule.clone_from(&teller.code);
        finding.name.clone_from(&teller.name);
        finding.basis.clone_from(&teller.basis);
        let outcome = outcomes.iter_mut().find(|(code, _)| *code == teller.code);
        if let Some((_, Outcome::Failed { findings, .. })) = outcome {
            findings.push(finding);
        }
    }
    for (_, outcome) in &mut outcomes {
        if let Outcome::Failed { findings, .. } = outcome {
            findings.iter_mut().for_each(|finding| finding.also.retain(|code| selection.takes(code)));
        }
    }
    Report { outcomes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::suppression::{Standing, Suppression, Target};

    fn sieve(suppressions: Vec<Suppression>, today: &str) -> Sieve {
        let selection = Selection::default();
        let today = Date::parse(today).unwrap();
        Sieve {
            suppressions: Suppressions::new(suppressions, &selection, today),
            selection,
            baseline: None,
            met: Met::default(),
        }
    }

    fn suppression(target: Target) -> Suppression {
        let until = Date::parse("2026-06-30").unwrap();
        Suppression { target, reason: "已核实".into(), by: "王会计".into(), until, line: 3 }
    }

    fn of_rule(document: &str) -> Suppression {
        suppression(Target::Rule { rule: "TA007".into(), document: document.into() })
    }

    fn sifted(sieve: &mut Sieve) -> Checkup {
        let mut checked = sample::faulty();
        sieve.sift(&mut checked);
        checked.result.unwrap()
    }

    #[test]
    fn a_suppression_counts_to_the_end_of_its_last_day() {
        for (today, set_aside, standing) in
            [("2026-06-29", 3, Standing::Used), ("2026-06-30", 3, Standing::Used), ("2026-07-01", 0, Standing::Expired)]
        {
            let mut sieve = sieve(vec![of_rule("*.pdf")], today);
            let checkup = sifted(&mut sieve);
            assert_eq!(checkup.set_aside.len(), set_aside, "{today}");
            assert_eq!((checkup.tally.suppressed, checkup.tally.errors), (set_aside, usize::from(set_aside == 0)));
            assert_eq!((sieve.uses()[0].standing, sieve.uses()[0].findings), (standing, set_aside));
        }
    }

    #[test]
    fn a_suppression_of_other_documents_or_findings_is_unused() {
        let named = |fingerprint: &str, document: Option<&str>| {
            suppression(Target::Finding { fingerprint: fingerprint.into(), document: document.map(Into::into) })
        };
        let others = vec![of_rule("b.pdf"), named("TA007:2", None), named("TA007:1", Some("b.pdf"))];
        let mut sieve = sieve(others, "2026-01-01");
        assert_eq!(sifted(&mut sieve).set_aside, []);
        assert!(sieve.uses().iter().all(|used| used.standing == Standing::Unused));
    }

    #[test]
    fn the_next_rule_tells_what_a_left_out_rule_told() {
        let mut report = sample::faulty().result.unwrap().report;
        let empty = Outcome::Failed { findings: Vec::new(), passed: 2 };
        report.outcomes.push(("HI002".into(), empty));
        let without = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| word.to_string()).collect();
            selected(report.clone(), &Selection::new(&[], &words), mingzhang_rules::registry())
        };
        let told: Vec<Finding> = without(&["TA"]).findings().cloned().collect();
        assert!(told.len() == 3 && told.iter().all(|f| f.rule == "HI002" && f.also.is_empty()), "{told:?}");
        assert!(told.iter().all(|f| f.fingerprint == "TA007:1"), "{told:?}");
        assert_eq!(without(&["TA", "HI"]).findings().count(), 0);
        assert!(without(&["HI"]).findings().all(|f| f.rule == "TA007" && f.also.is_empty()));
    }
}
