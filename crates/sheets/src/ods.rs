//! Workbooks of OpenDocument, as LibreOffice and some domestic suites write them.
//!
//! Read here and not by the reader of workbooks, because a row of ten bytes may say that it stands for a
//! million: every repetition is held to the limits before it is carried out.

use std::collections::BTreeSet;

use calamine::{Sheet as Tab, SheetType, SheetVisible};
use mingzhang_model::sheet::{Cell, Sheet};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::convert::{self, Dropped};
use crate::grid::{self, Area, Grid, Room};
use crate::parts::{attribute, damaged};
use crate::{Refusal, Workbook, limits, xlsx};

/// Elements whose words are not the value of the cell that they stand in.
pub(crate) const ASIDE: [&str; 8] = [
    "office:annotation",
    "office:forms",
    "table:shapes",
    "table:dde-links",
    "table:tracked-changes",
    "draw:frame",
    "draw:custom-shape",
    "draw:g",
];

/// Reads the visible sheets of a `content.xml`.
pub(crate) fn read(content: &[u8]) -> Result<Workbook, Refusal> {
    let text = std::str::from_utf8(content).map_err(|_| damaged())?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut hidden = BTreeSet::new();
    let mut style = String::new();
    let (mut tabs, mut sheets, mut notes, mut room) = (Vec::new(), Vec::new(), Vec::new(), Room::new());
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
                tabs.push(Tab { name: name.clone(), typ: SheetType::WorkSheet, visible });
                if is_hidden || tabs.len() > limits::SHEETS {
                    reader.read_to_end(element.name()).map_err(|_| damaged())?;
                } else {
                    sheets.push(table(&mut reader, &name, &mut room, &mut notes)?);
                }
            }
            name if ASIDE.contains(&name) => {
                reader.read_to_end(element.name()).map_err(|_| damaged())?;
            }
            _ => {}
        }
    }
    xlsx::visible(&tabs, &mut notes)?;
    Ok(Workbook { sheets, notes })
}

fn table(reader: &mut Reader<&[u8]>, name: &str, room: &mut Room, notes: &mut Vec<String>) -> Result<Sheet, Refusal> {
    let mut table = Table { grid: Grid::new(name), row: 0, merges: Vec::new(), dropped: Dropped::default() };
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(element) => match element.name().as_ref() {
                "table:table-row" => {
                    let times = count(&element, "number-rows-repeated");
                    let cells = table.row(reader)?;
                    table.put(&cells, times, room)?;
                }
                name if ASIDE.contains(&name) => {
                    reader.read_to_end(element.name()).map_err(|_| damaged())?;
                }
                _ => {}
            },
            Event::End(element) if element.name().as_ref() == "table:table" => break,
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
    grid::merge(&mut table.grid, &table.merges, notes)?;
    table.dropped.note(name, notes);
    Ok(table.grid.finish())
}

/// A sheet that is being read.
struct Table {
    grid: Grid,
    row: usize,
    merges: Vec<Area>,
    dropped: Dropped,
}

impl Table {
    /// The cells of a row that are not empty, with their columns and how often each is repeated.
    fn row(&mut self, reader: &mut Reader<&[u8]>) -> Result<Vec<(usize, usize, Cell)>, Refusal> {
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
                    let words = words(reader)?;
                    let cell = self.cell(&element, &words, column);
                    self.span(&element, column);
                    if !is_covered && cell != Cell::Empty {
                        cells.push((column, times, cell));
                    }
                    column = column.saturating_add(times);
                }
                Event::End(element) if element.name().as_ref() == "table:table-row" => return Ok(cells),
                Event::Eof => return Err(damaged()),
                _ => {}
            }
        }
    }

    fn put(&mut self, cells: &[(usize, usize, Cell)], times: usize, room: &mut Room) -> Result<(), Refusal> {
        // Every repetition passes the limits of the grid one by one, so it ends early where there are too many.
        for row in self.row..self.row.saturating_add(if cells.is_empty() { 0 } else { times }) {
            for (column, times, cell) in cells {
                for column in *column..column.saturating_add(*times) {
                    self.grid.put(room, row, column, cell.clone())?;
                }
            }
        }
        self.row = self.row.saturating_add(times);
        Ok(())
    }

    fn span(&mut self, element: &BytesStart<'_>, column: usize) {
        let (rows, columns) = (count(element, "number-rows-spanned"), count(element, "number-columns-spanned"));
        if rows > 1 || columns > 1 {
            let bottom = self.row.saturating_add(rows - 1).min(limits::ROWS);
            let right = column.saturating_add(columns - 1).min(limits::COLUMNS);
            self.merges.push(Area { top: self.row, left: column, bottom, right });
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, words: &str, column: usize) -> Cell {
        if let Some(formula) = attribute(element, "formula") {
            // A prefix says whose language it is, as in of:=SUM([.A1]).
            let written = formula.split_once(":=").map_or(formula.as_str(), |(_, rest)| rest);
            return convert::formula(written.strip_prefix('=').unwrap_or(written));
        }
        if attribute(element, "calcext:value-type").as_deref() == Some("error") {
            return Cell::Fault(convert::trim(words).to_owned());
        }
        let number = || attribute(element, "value")?.parse().ok().map(convert::double);
        match attribute(element, "office:value-type").as_deref() {
            Some("float" | "currency" | "percentage") => number().unwrap_or_else(|| convert::text(words)),
            Some("boolean") => {
                convert::truth(&attribute(element, "boolean-value").is_some_and(|value| value == "true"))
            }
            Some("date") => match attribute(element, "date-value") {
                Some(written) => convert::iso(&written, (self.row, column), &mut self.dropped),
                None => convert::text(words),
            },
            Some("string") if words.is_empty() => {
                convert::text(&attribute(element, "string-value").unwrap_or_default())
            }
            _ => convert::text(words),
        }
    }
}

/// A number of repetitions, at least one.
pub(crate) fn count(element: &BytesStart<'_>, name: &str) -> usize {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

/// The words of a cell, its paragraphs as lines, up to the end of the cell.
fn words(reader: &mut Reader<&[u8]>) -> Result<String, Refusal> {
    Ok(words_and_remarks(reader)?.0)
}

/// The same, and the words of the remarks on the cell.
pub(crate) fn words_and_remarks(reader: &mut Reader<&[u8]>) -> Result<(String, Vec<String>), Refusal> {
    let (mut words, mut remarks) = (String::new(), Vec::new());
    let (mut depth, mut paragraphs) = (0_usize, 0_usize);
    let mut in_paragraph = 0_usize;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(element) => match element.name().as_ref() {
                "office:annotation" if depth == 0 => remarks.push(words_and_remarks(reader)?.0),
                name if ASIDE.contains(&name) => {
                    reader.read_to_end(element.name()).map_err(|_| damaged())?;
                }
                name => {
                    depth += 1;
                    match name {
                        "text:p" => {
                            paragraphs += 1;
                            in_paragraph += 1;
                            words.push_str(if paragraphs > 1 { "\n" } else { "" });
                        }
                        "text:s" => words.push_str(&" ".repeat(count(&element, "c").min(limits::CHARACTERS))),
                        "text:tab" => words.push('\t'),
                        "text:line-break" => words.push('\n'),
                        _ => {}
                    }
                }
            },
            Event::Text(text) if in_paragraph > 0 => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if in_paragraph > 0 => {
                if let Ok(Some(character)) = reference.resolve_char_ref() {
                    words.push(character);
                } else {
                    words.push_str(quick_xml::escape::resolve_xml_entity(&reference).unwrap_or_default());
                }
            }
            Event::End(element) => {
                if depth == 0 {
                    return Ok((words, remarks));
                }
                depth -= 1;
                in_paragraph -= usize::from(element.name().as_ref() == "text:p" && in_paragraph > 0);
            }
            Event::Eof => return Err(damaged()),
            _ => {}
        }
        if words.len() > limits::TEXT {
            return Err(damaged());
        }
    }
}
