//! The relations of one document, from the claims of its prose.

use super::{Extent, Said, Saying, Terms, What, resolved};
use crate::places::Places;
use crate::prose;
use crate::rules::NAMED;
use mingzhang_model::amount::{Amount, Figure, Interval};
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Key;
use mingzhang_model::prose::{Claim, Direction, Total};
use std::collections::BTreeMap;

/// The rules of what sentences say by themselves, and why one of them does not apply.
const RULES: &[(&str, &str)] = &[
    ("NA001", "文中没有同时写出本年数、上年数和差额"),
    ("NA002", "文中没有同时写出本年数、上年数和增减幅度"),
    ("NA003", "文中没有同时写出本年数、差额和增减幅度"),
    ("NA004", "文中没有预算完成率"),
    ("NA005", "文中没有占比"),
    ("NA011", "文中没有逐项列出的年初预算"),
    ("NA012", "文中没有逐项列出的支出决算"),
    ("NT018", "文中没有列举基本支出的明细"),
    ("NT019", "文中没有同时写出支出总额、基本支出和项目支出"),
    ("NT020", "没有附绩效自评报告，或者报告里没有可与表对应的金额"),
    ("NT021", "文中没有写了几遍的金额"),
];

/// Why a rule of what sentences say does not apply to a document in which nothing says it; none for a
/// rule of the tables.
pub(crate) fn absent(code: &str) -> Option<&'static str> {
    let of_tables = NAMED.iter().any(|(rule, _)| *rule == code).then_some("文中没有可与表对应的金额");
    of_tables.or_else(|| RULES.iter().find(|(rule, _)| *rule == code).map(|(_, why)| *why))
}

/// How many times one amount may stand in the text and each be compared with all the others.
const MOST_TWINS: usize = 6;

/// Every relation that the sentences of a document state.
pub(crate) fn gather(facts: &Facts, places: &Places) -> Vec<Saying> {
    let gatherer = Gatherer { facts, places };
    let mut sayings = gatherer.named();
    for claim in &facts.prose.claims {
        match claim {
            Claim::Change { .. } => sayings.extend(gatherer.change(claim)),
            Claim::Total { whole, parts, what } => sayings.push(gatherer.total(*whole, parts, *what)),
            Claim::Completion { budget, outturn, percent } => {
                sayings.extend(gatherer.ratio("NA004", *outturn, *budget, *percent, What::Completion));
            }
            _ => {}
        }
    }
    for list in resolved(&facts.prose, |mention| places.all()[places.of_text(mention)]) {
        for (part, percent) in list.shares {
            sayings.extend(gatherer.ratio("NA005", part, list.whole, percent, What::Share));
        }
    }
    sayings
}

struct Gatherer<'a> {
    facts: &'a Facts,
    places: &'a Places,
}

impl Gatherer<'_> {
    /// Amounts that a table shows too, and amounts that the text alone states more than once.
    fn named(&self) -> Vec<Saying> {
        let mut sayings = Vec::new();
        let mut told: BTreeMap<(&str, &Key), Vec<usize>> = BTreeMap::new();
        for claim in &self.facts.prose.claims {
            if let Claim::Reported { mention, table, key } = claim {
                sayings.extend(self.cell(table, key).map(|cell| self.same("NT020", *mention, cell)));
            }
            let Claim::Named { mention, table, key } = claim else { continue };
            match self.cell(table, key) {
                Some(cell) => {
                    let rule = NAMED.iter().find(|(_, wanted)| wanted(table, key));
                    sayings.extend(rule.map(|(rule, _)| self.same(rule, *mention, cell)));
                }
                None => told.entry((table, key)).or_default().push(*mention),
            }
        }
        for mentions in told.values() {
            let mentions = &mentions[..mentions.len().min(MOST_TWINS)];
            for (i, again) in mentions.iter().enumerate() {
                let earlier = mentions[..i].iter();
                sayings.extend(earlier.map(|first| self.same("NT021", *again, self.places.of_text(*first))));
            }
        }
        sayings
    }

    /// The cell of the table that shows this money.
    fn cell(&self, table: &str, key: &Key) -> Option<usize> {
        let statements = &self.facts.statements;
        self.facts.facts.iter().position(|fact| statements[fact.statement].code == table && fact.key == *key)
    }

    fn same(&self, rule: &'static str, mention: usize, other: usize) -> Saying {
        let text = self.places.of_text(mention);
        let figure = prose::figure(&self.facts.prose, mention);
        let digit = figure.map_or(0, |figure| Figure::last_digit(figure.unit, figure.decimals));
        Saying { rule, said: Said::Same { text, other, digit } }
    }

    /// What a sentence says of this year against last year.
    fn change(&self, claim: &Claim) -> Vec<Saying> {
        let Claim::Change { current: Some(now), base, difference, direction, rate, rate_direction } = claim else {
            return Vec::new();
        };
        let up = match direction.or(*rate_direction) {
            Some(Direction::Up) => true,
            Some(Direction::Down) => false,
            Some(Direction::Level) | None => return Vec::new(),
        };
        let text = |mention: &usize| self.places.of_text(*mention);
        let difference = difference.as_ref();
        let mut sayings = Vec::new();
        if let Some(base) = base {
            // A word that goes the wrong way is another rule's matter: the numbers are held as they lie.
            let risen = !self.value(*base).exceeds(self.value(*now));
            let (more, less) = if risen { (text(now), text(base)) } else { (text(base), text(now)) };
            if let Some(difference) = difference {
                let said = Said::Difference { more, less, difference: text(difference) };
                sayings.push(Saying { rule: "NA001", said });
            }
            if let Some(rate) = rate {
                let part = Terms { plus: vec![more], minus: vec![less] };
                sayings.extend(self.rate("NA002", part, Terms::one(text(base)), text(rate)));
            }
        } else if let (Some(difference), Some(rate)) = (difference, rate) {
            let now = text(now);
            let whole = if up {
                Terms { plus: vec![now], minus: vec![text(difference)] }
            } else {
                Terms { plus: vec![now, text(difference)], minus: Vec::new() }
            };
            sayings.extend(self.rate("NA003", Terms::one(text(difference)), whole, text(rate)));
        }
        sayings
    }

    /// A total of the text and its parts.
    fn total(&self, whole: usize, parts: &[usize], what: Total) -> Saying {
        let rule = match what {
            Total::Kinds => "NT019",
            Total::Basic | Total::BasicListed => "NT018",
            Total::ItemBudgets => "NA011",
            Total::ItemOutturns => "NA012",
            Total::Areas => "NA007",
        };
        let extent = if what == Total::BasicListed { Extent::Some } else { Extent::All };
        let plus = parts.iter().map(|part| self.places.of_text(*part)).collect();
        let parts = Terms { plus, minus: Vec::new() };
        Saying { rule, said: Said::Sum { whole: self.places.of_text(whole), parts, extent } }
    }

    fn rate(&self, rule: &'static str, part: Terms, whole: Terms, percent: usize) -> Option<Saying> {
        let saying = Saying { rule, said: Said::Ratio { part, whole, percent, what: What::Change } };
        self.is_defined(&saying).then_some(saying)
    }

    fn ratio(&self, rule: &'static str, part: usize, whole: usize, percent: usize, what: What) -> Option<Saying> {
        let place = |mention| self.places.of_text(mention);
        let (part, whole) = (Terms::one(place(part)), Terms::one(place(whole)));
        let saying = Saying { rule, said: Said::Ratio { part, whole, percent: place(percent), what } };
        self.is_defined(&saying).then_some(saying)
    }

    /// False where the percentage is of nothing: that there can be none is another rule's matter.
    fn is_defined(&self, saying: &Saying) -> bool {
        let Said::Ratio { whole, .. } = &saying.said else { return true };
        whole.value(&|place| self.places.all()[place].strict).low() > Amount::ZERO
    }

    fn value(&self, mention: usize) -> Interval {
        prose::interval(&self.facts.prose, mention).unwrap_or(Interval::ZERO)
    }
}
