//! Workbooks of Excel before 2007, and of WPS, as they are seen.
//!
//! The reader of such workbooks gives values. The records are walked here for the rest: the format of each cell, what
//! is hidden, remarks, and text that floats.

use super::code::Code;
use super::{Remark, Shown, View, merge, plain, shown, tabs, texts};
use crate::compound::{Compound, u16_at, u32_at};
use crate::grid::{Grid, Room};
use crate::number::Days;
use crate::xls::{Records, damaged, survey, workbook_stream};
use crate::{Refusal, convert, xlsx};
use calamine::{Reader, Xls};
use mingzhang_model::sheet::Cell;
use std::collections::BTreeMap;
use std::io::Cursor;

pub(super) fn view(bytes: &[u8]) -> Result<View, Refusal> {
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let stream = file.stream(workbook_stream(&file)?).ok_or_else(damaged)?;
    survey(&stream)?;
    let globals = Globals::of(&stream).ok_or_else(damaged)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let days = if book.has_1904_epoch() { Days::Since1904 } else { Days::Since1900 };
    let all = book.sheets_metadata().to_vec();
    let mut view = View::default();
    let mut room = Room::for_view();
    for tab in tabs(&all, &mut view)? {
        let index = all.iter().position(|other| other.name == tab.name).unwrap_or_default();
        let rest = globals.starts.get(index).and_then(|start| stream.get(*start..)).unwrap_or_default();
        let marks = Marks::of(rest, globals.is_wide);
        let mut grid = Grid::new(&tab.name);
        let values = book.worksheet_range(&tab.name).map_err(|_| damaged())?;
        let (top, left) = values.start().unwrap_or_default();
        for (row, column, value) in values.used_cells() {
            let at = (row + top as usize, column + left as usize);
            let style = marks.styles.get(&at).copied().unwrap_or_default();
            let words = shown(&convert::borrowed(value), globals.code(style), days);
            if !words.is_empty() {
                grid.put(&mut room, at.0, at.1, Cell::Text(words))?;
            }
        }
        let mut sheet = Shown { name: tab.name.clone(), ..marks.sheet };
        sheet.merges = xlsx::areas(&book.merge_cells_by_sheet_name(&tab.name).map_err(|_| damaged())?);
        merge(&mut grid, &sheet.merges)?;
        sheet.rows = texts(grid.finish());
        view.sheets.push(sheet);
    }
    Ok(view)
}

/// Records, by the numbers of the format.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
const MANY_NUMBERS: u16 = 0x00BD;
const CELLS: [u16; 7] = [0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
const REMARK: u16 = 0x001C;
const OBJECT: u16 = 0x005D;
const TEXT: u16 = 0x01B6;
const MORE: u16 = 0x003C;

/// Kinds of objects that float over cells.
const PICTURE: u16 = 0x08;
const REMARK_BOX: u16 = 0x19;

/// What the sheets of a workbook share.
struct Globals {
    /// The formats of the styles.
    codes: Vec<Code>,
    general: Code,
    /// Where the sheets begin.
    starts: Vec<usize>,
    /// Strings are in Unicode: since Excel 97.
    is_wide: bool,
}

impl Globals {
    fn of(stream: &[u8]) -> Option<Globals> {
        let (mut written, mut styles, mut starts, mut is_wide) = (BTreeMap::new(), Vec::new(), Vec::new(), true);
        for (kind, data) in (Records { rest: stream }) {
            match kind {
                BEGIN => is_wide = u16_at(data, 0)? >= 0x0600,
                SHEET => starts.push(u32_at(data, 0)? as usize),
                FORMAT => _ = written.insert(u16_at(data, 0)?, Code::parse(&string(data.get(2..)?, is_wide))),
                STYLE => styles.push(u16_at(data, 2)?),
                END => break,
                _ => {}
            }
        }
        let code = |id: &u16| written.get(id).cloned().unwrap_or_else(|| Code::built_in(u32::from(*id)));
        Some(Globals { codes: styles.iter().map(code).collect(), general: Code::built_in(0), starts, is_wide })
    }

    fn code(&self, style: u16) -> &Code {
        self.codes.get(usize::from(style)).unwrap_or(&self.general)
    }
}

/// A string with its length in front.
fn string(data: &[u8], is_wide: bool) -> String {
    let narrow = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
    if !is_wide {
        let length = data.first().map_or(0, |length| usize::from(*length));
        return narrow(data.get(1..1 + length).unwrap_or_default());
    }
    let length = u16_at(data, 0).map_or(0, usize::from);
    units(data.get(2..).unwrap_or_default(), length)
}

/// Characters behind the flag that says of how many bytes they are.
fn units(data: &[u8], length: usize) -> String {
    let Some((flags, bytes)) = data.split_first() else { return String::new() };
    if flags & 1 == 0 {
        return bytes.iter().take(length).map(|byte| char::from(*byte)).collect();
    }
    let units: Vec<u16> =
        bytes.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// What the records of a sheet say besides values.
#[derive(Default)]
struct Marks {
    /// The style of each cell.
    styles: BTreeMap<(usize, usize), u16>,
    sheet: Shown,
    /// Remarks by the numbers of their boxes.
    remarks: Vec<(u16, (usize, usize))>,
    /// The texts of boxes by their numbers.
    boxes: BTreeMap<u16, String>,
}

impl Marks {
    fn of(rest: &[u8], is_wide: bool) -> Marks {
        let mut marks = Marks::default();
        let mut depth = 0;
        // The number and kind of the last object, and how many characters of its text are still to come.
        let (mut object, mut left) = ((0, 0), 0);
        for (kind, data) in (Records { rest }) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                _ if depth > 1 => {}
                OBJECT => {
                    object = (u16_at(data, 6).unwrap_or_default(), u16_at(data, 4).unwrap_or_default());
                    marks.sheet.pictures += u32::from(object.1 == PICTURE);
                }
                TEXT if is_wide => left = u16_at(data, 10).map_or(0, usize::from),
                MORE if left > 0 => {
                    let words = units(data, left);
                    left = left.saturating_sub(words.encode_utf16().count().max(1));
                    match object.1 {
                        REMARK_BOX => marks.boxes.entry(object.0).or_default().push_str(&words),
                        _ => marks.sheet.floating.extend(plain(&words).lines().map(str::to_owned)),
                    }
                }
                kind => _ = marks.record(kind, data),
            }
        }
        let remarks = std::mem::take(&mut marks.remarks);
        let words = |id| marks.boxes.get(id).map_or_else(String::new, |words| plain(words));
        marks.sheet.comments = remarks.iter().map(|(id, at)| Remark { at: *at, words: words(id) }).collect();
        marks
    }

    fn record(&mut self, kind: u16, data: &[u8]) -> Option<()> {
        const HIDDEN_ROW: u16 = 0x20;
        const HIDDEN_COLUMN: u16 = 1;
        let (first, second) = (usize::from(u16_at(data, 0)?), usize::from(u16_at(data, 2)?));
        match kind {
            ROW if u16_at(data, 12)? & HIDDEN_ROW != 0 => _ = self.sheet.hidden_rows.insert(first),
            COLUMNS if u16_at(data, 8)? & HIDDEN_COLUMN != 0 || u16_at(data, 4)? == 0 => {
                self.sheet.hidden_columns.push(first..second + 1);
            }
            REMARK => self.remarks.push((u16_at(data, 6)?, (first, second))),
            MANY_NUMBERS => {
                for (i, number) in data.get(4..data.len() - 2)?.chunks_exact(6).enumerate() {
                    self.styles.insert((first, second + i), u16_at(number, 0)?);
                }
            }
            kind if CELLS.contains(&kind) => _ = self.styles.insert((first, second), u16_at(data, 4)?),
            _ => {}
        }
        Some(())
    }
}
