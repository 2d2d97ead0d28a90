//! How the documents of a bundle stand to each other.

use super::part::Part;
use crate::reading::composition::Unit;
use mingzhang_model::fact::{DisclosureKind, Scope};
use mingzhang_model::key::{Key, Measure, Stage};
use mingzhang_model::set::Set;
use mingzhang_standard::name;

/// The documents of a bundle.
#[derive(Clone, Copy)]
pub(crate) struct View<'b> {
    pub(crate) parts: &'b [&'b Part],
}

/// A department's document with those of its units of the same year and kind.
pub(crate) struct Department<'b> {
    pub(crate) whole: &'b Part,
    /// The documents of the units with a budget of their own, the department's own office among them.
    pub(crate) units: Vec<(&'b Unit, &'b Part)>,
    /// The units with a budget of their own whose documents are not there.
    pub(crate) lacking: Vec<&'b Unit>,
}

impl<'b> View<'b> {
    /// Documents of one office that count the same money.
    fn alike(self) -> impl Iterator<Item = (&'b Part, &'b Part)> {
        let parts = self.parts;
        let pairs =
            parts.iter().enumerate().flat_map(move |(i, one)| parts.iter().skip(i + 1).map(move |o| (*one, *o)));
        pairs.filter(|(one, other)| one.office() == other.office() && one.scope() == other.scope())
    }

    /// Both ways round.
    fn ordered(self) -> impl Iterator<Item = (&'b Part, &'b Part)> {
        self.alike().flat_map(|(one, other)| [(one, other), (other, one)])
    }

    /// The budget and the accounts of a year.
    pub(crate) fn budgets_and_accounts(self) -> Vec<(&'b Part, &'b Part)> {
        let fits = |(budget, accounts): &(&Part, &Part)| {
            budget.kind() == Some(DisclosureKind::Budget)
                && accounts.kind() == Some(DisclosureKind::Accounts)
                && budget.year().is_some()
                && budget.year() == accounts.year()
        };
        self.ordered().filter(fits).collect()
    }

    /// Last year's document and this year's, of one kind.
    pub(crate) fn successive(self) -> Vec<(&'b Part, &'b Part)> {
        let fits = |(earlier, later): &(&Part, &Part)| {
            let years = earlier.year().zip(later.year()).is_some_and(|(before, year)| before + 1 == year);
            years && earlier.kind().is_some() && earlier.kind() == later.kind()
        };
        self.ordered().filter(fits).collect()
    }

    /// Two documents with tables of one office, year and kind.
    pub(crate) fn versions(self) -> Vec<(&'b Part, &'b Part)> {
        let fits = |(one, other): &(&Part, &Part)| {
            let same = one.year().is_some() && one.year() == other.year() && one.kind() == other.kind();
            same && one.kind().is_some() && one.has_tables() && other.has_tables()
        };
        self.alike().filter(fits).collect()
    }

    /// The departments with a list of their units.
    pub(crate) fn departments(self) -> Vec<Department<'b>> {
        let wholes = self.parts.iter().filter(|part| part.scope() == Scope::Department && part.has_tables());
        wholes
            .filter(|whole| !whole.composition.units.is_empty())
            .map(|whole| {
                let mut department = Department { whole, units: Vec::new(), lacking: Vec::new() };
                for unit in whole.composition.with_budget() {
                    let found = self.parts.iter().find(|part| whole.has_unit(unit, part));
                    match found {
                        Some(part) => department.units.push((unit, *part)),
                        None => department.lacking.push(unit),
                    }
                }
                department
            })
            .collect()
    }
}

impl Part {
    /// True when another document is that of a listed unit, of the same year and kind.
    fn has_unit(&self, unit: &Unit, other: &Part) -> bool {
        let name = if unit.own_level { self.office() } else { Some(name::marked(&unit.name).0) };
        let same = other.year().is_some() && other.year() == self.year() && other.kind() == self.kind();
        other.scope() == Scope::Unit && other.has_tables() && same && name.is_some() && other.office() == name
    }
}

impl<'b> Department<'b> {
    /// The document of the department's own office.
    pub(crate) fn own(&self) -> Option<&'b Part> {
        self.units.iter().find(|(unit, _)| unit.own_level).map(|(_, part)| *part)
    }

    /// The one unit that has all the money: the only one listed with a budget, or one whose total expenditure is the
    /// department's.
    pub(crate) fn only(&self) -> Option<&'b Part> {
        let own = self.own()?;
        let alone = self.units.len() == 1;
        (alone && (self.lacking.is_empty() || self.has_all(own))).then_some(own)
    }

    /// True when a unit's total expenditure is the whole department's.
    pub(crate) fn has_all(&self, unit: &Part) -> bool {
        let Some(year) = self.whole.year() else { return false };
        let (whole, own) = (self.whole.cells(), unit.cells());
        let total = |stage| Key::everything(year, stage, Set::only(Measure::Expenditure));
        [Stage::Initial, Stage::FinalAccounts].into_iter().any(|stage| {
            let key = total(stage);
            let both = whole.get(&key).zip(own.get(&key)).map(|(one, other)| (one[0], other[0]));
            both.is_some_and(|(one, other)| {
                !one.printed.amount().is_zero() && super::overlap(one.interval(), other.interval())
            })
        })
    }

    /// True when every unit with a budget is there, and there are several.
    pub(crate) fn is_complete(&self) -> bool {
        self.lacking.is_empty() && self.units.len() > 1
    }

    /// The names of the units that are lacking: 缺少青岚市档案馆、….
    pub(crate) fn lacks(&self) -> String {
        const MOST: usize = 5;
        let names: Vec<&str> = self.lacking.iter().take(MOST).map(|unit| unit.name.as_str()).collect();
        let more = if self.lacking.len() > MOST { format!("等{}家", self.lacking.len()) } else { String::new() };
        format!("缺少{}{more}的公开文件", names.join("、"))
    }
}
