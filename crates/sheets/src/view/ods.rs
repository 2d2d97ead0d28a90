//! Workbooks of OpenDocument as they are seen: the file holds the texts that the cells show.

use super::{Remark, Shown, View, merge, plain, tabs, texts};
use crate::grid::{Area, Grid, Room};
use crate::ods::{ASIDE, count, words_and_remarks};
use crate::parts::{attribute, damaged};
use crate::{Refusal, limits, number};
use calamine::{Sheet as Tab, SheetType, SheetVisible};
use mingzhang_model::sheet::Cell;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

pub(super) fn view(content: &[u8]) -> Result<View, Refusal> {
    let text = std::str::from_utf8(content).map_err(|_| damaged())?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut hidden, mut style) = (BTreeSet::new(), String::new());
    let (mut all, mut sheets, mut room) = (Vec::new(), Vec::new(), Room::for_view());
    loop {
        let element = match reader.read_event().map_err(|_| damaged())? {
            Event::Start(element) => element,
            Event::Eof => break,
            _ => continue,
        };
        match element.name().as_ref() {
            "style:style" => style = attribute(&element, "name").unwrap_or_default(),
            "style:table-properties" if attribute(&element, "display").as_deref() == Some("false") => {
                hidden.insert(style.clone());
            }
            "table:table" => {
                let name = attribute(&element, "name").unwrap_or_default();
                let is_hidden = attribute(&element, "style-name").is_some_and(|style| hidden.contains(&style));
                let visible = if is_hidden { SheetVisible::Hidden } else { SheetVisible::Visible };
                all.push(Tab { name: name.clone(), typ: SheetType::WorkSheet, visible });
                if is_hidden || all.len() > limits::SHEETS {
                    reader.read_to_end(element.name()).map_err(|_| damaged())?;
                } else {
                    sheets.push(sheet(&mut reader, &name, &mut room)?);
                }
            }
            _ => {}
        }
    }
    let mut view = View::default();
    tabs(&all, &mut view)?;
    view.sheets = sheets;
    Ok(view)
}

fn sheet(reader: &mut Reader<&[u8]>, name: &str, room: &mut Room) -> Result<Shown, Refusal> {
    let mut table = Table { grid: Grid::new(name), row: 0, column: 0, sheet: Shown::default() };
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(element) => match element.name().as_ref() {
                "table:table-column" => table.column(&element),
                "table:table-row" => table.row(reader, &element, room)?,
                "table:shapes" => {}
                "draw:image" => table.sheet.pictures += 1,
                "text:p" => {
                    let (words, _) = words_and_remarks(reader)?;
                    table.sheet.floating.extend(plain(&words).lines().map(str::to_owned));
                }
                name if ASIDE.contains(&name) && !name.starts_with("draw:") => {
                    reader.read_to_end(element.name()).map_err(|_| damaged())?;
                }
                _ => {}
            },
            Event::End(element) if element.name().as_ref() == "table:table" => break,
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
    let Table { mut grid, mut sheet, .. } = table;
    merge(&mut grid, &sheet.merges)?;
    sheet.rows = texts(grid.finish());
    sheet.name = name.to_owned();
    Ok(sheet)
}

/// A sheet that is being read.
struct Table {
    grid: Grid,
    row: usize,
    column: usize,
    sheet: Shown,
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    matches!(attribute(element, "visibility").as_deref(), Some("collapse" | "filter"))
}

impl Table {
    fn column(&mut self, element: &BytesStart<'_>) {
        let end = self.column.saturating_add(count(element, "number-columns-repeated"));
        if is_hidden(element) {
            self.sheet.hidden_columns.push(self.column..end);
        }
        self.column = end;
    }

    fn row(&mut self, reader: &mut Reader<&[u8]>, row: &BytesStart<'_>, room: &mut Room) -> Result<(), Refusal> {
        let times = count(row, "number-rows-repeated");
        let mut cells = Vec::new();
        let mut column: usize = 0;
        loop {
            match reader.read_event().map_err(|_| damaged())? {
                Event::Start(element) => {
                    let is_covered = match element.name().as_ref() {
                        "table:table-cell" => false,
                        "table:covered-table-cell" => true,
                        _ => {
                            reader.read_to_end(element.name()).map_err(|_| damaged())?;
                            continue;
                        }
                    };
                    let times = count(&element, "number-columns-repeated");
                    let words = self.cell(reader, &element, column)?;
                    if !is_covered && !words.is_empty() {
                        cells.push((column, times, words));
                    }
                    column = column.saturating_add(times);
                }
                Event::End(element) if element.name().as_ref() == "table:table-row" => break,
                Event::Eof => return Err(damaged()),
                _ => {}
            }
        }
        let end = self.row.saturating_add(times);
        // Rows that are hidden to the end of the sheet hold nothing.
        if is_hidden(row) && !cells.is_empty() {
            self.sheet.hidden_rows.extend(self.row..end.min(limits::ROWS));
        }
        for row in self.row..if cells.is_empty() { self.row } else { end } {
            for (column, times, words) in &cells {
                for column in *column..column.saturating_add(*times) {
                    self.grid.put(room, row, column, Cell::Text(words.clone()))?;
                }
            }
        }
        self.row = end;
        Ok(())
    }

    fn cell(&mut self, reader: &mut Reader<&[u8]>, cell: &BytesStart<'_>, column: usize) -> Result<String, Refusal> {
        let at = (self.row, column);
        let (rows, columns) = (count(cell, "number-rows-spanned"), count(cell, "number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let bottom = self.row.saturating_add(rows - 1).min(limits::ROWS);
            let right = column.saturating_add(columns - 1).min(limits::COLUMNS);
            self.sheet.merges.push(Area { top: self.row, left: column, bottom, right });
        }
        let (words, remarks) = words_and_remarks(reader)?;
        self.sheet.comments.extend(remarks.into_iter().map(|words| Remark { at, words: plain(&words) }));
        let words = plain(&words);
        if !words.is_empty() {
            return Ok(words);
        }
        // A program may leave out the text where it is the value.
        let value = || attribute(cell, "value")?.parse().ok().and_then(number::from_double);
        let value = value().or_else(|| attribute(cell, "string-value")).or_else(|| attribute(cell, "date-value"));
        if value.is_none() && attribute(cell, "formula").is_some() && attribute(cell, "office:value-type").is_none() {
            self.sheet.uncomputed.push(at);
        }
        Ok(value.unwrap_or_default())
    }
}
