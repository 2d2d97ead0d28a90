//! Plain text to [`Document`]: the text that a word processor leaves when a disclosure is saved as text.
//!
//! Five steps, one file each: [`decode`] finds the encoding, [`scan`] sorts lines into running text and grids
//! of raw cells, [`wrap`] puts the lines of a paragraph together, [`evidence`] sees what the columns of a grid hold,
//! [`spans`] finds out which cells were merged.
//!
//! What it will not do: understand. A number is told from a word by its digits, a header from a body by its
//! place; which form a table is belongs to others. The marks that converters leave for bookmarks are the only
//! text taken away, for they are no words of it; each line that had some has a note of them.

pub(crate) mod decode;
mod evidence;
mod scan;
mod spans;
mod wrap;

use crate::Unreadable;
use crate::lines::needs_space;
use evidence::Shape;
use mingzhang_model::document::{Block, Document, Format, Line, Note, NoteKind, Page, Paragraph, Place, Table};
use scan::{Grid, Item};
use wrap::Wrapping;

/// Lines beyond this many are not read.
const MAX_LINES: usize = 200_000;

/// Rows of more cells than this make no table.
const MAX_COLUMNS: usize = 64;

/// Reads plain text in UTF-8, UTF-16 with its byte order mark, or GB18030.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    let decoded = decode::decode(bytes)?;
    let mut notes = decoded.notes;
    let mut lines: Vec<String> = Vec::new();
    for (i, line) in decoded.text.lines().take(MAX_LINES + 1).enumerate() {
        let (kept, marks) = without_bookmarks(line);
        lines.push(kept);
        if !marks.is_empty() {
            notes.push(note(NoteKind::Residue, i + 1, marks));
        }
    }
    if lines.len() > MAX_LINES {
        lines.truncate(MAX_LINES);
        notes.push(note(NoteKind::Limit, MAX_LINES, format!("more than {MAX_LINES} lines")));
    }
    let characters = lines.iter().map(|line| visible(line)).sum();
    if characters == 0 {
        return Err(Unreadable::Empty);
    }
    let items = scan::scan(&lines);
    let grids = items.iter().filter_map(Item::grid);
    let mut shapes = Shape::of_all(grids).into_iter();
    let mut blocks = Vec::new();
    let wrapping = Wrapping::of(items.iter().filter_map(Item::text).map(|number| lines[number - 1].as_str()));
    for item in &items {
        let Some((grid, shape)) = item.grid().zip(item.grid().and_then(|_| shapes.next())) else {
            for number in item.lines() {
                add_line(&mut blocks, &lines, number, wrapping);
            }
            continue;
        };
        match table(grid, &shape) {
            Ok(table) => blocks.push(Block::Table(table)),
            Err((kind, why)) => {
                notes.push(note(kind, grid.line(), why));
                item.lines().for_each(|number| add_line(&mut blocks, &lines, number, None));
            }
        }
    }
    let page = Page { number: 1, width: 0.0, height: 0.0, characters, pictures: 0 };
    Ok(Document { format: Format::Text, pages: vec![page], blocks, notes })
}

/// The table of a grid, or why there is none.
fn table(grid: &Grid, shape: &Shape) -> Result<Table, (NoteKind, String)> {
    if shape.columns > MAX_COLUMNS {
        return Err((NoteKind::Limit, format!("{} columns, more than {MAX_COLUMNS}", shape.columns)));
    }
    let mut table = spans::tile(grid, shape).map_err(|why| (NoteKind::Untiled, why.to_string()))?;
    table.parts.clone_from(&grid.parts);
    Ok(table)
}

/// Adds a line to the paragraph before it, where that goes on in it, or as a paragraph of its own.
fn add_line(blocks: &mut Vec<Block>, lines: &[String], number: usize, wrapping: Option<Wrapping>) {
    let text = lines[number - 1].trim();
    if text.is_empty() {
        return;
    }
    let own = Line { start: 0, place: place(number), edges: Vec::new() };
    let before = number.checked_sub(2).map(|before| lines[before].as_str()).unwrap_or_default();
    let goes_on = wrapping.is_some_and(|wrapping| wrapping.goes_on(before, &lines[number - 1]));
    match blocks.last_mut() {
        Some(Block::Paragraph(paragraph)) if goes_on && ends_at(paragraph, number - 1) => {
            if needs_space(&paragraph.text, text) {
                paragraph.text.push(' ');
            }
            paragraph.lines.push(Line { start: paragraph.text.len(), ..own });
            paragraph.text.push_str(text);
        }
        _ => blocks.push(Block::Paragraph(Paragraph { text: text.to_owned(), lines: vec![own] })),
    }
}

/// True when the last line of a paragraph is this one.
fn ends_at(paragraph: &Paragraph, number: usize) -> bool {
    paragraph.lines.last().is_some_and(|line| line.place.line == u32::try_from(number).ok())
}

fn place(line: usize) -> Place {
    Place { line: u32::try_from(line).ok(), ..Place::default() }
}

fn note(kind: NoteKind, line: usize, detail: String) -> Note {
    Note { kind, place: place(line), detail }
}

fn visible(text: &str) -> u32 {
    text.chars().filter(|c| !c.is_whitespace()).count() as u32
}

/// The line without the marks `[bookmark: NAME]` that a converter wrote where the document had an anchor,
/// and the marks.
fn without_bookmarks(line: &str) -> (String, String) {
    const MARK: &str = "[bookmark:";
    let mut rest = line;
    let (mut kept, mut marks) = (String::with_capacity(line.len()), String::new());
    while let Some(start) = rest.find(MARK) {
        let Some(length) = rest[start..].find(']') else { break };
        kept.push_str(&rest[..start]);
        marks.push_str(&rest[start..=start + length]);
        rest = &rest[start + length + 1..];
    }
    kept.push_str(rest);
    (kept, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_go_and_other_brackets_stay() {
        let split = |line| {
            let (kept, marks) = without_bookmarks(line);
            (kept, marks.matches(']').count())
        };
        assert_eq!(split("[bookmark: RANGE!A1:I22][bookmark: _GoBack]三、[甲]"), ("三、[甲]".into(), 2));
        assert_eq!(split("[bookmark: unclosed"), ("[bookmark: unclosed".into(), 0));
    }

    #[test]
    fn text_that_shows_nothing_is_empty() {
        assert_eq!(read(" \t\r\n\u{3000}\n".as_bytes()), Err(Unreadable::Empty));
    }

    #[test]
    fn every_line_of_text_is_a_paragraph_that_knows_its_line() {
        let document = read("甲\r\n\r\n  乙\r\n".as_bytes()).unwrap();
        let lines: Vec<_> = document
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(p) => (p.text.as_str(), p.place().line),
                Block::Table(_) => panic!("no table here"),
            })
            .collect();
        assert_eq!(lines, [("甲", Some(1)), ("乙", Some(3))]);
        assert_eq!(document.pages[0].characters, 2);
    }
}
