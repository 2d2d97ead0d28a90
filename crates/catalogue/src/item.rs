//! [`ItemPage`]: one item of one year and stage across all bodies, in order of size, with median and quartiles.
//!
//! A quartile lies between the amounts: of `n` amounts in order the first is the one at place (n - 1)/4 counted from
//! 0, and between two places as far as the place is. It is exact until it is rounded to the fen. Bodies for which
//! nothing but a blank is printed are listed, and count as bodies without the item.

use crate::amount::{Amount, Derived, Operand, Period, True, yuan};
use crate::catalogue::{BodyHead, Catalogue};
use crate::concept::{Concept, function_key};
use crate::functions;
use mingzhang_model::amount::Amount as Fen;
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::key::Key;
use mingzhang_standard::fraction::Fraction;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Reverse;

/// What is looked for in every body.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Item {
    /// What is spent for a functional code.
    Function(FunctionalCode),
    /// A concept.
    Concept(&'static Concept),
}

impl Item {
    /// The item of a concept's word or a code's digits.
    pub fn parse(text: &str) -> Option<Item> {
        let code = || FunctionalCode::parse(text).map(Item::Function);
        Concept::named(text).map(Item::Concept).or_else(code)
    }

    fn key(self, period: Period) -> Key {
        match self {
            Item::Function(code) => function_key(code, period.year, period.stage),
            Item::Concept(concept) => concept.key(period.year, period.stage),
        }
    }
}

/// One item, in one year and stage, across all bodies.
#[derive(Clone, PartialEq, Debug)]
pub struct ItemQuery {
    /// What is looked for.
    pub item: Item,
    /// The year and stage.
    pub period: Period,
    /// The place, where only one is asked for.
    pub place: Option<String>,
}

/// One item across all bodies.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct ItemPage {
    /// The name of the concept, or the digits of the code.
    pub code: String,
    /// The name in Chinese.
    pub name: String,
    /// The year and stage.
    pub period: Period,
    /// The bodies that print it, the largest amount first.
    pub rows: Vec<ItemRow>,
    /// How many bodies print a number for it.
    pub count: usize,
    /// Three quarters of the amounts are not below it.
    pub lower_quartile: Option<Derived>,
    /// Half of the amounts are not below it.
    pub median: Option<Derived>,
    /// One quarter of the amounts is not below it.
    pub upper_quartile: Option<Derived>,
}

/// A body and its amount.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct ItemRow {
    /// The body.
    pub body: BodyHead,
    /// Its place in the order, counted from 1; equal amounts have the same.
    pub rank: usize,
    /// The amount.
    pub amount: Amount,
}

impl Catalogue {
    /// One item across all bodies.
    pub fn item(&self, query: &ItemQuery) -> ItemPage {
        let key = query.item.key(query.period);
        let mut found: Vec<(BodyHead, Amount)> = Vec::new();
        for address in self.addresses() {
            let mut holdings = self.of_body(address);
            holdings.retain(|holding| query.place.as_deref().is_none_or(|place| holding.place() == Some(place)));
            let Some(amount) = Amount::of(&holdings, &key) else { continue };
            found.extend(self.head(address).map(|head| (head, amount)));
        }
        // Stable: of equals the address that comes first.
        let size = |amount: &Amount| (amount.blank, Reverse(amount.fen));
        found.sort_by_key(|(_, amount)| size(amount));
        let stated: Vec<&Amount> = found.iter().map(|(_, amount)| amount).filter(|amount| !amount.blank).collect();
        let quartile = |formula, quarters| quartile(&stated, formula, quarters);
        let rank =
            |amount: &Amount| found.partition_point(|(_, o)| (o.blank, -o.fen) < (amount.blank, -amount.fen)) + 1;
        let (code, name) = match query.item {
            Item::Function(code) => (code.to_string(), functions::name(&self.everything(), code)),
            Item::Concept(concept) => (concept.word.to_owned(), concept.term.to_owned()),
        };
        ItemPage {
            code,
            name,
            period: query.period,
            count: stated.len(),
            lower_quartile: quartile("lower quartile", 1),
            median: quartile("median", 2),
            upper_quartile: quartile("upper quartile", 3),
            rows: found
                .iter()
                .map(|(body, amount)| ItemRow { body: body.clone(), rank: rank(amount), amount: amount.clone() })
                .collect(),
        }
    }

    fn everything(&self) -> Vec<&crate::holding::Holding> {
        self.holdings().collect()
    }
}

/// So many quarters of the way from the smallest amount to the largest; they are in descending order.
fn quartile(descending: &[&Amount], formula: &'static str, quarters: usize) -> Option<Derived> {
    let steps = descending.len().checked_sub(1)? * quarters;
    let ascending = |i: usize| descending.len().checked_sub(1 + i).and_then(|i| descending.get(i));
    let (low, rest) = (ascending(steps / 4)?, steps % 4);
    let mut value = Fraction::from(Fen(low.fen));
    let mut from = vec![Operand::of("below", low)];
    if rest > 0 {
        let high = ascending(steps / 4 + 1)?;
        let apart = Fraction::from(Fen(high.fen)).minus(value)?;
        value = value.plus(apart.times(Fraction::new(rest as i128, 4)?)?)?;
        from.push(Operand::of("above", high));
    }
    let fen = i64::try_from(value.rounded(0)?).ok()?;
    // In yuan, like every amount that is shown.
    let exact = value.over(Fraction::whole(100))?.to_string();
    Some(Derived { derived: True, formula, value: yuan(fen), exact, from })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quartiles(fen: &[i64]) -> [Option<String>; 3] {
        let amount = |fen: &i64| Amount {
            fen: *fen,
            yuan: yuan(*fen),
            key: String::new(),
            blank: false,
            sources: Vec::new(),
            contradicted: Vec::new(),
        };
        let amounts: Vec<Amount> = fen.iter().map(amount).collect();
        let all: Vec<&Amount> = amounts.iter().collect();
        [1, 2, 3].map(|quarters| quartile(&all, "", quarters).map(|derived| derived.value))
    }

    #[test]
    fn quartiles_lie_between_the_amounts() {
        let some = |values: [&str; 3]| values.map(|value| Some(value.to_owned()));
        assert_eq!(quartiles(&[]), [None, None, None]);
        assert_eq!(quartiles(&[700]), some(["7.00", "7.00", "7.00"]));
        assert_eq!(quartiles(&[500, 400, 300, 200, 100]), some(["2.00", "3.00", "4.00"]));
        assert_eq!(quartiles(&[400, 300, 200, 100]), some(["1.75", "2.50", "3.25"]));
        assert_eq!(quartiles(&[2, 1]), some(["0.01", "0.02", "0.02"]), "halves of a fen away from zero");
    }
}
