//! The books as a [`Supply`]: one scope's year, answering whoever writes its disclosure.

use super::statistics::{PLANNED, of_pivot};
use crate::entry::{Known, RowName};
use crate::line::Purpose;
use crate::names::{RegisterId, RowId, UnitCode};
use crate::performance::{Evaluation, Item};
use crate::pivot::{Cell, Origin, Pivot, Scope, gather};
use crate::register::{FigureValue, Measured, Row, Value, words_of};
use crate::registers::{RowOf, year_of};
use crate::state::Books;
use crate::trail::Trail;
use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::key::{Key, UnitKind};
use mingzhang_model::set::{Member, Set};
use mingzhang_model::supply::{Backing, Counted, Datum, Record, Supply};
use mingzhang_standard::codes;
use mingzhang_standard::form::Form;
use mingzhang_standard::performance::system;
use mingzhang_standard::register::{Register, register, registers};
use std::collections::{BTreeMap, BTreeSet};

/// The indicator systems by which a whole department and a project evaluate themselves.
const WHOLE: &str = "hunan_whole_unit";
const PROJECT: &str = "project";

/// One scope's year.
pub struct Kept<'a> {
    books: &'a Books,
    trail: &'a Trail,
    scope: &'a Scope,
    year: u16,
    form: &'static Form,
    body: String,
    pivot: Pivot,
    pieces: Vec<(Cell, Amount, Origin)>,
    figures: BTreeMap<String, FigureValue<RowOf>>,
    stated: BTreeMap<&'static str, Counted>,
}

impl<'a> Kept<'a> {
    /// The year of a scope, as a form asks for it.
    pub fn new(books: &'a Books, trail: &'a Trail, scope: &'a Scope, year: u16, form: &'static Form) -> Kept<'a> {
        let mut pieces = Vec::new();
        gather(books, scope, &mut |cell, amount, origin| {
            if !amount.is_zero() && (cell.year == year || cell.year + 1 == year) {
                pieces.push((cell, amount, origin()));
            }
        });
        let mut kept = Kept {
            books,
            trail,
            scope,
            year,
            form,
            body: super::name(books, scope.unit()),
            pivot: Pivot::of(books, scope),
            pieces,
            figures: BTreeMap::new(),
            stated: BTreeMap::new(),
        };
        kept.count();
        kept
    }

    /// Works out every figure once.
    fn count(&mut self) {
        let figures = self.books.all_figures(self.scope, self.year, self.form.cutoff(self.year));
        self.figures = figures.into_iter().map(|figure| (figure.name.clone(), figure)).collect();
        let stated = of_pivot(self.books, self.scope, self.year, self.form, &self.pivot);
        self.stated = stated
            .into_iter()
            .filter_map(|one| {
                let value = datum(&one.value)?;
                let behind = self.backing(one.statistic.word(), &one.rows);
                Some((one.statistic.word(), Counted { value, unit: one.unit, behind }))
            })
            .collect();
    }

    fn units(&self) -> Vec<UnitCode> {
        self.scope.units_in(self.books, self.year)
    }

    /// The rows behind a figure, as evidence.
    fn backing(&self, figure: &str, rows: &[RowOf]) -> Vec<Backing> {
        let Some(own) = registers().iter().find(|register| register.figure(figure).is_some()) else {
            return Vec::new();
        };
        rows.iter().map(|(unit, row)| self.row_backing(own, unit, row)).collect()
    }

    fn row_backing(&self, own: &Register, unit: &UnitCode, row: &RowId) -> Backing {
        let name = RegisterId::new(own.id).ok().map(|register| RowName { register, row: row.clone() });
        let entries = name.map_or_else(Vec::new, |name| self.trail.row(unit, &name));
        Backing { what: format!("{}台账 {unit} {row}", own.title), amount: None, entries }
    }

    /// A number that is known from elsewhere, with the key that it answers.
    fn known(&self, key: &Key) -> Option<(&Known, Amount)> {
        let of_scope = self.books.known().filter(|(known, _)| known.unit == *self.scope.unit());
        of_scope.into_iter().find(|(known, _)| known.key().is_ok_and(|own| own == *key))
    }

    /// A year that was not kept knows no kinds of unit. Where every unit of the scope is of the kinds that are asked
    /// for, the number of all is the number of these.
    fn widened(&self, key: &Key) -> Option<Key> {
        let is_asked = |unit: &UnitCode| self.books.unit(unit).is_some_and(|unit| key.units.has(unit.nature.kind()));
        let widens = key.units != Set::<UnitKind>::all() && self.units().iter().all(is_asked);
        widens.then(|| Key { units: Set::all(), ..key.clone() })
    }

    fn used<C: Ord>(&self, key: &Key, code: impl Fn(&Cell) -> Option<C>) -> Vec<C> {
        let mut sums: BTreeMap<C, i64> = BTreeMap::new();
        for (cell, amount) in self.pivot.behind(key) {
            if let Some(code) = code(cell) {
                *sums.entry(code).or_default() += amount.0;
            }
        }
        sums.into_iter().filter(|(_, sum)| *sum != 0).map(|(code, _)| code).collect()
    }

    fn register_rows(&self, own: &'static Register) -> Vec<Record> {
        let units = self.units();
        let cutoff = self.form.cutoff(self.year);
        let mut records = Vec::new();
        for unit in &units {
            for (name, row) in self.books.rows_in(unit, own.id) {
                let is_over = ["ended", "abolished"]
                    .iter()
                    .any(|field| matches!(row.get(*field), Some(Value::Date(day)) if *day <= cutoff));
                if year_of(own, row).is_none_or(|year| year == self.year) && !is_over {
                    records.push(self.record(own, unit, name, row));
                }
            }
        }
        // Rows that have a number stand in its order; others in the order in which they were entered.
        let order = |record: &Record| {
            let number = match record.get("number") {
                Some(Datum::Count(number)) => *number,
                _ => u64::MAX,
            };
            (number, record.behind.as_ref().and_then(|behind| behind.entries.first().copied()))
        };
        records.sort_by_key(order);
        records
    }

    fn record(&self, own: &Register, unit: &UnitCode, name: &RowId, row: &Row) -> Record {
        let mut values: Vec<(String, Datum)> = Vec::new();
        for field in own.fields.iter().filter(|field| !field.secret) {
            if let Some(value) = row.get(&field.name) {
                values.push((field.name.clone(), held(value, field)));
            }
        }
        values.push(("unit_code".into(), Datum::Words(unit.to_string())));
        let unit_name = self.books.unit(unit).map_or_else(String::new, |unit| unit.name.clone());
        values.push(("unit_name".into(), Datum::Words(unit_name)));
        if let Some(Value::Text(code)) = row.get("code").filter(|_| own.id == crate::registers::PROJECTS) {
            values.extend(self.project_values(unit, code));
        }
        Record { values, behind: Some(self.row_backing(own, unit, name)) }
    }

    /// What the ledger and the evaluation say of a project.
    fn project_values(&self, unit: &UnitCode, code: &str) -> Vec<(String, Datum)> {
        let (mut initial, mut adjusted, mut paid) = (0, 0, 0);
        let kept = self.books.year(unit, self.year);
        for account in kept.map_or(&[][..], |kept| kept.accounts()) {
            if matches!(&account.line.purpose, Purpose::Project(own) if own.as_str() == code) {
                initial += account.initial.0;
                adjusted += account.adjusted().0;
                paid += account.paid.0;
            }
        }
        let money = |name: &str, fen| (name.to_owned(), Datum::Money(Amount(fen)));
        let mut values = vec![money("initial", initial), money("adjusted", adjusted), money("paid", paid)];
        let words = |name: &str, words: String| (name.to_owned(), Datum::Words(words));
        if let (DisclosureKind::Accounts, Some(system)) = (self.form.kind, system(PROJECT)) {
            let evaluation = self.books.project_evaluation(unit, self.year, code, system, system.own_scale());
            values.extend(evaluation.score().map(|score| words("score", score.to_string())));
            values.extend(evaluation.grade().map(|grade| words("grade", grade.to_owned())));
            for item in evaluation.items() {
                let score = item.score().map_or_else(String::new, |score| score.to_string());
                values.push(words(&format!("score/{}", item.code), score));
                values.extend(item.percent().map(|rate| words(&format!("rate/{}", item.code), rate)));
            }
        }
        values
    }

    /// 单位: those that the scope takes in.
    fn unit_rows(&self) -> Vec<Record> {
        let unit = |code: UnitCode| {
            let unit = self.books.unit(&code)?;
            let values = vec![
                ("code".to_owned(), Datum::Words(code.to_string())),
                ("name".to_owned(), Datum::Words(unit.name.clone())),
                ("nature".to_owned(), Datum::Words(unit.nature.term().to_owned())),
                ("kind".to_owned(), Datum::Words(unit.nature.kind().word().to_owned())),
            ];
            Some(Record { values, behind: None })
        };
        self.units().into_iter().filter_map(unit).collect()
    }

    /// 整体支出绩效自评: the indicators and what came of them.
    fn evaluation_rows(&self) -> Vec<Record> {
        let Some(evaluation) = self.evaluation() else { return Vec::new() };
        let words = |name: &str, words: String| (name.to_owned(), Datum::Words(words));
        let row = |item: &Item| {
            let item = item.clone();
            let score = item.score().map_or_else(|| "待评".to_owned(), |score| score.to_string());
            let values = vec![
                words("first", item.level1),
                words("second", item.level2),
                words("words", item.name),
                words("weight", item.weight.map_or_else(String::new, |weight| weight.to_string())),
                words("score", score),
                words("why", if item.worked.is_empty() { item.why } else { item.worked }),
            ];
            Record { values, behind: None }
        };
        evaluation.items().iter().map(row).collect()
    }

    fn evaluation(&self) -> Option<Evaluation> {
        let system = system(WHOLE).filter(|_| !self.is_budget())?;
        Some(self.books.evaluation(self.scope, self.year, system, system.own_scale()))
    }

    fn evaluated(&self, name: &str) -> Option<Counted> {
        let evaluation = self.evaluation()?;
        let value = match name {
            "evaluation_score" => evaluation.score()?.to_string(),
            "evaluation_grade" => evaluation.grade()?.to_owned(),
            _ => evaluation.items().iter().find(|item| name.strip_prefix("rate/") == Some(&item.code))?.percent()?,
        };
        Some(Counted { value: Datum::Number(value), unit: String::new(), behind: Vec::new() })
    }
}

impl Supply for Kept<'_> {
    fn body(&self) -> &str {
        &self.body
    }

    fn amount(&self, key: &Key) -> Option<Amount> {
        if self.pivot.knows(key) {
            return Some(self.pivot.amount(key));
        }
        if key.measures.len() > 1 {
            // A disclosure of an earlier year states each movement; their sum is what it does not say.
            let parts = key.measures.iter();
            let parts =
                parts.map(|one| self.amount(&Key { measures: Set::only(one), ..key.clone() }).map(|part| part.0));
            return parts.sum::<Option<i64>>().map(Amount);
        }
        let key = self.widened(key)?;
        self.pivot.knows(&key).then(|| self.pivot.amount(&key))
    }

    fn behind(&self, key: &Key) -> Vec<Backing> {
        let mut parts: BTreeMap<(&Origin, String), (i64, BTreeSet<u64>)> = BTreeMap::new();
        for (cell, amount, origin) in self.pieces.iter().filter(|(cell, ..)| cell.passes(key)) {
            let what = match origin {
                Origin::Line(line) => format!("{} {}", line.unit, line.words()),
                Origin::Pot(pot) => {
                    let function = codes::functional(pot.function).map_or("", |entry| entry.name);
                    let (fund, kind) = (pot.fund.term(), pot.purpose.kind().term());
                    format!("{} {fund} {} {function} {kind} {}", pot.unit, pot.function, cell.measure.term())
                }
            };
            let part = parts.entry((origin, what)).or_default();
            part.0 += amount.0;
            part.1.extend(self.trail.behind(cell, origin));
        }
        let part = |((_, what), (sum, entries)): ((&Origin, String), (i64, BTreeSet<u64>))| Backing {
            what,
            amount: Some(Amount(sum)),
            entries: entries.into_iter().collect(),
        };
        let parts: Vec<Backing> = parts.into_iter().map(part).collect();
        if !parts.is_empty() {
            return parts;
        }
        let known = self.known(key).or_else(|| self.known(&self.widened(key)?));
        let known = known.map(|(known, amount)| Backing {
            what: format!("{} {} 年已公开的数", known.unit, known.year),
            amount: Some(amount),
            entries: self.trail.known(known).into_iter().collect(),
        });
        known.into_iter().collect()
    }

    fn functions(&self, key: &Key) -> Vec<FunctionalCode> {
        self.used(key, |cell| Some(cell.function))
    }

    fn economics(&self, key: &Key) -> Vec<EconomicCode> {
        self.used(key, |cell| cell.economic)
    }

    fn figure(&self, name: &str) -> Option<Counted> {
        // Under one name accounts state what was, a budget what is planned.
        if let Some(stated) = self.stated.get(name) {
            return Some(stated.clone());
        }
        if name.starts_with("evaluation_") || name.starts_with("rate/") {
            return self.evaluated(name);
        }
        let planned = PLANNED.iter().find(|(statistic, _)| statistic.word() == name && self.is_budget());
        let figure = self.figures.get(planned.map_or(name, |(_, planned)| *planned))?;
        let value = datum(&figure.value)?;
        Some(Counted { value, unit: figure.unit.clone(), behind: self.backing(&figure.name, &figure.rows) })
    }

    fn rows(&self, list: &str) -> Vec<Record> {
        match (list, register(list)) {
            ("units", _) => self.unit_rows(),
            ("whole_evaluation", _) => self.evaluation_rows(),
            (_, Some(register)) => self.register_rows(register),
            (_, None) => Vec::new(),
        }
    }

    fn words(&self, place: &str) -> Option<String> {
        let words = self.books.year(self.scope.unit(), self.year)?.explanation(place)?;
        (!words.trim().is_empty()).then(|| words.trim().to_owned())
    }
}

impl Kept<'_> {
    fn is_budget(&self) -> bool {
        self.form.kind == DisclosureKind::Budget
    }
}

fn datum(value: &Measured) -> Option<Datum> {
    match value {
        Measured::Count(count) => Some(Datum::Count(*count)),
        Measured::Money(amount) => Some(Datum::Money(*amount)),
        Measured::Percent { .. } => Some(Datum::Number(format!("{value}%"))),
        Measured::Decimal { .. } => Some(Datum::Number(value.to_string())),
        Measured::None | Measured::Suppressed => None,
    }
}

fn held(value: &Value, field: &mingzhang_standard::register::Field) -> Datum {
    match value {
        Value::Money(amount) => Datum::Money(*amount),
        Value::Count(count) => Datum::Count(*count),
        Value::Date(day) => Datum::Day(*day),
        Value::Decimal(_) => Datum::Number(words_of(value, Some(field))),
        Value::Text(_) | Value::Choice(_) | Value::YesNo(_) => Datum::Words(words_of(value, Some(field))),
    }
}
