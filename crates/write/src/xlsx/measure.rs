//! How wide columns and how high rows must be, so that everything in them can be read.
//!
//! A spreadsheet does not make room by itself for what it opens, so room is estimated: a character of Chinese is two
//! wide, any other one.

use crate::manuscript::{CellRole, Grid, GridCell};

/// A table of fewer characters is widened to nearly the width of an upright page.
const PAGE: f64 = 84.0;
/// A table of more characters needs a lying page.
const UPRIGHT: f64 = 118.0;
/// Columns of names are no wider, and break their lines.
const WIDEST: usize = 42;
/// Money is at least so wide.
const NARROWEST_MONEY: usize = 10;
/// The height of a line of 11 points, and what a row needs besides.
const LINE: f64 = 15.0;
const MARGIN: f64 = 5.0;
/// A row can be 409 points high, and some rows get a little more than they need.
pub(super) const HIGHEST: f64 = 400.0;

/// How wide a line of text is.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// How high a row must be for a text in so wide a place.
pub(super) fn height(text: &str, room: f64) -> f64 {
    (lines(text, room) as f64 * LINE + MARGIN).min(HIGHEST)
}

fn lines(text: &str, room: f64) -> usize {
    // What does not fit at the end of a line goes to the next: a character of Chinese needs two places.
    let room = (room - 2.0).max(2.0) as usize;
    text.split('\n').map(|line| width(line).div_ceil(room).max(1)).sum()
}

/// The width of every column of a table.
pub(super) fn columns(grid: &Grid) -> Vec<f64> {
    let mut widths = vec![0usize; grid.columns as usize];
    for cell in grid.cells.iter().filter(|cell| cell.column_span == 1) {
        if let Some(width) = widths.get_mut(cell.column as usize) {
            *width = (*width).max(needed(cell, grid.header_rows));
        }
    }
    let widths: Vec<f64> = widths.into_iter().map(|width| width.max(6) as f64).collect();
    let all: f64 = widths.iter().sum();
    let stretched = (PAGE / all.max(1.0)).clamp(1.0, 2.0);
    widths.into_iter().map(|width| (width * stretched).round()).collect()
}

fn needed(cell: &GridCell, header_rows: u32) -> usize {
    let longest = cell.text.split('\n').map(width).max().unwrap_or(0);
    if cell.row < header_rows {
        // Titles break into two or three lines.
        return if longest <= 8 { longest + 2 } else { (longest / 2 + 3).clamp(10, 18) };
    }
    match cell.role {
        CellRole::Money => (longest + longest / 8 + 2).max(NARROWEST_MONEY),
        CellRole::Code => (longest + 2).min(WIDEST),
        CellRole::RowHead { indent } => (longest + usize::from(indent) * 2 + 3).min(WIDEST),
        CellRole::ColumnHead | CellRole::Words => (longest + 3).min(WIDEST),
    }
}

/// The height of every row of a table whose columns are so wide.
pub(super) fn rows(grid: &Grid, columns: &[f64]) -> Vec<f64> {
    let mut heights = vec![LINE + MARGIN; grid.rows as usize];
    let mut cells: Vec<&GridCell> = grid.cells.iter().collect();
    // What covers several rows needs only what they do not have already.
    cells.sort_by_key(|cell| cell.row_span);
    for cell in cells {
        let (left, top) = (cell.column as usize, cell.row as usize);
        let indent = if let CellRole::RowHead { indent } = cell.role { f64::from(indent) * 2.0 } else { 0.0 };
        let room: f64 = columns.iter().skip(left).take(cell.column_span as usize).sum::<f64>() - indent;
        let needed = height(&cell.text, room);
        let covered = heights.iter().skip(top).take(cell.row_span as usize);
        let missing = needed - covered.sum::<f64>();
        let last = (top + cell.row_span as usize).saturating_sub(1);
        if let Some(height) = heights.get_mut(last).filter(|_| missing > 0.0) {
            *height = (*height + missing).min(HIGHEST);
        }
    }
    heights
}

/// True when a table is too wide for an upright page.
pub(super) fn is_wide(columns: &[f64]) -> bool {
    columns.iter().sum::<f64>() > UPRIGHT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_two_wide_and_long_text_takes_more_lines() {
        assert_eq!(width("甲a1"), 4);
        let long = "甲".repeat(20);
        assert_eq!([lines("", 20.0), lines(&long, 22.0), lines("甲\n乙", 22.0), lines("甲", 0.0)], [1, 2, 2, 1]);
        assert!(height(&long, 22.0) > height("", 22.0));
        assert!(height(&long.repeat(400), 22.0) <= HIGHEST);
    }
}
