//! [`figures`]: the numbers of a disclosure, worked out from the rows of a register, with the rows behind them.

use super::evaluate::{Defaults, Gap, Place, evaluate, holds};
use super::row::{Complaint, Row, Weight, told};
use super::value::Value;
use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::date::Date;
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::register::expression::Datum;
use mingzhang_standard::register::{Counted, FigureForm, Moment, Register};
use std::collections::{BTreeMap, BTreeSet};

/// A figure and where it comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FigureValue<Id> {
    /// Its name.
    pub name: String,
    /// The number of a disclosure that it is, where the nouns have it.
    pub statistic: Option<Statistic>,
    /// Its name in Chinese.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The number.
    pub value: Measured,
    /// The rows that it was counted from.
    pub rows: Vec<Id>,
    /// Rows that belong to it and could not be counted, with the reason: an empty field, a number too large.
    /// While there are any, the figure is not complete.
    pub unclear: Vec<(Id, Gap)>,
}

/// A number that was worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measured {
    /// How many.
    Count(u64),
    /// Money.
    Money(Amount),
    /// A percentage, in units of its last decimal: 8333 with two decimals is 83.33%.
    Percent {
        /// Units of the last decimal.
        parts: i64,
        /// Decimals, half rounded up.
        decimals: u8,
    },
    /// Another number, in units of its last decimal.
    Decimal {
        /// Units of the last decimal.
        parts: i64,
        /// Decimals, half rounded up.
        decimals: u8,
    },
    /// There is none: a rate of nothing, a mean without rows, a number too large.
    None,
    /// It is known and not told, since so few could point at somebody.
    Suppressed,
}

impl std::fmt::Display for Measured {
    /// As it is printed, without its unit; money in yuan with separators.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Measured::Count(count) => write!(f, "{count}"),
            Measured::Money(amount) => f.write_str(&render(*amount, Unit::Yuan, 2, true)),
            Measured::Percent { parts, decimals: 0 } | Measured::Decimal { parts, decimals: 0 } => write!(f, "{parts}"),
            Measured::Percent { parts, decimals } | Measured::Decimal { parts, decimals } => {
                let (sign, size) = (if *parts < 0 { "-" } else { "" }, parts.unsigned_abs());
                let one = 10u64.saturating_pow(u32::from(*decimals));
                write!(f, "{sign}{}.{:0width$}", size / one, size % one, width = usize::from(*decimals))
            }
            Measured::None => f.write_str("无"),
            Measured::Suppressed => f.write_str("*"),
        }
    }
}

/// Works out every figure of a register for a fiscal year and a cut-off day.
///
/// Rows carry names of the caller's; the names behind each figure come back in the order of the rows.
pub fn figures<'a, Id: Clone + Ord>(
    register: &Register,
    rows: impl IntoIterator<Item = (Id, &'a Row)>,
    year: u16,
    cutoff: Date,
) -> Vec<FigureValue<Id>> {
    let rows: Vec<(Id, &Row)> = rows.into_iter().collect();
    let defaults = Defaults::of(register);
    let asked = Asked { register, defaults: &defaults, year, cutoff };
    let mut found: Vec<FigureValue<Id>> = register
        .figures
        .iter()
        .map(|form| {
            let mut figure = named(form);
            asked.count(form, &rows, &mut figure);
            figure
        })
        .collect();
    let exact: BTreeMap<String, Measured> = found.iter().map(|figure| (figure.name.clone(), figure.value)).collect();
    suppress(register, &mut found);
    for (at, form) in register.figures.iter().enumerate() {
        let Counted::Ratio(part, whole) = &form.counted else { continue };
        let of = |name: &str| found.iter().find(|figure| figure.name == name);
        let (Some(upper), Some(lower)) = (of(part), of(whole)) else { continue };
        let is_told = upper.value != Measured::Suppressed && lower.value != Measured::Suppressed;
        let value = match (exact.get(part), exact.get(whole)) {
            (Some(part), Some(whole)) if is_told => percent(*part, *whole, form.decimals),
            _ => Measured::Suppressed,
        };
        let rows: BTreeSet<Id> = upper.rows.iter().chain(&lower.rows).cloned().collect();
        let unclear = upper.unclear.iter().chain(&lower.unclear).cloned().collect();
        let figure = &mut found[at];
        (figure.value, figure.rows, figure.unclear) = (value, rows.into_iter().collect(), unclear);
    }
    found
}

/// What a person should look at because the figures of a year do not stand to each other as they should.
pub fn agreements<Id>(register: &Register, figures: &[FigureValue<Id>]) -> Vec<Complaint> {
    let value = |name: &str| {
        let figure = figures.iter().find(|figure| figure.name == name)?;
        Some(match figure.value {
            Measured::Count(count) => Datum::Number(Fraction::new(i128::from(count), 1)?),
            Measured::Money(amount) => Datum::Money(Fraction::whole(amount.0)),
            Measured::Percent { parts, decimals } | Measured::Decimal { parts, decimals } => {
                Datum::Number(Fraction::new(i128::from(parts), 10i128.checked_pow(u32::from(decimals))?)?)
            }
            Measured::None | Measured::Suppressed => return None,
        })
    };
    let place = Place { row: &value, year: 0, cutoff: Date::after_epoch(0) };
    let complain = |message| Complaint { field: None, weight: Weight::Remark, message };
    register.agreements.iter().filter_map(|check| told(check, register, place)).map(complain).collect()
}

struct Asked<'a> {
    register: &'a Register,
    defaults: &'a Defaults,
    year: u16,
    cutoff: Date,
}

fn named<Id>(form: &FigureForm) -> FigureValue<Id> {
    FigureValue {
        name: form.name.clone(),
        statistic: form.statistic,
        title: form.title.clone(),
        unit: form.unit.clone(),
        value: Measured::None,
        rows: Vec::new(),
        unclear: Vec::new(),
    }
}

impl Asked<'_> {
    /// Counts everything but ratios, which need the others.
    fn count<Id: Clone>(&self, form: &FigureForm, rows: &[(Id, &Row)], figure: &mut FigureValue<Id>) {
        let latest = match &form.moment {
            Moment::Latest(field) => Some(self.latest(field, rows)),
            _ => None,
        };
        let mut total = Some(Fraction::ZERO);
        let mut different: BTreeSet<&Value> = BTreeSet::new();
        for (at, (id, row)) in rows.iter().enumerate() {
            let value = |name: &str| self.defaults.value(row, name);
            let place = Place { row: &value, year: self.year, cutoff: self.cutoff };
            let is_then = match &latest {
                Some(latest) => latest.contains(&at),
                None => self.counts(&form.moment, place),
            };
            if !is_then {
                continue;
            }
            match form.filter.as_ref().map_or(Ok(true), |filter| holds(filter, place)) {
                Ok(true) => {}
                // A condition about an empty field does not hold.
                Ok(false) | Err(Gap::Missing(_)) => continue,
                Err(gap) => {
                    figure.unclear.push((id.clone(), gap));
                    continue;
                }
            }
            let part = match &form.counted {
                Counted::Rows => Ok(Fraction::whole(1)),
                Counted::Sum(sum) | Counted::Money(sum) | Counted::Mean(sum) => match evaluate(sum, place) {
                    Ok(Datum::Number(part) | Datum::Money(part)) => Ok(part),
                    Ok(_) => Err(Gap::WrongKind),
                    Err(gap) => Err(gap),
                },
                Counted::Distinct(name) => match row.get(name) {
                    Some(value) => {
                        different.insert(value);
                        Ok(Fraction::ZERO)
                    }
                    None => Err(Gap::Missing(name.clone())),
                },
                Counted::Ratio(..) => return,
            };
            match part {
                Ok(part) => {
                    total = total.and_then(|total| total.plus(part));
                    figure.rows.push(id.clone());
                }
                Err(gap) => figure.unclear.push((id.clone(), gap)),
            }
        }
        let rows = figure.rows.len();
        figure.value = total.and_then(|total| measured(form, total, rows, different.len())).unwrap_or(Measured::None);
    }

    fn counts(&self, moment: &Moment, place: Place) -> bool {
        match moment {
            Moment::Any | Moment::Latest(_) => true,
            Moment::Year(field) => match (place.row)(field) {
                Some(Datum::Date(day)) => day.year() == self.year,
                Some(Datum::Number(year)) => year == Fraction::whole(i64::from(self.year)),
                _ => false,
            },
            Moment::Cutoff { from, until } => {
                let has_come = |field: &str| matches!((place.row)(field), Some(Datum::Date(day)) if day <= self.cutoff);
                has_come(from) && !until.as_ref().is_some_and(|until| has_come(until))
            }
        }
    }

    /// Which rows are the last on or before the cut-off day among those that share the other unique fields.
    fn latest<Id>(&self, field: &str, rows: &[(Id, &Row)]) -> BTreeSet<usize> {
        let mut last: BTreeMap<Vec<Option<&Value>>, (Date, usize)> = BTreeMap::new();
        for (at, (_, row)) in rows.iter().enumerate() {
            let Some(Value::Date(day)) = row.get(field) else { continue };
            if *day > self.cutoff {
                continue;
            }
            let others = self.register.unique.iter().filter(|name| *name != field);
            let key = others.map(|name| row.get(name)).collect();
            let entry = last.entry(key).or_insert((*day, at));
            if *day >= entry.0 {
                *entry = (*day, at);
            }
        }
        last.into_values().map(|(_, at)| at).collect()
    }
}

fn measured(form: &FigureForm, total: Fraction, rows: usize, different: usize) -> Option<Measured> {
    Some(match &form.counted {
        Counted::Rows => Measured::Count(u64::try_from(rows).ok()?),
        Counted::Distinct(_) => Measured::Count(u64::try_from(different).ok()?),
        Counted::Money(_) => Measured::Money(Amount(i64::try_from(total.rounded(0)?).ok()?)),
        Counted::Sum(_) => match total.to_whole().and_then(|count| u64::try_from(count).ok()) {
            Some(count) => Measured::Count(count),
            None => decimal(total, form.decimals)?,
        },
        Counted::Mean(_) => {
            let rows = Fraction::new(i128::try_from(rows).ok()?, 1)?;
            decimal(total.times(rows.inverted()?)?, form.decimals)?
        }
        Counted::Ratio(..) => return None,
    })
}

fn decimal(number: Fraction, decimals: u8) -> Option<Measured> {
    Some(Measured::Decimal { parts: i64::try_from(number.rounded(decimals)?).ok()?, decimals })
}

fn percent(part: Measured, whole: Measured, decimals: u8) -> Measured {
    let number = |measured: Measured| match measured {
        Measured::Count(count) => Fraction::new(i128::from(count), 1),
        Measured::Money(amount) => Some(Fraction::whole(amount.0)),
        Measured::Decimal { parts, decimals } => {
            Fraction::new(i128::from(parts), 10i128.checked_pow(u32::from(decimals))?)
        }
        _ => None,
    };
    let rate = || {
        let rate = number(part)?.times(number(whole)?.inverted()?)?.times(Fraction::whole(100))?;
        Some(Measured::Percent { parts: i64::try_from(rate.rounded(decimals)?).ok()?, decimals })
    };
    rate().unwrap_or(Measured::None)
}

/// Takes back small counts; and where one figure by kinds is taken back alone, the smallest of the others
/// too, since their total would tell it.
fn suppress<Id>(register: &Register, found: &mut [FigureValue<Id>]) {
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, form) in register.figures.iter().enumerate() {
        let Some(limit) = form.suppress_below else { continue };
        if matches!(found[at].value, Measured::Count(count) if (1..limit).contains(&count)) {
            found[at].value = Measured::Suppressed;
        }
        if let Some(family) = &form.family {
            families.entry(family).or_default().push(at);
        }
    }
    for members in families.into_values() {
        let hidden = members.iter().filter(|at| found[**at].value == Measured::Suppressed).count();
        let told = members.iter().filter_map(|at| match found[*at].value {
            Measured::Count(count) if count > 0 => Some((count, *at)),
            _ => None,
        });
        let smallest = told.min();
        if let (1, Some((_, at))) = (hidden, smallest) {
            found[at].value = Measured::Suppressed;
        }
    }
}
