//! Works out a rate from what is known, and shows the numbers that it came from.

use mingzhang_model::amount::{Amount, Unit, render};
use mingzhang_model::set::Member;
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::{Input, Quantity, Rate, Sign, Sum};
use std::collections::BTreeMap;

/// What came of working out a rate.
pub(super) enum Worked {
    /// The rate, and how it came about.
    Known { value: Fraction, shown: String },
    /// There is nothing to measure by.
    DividedByNothing { part: Fraction, shown: String },
    /// These inputs are not known.
    Missing(Vec<Input>),
    /// The inputs cannot be true, or do not fit.
    Refused(String),
}

/// Works out a rate.
pub(super) fn work_out(rate: &Rate, inputs: &BTreeMap<Input, Fraction>) -> Worked {
    let mut missing: Vec<Input> = Vec::new();
    for input in rate.inputs() {
        match inputs.get(&input) {
            None if !missing.contains(&input) => missing.push(input),
            Some(value) if value.is_negative() => {
                return Worked::Refused(format!("{}为负数（{}），请核对", input.term(), show(input, *value)));
            }
            _ => {}
        }
    }
    if let Some(why) = rate.inputs().find_map(|input| exceeds_its_whole(input, inputs)) {
        return Worked::Refused(why);
    }
    if !missing.is_empty() {
        return Worked::Missing(missing);
    }
    let (Some(part), Some(whole)) = (add(&rate.part, inputs), add(&rate.whole, inputs)) else {
        return Worked::Refused("数字过大，不能计算，请核对".into());
    };
    let shown = format!("{} ÷ {}", show_sum(&rate.part, inputs), show_sum(&rate.whole, inputs));
    if whole.is_zero() {
        return Worked::DividedByNothing { part, shown };
    }
    match part.over(whole) {
        Some(value) => Worked::Known { value, shown: format!("{shown} = {}", value.percent()) },
        None => Worked::Refused("数字过大，不能计算，请核对".into()),
    }
}

/// Why an input cannot be true beside the whole that it is part of, where both are known.
fn exceeds_its_whole(input: Input, inputs: &BTreeMap<Input, Fraction>) -> Option<String> {
    let whole = input.part_of()?;
    let (part_value, whole_value) = (*inputs.get(&input)?, *inputs.get(&whole)?);
    let told = |input: Input, value| format!("{} {}", input.term(), show(input, value));
    (part_value > whole_value).then(|| format!("{}，多于{}，请核对", told(input, part_value), told(whole, whole_value)))
}

fn add(sum: &Sum, inputs: &BTreeMap<Input, Fraction>) -> Option<Fraction> {
    sum.terms().iter().try_fold(Fraction::ZERO, |total, term| {
        let product =
            term.factors.iter().try_fold(Fraction::ONE, |product, input| product.times(*inputs.get(input)?))?;
        match term.sign {
            Sign::Plus => total.plus(product),
            Sign::Minus => total.minus(product),
        }
    })
}

/// A sum with its numbers, in brackets where it is more than one.
fn show_sum(sum: &Sum, inputs: &BTreeMap<Input, Fraction>) -> String {
    let mut text = String::new();
    for (i, term) in sum.terms().iter().enumerate() {
        match (i, term.sign) {
            (0, Sign::Plus) => {}
            (_, Sign::Plus) => text.push_str(" + "),
            (_, Sign::Minus) => text.push_str(" - "),
        }
        let named = |input: &Input| {
            let value = inputs.get(input).copied().unwrap_or(Fraction::ZERO);
            format!("{} {}", input.term(), show(*input, value))
        };
        text.push_str(&term.factors.iter().map(named).collect::<Vec<_>>().join(" × "));
    }
    let several = sum.terms().len() > 1 || sum.terms().iter().any(|term| term.factors.len() > 1);
    if several { format!("（{text}）") } else { text }
}

/// An input's number as a person reads it.
fn show(input: Input, value: Fraction) -> String {
    match input.quantity() {
        Quantity::Money => format!("{} 万元", money(value)),
        Quantity::Persons => format!("{} 人", value.short()),
        Quantity::Pieces => format!("{} 项", value.short()),
        Quantity::Area => format!("{} 平方米", value.short()),
        Quantity::Share => value.short_percent(),
    }
}

/// Fen as 万元 with at least two decimals, and as many as it takes to say it exactly.
fn money(fen: Fraction) -> String {
    let Some(Ok(whole)) = fen.rounded(0).map(i64::try_from) else { return fen.to_string() };
    let exact = |decimals: &u8| whole % 10i64.pow(u32::from(6 - decimals)) == 0;
    let decimals = (2..=6).find(exact).unwrap_or(6);
    render(Amount(whole), Unit::WanYuan, decimals, true)
}
