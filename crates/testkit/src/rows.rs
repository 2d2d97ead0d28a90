//! The rows of registers that tests need: projects that lines may name, receptions and
//! vehicles that payments need, contracts.

use mingzhang_books::register::{Row, Value};
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

fn choice(word: &str) -> Value {
    Value::Choice(word.to_owned())
}

fn row<const N: usize>(fields: [(&str, Value); N]) -> Row {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn day(year: u16, month: u8, day: u8) -> Value {
    Value::Date(Date::new(year, month, day).unwrap())
}

/// The office that owns every project.
pub fn office() -> Row {
    row([("name", text("综合科")), ("basis", text("编办1号")), ("established", day(2019, 3, 1))])
}

/// A project in the library for a year.
pub fn project(code: &str, year: u16, words: &str) -> Row {
    row([
        ("fiscal_year", Value::Count(u64::from(year))),
        ("code", text(code)),
        ("words", text(words)),
        ("frequency", choice("recurring")),
        ("category", choice("operational")),
        ("summary", text("概述")),
        ("basis", text("市政府办〔2023〕1号")),
        ("body", text("本单位")),
        ("plan", text("方案")),
        ("from", day(year, 1, 1)),
        ("to", day(year, 12, 31)),
        ("estimate", text("数量×标准")),
        ("goal", text("按期完成")),
        ("budget", Value::Money(Amount(100_000_000))),
        ("appropriation", Value::Money(Amount(100_000_000))),
        ("goals_reported", Value::YesNo(true)),
        ("owner", text("综合科")),
    ])
}

/// A reception by a letter.
pub fn reception(letter: &str, year: u16, guests: u64) -> Row {
    row([
        ("letter", text(letter)),
        ("day", day(year, 5, 6)),
        ("kind", choice("domestic")),
        ("visitor", text("邻市档案馆")),
        ("purpose", text("考察")),
        ("guests", Value::Count(guests)),
        ("companions", Value::Count(2)),
        ("listed", Value::YesNo(true)),
    ])
}

/// A vehicle.
pub fn vehicle(number: &str) -> Row {
    row([
        ("number", text(number)),
        ("model", text("轿车")),
        ("kind", choice("emergency")),
        ("means", choice("transfer")),
        ("acquired", day(2019, 5, 6)),
        ("appropriation", Value::YesNo(true)),
    ])
}

/// What a vehicle costs in a month.
pub fn vehicle_cost(entry: &str, vehicle: &str, year: u16, month: u8) -> Row {
    row([("entry", text(entry)), ("vehicle", text(vehicle)), ("month", day(year, month, 28))])
}

/// A contract of so many fen.
pub fn contract(number: &str, year: u16, amount: i64) -> Row {
    let money = || Value::Money(Amount(amount));
    row([
        ("number", text(number)),
        ("words", text("物业")),
        ("kind", choice("services")),
        ("budget_year", Value::Count(u64::from(year))),
        ("budget", money()),
        ("plan", money()),
        ("reserve", choice("none")),
        ("signed", day(year, 1, 5)),
        ("amount", money()),
        ("size", choice("medium")),
    ])
}

/// What a contract is worth, in fen.
pub fn contract_amount(row: &Row) -> Option<i64> {
    match row.get("amount") {
        Some(Value::Money(amount)) => Some(amount.0),
        _ => None,
    }
}

/// Whether the row is of this project in this year.
pub fn is_project(row: &Row, code: &str, year: u16) -> bool {
    row.get("code") == Some(&text(code)) && row.get("fiscal_year") == Some(&Value::Count(u64::from(year)))
}
