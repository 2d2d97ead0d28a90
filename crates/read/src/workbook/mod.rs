//! Workbooks to [`Document`]: XLSX, XLS, ET and ODS, each visible sheet a page.
//!
//! The cells and what they show come from the reader of sheets; here they become paragraphs and tables. A sheet may
//! hold a title, a line of units, a table and notes, and all of it again further down: [`parts`] finds where one ends
//! and the next begins, [`grid`] makes the table.
//!
//! What it will not do: compute a formula, show what the sheet hides, or tell a table from a form by its words. A place
//! is a cell: the sheet is the page, the row is the line.

mod grid;
mod parts;

use crate::Unreadable;
use grid::Grid;
use mingzhang_model::document::{Block, Document, Format, Line, Note, NoteKind, Page, Paragraph, Place};
use mingzhang_sheets::{Kind, Refusal, Shown, View};
use parts::Part;

/// Of a text that is not shown, a note tells so many characters.
const MAX_TOLD: usize = 120;
/// Notes of one kind on one sheet beyond this many are counted.
const MAX_NOTES: usize = 100;

/// The signature of compound files, the file systems of old Office programs.
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// True for a zip or compound file that holds a workbook.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    mingzhang_sheets::is_workbook(bytes)
}

/// What the name of a workbook ends in; none for what is no workbook.
pub(crate) fn ending(bytes: &[u8]) -> Option<&'static str> {
    const OPEN: &[u8] = b"opendocument.spreadsheet";
    // The first part of such a file is its kind, and is not compressed.
    let is_open = bytes[..bytes.len().min(200)].windows(OPEN.len()).any(|window| window == OPEN);
    is_workbook(bytes).then(|| match bytes.starts_with(&COMPOUND) {
        true => "xls",
        false if is_open => "ods",
        false => "xlsx",
    })
}

/// Reads a workbook.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    let viewed = if bytes.starts_with(&COMPOUND) {
        mingzhang_sheets::view_compound(bytes)
    } else {
        mingzhang_sheets::view(bytes)
    };
    document(&viewed.map_err(|refusal| unreadable(&refusal))?)
}

fn unreadable(refusal: &Refusal) -> Unreadable {
    match refusal.kind() {
        Kind::Encrypted => Unreadable::Encrypted,
        Kind::Other => Unreadable::Workbook(refusal.sentence().to_owned()),
    }
}

fn document(view: &View) -> Result<Document, Unreadable> {
    let mut made = Made::default();
    for (index, sheet) in view.sheets.iter().enumerate() {
        made.sheet(index as u32 + 1, sheet);
    }
    let unshown = |kind, names: &[String]| {
        let note = |name: &String| Note { kind, place: Place::default(), detail: name.clone() };
        names.iter().map(note).collect::<Vec<_>>()
    };
    made.notes.extend(unshown(NoteKind::Hidden, &view.hidden));
    made.notes.extend(unshown(NoteKind::NoTextLayer, &view.charts));
    if made.blocks.is_empty() && made.notes.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(Document { format: Format::Workbook, pages: made.pages, blocks: made.blocks, notes: made.notes })
}

/// A document that is being made.
#[derive(Default)]
struct Made {
    pages: Vec<Page>,
    blocks: Vec<Block>,
    notes: Vec<Note>,
}

impl Made {
    fn sheet(&mut self, number: u32, sheet: &Shown) {
        let first = self.blocks.len();
        let grid = Grid::of(number, sheet);
        if grid.is_over {
            let detail = format!("merged cells of a sheet of {} rows", sheet.rows.len());
            self.notes.push(Note { kind: NoteKind::Limit, place: page(number), detail });
        }
        for part in parts::parts(&grid) {
            self.part(&grid, part);
        }
        // The words on the tab are the title of a sheet that has none.
        if matches!(self.blocks.get(first), Some(Block::Table(_))) && !is_default_name(&sheet.name) {
            self.blocks.insert(first, paragraph(sheet.name.trim().to_owned(), page(number)));
        }
        self.blocks.extend(sheet.floating.iter().map(|words| paragraph(words.clone(), page(number))));
        let characters = self.blocks[first..].iter().map(characters).sum();
        if characters == 0 && sheet.pictures > 0 {
            self.notes.push(Note { kind: NoteKind::NoTextLayer, place: page(number), detail: String::new() });
        }
        self.pages.push(Page { number, characters, pictures: sheet.pictures, ..Page::default() });
        self.notes_of(number, sheet);
    }

    fn part(&mut self, grid: &Grid<'_>, part: Part) {
        match part {
            Part::Lines(rows) => self.lines(grid, rows),
            Part::Table(rows) => match grid.table(rows.clone()) {
                Some(Ok(table)) => self.blocks.push(Block::Table(table)),
                None => {}
                Some(Err(why)) => {
                    let place = grid.place(rows.start, 0);
                    self.notes.push(Note { kind: NoteKind::Limit, place, detail: why });
                    self.lines(grid, rows);
                }
            },
        }
    }

    /// Every filled cell of some rows as paragraphs.
    fn lines(&mut self, grid: &Grid<'_>, rows: std::ops::Range<usize>) {
        for row in rows {
            for column in grid.filled(row) {
                let lines = grid.text(row, column).lines().map(str::trim).filter(|line| !line.is_empty());
                let place = grid.place(row, column);
                self.blocks.extend(lines.map(|line| paragraph(line.to_owned(), place)));
            }
        }
    }

    fn notes_of(&mut self, number: u32, sheet: &Shown) {
        let at = |(row, column): (usize, usize)| Place {
            line: u32::try_from(row + 1).ok(),
            column: u32::try_from(column + 1).ok(),
            ..page(number)
        };
        let told = |words: &str| words.chars().take(MAX_TOLD).collect::<String>();
        let hidden = hidden(sheet).map(|(place, words)| (NoteKind::Hidden, at(place), told(words)));
        let comments = sheet.comments.iter().map(|remark| (NoteKind::Comment, at(remark.at), told(&remark.words)));
        let uncomputed = sheet.uncomputed.iter().map(|place| (NoteKind::Uncomputed, at(*place), String::new()));
        self.notes_up_to(hidden);
        self.notes_up_to(comments);
        self.notes_up_to(uncomputed);
    }

    fn notes_up_to(&mut self, mut notes: impl Iterator<Item = (NoteKind, Place, String)>) {
        let note = |(kind, place, detail)| Note { kind, place, detail };
        self.notes.extend(notes.by_ref().take(MAX_NOTES).map(note));
        if let Some((kind, place, _)) = notes.next() {
            let detail = format!("and {} more", notes.count() + 1);
            self.notes.push(Note { kind, place, detail });
        }
    }
}

/// The texts in hidden rows and columns, with their places.
fn hidden(sheet: &Shown) -> impl Iterator<Item = ((usize, usize), &str)> {
    sheet.rows.iter().enumerate().flat_map(move |(row, cells)| {
        let is_row = sheet.hidden_rows.contains(&row);
        let texts = cells.iter().enumerate().filter(|(_, text)| !text.is_empty());
        let texts = texts.filter(move |(column, _)| is_row || sheet.hides(*column));
        texts.map(move |(column, text)| ((row, column), text.as_str()))
    })
}

/// True for a name that a program gives a new sheet.
fn is_default_name(name: &str) -> bool {
    let stem = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    stem.is_empty() || ["Sheet", "sheet", "工作表", "表"].contains(&stem)
}

fn page(number: u32) -> Place {
    Place { page: Some(number), ..Place::default() }
}

fn paragraph(text: String, place: Place) -> Block {
    Block::Paragraph(Paragraph { text, lines: vec![Line { start: 0, place, edges: Vec::new() }] })
}

fn characters(block: &Block) -> u32 {
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as u32;
    match block {
        Block::Paragraph(paragraph) => visible(&paragraph.text),
        Block::Table(table) => table.cells().iter().map(|cell| visible(&cell.text)).sum(),
    }
}
