//! The part of a table that stands on one page: its rules and the letters in its cells.

use super::sheet::{ASCENT, Kind, Mark, Text, Tree};
use super::table::{PITCH, SIDE, SetCell, Table};
use crate::manuscript::{CellRole, Grid};

/// A table while its parts are drawn, page after page.
pub(super) struct Ruled<'t> {
    grid: &'t Grid,
    table: &'t Table,
    /// The node of each cell.
    nodes: Vec<usize>,
    /// How many lines of each cell are drawn.
    drawn: Vec<usize>,
}

/// Where the left edge of the table lies and how far down the page it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
}

impl<'t> Ruled<'t> {
    /// Begins a table: its rows and cells become parts of the document.
    pub(super) fn begin(grid: &'t Grid, table: &'t Table, tree: &mut Tree) -> Ruled<'t> {
        let node = tree.add(None, Kind::Table);
        let rows: Vec<usize> = (0..grid.rows).map(|_| tree.add(Some(node), Kind::Row)).collect();
        let mut order: Vec<usize> = (0..grid.cells.len()).collect();
        order.sort_by_key(|i| (grid.cells[*i].row, grid.cells[*i].column));
        let mut nodes = vec![0; grid.cells.len()];
        for i in order {
            let cell = &grid.cells[i];
            let kind = if cell.row < grid.header_rows { Kind::Head } else { Kind::Cell };
            nodes[i] = tree.add(Some(rows[cell.row as usize]), kind(cell.row_span, cell.column_span));
        }
        Ruled { grid, table, nodes, drawn: vec![0; grid.cells.len()] }
    }

    /// Draws the header, if it is wanted here, and rows `from..to` under it. Returns the lower edge.
    pub(super) fn part(&mut self, rows: std::ops::Range<usize>, corner: Corner, marks: &mut Vec<Mark>) -> f32 {
        let header = if rows.start >= self.table.header { 0..self.table.header } else { 0..0 };
        let again = rows.start > self.table.header;
        let shown: Vec<usize> = header.chain(rows).collect();
        let mut ys = vec![corner.y];
        for row in &shown {
            ys.push(ys[ys.len() - 1] + self.table.heights[*row]);
        }
        marks.push(Mark::Rules(self.rules(&shown, &ys, corner.x)));
        for cell in &self.table.cells {
            let end = cell.row + cell.rows;
            let Some(first) = shown.iter().position(|row| (cell.row..end).contains(row)) else { continue };
            let count = shown[first..].iter().take_while(|row| (cell.row..end).contains(row)).count();
            let repeated = again && end <= self.table.header;
            let whole = count == cell.rows;
            self.cell(
                cell,
                (ys[first], ys[first + count]),
                corner.x,
                Showing { repeated, whole, last: end == shown[first + count - 1] + 1 },
                marks,
            );
        }
        ys[ys.len() - 1]
    }

    fn cell(&mut self, cell: &SetCell, (top, bottom): (f32, f32), left: f32, showing: Showing, marks: &mut Vec<Mark>) {
        let (size, pitch) = (self.table.size, PITCH * self.table.size);
        let done = if showing.whole { 0 } else { self.drawn[cell.source] };
        let room = ((bottom - top - 0.4 * size) / pitch).floor().max(1.0) as usize;
        let left_over = cell.lines.len() - done;
        let count = if showing.whole || showing.last { left_over } else { left_over.min(room) };
        let slack = bottom - top - cell.lines.len() as f32 * pitch;
        let above = if showing.whole { slack / 2.0 } else { 0.2 * size };
        let source = &self.grid.cells[cell.source];
        let (x0, x1) = (self.table.edges[cell.column] + left, self.table.edges[cell.column + cell.columns] + left);
        for (i, line) in cell.lines[done..done + count].iter().enumerate() {
            let width = line.width * size;
            let x = match source.role {
                CellRole::ColumnHead | CellRole::Code => (x0 + x1 - width) / 2.0,
                CellRole::Money => x1 - SIDE * size - width,
                CellRole::RowHead { indent } => x0 + (SIDE + f32::from(indent)) * size,
                CellRole::Words => x0 + SIDE * size,
            };
            let y = top + above + i as f32 * pitch + ((PITCH - 1.0) / 2.0 + ASCENT) * size;
            let node = (!showing.repeated).then_some(self.nodes[cell.source]);
            marks.push(Mark::Text(Text { x, y, size, line: line.clone(), node }));
        }
        self.drawn[cell.source] = done + count;
    }

    /// The edges of all cells that are shown, as long as they go: a merged cell has none inside.
    fn rules(&self, shown: &[usize], ys: &[f32], left: f32) -> Vec<[f32; 4]> {
        let columns = self.table.edges.len() - 1;
        let owner = |row: usize, column: usize| self.table.owner[shown[row] * columns + column];
        let x = |edge: usize| self.table.edges[edge] + left;
        let mut rules = Vec::new();
        for (edge, y) in ys.iter().enumerate() {
            let ruled = |column| edge == 0 || edge == shown.len() || owner(edge - 1, column) != owner(edge, column);
            rules.extend(stretches(columns, ruled).map(|(from, to)| [x(from), *y, x(to), *y]));
        }
        for edge in 0..=columns {
            let ruled = |row| edge == 0 || edge == columns || owner(row, edge - 1) != owner(row, edge);
            rules.extend(stretches(shown.len(), ruled).map(|(from, to)| [x(edge), ys[from], x(edge), ys[to]]));
        }
        rules
    }
}

/// How a cell is shown in a part of its table.
#[derive(Clone, Copy)]
struct Showing {
    /// It is a header that stood before.
    repeated: bool,
    /// All of its rows are in this part.
    whole: bool,
    /// Its last row is in this part.
    last: bool,
}

/// The stretches of `0..count` in which all are wanted, each as its begin and its end.
fn stretches(count: usize, wanted: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for i in (0..count).filter(|i| wanted(*i)) {
        match found.last_mut() {
            Some((_, end)) if *end == i => *end = i + 1,
            _ => found.push((i, i + 1)),
        }
    }
    found.into_iter()
}
