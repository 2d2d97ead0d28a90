//! DOC to [`Document`]: files of Word 97 to 2003 and of WPS Writer, which are one format.
//!
//! A file is a compound of streams ([`file`]). One holds the text, in stretches that a table puts together
//! ([`pieces`]), and pages of properties ([`runs`], [`sprm`]); [`text`](mod@text) reads paragraphs of them and
//! [`table`] sorts those of tables into rows and cells. Styles and lists ([`styles`], [`lists`]) stand in a second
//! stream. What becomes of footnotes, margins, changes and hidden text is as in a DOCX file; what stands in text
//! boxes comes behind the body, since where they hang is part of the drawing.
//!
//! Absent on purpose: Word 95 and older, whose bytes are another format, drawings, and macros.

mod bytes;
mod file;
mod lists;
mod pieces;
mod runs;
mod sprm;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod text;

use crate::Unreadable;
use crate::word::{Flow, Piece, words};
use bytes::{places, slice, u8_at, u16_at, utf16};
use file::{File, MAIN, Part};
use mingzhang_model::document::{Document, Format, NoteKind, Place};
use runs::Runs;
use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use styles::Styles;
use text::Reader;

/// Whether the streams of a compound file are those of a document.
pub(crate) fn is_document(streams: &[String]) -> bool {
    streams.iter().any(|name| name.eq_ignore_ascii_case(MAIN))
}

/// Reads a DOC file.
pub(crate) fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    // The reader of compound files is foreign code that meets hostile bytes: a panic in it is damage.
    let read = catch_unwind(AssertUnwindSafe(|| read_file(bytes)));
    read.unwrap_or_else(|_| Err(Unreadable::Damaged("文件的目录结构无法解析".into())))
}

fn read_file(bytes: &[u8]) -> Result<Document, Unreadable> {
    let file = File::open(bytes)?;
    let pieces = file.pieces().ok_or_else(|| Unreadable::Damaged("正文的分段表无法解析".into()))?;
    let starts = file.lengths.starts();
    let mut reader = Reader {
        characters: Runs::of_characters(file.pages(Part::CharacterRuns)),
        paragraphs: Runs::of_paragraphs(file.pages(Part::ParagraphRuns)),
        styles: Styles::of(file.part(Part::Styles)),
        lists: lists::lists(&file),
        fonts: fonts(file.part(Part::Fonts)),
        data: &file.data,
        pieces: &pieces,
        flow: Flow::default(),
        fields: Vec::new(),
        commented: Vec::new(),
        region: text::Region::Body,
        drawn: 0,
    };
    let mut read = reader.range(0..starts[1]);
    let boxes = reader.range(starts[6]..starts[7]);
    if boxes.is_empty() {
        reader.flow.pictures += reader.drawn;
    }
    read.extend(boxes);
    read.extend(remarks(&mut reader, starts[1]..starts[2], file.part(Part::FootnoteTexts)));
    read.extend(remarks(&mut reader, starts[5]..starts[6], file.part(Part::EndnoteTexts)));
    reader.region = text::Region::Margin;
    read.extend(margins(&mut reader, starts[2]..starts[3], file.part(Part::Margins)));
    read.extend(once(reader.range(starts[7]..starts[8]), &mut BTreeSet::new()));
    comments(&mut reader, starts[4]..starts[5], file.part(Part::CommentTexts));
    if pieces.is_cut || (pieces.text.len() as u64) < u64::from(starts[1]) {
        let detail = "正文不完整，只读出一部分".into();
        reader.flow.note(NoteKind::Damaged, Place::default(), detail);
    }
    reader.flow.finish(Format::Doc, read)
}

/// The stretches of a text that a table of places parts.
fn stretches(whole: Range<u32>, table: &[u8]) -> Vec<Range<u32>> {
    let places = places(table, 0);
    let within = |place: u32| whole.start.saturating_add(place).min(whole.end);
    places.windows(2).map(|ends| within(ends[0])..within(ends[1])).filter(|range| !range.is_empty()).collect()
}

/// Footnotes or endnotes, each behind its number in brackets.
fn remarks(reader: &mut Reader<'_>, whole: Range<u32>, table: &[u8]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (number, stretch) in (1..).zip(stretches(whole, table)) {
        let mut read = reader.range(stretch);
        if let Some(Piece::Text(first)) = read.first_mut() {
            first.text = format!("[{number}] {}", first.text.trim_start());
        }
        pieces.extend(read);
    }
    pieces
}

/// What stands in headers and footers, each text once. The first six are lines between text and footnotes.
fn margins(reader: &mut Reader<'_>, whole: Range<u32>, table: &[u8]) -> Vec<Piece> {
    const SEPARATORS: usize = 6;
    // An empty header is a stretch without characters, so it is the places that are counted.
    let first = places(table, 0).get(SEPARATORS).copied().unwrap_or(0);
    let of_pages = stretches(whole.clone(), table).into_iter().filter(|range| range.start >= whole.start + first);
    let mut seen = BTreeSet::new();
    of_pages.flat_map(|stretch| once(reader.range(stretch), &mut seen)).collect()
}

/// The pieces that say something that was not said yet.
fn once(pieces: Vec<Piece>, seen: &mut BTreeSet<String>) -> Vec<Piece> {
    let is_new = |piece: &Piece| {
        let says = words(piece);
        !says.is_empty() && seen.insert(says)
    };
    pieces.into_iter().filter(is_new).collect()
}

/// The comments, each where the text refers to it.
fn comments(reader: &mut Reader<'_>, whole: Range<u32>, table: &[u8]) {
    for (number, stretch) in stretches(whole, table).into_iter().enumerate() {
        let text = reader.plain(stretch);
        if !text.is_empty() {
            let place = reader.commented.get(number).copied().unwrap_or_default();
            reader.flow.note(NoteKind::Comment, place, text);
        }
    }
}

/// The names of fonts, by their numbers.
fn fonts(part: &[u8]) -> Vec<String> {
    const NAME: usize = 39;
    let count = usize::from(u16_at(part, 0).unwrap_or(0));
    let mut at = 4;
    let mut fonts = Vec::new();
    for _ in 0..count {
        let Some(font) = u8_at(part, at).and_then(|length| slice(part, at + 1, usize::from(length))) else { break };
        let units = font.get(NAME..).unwrap_or_default().chunks_exact(2);
        let name = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).take_while(|unit| *unit != 0);
        fonts.push(utf16(name));
        at += 1 + font.len();
    }
    fonts
}
