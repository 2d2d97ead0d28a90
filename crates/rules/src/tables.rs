//! The rules of the tables: tries every identity, finds the cells to blame, and tells people.
//!
//! Findings with one cause become one finding: it names the cell, what it should hold, and every
//! place that says so.

use crate::culprit::{self, Cause};
use crate::laws::{self, Identity, Law, Space, Verdict};
use crate::registry;
use crate::wording;
use mingzhang_model::amount::{Amount, render};
use mingzhang_model::fact::{Fact, Facts, Printed, Proof};
use mingzhang_model::finding::{Culprit, Finding, Related};
use mingzhang_model::rule::{Rule, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// The identities of a document with their verdicts and causes.
pub(crate) struct Trial<'f> {
    pub(crate) space: Space<'f>,
    pub(crate) identities: Vec<Identity>,
    pub(crate) verdicts: Vec<Verdict>,
    causes: Vec<Cause>,
    /// Broken identities that no single cell explains.
    unexplained: Vec<usize>,
}

/// What one rule of the tables met with.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) broken: usize,
    pub(crate) findings: Vec<Finding>,
}

impl<'f> Trial<'f> {
    pub(crate) fn of(facts: &'f Facts) -> Trial<'f> {
        let space = Space::of(facts);
        let identities = laws::identities(&space);
        let verdicts: Vec<Verdict> = identities.iter().map(|identity| identity.verdict(&facts.facts)).collect();
        let broken: Vec<usize> = (0..identities.len()).filter(|n| matches!(verdicts[*n], Verdict::Broken(_))).collect();
        let (causes, unexplained) = culprit::causes(&facts.facts, &identities, &broken);
        Trial { space, identities, verdicts, causes, unexplained }
    }

    /// What a cell should hold, where it is the one to blame.
    pub(crate) fn mended(&self, fact: usize) -> Option<Amount> {
        self.causes.iter().find(|cause| cause.fact == fact).map(|cause| cause.value)
    }

    /// What each rule met with, by code.
    pub(crate) fn tallies(&self) -> BTreeMap<&'static str, Tally> {
        let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
        for (identity, verdict) in self.identities.iter().zip(&self.verdicts) {
            let tally = tallies.entry(&self.rule(identity).code).or_default();
            if verdict.holds() { tally.passed += 1 } else { tally.broken += 1 }
        }
        let causes = self.causes.iter().map(|cause| self.blame(cause));
        let open = self.unexplained.iter().map(|n| self.contradiction(*n, Severity::Error));
        let doubts =
            self.having(|v| matches!(v, Verdict::Doubtful(_))).map(|n| self.contradiction(n, Severity::Warning));
        for finding in causes.chain(open).chain(doubts).chain(self.tails()) {
            let code = &registry::rule(&finding.rule).code;
            tallies.entry(code).or_default().findings.push(finding);
        }
        tallies
    }

    fn having(&self, wanted: impl Fn(Verdict) -> bool) -> impl Iterator<Item = usize> {
        (0..self.identities.len()).filter(move |n| wanted(self.verdicts[*n]))
    }

    fn rule(&self, identity: &Identity) -> &'static Rule {
        registry::name(&self.space, identity)
    }

    fn fact(&self, i: usize) -> &'f Fact {
        self.space.fact(i)
    }

    /// The finding that blames one cell for every identity that its change would mend.
    fn blame(&self, cause: &Cause) -> Finding {
        let mends: Vec<usize> =
            cause.mends.iter().copied().filter(|n| matches!(self.verdicts[*n], Verdict::Broken(_))).collect();
        let main = mends.iter().copied().min_by_key(|n| self.telling(*n, cause.fact)).unwrap_or(cause.mends[0]);
        let rule = self.rule(&self.identities[main]);
        let fact = self.fact(cause.fact);
        let suggested = wording::amount(fact, cause.value);
        let location = self.space.facts.locator(fact);
        let reason = wording::reason(&self.space, &self.identities[main], cause.fact, &suggested);
        let message = format!("{}{}，应为 {suggested}：{reason}", wording::cell(&location), wording::found(fact));
        let mut finding = self.finding(rule, rule.severity, cause.fact, message);
        finding.expected = Some(suggested.clone());
        finding.difference = Some(wording::difference(fact, Amount(fact.printed.amount().0 - cause.value.0)));
        finding.culprit = Some(Culprit { quote: location.quote.unwrap_or_default(), suggested });
        let also: BTreeSet<String> = mends.iter().map(|n| self.rule(&self.identities[*n]).code.clone()).collect();
        finding.also = also.into_iter().filter(|code| *code != rule.code).collect();
        let others = std::iter::once(main).chain(mends.into_iter().filter(|n| *n != main));
        finding.related = self.related(others, cause.fact);
        finding
    }

    /// How well an identity tells a person why a cell is wrong; the least is the best. A cell that
    /// can hold nothing speaks for itself; then its row, its column, its twin elsewhere.
    fn telling(&self, n: usize, fact: usize) -> (usize, usize) {
        let identity = &self.identities[n];
        let rank = match identity.law {
            Law::Nothing => 0,
            Law::Sum if identity.left[0] == fact => 1,
            Law::Sum | Law::Flow => 2,
            Law::Agree => 3,
            Law::Within => 4,
        };
        (rank, identity.right.len())
    }

    /// The finding of an identity that does not hold and whose cells the numbers do not tell apart.
    fn contradiction(&self, n: usize, severity: Severity) -> Finding {
        let identity = &self.identities[n];
        let rule = self.rule(identity);
        let first = identity.left[0];
        let (message, expected) = wording::contradiction(&self.space, identity);
        let mut finding = self.finding(rule, severity, first, message);
        if let Verdict::Broken(by) | Verdict::Doubtful(by) = self.verdicts[n] {
            finding.difference = Some(wording::difference(self.fact(first), by));
        }
        finding.expected = Some(expected);
        finding.related = self.related([n], first);
        finding
    }

    /// One note for each number that is printed in two ways one last digit apart: the odd one out.
    fn tails(&self) -> Vec<Finding> {
        let tails: Vec<usize> = self.having(|v| matches!(v, Verdict::Tail(_))).collect();
        let mut numbers: BTreeMap<BTreeSet<usize>, Vec<usize>> = BTreeMap::new();
        for n in tails {
            let identity = &self.identities[n];
            let prints = &self.space.nodes[&self.space.keys[identity.left[0]]];
            numbers.entry(prints.iter().copied().collect()).or_default().push(n);
        }
        numbers.into_iter().map(|(prints, identities)| self.tail(&prints, &identities)).collect()
    }

    fn tail(&self, prints: &BTreeSet<usize>, identities: &[usize]) -> Finding {
        let amount = |i: usize| self.fact(i).printed.amount();
        let alike = |i: usize| prints.iter().filter(|j| amount(**j) == amount(i)).count();
        let identity = &self.identities[identities[0]];
        let odd = identity.facts().min_by_key(|i| alike(*i)).unwrap_or(identity.left[0]);
        let other = identity.facts().find(|i| *i != odd).unwrap_or(odd);
        let rule = self.rule(identity);
        let (here, there) = (self.space.facts.locator(self.fact(odd)), self.space.facts.locator(self.fact(other)));
        let message = format!(
            "{}{}，{}{}：同一笔数相差末位一个单位，属四舍五入尾差",
            wording::cell(&here),
            wording::found(self.fact(odd)),
            wording::cell(&there),
            wording::found(self.fact(other)),
        );
        let mut finding = self.finding(rule, Severity::Note, odd, message);
        finding.difference = Some(wording::difference(self.fact(odd), Amount(amount(odd).0 - amount(other).0)));
        finding.related = self.related(identities.iter().copied(), odd);
        finding
    }

    fn finding(&self, rule: &Rule, severity: Severity, fact: usize, message: String) -> Finding {
        let location = self.space.facts.locator(self.fact(fact));
        let statement = &self.space.facts.statements[self.fact(fact).statement];
        Finding {
            rule: rule.code.clone(),
            name: rule.name.clone(),
            severity,
            message,
            found: location.quote.clone(),
            location,
            related: Vec::new(),
            expected: None,
            difference: None,
            basis: rule.basis.clone(),
            culprit: None,
            also: Vec::new(),
            fingerprint: format!("{}:{}:{}", rule.code, statement.code, self.space.keys[fact]),
        }
    }

    /// The other cells of some identities, each once.
    fn related(&self, identities: impl IntoIterator<Item = usize>, but: usize) -> Vec<Related> {
        const MOST: usize = 12;
        let mut seen = BTreeSet::from([but]);
        let mut related = Vec::new();
        for n in identities {
            let identity = &self.identities[n];
            let label = &self.rule(identity).title;
            for i in identity.facts().filter(|i| !matches!(self.fact(*i).printed, Printed::Blank)) {
                if seen.insert(i) && related.len() < MOST {
                    related.push(Related { label: label.clone(), location: self.space.facts.locator(self.fact(i)) });
                }
            }
        }
        related
    }

    /// The proof state of each fact.
    pub(crate) fn proofs(&self) -> Vec<Proof> {
        let mut proofs = vec![Proof::Unproven; self.space.facts.facts.len()];
        for (identity, verdict) in self.identities.iter().zip(&self.verdicts) {
            if verdict.holds() && identity.law != Law::Within {
                identity.facts().for_each(|i| proofs[i] = Proof::Proven);
            }
        }
        let blamed = self.causes.iter().map(|cause| cause.fact);
        let open = self.unexplained.iter().flat_map(|n| self.identities[*n].facts());
        blamed.chain(open).for_each(|i| proofs[i] = Proof::Contradicted);
        proofs
    }
}

/// The amount in the unit and decimals of a fact's column.
pub(crate) fn in_column(fact: &Fact, amount: Amount) -> String {
    let decimals = match fact.printed {
        Printed::Figure(figure) => figure.decimals.max(fact.decimals),
        Printed::Blank | Printed::Dash | Printed::Nil => fact.decimals,
    };
    render(amount, fact.unit, decimals, true)
}
