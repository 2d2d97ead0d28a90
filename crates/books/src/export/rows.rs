//! [`rows`]: the rows of one table as they stand now, with who entered each and when.
//!
//! The sheets of an export are a history; here each thing is told once, as the journal said it last. What was
//! taken back is told with its reversal, what was struck out is left out.

use super::{table_of, written};
use crate::command::Command;
use crate::entry::{Entry, Event};
use crate::import::Table;
use crate::import::subject::{Nature, Subject, command_of};
use crate::ledger::{Failure, Ledger};
use crate::names::{Person, UnitCode};
use crate::registers::year_of;
use crate::store::Store;
use mingzhang_model::sheet::Cell;
use mingzhang_standard::register::{Moment, Register, register};
use std::collections::HashMap;

/// Whether a row counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It does.
    Stands,
    /// It was taken back whole.
    Reversed,
}

/// A row of a table as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Stood {
    /// The number of the entry that said it last.
    pub number: u64,
    /// Who sent it.
    pub by: Person,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: u64,
    /// The cells, one for each of [`Table::shown`].
    pub cells: Vec<Cell>,
    /// Whether it counts.
    pub standing: Standing,
}

/// The rows of a table that belong to a unit and a year, in the order of their entries. Rows of registers that
/// belong to no year belong to every one.
///
/// # Errors
/// The store does not answer, or the chain does not verify.
pub fn rows<S: Store>(
    ledger: &mut Ledger<S>,
    table: &Table,
    unit: &UnitCode,
    year: u16,
) -> Result<Vec<Stood>, Failure> {
    let told = gather(ledger, Some(table), unit, year)?;
    let mut rows: Vec<Stood> = told.rows.into_iter().flat_map(|(_, rows)| rows).collect();
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

/// How many rows of each table belong to a unit and a year.
///
/// # Errors
/// The store does not answer, or the chain does not verify.
pub fn counts<S: Store>(
    ledger: &mut Ledger<S>,
    unit: &UnitCode,
    year: u16,
) -> Result<HashMap<&'static str, usize>, Failure> {
    let mut counts = HashMap::new();
    for (table, rows) in gather(ledger, None, unit, year)?.rows {
        *counts.entry(table).or_default() += rows.len();
    }
    Ok(counts)
}

fn gather<S: Store>(ledger: &mut Ledger<S>, only: Option<&Table>, unit: &UnitCode, year: u16) -> Result<Told, Failure> {
    let mut told = Told { only: only.map(|table| table.id), year, rows: Vec::new(), at: HashMap::new() };
    ledger.replay(|number, entry| {
        let Entry { by, at, event, .. } = entry;
        let Some(command) = command_of(event) else { return };
        if command.unit() == Some(unit) {
            told.take(number, (by, at), &command);
        }
    })?;
    Ok(told)
}

/// The unit whose books an event is about; none for the opening and changing of a unit itself.
pub fn unit_of(event: &Event) -> Option<UnitCode> {
    command_of(event.clone())?.unit().cloned()
}

/// What an entry says, as the rows of its table.
pub fn told(number: u64, event: &Event) -> Option<(&'static Table, Vec<Vec<Cell>>)> {
    let rows = written(number, &command_of(event.clone())?);
    let table = rows.first()?.0;
    Some((table, rows.into_iter().map(|(_, row)| row).collect()))
}

fn is_of(command: &Command, year: u16) -> bool {
    match command {
        Command::AddRow(_, name, row) | Command::CorrectRow(_, name, row, _) => {
            let yearly = register(name.register.as_str()).filter(|register| is_yearly(register));
            yearly.and_then(|register| year_of(register, row)).is_none_or(|own| own == year)
        }
        // Numbers of earlier years are kept for the year that compares itself with them.
        Command::RecordAmount(..) | Command::RecordCount(..) => command.year().is_some_and(|own| own < year),
        other => other.year().is_none_or(|own| own == year),
    }
}

struct Told {
    /// The table that is asked for; none for all.
    only: Option<&'static str>,
    year: u16,
    /// What each command became: its table and rows.
    rows: Vec<(&'static str, Vec<Stood>)>,
    at: HashMap<Subject, usize>,
}

impl Told {
    fn take(&mut self, number: u64, (by, at): (Person, u64), command: &Command) {
        if let Some(undone) = undone(command) {
            let rows = self.at.get(&undone).and_then(|at| self.rows.get_mut(*at));
            let rows = rows.into_iter().flat_map(|(_, rows)| rows);
            rows.for_each(|row| row.standing = Standing::Reversed);
        }
        let Some(subject) = Subject::of(command) else { return };
        if subject.nature() == Nature::Replaced
            && let Some(earlier) = self.at.remove(&subject)
        {
            self.rows[earlier].1.clear();
        }
        let is_nothing = match command {
            Command::Budget(budgeted) => budgeted.amount.is_zero(),
            Command::Explain(_, _, _, words) => words.trim().is_empty(),
            _ => false,
        };
        let is_wanted = self.only.is_none_or(|only| table_of(command) == Some(only));
        if !is_wanted || is_nothing || !is_of(command, self.year) {
            return;
        }
        let rows = written(number, command);
        let Some(table) = rows.first().map(|(table, _)| table.id) else { return };
        if !matches!(command, Command::RemoveRow(..)) {
            self.at.insert(subject, self.rows.len());
        }
        let stood = |cells| Stood { number, by: by.clone(), at, cells, standing: Standing::Stands };
        self.rows.push((table, rows.into_iter().map(|(_, cells)| stood(cells)).collect()));
    }
}

/// True for a register whose rows all happen in a year; what an office holds, it holds in the next year too.
fn is_yearly(register: &Register) -> bool {
    register.figures.iter().all(|figure| matches!(figure.moment, Moment::Year(_)))
}

/// What a command takes back.
fn undone(command: &Command) -> Option<Subject> {
    Some(match command {
        Command::ReversePayment(id, unit, year, _) => Subject::Payment(unit.clone(), *year, id.clone()),
        Command::ReverseReceipt(id, unit, year, _) => Subject::Receipt(unit.clone(), *year, id.clone()),
        _ => return None,
    })
}
