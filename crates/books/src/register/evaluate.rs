//! Working out an [`Expression`] on a row. It always ends and never panics: what cannot be worked out is a
//! [`Gap`] that says why.

use super::row::Row;
use mingzhang_model::date::Date;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::register::Register;
use mingzhang_standard::register::expression::{Comparison, Datum, Expression, Operation};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Why an expression has no value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gap {
    /// This field is empty.
    Missing(String),
    /// Something is divided by nothing.
    DivisionByZero,
    /// A number on the way does not fit.
    TooLarge,
    /// A field holds what its kind cannot hold.
    WrongKind,
}

/// What an expression is worked out on.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The values by name.
    pub row: &'a dyn Fn(&str) -> Option<Datum>,
    /// The fiscal year asked for.
    pub year: u16,
    /// The cut-off day asked for.
    pub cutoff: Date,
}

/// The values of a row, with what its register says stands where nothing is written.
pub(super) struct Defaults(BTreeMap<String, Datum>);

impl Defaults {
    pub(super) fn of(register: &Register) -> Defaults {
        let default = |field: &mingzhang_standard::register::Field| {
            let value = super::value::parse_value(field, field.default.as_ref()?).ok()?;
            Some((field.name.clone(), value.datum()))
        };
        Defaults(register.fields.iter().filter_map(default).collect())
    }

    pub(super) fn value(&self, row: &Row, name: &str) -> Option<Datum> {
        row.get(name).map(|value| value.datum()).or_else(|| self.0.get(name).cloned())
    }
}

/// Works an expression out.
///
/// A condition is decided by the sides that can be worked out where these are enough: `no and …` is no, and
/// `yes or …` is yes, whatever the other side lacks.
pub fn evaluate(expression: &Expression, place: Place) -> Result<Datum, Gap> {
    let number = |fraction: Fraction| Ok(Datum::Number(fraction));
    match expression {
        Expression::Literal(value) => Ok(value.clone()),
        Expression::Field(name) => (place.row)(name).ok_or_else(|| Gap::Missing(name.clone())),
        Expression::Present(name) => Ok(Datum::YesNo((place.row)(name).is_some())),
        Expression::Year => number(Fraction::whole(i64::from(place.year))),
        Expression::Cutoff => Ok(Datum::Date(place.cutoff)),
        Expression::YearOf(day) => match evaluate(day, place)? {
            Datum::Date(day) => number(Fraction::whole(i64::from(day.year()))),
            _ => Err(Gap::WrongKind),
        },
        Expression::Not(inner) => Ok(Datum::YesNo(!holds(inner, place)?)),
        Expression::And(a, b) => decided(a, b, place, Decisive::No),
        Expression::Or(a, b) => decided(a, b, place, Decisive::Yes),
        Expression::Compare(how, a, b) => compare(*how, &evaluate(a, place)?, &evaluate(b, place)?),
        Expression::OneOf(one, values) => {
            let value = evaluate(one, place)?;
            Ok(Datum::YesNo(values.contains(&value)))
        }
        Expression::Reckon(operation, a, b) => reckon(*operation, evaluate(a, place)?, evaluate(b, place)?),
        Expression::Round(inner, decimals) => round(evaluate(inner, place)?, *decimals),
        Expression::If(condition, a, b) => evaluate(if holds(condition, place)? { a } else { b }, place),
    }
}

/// Works a condition out.
pub(super) fn holds(condition: &Expression, place: Place) -> Result<bool, Gap> {
    match evaluate(condition, place)? {
        Datum::YesNo(yes) => Ok(yes),
        _ => Err(Gap::WrongKind),
    }
}

/// The side of a condition that decides it alone.
#[derive(Clone, Copy, PartialEq)]
enum Decisive {
    Yes,
    No,
}

fn decided(a: &Expression, b: &Expression, place: Place, by: Decisive) -> Result<Datum, Gap> {
    let decisive = by == Decisive::Yes;
    let (a, b) = (holds(a, place), holds(b, place));
    match (a, b) {
        (Ok(side), _) | (_, Ok(side)) if side == decisive => Ok(Datum::YesNo(decisive)),
        (Err(gap), _) | (_, Err(gap)) => Err(gap),
        _ => Ok(Datum::YesNo(!decisive)),
    }
}

fn compare(how: Comparison, a: &Datum, b: &Datum) -> Result<Datum, Gap> {
    let order = match (a, b) {
        (Datum::Number(a), Datum::Number(b)) | (Datum::Money(a), Datum::Money(b)) => a.cmp(b),
        (Datum::Date(a), Datum::Date(b)) => a.cmp(b),
        (Datum::Text(a), Datum::Text(b)) | (Datum::Choice(a), Datum::Choice(b)) => a.cmp(b),
        (Datum::YesNo(a), Datum::YesNo(b)) => a.cmp(b),
        _ => return Err(Gap::WrongKind),
    };
    Ok(Datum::YesNo(match how {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::Unequal => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::AtLeast => order != Ordering::Less,
    }))
}

fn reckon(operation: Operation, a: Datum, b: Datum) -> Result<Datum, Gap> {
    use Datum::{Date, Money, Number};
    let fits = |number: Option<Fraction>| number.ok_or(Gap::TooLarge);
    let quotient = |a: Fraction, b: Fraction| fits(a.times(b.inverted().ok_or(Gap::DivisionByZero)?));
    Ok(match (operation, a, b) {
        (Operation::Add, Number(a), Number(b)) => Number(fits(a.plus(b))?),
        (Operation::Add, Money(a), Money(b)) => Money(fits(a.plus(b))?),
        (Operation::Subtract, Number(a), Number(b)) => Number(fits(a.plus(b.negated()))?),
        (Operation::Subtract, Money(a), Money(b)) => Money(fits(a.plus(b.negated()))?),
        (Operation::Subtract, Date(a), Date(b)) => Number(Fraction::whole(a.since_epoch() - b.since_epoch())),
        (Operation::Add, Date(day), Number(days)) => Date(moved(day, days)?),
        (Operation::Subtract, Date(day), Number(days)) => Date(moved(day, days.negated())?),
        (Operation::Multiply, Number(a), Number(b)) => Number(fits(a.times(b))?),
        (Operation::Multiply, Money(a), Number(b)) | (Operation::Multiply, Number(a), Money(b)) => {
            Money(fits(a.times(b))?)
        }
        (Operation::Divide, Number(a), Number(b)) | (Operation::Divide, Money(a), Money(b)) => Number(quotient(a, b)?),
        (Operation::Divide, Money(a), Number(b)) => Money(quotient(a, b)?),
        (Operation::Least, Number(a), Number(b)) => Number(a.min(b)),
        (Operation::Least, Money(a), Money(b)) => Money(a.min(b)),
        (Operation::Least, Date(a), Date(b)) => Date(a.min(b)),
        (Operation::Greatest, Number(a), Number(b)) => Number(a.max(b)),
        (Operation::Greatest, Money(a), Money(b)) => Money(a.max(b)),
        (Operation::Greatest, Date(a), Date(b)) => Date(a.max(b)),
        _ => return Err(Gap::WrongKind),
    })
}

/// The day so many whole days later. Four million days are more than the calendar has.
fn moved(day: Date, days: Fraction) -> Result<Date, Gap> {
    let days = days.to_whole().filter(|days| days.abs() <= 4_000_000).ok_or(Gap::TooLarge)?;
    Ok(day.plus(days))
}

fn round(value: Datum, decimals: u8) -> Result<Datum, Gap> {
    let rounded = |number: Fraction, decimals: u8| {
        let parts = number.rounded(decimals).ok_or(Gap::TooLarge)?;
        Fraction::new(parts, 10i128.pow(u32::from(decimals))).ok_or(Gap::TooLarge)
    };
    let hundred = Fraction::whole(100);
    match value {
        Datum::Number(number) => Ok(Datum::Number(rounded(number, decimals)?)),
        // Money is counted in fen and rounded in yuan.
        Datum::Money(fen) => {
            let yuan = fen.times(hundred.inverted().ok_or(Gap::TooLarge)?).ok_or(Gap::TooLarge)?;
            Ok(Datum::Money(rounded(yuan, decimals)?.times(hundred).ok_or(Gap::TooLarge)?))
        }
        _ => Err(Gap::WrongKind),
    }
}
