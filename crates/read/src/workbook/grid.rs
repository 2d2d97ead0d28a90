//! [`Grid`]: the rows and columns of a sheet that are seen, with merged cells as one.

use mingzhang_model::document::{Cell, Place, Table, TablePart};
use mingzhang_sheets::{Area, Shown};
use std::ops::Range;

/// Places of a sheet for which merged cells are looked up, and of a table that is made of it.
const MAX_PLACES: usize = 4_000_000;

/// What is seen of a sheet. Its rows and columns are counted over those that are seen.
pub(super) struct Grid<'s> {
    sheet: &'s Shown,
    number: u32,
    /// The rows and columns of the sheet that are seen.
    rows: Vec<usize>,
    columns: Vec<usize>,
    /// For each place the merged area that covers it, and one more; empty where nothing is merged.
    owners: Vec<u32>,
    /// The merged areas in rows and columns that are seen, first and last included.
    areas: Vec<Area>,
    /// Set where merged cells are not looked up: the sheet is too large.
    pub(super) is_over: bool,
}

impl<'s> Grid<'s> {
    pub(super) fn of(number: u32, sheet: &'s Shown) -> Grid<'s> {
        let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
        let rows: Vec<usize> = (0..sheet.rows.len()).filter(|row| !sheet.hidden_rows.contains(row)).collect();
        let columns: Vec<usize> = (0..width).filter(|column| !sheet.hides(*column)).collect();
        let mut grid = Grid { sheet, number, rows, columns, owners: Vec::new(), areas: Vec::new(), is_over: false };
        grid.merge();
        grid
    }

    fn merge(&mut self) {
        if self.sheet.merges.is_empty() {
            return;
        }
        if self.rows.len() * self.columns.len() > MAX_PLACES {
            self.is_over = true;
            return;
        }
        self.owners = vec![0; self.rows.len() * self.columns.len()];
        for merge in &self.sheet.merges {
            let (rows, columns) =
                (within(&self.rows, merge.top, merge.bottom), within(&self.columns, merge.left, merge.right));
            let places = rows.clone().flat_map(|row| columns.clone().map(move |column| (row, column)));
            let at = |(row, column): (usize, usize)| row * self.columns.len() + column;
            // Programs do not let merged cells overlap; where a file does, the first one has the place.
            if rows.is_empty() || columns.is_empty() || places.clone().any(|place| self.owners[at(place)] != 0) {
                continue;
            }
            let area = Area { top: rows.start, left: columns.start, bottom: rows.end - 1, right: columns.end - 1 };
            self.areas.push(area);
            for place in places.map(at) {
                self.owners[place] = self.areas.len() as u32;
            }
        }
    }

    /// How many rows there are.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// The merged area at a place.
    fn area(&self, row: usize, column: usize) -> Option<&Area> {
        let owner = *self.owners.get(row * self.columns.len() + column)?;
        self.areas.get((owner as usize).checked_sub(1)?)
    }

    /// How many columns the cell at a place covers.
    pub(super) fn width_of(&self, row: usize, column: usize) -> usize {
        self.area(row, column).map_or(1, |area| area.right - area.left + 1)
    }

    /// The text that begins at a place: that of a merged area stands at its first place that is seen.
    pub(super) fn text(&self, row: usize, column: usize) -> &'s str {
        let text = |row: usize, column: usize| {
            self.sheet.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
        };
        let own = text(self.rows[row], self.columns[column]);
        match self.area(row, column) {
            Some(area) if (area.top, area.left) == (row, column) && own.is_empty() => {
                // The place that holds the text may be hidden, and the rest of the area is seen.
                let merge = self.sheet.merges.iter().find(|merge| {
                    (merge.top..=merge.bottom).contains(&self.rows[row])
                        && (merge.left..=merge.right).contains(&self.columns[column])
                });
                merge.map_or("", |merge| text(merge.top, merge.left))
            }
            _ => own,
        }
    }

    /// The columns of a row in which a text begins.
    pub(super) fn filled(&self, row: usize) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(move |column| !self.text(row, *column).is_empty())
    }

    /// Where a cell stands.
    pub(super) fn place(&self, row: usize, column: usize) -> Place {
        let number = |index: Option<&usize>| index.and_then(|index| u32::try_from(index + 1).ok());
        Place {
            page: Some(self.number),
            line: number(self.rows.get(row)),
            column: number(self.columns.get(column)),
            ..Place::default()
        }
    }

    /// The columns between the first and the last text of some rows, merged cells in whole.
    pub(super) fn extent(&self, rows: Range<usize>) -> Range<usize> {
        let mut extent = self.columns.len()..0;
        for row in rows {
            for column in self.filled(row) {
                extent.start = extent.start.min(column);
                extent.end = extent.end.max(column + self.width_of(row, column));
            }
        }
        extent
    }

    /// The table of some rows; none where nothing stands in them, and why where it would be too large.
    pub(super) fn table(&self, rows: Range<usize>) -> Option<Result<Table, String>> {
        let columns = self.extent(rows.clone());
        if columns.is_empty() {
            return None;
        }
        if rows.len() * columns.len() > MAX_PLACES {
            return Some(Err(format!("a table of {} rows and {} columns", rows.len(), columns.len())));
        }
        let mut cells = Vec::new();
        for row in rows.clone() {
            for column in columns.clone() {
                cells.extend(self.cell(row, column, &rows, &columns));
            }
        }
        let part = TablePart { first_row: 0, place: self.place(rows.start, columns.start) };
        let table = squeezed(cells).map(|mut table| {
            table.parts = vec![part];
            table
        });
        Some(table)
    }

    /// The cell that begins at a place of some rows and columns.
    fn cell(&self, row: usize, column: usize, rows: &Range<usize>, columns: &Range<usize>) -> Option<Cell> {
        let (bottom, right) = match self.area(row, column) {
            Some(area) => {
                // A merged cell that reaches in from outside begins at the first place inside.
                let is_first = row == area.top.max(rows.start) && column == area.left.max(columns.start);
                is_first.then_some((area.bottom.min(rows.end - 1), area.right.min(columns.end - 1)))?
            }
            None => (row, column),
        };
        Some(Cell {
            row: (row - rows.start) as u32,
            column: (column - columns.start) as u32,
            row_span: (bottom - row + 1) as u32,
            column_span: (right - column + 1) as u32,
            text: self.text(row, column).to_owned(),
            place: self.place(row, column),
        })
    }
}

/// The positions of what lies between two rows or columns of the sheet.
fn within(seen: &[usize], first: usize, last: usize) -> Range<usize> {
    seen.partition_point(|index| *index < first)..seen.partition_point(|index| *index <= last)
}

/// The cells as a table, without the rows and columns in which no cell begins: no line is seen before them.
fn squeezed(mut cells: Vec<Cell>) -> Result<Table, String> {
    let distinct = |index: fn(&Cell) -> u32| {
        let mut all: Vec<u32> = cells.iter().map(index).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let (rows, columns) = (distinct(|cell| cell.row), distinct(|cell| cell.column));
    let moved = |edges: &[u32], from: u32, span: u32| {
        let first = edges.partition_point(|edge| *edge < from) as u32;
        (first, edges.partition_point(|edge| *edge < from + span) as u32 - first)
    };
    for cell in &mut cells {
        (cell.row, cell.row_span) = moved(&rows, cell.row, cell.row_span);
        (cell.column, cell.column_span) = moved(&columns, cell.column, cell.column_span);
    }
    Table::tiled(rows.len() as u32, columns.len() as u32, cells).map_err(|why| why.to_string())
}
