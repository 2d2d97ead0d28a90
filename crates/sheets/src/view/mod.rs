//! A workbook as a person sees it: every number in the format of its cell, formulas by their last results.
//!
//! The other way to read a workbook, [`crate::read`], is for who imports: there a formula stays a formula and a
//! number keeps its digits. Here is what is on the screen and on paper. What is not seen, hidden sheets, rows and
//! columns, is told apart; nothing is left out silently.

mod code;
mod digits;
mod moment;
mod ods;
mod xls;
mod xlsx;

use crate::number::Days;
use crate::parts::Package;
use crate::{Area, Refusal, convert, grid, limits};
use calamine::{DataRef, Sheet as Tab, SheetType, SheetVisible};
use code::Code;
use mingzhang_model::sheet::{Cell, Sheet};
use std::collections::BTreeSet;
use std::ops::Range;

/// What a workbook shows, and what it holds besides.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct View {
    /// The visible sheets, in the order of their tabs.
    pub sheets: Vec<Shown>,
    /// The names of sheets that are not shown.
    pub hidden: Vec<String>,
    /// The names of sheets that have no cells, such as charts.
    pub charts: Vec<String>,
}

/// A sheet, its rows and columns counted from 0.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Shown {
    /// The name on the tab.
    pub name: String,
    /// The texts of the cells; what is missing at the end of a row is empty. Hidden ones are among them.
    pub rows: Vec<Vec<String>>,
    /// Cells that are one; the text is at the upper left.
    pub merges: Vec<Area>,
    /// The rows that are not shown.
    pub hidden_rows: BTreeSet<usize>,
    /// The columns that are not shown.
    pub hidden_columns: Vec<Range<usize>>,
    /// Remarks on cells.
    pub comments: Vec<Remark>,
    /// The cells whose formulas have no result in the file.
    pub uncomputed: Vec<(usize, usize)>,
    /// The paragraphs of text that floats over the cells.
    pub floating: Vec<String>,
    /// How many pictures float over the cells.
    pub pictures: u32,
}

/// A remark on a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// Row and column.
    pub at: (usize, usize),
    /// What it says.
    pub words: String,
}

impl Shown {
    /// True for a column that is not shown.
    pub fn hides(&self, column: usize) -> bool {
        self.hidden_columns.iter().any(|columns| columns.contains(&column))
    }
}

/// What a workbook shows. What it is, its first bytes say.
///
/// # Errors
/// One sentence, where the file is damaged, encrypted, no workbook, or over a limit.
pub fn view(bytes: &[u8]) -> Result<View, Refusal> {
    crate::guarded(|| {
        crate::check_size(bytes)?;
        match crate::parts::look(bytes, limits::SHOWN_INFLATED)? {
            Package::Xlsx(_) => xlsx::view(bytes),
            Package::Ods(content) => ods::view(&content),
        }
    })
}

/// What a workbook of Excel before 2007, or of WPS, shows.
///
/// # Errors
/// As [`view`].
pub fn view_compound(bytes: &[u8]) -> Result<View, Refusal> {
    crate::guarded(|| {
        crate::check_size(bytes)?;
        xls::view(bytes)
    })
}

/// The tabs that show cells, and the names of the others in the view.
fn tabs<'t>(tabs: &'t [Tab], view: &mut View) -> Result<Vec<&'t Tab>, Refusal> {
    if tabs.len() > limits::SHEETS {
        return Err(crate::xlsx::too_many(tabs.len()));
    }
    let mut shown = Vec::new();
    for tab in tabs {
        match (&tab.visible, &tab.typ) {
            (SheetVisible::Visible, SheetType::WorkSheet) => shown.push(tab),
            (SheetVisible::Visible, _) => view.charts.push(tab.name.clone()),
            // The lists of our own templates are hidden from everybody.
            _ if tab.name == crate::write::CHOICES => {}
            _ => view.hidden.push(tab.name.clone()),
        }
    }
    Ok(shown)
}

/// A value as its cell shows it.
fn shown(value: &DataRef<'_>, code: &Code, days: Days) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(words) => code.text(&plain(words)),
        DataRef::SharedString(words) => code.text(&plain(words)),
        DataRef::Int(whole) => code.number(*whole as f64, days),
        DataRef::Float(value) => code.number(*value, days),
        DataRef::DateTime(moment) => code.number(moment.as_f64(), days),
        DataRef::Bool(is_true) => if *is_true { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Error(fault) => fault.to_string(),
        DataRef::DateTimeIso(written) | DataRef::DurationIso(written) => plain(written),
    }
}

/// Words with plain ends of lines, without spaces around them.
fn plain(words: &str) -> String {
    let words =
        if words.contains("_x000") { words.replace("_x000D_", "").replace("_x000d_", "") } else { words.into() };
    convert::trim(&words.replace("\r\n", "\n").replace('\r', "\n")).to_owned()
}

/// The texts of a sheet that has been filled.
fn texts(sheet: Sheet) -> Vec<Vec<String>> {
    let row = |row: Vec<Cell>| row.into_iter().map(|cell| cell.words()).collect();
    sheet.rows.into_iter().map(row).collect()
}

/// Blanks what merged cells cover.
fn merge(grid: &mut grid::Grid, merges: &[Area]) -> Result<(), Refusal> {
    grid::merge(grid, merges, &mut Vec::new())
}
