//! Rows of cells to a table that its cells tile.
//!
//! Rows say of each cell between which edges it lies. Edges that hardly differ are one: people drag them by hand,
//! and what a reader takes for a column is what looks like one. A row that is shorter than the table gets empty
//! cells; of two cells at one place the later moves aside. So every row becomes part of a table, and no text is lost.

use super::{Flow, Piece, place};
use mingzhang_model::document::{Block, Cell, NoteKind, Place, Table, TablePart};

/// Edges nearer than this, in twips, are one: no character fits between them.
const NEAR: u32 = 60;
/// Columns beyond this many are not read: a table of Word has no more than 63.
const MAX_COLUMNS: u32 = 256;
/// Positions of a table beyond this many are not read.
const MAX_POSITIONS: usize = 2_000_000;

/// A row of a table.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Slot>,
}

/// A cell between two edges. Edges are counted from the left, and the first is 0.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Slot {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) merge: Merge,
    pub(crate) pieces: Vec<Piece>,
}

/// Whether a cell is one with the cell above it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Merge {
    /// It stands alone.
    #[default]
    None,
    /// It is the first of some.
    Begins,
    /// It goes on with the cell above.
    Continues,
}

/// What became of rows.
pub(crate) struct Tiled {
    /// The table, if it holds anything; its texts as paragraphs, if it could not be tiled.
    pub(crate) blocks: Vec<Block>,
    /// The tables that stood in its cells.
    pub(crate) inner: Vec<Piece>,
}

/// What stands in a table of one cell, which is a frame and no table; the rows of any other.
pub(crate) fn only_cell(mut rows: Vec<Row>) -> Result<Vec<Piece>, Vec<Row>> {
    rows.retain(|row| !row.cells.is_empty());
    match rows.as_mut_slice() {
        [] => Ok(Vec::new()),
        [row] if row.cells.len() == 1 => Ok(row.cells.pop().map(|slot| slot.pieces).unwrap_or_default()),
        _ => Err(rows),
    }
}

/// Makes a table of rows, of which none is without a cell.
pub(crate) fn tile(mut rows: Vec<Row>, widths: &[u32], flow: &mut Flow) -> Tiled {
    let mut inner = Vec::new();
    let columns = columns(&mut rows, widths, flow);
    let most = MAX_POSITIONS / columns.max(1) as usize;
    if rows.len() > most {
        flow.limit("表格过大，只读了前面的行");
        rows.truncate(most);
    }
    let mut grid = Grid::new(rows.len() as u32, columns);
    for (number, row) in rows.into_iter().enumerate() {
        grid.row(number as u32, row, flow, &mut inner);
    }
    grid.pad();
    let says = grid.cells.iter().any(|cell| !cell.text.is_empty());
    if !says && !inner.is_empty() {
        return Tiled { blocks: Vec::new(), inner };
    }
    let place = grid.first.unwrap_or_default();
    match Table::tiled(grid.rows, columns, grid.cells) {
        Ok(mut table) => {
            table.parts = vec![TablePart { first_row: 0, place }];
            Tiled { blocks: vec![Block::Table(table)], inner }
        }
        // Cannot be, since the grid was filled exactly; a fault of the reader must not cost the rest.
        Err(why) => {
            flow.note(NoteKind::Untiled, place, why.to_string());
            Tiled { blocks: Vec::new(), inner }
        }
    }
}

/// Counts edges anew, so that only those are left which some cell has and which are not nearly another. How many
/// columns there are.
fn columns(rows: &mut [Row], widths: &[u32], flow: &mut Flow) -> u32 {
    let slots = || rows.iter().flat_map(|row| &row.cells);
    let mut edges: Vec<u32> = slots().flat_map(|slot| [slot.start, slot.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    // How far an edge lies from the left, where that is known.
    let mut positions = vec![0_u64];
    positions.extend(widths.iter().scan(0_u64, |sum, width| {
        *sum += u64::from(*width);
        Some(*sum)
    }));
    let far = |edge: u32| positions.get(edge as usize).copied();
    let holds = |from: u32, to: u32| {
        slots().any(|slot| slot.start >= from && slot.end <= to && slot.start < slot.end && !slot.is_blank())
    };
    let mut kept: Vec<u32> = Vec::new();
    let mut number_of: Vec<(u32, u32)> = Vec::with_capacity(edges.len());
    for edge in edges {
        let near = kept.last().is_some_and(|last| match (far(*last), far(edge)) {
            (Some(a), Some(b)) => {
                widths[*last as usize..edge as usize].iter().any(|width| *width > 0)
                    && b - a < u64::from(NEAR)
                    && !holds(*last, edge)
            }
            _ => false,
        });
        if !near {
            kept.push(edge);
        }
        number_of.push((edge, kept.len() as u32 - 1));
    }
    if kept.len() as u32 > MAX_COLUMNS + 1 {
        flow.limit("表格的列过多，超出的列并入最后一列");
    }
    let renumbered = |edge: u32| match number_of.binary_search_by_key(&edge, |(edge, _)| *edge) {
        Ok(at) => number_of[at].1.min(MAX_COLUMNS),
        Err(_) => 0,
    };
    for slot in rows.iter_mut().flat_map(|row| &mut row.cells) {
        (slot.start, slot.end) = (renumbered(slot.start), renumbered(slot.end));
    }
    (kept.len() as u32).saturating_sub(1).clamp(1, MAX_COLUMNS)
}

impl Slot {
    fn is_blank(&self) -> bool {
        self.pieces.is_empty()
    }

    fn first(&self) -> Option<u32> {
        self.pieces.iter().find_map(first)
    }
}

/// The number of the first paragraph of a piece.
fn first(piece: &Piece) -> Option<u32> {
    match piece {
        Piece::Text(text) => Some(text.number),
        Piece::Table(rows, _) => rows.iter().flat_map(|row| &row.cells).find_map(Slot::first),
    }
}

/// A table that is being filled.
struct Grid {
    rows: u32,
    columns: u32,
    cells: Vec<Cell>,
    /// Which cell covers a position; from 1, 0 is none.
    owner: Vec<u32>,
    /// Where the table begins, and where the row begins that was filled last.
    first: Option<Place>,
    places: Vec<Place>,
}

impl Grid {
    fn new(rows: u32, columns: u32) -> Grid {
        let owner = vec![0; rows as usize * columns as usize];
        Grid { rows, columns, cells: Vec::new(), owner, first: None, places: Vec::new() }
    }

    fn at(&self, row: u32, column: u32) -> usize {
        (row * self.columns + column) as usize
    }

    fn row(&mut self, row: u32, slots: Row, flow: &mut Flow, inner: &mut Vec<Piece>) {
        let begins = slots.cells.iter().find_map(Slot::first).map(place);
        self.first = self.first.or(begins);
        // An empty row stands where the row above it does.
        let row_place = begins.or(self.places.last().copied()).unwrap_or_default();
        self.places.push(row_place);
        for slot in slots.cells {
            let start = (slot.start..self.columns).find(|column| self.owner[self.at(row, *column)] == 0);
            let place = slot.first().map_or(row_place, place);
            let merge = slot.merge;
            let (text, end) = (shown(slot.pieces, inner), slot.end.min(self.columns));
            let free = start.filter(|start| *start < end || !text.is_empty());
            match free {
                Some(start) if merge == Merge::Continues && self.goes_on(row, start, end) => covered(text, place, flow),
                Some(start) => self.cell(row, start..end.max(start + 1), Cell { text, place, ..Cell::default() }),
                // Nothing is left to the right: the text goes on in the last cell of the row.
                None if !text.is_empty() => self.append(row, &text),
                None => {}
            }
        }
    }

    /// Lets the cell above cover this position too; false where there is none between the same edges.
    fn goes_on(&mut self, row: u32, start: u32, end: u32) -> bool {
        let Some(above) = row.checked_sub(1) else { return false };
        let owner = self.owner[self.at(above, start)];
        let Some(cell) = (owner as usize).checked_sub(1).and_then(|at| self.cells.get_mut(at)) else { return false };
        if (cell.column, cell.column + cell.column_span) != (start, end) {
            return false;
        }
        cell.row_span += 1;
        let from = self.at(row, start);
        self.owner[from..from + (end - start) as usize].fill(owner);
        true
    }

    fn cell(&mut self, row: u32, columns: std::ops::Range<u32>, cell: Cell) {
        // A cell ends where the next one that is already there begins.
        let end = columns.clone().find(|column| self.owner[self.at(row, *column)] != 0).unwrap_or(columns.end);
        let column_span = end - columns.start;
        self.cells.push(Cell { row, column: columns.start, row_span: 1, column_span, ..cell });
        let (from, owner) = (self.at(row, columns.start), self.cells.len() as u32);
        self.owner[from..from + column_span as usize].fill(owner);
    }

    fn append(&mut self, row: u32, text: &str) {
        let owner = self.owner[self.at(row, self.columns - 1)] as usize;
        if let Some(cell) = owner.checked_sub(1).and_then(|at| self.cells.get_mut(at)) {
            let parted = if cell.text.is_empty() { "" } else { "\n" };
            cell.text = format!("{}{parted}{text}", cell.text);
        }
    }

    /// Puts an empty cell on every position that is left.
    fn pad(&mut self) {
        for row in 0..self.rows {
            for column in 0..self.columns {
                if self.owner[self.at(row, column)] == 0 {
                    let place = self.places[row as usize];
                    self.cell(row, column..column + 1, Cell { place, ..Cell::default() });
                }
            }
        }
    }
}

/// What stands in a cell that goes on with the one above it is not shown.
fn covered(text: String, place: Place, flow: &mut Flow) {
    if !text.is_empty() {
        flow.note(NoteKind::Hidden, place, format!("合并单元格遮住的文字：{text}"));
    }
}

/// The text of a cell, a line for each printed line. A table within it that is one goes to `inner`; of a single row
/// or column, its text is the cell's.
fn shown(pieces: Vec<Piece>, inner: &mut Vec<Piece>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => lines.extend(text.lines().map(str::to_owned)),
            Piece::Table(rows, widths) if is_table(&rows) => inner.push(Piece::Table(rows, widths)),
            Piece::Table(rows, _) => {
                let cells = rows.into_iter().flat_map(|row| row.cells);
                let texts = cells.map(|slot| shown(slot.pieces, inner));
                lines.extend(texts.filter(|text| !text.is_empty()));
            }
        }
    }
    lines.join("\n")
}

fn is_table(rows: &[Row]) -> bool {
    rows.len() > 1 && rows.iter().any(|row| row.cells.len() > 1)
}

/// Texts in cells side by side: for tests.
#[cfg(test)]
pub(crate) fn row(cells: &[(u32, u32, Merge, &str)], numbers: &mut u32) -> Row {
    let slot = |&(start, end, merge, text): &(u32, u32, Merge, &str)| {
        *numbers += 1;
        let piece = Piece::Text(super::Text { text: text.to_owned(), number: *numbers });
        let pieces = if text.is_empty() { Vec::new() } else { vec![piece] };
        Slot { start, end, merge, pieces }
    };
    Row { cells: cells.iter().map(slot).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Merge::{Begins, Continues, None};

    fn table(rows: &[&[(u32, u32, Merge, &str)]], widths: &[u32]) -> (Table, Vec<NoteKind>) {
        let (mut numbers, mut flow) = (0, Flow::default());
        let rows = rows.iter().map(|cells| row(cells, &mut numbers)).collect();
        let tiled = tile(rows, widths, &mut flow);
        let Some(Block::Table(table)) = tiled.blocks.into_iter().next() else { panic!("no table") };
        (table, flow.notes.iter().map(|note| note.kind).collect())
    }

    fn cells(table: &Table) -> Vec<(u32, u32, u32, u32, &str)> {
        table.cells().iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.text.as_str())).collect()
    }

    #[test]
    fn cells_go_on_below_and_short_rows_are_filled() {
        let (table, notes) = table(
            &[&[(0, 1, Begins, "甲"), (1, 3, None, "乙")], &[(0, 1, Continues, "遮"), (1, 2, None, "丙")]],
            &[900, 900, 900],
        );
        assert_eq!(cells(&table), [(0, 0, 2, 1, "甲"), (0, 1, 1, 2, "乙"), (1, 1, 1, 1, "丙"), (1, 2, 1, 1, "")]);
        assert_eq!(notes, [NoteKind::Hidden]);
        assert_eq!(table.cell(1, 2).unwrap().place.paragraph, Some(3), "an empty cell stands where its row does");
    }

    #[test]
    fn edges_that_hardly_differ_are_one() {
        let (table, _) = table(
            &[&[(0, 1, None, "甲"), (1, 3, None, "乙")], &[(0, 2, None, "丙"), (2, 3, None, "丁")]],
            &[900, 20, 900],
        );
        assert_eq!((table.columns(), table.cells().len()), (2, 4));
    }

    #[test]
    fn a_narrow_cell_with_text_stays() {
        let narrow: &[&[(u32, u32, Merge, &str)]] = &[&[(0, 1, None, "甲"), (1, 2, None, "1"), (2, 3, None, "乙")]];
        assert_eq!(table(narrow, &[900, 20, 900]).0.columns(), 3);
        assert_eq!(table(narrow, &[]).0.columns(), 3, "nothing is near where widths are unknown");
    }

    #[test]
    fn a_cell_without_one_above_it_and_cells_at_one_place_lose_nothing() {
        let (table, _) = table(
            &[&[(0, 2, Continues, "甲"), (1, 2, None, "乙")], &[(0, 1, None, "丙"), (0, 1, Continues, "丁")]],
            &[],
        );
        let text: String = table.cells().iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(text, "甲\n乙丙丁");
    }
}
