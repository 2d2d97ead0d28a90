//! Workbooks of Excel since 2007 as they are seen.
//!
//! The reader of cells gives values and styles. What it does not tell stands in the same parts: which rows and
//! columns are hidden, which formulas have no result, and in parts beside them remarks and text that floats.

use super::code::Code;
use super::{Remark, Shown, View, merge, plain, shown, tabs, texts};
use crate::grid::{self, Grid, Room};
use crate::number::Days;
use crate::parts::{attribute, damaged, each_part, sheet_paths};
use crate::{Refusal, limits, xlsx};
use calamine::{Reader, Style, Xlsx, open_workbook_from_rs};
use mingzhang_model::sheet::Cell;
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::Cursor;

pub(super) fn view(bytes: &[u8]) -> Result<View, Refusal> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| damaged())?;
    let days = if book.has_1904_epoch() { Days::Since1904 } else { Days::Since1900 };
    let all = book.sheets_metadata().to_vec();
    let parts = Parts::of(bytes)?;
    let mut view = View::default();
    let mut room = Room::for_view();
    for tab in tabs(&all, &mut view)? {
        let mut sheet = parts.sheet(&tab.name)?;
        let mut grid = Grid::new(&tab.name);
        let mut cells = book.worksheet_cells_reader(&tab.name).map_err(|_| damaged())?;
        let codes = codes(cells.styles());
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| damaged())? {
            let code = codes.get(style).or(codes.first());
            let words = code.map_or_else(String::new, |code| shown(cell.get_value(), code, days));
            let (row, column) = cell.get_position();
            if !words.is_empty() {
                grid.put(&mut room, row as usize, column as usize, Cell::Text(words))?;
            }
        }
        drop(cells);
        sheet.merges = xlsx::areas(&book.merge_cells_by_sheet_name(&tab.name).map_err(|_| damaged())?);
        merge(&mut grid, &sheet.merges)?;
        sheet.rows = texts(grid.finish());
        view.sheets.push(sheet);
    }
    Ok(view)
}

/// The codes of the styles. The reader fills in American codes for those that a program knows by number.
fn codes(styles: &[Style]) -> Vec<Code> {
    const AMERICAN: [&str; 12] = [
        "General",
        "mm-dd-yy",
        "m/d/yy h:mm",
        "#,##0 ;(#,##0)",
        "#,##0 ;[Red](#,##0)",
        "#,##0.00;(#,##0.00)",
        "#,##0.00;[Red](#,##0.00)",
        "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        "_($* #,##0_);_($* (#,##0);_($* \"-\"_);_(@_)",
        "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)",
        "mmss.0",
    ];
    let code = |style: &Style| match &style.number_format {
        Some(format) if AMERICAN.contains(&format.format_code.as_str()) => {
            Code::built_in(format.format_id.unwrap_or_default())
        }
        Some(format) => Code::parse(&format.format_code),
        None => Code::built_in(0),
    };
    let codes: Vec<Code> = styles.iter().map(code).collect();
    if codes.is_empty() { vec![Code::built_in(0)] } else { codes }
}

/// The parts of a workbook that say what the reader of cells does not.
struct Parts {
    /// The parts of sheets by their names.
    paths: BTreeMap<String, String>,
    contents: BTreeMap<String, Vec<u8>>,
}

impl Parts {
    fn of(bytes: &[u8]) -> Result<Parts, Refusal> {
        let mut contents = BTreeMap::new();
        let is_wanted = |path: &str| {
            let starts = ["xl/worksheets/", "xl/comments", "xl/drawings/", "xl/workbook.xml", "xl/_rels/workbook.xml"];
            starts.iter().any(|start| path.starts_with(start)) || path.contains("comment")
        };
        each_part(bytes, |path, content| {
            if is_wanted(path) {
                contents.insert(path.to_owned(), content);
            }
        })?;
        let part = |path: &str| contents.get(path).map_or(&[][..], Vec::as_slice);
        let paths = sheet_paths(part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"));
        Ok(Parts { paths, contents })
    }

    fn sheet(&self, name: &str) -> Result<Shown, Refusal> {
        let mut sheet = Shown { name: name.to_owned(), ..Shown::default() };
        let Some(path) = self.paths.get(name) else { return Ok(sheet) };
        if let Some(content) = self.contents.get(path) {
            marks(content, &mut sheet)?;
        }
        for (kind, target) in self.related(path) {
            match (self.contents.get(&target), kind.rsplit('/').next()) {
                (Some(content), Some("comments")) => remarks(content, &mut sheet)?,
                (Some(content), Some("drawing")) => drawing(content, &mut sheet)?,
                _ => {}
            }
        }
        Ok(sheet)
    }

    /// The kinds and paths of the parts that a part refers to.
    fn related(&self, path: &str) -> Vec<(String, String)> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(content) = self.contents.get(&format!("{folder}/_rels/{name}.rels")) else { return Vec::new() };
        let mut related = Vec::new();
        crate::parts::each_element(content, |element| {
            if let (Some(kind), Some(target)) = (attribute(element, "Type"), attribute(element, "Target")) {
                related.push((kind, resolved(folder, &target.to_ascii_lowercase())));
            }
        });
        related
    }
}

/// A target that is written relative to a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn events(content: &[u8], mut call: impl FnMut(Event<'_>)) -> Result<(), Refusal> {
    let text = std::str::from_utf8(content).map_err(|_| damaged())?;
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Eof => return Ok(()),
            event => call(event),
        }
    }
}

/// What a sheet hides, and which of its formulas have no result.
fn marks(content: &[u8], sheet: &mut Shown) -> Result<(), Refusal> {
    let is_set = |value: Option<String>| matches!(value.as_deref(), Some("1" | "true"));
    let is_nothing = |value: Option<String>| value.and_then(|v| v.parse::<f64>().ok()).is_some_and(|v| v <= 0.0);
    let number = |value: Option<String>| value.and_then(|value| value.parse::<usize>().ok());
    let (mut row, mut column) = (0, 0);
    let (mut has_formula, mut has_value) = (false, false);
    events(content, |event| match event {
        Event::Start(element) => match element.local_name().as_ref() {
            "col" if is_set(attribute(&element, "hidden")) || is_nothing(attribute(&element, "width")) => {
                let (first, last) = (number(attribute(&element, "min")), number(attribute(&element, "max")));
                if let (Some(first @ 1..), Some(last)) = (first, last) {
                    sheet.hidden_columns.push(first - 1..last);
                }
            }
            "row" => {
                row = number(attribute(&element, "r")).map_or(row, |row| row.saturating_sub(1));
                column = 0;
                let is_hidden = is_set(attribute(&element, "hidden")) || is_nothing(attribute(&element, "ht"));
                if is_hidden && row < limits::ROWS {
                    sheet.hidden_rows.insert(row);
                }
            }
            "c" => {
                (has_formula, has_value) = (false, false);
                if let Some(at) = attribute(&element, "r").and_then(|name| grid::place(&name)) {
                    (row, column) = at;
                }
            }
            "f" => has_formula = true,
            "v" | "is" => has_value = true,
            _ => {}
        },
        Event::End(element) => match element.local_name().as_ref() {
            "c" => {
                if has_formula && !has_value {
                    sheet.uncomputed.push((row, column));
                }
                column += 1;
            }
            "row" => row += 1,
            _ => {}
        },
        _ => {}
    })
}

/// The words of `<t>` between the starts and ends of elements of a name, with each start.
fn words_in(content: &[u8], name: &str, mut each: impl FnMut(Option<String>, String)) -> Result<(), Refusal> {
    let (mut words, mut place, mut is_text) = (String::new(), None, false);
    events(content, |event| match event {
        Event::Start(element) if element.local_name().as_ref() == name => {
            words.clear();
            place = attribute(&element, "ref");
        }
        Event::Start(element) => is_text = element.local_name().as_ref() == "t",
        Event::Text(text) if is_text => words.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) if is_text => {
            if let Ok(Some(character)) = reference.resolve_char_ref() {
                words.push(character);
            } else {
                words.push_str(quick_xml::escape::resolve_xml_entity(&reference).unwrap_or_default());
            }
        }
        Event::End(element) if element.local_name().as_ref() == name => {
            each(place.take(), plain(&words));
            words.clear();
        }
        Event::End(_) => is_text = false,
        _ => {}
    })
}

fn remarks(content: &[u8], sheet: &mut Shown) -> Result<(), Refusal> {
    words_in(content, "comment", |place, words| {
        if let Some(at) = place.and_then(|place| grid::place(&place)) {
            sheet.comments.push(Remark { at, words });
        }
    })
}

fn drawing(content: &[u8], sheet: &mut Shown) -> Result<(), Refusal> {
    crate::parts::each_element(content, |element| {
        sheet.pictures += u32::from(element.local_name().as_ref() == "pic");
    });
    words_in(content, "p", |_, words| {
        if !words.is_empty() {
            sheet.floating.push(words);
        }
    })
}
