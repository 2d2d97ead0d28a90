//! The numbers that only a narrative states: counts from the registers, and sums of money that no table
//! of the form may show.

use crate::names::UnitCode;
use crate::pivot::{Pivot, Scope, worded};
use crate::register::Measured;
use crate::registers::RowOf;
use crate::state::Books;
use mingzhang_model::amount::{Amount, Figure, Unit};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::key::{Measure, Stage};
use mingzhang_model::prose::Quantity;
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::form::Form;

/// A number that a narrative states, and the rows behind it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    /// Which number.
    pub statistic: Statistic,
    /// The number.
    pub value: Measured,
    /// What is counted: 辆, 批次; 元 for money.
    pub unit: String,
    /// The rows that it was counted from; none for a sum of money on lines.
    pub rows: Vec<RowOf>,
}

impl Stated {
    /// The number as a sentence prints it, money in 万元 with two decimals, and what it is.
    pub(super) fn quantity(&self) -> (String, Quantity) {
        match self.value {
            Measured::Money(amount) => {
                let figure = Figure::rounded(amount, Unit::WanYuan, 2);
                (format!("{figure}{}", Unit::WanYuan.word()), Quantity::Money { figure, bare: false })
            }
            Measured::Count(number) => {
                (format!("{number}{}", self.unit), Quantity::Count { number, unit: self.unit.clone() })
            }
            // No statistic is a rate; one would be a count of its last digits.
            Measured::Percent { .. } | Measured::Decimal { .. } | Measured::None | Measured::Suppressed => {
                (self.value.to_string(), Quantity::Count { number: 0, unit: self.unit.clone() })
            }
        }
    }
}

/// The sums of money that narratives state, by the words of the forms' filters.
const MONEY: [(Statistic, &str); 7] = [
    (Statistic::ThreePublic, "fiscal three_public"),
    (Statistic::OverseasTrips, "fiscal overseas_trips"),
    (Statistic::VehicleCosts, "fiscal vehicles"),
    (Statistic::VehiclePurchase, "fiscal vehicle_purchase"),
    (Statistic::VehicleRunning, "fiscal vehicle_running"),
    (Statistic::Receptions, "fiscal receptions"),
    (Statistic::OperatingFunds, "general_public basic operating administrative"),
];

/// What a budget states under the name of a statistic is what is planned, by another figure of the
/// register than the one that accounts take.
pub(super) const PLANNED: [(Statistic, &str); 7] = [
    (Statistic::Procurement, "procurement_budget"),
    (Statistic::ProcurementGoods, "procurement_budget_of_goods"),
    (Statistic::ProcurementWorks, "procurement_budget_of_works"),
    (Statistic::ProcurementServices, "procurement_budget_of_services"),
    (Statistic::Meetings, "meeting_budget"),
    (Statistic::Trainings, "training_budget"),
    (Statistic::Events, "event_budget"),
];

/// What both state: what is held, what is planned, who is there.
const STANDING: [Statistic; 13] = [
    Statistic::VehiclesHeld,
    Statistic::VehiclesKept,
    Statistic::VehiclesPlanned,
    Statistic::EquipmentHeld,
    Statistic::EquipmentPlanned,
    Statistic::GoalProjects,
    Statistic::GoalAmount,
    Statistic::ReservedForSmall,
    Statistic::ReservedForMicro,
    Statistic::StaffQuota,
    Statistic::StaffActual,
    Statistic::StaffPresent,
    Statistic::StaffRetired,
];

/// The numbers that a narrative of this form states about a year, as far as the books have them: a number
/// whose register is empty is not stated.
pub fn statistics(books: &Books, scope: &Scope, year: u16, form: &Form) -> Vec<Stated> {
    of_pivot(books, scope, year, form, &Pivot::of(books, scope))
}

/// The same, where all money of the scope is at hand.
pub(super) fn of_pivot(books: &Books, scope: &Scope, year: u16, form: &Form, pivot: &Pivot) -> Vec<Stated> {
    let figures = books.all_figures(scope, year, form.cutoff(year));
    let mut stated: Vec<Stated> = Vec::new();
    for figure in &figures {
        let is_standing = figure.statistic.is_some_and(|statistic| STANDING.contains(&statistic));
        let statistic = match form.kind {
            DisclosureKind::Accounts => figure.statistic,
            DisclosureKind::Budget if is_standing => figure.statistic,
            DisclosureKind::Budget => PLANNED.iter().find(|(_, name)| *name == figure.name).map(|(own, _)| *own),
        };
        if let (Some(statistic), Measured::Count(_) | Measured::Money(_)) = (statistic, figure.value) {
            let (unit, rows) = (figure.unit.clone(), figure.rows.clone());
            stated.push(Stated { statistic, value: figure.value, unit, rows });
        }
    }
    stated.extend(money(pivot, year, form));
    let below = scope.units_in(books, year).into_iter().filter(|unit| stands(books, unit, year)).count();
    let below = below.saturating_sub(1) as u64;
    if below > 0 {
        let (value, unit) = (Measured::Count(below), "家".to_owned());
        stated.push(Stated { statistic: Statistic::SubordinateUnits, value, unit, rows: Vec::new() });
    }
    stated.sort_by_key(|one| one.statistic.index());
    stated
}

/// True for a unit that is not closed, or was not before the year was over.
fn stands(books: &Books, unit: &UnitCode, year: u16) -> bool {
    !books.is_closed(unit) || books.year(unit, year).is_some_and(|kept| !kept.accounts().is_empty())
}

/// The 三公 amounts with the budget that accounts measure them by, and 机关运行经费.
fn money(pivot: &Pivot, year: u16, form: &Form) -> Vec<Stated> {
    let amount = |stage, words: &str| pivot.amount(&worded(year, stage, Measure::Expenditure, words));
    let one = |statistic: Statistic, amount: Amount| Stated {
        statistic,
        value: Measured::Money(amount),
        unit: Unit::Yuan.word().to_owned(),
        rows: Vec::new(),
    };
    let mut stated = Vec::new();
    for (statistic, words) in MONEY {
        stated.push(one(statistic, amount(form.stage, words)));
        if let (DisclosureKind::Accounts, Some(budget)) = (form.kind, statistic.budget()) {
            stated.push(one(budget, amount(measure(form), words)));
        }
    }
    stated
}

/// The budget that the accounts of a form measure 三公 by, as its table of them says.
fn measure(form: &Form) -> Stage {
    let tables = form.tables.iter().filter(|table| table.concept == "three_public");
    let columns = tables.flat_map(|table| &table.blocks).flat_map(|block| &block.columns);
    columns.filter_map(|column| column.filter.stage).next().unwrap_or(Stage::Adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::set::Set;
    use mingzhang_standard::filter::Filter;
    use mingzhang_standard::register::registers;

    #[test]
    fn every_sum_is_a_filter_and_every_planned_figure_is_one_of_a_register() {
        for (_, words) in MONEY {
            Filter::parse(words, Set::EMPTY, Set::EMPTY).unwrap();
        }
        for (_, name) in PLANNED {
            assert!(registers().iter().any(|register| register.figure(name).is_some()), "{name}");
        }
        let known =
            |statistic: Statistic| registers().iter().flat_map(|r| &r.figures).any(|f| f.statistic == Some(statistic));
        assert!(STANDING.iter().all(|statistic| known(*statistic)));
    }

    #[test]
    fn a_sum_is_printed_in_ten_thousands_rounded_once() {
        let value = Measured::Money(Amount(10_425_000));
        let stated = Stated { statistic: Statistic::Receptions, value, unit: "元".into(), rows: Vec::new() };
        assert_eq!(stated.quantity().0, "10.43万元");
    }
}
