//! Web pages to [`Document`]: pages as sites publish them, and as word processors and spreadsheets save them.
//!
//! Six steps, one file each: [`encoding`] finds the encoding, [`tree`] builds the tree that a browser builds,
//! [`looks`] and [`print`](self::print) say what of it is seen and printed, [`flow`] reads it in order, [`form`] makes
//! tables of rows with spans.
//!
//! What it will not do: lay out, run scripts, follow style sheets, or fetch what a page shows of other files. All
//! that is seen is read, the navigation of the site too: which of it is the document, a reader of pages cannot know.
//! A place in a page is a line, counted over paragraphs and the rows of tables as they follow each other.

mod encoding;
mod flow;
mod form;
mod looks;
mod print;
mod tree;

use crate::Unreadable;
use encoding_rs::Encoding;
use flow::Item;
use mingzhang_model::document::{Block, Document, Format, Line, Note, NoteKind, Page, Paragraph, Place, TablePart};
use tree::Tree;

/// Pages larger than this are refused: no page of text is, and a browser would not show it either.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Lines beyond this many are not read.
const MAX_LINES: u32 = 500_000;
/// A page that hides more than this is a program; the rest of what it hides is counted.
const MAX_NOTES: usize = 200;

/// What a page begins with, in small letters: a document, or the piece of one that some programs save.
const STARTS: [&str; 19] = [
    "!doctype html",
    "html",
    "head",
    "meta",
    "title",
    "body",
    "table",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "center",
    "font",
    "style",
    "link",
    "script",
    "span",
    "section",
];

/// True for the first bytes of a web page.
pub(crate) fn is_page(start: &[u8]) -> bool {
    let text = match Encoding::for_bom(start) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&start[mark..]).0,
        None => String::from_utf8_lossy(start),
    };
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_ascii_lowercase();
    let Some(first) = text.strip_prefix('<') else { return false };
    let is_start = |start: &&str| {
        first.strip_prefix(*start).is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
    };
    STARTS.iter().any(is_start) || text.contains("<html")
}

/// Reads a web page.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { limit: MAX_BYTES });
    }
    let text = encoding::decode(bytes);
    let tree = Tree::of(&text);
    let read = flow::flow(&tree);
    let mut made = Made::default();
    for item in read.items {
        made.item(item);
    }
    let characters = made.characters();
    if characters == 0 && read.pictures == 0 && made.notes.is_empty() {
        return Err(Unreadable::Empty);
    }
    if characters == 0 && read.pictures > 0 {
        made.note(NoteKind::NoTextLayer, String::new());
    }
    if let Some(why) = tree.cut {
        made.note(NoteKind::Limit, why);
    }
    undecodable(&mut made);
    made.finish_notes();
    let page = Page { number: 1, width: 0.0, height: 0.0, characters, pictures: read.pictures };
    Ok(Document { format: Format::Html, pages: vec![page], blocks: made.blocks, notes: made.notes })
}

/// A document that is being made.
#[derive(Default)]
struct Made {
    blocks: Vec<Block>,
    notes: Vec<Note>,
    /// Notes beyond the limit.
    more: usize,
    /// The lines so far.
    line: u32,
}

impl Made {
    fn item(&mut self, item: Item) {
        if self.line >= MAX_LINES {
            if self.line == MAX_LINES {
                self.note(NoteKind::Limit, format!("more than {MAX_LINES} lines"));
                self.line += 1;
            }
            return;
        }
        match item {
            Item::Line(line) => self.paragraph(line),
            Item::Note(kind, words) => self.note(kind, words),
            Item::Table(formed) => {
                let (first, rows) = (self.line, formed.rows);
                let place = |row| at(first + 1 + row);
                match formed.tiled(place) {
                    Ok(mut table) => {
                        table.parts = vec![TablePart { first_row: 0, place: place(0) }];
                        self.blocks.push(Block::Table(table));
                        self.line += rows;
                    }
                    // The form is made to tile, so this is a mistake of this program: nothing is lost silently.
                    Err(why) => self.note(NoteKind::Untiled, why.to_string()),
                }
            }
        }
    }

    fn paragraph(&mut self, text: String) {
        self.line += 1;
        let lines = vec![Line { start: 0, place: at(self.line), edges: Vec::new() }];
        self.blocks.push(Block::Paragraph(Paragraph { text, lines }));
    }

    /// A note about what comes next.
    fn note(&mut self, kind: NoteKind, detail: String) {
        if matches!(kind, NoteKind::Hidden | NoteKind::Unprinted) && self.notes.len() >= MAX_NOTES {
            self.more += 1;
        } else {
            self.notes.push(Note { kind, place: at(self.line + 1), detail });
        }
    }

    fn finish_notes(&mut self) {
        if self.more > 0 {
            let detail = format!("{} more texts that are not shown", self.more);
            self.notes.push(Note { kind: NoteKind::Hidden, place: at(self.line.max(1)), detail });
        }
    }

    fn characters(&self) -> u32 {
        let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() as u32;
        let of = |block: &Block| match block {
            Block::Paragraph(paragraph) => visible(&paragraph.text),
            Block::Table(table) => table.cells().iter().map(|cell| visible(&cell.text)).sum(),
        };
        self.blocks.iter().map(of).sum()
    }
}

/// Notes the lines in which bytes were no text.
fn undecodable(made: &mut Made) {
    let mut broken = Vec::new();
    let mut look = |text: &str, place: Place| {
        if text.contains(char::REPLACEMENT_CHARACTER) {
            broken.push(Note { kind: NoteKind::Undecodable, place, detail: text.to_owned() });
        }
    };
    for block in &made.blocks {
        match block {
            Block::Paragraph(paragraph) => look(&paragraph.text, paragraph.place()),
            Block::Table(table) => table.cells().iter().for_each(|cell| look(&cell.text, cell.place)),
        }
    }
    broken.truncate(MAX_NOTES);
    made.notes.extend(broken);
}

fn at(line: u32) -> Place {
    Place { line: Some(line), ..Place::default() }
}
