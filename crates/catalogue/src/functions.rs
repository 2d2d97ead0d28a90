//! Expenditure by function as a tree: 类, 款 and 项, with the amounts of every period.
//!
//! A code above a printed one has a row even where no document prints it; its cells are empty, not summed.

use crate::amount::{Amount, Period};
use crate::concept::function_key;
use crate::holding::Holding;
use mingzhang_model::code::{FunctionalCode, Level};
use mingzhang_model::fact::Printed;
use mingzhang_model::key::{Function, Fund, Key};
use mingzhang_model::set::Set;
use mingzhang_standard::{codes, words};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// A functional code and what was spent for it.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct FunctionRow {
    /// The digits.
    pub code: String,
    /// The name of the code tables; where they do not know the code, as it is printed.
    pub name: String,
    /// `class`, `subclass` or `item`.
    pub level: &'static str,
    /// The amounts, column by column; none where no document prints any.
    pub cells: Vec<Option<Amount>>,
    /// The codes under it.
    pub children: Vec<FunctionRow>,
}

/// Which money a tree counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Money {
    /// All of it.
    All,
    /// That of the general public budget.
    GeneralPublic,
}

impl Money {
    fn key(self, code: FunctionalCode, period: Period) -> Key {
        let key = function_key(code, period.year, period.stage);
        match self {
            Money::All => key,
            Money::GeneralPublic => Key { funds: Set::only(Fund::GeneralPublic), ..key },
        }
    }
}

/// The codes for which the holdings print expenditure, blanks aside, ascending.
pub(crate) fn codes(holdings: &[&Holding], money: Money) -> BTreeSet<FunctionalCode> {
    let printed = |holding: &Holding, key: &Key| {
        holding
            .of_key(key)
            .any(|(_, entry)| matches!(entry.printed, Printed::Figure(figure) if !figure.amount.is_zero()))
    };
    let mut found = BTreeSet::new();
    for holding in holdings {
        for key in &holding.keys {
            let Function::Code(code) = key.function else { continue };
            let same = *key == money.key(code, Period { year: key.year, stage: key.stage });
            if same && !found.contains(&code) && printed(holding, key) {
                found.insert(code);
            }
        }
    }
    found
}

/// The tree of the codes for which the holdings print expenditure.
pub(crate) fn tree(holdings: &[&Holding], periods: &[Period], money: Money) -> Vec<FunctionRow> {
    let mut all = codes(holdings, money);
    let above: Vec<FunctionalCode> = all.iter().flat_map(|code| ancestors(*code)).collect();
    all.extend(above);
    let of_level = |level| all.iter().copied().filter(move |code| code.level() == level);
    of_level(Level::Class).map(|code| branch(holdings, periods, money, code, &all)).collect()
}

fn ancestors(code: FunctionalCode) -> impl Iterator<Item = FunctionalCode> {
    std::iter::successors(code.parent(), |code| code.parent())
}

fn branch(
    holdings: &[&Holding],
    periods: &[Period],
    money: Money,
    code: FunctionalCode,
    all: &BTreeSet<FunctionalCode>,
) -> FunctionRow {
    let under = all.iter().copied().filter(|other| other.parent() == Some(code));
    FunctionRow {
        code: code.to_string(),
        name: name(holdings, code),
        level: match code.level() {
            Level::Class => "class",
            Level::Subclass => "subclass",
            Level::Item => "item",
        },
        cells: periods.iter().map(|period| Amount::of(holdings, &money.key(code, *period))).collect(),
        children: under.map(|code| branch(holdings, periods, money, code, all)).collect(),
    }
}

/// The name of a code: that of the code tables, or the one printed first.
pub(crate) fn name(holdings: &[&Holding], code: FunctionalCode) -> String {
    if let Some(entry) = codes::functional(code) {
        return entry.name.to_owned();
    }
    let of_code = |key: &&Key| key.function == Function::Code(code);
    let rows = holdings.iter().flat_map(|holding| {
        let keys = holding.keys.iter().filter(of_code);
        keys.flat_map(|key| holding.of_key(key)).map(|(_, entry)| words::label_key(holding.word(entry.row)))
    });
    rows.into_iter().find(|row| !row.is_empty()).unwrap_or_else(|| code.to_string())
}
