//! Slots to words: amounts, changes, shares, figures, fields; conditions; the entries of lists.

use super::{Composer, Entry, Missing};
use crate::manuscript::Run;
use mingzhang_model::amount::{Figure, Unit};
use mingzhang_model::code::{FunctionalCode, Level};
use mingzhang_model::date::Date;
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::key::{Economic, Function, Key, Stage};
use mingzhang_model::set::{Member, Set};
use mingzhang_model::supply::{Counted, Datum, Record};
use mingzhang_standard::codes;
use mingzhang_standard::compare::{Change, Completion, Direction, Printing, Share};
use mingzhang_standard::narrative::{Condition, List, Slot, Span, Sum, Test, Text};

/// Money to the fen.
const EXACT: Printing = Printing { unit: Unit::Yuan, decimals: 2 };

impl Composer<'_> {
    /// A text, its slots filled.
    pub(super) fn text(&mut self, text: &Text) -> Vec<Run> {
        let (mut runs, lacks) = (Vec::new(), self.lacks.len());
        self.spans(text, &mut runs);
        if self.lacks.len() > lacks {
            let whole: String = runs.iter().map(|run: &Run| run.text.as_str()).collect();
            self.show_around(&whole);
        }
        joined(runs)
    }

    /// The same without what stands behind its numbers.
    pub(super) fn words(&mut self, text: &Text) -> String {
        self.text(text).into_iter().map(|run| run.text).collect()
    }

    fn spans(&mut self, text: &Text, runs: &mut Vec<Run>) {
        for span in text {
            match span {
                Span::Words(words) => runs.push(plain(words.clone())),
                Span::Slot(slot) => {
                    let run = self.slot(slot);
                    runs.push(run);
                }
                Span::If(condition, text) => {
                    if self.holds(condition) {
                        self.spans(text, runs);
                    }
                }
                Span::Each { list, separator, text } => {
                    for entry in self.entered(list) {
                        if entry.0 > 1 {
                            runs.push(plain(separator.clone()));
                        }
                        self.around.push(entry);
                        self.spans(text, runs);
                        self.around.pop();
                    }
                }
            }
        }
    }

    fn slot(&mut self, slot: &Slot) -> Run {
        match slot {
            Slot::Body => plain(self.manuscript.body.clone()),
            Slot::Year(back) => plain(self.year.saturating_sub(*back).to_string()),
            Slot::Cutoff => plain(day(self.material.form.cutoff(self.year))),
            Slot::Money(sum) => self.money(sum),
            Slot::Change(_) | Slot::Compared(_) | Slot::Rate(_) => self.on_year_before(slot),
            Slot::Share(..) | Slot::Done(..) | Slot::Beyond(..) | Slot::Larger(..) => plain(self.relation(slot)),
            Slot::Plain(sum) => {
                let unit = self.printing.unit.word();
                let run = self.money(sum);
                Run { text: run.text.trim_end_matches(unit).to_owned(), ..run }
            }
            Slot::Exact(name) => {
                let usual = std::mem::replace(&mut self.printing, EXACT);
                let run = self.figure(name, true);
                self.printing = usual;
                run
            }
            Slot::Ordinal => plain(self.around.last().map_or_else(String::new, |(at, _)| at.to_string())),
            Slot::Figure(name) => self.figure(name, true),
            Slot::Number(name) => self.figure(name, false),
            Slot::Count(list) => plain(self.entries(list).len().to_string()),
            Slot::Words(place) => {
                let place = self.place(place);
                match self.material.supply.words(&place) {
                    Some(words) => plain(unstopped(&words)),
                    None => plain(self.lack(Missing::Words(place))),
                }
            }
            Slot::Field(name) => self.field(name),
            Slot::Name => plain(self.name()),
            Slot::Code => plain(self.code()),
            Slot::Path => plain(self.path()),
        }
    }

    /// What a slot says of money beside the year before's.
    fn on_year_before(&mut self, slot: &Slot) -> Run {
        match slot {
            Slot::Change(sum) => self.beside(sum, |change| match change.direction {
                Direction::Same => change.direction.term().to_owned(),
                direction => format!("{}{}", direction.term(), printed(absolute(change.difference))),
            }),
            Slot::Compared(sum) => {
                let year = self.year.saturating_sub(1);
                let kind = match self.material.form.kind {
                    DisclosureKind::Budget => "预算",
                    DisclosureKind::Accounts => "决算",
                };
                self.beside(sum, |change| match change.direction {
                    Direction::Same => format!("与{year}年{kind}{}", change.direction.term()),
                    direction => {
                        format!("比{year}年{kind}{}{}", direction.term(), printed(absolute(change.difference)))
                    }
                })
            }
            Slot::Rate(sum) => self.beside(sum, |change| match (change.direction, change.rate.exact()) {
                (Direction::Same, _) => change.direction.rate_term().to_owned(),
                (direction, Some(_)) => format!("{}{}", direction.rate_term(), change.rate),
                // Beside nothing there is no rate, and a percentage would say that there is.
                (_, None) => format!("{}增减率", change.rate),
            }),
            _ => plain(String::new()),
        }
    }

    /// What a slot says of two amounts of one year.
    fn relation(&mut self, slot: &Slot) -> String {
        match slot {
            Slot::Share(part, whole) => {
                let figures = (self.figure_of(part, None, 0), self.figure_of(whole, None, 0));
                match figures {
                    (Some(part), Some(whole)) => Share::of(part, whole).rate.to_string(),
                    _ => String::new(),
                }
            }
            Slot::Done(sum, stage) => self.done(sum, *stage, |done| done.rate.to_string()),
            Slot::Beyond(sum, stage) => self.done(sum, *stage, |done| {
                let change = Change::of(done.actual, done.budget);
                match (change.direction, change.rate.exact()) {
                    (Direction::Same, _) => change.direction.term().to_owned(),
                    (direction, None) => format!("{}{}", direction.term(), printed(absolute(change.difference))),
                    (direction, Some(_)) => {
                        let (amount, rate) = (printed(absolute(change.difference)), direction.rate_term());
                        format!("{}{amount}，{rate}{}", direction.term(), change.rate)
                    }
                }
            }),
            Slot::Larger(sum, stage) => self.done(sum, *stage, |done| match done.direction {
                Direction::More => "大于".to_owned(),
                Direction::Less => "小于".to_owned(),
                Direction::Same => "等于".to_owned(),
            }),
            _ => String::new(),
        }
    }

    fn money(&mut self, sum: &Sum) -> Run {
        let Some(figure) = self.figure_of(sum, None, 0) else { return plain(self.unknown(sum, 0)) };
        let key = self.key(sum, None, 0);
        let evidence = self.shelf.put(&sum.words, self.material.supply.behind(&key));
        Run { text: printed(figure), evidence }
    }

    /// What is said of a sum beside the year before's.
    fn beside(&mut self, sum: &Sum, say: impl Fn(Change) -> String) -> Run {
        match (self.figure_of(sum, None, 0), self.figure_of(sum, None, 1)) {
            (Some(now), Some(then)) => {
                let key = self.key(sum, None, 1);
                let evidence = self.shelf.put(&sum.words, self.material.supply.behind(&key));
                Run { text: say(Change::of(now, then)), evidence }
            }
            (None, _) => plain(self.unknown(sum, 0)),
            (_, None) => plain(self.unknown(sum, 1)),
        }
    }

    fn done(&mut self, sum: &Sum, stage: Stage, say: impl Fn(Completion) -> String) -> String {
        match (self.figure_of(sum, None, 0), self.figure_of(sum, Some(stage), 0)) {
            (Some(actual), Some(budget)) => say(Completion::of(actual, budget)),
            _ => self.unknown(sum, 0),
        }
    }

    fn unknown(&mut self, sum: &Sum, back: u16) -> String {
        self.lack(Missing::Amount(sum.words.clone(), self.year.saturating_sub(back)))
    }

    /// The key of a sum: at another stage, or of an earlier year, where they are said.
    pub(super) fn key(&self, sum: &Sum, stage: Option<Stage>, back: u16) -> Key {
        let mut key = Key::everything(self.year.saturating_sub(back), self.material.form.stage, Set::EMPTY);
        sum.filter.narrow(&mut key);
        key.stage = stage.unwrap_or(key.stage);
        let mut inner = self.around.iter().rev().map(|(_, entry)| entry);
        let here = inner.find(|entry| !matches!(entry, Entry::Row(_)));
        match here.filter(|_| sum.here) {
            Some(Entry::Function(code)) => key.function = Function::Code(*code),
            Some(Entry::Economic(code)) => key.economic = key.economic.intersection(&Economic::of([*code])),
            Some(Entry::Row(_)) | None => {}
        }
        key
    }

    fn figure_of(&self, sum: &Sum, stage: Option<Stage>, back: u16) -> Option<Figure> {
        self.material.supply.amount(&self.key(sum, stage, back)).map(|amount| self.printing.figure(amount))
    }

    fn figure(&mut self, name: &str, with_unit: bool) -> Run {
        let name = self.place(name);
        let Some(Counted { value, unit, behind }) = self.material.supply.figure(&name) else {
            return plain(self.lack(Missing::Figure(name)));
        };
        let evidence = self.shelf.put(&name, behind);
        let text = match (&value, with_unit) {
            (Datum::Money(amount), true) => printed(self.printing.figure(*amount)),
            (Datum::Money(amount), false) => self.printing.figure(*amount).to_string(),
            (_, true) => format!("{}{unit}", self.datum(&value)),
            (_, false) => self.datum(&value),
        };
        Run { text, evidence }
    }

    /// A place or a name in which `*` stands for the code of the list around.
    fn place(&self, place: &str) -> String {
        if place.contains('*') { place.replace('*', &self.code()) } else { place.to_owned() }
    }

    fn row(&self) -> Option<&Record> {
        self.around.iter().rev().find_map(|(_, entry)| match entry {
            Entry::Row(record) => Some(record),
            _ => None,
        })
    }

    fn field(&mut self, name: &str) -> Run {
        let (name, tail) = name.split_once(" in ").map_or((name, None), |(name, unit)| (name, Some(unit)));
        let value = self.row().and_then(|row| row.get(name)).cloned();
        let Some(value) = value else {
            return plain(self.lack(Missing::Field(name.to_owned())));
        };
        let evidence = match (&value, self.row().and_then(|row| row.behind.clone())) {
            (Datum::Money(_) | Datum::Count(_) | Datum::Number(_), Some(behind)) => self.shelf.put(name, vec![behind]),
            _ => None,
        };
        let text = match (&value, tail) {
            (Datum::Money(amount), Some("元")) => printed(Printing { unit: Unit::Yuan, decimals: 2 }.figure(*amount)),
            (Datum::Money(amount), Some("number")) => self.printing.figure(*amount).to_string(),
            _ => self.datum(&value),
        };
        Run { text, evidence }
    }

    fn datum(&self, value: &Datum) -> String {
        match value {
            Datum::Words(words) => unstopped(words),
            Datum::Money(amount) => printed(self.printing.figure(*amount)),
            Datum::Count(count) => count.to_string(),
            Datum::Number(number) => number.clone(),
            Datum::Day(date) => day(*date),
        }
    }

    fn name(&self) -> String {
        match self.around.last().map(|(_, entry)| entry) {
            Some(Entry::Function(code)) => codes::functional(*code).map_or("", |entry| entry.name).to_owned(),
            Some(Entry::Economic(code)) => codes::economic(*code).map_or("", |entry| entry.name).to_owned(),
            Some(Entry::Row(record)) => record.get("name").map_or_else(String::new, |name| self.datum(name)),
            None => String::new(),
        }
    }

    fn code(&self) -> String {
        let coded = self.around.iter().rev().find_map(|(_, entry)| match entry {
            Entry::Function(code) => Some(code.to_string()),
            Entry::Economic(code) => Some(code.to_string()),
            Entry::Row(record) => record.get("code").map(|code| self.datum(code)),
        });
        coded.unwrap_or_default()
    }

    /// 类（类）款（款）项（项）.
    fn path(&self) -> String {
        let Some((_, Entry::Function(code))) = self.around.last() else { return self.name() };
        let mut levels: Vec<FunctionalCode> = std::iter::successors(Some(*code), |code| code.parent()).collect();
        levels.reverse();
        let named = levels.into_iter().map(|code| {
            let level = match code.level() {
                Level::Class => "类",
                Level::Subclass => "款",
                Level::Item => "项",
            };
            format!("{}（{level}）", codes::functional(code).map_or("", |entry| entry.name))
        });
        named.collect()
    }

    /// Whether a condition holds.
    pub(super) fn holds(&mut self, condition: &Condition) -> bool {
        let supply = self.material.supply;
        let is_something = |counted: &Counted| match &counted.value {
            Datum::Money(amount) => !amount.is_zero(),
            Datum::Count(count) => *count > 0,
            Datum::Words(_) | Datum::Number(_) | Datum::Day(_) => true,
        };
        let changed = |own: &Self, sum: &Sum| {
            let change = own.figure_of(sum, None, 0).zip(own.figure_of(sum, None, 1));
            change.map(|(now, then)| Change::of(now, then).direction)
        };
        let holds = match &condition.test {
            Test::Money(sum) => self.figure_of(sum, None, 0).is_some_and(|figure| !figure.amount.is_zero()),
            Test::Last(sum) => self.figure_of(sum, None, 1).is_some(),
            // What is not known is asked for: the sentence stands, with its mark.
            Test::Changed(sum) => changed(self, sum) != Some(Direction::Same),
            Test::More(sum) => changed(self, sum) == Some(Direction::More),
            Test::Differs(sum, stage) => {
                let both = self.figure_of(sum, None, 0).zip(self.figure_of(sum, Some(*stage), 0));
                both.is_some_and(|(one, other)| one.amount != other.amount)
            }
            Test::Figure(name) => supply.figure(&self.place(name)).is_some_and(|counted| is_something(&counted)),
            Test::Known(name) => supply.figure(&self.place(name)).is_some(),
            Test::Words(place) => supply.words(&self.place(place)).is_some(),
            Test::Any(list) => !self.entries(list).is_empty(),
            Test::Many(list) => self.entries(list).len() > 1,
            Test::First => self.around.last().is_some_and(|(at, _)| *at == 1),
            Test::Field(name, word) => {
                let held = self.row().and_then(|row| row.get(name));
                held.is_some_and(|value| word.as_ref().is_none_or(|word| self.datum(value) == *word))
            }
        };
        holds != condition.negated
    }

    /// The entries of a list with their numbers, from 1.
    pub(super) fn entered(&mut self, list: &List) -> Vec<(u32, Entry)> {
        (1..).zip(self.entries(list)).collect()
    }

    /// The entries of a list.
    pub(super) fn entries(&mut self, list: &List) -> Vec<Entry> {
        let supply = self.material.supply;
        match list {
            List::Classes(sum) => {
                let items = supply.functions(&self.key(sum, None, 0));
                let class = |code: FunctionalCode| std::iter::successors(Some(code), |code| code.parent()).last();
                let mut classes: Vec<FunctionalCode> = items.into_iter().filter_map(class).collect();
                classes.dedup();
                classes.into_iter().map(Entry::Function).collect()
            }
            List::Items(sums) => {
                let mut items: Vec<FunctionalCode> =
                    sums.iter().flat_map(|sum| supply.functions(&self.key(sum, None, 0))).collect();
                items.sort_by_key(ToString::to_string);
                items.dedup();
                items.into_iter().map(Entry::Function).collect()
            }
            List::Economics(sum) => {
                supply.economics(&self.key(sum, None, 0)).into_iter().map(Entry::Economic).collect()
            }
            List::Rows { name, with } => {
                let rows = supply.rows(name);
                let wanted: Vec<(&String, String)> =
                    with.iter().map(|(own, other)| (own, self.wanted(other))).collect();
                // A field that is not filled holds the empty word.
                let held = |row: &Record, own: &str| row.get(own).map_or_else(String::new, |value| self.datum(value));
                let fits = |row: &Record| wanted.iter().all(|(own, wanted)| held(row, own) == *wanted);
                rows.into_iter().filter(|row| fits(row)).map(Entry::Row).collect()
            }
        }
    }

    /// The word that a field has to hold: a quoted one, or what the row around holds.
    fn wanted(&self, other: &str) -> String {
        match other.strip_prefix('\'').and_then(|word| word.strip_suffix('\'')) {
            Some(word) => word.to_owned(),
            None => self.row().and_then(|row| row.get(other)).map_or_else(String::new, |value| self.datum(value)),
        }
    }
}

fn plain(text: String) -> Run {
    Run { text, evidence: None }
}

/// Runs without empty ones, and with what stands together joined.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs.into_iter().filter(|run| !run.text.is_empty()) {
        match joined.last_mut().filter(|last| last.evidence.is_none() && run.evidence.is_none()) {
            Some(last) => last.text.push_str(&run.text),
            None => joined.push(run),
        }
    }
    joined
}

/// 130.99万元
fn printed(figure: Figure) -> String {
    format!("{figure}{}", figure.unit.word())
}

fn absolute(figure: Figure) -> Figure {
    Figure { amount: mingzhang_model::amount::Amount(figure.amount.0.saturating_abs()), ..figure }
}

/// 2024年8月31日
fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A person's words without the stop at their end: the sentence around them has its own.
fn unstopped(words: &str) -> String {
    words.trim().trim_end_matches(['。', '；', ';', '.']).to_owned()
}
