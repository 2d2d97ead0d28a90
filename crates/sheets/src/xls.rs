//! Workbooks of Excel before 2007.
//!
//! The reader of such workbooks makes room for the whole block from the first to the last cell of a sheet,
//! as far apart as the file says that they are. So the records are walked here first: how far the cells
//! reach, and which of them are formulas.

use std::io::Cursor;

use calamine::{Reader, Xls};

use crate::compound::{Compound, u16_at, u32_at};
use crate::convert::{self, Dropped};
use crate::grid::{self, Grid, Room};
use crate::number::Days;
use crate::parts::encrypted;
use crate::{Refusal, Workbook, limits, xlsx};

/// As many rows as such a workbook can have.
const ROWS: usize = 65_536;

pub(crate) fn damaged() -> Refusal {
    Refusal::new("文件已损坏或不完整，内容读不出来，请用 Excel 或 WPS 打开后另存为 .xlsx 文件再提交")
}

/// Reads the visible sheets.
pub(crate) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let extents = survey(&file.stream(workbook_stream(&file)?).ok_or_else(damaged)?)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let days = if book.has_1904_epoch() { Days::Since1904 } else { Days::Since1900 };
    let tabs = book.sheets_metadata().to_vec();
    let mut notes = Vec::new();
    let mut sheets = Vec::new();
    let mut room = Room::new();
    for tab in xlsx::visible(&tabs, &mut notes)? {
        let mut grid = Grid::new(&tab.name);
        let mut dropped = Dropped::default();
        let values = book.worksheet_range(&tab.name).map_err(|_| damaged())?;
        let (top, left) = values.start().unwrap_or_default();
        for (row, column, value) in values.used_cells() {
            let at = (row + top as usize, column + left as usize);
            let cell = convert::cell(&convert::borrowed(value), at, days, &mut dropped);
            grid.put(&mut room, at.0, at.1, cell)?;
        }
        let texts = book.worksheet_formula(&tab.name).map_err(|_| damaged())?;
        let index = tabs.iter().position(|other| other.name == tab.name);
        let formulas = index.and_then(|index| extents.get(index)).map_or(&[][..], |extent| &extent.formulas);
        for (row, column) in formulas {
            let text = texts.get_value((*row, *column)).map_or("", String::as_str);
            let text = if text.starts_with("Unrecognised formula") { "" } else { text };
            grid.put(&mut room, *row as usize, *column as usize, convert::formula(text))?;
        }
        let merges = book.merge_cells_by_sheet_name(&tab.name).map_err(|_| damaged())?;
        grid::merge(&mut grid, &xlsx::areas(&merges), &mut notes)?;
        dropped.note(&tab.name, &mut notes);
        sheets.push(grid.finish());
    }
    Ok(Workbook { sheets, notes })
}

/// The name of the stream that holds the workbook.
pub(crate) fn workbook_stream(file: &Compound<'_>) -> Result<&'static str, Refusal> {
    if file.has("EncryptedPackage") {
        return Err(encrypted());
    }
    ["Workbook", "Book"].into_iter().find(|name| file.has(name)).ok_or_else(|| {
        let what = if file.has("WordDocument") { "这是 Word 文档" } else { "这是旧版 Office 的其他文件" };
        Refusal::new(format!("{what}，不是表格，请把其中的表格复制到 Excel，存为 .xlsx 文件再提交"))
    })
}

/// How far the cells of a sheet reach, and where its formulas are.
#[derive(Default)]
pub(crate) struct Extent {
    rows: usize,
    columns: usize,
    formulas: Vec<(u32, u32)>,
}

/// Records, by the numbers of the format.
const END: u16 = 0x000A;
const PASSWORD: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const MANY_NUMBERS: u16 = 0x00BD;
const CELLS: [u16; 8] = [FORMULA, 0x00D6, 0x00FD, MANY_NUMBERS, 0x0203, 0x0204, 0x0205, 0x027E];

/// Walks the records of a workbook and each of its sheets, and refuses what would take too much room.
pub(crate) fn survey(stream: &[u8]) -> Result<Vec<Extent>, Refusal> {
    let mut starts = Vec::new();
    for (kind, data) in (Records { rest: stream }) {
        match kind {
            PASSWORD => return Err(encrypted()),
            SHEET => starts.push(u32_at(data, 0).ok_or_else(damaged)? as usize),
            END => break,
            _ => {}
        }
    }
    if starts.len() > limits::SHEETS {
        return Err(xlsx::too_many(starts.len()));
    }
    let mut extents = Vec::new();
    let mut room = limits::CELLS;
    for start in starts {
        let extent = walk(stream.get(start..).ok_or_else(damaged)?)?;
        room = room
            .checked_sub(extent.rows * extent.columns)
            .ok_or_else(|| Refusal::new("各工作表的单元格合计过多，请删去多余的空行空列，或拆成几个文件后分别提交"))?;
        extents.push(extent);
    }
    Ok(extents)
}

fn walk(rest: &[u8]) -> Result<Extent, Refusal> {
    let mut extent = Extent::default();
    let mut depth = 0;
    for (kind, data) in (Records { rest }) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // What lies deeper is a chart.
            _ if depth > 1 => {}
            DIMENSIONS => check_dimensions(data).ok_or_else(damaged)?,
            kind if CELLS.contains(&kind) => {
                let row = u16_at(data, 0).ok_or_else(damaged)?;
                let column = u16_at(data, 2).ok_or_else(damaged)?;
                let more = if kind == MANY_NUMBERS { data.len().saturating_sub(6) / 6 } else { 1 };
                let columns = usize::from(column) + more.max(1);
                if columns > limits::COLUMNS {
                    return Err(damaged());
                }
                extent.rows = extent.rows.max(usize::from(row) + 1);
                extent.columns = extent.columns.max(columns);
                if kind == FORMULA {
                    extent.formulas.push((u32::from(row), u32::from(column)));
                }
            }
            _ => {}
        }
    }
    Ok(extent)
}

/// None where a sheet claims to reach further than any can: room for that much would be made at once.
fn check_dimensions(data: &[u8]) -> Option<()> {
    let (first, last, columns) = if data.len() < 14 {
        (usize::from(u16_at(data, 0)?), usize::from(u16_at(data, 2)?), usize::from(u16_at(data, 6)?))
    } else {
        (u32_at(data, 0)? as usize, u32_at(data, 4)? as usize, usize::from(u16_at(data, 10)?))
    };
    (first <= last && last <= ROWS && columns <= limits::COLUMNS).then_some(())
}

/// Kind and content of one record after another; a record that is cut off ends them.
pub(crate) struct Records<'a> {
    pub(crate) rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some((kind, data))
    }
}
