//! Tables that go on over page breaks.
//!
//! A table goes on when the next page begins with one of the same columns. Columns are the same when their
//! edges are, up to a shift of the whole table, or when both parts begin with the same header rows. A title
//! between two parts ends the first one, unless it is the title of the first part again and the header is
//! too. Header rows that are printed again are dropped; rows below the header are not, though they may be equal.

use super::fill::PageTable;
use super::grid::Area;
use mingzhang_model::document::{Block, Cell, Line, Note, NoteKind, Paragraph, Place, Rect, Table, TablePart};

/// Column edges that differ by less than this are the same.
const SAME_EDGE: f32 = 4.0;
/// A label in a header is no longer than this.
const LONGEST_LABEL: usize = 16;

/// A table in the making.
pub(super) struct Draft {
    xs: Vec<f32>,
    rows: usize,
    cells: Vec<Cell>,
    parts: Vec<TablePart>,
    counts: Vec<u32>,
    title: Vec<String>,
    /// The column edges of the last part: the margins of left and right pages differ.
    last_xs: Vec<f32>,
}

/// How a table goes on with another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Continuation {
    /// How many header rows are printed again.
    pub repeated_rows: usize,
    /// For each column edge of the next part, the edge of this table that it is. A page that holds
    /// nothing but the row of totals has fewer edges: its cells span several columns.
    pub edges: Vec<usize>,
}

/// A text without white space, to compare what was set with other spacing.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

impl Draft {
    /// The table of one page, and the folded lines that stand between it and the table before.
    pub(super) fn new(page: u32, table: PageTable, title: Vec<String>) -> Draft {
        let grid = table.grid;
        let place = |rect: Rect| Place { page: Some(page), rect: Some(rect), ..Place::default() };
        let cells = grid.areas.iter().zip(table.texts).map(|(area, text)| {
            let Area { row, column, rows, columns } = *area;
            Cell {
                row: row as u32,
                column: column as u32,
                row_span: rows as u32,
                column_span: columns as u32,
                text,
                place: place(grid.outline(area)),
            }
        });
        Draft {
            cells: cells.collect(),
            rows: grid.rows(),
            parts: vec![TablePart { first_row: 0, place: place(grid.rect()) }],
            counts: table.counts,
            title,
            last_xs: grid.xs.clone(),
            xs: grid.xs,
        }
    }

    /// Whether and how this table goes on with `next`.
    pub(super) fn continuation(&self, next: &Draft) -> Option<Continuation> {
        let repeated_rows = self.repeated_rows(next);
        if !next.title.is_empty() && (repeated_rows == 0 || !self.title.ends_with(&next.title)) {
            return None;
        }
        if repeated_rows == 0 && self.has_header() && next.has_header() {
            return None;
        }
        let same_header = (repeated_rows > 0 && self.xs.len() == next.xs.len()).then(|| (0..self.xs.len()).collect());
        let edges =
            same_header.or_else(|| edges_among(&self.last_xs, &next.xs)).or_else(|| edges_among(&self.xs, &next.xs));
        edges.map(|edges| Continuation { repeated_rows, edges })
    }

    /// Appends the rows of `next` that are no repetition. Returns the characters that were dropped.
    pub(super) fn append(&mut self, next: Draft, continuation: &Continuation) -> u32 {
        let skip = continuation.repeated_rows as u32;
        let first_row = self.rows as u32;
        let mut dropped = 0;
        for (mut cell, count) in next.cells.into_iter().zip(next.counts) {
            if cell.row < skip {
                dropped += count;
                continue;
            }
            let edge = |column: u32| continuation.edges[column as usize] as u32;
            let (left, right) = (edge(cell.column), edge(cell.column + cell.column_span));
            (cell.column, cell.column_span) = (left, right - left);
            cell.row = cell.row - skip + first_row;
            self.cells.push(cell);
            self.counts.push(count);
        }
        self.parts.extend(next.parts.into_iter().map(|part| TablePart { first_row, ..part }));
        self.rows += next.rows - skip as usize;
        if next.xs.len() == self.last_xs.len() {
            self.last_xs = next.xs;
        }
        dropped
    }

    /// How many leading rows of `next` print the header of this table again. The rows must be whole: no cell
    /// reaches from them into the rows below.
    fn repeated_rows(&self, next: &Draft) -> usize {
        let mut same = 0;
        let mut below_labels = false;
        while same < self.rows.min(next.rows) && self.same_row(next, same as u32) {
            let row = Row::of(self.cells.iter().filter(|c| c.row == same as u32));
            if row.has_figures() || (below_labels && row.is_blank()) {
                break;
            }
            below_labels |= row.has_labels_only();
            same += 1;
        }
        while same > 0 && next.cells.iter().any(|c| c.row < same as u32 && c.row + c.row_span > same as u32) {
            same -= 1;
        }
        same
    }

    fn same_row(&self, next: &Draft, row: u32) -> bool {
        let mut filled = false;
        let shape = |c: &Cell| (c.column, c.column_span, c.row_span);
        let mut own = self.cells.iter().filter(|c| c.row == row);
        let mut its = next.cells.iter().filter(|c| c.row == row);
        loop {
            match (own.next(), its.next()) {
                (Some(a), Some(b)) if shape(a) == shape(b) && folded(&a.text) == folded(&b.text) => {
                    filled |= !a.text.is_empty();
                }
                // A row that consists of the lower halves of cells above begins no cell of its own.
                (None, None) => return filled || row > 0,
                _ => return false,
            }
        }
    }

    /// Whether the first row looks like a header: short words without figures in all of its cells.
    fn has_header(&self) -> bool {
        let mut first = self.cells.iter().filter(|c| c.row == 0);
        self.xs.len() > 2 && first.all(|c| is_label(&c.text))
    }

    /// The finished table; paragraphs of its cells if they do not tile it.
    pub(super) fn finish(self, notes: &mut Vec<Note>) -> Vec<Block> {
        let columns = self.xs.len() as u32 - 1;
        let place = self.parts.first().map_or_else(Place::default, |part| part.place);
        match Table::tiled(self.rows as u32, columns, self.cells.clone()) {
            Ok(mut table) => {
                table.parts = self.parts;
                vec![Block::Table(table)]
            }
            Err(why) => {
                notes.push(Note { kind: NoteKind::Untiled, place, detail: why.to_string() });
                self.cells.into_iter().filter(|c| !c.text.is_empty()).map(as_paragraph).collect()
            }
        }
    }
}

/// The cells that begin in a row, by what stands in them.
#[derive(Default)]
struct Row {
    cells: usize,
    empty: usize,
    dashes: usize,
    figures: Vec<String>,
}

impl Row {
    fn of<'c>(cells: impl Iterator<Item = &'c Cell>) -> Row {
        let mut row = Row::default();
        for cell in cells {
            let text = folded(&cell.text);
            let all = |of: fn(char) -> bool| text.chars().all(of);
            row.cells += 1;
            row.empty += usize::from(text.is_empty());
            if all(|c| matches!(c, '-' | '—' | '－' | '–')) {
                row.dashes += usize::from(!text.is_empty());
            } else if all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%')) {
                row.figures.push(text);
            }
        }
        row
    }

    /// Figures, or dashes for none: no header has them, but for the row that numbers the columns.
    fn has_figures(&self) -> bool {
        (!self.figures.is_empty() || self.dashes > 0) && !self.numbers_columns()
    }

    /// From 1 on, or from 2 when the first column is a sum such as `1=2+3`; each greater than the one before.
    fn numbers_columns(&self) -> bool {
        let numbers: Option<Vec<u32>> = self.figures.iter().map(|text| text.parse().ok()).collect();
        numbers.is_some_and(|numbers| {
            matches!(numbers.first(), Some(1 | 2)) && numbers.windows(2).all(|two| two[0] < two[1])
        })
    }

    /// No more than a name: an empty row of the body.
    fn is_blank(&self) -> bool {
        self.cells > 1 && self.empty + 1 >= self.cells
    }

    fn has_labels_only(&self) -> bool {
        self.cells > 1 && self.empty == 0
    }
}

fn as_paragraph(cell: Cell) -> Block {
    let line = Line { start: 0, place: cell.place, edges: Vec::new() };
    Block::Paragraph(Paragraph { text: cell.text.replace('\n', " "), lines: vec![line] })
}

/// Which of the edges `all` each of `some` is, up to a shift of them all: from the first to the last,
/// none passed twice. None when one is no edge of them.
fn edges_among(all: &[f32], some: &[f32]) -> Option<Vec<usize>> {
    let shift = some[0] - all[0];
    let index = |edge: &f32| all.iter().position(|x| (edge - x - shift).abs() < SAME_EDGE);
    let found: Vec<usize> = some.iter().map(index).collect::<Option<_>>()?;
    let ends = found.first() == Some(&0) && found.last() == Some(&(all.len() - 1));
    (ends && found.windows(2).all(|pair| pair[0] < pair[1])).then_some(found)
}

fn is_label(text: &str) -> bool {
    let text = folded(text);
    !text.is_empty() && text.chars().count() <= LONGEST_LABEL && !text.chars().any(|c| c.is_ascii_digit())
}
