//! [`template`]: the empty table that a person fills in.

use super::HELP_MARK;
use super::column::{Column, Is, Need};
use super::table::Table;
use mingzhang_model::sheet::{Cell, Sheet};

/// An empty table, with what a program needs to make columns comfortable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// The header and a line of help below it.
    pub sheet: Sheet,
    /// How many rows at the top are not data.
    pub head: usize,
    /// The columns, in the order of the sheet: what each holds, and the words to choose from.
    pub columns: Vec<Column>,
}

/// The template of a table.
pub fn template(table: &Table) -> Template {
    // People do not write the numbers of entries.
    let columns: Vec<Column> = table.shown().filter(|column| column.is != Is::Order).cloned().collect();
    let titles = columns.iter().map(|column| Cell::Text(column.title.clone())).collect();
    let helps = columns.iter().enumerate().map(|(at, column)| {
        let may = if column.need == Need::Optional { "（可不填）" } else { "" };
        let mark = if at == 0 { HELP_MARK } else { "" };
        Cell::Text(format!("{mark}{may}{}", column.help))
    });
    let rows = vec![titles, helps.map(emptied).collect()];
    Template { sheet: Sheet { name: table.title.clone(), rows }, head: 2, columns }
}

fn emptied(cell: Cell) -> Cell {
    match cell {
        Cell::Text(text) if text.is_empty() => Cell::Empty,
        cell => cell,
    }
}
