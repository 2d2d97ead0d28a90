//! [`BodyPage`]: one body over the years: what came in and went out, from where, for what, as what; 三公; execution.
//!
//! Every year and stage that any document of the body states is a column, also last year's numbers that this year's
//! document prints. A row in which no document prints a number is not shown.

use crate::amount::{Amount, Derived, DocumentHead, Period, Row};
use crate::catalogue::{BodyHead, Catalogue};
use crate::concept::{Concept, Part, concepts, function_key};
use crate::functions::{self, FunctionRow};
use crate::holding::Holding;
use mingzhang_model::key::{Key, Stage};
use mingzhang_standard::name;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// One body over the years.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct BodyPage {
    /// The body.
    pub body: BodyHead,
    /// Bodies of the same name whose documents count other money: the department, or the unit.
    pub related: Vec<BodyHead>,
    /// Its documents, by year and kind.
    pub documents: Vec<DocumentHead>,
    /// The columns of every row, ascending.
    pub periods: Vec<Period>,
    /// What came in and went out.
    pub totals: Vec<Row>,
    /// The year's income by its source.
    pub income: Vec<Row>,
    /// The year's expenditure by the fund that pays it.
    pub funds: Vec<Row>,
    /// The year's expenditure by function: classes with their subclasses and items.
    pub functions: Vec<FunctionRow>,
    /// The same of the general public budget.
    pub general_public_functions: Vec<FunctionRow>,
    /// Basic expenditure with its parts, project expenditure, and the other kinds.
    pub kinds: Vec<Row>,
    /// Basic expenditure with its parts and project expenditure of the general public budget.
    pub general_public: Vec<Row>,
    /// 三公 with its parts.
    pub three_public: Vec<Row>,
    /// 机关运行经费
    pub operating_funds: Vec<Row>,
    /// What came of the budgets, year by year.
    pub execution: Vec<Execution>,
}

/// What came of one budget.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Execution {
    /// The budget year.
    pub year: u16,
    /// The name of the concept, or the digits of the functional code.
    pub code: String,
    /// The name in Chinese.
    pub name: String,
    /// The first budget.
    pub initial: Option<Amount>,
    /// The adjusted budget.
    pub adjusted: Option<Amount>,
    /// The accounts.
    pub accounts: Amount,
    /// The accounts in per cent of the first budget; none where there is none, or it is nothing.
    pub rate: Option<Derived>,
    /// The accounts in per cent of the adjusted budget.
    pub rate_of_adjusted: Option<Derived>,
}

impl Catalogue {
    /// The page of a body, by its address; none where no document is about it.
    pub fn body(&self, address: &str) -> Option<BodyPage> {
        let body = self.head(address)?;
        let holdings = self.of_body(address);
        let periods = periods(&holdings);
        let part = |part: Part| rows(&holdings, &periods, part);
        let functions = functions::tree(&holdings, &periods, functions::Money::All);
        let execution = execution(&holdings, &periods);
        let same_name = |other: &&str| *other != address && name::named(other) == name::named(address);
        Some(BodyPage {
            body,
            related: self.addresses().filter(same_name).filter_map(|other| self.head(other)).collect(),
            documents: holdings.iter().map(|holding| DocumentHead::of(holding)).collect(),
            totals: part(Part::Totals),
            income: part(Part::Income),
            funds: part(Part::Funds),
            functions,
            general_public_functions: functions::tree(&holdings, &periods, functions::Money::GeneralPublic),
            kinds: part(Part::Kinds),
            general_public: part(Part::GeneralPublic),
            three_public: part(Part::ThreePublic),
            operating_funds: part(Part::OperatingFunds),
            execution,
            periods,
        })
    }
}

/// The years and stages of which the holdings print a number, ascending. A year that a document does not say is none.
pub(crate) fn periods(holdings: &[&Holding]) -> Vec<Period> {
    let periods: BTreeSet<Period> = holdings.iter().flat_map(|holding| holding.periods()).collect();
    periods.into_iter().collect()
}

fn rows(holdings: &[&Holding], periods: &[Period], part: Part) -> Vec<Row> {
    let of_part = concepts().iter().filter(|concept| concept.part == part);
    of_part.map(|concept| row(holdings, periods, concept)).filter(Row::is_stated).collect()
}

fn row(holdings: &[&Holding], periods: &[Period], concept: &Concept) -> Row {
    let amounts = |concept: &Concept| -> Vec<Option<Amount>> {
        periods.iter().map(|period| Amount::of(holdings, &concept.key(period.year, period.stage))).collect()
    };
    let cells = amounts(concept);
    let wholes = concept.whole.and_then(Concept::named).map(amounts).unwrap_or_default();
    let share = |(part, whole): (&Option<Amount>, &Option<Amount>)| Derived::share(part.as_ref()?, whole.as_ref()?);
    Row {
        code: concept.word.to_owned(),
        name: concept.term.to_owned(),
        english: Some(concept.english),
        shares: cells.iter().zip(&wholes).map(share).collect(),
        whole: concept.whole,
        cells,
    }
}

/// What came of each budget that the accounts of its year are known of.
fn execution(holdings: &[&Holding], periods: &[Period]) -> Vec<Execution> {
    let accounted = periods.iter().filter(|period| period.stage == Stage::FinalAccounts).map(|period| period.year);
    let mut all = Vec::new();
    for year in accounted {
        let of_concept = |concept: &Concept| {
            executed(holdings, year, (concept.word.into(), concept.term.into()), |stage| concept.key(year, stage))
        };
        all.extend(concepts().iter().filter_map(of_concept));
        for code in functions::codes(holdings, functions::Money::All) {
            let named = (code.to_string(), functions::name(holdings, code));
            all.extend(executed(holdings, year, named, |stage| function_key(code, year, stage)));
        }
    }
    all
}

/// None where the accounts or every budget is lacking, or neither says a number.
fn executed(
    holdings: &[&Holding],
    year: u16,
    (code, name): (String, String),
    key: impl Fn(Stage) -> Key,
) -> Option<Execution> {
    let amount = |stage| Amount::of(holdings, &key(stage));
    let accounts = amount(Stage::FinalAccounts)?;
    let (initial, adjusted) = (amount(Stage::Initial), amount(Stage::Adjusted));
    let budgets = [&initial, &adjusted];
    let said = budgets.into_iter().flatten().chain([&accounts]).any(|amount| !amount.blank);
    if !said || budgets.into_iter().all(Option::is_none) {
        return None;
    }
    let rate = |budget: &Option<Amount>| Derived::execution(&accounts, budget.as_ref()?);
    Some(Execution {
        year,
        code,
        name,
        rate: rate(&initial),
        rate_of_adjusted: rate(&adjusted),
        initial,
        adjusted,
        accounts,
    })
}
