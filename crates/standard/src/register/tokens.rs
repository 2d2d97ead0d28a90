//! The words, numbers and signs that an expression of a register is written with.

use super::expression::Datum;
use crate::fraction::Fraction;
use mingzhang_model::date::Date;
use std::fmt;

/// One of them.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// A name: of a field, a function, a choice.
    Word(String),
    /// A number, money, a day, words in quotation marks.
    Value(Datum),
    /// A sign.
    Symbol(&'static str),
}

impl Token {
    /// True for this sign, or for this word.
    pub(super) fn is(&self, text: &str) -> bool {
        match self {
            Token::Word(word) => word == text,
            Token::Symbol(symbol) => *symbol == text,
            Token::Value(_) => false,
        }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Word(word) => write!(f, "“{word}”"),
            Token::Symbol(symbol) => write!(f, "“{symbol}”"),
            Token::Value(_) => f.write_str("a value"),
        }
    }
}

/// The longer sign before the one that begins it.
const SYMBOLS: [&str; 13] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", ","];

/// What stands behind a number, and by how many fen it multiplies; a percent sign by how little.
const UNITS: [(&str, i64); 3] = [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100)];

/// Cuts an expression up.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = if first.is_ascii_digit() {
            number(rest)?
        } else if first == '\'' || first == '"' {
            let inner = &rest[1..];
            let end = inner.find(first).ok_or("a quotation does not end")?;
            (Token::Value(Datum::Text(inner[..end].to_string())), &inner[end + 1..])
        } else if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            (Token::Word(rest[..end].to_string()), &rest[end..])
        } else {
            let symbol = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol));
            let symbol = symbol.ok_or_else(|| format!("“{first}” means nothing here"))?;
            (Token::Symbol(symbol), &rest[symbol.len()..])
        };
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

fn number(text: &str) -> Result<(Token, &str), String> {
    // Ten characters shaped like a day are a day: nobody subtracts months from years.
    if let Some(day) = text.get(..10).filter(|day| day.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
        && day.matches('-').count() == 2
    {
        let date = Date::parse(day).ok_or_else(|| format!("{day} is no day"))?;
        return Ok((Token::Value(Datum::Date(date)), &text[10..]));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let value = Fraction::parse(digits).ok_or_else(|| format!("“{digits}” is no number"))?;
    let times =
        |by: Option<Fraction>| by.and_then(|by| value.times(by)).ok_or_else(|| format!("{digits} is too large"));
    if let Some(rest) = rest.strip_prefix('%') {
        return Ok((Token::Value(Datum::Number(times(Fraction::new(1, 100))?)), rest));
    }
    for (unit, fen) in UNITS {
        if let Some(rest) = rest.strip_prefix(unit) {
            return Ok((Token::Value(Datum::Money(times(Some(Fraction::whole(fen)))?)), rest));
        }
    }
    if rest.starts_with(|c: char| c.is_alphabetic()) {
        return Err(format!("the unit behind {digits} is unknown"));
    }
    Ok((Token::Value(Datum::Number(value)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_rates_and_days_are_values() {
        let value = |text: &str| match tokens(text).unwrap().as_slice() {
            [Token::Value(value)] => value.clone(),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(value("100.00万元"), Datum::Money(Fraction::whole(100_000_000)));
        assert_eq!(value("0.5元"), Datum::Money(Fraction::whole(50)));
        assert_eq!(value("1亿元"), Datum::Money(Fraction::whole(10_000_000_000)));
        assert_eq!(value("30%"), Datum::Number(Fraction::new(3, 10).unwrap()));
        assert_eq!(value("2022-12-31"), Datum::Date(Date::new(2022, 12, 31).unwrap()));
        assert_eq!(tokens("2022-12").unwrap().len(), 3);
        for wrong in ["1.2.3", "3个", "2022-13-01", "99999999999999999999999999999999999999999", "甲"] {
            assert!(tokens(wrong).is_err(), "{wrong}");
        }
    }
}
