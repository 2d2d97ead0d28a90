//! What people are told of the numbers of the text.

use super::{Extent, Said, Saying, Terms, What};
use crate::culprit::{Cause, Relation};
use crate::laws::Verdict;
use crate::places;
use crate::prose::{Prose, print, should_be};
use crate::registry;
use crate::rules::Verdicts;
use crate::slip;
use crate::trial::Trial;
use crate::wording;
use mingzhang_model::amount::{Amount, Figure, Interval, Unit, render};
use mingzhang_model::fact::Printed;
use mingzhang_model::finding::{Finding, Related};
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::Severity;
use std::collections::BTreeSet;

/// Tells of the numbers of the text of one document.
pub(crate) struct Teller<'t, 'f> {
    pub(crate) trial: &'t Trial<'f>,
    pub(crate) prose: Prose<'f>,
}

/// A number that is wrong, and what it should be.
struct Fault {
    mention: usize,
    expected: Amount,
    severity: Severity,
}

impl Teller<'_, '_> {
    /// The finding that blames one number of the text for every relation that its change would mend.
    pub(crate) fn blame(&self, cause: &Cause, mention: usize) -> Finding {
        let mut mends: Vec<&Saying> = cause.mends.iter().filter_map(|n| self.saying(*n)).collect();
        mends.sort_by_key(|saying| self.telling(saying));
        // Two relations that one number breaks leave no doubt; one by itself is as sure as its rule.
        let severity = if mends.len() > 1 { Severity::Error } else { severity_of(mends[0]) };
        let fault = Fault { mention, expected: cause.value, severity };
        let mut finding = self.tell(mends[0], &fault);
        let slip = wording::slip(self.trial.places.all()[cause.place].printed, cause.value);
        finding.message.push_str(&slip);
        if let [saying] = mends.as_slice()
            && slip.is_empty()
        {
            finding.message.push_str(&self.other_way(saying, cause.place));
        }
        let also: BTreeSet<&str> =
            mends.iter().map(|saying| saying.rule).filter(|code| *code != finding.rule).collect();
        finding.also = also.into_iter().map(str::to_string).collect();
        for saying in &mends[1..] {
            self.add_related(&mut finding, saying, cause.place);
        }
        finding
    }

    /// The one amount, if there is just one, that a slip of the hand may have changed so that a percentage no
    /// longer fits: the writer must look which of the two is wrong.
    fn other_way(&self, saying: &Saying, percent: usize) -> String {
        if !matches!(saying.said, Said::Ratio { .. }) {
            return String::new();
        }
        let value = |place: usize| self.trial.places.all()[place].strict;
        let slips = |place: usize| -> Vec<(usize, Amount)> {
            let own = &self.trial.places.all()[place];
            // Of a number of few digits nearly every other is a slip away.
            const TELLING: i64 = 1_000;
            let asked = saying.required(place, value).filter(|_| own.printed.0 / own.digit.max(1) >= TELLING);
            let Some(asked) = asked else { return Vec::new() };
            let near = slip::near(own.printed, own.digit).into_iter().filter(|meant| asked.contains(*meant));
            near.map(|meant| (place, meant)).collect()
        };
        let others = saying.places().into_iter().filter(|place| *place != percent);
        let found: Vec<(usize, Amount)> = others.flat_map(slips).collect();
        let [(place, meant)] = found.as_slice() else { return String::new() };
        let Some(mention) = self.trial.places.mention(*place) else { return String::new() };
        format!("；若 {} 是 {} 之误，则两者相符", self.words(*place), self.print(mention, *meant, None))
    }

    /// How well a relation tells a person why a number is wrong; the least is the best.
    fn telling(&self, saying: &Saying) -> u8 {
        match &saying.said {
            Said::Same { other, .. } if self.trial.places.mention(*other).is_none() => 0,
            Said::Same { .. } => 1,
            Said::Sum { .. } => 2,
            Said::Difference { .. } => 3,
            Said::Ratio { .. } => 4,
        }
    }

    fn saying(&self, relation: usize) -> Option<&Saying> {
        match &self.trial.relations[relation] {
            Relation::Text(saying) => Some(saying),
            Relation::Table(_) => None,
        }
    }

    /// The finding of a relation whose numbers do not tell which of them is wrong: the number that is
    /// written from the others.
    pub(crate) fn contradiction(&self, saying: &Saying, severity: Severity) -> Finding {
        let severity = severity.min(severity_of(saying));
        let place = saying.written_last();
        let mention = self.trial.places.mention(place).unwrap_or_default();
        let value = |place: usize| {
            self.trial.mended(place).map_or(self.trial.places.all()[place].strict, |amount| {
                Interval::around(amount, self.trial.places.all()[place].precision() / 2)
            })
        };
        let expected = saying.required(place, value).map_or(Amount::ZERO, Interval::middle);
        self.tell(saying, &Fault { mention, expected, severity })
    }

    /// A note for each number that is one last digit off, unless more is wrong with it.
    pub(crate) fn tails(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut told = BTreeSet::new();
        for (n, verdict) in self.trial.verdicts.iter().enumerate() {
            let (Some(saying), Verdict::Tail(_)) = (self.saying(n), verdict) else { continue };
            let place = saying.written_last();
            if saying.places().iter().all(|place| self.trial.mended(*place).is_none()) && told.insert(place) {
                findings.push(self.contradiction(saying, Severity::Note));
            }
        }
        findings
    }

    fn tell(&self, saying: &Saying, fault: &Fault) -> Finding {
        let cell = match &saying.said {
            Said::Same { other, .. } if self.trial.places.mention(*other).is_none() => Some(*other),
            _ => None,
        };
        let expected = self.print(fault.mention, fault.expected, cell);
        let here = self.prose.words(fault.mention);
        let (message, certain) = match &saying.said {
            Said::Same { other, .. } => match self.trial.places.mention(*other) {
                None => self.against_cell(*other, here, &expected, fault.severity),
                Some(first) => {
                    let other = if first == fault.mention { saying.places()[0] } else { *other };
                    let other = self.trial.places.mention(other).unwrap_or(first);
                    let lead = wording::shortened(&self.prose.facts.prose.mentions[other].lead);
                    let words = self.prose.words(other);
                    (format!("同一笔数前后不一：此处写为 {here}，另一处“{lead}”写为 {words}"), true)
                }
            },
            Said::Difference { more, less, difference } => {
                let (more, less, by) = (self.words(*more), self.words(*less), self.words(*difference));
                let why = if here == by { "差额" } else { "金额" };
                (format!("{why}写为 {here}，按 {more}、{less} 与差额 {by} 应为 {expected}"), true)
            }
            Said::Sum { whole, parts, extent } => self.against_sum(*whole, parts, *extent, fault.mention, &expected),
            Said::Ratio { part, whole, percent, what } => {
                let reason = self.computed(part, whole);
                if self.trial.places.mention(*percent) == Some(fault.mention) {
                    (format!("{}写为 {here}，应为 {expected}（{reason}）", term(*what)), true)
                } else {
                    let percent = self.words(*percent);
                    (format!("{here} 与{} {percent} 对不上，应为 {expected}（{reason}）", term(*what)), true)
                }
            }
        };
        let mut verdicts = Verdicts::of(saying.rule);
        let finding = self.prose.fail(&mut verdicts, fault.severity, fault.mention, &[], message);
        if certain {
            should_be(finding, expected);
        }
        let mut finding = finding.clone();
        self.add_related(&mut finding, saying, self.trial.places.of_text(fault.mention));
        finding
    }

    /// The words about an amount of the text against a cell, and whether they say what is right: where the
    /// cell is blank nobody knows which of the two is.
    fn against_cell(&self, cell: usize, here: &str, expected: &str, severity: Severity) -> (String, bool) {
        let fact = self.trial.space.fact(cell);
        let location = self.trial.space.facts.locator(fact);
        let (name, unit) = (wording::cell(&location), fact.unit.word());
        let quote = location.quote.unwrap_or_default();
        match (fact.printed, severity) {
            (Printed::Blank, _) => (format!("文中写为 {here}，{name}却为空"), false),
            (_, Severity::Note) => (format!("文中写为 {here}，{name}是 {quote}{unit}，按位数应为 {expected}"), true),
            _ => (format!("文中写为 {here}，{name}是 {quote}{unit}，应为 {expected}"), true),
        }
    }

    /// The words about an amount and its parts, and whether they say what is right: one list by itself does
    /// not tell which of its numbers is wrong.
    fn against_sum(
        &self,
        whole: usize,
        parts: &Terms,
        extent: Extent,
        mention: usize,
        expected: &str,
    ) -> (String, bool) {
        let here = self.prose.words(mention);
        let values = |place: usize| self.trial.places.all()[place].strict;
        let sum = self.print(self.trial.places.mention(whole).unwrap_or(mention), parts.value(&values).middle(), None);
        let own = self.trial.places.of_text(mention);
        let others: Vec<usize> = parts.plus.iter().copied().filter(|place| *place != own).collect();
        let list: Vec<String> = others.iter().map(|place| self.term(*place, others.len())).collect();
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        let list = wording::listed(&list, " + ");
        let lead = wording::shortened(&self.prose.facts.prose.mentions[mention].lead);
        match (own == whole, extent) {
            (true, Extent::Some) => (format!("“{lead}{here}”，所列各项之和却是 {sum}（{list}），超过了总数"), false),
            (true, Extent::All | Extent::Likely) => {
                (format!("“{lead}{here}”与各项之和 {sum} 不符（{list}）"), expected == sum)
            }
            (false, _) => {
                let whole = self.words(whole);
                let message = format!("“{lead}{here}”应为 {expected}：总数是 {whole}，其余各项是 {list}");
                (message, true)
            }
        }
    }

    /// A number of a sum; in a short one with the words that lead to it.
    fn term(&self, place: usize, of: usize) -> String {
        const SHORT: usize = 4;
        let words = self.words(place);
        match self.trial.places.mention(place).filter(|_| of <= SHORT) {
            Some(mention) => {
                let lead = wording::shortened(&self.prose.facts.prose.mentions[mention].lead);
                format!("{}{words}", lead.trim_start_matches(['）', ')', '，', ',']))
            }
            None => words.to_string(),
        }
    }

    /// How a percentage is computed.
    fn computed(&self, part: &Terms, whole: &Terms) -> String {
        match (part.plus.as_slice(), part.minus.as_slice(), whole.plus.as_slice(), whole.minus.as_slice()) {
            ([more], [less], ..) => format!("按 {} 与 {} 计算", self.words(*more), self.words(*less)),
            ([by], [], [now], [_]) => {
                let (now, by) = (self.words(*now), self.words(*by));
                format!("上年数为 {now} 减 {by}，{by} 与它相比")
            }
            ([by], [], [now, _], []) => {
                let (now, by) = (self.words(*now), self.words(*by));
                format!("上年数为 {now} 加 {by}，{by} 与它相比")
            }
            ([part], [], [whole], []) => format!("{} ÷ {}", self.words(*part), self.words(*whole)),
            _ => String::new(),
        }
    }

    fn words(&self, place: usize) -> &str {
        self.trial.places.mention(place).map_or("", |mention| self.prose.words(mention))
    }

    /// A value as the mention would print it.
    fn print(&self, mention: usize, value: Amount, cell: Option<usize>) -> String {
        match &self.prose.facts.prose.mentions[mention].quantity {
            Quantity::Money { figure, .. } => {
                // Never rounder than the cell that it is copied from.
                let fact = cell.map(|cell| self.trial.space.fact(cell)).filter(|fact| fact.unit == figure.unit);
                let decimals = self.prose.decimals(mention, *figure).max(fact.map_or(0, |fact| fact.decimals));
                let unit = unit_meant(*figure, value);
                // With separators where the writer uses them.
                let separators = self.prose.words(mention).contains([',', '，']);
                format!("{}{}", render(value, unit, decimals, separators), unit.word())
            }
            Quantity::Percent(percent) => print(places::percent(value, percent.decimals)),
            Quantity::Count { unit, .. } => format!("{}{unit}", value.0),
        }
    }

    /// Adds the other numbers of a relation, each once.
    fn add_related(&self, finding: &mut Finding, saying: &Saying, but: usize) {
        for place in saying.places().into_iter().filter(|place| *place != but) {
            let related = match self.trial.places.mention(place) {
                Some(mention) => {
                    Related { label: self.prose.words(mention).to_string(), location: self.prose.quoted(mention) }
                }
                None => {
                    let location = self.trial.space.facts.locator(self.trial.space.fact(place));
                    Related { label: "表内的数".into(), location }
                }
            };
            if !finding.related.contains(&related) {
                finding.related.push(related);
            }
        }
    }
}

/// The unit that the writer meant: where only the unit is wrong the number stays as it is.
fn unit_meant(figure: Figure, value: Amount) -> Unit {
    const WAN: i64 = 10_000;
    match figure.unit {
        Unit::Yuan if figure.amount.0.checked_mul(WAN) == Some(value.0) => Unit::WanYuan,
        Unit::WanYuan if value.0.checked_mul(WAN) == Some(figure.amount.0) && value.0 != 0 => Unit::Yuan,
        unit => unit,
    }
}

fn term(what: What) -> &'static str {
    match what {
        What::Share => "占比",
        What::Change => "增减幅度",
        What::Completion => "预算完成率",
    }
}

fn severity_of(saying: &Saying) -> Severity {
    // That a list is whole is no proof where only its numbers show it.
    let doubtful = matches!(saying.said, Said::Sum { extent: Extent::Likely, .. });
    if doubtful { Severity::Warning } else { registry::rule(saying.rule).severity }
}
