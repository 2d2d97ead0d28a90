//! The registers as the books keep them: what may be entered beside what is there, which payments need
//! a row, and the figures of a unit or a department.
//!
//! What a register holds and counts is said in its file; here are only the ties between registers,
//! payments and units.

use crate::entry::RowName;
use crate::names::{RegisterId, RowId, UnitCode};
use crate::pivot::Scope;
use crate::register::{self, Complaint, FigureValue, Row, Value, Weight};
use crate::state::Books;
use mingzhang_model::amount::Amount;
use mingzhang_model::code::EconomicCode;
use mingzhang_model::date::Date;
use mingzhang_standard::register::{FieldKind, Moment, Register, paid_by, registers};

/// The register of projects: its rows are what project expenditure is for.
pub const PROJECTS: &str = "projects";

/// The register of procurement: its rows are the contracts that payments are made under.
pub const PROCUREMENT: &str = "procurement";

/// With this begins the place of a person's words that a register has no rows in a year because there was
/// nothing: `none/trips`.
pub const NONE: &str = "none/";

/// The row of a figure: whose register, which row.
pub type RowOf = (UnitCode, RowId);

/// The registers of which a payment by an economic code must name a row.
pub fn paying(economic: EconomicCode) -> Vec<&'static Register> {
    paid_by(economic).collect()
}

/// The fiscal year that a row belongs to, where its register counts by years.
pub fn year_of(register: &Register, row: &Row) -> Option<u16> {
    let field = register.figures.iter().find_map(|figure| match &figure.moment {
        Moment::Year(field) => Some(field),
        Moment::Cutoff { .. } | Moment::Latest(_) | Moment::Any => None,
    })?;
    match row.get(field)? {
        Value::Date(date) => Some(date.year()),
        Value::Count(year) => u16::try_from(*year).ok(),
        _ => None,
    }
}

impl Books {
    /// True when a project is in the library of a unit, or of one above it, for a year.
    pub fn has_project(&self, unit: &UnitCode, year: u16, code: &str) -> bool {
        self.project(unit, year, code).is_some()
    }

    /// The row of a project in the library of a unit, or of one above it, for a year.
    pub fn project(&self, unit: &UnitCode, year: u16, code: &str) -> Option<&Row> {
        let is_it = |row: &Row| {
            matches!(row.get("code"), Some(Value::Text(own)) if own == code)
                && matches!(row.get("fiscal_year"), Some(Value::Count(own)) if *own == u64::from(year))
        };
        let mut rows = self.ancestors(unit).flat_map(|owner| self.rows_in(owner, PROJECTS));
        rows.find_map(|(_, row)| is_it(row).then_some(row))
    }

    /// The name of a project, as its row says it.
    pub fn project_name(&self, unit: &UnitCode, code: &str) -> Option<&str> {
        let rows = self.ancestors(unit).flat_map(|owner| self.rows_in(owner, PROJECTS));
        let mut named = rows.filter(|(_, row)| matches!(row.get("code"), Some(Value::Text(own)) if own == code));
        named.find_map(|(_, row)| match row.get("words") {
            Some(Value::Text(words)) => Some(words.as_str()),
            _ => None,
        })
    }

    /// What a contract is worth, if it is in the register.
    pub fn contract_amount(&self, unit: &UnitCode, contract: &RowId) -> Option<Amount> {
        match self.row(unit, &RegisterId::new(PROCUREMENT).ok()?, contract)?.get("amount") {
            Some(Value::Money(amount)) => Some(*amount),
            _ => None,
        }
    }

    /// How much was paid under a contract, over all years.
    pub fn paid_under(&self, unit: &UnitCode, contract: &RowId) -> Amount {
        Amount(self.years_of(unit).map(|(_, year)| year.paid_under(contract).0).sum())
    }

    /// The rows of a unit's register, by the register's name.
    pub fn rows_in<'a>(&'a self, unit: &UnitCode, register: &str) -> impl Iterator<Item = (&'a RowId, &'a Row)> {
        let rows = RegisterId::new(register).ok().and_then(|id| self.registers.get(&(unit.clone(), id)));
        rows.into_iter().flat_map(|rows| rows.iter())
    }

    /// What is wrong with a row, by itself and beside the rows that are there.
    pub fn complaints(&self, unit: &UnitCode, register: &Register, name: &RowName, row: &Row) -> Vec<String> {
        let faults = register::check_row(register, row).into_iter().filter(|told| told.weight == Weight::Fault);
        let mut told: Vec<String> = faults.map(|complaint| complaint.message).collect();
        if let Some(identity) = register::identity(register, row) {
            let twin = self.rows_in(unit, register.id).find(|(other, kept)| {
                **other != name.row && register::identity(register, kept).as_ref() == Some(&identity)
            });
            if let Some((twin, _)) = twin {
                let fields: Vec<&str> =
                    register.unique.iter().filter_map(|field| Some(register.field(field)?.title.as_str())).collect();
                told.push(format!("{}与第 {twin} 行相同，同一事项只登记一行", fields.join("、")));
            }
        }
        for field in &register.fields {
            let (FieldKind::Reference(to), Some(Value::Text(key))) = (&field.kind, row.get(&field.name)) else {
                continue;
            };
            if !self.has_key(unit, to, key) {
                let title = mingzhang_standard::register::register(to).map_or(to.as_str(), |to| to.title.as_str());
                told.push(format!("“{}”填的“{key}”不在“{title}”台账中", field.title));
            }
        }
        told
    }

    /// True when a row of a register of the unit, or of one above it, has this key.
    fn has_key(&self, unit: &UnitCode, register: &str, key: &str) -> bool {
        let Some(field) = mingzhang_standard::register::register(register).and_then(|to| to.key.as_ref()) else {
            return false;
        };
        let is_it = |row: &Row| matches!(row.get(field), Some(Value::Text(own)) if own == key);
        self.ancestors(unit).any(|owner| self.rows_in(owner, register).any(|(_, row)| is_it(row)))
    }

    /// The figures of a register over a scope, for a fiscal year and a cut-off day.
    pub fn figures(&self, scope: &Scope, register: &Register, year: u16, cutoff: Date) -> Vec<FigureValue<RowOf>> {
        let units = scope.units_in(self, year);
        let rows = units.iter().flat_map(|unit| {
            self.rows_in(unit, register.id).map(move |(name, row)| ((unit.clone(), name.clone()), row))
        });
        register::figures(register, rows, year, cutoff)
    }

    /// True when somebody has said that a scope had nothing of this in a year: `none/trips`.
    pub fn is_none(&self, scope: &Scope, year: u16, what: &str) -> bool {
        let words = self.year(scope.unit(), year).and_then(|kept| kept.explanation(&format!("{NONE}{what}")));
        words.is_some_and(|words| !words.trim().is_empty())
    }

    /// The figures of every register in which the scope has rows, or has said that it had none in the year.
    pub fn all_figures(&self, scope: &Scope, year: u16, cutoff: Date) -> Vec<FigureValue<RowOf>> {
        let units = scope.units_in(self, year);
        let is_kept = |register: &&Register| {
            units.iter().any(|unit| self.rows_in(unit, register.id).next().is_some())
                || self.is_none(scope, year, register.id)
        };
        registers().iter().filter(is_kept).flat_map(|register| self.figures(scope, register, year, cutoff)).collect()
    }

    /// What a person should look at in the registers of a scope: remarks on rows, groups that do not add
    /// up, figures that do not stand to each other as they should. The register's title stands first.
    pub fn remarks(&self, scope: &Scope, year: u16, cutoff: Date) -> Vec<(&'static Register, Vec<RowOf>, Complaint)> {
        let mut told = Vec::new();
        for register in registers() {
            let rows: Vec<(RowOf, &Row)> = scope
                .units_in(self, year)
                .into_iter()
                .flat_map(|unit| {
                    let rows: Vec<_> = self.rows_in(&unit, register.id).collect();
                    rows.into_iter().map(move |(name, row)| ((unit.clone(), name.clone()), row))
                })
                .filter(|(_, row)| year_of(register, row).is_none_or(|own| own == year))
                .collect();
            for (name, row) in &rows {
                let remarks = register::check_row(register, row);
                told.extend(remarks.into_iter().map(|complaint| (register, vec![name.clone()], complaint)));
            }
            // Two units may each have an office or a number of one name.
            for own in rows.chunk_by(|(one, _), (other, _)| one.0 == other.0) {
                let between = register::check_rows(register, own.iter().map(|(name, row)| (name.clone(), *row)));
                told.extend(between.into_iter().map(|(names, complaint)| (register, names, complaint)));
            }
            let figures = self.figures(scope, register, year, cutoff);
            let agreements = register::agreements(register, &figures);
            told.extend(agreements.into_iter().map(|complaint| (register, Vec::new(), complaint)));
        }
        told
    }
}
