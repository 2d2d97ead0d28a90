//! [`Row`]: one row of a register, read from a sheet and checked.

use super::evaluate::{Defaults, Gap, Place, evaluate, holds};
use super::value::{MAX_CHARACTERS, Value, parse_cell, parse_in, words_of};
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::date::Date;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::register::expression::{Datum, Expression};
use mingzhang_standard::register::{Check, Field, FieldKind, Message, Piece, Register};
use mingzhang_standard::words;
use std::collections::BTreeMap;

/// The values of a row by the names of their fields.
pub type Row = BTreeMap<String, Value>;

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// The field that it is about, where it is about one.
    pub field: Option<String>,
    /// How much it weighs.
    pub weight: Weight,
    /// What is wrong and what to do, in Chinese.
    pub message: String,
}

/// How much a complaint weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// It can be right, and a person should look at it.
    Remark,
    /// The row cannot be right.
    Fault,
}

impl Complaint {
    fn fault(field: Option<&str>, message: String) -> Complaint {
        Complaint { field: field.map(str::to_string), weight: Weight::Fault, message }
    }
}

/// Checks a row by itself: fields that do not exist, are missing or hold the wrong kind of thing, and then
/// what the register demands. Where a field that decides a check is empty, the check says nothing.
pub fn check_row(register: &Register, row: &Row) -> Vec<Complaint> {
    let mut complaints = shape(register, row);
    let defaults = Defaults::of(register);
    let value = |name: &str| defaults.value(row, name);
    let place = alone(&value);
    let weighed = register.checks.iter().map(|check| (check, Weight::Fault));
    for (check, weight) in weighed.chain(register.remarks.iter().map(|check| (check, Weight::Remark))) {
        if let Some(told) = told(check, register, place) {
            complaints.push(Complaint { field: field_of(check, register), weight, message: told });
        }
    }
    complaints
}

/// What is wrong between rows: rows that must differ and do not, and groups whose sum is not what it must
/// be. The rows that a complaint is about stand before it.
pub fn check_rows<'a, Id: Clone>(
    register: &Register,
    rows: impl IntoIterator<Item = (Id, &'a Row)>,
) -> Vec<(Vec<Id>, Complaint)> {
    let rows: Vec<(Id, &Row)> = rows.into_iter().collect();
    let mut complaints = Vec::new();
    let mut same: BTreeMap<Vec<Value>, Vec<Id>> = BTreeMap::new();
    for (id, row) in &rows {
        if let Some(key) = identity(register, row) {
            same.entry(key).or_default().push(id.clone());
        }
    }
    let titles = |names: &[String]| {
        let titles: Vec<&str> = names.iter().map(|name| title(register, name)).collect();
        titles.join("、")
    };
    for (key, ids) in same.into_iter().filter(|(_, ids)| ids.len() > 1) {
        let told: Vec<String> =
            register.unique.iter().zip(&key).map(|(name, value)| shown(register, name, value)).collect();
        let message = format!(
            "“{}”有{}行的{}同为{}，应只登记一行，请核对后删去重复的",
            register.title,
            ids.len(),
            titles(&register.unique),
            told.join("、")
        );
        complaints.push((ids, Complaint::fault(register.unique.first().map(String::as_str), message)));
    }
    for group in &register.groups {
        complaints.extend(check_group(register, group, &rows));
    }
    complaints
}

/// The values that tell a row apart; none where the register has no such fields or one of them is empty.
pub fn identity(register: &Register, row: &Row) -> Option<Vec<Value>> {
    if register.unique.is_empty() {
        return None;
    }
    register.unique.iter().map(|name| row.get(name).cloned()).collect()
}

/// What follows from a row: name, title and words, for those that can be worked out.
pub fn computed<'r>(register: &'r Register, row: &Row) -> Vec<(&'r str, &'r str, Option<String>)> {
    let defaults = Defaults::of(register);
    let value = |name: &str| defaults.value(row, name);
    let worked = |expression: &Expression| evaluate(expression, alone(&value)).ok().map(|datum| datum_words(&datum));
    register.computed.iter().map(|one| (one.name.as_str(), one.title.as_str(), worked(&one.value))).collect()
}

/// Reads a row of a sheet by the headers of its columns: names or titles of fields, money with （万元） where
/// the column is in that unit. Columns without a header and a value are passed over.
pub fn read_row<'a>(
    register: &Register,
    cells: impl IntoIterator<Item = (&'a str, &'a Cell)>,
) -> (Row, Vec<Complaint>) {
    let (mut row, mut complaints) = (Row::new(), Vec::new());
    for (header, cell) in cells {
        if cell.is_empty() {
            continue;
        }
        let Some((field, unit)) = field_headed(register, header) else {
            let message = format!("“{}”没有“{}”这一栏，请核对表头", register.title, header.trim());
            complaints.push(Complaint::fault(None, message));
            continue;
        };
        let is_scaled = unit != Unit::Yuan && matches!(cell, Cell::Text(_) | Cell::Number(_));
        let read = if is_scaled { parse_in(field, &cell.words(), unit).map(Some) } else { parse_cell(field, cell) };
        match read {
            Ok(Some(_)) if row.contains_key(&field.name) => {
                let message = format!("“{}”在表头中出现两次，请只留一栏", field.title);
                complaints.push(Complaint::fault(Some(&field.name), message));
            }
            Ok(Some(value)) => {
                row.insert(field.name.clone(), value);
            }
            Ok(None) => {}
            Err(message) => complaints.push(Complaint::fault(Some(&field.name), message)),
        }
    }
    (row, complaints)
}

fn field_headed<'r>(register: &'r Register, header: &str) -> Option<(&'r Field, Unit)> {
    let header = words::label_key(header);
    let named = |text: &str| {
        let is_named = |field: &&Field| field.name == text || words::label_key(&field.title) == text;
        register.fields.iter().find(is_named)
    };
    if let Some(field) = named(&header) {
        return Some((field, Unit::Yuan));
    }
    [Unit::Yuan, Unit::WanYuan, Unit::YiYuan].into_iter().find_map(|unit| {
        let plain = header.strip_suffix(&format!("({})", unit.word()))?;
        named(plain).filter(|field| field.kind == FieldKind::Money).map(|field| (field, unit))
    })
}

fn shape(register: &Register, row: &Row) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (name, value) in row {
        let Some(field) = register.field(name) else {
            let message = format!("“{}”没有“{name}”这一栏", register.title);
            complaints.push(Complaint::fault(Some(name), message));
            continue;
        };
        if !value.fits(&field.kind) {
            let message =
                format!("“{}”应填{}，填的是“{}”", field.title, field.kind.title(), words_of(value, Some(field)));
            complaints.push(Complaint::fault(Some(name), message));
        }
        let length = if let Value::Text(text) = value { text.chars().count() } else { 0 };
        if length > MAX_CHARACTERS {
            let message = format!("“{}”有{length}个字，最多{MAX_CHARACTERS}个", field.title);
            complaints.push(Complaint::fault(Some(name), message));
        }
    }
    for field in &register.fields {
        let is_blank = match row.get(&field.name) {
            None => field.default.is_none(),
            Some(Value::Text(text)) => text.trim().is_empty(),
            Some(_) => false,
        };
        if field.required && is_blank {
            complaints.push(Complaint::fault(Some(&field.name), format!("“{}”必须填写", field.title)));
        }
    }
    complaints
}

/// A row looked at by itself: no check of a file may ask for a year or a cut-off day.
fn alone<'a>(row: &'a dyn Fn(&str) -> Option<Datum>) -> Place<'a> {
    Place { row, year: 0, cutoff: Date::after_epoch(0) }
}

/// What to tell of a check; nothing where it holds or does not apply.
pub(super) fn told(check: &Check, register: &Register, place: Place) -> Option<String> {
    let why = match holds(&check.that, place) {
        Ok(true) | Err(Gap::Missing(_)) => return None,
        // A value of the wrong kind has its own complaint.
        Err(Gap::WrongKind) => return None,
        Ok(false) => return Some(filled(&check.message, register, place)),
        Err(Gap::DivisionByZero) => "除数为零",
        Err(Gap::TooLarge) => "数值过大",
    };
    Some(format!("{why}，无法核对：{}", filled(&check.message, register, place)))
}

fn filled(message: &Message, register: &Register, place: Place) -> String {
    let words = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Slot(name) => slot(name, register, place),
    };
    message.0.iter().map(words).collect()
}

fn slot(name: &str, register: &Register, place: Place) -> String {
    let computed = register.computed.iter().find(|computed| computed.name == name);
    let value = match computed {
        Some(computed) => evaluate(&computed.value, place).ok(),
        None => (place.row)(name),
    };
    match (value, register.field(name)) {
        (None, _) => "（未填）".to_string(),
        (Some(Datum::Choice(word)), field) => words_of(&Value::Choice(word), field),
        (Some(value), _) => datum_words(&value),
    }
}

/// The first field that the message prints; else the first that the condition names.
fn field_of(check: &Check, register: &Register) -> Option<String> {
    let printed = check.message.first_slot().filter(|name| register.field(name).is_some());
    let mut named = None;
    check.that.each_field(&mut |name| named = named.or(Some(name)));
    printed.or(named).map(str::to_string)
}

/// A value as a person reads it: money in yuan, other numbers with at most four decimals.
pub(super) fn datum_words(datum: &Datum) -> String {
    match datum {
        Datum::Number(number) => decimal(*number),
        Datum::Money(fen) => match fen.rounded(0).and_then(|fen| i64::try_from(fen).ok()) {
            Some(fen) => format!("{}元", render(Amount(fen), Unit::Yuan, 2, true)),
            None => "（数值过大）".to_string(),
        },
        Datum::Date(date) => date.to_string(),
        Datum::Text(text) | Datum::Choice(text) => text.clone(),
        Datum::YesNo(yes) => if *yes { "是" } else { "否" }.to_string(),
    }
}

fn decimal(number: Fraction) -> String {
    match number.rounded(4).and_then(|parts| i64::try_from(parts).ok()) {
        Some(parts) => words_of(&Value::Decimal(parts), None),
        None => "（数值过大）".to_string(),
    }
}

fn title<'r>(register: &'r Register, name: &'r str) -> &'r str {
    register.field(name).map_or(name, |field| field.title.as_str())
}

/// A value as a message may show it.
fn shown(register: &Register, name: &str, value: &Value) -> String {
    match register.field(name) {
        Some(field) if field.secret => "（不公开）".to_string(),
        field => format!("“{}”", words_of(value, field)),
    }
}

fn check_group<Id: Clone>(
    register: &Register,
    group: &mingzhang_standard::register::GroupCheck,
    rows: &[(Id, &Row)],
) -> Vec<(Vec<Id>, Complaint)> {
    let defaults = Defaults::of(register);
    let mut groups: BTreeMap<Vec<Value>, Vec<(Id, &Row)>> = BTreeMap::new();
    for (id, row) in rows {
        let key: Option<Vec<Value>> = group.by.iter().map(|name| row.get(name).cloned()).collect();
        if let Some(key) = key {
            groups.entry(key).or_default().push((id.clone(), row));
        }
    }
    let mut complaints = Vec::new();
    for members in groups.into_values() {
        let parts = members.iter().map(|(_, row)| {
            let value = |name: &str| defaults.value(row, name);
            evaluate(&group.sum, alone(&value))
        });
        let Some(total) = sum(parts) else { continue };
        let first = members[0].1;
        let value =
            |name: &str| if name == "total" { Some(total.clone()) } else { first.get(name).map(|value| value.datum()) };
        if let Some(message) = told(&group.check, register, alone(&value)) {
            let ids = members.iter().map(|(id, _)| id.clone()).collect();
            complaints.push((ids, Complaint::fault(group.by.first().map(String::as_str), message)));
        }
    }
    complaints
}

/// The sum of numbers or of money; none where one of them cannot be worked out, or nothing is added.
fn sum(parts: impl Iterator<Item = Result<Datum, Gap>>) -> Option<Datum> {
    let mut total = None;
    for part in parts {
        total = Some(match (total, part.ok()?) {
            (None, part) => part,
            (Some(Datum::Number(a)), Datum::Number(b)) => Datum::Number(a.plus(b)?),
            (Some(Datum::Money(a)), Datum::Money(b)) => Datum::Money(a.plus(b)?),
            _ => return None,
        });
    }
    total
}
