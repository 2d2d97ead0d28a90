//! Self-evaluation from the books: what the indicator systems ask for is taken from the ledger and the
//! registers, and only what no book can know is left to a person.
//!
//! A figure of a register whose name is that of an input supplies it, so a new register can make a rate
//! computable without a line here.

use crate::entry::Change;
use crate::line::Purpose;
use crate::names::{RowId, UnitCode};
use crate::performance::{Attainment, Award, Evaluation, Judgement, Material, Row as IndicatorRow, Wanted};
use crate::pivot::{Pivot, Scope, worded};
use crate::register::{Measured, Row, Value, words_of};
use crate::state::Books;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::key::{Measure, Stage};
use mingzhang_standard::fraction::Fraction;
use mingzhang_standard::performance::{Input, Points, Scale, System};
use mingzhang_standard::register::register;
use std::collections::BTreeMap;

/// Sums of money that inputs are: the year counted back from the one evaluated, the stage, the movement,
/// and the words of a filter.
const MONEY: [(Input, u16, Stage, Measure, &str); 11] = [
    (Input::ThreePublicBudget, 0, Stage::Initial, Measure::Expenditure, "fiscal three_public"),
    (Input::ThreePublicBudgetLastYear, 1, Stage::Initial, Measure::Expenditure, "fiscal three_public"),
    (Input::ThreePublicPaid, 0, Stage::FinalAccounts, Measure::Expenditure, "fiscal three_public"),
    (Input::ProjectPaid, 0, Stage::FinalAccounts, Measure::Expenditure, "project"),
    (Input::InitialBudget, 0, Stage::Initial, Measure::Expenditure, ""),
    (Input::AdjustedBudget, 0, Stage::Adjusted, Measure::Expenditure, ""),
    (Input::Paid, 0, Stage::FinalAccounts, Measure::Expenditure, ""),
    (Input::Opening, 0, Stage::FinalAccounts, Measure::Opening, ""),
    (Input::Closing, 0, Stage::FinalAccounts, Measure::Closing, ""),
    (Input::OperatingBudget, 0, Stage::Initial, Measure::Expenditure, "general_public basic operating"),
    (Input::OperatingPaid, 0, Stage::FinalAccounts, Measure::Expenditure, "general_public basic operating"),
];

/// Inputs that a figure supplies under another name.
const FIGURES: [(Input, &str); 3] = [
    (Input::ProcurementPaid, "procurement"),
    (Input::AssetsInUse, "assets_used"),
    (Input::AssetsTotal, "assets_original"),
];

/// New buildings have no register. That there were none is said as of a register: `none/buildings`.
const BUILDINGS: &str = "buildings";

/// What the indicators ask of new buildings.
const BUILDING: [Input; 4] =
    [Input::BuildingsAreaActual, Input::BuildingsAreaPlanned, Input::BuildingsCostActual, Input::BuildingsCostPlanned];

impl Books {
    /// What the books know of the inputs of a year. What they do not know is not in it.
    pub fn inputs(&self, scope: &Scope, year: u16) -> BTreeMap<Input, Fraction> {
        let mut inputs = BTreeMap::new();
        let cutoff = Date::new(year, 12, 31).unwrap_or(Date::after_epoch(0));
        for figure in self.all_figures(scope, year, cutoff) {
            let named = FIGURES.iter().find(|(_, name)| *name == figure.name).map(|(input, _)| *input);
            let value = match figure.value {
                Measured::Count(count) => i64::try_from(count).ok().map(Fraction::whole),
                Measured::Money(amount) => Some(Fraction::from(amount)),
                _ => None,
            };
            if let (Some(input), Some(value)) = (named.or(Input::from_word(&figure.name)), value) {
                inputs.insert(input, value);
            }
        }
        if self.is_none(scope, year, BUILDINGS) {
            inputs.extend(BUILDING.map(|input| (input, Fraction::ZERO)));
        }
        let pivot = Pivot::of(self, scope);
        for (input, back, stage, measure, words) in MONEY {
            let key = worded(year.saturating_sub(back), stage, measure, words);
            if pivot.knows(&key) {
                inputs.insert(input, Fraction::from(pivot.amount(&key)));
            }
        }
        inputs.extend(self.changes(scope, year));
        inputs
    }

    /// 追加, 追减, 调剂: the sum of each, without regard to sign.
    fn changes(&self, scope: &Scope, year: u16) -> BTreeMap<Input, Fraction> {
        let mut sums = BTreeMap::from([(Input::Additions, 0), (Input::Reductions, 0), (Input::Reallocations, 0)]);
        for unit in scope.units_in(self, year) {
            for adjustment in self.year(&unit, year).into_iter().flat_map(|kept| kept.adjustments()) {
                let input = match adjustment.change {
                    Change::Addition => Input::Additions,
                    Change::Reduction => Input::Reductions,
                    Change::Reallocation => Input::Reallocations,
                };
                let moved = adjustment.moves.iter().map(|one| one.amount.0);
                let size: i64 = match adjustment.change {
                    // What one line gives another gets: it is moved once.
                    Change::Reallocation => moved.filter(|amount| *amount > 0).sum(),
                    Change::Addition | Change::Reduction => moved.map(i64::abs).sum(),
                };
                *sums.entry(input).or_default() += size;
            }
        }
        let nothing = sums.values().all(|sum| *sum == 0);
        let mut inputs: BTreeMap<Input, Fraction> =
            sums.into_iter().map(|(input, fen)| (input, Fraction::from(Amount(fen)))).collect();
        if nothing {
            // Of no changes none is excused; of some the books cannot tell.
            inputs.insert(Input::ExcusedAdjustments, Fraction::ZERO);
        }
        inputs
    }

    /// 部门整体支出绩效自评: computed from the books and from what persons have awarded with reasons.
    pub fn evaluation(&self, scope: &Scope, year: u16, system: &System, scale: &Scale) -> Evaluation {
        let material =
            Material { inputs: self.inputs(scope, year), awards: self.awards(scope, year, system), rows: Vec::new() };
        Evaluation::new(system, scale, &material)
    }

    fn awards(&self, scope: &Scope, year: u16, system: &System) -> BTreeMap<String, Award> {
        let mut awards = BTreeMap::new();
        for (_, row) in self.rows_in(scope.unit(), "awards") {
            let text = |name: &str| match row.get(name) {
                Some(Value::Text(text) | Value::Choice(text)) => text.as_str(),
                _ => "",
            };
            let is_it = row.get("fiscal_year") == Some(&Value::Count(u64::from(year))) && text("system") == system.id;
            let points = decimal(row, "points").and_then(|points| Points::rounded(points, 2));
            if let (true, Some(points)) = (is_it, points) {
                awards.insert(text("indicator").to_owned(), Award { points, reason: text("reason").to_owned() });
            }
        }
        awards
    }

    /// 项目支出绩效自评 of one project of a unit: execution from the ledger, indicators from their register.
    pub fn project_evaluation(
        &self,
        unit: &UnitCode,
        year: u16,
        project: &str,
        system: &System,
        scale: &Scale,
    ) -> Evaluation {
        let (mut budget, mut paid) = (0, 0);
        for account in self.year(unit, year).map_or(&[][..], |kept| kept.accounts()) {
            if matches!(&account.line.purpose, Purpose::Project(code) if code.as_str() == project) {
                budget += account.adjusted().0;
                paid += account.paid.0;
            }
        }
        let inputs = BTreeMap::from([
            (Input::AdjustedBudget, Fraction::from(Amount(budget))),
            (Input::Paid, Fraction::from(Amount(paid))),
        ]);
        let of_project = |row: &Row| {
            row.get("fiscal_year") == Some(&Value::Count(u64::from(year)))
                && row.get("project") == Some(&Value::Text(project.to_owned()))
        };
        let indicators = self.rows_in(unit, "indicators").filter(|(_, row)| of_project(row));
        let rows = indicators.map(|(name, row)| indicator(name, row, system)).collect();
        Evaluation::new(system, scale, &Material { inputs, awards: BTreeMap::new(), rows })
    }
}

/// A row of the register of indicators as the evaluation takes it.
fn indicator(name: &RowId, row: &Row, system: &System) -> IndicatorRow {
    let words = |field: &str| {
        let form = register("indicators").and_then(|register| register.field(field));
        row.get(field).map(|value| words_of(value, form)).unwrap_or_default()
    };
    let wanted = match row.get("operator") {
        Some(Value::Choice(word)) if word == "at_least" => Some(Wanted::AtLeast),
        Some(Value::Choice(word)) if word == "at_most" => Some(Wanted::AtMost),
        Some(Value::Choice(word)) if word == "equal" => Some(Wanted::Exactly),
        _ => None,
    };
    let attainment = match (wanted, decimal(row, "target")) {
        (Some(wanted), Some(target)) => {
            Attainment::Quantity { wanted, target, actual: decimal(row, "actual"), unit: words("unit") }
        }
        _ => Attainment::Quality(judgement(row, system, words("wording"))),
    };
    let weight = decimal(row, "weight").and_then(|weight| Points::rounded(weight, 2)).unwrap_or(Points::ZERO);
    IndicatorRow {
        code: name.to_string(),
        level1: words("first"),
        level2: words("second"),
        name: words("words"),
        weight,
        attainment,
        explanation: words("deviation"),
    }
}

/// How far a goal that is no number was reached: the level in which the share lies.
fn judgement(row: &Row, system: &System, reason: String) -> Option<Judgement> {
    let share = decimal(row, "achieved")?.over(Fraction::whole(100))?;
    let level = system.levels.iter().position(|level| share >= level.from)?;
    Some(Judgement { level, share, reason })
}

fn decimal(row: &Row, field: &str) -> Option<Fraction> {
    match row.get(field)? {
        Value::Decimal(parts) => Fraction::new(i128::from(*parts), 10_000),
        Value::Count(count) => i64::try_from(*count).ok().map(Fraction::whole),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::set::Set;
    use mingzhang_standard::filter::Filter;
    use mingzhang_standard::register::registers;

    #[test]
    fn every_sum_is_a_filter_and_every_figure_is_one_of_a_register() {
        for (_, _, _, _, words) in MONEY {
            Filter::parse(words, Set::EMPTY, Set::EMPTY).unwrap();
        }
        for (_, name) in FIGURES {
            assert!(registers().iter().any(|register| register.figure(name).is_some()), "{name}");
        }
    }
}
