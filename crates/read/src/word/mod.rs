//! What the two formats of word processors have in common, once their own bytes are understood.
//!
//! Both hold paragraphs, whose numbers the program counts ([`lists`], [`numeral`]), and rows of cells ([`table`]).
//! Their readers make [`Piece`]s of them, and a [`Flow`] makes the document of the pieces.
//!
//! Absent on purpose: pages, since a word processor makes them anew each time, and fonts. A place is the number of
//! a paragraph.

pub(crate) mod draft;
pub(crate) mod field;
pub(crate) mod lists;
pub(crate) mod numeral;
pub(crate) mod symbol;
pub(crate) mod table;

use crate::Unreadable;
use mingzhang_model::document::{Block, Document, Format, Line, Note, NoteKind, Page, Paragraph, Place};
use table::Row;

/// Paragraphs beyond this many are not read.
pub(crate) const MAX_PARAGRAPHS: u32 = 500_000;
/// Cells beyond this many are not read.
pub(crate) const MAX_CELLS: usize = 500_000;
/// Notes beyond this many of one kind are counted, not kept.
pub(crate) const MAX_NOTES: usize = 1_000;

/// A piece of text in reading order.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Piece {
    /// A paragraph.
    Text(Text),
    /// The rows of a table.
    Table(Vec<Row>, Widths),
}

/// The widths of a table's columns in twips, as far as they are known.
pub(crate) type Widths = Vec<u32>;

/// A paragraph as it is shown; where the writer broke a line, with `\n`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Text {
    pub(crate) text: String,
    /// Its number among the paragraphs with text, counted from 1.
    pub(crate) number: u32,
}

impl Text {
    /// The printed lines that show something, without the spaces around them.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split('\n').map(str::trim).filter(|line| !line.is_empty())
    }
}

/// The place of a paragraph.
pub(crate) fn place(number: u32) -> Place {
    Place { paragraph: (number > 0).then_some(number), ..Place::default() }
}

/// Adds to a text what a person sees of some characters: no controls, no marks of direction and width.
pub(crate) fn push_seen(text: &mut String, characters: &str) {
    text.extend(characters.chars().filter_map(|char| match char {
        '\n' => Some(char),
        '\u{a0}' | '\u{202f}' => Some(' '),
        '\u{2011}' => Some('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => None,
        char if char.is_control() => None,
        char => Some(char),
    }));
}

/// What stands for a tab: a gap that parts columns is two spaces, as in a file with pages.
pub(crate) const TAB: &str = "  ";

/// A document in the making.
#[derive(Default)]
pub(crate) struct Flow {
    notes: Vec<Note>,
    /// How many notes of each kind were not kept.
    beyond: Vec<(NoteKind, usize)>,
    /// How many paragraphs with text there are so far.
    pub(crate) paragraphs: u32,
    /// How many cells there are so far.
    pub(crate) cells: usize,
    /// How many pictures there are so far.
    pub(crate) pictures: u32,
    /// Limits that were reached, each once.
    limits: Vec<&'static str>,
}

impl Flow {
    /// The place of the next paragraph with text, for what is found on the way to it.
    pub(crate) fn next_place(&self) -> Place {
        place(self.paragraphs + 1)
    }

    /// A paragraph with its number, if it shows something.
    pub(crate) fn text(&mut self, text: String) -> Option<Text> {
        if text.chars().all(char::is_whitespace) {
            return None;
        }
        if self.paragraphs >= MAX_PARAGRAPHS {
            self.limit("段落过多，只读了前 50 万段");
            return None;
        }
        self.paragraphs += 1;
        Some(Text { text, number: self.paragraphs })
    }

    /// Counts a cell; false where there are too many.
    pub(crate) fn counts_cell(&mut self) -> bool {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            self.limit("表格的单元格过多，只读了前 50 万个");
        }
        self.cells <= MAX_CELLS
    }

    pub(crate) fn note(&mut self, kind: NoteKind, place: Place, detail: String) {
        if self.notes.iter().filter(|note| note.kind == kind).count() < MAX_NOTES {
            return self.notes.push(Note { kind, place, detail });
        }
        match self.beyond.iter_mut().find(|(of, _)| *of == kind) {
            Some((_, count)) => *count += 1,
            None => self.beyond.push((kind, 1)),
        }
    }

    /// Notes a limit that was reached, once.
    pub(crate) fn limit(&mut self, what: &'static str) {
        if !self.limits.contains(&what) {
            self.limits.push(what);
            self.note(NoteKind::Limit, self.next_place(), what.to_owned());
        }
    }

    /// The document that these pieces make.
    pub(crate) fn finish(mut self, format: Format, pieces: Vec<Piece>) -> Result<Document, Unreadable> {
        let mut blocks = Vec::new();
        self.blocks(pieces, &mut blocks);
        let characters = blocks.iter().map(visible).sum();
        if characters == 0 && self.pictures == 0 && self.notes.is_empty() {
            return Err(Unreadable::Empty);
        }
        if characters == 0 && self.pictures > 0 {
            self.note(NoteKind::NoTextLayer, Place::default(), "文件里只有图片，没有文字".into());
        }
        for (kind, count) in std::mem::take(&mut self.beyond) {
            let detail = format!("同类情况另有 {count} 处，未逐一列出");
            self.notes.push(Note { kind, place: Place::default(), detail });
        }
        // Notes are made as things are found; a person reads them in the order of the text.
        self.notes.sort_by_key(|note| note.place.paragraph.unwrap_or(u32::MAX));
        let page = Page { number: 1, width: 0.0, height: 0.0, characters, pictures: self.pictures };
        Ok(Document { format, pages: vec![page], blocks, notes: self.notes })
    }

    /// Writes pieces as blocks. What a soft end of a line parts are printed lines, and each is a block: programs
    /// that end paragraphs so are many.
    fn blocks(&mut self, pieces: Vec<Piece>, blocks: &mut Vec<Block>) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => blocks.extend(text.lines().map(|line| paragraph(line, text.number))),
                Piece::Table(rows, widths) => match table::only_cell(rows) {
                    // A frame around running text.
                    Ok(pieces) => self.blocks(pieces, blocks),
                    Err(rows) => {
                        let tiled = table::tile(rows, &widths, self);
                        blocks.extend(tiled.blocks);
                        self.blocks(tiled.inner, blocks);
                    }
                },
            }
        }
    }
}

fn paragraph(line: &str, number: u32) -> Block {
    let lines = vec![Line { start: 0, place: place(number), edges: Vec::new() }];
    Block::Paragraph(Paragraph { text: line.to_owned(), lines })
}

fn visible(block: &Block) -> u32 {
    let of = |text: &str| text.chars().filter(|char| !char.is_whitespace()).count() as u32;
    match block {
        Block::Paragraph(paragraph) => of(&paragraph.text),
        Block::Table(table) => table.cells().iter().map(|cell| of(&cell.text)).sum(),
    }
}

/// What a piece says in words, without the marks around numbers of pages: by it
/// headers and footers are told apart.
pub(crate) fn words(piece: &Piece) -> String {
    let kept = |text: &str| -> String {
        let is_mark = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "第页共—–－―─／·｜，".contains(c);
        if text.chars().all(is_mark) { String::new() } else { text.to_owned() }
    };
    match piece {
        Piece::Text(text) => kept(&text.text),
        Piece::Table(rows, _) => {
            let pieces = rows.iter().flat_map(|row| &row.cells).flat_map(|slot| &slot.pieces);
            pieces.map(words).collect()
        }
    }
}
