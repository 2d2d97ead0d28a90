//! [`Comparison`]: the same rows of several bodies side by side, in one year and stage, each with its share.

use crate::amount::{Amount, Derived, Period};
use crate::catalogue::{BodyHead, Catalogue};
use crate::concept::{Concept, concepts, function_key};
use crate::functions;
use crate::holding::Holding;
use mingzhang_model::key::{Key, Measure};
use mingzhang_model::set::Set;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// How many bodies are compared at most: more do not fit beside each other.
pub const MOST_BODIES: usize = 12;

/// Several bodies side by side.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Comparison {
    /// The year and stage.
    pub period: Period,
    /// The bodies, in the order they were asked for; those that are not known are left out.
    pub bodies: Vec<BodyHead>,
    /// The addresses that were asked for and are not compared: not known, or one too many.
    pub left_out: Vec<String>,
    /// Totals, income, funds, kinds, 三公: every row in which some body has a number.
    pub rows: Vec<ComparedRow>,
    /// The same for every functional code.
    pub functions: Vec<ComparedRow>,
}

/// A row of a comparison.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct ComparedRow {
    /// The name of the concept, or the digits of the code.
    pub code: String,
    /// The name in Chinese.
    pub name: String,
    /// The code of the row that shares are of, if they are of one of these rows.
    pub whole: Option<&'static str>,
    /// The amounts, body by body; none where no document prints any.
    pub cells: Vec<Option<Compared>>,
}

/// An amount with its share.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Compared {
    /// The amount.
    pub amount: Amount,
    /// Its share of the row's whole; none where the whole is not known, or is nothing.
    pub share: Option<Derived>,
}

impl Catalogue {
    /// The bodies of these addresses side by side.
    pub fn compare(&self, addresses: &[&str], period: Period) -> Comparison {
        let mut known: Vec<BodyHead> = Vec::new();
        let mut left_out = Vec::new();
        for address in addresses {
            let twice = known.iter().any(|body| body.address == *address);
            match self.head(address) {
                Some(_) if twice => {}
                Some(body) if known.len() < MOST_BODIES => known.push(body),
                _ => left_out.push((*address).to_owned()),
            }
        }
        let holdings: Vec<Vec<&Holding>> = known.iter().map(|body| self.of_body(&body.address)).collect();
        let of_concept = |concept: &Concept| {
            let whole = concept.whole.and_then(Concept::named).map(|whole| whole.key(period.year, period.stage));
            let key = concept.key(period.year, period.stage);
            compared(&holdings, (concept.word.into(), concept.term.into()), concept.whole, &key, whole.as_ref())
        };
        let rows = concepts().iter().filter_map(of_concept).collect();
        let functions = self.compared_functions(&holdings, period);
        Comparison { period, bodies: known, left_out, rows, functions }
    }

    fn compared_functions(&self, holdings: &[Vec<&Holding>], period: Period) -> Vec<ComparedRow> {
        let total = Key::everything(period.year, period.stage, Set::only(Measure::Expenditure));
        let codes = holdings.iter().flat_map(|own| functions::codes(own, functions::Money::All));
        let mut codes: Vec<_> = codes.collect::<BTreeSet<_>>().into_iter().collect();
        // As a tree reads: 201, 20103, 2010301, 202.
        codes.sort_by_key(ToString::to_string);
        let all: Vec<&Holding> = holdings.iter().flatten().copied().collect();
        let row = |code| {
            let named = (ToString::to_string(&code), functions::name(&all, code));
            let key = function_key(code, period.year, period.stage);
            compared(holdings, named, Some("expenditure"), &key, Some(&total))
        };
        codes.into_iter().filter_map(row).collect()
    }
}

/// None where no body has a number.
fn compared(
    holdings: &[Vec<&Holding>],
    (code, name): (String, String),
    whole: Option<&'static str>,
    key: &Key,
    of: Option<&Key>,
) -> Option<ComparedRow> {
    let cell = |own: &Vec<&Holding>| {
        let amount = Amount::of(own, key)?;
        let whole = of.and_then(|whole| Amount::of(own, whole));
        let share = whole.and_then(|whole| Derived::share(&amount, &whole));
        Some(Compared { amount, share })
    };
    let cells: Vec<Option<Compared>> = holdings.iter().map(cell).collect();
    let stated = cells.iter().flatten().any(|cell| !cell.amount.blank);
    stated.then_some(ComparedRow { code, name, whole, cells })
}
