//! A statutory table as a sheet: the title over it, its cells merged as they are printed, notes under it, and the
//! page it is printed on.

use super::{looks, measure, number};
use crate::manuscript::{CellRole, Grid, GridCell};
use crate::text::{in_one_line, printable};
use rust_xlsxwriter::{Format, FormatAlign, IgnoreError, Worksheet, XlsxError};

/// A4, as programs count sheets of paper.
const A4: u8 = 9;
/// Points: the height of the title and of the lines under it.
const TITLE: f64 = 30.0;
const EDGE: f64 = 20.0;

/// Writes the table onto an empty sheet.
pub(super) fn write(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    let columns = measure::columns(grid);
    for (at, width) in columns.iter().enumerate() {
        sheet.set_column_width(column(at)?, *width)?;
    }
    let top = above(sheet, grid, &columns)?;
    for (at, height) in measure::rows(grid, &columns).into_iter().enumerate() {
        sheet.set_row_height(row(top, at)?, height)?;
    }
    for cell in &grid.cells {
        write_cell(sheet, top, cell, grid)?;
    }
    let bottom = row(top, grid.rows as usize)?;
    let all: f64 = columns.iter().sum();
    for (note, at) in grid.notes.iter().zip(0..) {
        let (note, at) = (printable(note), row(bottom, at)?);
        sheet.set_row_height(at, measure::height(&note, all))?;
        across(sheet, at, 0..grid.columns, &note, &looks::wrapped())?;
    }
    if grid.rows > 0 && grid.columns > 0 {
        let (last_row, last_column) = (bottom - 1, column(grid.columns as usize - 1)?);
        // Codes and numbers of too many digits are meant to be text.
        sheet.ignore_error_range(top, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    let head = grid.header_rows.min(grid.rows);
    if head > 0 {
        sheet.set_repeat_rows(top, top + head - 1)?;
        sheet.set_freeze_panes(top + head, 0)?;
    }
    page(sheet, grid.landscape || measure::is_wide(&columns));
    Ok(())
}

/// How a sheet is printed: as wide as a page, in its middle, with the numbers of pages.
pub(super) fn page(sheet: &mut Worksheet, is_wide: bool) {
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.6, 0.75, 0.75, 0.3, 0.4).set_footer("&C第 &P 页，共 &N 页");
    if is_wide {
        sheet.set_landscape();
    }
}

/// What stands over the table; gives its first row.
fn above(sheet: &mut Worksheet, grid: &Grid, columns: &[f64]) -> Result<u32, XlsxError> {
    let title = in_one_line(&grid.title);
    // Type of 16 points is half as wide again as that of 11.
    let height = measure::height(&title, columns.iter().sum::<f64>() / 1.5) * 1.5;
    sheet.set_row_height(0, height.clamp(TITLE, measure::HIGHEST))?;
    across(sheet, 0, 0..grid.columns, &title, &looks::title())?;
    let mut next = 1;
    let right = looks::text().set_align(FormatAlign::Right);
    if let Some(number) = &grid.number {
        sheet.set_row_height(next, EDGE)?;
        across(sheet, next, 0..grid.columns, &in_one_line(number), &right)?;
        next += 1;
    }
    let (slot, unit) = (in_one_line(&grid.slot), in_one_line(&grid.unit));
    let cut = cut(columns, measure::width(&slot), measure::width(&unit));
    sheet.set_row_height(next, EDGE)?;
    across(sheet, next, 0..cut, &slot, &looks::text())?;
    if cut == grid.columns && !unit.is_empty() {
        next += 1;
        sheet.set_row_height(next, EDGE)?;
    }
    let from = if cut == grid.columns { 0 } else { cut };
    if !unit.is_empty() {
        across(sheet, next, from..grid.columns, &unit, &right)?;
    }
    Ok(next + 1)
}

/// Before which column the text at the right over a table begins; all columns where there is no room beside the one
/// at the left.
fn cut(columns: &[f64], left: usize, right: usize) -> u32 {
    let fits = |at: &usize| {
        let (before, after): (f64, f64) = (columns[..*at].iter().sum(), columns[*at..].iter().sum());
        before >= left as f64 && after >= right as f64 + 1.0
    };
    (1..columns.len()).rev().find(fits).unwrap_or(columns.len()) as u32
}

/// Text in one cell across columns.
fn across(
    sheet: &mut Worksheet,
    at: u32,
    columns: std::ops::Range<u32>,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let (first, last) = (column(columns.start as usize)?, column(columns.end.max(columns.start + 1) as usize - 1)?);
    if first < last {
        sheet.merge_range(at, first, at, last, "", format)?;
    }
    write_text(sheet, at, first, text, format)
}

fn write_text(sheet: &mut Worksheet, at: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    // Who edits such a cell would make a formula of it; the mark keeps it a text.
    let format =
        if text.starts_with(['=', '+', '-', '@']) { format.clone().set_quote_prefix() } else { format.clone() };
    match text.is_empty() {
        true => sheet.write_blank(at, column, &format)?,
        false => sheet.write_string_with_format(at, column, text, &format)?,
    };
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, top: u32, cell: &GridCell, grid: &Grid) -> Result<(), XlsxError> {
    let format = looks::of(cell, grid.header_rows);
    let (at, first) = (row(top, cell.row as usize)?, column(cell.column as usize)?);
    if cell.row_span > 1 || cell.column_span > 1 {
        let bottom = row(at, cell.row_span.max(1) as usize - 1)?;
        let last = column((cell.column + cell.column_span.max(1)) as usize - 1)?;
        sheet.merge_range(at, first, bottom, last, "", &format)?;
    }
    let text = printable(&cell.text);
    match number::shown(&text).filter(|_| cell.role == CellRole::Money) {
        Some((value, shape)) => {
            sheet.write_number_with_format(at, first, value, &format.set_num_format(shape))?;
        }
        None => write_text(sheet, at, first, &text, &format)?,
    }
    Ok(())
}

fn row(top: u32, at: usize) -> Result<u32, XlsxError> {
    u32::try_from(at).ok().and_then(|at| top.checked_add(at)).ok_or(XlsxError::RowColumnLimitError)
}

fn column(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}
