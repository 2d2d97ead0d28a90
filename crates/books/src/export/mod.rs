//! Export: everything in the books, in the format of the import, and the journal itself as lines.
//!
//! The sheets are written from the journal, since the books do not keep what no sum needs, such as
//! payees. Every row carries the number of its entry, so that an import carries the history out in the
//! order in which it was.
//!
//! Absent on purpose: files. [`lines`] is what a backup is made of; sheets are for people.

mod cells;
pub mod lines;
mod rows;

pub use rows::{Standing, Stood, counts, rows, told, unit_of};

use crate::command::Command;
use crate::import::subject::command_of;
use crate::import::{Is, Table, table, tables};
use crate::ledger::{Failure, Ledger};
use crate::store::Store;
use cells::fields;
use mingzhang_model::sheet::{Cell, Sheet};
use std::collections::BTreeMap;

/// The most rows of one sheet; what is more goes on in a second one: 支付(2).
pub const MOST_ROWS_OF_A_SHEET: usize = 1_000_000;

/// Everything in the books as sheets, one for each table with rows, in the order of the tables.
pub fn sheets<S: Store>(ledger: &mut Ledger<S>) -> Result<Vec<Sheet>, Failure> {
    let mut rows: BTreeMap<&'static str, Vec<Vec<Cell>>> = BTreeMap::new();
    ledger.replay(|number, entry| {
        let Some(command) = command_of(entry.event) else { return };
        for (table, row) in written(number, &command) {
            rows.entry(table.id).or_default().push(row);
        }
    })?;
    let mut sheets = Vec::new();
    for table in tables() {
        let Some(rows) = rows.remove(table.id) else { continue };
        let header: Vec<Cell> = table.shown().map(|column| Cell::Text(column.title.clone())).collect();
        for (part, rows) in rows.chunks(MOST_ROWS_OF_A_SHEET).enumerate() {
            let name = if part == 0 { table.title.clone() } else { format!("{}({})", table.title, part + 1) };
            let rows = std::iter::once(header.clone()).chain(rows.iter().cloned()).collect();
            sheets.push(Sheet { name, rows });
        }
    }
    Ok(sheets)
}

/// The rows of a command: one for each line of an adjustment, else one.
fn written(number: u64, command: &Command) -> Vec<(&'static Table, Vec<Cell>)> {
    let Some(table) = table_of(command).and_then(table) else { return Vec::new() };
    let rows = match command {
        Command::Adjust(adjustment) => adjustment.moves.len(),
        _ => 1,
    };
    (0..rows)
        .map(|part| {
            let order = (Is::Order, Cell::Number(number.to_string()));
            let mut cells: Vec<(Is, Cell)> = fields(command, part);
            cells.push(order);
            let cell = |is: Is| cells.iter().find(|(own, _)| *own == is).map(|(_, cell)| cell.clone());
            let row = table.shown().map(|column| match (column.is, command) {
                (Is::Field(position), Command::AddRow(_, name, row) | Command::CorrectRow(_, name, row, _)) => {
                    crate::import::registers::cell(name.register.as_str(), position, row)
                }
                (is, _) => cell(is).unwrap_or_default(),
            });
            (table, row.collect())
        })
        .collect()
}

/// The table of a command.
fn table_of(command: &Command) -> Option<&str> {
    Some(match command {
        Command::OpenUnit(_) | Command::ChangeUnit(_) => "units",
        Command::CloseUnit(_) => "closed_units",
        Command::Appoint(..) => "persons",
        Command::Dismiss(..) => "dismissals",
        Command::OpenYear(..) => "years",
        Command::SetCeiling(_) => "ceilings",
        Command::Budget(_) => "budget",
        Command::Freeze(_) => "versions",
        Command::Allot(_) => "allotments",
        Command::Plan(_) => "plans",
        Command::Reserve(_) => "reservations",
        Command::Release(..) => "releases",
        Command::Pay(_) => "payments",
        Command::ReversePayment(..) | Command::ReverseReceipt(..) => "reversals",
        Command::Adjust(_) => "adjustments",
        Command::Receive(_) => "receipts",
        Command::BringForward(_) => "openings",
        Command::Move(_) => "movements",
        Command::CloseYear(_) => "closings",
        Command::ApproveAccounts(_) => "approvals",
        Command::AddRow(_, name, _) | Command::CorrectRow(_, name, ..) => name.register.as_str(),
        Command::RemoveRow(..) => "removals",
        Command::RecordAmount(..) => "known",
        Command::RecordCount(..) => "counts",
        Command::Explain(..) => "explanations",
        Command::Disclose(_) => "disclosures",
        Command::CopyVersion(..) | Command::Transfer(..) => return None,
    })
}
