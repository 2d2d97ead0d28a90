//! What people are told of the cells of tables.
//!
//! Findings with one cause are one finding: it names the cell, what it should hold, and every place that
//! says so, in tables and in the text.

use crate::culprit::{Cause, Relation};
use crate::laws::{Identity, Law, Verdict};
use crate::prose::Prose;
use crate::trial::Trial;
use crate::wording;
use mingzhang_model::amount::{Amount, render};
use mingzhang_model::fact::{Fact, Printed};
use mingzhang_model::finding::{Culprit, Finding, Related};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Rule, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Tells of the cells of one document.
pub(crate) struct Teller<'t, 'f> {
    pub(crate) trial: &'t Trial<'f>,
    pub(crate) prose: Prose<'f>,
}

impl<'f> Teller<'_, 'f> {
    fn fact(&self, i: usize) -> &'f Fact {
        self.trial.space.fact(i)
    }

    fn identity(&self, n: usize) -> Option<&Identity> {
        match &self.trial.relations[n] {
            Relation::Table(identity) => Some(identity),
            Relation::Text(_) => None,
        }
    }

    /// The finding that blames one cell for every relation that its change would mend.
    pub(crate) fn blame(&self, cause: &Cause) -> Finding {
        let broken = |n: &usize| matches!(self.trial.verdicts[*n], Verdict::Broken(_));
        let mends: Vec<usize> = cause.mends.iter().copied().filter(broken).collect();
        let main = mends.iter().copied().min_by_key(|n| self.telling(*n, cause.place)).unwrap_or(cause.mends[0]);
        let rule = self.trial.rule(main);
        let fact = self.fact(cause.place);
        let suggested = wording::amount(fact, cause.value);
        let location = self.trial.space.facts.locator(fact);
        let reason = match self.identity(main) {
            Some(identity) => wording::reason(&self.trial.space, identity, cause.place, &suggested),
            None => self.said_in_text(&mends, cause.place),
        };
        let message = format!("{}{}，应为 {suggested}：{reason}", wording::cell(&location), wording::found(fact));
        let mut finding = self.finding(rule, rule.severity, cause.place, message);
        finding.expected = Some(suggested.clone());
        finding.difference = Some(wording::difference(fact, Amount(fact.printed.amount().0 - cause.value.0)));
        finding.culprit = Some(Culprit { quote: location.quote.unwrap_or_default(), suggested });
        let also: BTreeSet<String> = mends.iter().map(|n| self.trial.rule(*n).code.clone()).collect();
        finding.also = also.into_iter().filter(|code| *code != rule.code).collect();
        let others = std::iter::once(main).chain(mends.into_iter().filter(|n| *n != main));
        finding.related = self.related(others, cause.place);
        finding
    }

    /// How well a relation tells a person why a cell is wrong; the least is the best. A cell that can
    /// hold nothing speaks for itself; then its row, its column, its twin elsewhere, and the text.
    fn telling(&self, n: usize, fact: usize) -> (usize, usize) {
        let Some(identity) = self.identity(n) else { return (5, 0) };
        let rank = match identity.law {
            Law::Nothing => 0,
            Law::Sum if identity.left[0] == fact => 1,
            Law::Sum | Law::Flow => 2,
            Law::Agree => 3,
            Law::Within => 4,
        };
        (rank, identity.right.len())
    }

    /// 正文 2 处都写 84.00万元
    fn said_in_text(&self, relations: &[usize], cell: usize) -> String {
        let texts: Vec<&str> =
            self.texts(relations.iter().copied(), cell).map(|mention| self.prose.words(mention)).collect();
        format!("正文 {} 处写的是 {}", texts.len(), texts.first().copied().unwrap_or_default())
    }

    /// The mentions that some relations hold against a cell.
    fn texts(&self, relations: impl IntoIterator<Item = usize>, cell: usize) -> impl Iterator<Item = usize> {
        let places = relations.into_iter().flat_map(move |n| self.trial.relations[n].places());
        let others: BTreeSet<usize> = places.filter(|place| *place != cell).collect();
        let mentions: Vec<usize> = others.into_iter().filter_map(|place| self.trial.places.mention(place)).collect();
        mentions.into_iter()
    }

    /// The finding of an identity that does not hold and whose cells the numbers do not tell apart.
    pub(crate) fn contradiction(&self, n: usize, identity: &Identity, severity: Severity) -> Finding {
        let rule = self.trial.rule(n);
        let first = identity.left[0];
        let (message, expected) = wording::contradiction(&self.trial.space, identity);
        let mut finding = self.finding(rule, severity, first, message);
        if let Verdict::Broken(by) | Verdict::Doubtful(by) = self.trial.verdicts[n] {
            finding.difference = Some(wording::difference(self.fact(first), by));
        }
        finding.expected = Some(expected);
        finding.related = self.related([n], first);
        finding
    }

    /// One note for each number that is printed in two ways one last digit apart: the odd one out.
    pub(crate) fn tails(&self) -> Vec<Finding> {
        let space = &self.trial.space;
        let mut numbers: BTreeMap<BTreeSet<usize>, Vec<usize>> = BTreeMap::new();
        for (n, relation) in self.trial.relations.iter().enumerate() {
            if let (Relation::Table(identity), Verdict::Tail(_)) = (relation, self.trial.verdicts[n]) {
                let prints = &space.nodes[&space.keys[identity.left[0]]];
                numbers.entry(prints.iter().copied().collect()).or_default().push(n);
            }
        }
        numbers.into_iter().filter_map(|(prints, relations)| self.tail(&prints, &relations)).collect()
    }

    fn tail(&self, prints: &BTreeSet<usize>, relations: &[usize]) -> Option<Finding> {
        let amount = |i: usize| self.fact(i).printed.amount();
        let alike = |i: usize| prints.iter().filter(|j| amount(**j) == amount(i)).count();
        let identity = self.identity(relations[0])?;
        let odd = identity.facts().min_by_key(|i| alike(*i)).unwrap_or(identity.left[0]);
        let other = identity.facts().find(|i| *i != odd).unwrap_or(odd);
        let locator = |i: usize| self.trial.space.facts.locator(self.fact(i));
        let message = format!(
            "{}{}，{}{}：同一笔数相差末位一个单位，属四舍五入尾差",
            wording::cell(&locator(odd)),
            wording::found(self.fact(odd)),
            wording::cell(&locator(other)),
            wording::found(self.fact(other)),
        );
        let mut finding = self.finding(self.trial.rule(relations[0]), Severity::Note, odd, message);
        finding.difference = Some(wording::difference(self.fact(odd), Amount(amount(odd).0 - amount(other).0)));
        finding.related = self.related(relations.iter().copied(), odd);
        Some(finding)
    }

    fn finding(&self, rule: &Rule, severity: Severity, fact: usize, message: String) -> Finding {
        let space = &self.trial.space;
        let location = space.facts.locator(self.fact(fact));
        let statement = &space.facts.statements[self.fact(fact).statement];
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
            fingerprint: format!("{}:{}:{}", rule.code, statement.code, space.keys[fact]),
        }
    }

    /// The other numbers of some relations, each once.
    fn related(&self, relations: impl IntoIterator<Item = usize>, but: usize) -> Vec<Related> {
        const MOST: usize = 12;
        let mut seen = BTreeSet::from([but]);
        let mut related = Vec::new();
        for n in relations {
            let label = &self.trial.rule(n).title;
            for place in self.trial.relations[n].places() {
                if let Some(location) = self.locate(place)
                    && seen.insert(place)
                    && related.len() < MOST
                {
                    related.push(Related { label: label.clone(), location });
                }
            }
        }
        related
    }

    /// Where a number stands; none for a blank cell.
    fn locate(&self, place: usize) -> Option<Locator> {
        if let Some(mention) = self.trial.places.mention(place) {
            return Some(self.prose.quoted(mention));
        }
        let fact = self.fact(place);
        (!matches!(fact.printed, Printed::Blank)).then(|| self.trial.space.facts.locator(fact))
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
