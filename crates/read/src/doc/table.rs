//! Tables of a legacy file: paragraphs that end cells, and paragraphs that end rows.
//!
//! What ends a row says where the edges of its cells lie, in twips, and which cells are one. Edges are positions and
//! not columns, so the edges of all rows of a table together are its columns.

use super::bytes::{slice, u16_at};
use super::sprm::{Sprm, code};
use crate::word::Piece;
use crate::word::table::{Merge, Row, Slot};

/// Cells of a row beyond this many are no cells: Word has 63.
const MAX_CELLS: usize = 256;
/// How wide a cell is taken for whose row does not say it.
const WIDTH: i32 = 1_000;

/// A cell as the end of its row says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Shape {
    left: i32,
    right: i32,
    /// It is one with the cell before it.
    joined: bool,
    merge: Merge,
}

/// The cells of a row, as far as its end says them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Shapes(Vec<Shape>);

impl Shapes {
    /// Takes up a property of the end of a row.
    pub(super) fn take(&mut self, sprm: Sprm<'_>) {
        let (first, last) = (usize::from(sprm.byte()), sprm.operand.get(1).copied().map_or(0, usize::from));
        match sprm.code {
            code::T_DEF_TABLE => self.0 = defined(sprm.operand).unwrap_or_default(),
            code::T_VERT_MERGE => {
                if let Some(cell) = self.0.get_mut(first) {
                    cell.merge = merge(u16::from(sprm.operand.get(1).copied().unwrap_or(0)));
                }
            }
            code::T_MERGE => {
                let to = last.min(self.0.len());
                let cells = self.0.get_mut(first..to).unwrap_or_default();
                cells.iter_mut().skip(1).for_each(|cell| cell.joined = true);
            }
            code::T_SPLIT => {
                let to = last.min(self.0.len());
                self.0.get_mut(first..to).unwrap_or_default().iter_mut().for_each(|cell| cell.joined = false);
            }
            code::T_DELETE if first < last => {
                let to = last.min(self.0.len());
                self.0.drain(first.min(to)..to);
                self.restrung(first);
            }
            code::T_INSERT => self.insert(first, last, sprm.operand),
            code::T_DXA_COL => {
                let width = u16_at(sprm.operand, 2).unwrap_or(0);
                for cell in self.0.iter_mut().skip(first).take(last.saturating_sub(first)) {
                    cell.right = cell.left + i32::from(width);
                }
                self.restrung(first);
            }
            _ => {}
        }
    }

    fn insert(&mut self, first: usize, count: usize, operand: &[u8]) {
        let width = i32::from(u16_at(operand, 2).unwrap_or(0));
        let at = first.min(self.0.len());
        let left = if at == 0 { 0 } else { self.0[at - 1].right };
        let new = Shape { left, right: left + width, joined: false, merge: Merge::None };
        let room = MAX_CELLS.saturating_sub(self.0.len());
        self.0.splice(at..at, std::iter::repeat_n(new, count.min(room)));
        self.restrung(at);
    }

    /// Sets the cells from one on side by side again.
    fn restrung(&mut self, from: usize) {
        for at in from.max(1)..self.0.len() {
            let (left, width) = (self.0[at - 1].right, self.0[at].right - self.0[at].left);
            (self.0[at].left, self.0[at].right) = (left, left + width);
        }
    }
}

/// The cells of a row: their edges, then for each what it is one with.
fn defined(operand: &[u8]) -> Option<Vec<Shape>> {
    const CELL: usize = 20;
    let count = usize::from(*operand.first()?).min(MAX_CELLS);
    let edges: Vec<i32> =
        (0..=count).map(|at| u16_at(operand, 1 + 2 * at).map(|edge| i32::from(edge as i16))).collect::<Option<_>>()?;
    let cells = operand.get(1 + 2 * (count + 1)..)?;
    let shape = |(at, ends): (usize, &[i32])| {
        // What stands at the end and is as usual may be left out.
        let flags = slice(cells, CELL * at, 2).and_then(|flags| u16_at(flags, 0)).unwrap_or(0);
        let merge = merge(flags >> 5 & 3);
        Shape { left: ends[0], right: ends[1].max(ends[0]), joined: flags & 3 > 1, merge }
    };
    Some(edges.windows(2).enumerate().map(shape).collect())
}

fn merge(flags: u16) -> Merge {
    match flags {
        1 => Merge::Continues,
        2 | 3 => Merge::Begins,
        _ => Merge::None,
    }
}

/// A cell between two edges in twips.
struct Laid {
    left: i32,
    right: i32,
    merge: Merge,
    pieces: Vec<Piece>,
}

/// A table in the making.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<Laid>>,
    /// The cells of the row that has not ended.
    cells: Vec<Vec<Piece>>,
    /// What stands in the cell that has not ended.
    pieces: Vec<Piece>,
}

impl Open {
    fn end_cell(&mut self) {
        self.cells.push(std::mem::take(&mut self.pieces));
    }

    fn end_row(&mut self, shapes: &Shapes) {
        if !self.pieces.is_empty() {
            self.end_cell();
        }
        let mut row: Vec<Laid> = Vec::with_capacity(self.cells.len());
        for (at, pieces) in self.cells.drain(..).enumerate() {
            let beyond = row.last().map_or(0, |last| last.right);
            let usual = Shape { left: beyond, right: beyond + WIDTH, joined: false, merge: Merge::None };
            let shape = shapes.0.get(at).copied().unwrap_or(usual);
            match row.last_mut().filter(|_| shape.joined) {
                Some(last) => {
                    last.right = shape.right;
                    last.pieces.extend(pieces);
                }
                None => row.push(Laid { left: shape.left, right: shape.right, merge: shape.merge, pieces }),
            }
        }
        if !row.is_empty() {
            self.rows.push(row);
        }
    }

    fn finish(mut self) -> Piece {
        if !self.cells.is_empty() || !self.pieces.is_empty() {
            self.end_row(&Shapes::default());
        }
        let cells = || self.rows.iter().flatten();
        let mut edges: Vec<i32> = cells().flat_map(|cell| [cell.left, cell.right]).collect();
        edges.sort_unstable();
        edges.dedup();
        let widths = edges.windows(2).map(|ends| ends[1].abs_diff(ends[0])).collect();
        let at = |edge: i32| edges.binary_search(&edge).unwrap_or(0) as u32;
        let slot =
            |cell: Laid| Slot { start: at(cell.left), end: at(cell.right), merge: cell.merge, pieces: cell.pieces };
        let rows = self.rows.into_iter().map(|row| Row { cells: row.into_iter().map(slot).collect() }).collect();
        Piece::Table(rows, widths)
    }
}

/// Paragraphs as they come, sorted into tables.
#[derive(Default)]
pub(super) struct Sorter {
    done: Vec<Piece>,
    /// The tables that are open, each within a cell of the one before.
    open: Vec<Open>,
}

/// What the end of a paragraph ends besides.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) enum Ends {
    /// Nothing.
    #[default]
    Paragraph,
    /// A cell.
    Cell,
    /// A row whose cells have these shapes.
    Row(Shapes),
}

impl Sorter {
    /// Takes up a paragraph that stands in so many tables.
    pub(super) fn take(&mut self, depth: usize, piece: Option<Piece>, ends: &Ends) {
        while self.open.len() > depth {
            self.close();
        }
        while self.open.len() < depth {
            self.open.push(Open::default());
        }
        let pieces = self.open.last_mut().map_or(&mut self.done, |open| &mut open.pieces);
        pieces.extend(piece);
        match (self.open.last_mut(), ends) {
            (Some(open), Ends::Cell) => open.end_cell(),
            (Some(open), Ends::Row(shapes)) => open.end_row(shapes),
            _ => {}
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            let table = open.finish();
            self.open.last_mut().map_or(&mut self.done, |around| &mut around.pieces).push(table);
        }
    }

    /// All of it.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}
