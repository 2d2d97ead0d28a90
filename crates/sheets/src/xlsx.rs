//! Workbooks of Excel since 2007.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    DataRef, Dimensions, Reader, Sheet as Tab, SheetType, SheetVisible, Xlsx, XlsxFormulaMetadata,
    expand_shared_formula, open_workbook_from_rs,
};
use mingzhang_model::sheet::{Cell, Sheet};

use crate::convert::{self, Dropped};
use crate::grid::{self, Area, Grid, Room};
use crate::number::Days;
use crate::parts::{Merges, Survey, damaged};
use crate::write::CHOICES;
use crate::{Refusal, Workbook, limits};

/// Reads the visible sheets.
pub(crate) fn read(bytes: &[u8], survey: &Survey) -> Result<Workbook, Refusal> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| damaged())?;
    let tabs = book.sheets_metadata().to_vec();
    let mut notes = Vec::new();
    let mut sheets = Vec::new();
    let mut room = Room::new();
    for tab in visible(&tabs, &mut notes)? {
        sheets.push(sheet(&mut book, &tab.name, survey, &mut room, &mut notes)?);
    }
    Ok(Workbook { sheets, notes })
}

/// The tabs that show cells, where there are any and not too many.
pub(crate) fn visible<'a>(tabs: &'a [Tab], notes: &mut Vec<String>) -> Result<Vec<&'a Tab>, Refusal> {
    if tabs.len() > limits::SHEETS {
        return Err(too_many(tabs.len()));
    }
    let names = |tabs: &[&Tab]| tabs.iter().map(|tab| format!("“{}”", tab.name)).collect::<Vec<_>>().join("、");
    let (shown, mut hidden): (Vec<&Tab>, Vec<&Tab>) = tabs.iter().partition(|tab| tab.visible == SheetVisible::Visible);
    // The lists of our own templates are hidden from the person too.
    hidden.retain(|tab| tab.name != CHOICES);
    if !hidden.is_empty() {
        notes.push(format!("隐藏的工作表没有读入：{}。需要导入的，请先取消隐藏。", names(&hidden)));
    }
    let (cells, others): (Vec<&Tab>, Vec<&Tab>) = shown.into_iter().partition(|tab| tab.typ == SheetType::WorkSheet);
    if !others.is_empty() {
        notes.push(format!("没有单元格的图表页或宏表没有读入：{}。", names(&others)));
    }
    if cells.is_empty() {
        return Err(Refusal::new("没有可见的工作表，请取消工作表的隐藏后再提交"));
    }
    Ok(cells)
}

/// A workbook of too many sheets.
pub(crate) fn too_many(count: usize) -> Refusal {
    let limit = limits::SHEETS;
    Refusal::new(format!("有 {count} 张工作表，超过 {limit} 张的上限，请拆成几个文件后分别提交"))
}

fn sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    survey: &Survey,
    room: &mut Room,
    notes: &mut Vec<String>,
) -> Result<Sheet, Refusal> {
    let days = if book.has_1904_epoch() { Days::Since1904 } else { Days::Since1900 };
    let mut formulas = Formulas::new(survey.arrays.get(name).map_or(&[], Vec::as_slice));
    let mut grid = Grid::new(name);
    let mut dropped = Dropped::default();
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
    // The formulas come as they are stored. Asked for their texts, the reader would make as much room as
    // the number of a shared formula says.
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|_| damaged())? {
        let (row, column) = (record.pos.0 as usize, record.pos.1 as usize);
        let cell = match record.formula {
            Some(formula) => formulas.own(formula, record.pos),
            None if record.value == DataRef::Empty => continue,
            None => match formulas.of_an_array(row, column)? {
                Some(formula) => formula,
                None => convert::cell(&record.value, (row, column), days, &mut dropped),
            },
        };
        grid.put(room, row, column, cell)?;
    }
    drop(cells);
    if survey.merges == Merges::Some {
        let merges = book.merge_cells_by_sheet_name(name).map_err(|_| damaged())?;
        grid::merge(&mut grid, &areas(&merges), notes)?;
    }
    dropped.note(name, notes);
    Ok(grid.finish())
}

pub(crate) fn areas(merges: &[Dimensions]) -> Vec<Area> {
    let area = |merge: &Dimensions| Area {
        top: merge.start.0 as usize,
        left: merge.start.1 as usize,
        bottom: merge.end.0 as usize,
        right: merge.end.1 as usize,
    };
    merges.iter().map(area).collect()
}

/// The formulas of a sheet that more than one cell shares.
struct Formulas {
    /// By their number: the text, and for which cell it is written.
    shared: BTreeMap<usize, (String, (u32, u32))>,
    /// Areas of arrays that begin further down, the last first.
    below: Vec<Area>,
    /// Areas of arrays that the row meets.
    met: Vec<Area>,
    /// The texts of arrays, by their first cell.
    arrays: BTreeMap<(usize, usize), String>,
}

impl Formulas {
    fn new(arrays: &[Area]) -> Formulas {
        let mut below: Vec<Area> = arrays.iter().copied().filter(|area| area.left < limits::COLUMNS).collect();
        below.sort_by_key(|area| std::cmp::Reverse(area.top));
        Formulas { shared: BTreeMap::new(), below, met: Vec::new(), arrays: BTreeMap::new() }
    }

    /// The formula that stands in a cell.
    fn own(&mut self, formula: XlsxFormulaMetadata, at: (u32, u32)) -> Cell {
        let text = match formula {
            XlsxFormulaMetadata::Normal { formula } => formula,
            XlsxFormulaMetadata::Shared { shared_index, formula, .. } => {
                self.shared.insert(shared_index, (formula.clone(), at));
                formula
            }
            XlsxFormulaMetadata::SharedDerived { shared_index } => self
                .shared
                .get(&shared_index)
                .and_then(|(formula, start)| expand_shared_formula(formula, *start, at).ok())
                .unwrap_or_default(),
            // Whatever kinds come to be: a formula without its text is still one.
            _ => String::new(),
        };
        let place = (at.0 as usize, at.1 as usize);
        if !self.below.is_empty() || !self.met.is_empty() {
            self.arrays.insert(place, text.clone());
        }
        convert::formula(&text)
    }

    /// The formula of the array that fills a cell.
    fn of_an_array(&mut self, row: usize, column: usize) -> Result<Option<Cell>, Refusal> {
        while let Some(area) = self.below.pop_if(|area| area.top <= row) {
            self.met.push(area);
        }
        if self.met.is_empty() {
            return Ok(None);
        }
        self.met.retain(|area| area.bottom >= row);
        // Arrays do not overlap, so a row meets no more of them than it has columns.
        if self.met.len() > limits::COLUMNS {
            return Err(damaged());
        }
        let area = self.met.iter().find(|area| area.contains(row, column));
        Ok(area.map(|area| convert::formula(self.arrays.get(&(area.top, area.left)).map_or("", String::as_str))))
    }
}
