//! The relations of one document, from the claims of its prose.

use super::shares::shares;
use super::{Extent, Said, Saying, Terms, What};
use crate::places::Places;
use crate::prose;
use crate::rules::{NAMED, na008, um001};
use crate::slip::{self, Slip};
use mingzhang_model::amount::{Agreement, Amount, Figure, Interval};
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Key;
use mingzhang_model::prose::{Claim, Direction, Quantity, Total};
use std::collections::BTreeMap;

/// The rules of what sentences say by themselves, and why one of them does not apply.
const RULES: &[(&str, &str)] = &[
    ("NA001", "文中没有同时写出本年数、上年数和差额"),
    ("NA002", "文中没有同时写出本年数、上年数和增减幅度"),
    ("NA003", "文中没有同时写出本年数、差额和增减幅度"),
    ("NA004", "文中没有预算完成率"),
    ("NA005", "文中没有占比"),
    ("NA008", "文中没有重复写出预算安排数的科目"),
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
    let again = na008::pairs(facts).into_iter();
    sayings.extend(again.map(|(first, again)| gatherer.same("NA008", again, places.of_text(first))));
    sayings.extend(um001::pairs(facts).into_iter().map(|(own, twin)| gatherer.without_unit(own, twin)));
    for claim in &facts.prose.claims {
        match claim {
            Claim::Change { .. } => sayings.extend(gatherer.change(claim)),
            Claim::Total { whole, parts, what } => sayings.push(gatherer.total(*whole, parts, *what)),
            Claim::Completion { budget, outturn, percent } => {
                sayings.extend(gatherer.ratio("NA004", *outturn, *budget, *percent, What::Completion));
            }
            Claim::Parts { whole, parts, exhaustive } => {
                sayings.extend(list(facts, places, *whole, parts, *exhaustive));
            }
            _ => {}
        }
    }
    for list in shares(facts, places) {
        for (part, percent) in list.shares {
            sayings.extend(gatherer.ratio("NA005", part, list.whole, percent, What::Share));
        }
    }
    sayings
}

/// The least number, in units of its last digit, of which one wrong digit tells anything: of small numbers
/// nearly every one is a slip away from every other.
const TELLING: i64 = 100;

/// The same where the text does not say that a list is whole.
const TELLING_ALONE: i64 = 10_000;

/// A list that makes up its whole: it does, or one slip of the hand made that it does not. Any other list
/// may leave something out, or was misread, and is left alone. What stands behind the parts that make up
/// the whole belongs to something else.
pub(crate) fn list(facts: &Facts, places: &Places, whole: usize, parts: &[usize], announced: bool) -> Option<Saying> {
    let text = |mention: &usize| places.of_text(*mention);
    let place = |place: usize| places.all()[place];
    let total = place(text(&whole));
    // A headline told again below itself makes up no whole.
    let repeats = parts.iter().any(|part| place(text(part)).printed == total.printed);
    let alike = parts.iter().all(|part| same_kind(facts, whole, *part));
    if parts.len() < 2 || total.printed.is_zero() || repeats || !alike {
        return None;
    }
    let parts: Vec<usize> = parts.iter().map(text).collect();
    let sum = |n: &usize| parts[..*n].iter().map(|part| place(*part).strict).sum::<Interval>();
    let end = (2..parts.len()).find(|n| sum(n).agreement(total.strict) == Agreement::Exact).unwrap_or(parts.len());
    let extent = if announced { Extent::All } else { Extent::Likely };
    let parts = Terms { plus: parts[..end].to_vec(), minus: Vec::new() };
    let said = Said::Sum { whole: text(&whole), parts, extent };
    let saying = Saying { rule: "NA007", said };
    let value = |at: usize| place(at).strict;
    let slipped = |at: &usize| {
        let own = place(*at);
        let telling = own.printed.0 / own.digit.max(1) >= if announced { TELLING } else { TELLING_ALONE };
        let slips = |meant: &Amount| {
            telling || slip::between(own.printed, *meant).is_some_and(|slip| matches!(slip, Slip::Shift(_)))
        };
        let asked = saying.required(*at, value);
        let near = || slip::near(own.printed, own.digit);
        asked.is_some_and(|asked| near().iter().any(|meant| asked.contains(*meant) && slips(meant)))
    };
    let sound = saying.judge(value).holds() || saying.places().iter().any(slipped);
    sound.then_some(saying)
}

/// True for two amounts of money, or two counts of one unit.
fn same_kind(facts: &Facts, a: usize, b: usize) -> bool {
    match (&facts.prose.mentions[a].quantity, &facts.prose.mentions[b].quantity) {
        (Quantity::Money { .. }, Quantity::Money { .. }) => true,
        (Quantity::Count { unit: a, .. }, Quantity::Count { unit: b, .. }) => a == b,
        _ => false,
    }
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
        Saying { rule, said: Said::Same { text, other, digit, spares_other: false } }
    }

    /// An amount in 元 whose digits stand elsewhere with 万元.
    fn without_unit(&self, own: usize, twin: usize) -> Saying {
        let (text, other) = (self.places.of_text(own), self.places.of_text(twin));
        Saying { rule: "UM001", said: Said::Same { text, other, digit: 0, spares_other: true } }
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
        !whole.value(&|place| self.places.all()[place].strict).contains(Amount::ZERO)
    }

    fn value(&self, mention: usize) -> Interval {
        prose::interval(&self.facts.prose, mention).unwrap_or(Interval::ZERO)
    }
}
