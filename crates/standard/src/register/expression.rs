//! [`Expression`]: what the checks and figures of a register say about a row, in a small typed language.
//!
//! ```text
//! kind = domestic and guests > 0          paid <= contract         year_of(signed) = year
//! present(letter) or kind in (foreign, business)                   amount / guests <= 300元
//! ```
//!
//! It is read once, with the types of the fields: a name that is no field, a choice that the field does not
//! have, money compared with a number are faults of the file. There are no loops and no calls of anything
//! but the functions listed in [`FUNCTIONS`], so every expression ends.
//!
//! Absent on purpose: working it out. That needs a row, and rows belong to the books.

use super::tokens::{Token, tokens};
use crate::fraction::Fraction;
use mingzhang_model::date::Date;
use std::collections::BTreeMap;

/// The functions: `present(field)`, `year_of(date)`, `min(a, b)`, `max(a, b)`, `round(a, decimals)`, and
/// `if(condition, then, else)`.
pub const FUNCTIONS: [&str; 6] = ["present", "year_of", "min", "max", "round", "if"];

/// Words that no field may be called.
pub const RESERVED: [&str; 8] = ["and", "or", "not", "in", "yes", "no", "year", "cutoff"];

/// How deep brackets and operators may nest.
const MAX_DEPTH: usize = 64;

/// What kind of thing an expression is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// A pure number: counts, years, rates, days between two dates.
    Number,
    /// Money.
    Money,
    /// A day.
    Date,
    /// Words.
    Text,
    /// One of these words.
    Choice(Vec<String>),
    /// Yes or no.
    YesNo,
}

/// A value that an expression has or names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Datum {
    /// A number.
    Number(Fraction),
    /// Money in fen; between the steps of a computation it may have parts of a fen.
    Money(Fraction),
    /// A day.
    Date(Date),
    /// Words.
    Text(String),
    /// The word of a choice.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// =
    Equal,
    /// !=
    Unequal,
    /// <
    Less,
    /// <=
    AtMost,
    /// \>
    Greater,
    /// \>=
    AtLeast,
}

/// How two values are reckoned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// \+
    Add,
    /// −
    Subtract,
    /// ×
    Multiply,
    /// ÷
    Divide,
    /// The lesser.
    Least,
    /// The greater.
    Greatest,
}

/// A typed expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expression {
    /// A value as written.
    Literal(Datum),
    /// What the field of this name holds.
    Field(String),
    /// Whether the field holds anything.
    Present(String),
    /// The fiscal year asked for.
    Year,
    /// The cut-off day asked for.
    Cutoff,
    /// The year of a day.
    YearOf(Box<Expression>),
    /// Not.
    Not(Box<Expression>),
    /// Both.
    And(Box<Expression>, Box<Expression>),
    /// One or both.
    Or(Box<Expression>, Box<Expression>),
    /// A comparison.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// One of several values.
    OneOf(Box<Expression>, Vec<Datum>),
    /// A calculation.
    Reckon(Operation, Box<Expression>, Box<Expression>),
    /// Rounded half up to so many decimals: of a number, or of yuan where it is money.
    Round(Box<Expression>, u8),
    /// One of two by a condition.
    If(Box<Expression>, Box<Expression>, Box<Expression>),
}

impl Expression {
    /// Calls `see` with every field that is named.
    pub fn each_field<'a>(&'a self, see: &mut dyn FnMut(&'a str)) {
        match self {
            Expression::Literal(_) | Expression::Year | Expression::Cutoff => {}
            Expression::Field(name) | Expression::Present(name) => see(name),
            Expression::YearOf(one) | Expression::Not(one) | Expression::OneOf(one, _) | Expression::Round(one, _) => {
                one.each_field(see);
            }
            Expression::And(a, b)
            | Expression::Or(a, b)
            | Expression::Compare(_, a, b)
            | Expression::Reckon(_, a, b) => [a, b].into_iter().for_each(|side| side.each_field(see)),
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|part| part.each_field(see)),
        }
    }
}

/// The names that an expression may use.
#[derive(Clone, Default, Debug)]
pub struct Scope {
    /// Fields and their types.
    pub fields: BTreeMap<String, Type>,
    /// Names that stand for other expressions.
    pub computed: BTreeMap<String, (Expression, Type)>,
    /// Whether a year and a cut-off day are asked for where it is used.
    pub period: Period,
}

/// Whether there is a year to speak of.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Period {
    /// A row is looked at by itself.
    #[default]
    None,
    /// Figures of a year are asked for, at a cut-off day.
    Asked,
}

/// Reads an expression, and says what type it has.
pub fn parse(text: &str, scope: &Scope) -> Result<(Expression, Type), String> {
    let tokens = tokens(text).map_err(|fault| format!("“{text}”: {fault}"))?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, scope };
    let read = parser.either().and_then(|part| match parser.tokens.get(parser.at) {
        None => part.whole(),
        Some(token) => Err(format!("{token} is one too many")),
    });
    read.map_err(|fault| format!("“{text}”: {fault}"))
}

/// Reads a condition.
pub fn condition(text: &str, scope: &Scope) -> Result<Expression, String> {
    match parse(text, scope)? {
        (expression, Type::YesNo) => Ok(expression),
        (_, other) => Err(format!("“{text}” is {}, not a condition", other.name())),
    }
}

impl Type {
    /// What it is called in faults.
    pub fn name(&self) -> &'static str {
        match self {
            Type::Number => "a number",
            Type::Money => "money",
            Type::Date => "a date",
            Type::Text => "words",
            Type::Choice(_) => "a choice",
            Type::YesNo => "yes or no",
        }
    }
}

/// A part that has been read: whole, or a bare word that only the other side of a comparison explains.
enum Part {
    Whole(Expression, Type),
    Word(String),
}

impl Part {
    fn whole(self) -> Result<(Expression, Type), String> {
        match self {
            Part::Whole(expression, of) => Ok((expression, of)),
            Part::Word(word) => Err(format!("“{word}” is no field")),
        }
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    scope: &'a Scope,
}

impl Parser<'_> {
    fn take(&mut self, symbol: &str) -> bool {
        let taken = self.tokens.get(self.at).is_some_and(|token| token.is(symbol));
        self.at += usize::from(taken);
        taken
    }

    fn expect(&mut self, symbol: &str) -> Result<(), String> {
        if self.take(symbol) {
            return Ok(());
        }
        Err(match self.tokens.get(self.at) {
            Some(token) => format!("“{symbol}” is wanted where {token} stands"),
            None => format!("“{symbol}” is missing at the end"),
        })
    }

    fn either(&mut self) -> Result<Part, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("too deeply nested".into());
        }
        let mut left = self.both()?;
        while self.take("or") {
            let (a, b) = (yes_no(left)?, yes_no(self.both()?)?);
            left = Part::Whole(Expression::Or(a, b), Type::YesNo);
        }
        self.depth -= 1;
        Ok(left)
    }

    fn both(&mut self) -> Result<Part, String> {
        let mut left = self.negation()?;
        while self.take("and") {
            let (a, b) = (yes_no(left)?, yes_no(self.negation()?)?);
            left = Part::Whole(Expression::And(a, b), Type::YesNo);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Part, String> {
        if !self.take("not") {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("too deeply nested".into());
        }
        let inner = yes_no(self.negation()?)?;
        self.depth -= 1;
        Ok(Part::Whole(Expression::Not(inner), Type::YesNo))
    }

    fn comparison(&mut self) -> Result<Part, String> {
        let left = self.sum()?;
        if self.take("in") {
            return self.one_of(left);
        }
        const SIGNS: [(&str, Comparison); 6] = [
            ("=", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let Some((sign, how)) = SIGNS.into_iter().find(|(sign, _)| self.take(sign)) else { return Ok(left) };
        let right = self.sum()?;
        let ((a, of), (b, other)) = matched(left, right)?;
        if of != other {
            return Err(format!("{} and {} are compared", of.name(), other.name()));
        }
        let has_order = matches!(of, Type::Number | Type::Money | Type::Date);
        if !has_order && !matches!(how, Comparison::Equal | Comparison::Unequal) {
            return Err(format!("{} has no order, so “{sign}” means nothing", of.name()));
        }
        Ok(Part::Whole(Expression::Compare(how, Box::new(a), Box::new(b)), Type::YesNo))
    }

    fn one_of(&mut self, left: Part) -> Result<Part, String> {
        let (left, of) = left.whole()?;
        self.expect("(")?;
        let mut values = Vec::new();
        loop {
            let value = self.sum()?;
            let ((value, other), _) = matched(value, Part::Whole(left.clone(), of.clone()))?;
            match value {
                Expression::Literal(value) if other == of => values.push(value),
                _ => return Err(format!("a list holds something that is not {}", of.name())),
            }
            if !self.take(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(Part::Whole(Expression::OneOf(Box::new(left), values), Type::YesNo))
    }

    fn sum(&mut self) -> Result<Part, String> {
        let mut left = self.product()?;
        loop {
            let operation = match () {
                () if self.take("+") => Operation::Add,
                () if self.take("-") => Operation::Subtract,
                () => return Ok(left),
            };
            let right = self.product()?;
            left = reckoned(operation, left, right)?;
        }
    }

    fn product(&mut self) -> Result<Part, String> {
        let mut left = self.signed()?;
        loop {
            let operation = match () {
                () if self.take("*") => Operation::Multiply,
                () if self.take("/") => Operation::Divide,
                () => return Ok(left),
            };
            let right = self.signed()?;
            left = reckoned(operation, left, right)?;
        }
    }

    fn signed(&mut self) -> Result<Part, String> {
        if !self.take("-") {
            return self.primary();
        }
        let (inner, of) = self.primary()?.whole()?;
        let minus = Expression::Literal(Datum::Number(Fraction::whole(-1)));
        match of {
            Type::Number | Type::Money => {
                let turned = Expression::Reckon(Operation::Multiply, Box::new(inner), Box::new(minus));
                Ok(Part::Whole(turned, of))
            }
            other => Err(format!("{} has no opposite", other.name())),
        }
    }

    fn primary(&mut self) -> Result<Part, String> {
        let token = self.tokens.get(self.at).ok_or("it ends too early")?;
        self.at += 1;
        Ok(match token {
            Token::Value(value) => {
                let of = match value {
                    Datum::Number(_) => Type::Number,
                    Datum::Money(_) => Type::Money,
                    Datum::Date(_) => Type::Date,
                    Datum::Text(_) | Datum::Choice(_) => Type::Text,
                    Datum::YesNo(_) => Type::YesNo,
                };
                Part::Whole(Expression::Literal(value.clone()), of)
            }
            Token::Symbol("(") => {
                let inner = self.either()?;
                self.expect(")")?;
                inner
            }
            Token::Symbol(symbol) => return Err(format!("“{symbol}” stands where a value is wanted")),
            Token::Word(word) => return self.word(word),
        })
    }

    fn word(&mut self, word: &str) -> Result<Part, String> {
        if FUNCTIONS.contains(&word) && self.take("(") {
            let part = self.call(word)?;
            self.expect(")")?;
            return Ok(part);
        }
        let is_asked = self.scope.period == Period::Asked;
        Ok(match word {
            "year" | "cutoff" if !is_asked => {
                return Err(format!("“{word}” is known only where figures of a year are asked for"));
            }
            "year" => Part::Whole(Expression::Year, Type::Number),
            "cutoff" => Part::Whole(Expression::Cutoff, Type::Date),
            "yes" | "no" => Part::Whole(Expression::Literal(Datum::YesNo(word == "yes")), Type::YesNo),
            _ => match (self.scope.fields.get(word), self.scope.computed.get(word)) {
                (Some(of), _) => Part::Whole(Expression::Field(word.to_string()), of.clone()),
                (None, Some((expression, of))) => Part::Whole(expression.clone(), of.clone()),
                (None, None) => Part::Word(word.to_string()),
            },
        })
    }

    fn call(&mut self, function: &str) -> Result<Part, String> {
        if function == "present" {
            let Some(Token::Word(name)) = self.tokens.get(self.at) else { return Err("present of no field".into()) };
            self.at += 1;
            if !self.scope.fields.contains_key(name) {
                return Err(format!("“{name}” is no field"));
            }
            return Ok(Part::Whole(Expression::Present(name.clone()), Type::YesNo));
        }
        let first = self.either()?;
        match function {
            "year_of" => match first.whole()? {
                (day, Type::Date) => Ok(Part::Whole(Expression::YearOf(Box::new(day)), Type::Number)),
                (_, other) => Err(format!("year_of {}", other.name())),
            },
            "min" | "max" => {
                self.expect(",")?;
                let second = self.either()?;
                reckoned(if function == "min" { Operation::Least } else { Operation::Greatest }, first, second)
            }
            "round" => {
                self.expect(",")?;
                let (value, of) = first.whole()?;
                let Some(Token::Value(Datum::Number(places))) = self.tokens.get(self.at) else {
                    return Err("round to how many decimals".into());
                };
                self.at += 1;
                let places = places.to_whole().and_then(|places| u8::try_from(places).ok()).filter(|p| *p <= 6);
                match (places, &of) {
                    (Some(places), Type::Number | Type::Money) => {
                        Ok(Part::Whole(Expression::Round(Box::new(value), places), of))
                    }
                    (None, _) => Err("round to 0 to 6 decimals".into()),
                    _ => Err(format!("round {}", of.name())),
                }
            }
            _ => {
                let condition = yes_no(first)?;
                self.expect(",")?;
                let then = self.either()?.whole()?;
                self.expect(",")?;
                let other = self.either()?.whole()?;
                if then.1 != other.1 {
                    return Err(format!("either {} or {}", then.1.name(), other.1.name()));
                }
                Ok(Part::Whole(Expression::If(condition, Box::new(then.0), Box::new(other.0)), then.1))
            }
        }
    }
}

fn yes_no(part: Part) -> Result<Box<Expression>, String> {
    match part.whole()? {
        (expression, Type::YesNo) => Ok(Box::new(expression)),
        (_, other) => Err(format!("{} stands where a condition is wanted", other.name())),
    }
}

type Whole = (Expression, Type);

/// Both sides of a comparison, a bare or quoted word read as the choice that the other side offers.
fn matched(left: Part, right: Part) -> Result<(Whole, Whole), String> {
    let chosen = |word: &str, of: &Type| match of {
        Type::Choice(words) if words.iter().any(|known| known == word) => {
            Ok((Expression::Literal(Datum::Choice(word.to_string())), of.clone()))
        }
        Type::Choice(words) => Err(format!("“{word}” is none of the choices {}", words.join(", "))),
        _ => Err(format!("“{word}” is no field")),
    };
    let word_of = |part: &Part| match part {
        Part::Word(word) | Part::Whole(Expression::Literal(Datum::Text(word)), _) => Some(word.clone()),
        Part::Whole(..) => None,
    };
    Ok(match (left, right) {
        (Part::Word(word), Part::Whole(side, of)) => (chosen(&word, &of)?, (side, of)),
        (Part::Whole(side, of), right) if matches!(of, Type::Choice(_)) && word_of(&right).is_some() => {
            let word = chosen(&word_of(&right).unwrap_or_default(), &of)?;
            ((side, of), word)
        }
        (left, Part::Whole(side, of)) if matches!(of, Type::Choice(_)) && word_of(&left).is_some() => {
            (chosen(&word_of(&left).unwrap_or_default(), &of)?, (side, of))
        }
        (Part::Whole(side, of), Part::Word(word)) => {
            let word = chosen(&word, &of)?;
            ((side, of), word)
        }
        (left, right) => (left.whole()?, right.whole()?),
    })
}

fn reckoned(operation: Operation, left: Part, right: Part) -> Result<Part, String> {
    let ((a, of), (b, other)) = (left.whole()?, right.whole()?);
    let is_choosing = matches!(operation, Operation::Least | Operation::Greatest);
    let result = match (operation, &of, &other) {
        (Operation::Add | Operation::Subtract, Type::Number, Type::Number) => Type::Number,
        (Operation::Add | Operation::Subtract, Type::Money, Type::Money) => Type::Money,
        (Operation::Subtract, Type::Date, Type::Date) => Type::Number,
        (Operation::Add | Operation::Subtract, Type::Date, Type::Number) => Type::Date,
        (Operation::Multiply | Operation::Divide, Type::Number, Type::Number) => Type::Number,
        (Operation::Multiply, Type::Money, Type::Number) | (Operation::Multiply, Type::Number, Type::Money) => {
            Type::Money
        }
        (Operation::Divide, Type::Money, Type::Number) => Type::Money,
        (Operation::Divide, Type::Money, Type::Money) => Type::Number,
        (_, Type::Number | Type::Money | Type::Date, _) if is_choosing && of == other => of,
        _ => return Err(format!("{} and {} cannot be reckoned so", of.name(), other.name())),
    };
    Ok(Part::Whole(Expression::Reckon(operation, Box::new(a), Box::new(b)), result))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        let kinds = Type::Choice(vec!["domestic".into(), "foreign".into()]);
        let fields = [
            ("kind", kinds),
            ("guests", Type::Number),
            ("amount", Type::Money),
            ("day", Type::Date),
            ("letter", Type::Text),
            ("paid", Type::YesNo),
        ];
        let fields: BTreeMap<String, Type> = fields.into_iter().map(|(name, of)| (name.to_string(), of)).collect();
        let base = Scope { fields, ..Scope::default() };
        let each = parse("amount / guests", &base).unwrap();
        Scope { computed: [("each".to_string(), each)].into(), period: Period::Asked, ..base }
    }

    #[test]
    fn expressions_have_the_types_of_their_parts() {
        let of = |text: &str| parse(text, &scope()).unwrap().1;
        for text in [
            "kind = domestic and not (guests > 0 or paid)",
            "kind in (domestic, 'foreign')",
            "domestic = kind",
            "letter = '函' or letter != \"\"",
            "amount <= 100.00万元 * 30%",
            "day >= 2022-12-31 and day - cutoff < 20 and year_of(day) = year",
            "each <= 300元",
            "paid = yes",
            "-guests < -1 + 2",
            "present(letter)",
        ] {
            assert_eq!(of(text), Type::YesNo, "{text}");
        }
        assert_eq!(of("amount / 2 + max(amount, 1亿元)"), Type::Money);
        assert_eq!(of("amount / amount * 10"), Type::Number);
        assert_eq!(of("round(min(guests, 5), 2)"), Type::Number);
        assert_eq!(of("day + 20"), Type::Date);
        assert_eq!(of("if(guests >= 90, '优', '良')"), Type::Text);
    }

    #[test]
    fn operators_bind_as_usual() {
        let parsed = |text: &str| parse(text, &scope()).unwrap();
        assert_eq!(
            parsed("paid or paid and guests + 2 * 3 = 7"),
            parsed("paid or (paid and ((guests + (2 * 3)) = 7))")
        );
        assert_eq!(parsed("guests - 1 - 1"), parsed("(guests - 1) - 1"));
        assert_eq!(parsed("not paid and paid"), parsed("(not paid) and paid"));
    }

    #[test]
    fn what_cannot_mean_anything_is_refused_with_a_reason() {
        for (text, why) in [
            ("gests > 0", "“gests” is no field"),
            ("guests > gests", "“gests” is no field"),
            ("amount > 100", "money and a number are compared"),
            ("kind = dometic", "“dometic” is none of the choices domestic, foreign"),
            ("kind < domestic", "has no order"),
            ("kind in (domestic, x)", "“x” is none of the choices"),
            ("guests in (1, amount)", "a list holds something that is not a number"),
            ("day + day = day", "cannot be reckoned so"),
            ("amount * amount > 1元", "cannot be reckoned so"),
            ("guests and paid", "a number stands where a condition is wanted"),
            ("(paid", "“)” is missing at the end"),
            ("paid)", "“)” is one too many"),
            ("", "it ends too early"),
            ("guests >", "it ends too early"),
            ("present(x)", "“x” is no field"),
            ("year_of(guests)", "year_of a number"),
            ("round(guests, 9)", "0 to 6 decimals"),
            ("if(paid, 1, amount) = 1", "either a number or money"),
            ("guests # 1", "“#”"),
            ("letter = 'x", "quotation"),
            ("day = 2022-02-30", "2022-02-30"),
        ] {
            let fault = condition(text, &scope()).unwrap_err();
            assert!(fault.contains(why), "{text}: {fault}");
        }
        assert!(condition("guests + 1", &scope()).unwrap_err().contains("not a condition"));
        let alone = Scope { period: Period::None, ..scope() };
        assert!(condition("guests < year", &alone).unwrap_err().contains("known only where"));
        let deep = format!("{}paid{}", "(".repeat(100), ")".repeat(100));
        assert!(condition(&deep, &scope()).unwrap_err().contains("too deeply"));
    }
}
