//! A grid to a ruled table: the size of its type, the widths of its columns, the heights of its rows.
//!
//! All needs are measured in ems, so that the size of the type is a division. A number is never broken and decides
//! the least width of its column; names and titles wrap. The table is always as wide as the text.

use super::breaking::{self, Fill, Line};
use super::faces::{Cast, Letter, Weight};
use super::sheet::{Frame, SIDEWAYS, UPRIGHT};
use crate::manuscript::{CellRole, Grid, GridCell};

/// The distance from a rule to letters at either side, in ems.
pub(super) const SIDE: f32 = 0.4;
/// The distance from the rule above and below, in ems.
const OVER: f32 = 0.32;
/// The distance between lines, in ems.
pub(super) const PITCH: f32 = 1.3;
/// The sizes of type, from the best to the smallest at which names are given room before numbers alone decide.
const SIZES: [f32; 6] = [10.5, 10.0, 9.5, 9.0, 8.5, 8.0];
/// An upright page that would need smaller type is turned.
const TURNED_BELOW: f32 = 7.5;
/// A word or a piece of a name asks for no more than this, in ems.
const LONGEST_PIECE: f32 = 8.0;
/// A name is given no more than this before others have what they need, in ems.
const LONGEST_NAME: f32 = 24.0;

/// A cell, set.
#[derive(Debug)]
pub(super) struct SetCell {
    /// The topmost row.
    pub row: usize,
    /// The leftmost column.
    pub column: usize,
    /// How many rows.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// Which of the grid's cells.
    pub source: usize,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A table, set.
#[derive(Debug)]
pub(super) struct Table {
    /// The page it stands on.
    pub frame: Frame,
    /// The size of its type.
    pub size: f32,
    /// The edges of its columns from the left edge of the text.
    pub edges: Vec<f32>,
    /// The heights of its rows.
    pub heights: Vec<f32>,
    /// How many rows at the top stand again on every page.
    pub header: usize,
    /// Whether a row stays with the one above it.
    pub joined: Vec<bool>,
    /// Its cells.
    pub cells: Vec<SetCell>,
    /// The cell at each position, row by row.
    pub owner: Vec<u32>,
}

/// What a column or a cell needs, in ems.
#[derive(Clone, Copy, Default, Debug)]
struct Need {
    least: f32,
    easy: f32,
    natural: f32,
}

/// The weight that a cell's text is set in.
pub(super) fn weight(cell: &GridCell) -> Weight {
    if cell.strong { Weight::Bold } else { Weight::Text }
}

/// Sets a grid; `above` is the height of what must stand over it on the same page. `None` when its cells do not
/// tile it.
pub(super) fn set(grid: &Grid, cast: &Cast, above: f32) -> Option<Table> {
    let owner = owner(grid)?;
    let letters: Vec<Vec<Letter>> = grid.cells.iter().map(|cell| cast.set(&cell.text, weight(cell))).collect();
    let needs = columns(grid, &letters);
    let least: f32 = needs.iter().map(|need| need.least).sum();
    let turned = grid.landscape || UPRIGHT.measure() / least < TURNED_BELOW;
    let frame = if turned { SIDEWAYS } else { UPRIGHT };
    let (size, widths) = widths(&needs, frame.measure());
    let cells: Vec<SetCell> = grid
        .cells
        .iter()
        .zip(&letters)
        .enumerate()
        .map(|(i, (cell, letters))| {
            let (column, columns) = (cell.column as usize, cell.column_span as usize);
            let room: f32 = widths[column..column + columns].iter().sum::<f32>() - 2.0 * SIDE;
            SetCell {
                row: cell.row as usize,
                column,
                rows: cell.row_span as usize,
                columns,
                source: i,
                lines: cell_lines(cell, letters, room),
            }
        })
        .collect();
    let mut edges = vec![0.0];
    edges.extend(widths.iter().scan(0.0, |at, width| {
        *at += width * size;
        Some(*at)
    }));
    let heights = heights(&cells, grid.rows as usize, size);
    let mut table = Table {
        frame,
        size,
        edges,
        header: header(grid, &heights, frame),
        joined: vec![false; heights.len()],
        heights,
        cells,
        owner,
    };
    table.cut_tall_rows(above);
    table.join_rows(above);
    Some(table)
}

/// The cell at each position; `None` when a position has none or several.
fn owner(grid: &Grid) -> Option<Vec<u32>> {
    let (rows, columns) = (grid.rows as usize, grid.columns as usize);
    let mut owner = vec![u32::MAX; rows * columns];
    for (i, cell) in grid.cells.iter().enumerate() {
        let (right, bottom) = (cell.column + cell.column_span, cell.row + cell.row_span);
        if right > grid.columns || bottom > grid.rows {
            return None;
        }
        for row in cell.row as usize..bottom as usize {
            for place in &mut owner[row * columns + cell.column as usize..row * columns + right as usize] {
                if *place != u32::MAX {
                    return None;
                }
                *place = u32::try_from(i).ok()?;
            }
        }
    }
    (!owner.is_empty() && !owner.contains(&u32::MAX)).then_some(owner)
}

fn cell_lines(cell: &GridCell, letters: &[Letter], room: f32) -> Vec<Line> {
    match cell.role {
        CellRole::Money | CellRole::Code => breaking::lines(letters, f32::INFINITY, 0.0, Fill::Ragged),
        CellRole::ColumnHead => breaking::balanced(letters, room),
        CellRole::RowHead { indent } => breaking::lines(letters, room - f32::from(indent), 0.0, Fill::Ragged),
        CellRole::Words => breaking::lines(letters, room, 0.0, Fill::Ragged),
    }
}

fn need(cell: &GridCell, letters: &[Letter]) -> Need {
    let natural = letters.split(|letter| letter.char == '\n').map(breaking::width).fold(0.0, f32::max);
    let piece = || breaking::widest_piece(letters).min(LONGEST_PIECE);
    let name = |indent: f32| Need {
        least: indent + piece().max(natural.min(4.0)),
        easy: indent + natural.min(9.0).max(piece()),
        natural: indent + natural.min(LONGEST_NAME),
    };
    let need = match cell.role {
        CellRole::Money => Need { least: natural, easy: natural + 0.5, natural: natural + 1.0 },
        CellRole::Code => Need { least: natural, easy: natural, natural: natural + 0.5 },
        CellRole::ColumnHead => Need {
            least: piece(),
            easy: piece().max((natural / 3.0).ceil()).min(natural),
            natural: natural.min(LONGEST_NAME),
        },
        CellRole::RowHead { indent } => name(f32::from(indent)),
        CellRole::Words => name(0.0),
    };
    // A hair more than the letters, so that what was measured to fit does fit.
    let sides = 2.0 * SIDE + 0.01;
    Need { least: need.least + sides, easy: need.easy + sides, natural: need.natural + sides }
}

/// What each column needs: first for its own cells, then for those that span several, the narrow ones first.
fn columns(grid: &Grid, letters: &[Vec<Letter>]) -> Vec<Need> {
    let one = 1.0 + 2.0 * SIDE;
    let mut columns = vec![Need { least: one, easy: one, natural: one }; grid.columns as usize];
    let mut cells: Vec<(&GridCell, Need)> =
        grid.cells.iter().zip(letters).map(|(cell, letters)| (cell, need(cell, letters))).collect();
    cells.sort_by_key(|(cell, _)| cell.column_span);
    for (cell, need) in cells {
        let spanned = &mut columns[cell.column as usize..(cell.column + cell.column_span) as usize];
        grow(spanned, need.least, |column| &mut column.least);
        grow(spanned, need.easy, |column| &mut column.easy);
        grow(spanned, need.natural, |column| &mut column.natural);
    }
    for column in &mut columns {
        column.easy = column.easy.max(column.least);
        column.natural = column.natural.max(column.easy);
    }
    columns
}

fn grow(columns: &mut [Need], wanted: f32, part: impl Fn(&mut Need) -> &mut f32) {
    let have: f32 = columns.iter_mut().map(|column| *part(column)).sum();
    let share = (wanted - have).max(0.0) / columns.len() as f32;
    columns.iter_mut().for_each(|column| *part(column) += share);
}

/// The size of the type, and the width of each column in ems of it.
fn widths(needs: &[Need], measure: f32) -> (f32, Vec<f32>) {
    let sum = |part: fn(&Need) -> f32| needs.iter().map(part).sum::<f32>();
    let (least, easy, natural) = (sum(|n| n.least), sum(|n| n.easy), sum(|n| n.natural));
    let comfortable = SIZES.into_iter().find(|size| easy * size <= measure);
    let size = comfortable.unwrap_or_else(|| SIZES[SIZES.len() - 1].min(measure / least));
    let room = measure / size;
    let between = |from: fn(&Need) -> f32, to: fn(&Need) -> f32, low: f32, high: f32| -> Vec<f32> {
        let share = if high > low { (room - low) / (high - low) } else { 0.0 };
        needs.iter().map(|need| from(need) + share * (to(need) - from(need))).collect()
    };
    let widths = if room >= natural {
        needs.iter().map(|need| need.natural * room / natural).collect()
    } else if room >= easy {
        between(|n| n.easy, |n| n.natural, easy, natural)
    } else {
        between(|n| n.least, |n| n.easy, least, easy)
    };
    (size, widths)
}

/// The height of each row: what its own cells need, and a last row more where a cell that spans rows needs it.
fn heights(cells: &[SetCell], rows: usize, size: f32) -> Vec<f32> {
    let mut heights = vec![(PITCH + 2.0 * OVER) * size; rows];
    let mut by_span: Vec<&SetCell> = cells.iter().collect();
    by_span.sort_by_key(|cell| cell.rows);
    for cell in by_span {
        let wanted = (cell.lines.len() as f32 * PITCH + 2.0 * OVER) * size;
        let spanned = &mut heights[cell.row..cell.row + cell.rows];
        let missing = wanted - spanned.iter().sum::<f32>();
        if missing > 0.0 {
            let share = missing / cell.rows as f32;
            spanned.iter_mut().for_each(|height| *height += share);
        }
    }
    heights
}

/// How many header rows are printed on every page: none where they would leave no room for rows, or where a cell
/// reaches from them into the rows.
fn header(grid: &Grid, heights: &[f32], frame: Frame) -> usize {
    let rows = grid.header_rows.min(grid.rows.saturating_sub(1));
    let whole = grid.cells.iter().all(|cell| cell.row >= rows || cell.row + cell.row_span <= rows);
    let rows = rows as usize;
    if whole && heights[..rows].iter().sum::<f32>() < frame.depth() / 2.0 { rows } else { 0 }
}

impl Table {
    /// The height of the header rows.
    pub(super) fn header_height(&self) -> f32 {
        self.heights[..self.header].iter().sum()
    }

    /// The room for rows on a page that holds nothing else but the header and what stands `above`.
    fn room(&self, above: f32) -> f32 {
        self.frame.depth() - above - self.header_height()
    }

    /// Cuts each row that is taller than a page into rows of a line's height, which its cells span. Where such a
    /// row goes over to the next page, each of its cells goes on there with the lines that are left.
    fn cut_tall_rows(&mut self, above: f32) {
        let (room, pitch) = (self.room(above), PITCH * self.size);
        let mut heights = Vec::with_capacity(self.heights.len());
        let mut starts = Vec::with_capacity(self.heights.len() + 1);
        for (row, height) in self.heights.iter().enumerate() {
            starts.push(heights.len());
            if row < self.header || *height <= room {
                heights.push(*height);
            } else {
                // A page's end costs each cell less than two lines.
                let pages = (*height / (room - 3.0 * pitch).max(pitch)).ceil();
                heights.extend(vec![pitch; (*height / pitch + 3.0 * pages).ceil() as usize]);
            }
        }
        starts.push(heights.len());
        if heights.len() == self.heights.len() {
            return;
        }
        let columns = self.edges.len() - 1;
        let old = std::mem::take(&mut self.owner);
        for (row, owners) in old.chunks(columns).enumerate() {
            (starts[row]..starts[row + 1]).for_each(|_| self.owner.extend(owners));
        }
        for cell in &mut self.cells {
            let end = starts[cell.row + cell.rows];
            cell.row = starts[cell.row];
            cell.rows = end - cell.row;
        }
        self.joined = vec![false; heights.len()];
        self.heights = heights;
    }

    /// Rows that a cell spans stay on one page where they fit on one.
    fn join_rows(&mut self, above: f32) {
        for cell in self.cells.iter().filter(|cell| cell.rows > 1) {
            self.joined[cell.row + 1..cell.row + cell.rows].fill(true);
        }
        let room = self.room(above);
        let mut start = 0;
        for end in 1..=self.heights.len() {
            if end < self.heights.len() && self.joined[end] {
                continue;
            }
            if self.heights[start..end].iter().sum::<f32>() > room {
                self.joined[start..end].fill(false);
            }
            start = end;
        }
    }

    /// The row before which a page ends that has this room for rows from `from` on; `from` itself when not even
    /// the first of them fits.
    pub(super) fn page_end(&self, from: usize, room: f32) -> usize {
        let (mut end, mut at) = (from, 0.0);
        for row in from..self.heights.len() {
            at += self.heights[row];
            if at > room + 0.01 {
                break;
            }
            if row + 1 == self.heights.len() || !self.joined[row + 1] {
                end = row + 1;
            }
        }
        // The last row does not stand alone.
        let last = self.heights.len() - 1;
        if end == last && end > from + 1 && !self.joined[end - 1] { end - 1 } else { end }
    }
}
