//! [`Trial`]: every relation of a document tried, and the numbers to blame for those that do not hold.

use crate::culprit::{self, Cause, Relation};
use crate::laws::{self, Identity, Law, Space, Verdict};
use crate::places::Places;
use crate::prose::Prose;
use crate::sayings::Saying;
use crate::slip::{self, Slip};
use crate::{registry, sayings, tables};
use mingzhang_model::amount::Amount;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Proof};
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Rule, Severity};
use std::collections::BTreeMap;

/// The relations of a document with their verdicts and causes.
pub(crate) struct Trial<'f> {
    pub(crate) space: Space<'f>,
    pub(crate) places: Places,
    pub(crate) relations: Vec<Relation>,
    pub(crate) verdicts: Vec<Verdict>,
    causes: Vec<Cause>,
    /// Broken relations that no single number explains.
    unexplained: Vec<usize>,
    /// Relations that do not hold and have a doubtful number: they are not tried. Where such a relation holds, the
    /// number was read well.
    undecided: Vec<Relation>,
}

/// What one rule met with.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) broken: usize,
    pub(crate) undecided: usize,
    pub(crate) findings: Vec<Finding>,
}

impl<'f> Trial<'f> {
    pub(crate) fn of(facts: &'f Facts) -> Trial<'f> {
        let space = Space::of(facts);
        let places = Places::of(facts);
        let identities = laws::identities(&space).into_iter().map(Relation::Table);
        let said = sayings::gather(facts, &places).into_iter().map(Relation::Text);
        let all = places.all();
        let judge = |relation: &Relation| relation.judge(|i| all[i].strict, |i| all[i].loose);
        let doubtful = |relation: &Relation| relation.places().into_iter().any(|i| places.is_doubtful(i));
        let (undecided, relations): (Vec<Relation>, Vec<Relation>) =
            identities.chain(said).partition(|relation| doubtful(relation) && !judge(relation).is_exact());
        let verdicts: Vec<Verdict> = relations.iter().map(judge).collect();
        let broken: Vec<usize> = (0..relations.len()).filter(|n| matches!(verdicts[*n], Verdict::Broken(_))).collect();
        let (causes, unexplained) = culprit::causes(all, &relations, &broken);
        Trial { space, places, relations, verdicts, causes, unexplained, undecided }
    }

    /// What a number should be, where it is one to blame.
    pub(crate) fn mended(&self, place: usize) -> Option<Amount> {
        self.causes.iter().find(|cause| cause.place == place).map(|cause| cause.value)
    }

    /// The identities of the tables, with their verdicts.
    pub(crate) fn identities(&self) -> impl Iterator<Item = (&Identity, Verdict)> {
        self.relations.iter().zip(&self.verdicts).filter_map(|(relation, verdict)| match relation {
            Relation::Table(identity) => Some((identity, *verdict)),
            Relation::Text(_) => None,
        })
    }

    /// What the sentences say, with the verdicts.
    pub(crate) fn sayings(&self) -> impl Iterator<Item = (&Saying, Verdict)> {
        self.relations.iter().zip(&self.verdicts).filter_map(|(relation, verdict)| match relation {
            Relation::Text(saying) => Some((saying, *verdict)),
            Relation::Table(_) => None,
        })
    }

    /// The rule that a relation belongs to.
    pub(crate) fn rule(&self, relation: usize) -> &'static Rule {
        self.rule_of(&self.relations[relation])
    }

    fn rule_of(&self, relation: &Relation) -> &'static Rule {
        match relation {
            Relation::Table(identity) => registry::name(&self.space, identity),
            Relation::Text(saying) => registry::rule(saying.rule),
        }
    }

    /// What each rule met with, by code.
    pub(crate) fn tallies(&self, document: &'f Document) -> BTreeMap<&'static str, Tally> {
        let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
        for (n, verdict) in self.verdicts.iter().enumerate() {
            let tally = tallies.entry(&self.rule(n).code).or_default();
            if verdict.holds() { tally.passed += 1 } else { tally.broken += 1 }
        }
        for relation in &self.undecided {
            tallies.entry(&self.rule_of(relation).code).or_default().undecided += 1;
        }
        let findings = self.findings(document);
        for code in slip::RULES.into_iter().filter(|_| !self.relations.is_empty()) {
            let told = findings.iter().filter(|finding| finding.also.iter().any(|also| also == code)).count();
            // The document as a whole is one comparison: its numbers count where their relations do.
            tallies.insert(code, Tally { passed: usize::from(told == 0), broken: told, ..Tally::default() });
        }
        for finding in findings {
            let code = &registry::rule(&finding.rule).code;
            tallies.entry(code).or_default().findings.push(finding);
        }
        tallies
    }

    fn findings(&self, document: &'f Document) -> Vec<Finding> {
        let prose = || Prose { document, facts: self.space.facts };
        let cells = tables::Teller { trial: self, prose: prose() };
        let texts = sayings::Teller { trial: self, prose: prose() };
        let mut findings = Vec::new();
        for cause in &self.causes {
            let mut finding = match self.places.mention(cause.place) {
                Some(mention) => texts.blame(cause, mention),
                None => cells.blame(cause),
            };
            let slip = slip::between(self.places.all()[cause.place].printed, cause.value);
            finding.also.extend(slip.and_then(Slip::rule).map(str::to_string));
            findings.push(finding);
        }
        let doubtful = (0..self.verdicts.len()).filter(|n| matches!(self.verdicts[*n], Verdict::Doubtful(_)));
        let open = self.unexplained.iter().map(|n| (*n, Severity::Error));
        for (n, severity) in open.chain(doubtful.map(|n| (n, Severity::Warning))) {
            findings.push(match &self.relations[n] {
                Relation::Table(identity) => cells.contradiction(n, identity, severity),
                Relation::Text(saying) => texts.contradiction(saying, severity),
            });
        }
        findings.extend(cells.tails());
        findings.extend(texts.tails());
        findings
    }

    /// The proof state of each fact.
    pub(crate) fn proofs(&self) -> Vec<Proof> {
        let mut proofs = vec![Proof::Unproven; self.space.facts.facts.len()];
        for (identity, verdict) in self.identities() {
            if verdict.holds() && identity.law != Law::Within {
                identity.facts().for_each(|i| proofs[i] = Proof::Proven);
            }
        }
        let blamed = self.causes.iter().map(|cause| cause.place);
        let open = self.unexplained.iter().flat_map(|n| self.relations[*n].places());
        let contradicted: Vec<usize> = blamed.chain(open).collect();
        for cell in contradicted.into_iter().filter(|place| self.places.mention(*place).is_none()) {
            proofs[cell] = Proof::Contradicted;
        }
        proofs
    }
}
