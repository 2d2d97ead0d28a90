//! Cells with spans to a grid that is tiled exactly, as browsers lay out tables.
//!
//! A span of nothing reaches to the end of its group of rows; one that is too large ends there; where two cells
//! claim a place, the upper one has it. Columns and rows in which no cell begins have no width and are left out.

use super::flow::Item;
use mingzhang_model::document::{Cell, Place, Table, Untiled};

/// As far as a cell may reach to the right, by the standard.
const MAX_COLUMN_SPAN: u32 = 1_000;
/// Tables of more columns are kept as running text.
const MAX_COLUMNS: usize = 256;
/// Places of a table, empty ones included.
const MAX_PLACES: usize = 500_000;

/// A cell as it is written.
pub(super) struct Written {
    pub(super) row_span: u32,
    pub(super) column_span: u32,
    pub(super) items: Vec<Item>,
}

/// Rows that belong together: no cell reaches out of them.
pub(super) type Group = Vec<Vec<Written>>;

/// A cell at its place.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) row_span: u32,
    pub(super) column_span: u32,
    pub(super) items: Vec<Item>,
}

/// A table before it is known whether it is one.
#[derive(Debug, Default)]
pub(super) struct Formed {
    pub(super) rows: u32,
    pub(super) columns: u32,
    /// In reading order.
    pub(super) cells: Vec<Placed>,
    /// What stands in hidden columns, in reading order.
    pub(super) hidden: Vec<Item>,
    /// Set where it has too many places to be a table.
    pub(super) over: bool,
}

/// Lays out groups of rows; `hidden` are columns that are not shown.
pub(super) fn form(groups: Vec<Group>, hidden: &[bool]) -> Formed {
    let mut cells = Vec::new();
    // For each column, the first row that is free in it.
    let mut free: Vec<u32> = Vec::new();
    let mut row = 0_u32;
    for group in groups {
        let end = row + group.len() as u32;
        for written in group {
            let mut column = 0;
            for cell in written {
                while free.get(column).is_some_and(|free| *free > row) {
                    column += 1;
                }
                let row_span = if cell.row_span == 0 { end - row } else { cell.row_span.min(end - row) };
                let wanted = cell.column_span.clamp(1, MAX_COLUMN_SPAN) as usize;
                let width = (0..wanted).take_while(|i| free.get(column + i).is_none_or(|free| *free <= row)).count();
                free.resize(free.len().max(column + width), row);
                free[column..column + width].fill(row + row_span);
                let (at, column_span) = (column as u32, width as u32);
                cells.push(Placed { row, column: at, row_span, column_span, items: cell.items });
                column += width;
            }
            row += 1;
        }
    }
    squeezed(cells, hidden)
}

/// The same cells without the rows and columns in which none begins, and without hidden columns.
fn squeezed(cells: Vec<Placed>, hidden: &[bool]) -> Formed {
    let is_hidden = |column: u32| hidden.get(column as usize).copied().unwrap_or(false);
    let mut columns: Vec<u32> = cells.iter().map(|cell| cell.column).filter(|column| !is_hidden(*column)).collect();
    // A cell that begins in a hidden column is seen from the first shown one on.
    for cell in cells.iter().filter(|cell| is_hidden(cell.column)) {
        columns.extend((cell.column..cell.column + cell.column_span).find(|column| !is_hidden(*column)));
    }
    columns.sort_unstable();
    columns.dedup();
    let mut rows: Vec<u32> = cells.iter().map(|cell| cell.row).collect();
    rows.dedup();
    let within = |edges: &[u32], from: u32, span: u32| {
        let first = edges.partition_point(|edge| *edge < from) as u32;
        (first, edges.partition_point(|edge| *edge < from + span) as u32 - first)
    };
    let mut formed = Formed { rows: rows.len() as u32, columns: columns.len() as u32, ..Formed::default() };
    formed.over = columns.len() > MAX_COLUMNS || rows.len() * columns.len() > MAX_PLACES;
    for mut cell in cells {
        (cell.column, cell.column_span) = within(&columns, cell.column, cell.column_span);
        (cell.row, cell.row_span) = within(&rows, cell.row, cell.row_span);
        if cell.column_span > 0 {
            formed.cells.push(cell);
        } else {
            formed.hidden.extend(cell.items);
        }
    }
    formed
}

impl Formed {
    /// The table whose row `r` stands at `place(r)`.
    pub(super) fn tiled(self, place: impl Fn(u32) -> Place) -> Result<Table, Untiled> {
        let mut taken = vec![false; self.rows as usize * self.columns as usize];
        let mut cells = Vec::with_capacity(self.cells.len());
        for cell in self.cells {
            for row in cell.row..cell.row + cell.row_span {
                let start = (row * self.columns + cell.column) as usize;
                taken[start..start + cell.column_span as usize].fill(true);
            }
            let Placed { row, column, row_span, column_span, items } = cell;
            let text = super::flow::lines(items).join("\n");
            cells.push(Cell { row, column, row_span, column_span, text, place: place(row) });
        }
        for (at, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            let (row, column) = (at as u32 / self.columns, at as u32 % self.columns);
            cells.push(Cell { row, column, row_span: 1, column_span: 1, text: String::new(), place: place(row) });
        }
        Table::tiled(self.rows, self.columns, cells)
    }
}
