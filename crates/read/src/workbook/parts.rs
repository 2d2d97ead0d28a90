//! Where on a sheet one thing ends and the next begins: titles, tables, notes.
//!
//! A row in which only one text stands is a line, above a table or below it. A blank row ends a table only where
//! something new begins behind it: tables have blank rows in them, before a total or to fill a page.

use super::grid::Grid;
use std::ops::Range;

/// A piece of a sheet, by its rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// Lines of text.
    Lines(Range<usize>),
    /// A table.
    Table(Range<usize>),
}

/// What stands in a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    Blank,
    /// One text.
    Lone,
    /// Several, all of them words.
    Words,
    /// Several, numbers among them.
    Numbers,
}

/// The pieces of a sheet, from the top.
pub(super) fn parts(grid: &Grid<'_>) -> Vec<Part> {
    let rows: Vec<Row> = (0..grid.height()).map(|row| row_of(grid, row)).collect();
    let mut parts = Vec::new();
    for segment in segments(&rows) {
        split(grid, &rows, segment, &mut parts);
    }
    parts
}

fn row_of(grid: &Grid<'_>, row: usize) -> Row {
    let mut filled = grid.filled(row).take(2);
    match (filled.next(), filled.next()) {
        (None, _) => Row::Blank,
        (Some(_), None) => Row::Lone,
        _ if grid.filled(row).any(|column| is_number(grid.text(row, column))) => Row::Numbers,
        _ => Row::Words,
    }
}

/// True for digits with the signs that stand among them.
fn is_number(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%' | '(' | ')' | '+' | '，');
    text.chars().all(is_part) && text.contains(|c: char| c.is_ascii_digit())
}

/// The rows between blank ones, joined where the blank ones lie within a table.
fn segments(rows: &[Row]) -> Vec<Range<usize>> {
    let mut segments: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let length = rows[at..].iter().take_while(|row| **row != Row::Blank).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let next = at..at + length;
        match segments.last_mut() {
            Some(last) if !begins(&rows[next.clone()]) && !is_lines(&rows[last.clone()]) => last.end = next.end,
            _ => segments.push(next.clone()),
        }
        at = next.end;
    }
    segments
}

fn is_lines(rows: &[Row]) -> bool {
    rows.iter().all(|row| matches!(row, Row::Lone | Row::Blank))
}

/// True for rows that begin something new: lines alone, or a header, with or without lines above it.
fn begins(rows: &[Row]) -> bool {
    let first = rows.iter().find(|row| **row != Row::Lone);
    match first {
        None => rows.len() > 1,
        Some(first) => *first == Row::Words && (rows[0] == Row::Lone || rows.contains(&Row::Numbers)),
    }
}

/// The lines at the top of a segment, its table, and the lines below.
fn split(grid: &Grid<'_>, rows: &[Row], segment: Range<usize>, parts: &mut Vec<Part>) {
    let is_line = |row: usize| matches!(rows[row], Row::Lone | Row::Blank);
    let Some(first) = segment.clone().find(|row| !is_line(*row)) else {
        parts.push(Part::Lines(segment));
        return;
    };
    let last = segment.clone().rev().find(|row| !is_line(*row)).unwrap_or(first);
    // Below the last full row there may be notes, or names of rows without any number: a note runs over all columns.
    let columns = grid.extent(first..last + 1).len();
    let is_note = |row: &usize| {
        rows[*row] == Row::Blank
            || grid.filled(*row).any(|column| {
                let text = grid.text(*row, column);
                let is_sentence = text.ends_with(['。', '；']) || text.starts_with(['注', '*', '※']);
                is_sentence || grid.width_of(*row, column) >= columns
            })
    };
    let end = segment.end - (last + 1..segment.end).rev().take_while(is_note).count();
    if segment.start < first {
        parts.push(Part::Lines(segment.start..first));
    }
    parts.push(Part::Table(first..end));
    if end < segment.end {
        parts.push(Part::Lines(end..segment.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_sheets::Shown;

    fn parts_of(rows: &[&[&str]]) -> Vec<Part> {
        let rows = rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect();
        let sheet = Shown { rows, ..Shown::default() };
        parts(&Grid::of(1, &sheet))
    }

    #[test]
    fn a_blank_row_before_a_total_is_in_the_table() {
        let rows: &[&[&str]] =
            &[&["收支总表"], &["项目", "金额"], &["拨款", "3"], &[], &["合计", "3"], &["注：示例。"]];
        assert_eq!(parts_of(rows), [Part::Lines(0..1), Part::Table(1..5), Part::Lines(5..6)]);
    }

    #[test]
    fn tables_one_below_another_are_two() {
        let one: &[&[&str]] =
            &[&["甲表"], &["项目", "金额"], &["拨款", "3"], &[], &["乙表"], &["项目", "金额"], &["事业", "4"]];
        assert_eq!(parts_of(one), [Part::Lines(0..1), Part::Table(1..3), Part::Lines(4..5), Part::Table(5..7)]);
        let bare: &[&[&str]] = &[&["项目", "金额"], &["拨款", "3"], &[], &[], &["科目", "数"], &["事业", "4"]];
        assert_eq!(parts_of(bare), [Part::Table(0..2), Part::Table(4..6)]);
    }

    #[test]
    fn a_sheet_of_text_is_lines_and_a_name_without_numbers_stays_a_row() {
        assert_eq!(parts_of(&[&["一、概况"], &[], &["本部门无下属单位。"]]), [Part::Lines(0..1), Part::Lines(2..3)]);
        let rows: &[&[&str]] = &[&["项目", "金额"], &["拨款", "3"], &["债务付息支出"]];
        assert_eq!(parts_of(rows), [Part::Table(0..3)]);
    }
}
