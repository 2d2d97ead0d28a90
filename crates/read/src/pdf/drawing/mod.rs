//! A page of a PDF as a [`Drawing`]: the same painting that is read, and what it looks like.
//!
//! An [`artist`] stands between the painter and the reader's own listener. It hands everything on, and for each
//! glyph that the listener keeps it keeps the ink; so nothing is drawn that is not read, and nothing is read that
//! is not drawn. [`shapes`] makes rules and backgrounds of paths, [`writing`] makes lines of text of inks, and
//! [`faces`] guesses from a font's name what may stand in for it.
//!
//! Text stays text: it can be searched, copied and read aloud, and any font can show it. Only a sign that no other
//! font has (no Unicode, a private area) brings its outline.
//!
//! Absent on purpose: pictures' pixels, patterns and gradients, masks; clips that are no rectangles count as the
//! rectangle around them, as they do for the reader.

mod artist;
mod faces;
mod shapes;
mod writing;

use super::sheet::{Sheet, Turn};
use super::{MAX_PAGES, page, paint};
use crate::{MAX_BYTES, Unreadable};
use artist::{Artist, Painting};
use faces::Names;
use hayro_interpret::InterpreterCache;
use hayro_syntax::Pdf;
use hayro_syntax::page::Page as PdfPage;
use mingzhang_model::document::{Note, NoteKind, Place};
use mingzhang_model::drawing::Drawing;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Steps of outlines beyond this on one page are not drawn; a rule or a background counts as one.
pub const MAX_STROKES: usize = 60_000;

/// The page of this number, counted from 1, as it is drawn; none where the file has no such page.
pub fn drawing(bytes: &[u8], page: u32) -> Result<Option<Drawing>, Unreadable> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let found = (page as usize).checked_sub(1).filter(|i| *i < MAX_PAGES).and_then(|i| pdf.pages().get(i));
    Ok(found.map(|found| draw(page, found, &pdf, &cache)))
}

/// How many pages can be drawn.
pub fn pages(bytes: &[u8]) -> Result<u32, Unreadable> {
    Ok(open(bytes)?.pages().len().min(MAX_PAGES) as u32)
}

/// All pages as they are drawn, in order.
pub fn drawings(bytes: &[u8]) -> Result<Vec<Drawing>, Unreadable> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    let pages = pdf.pages().iter().take(MAX_PAGES).enumerate();
    Ok(pages.map(|(i, page)| draw(i as u32 + 1, page, &pdf, &cache)).collect())
}

fn open(bytes: &[u8]) -> Result<Pdf, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { limit: MAX_BYTES });
    }
    super::load(bytes)
}

fn draw<'a>(number: u32, page: &PdfPage<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Drawing {
    let mut sheet = Sheet::default();
    let (width, height) = super::size(page).unwrap_or(super::A4);
    sheet.clear(width, height);
    let names = catch_unwind(AssertUnwindSafe(|| Names::of(page))).unwrap_or_default();
    let mut artist = Artist::new(&mut sheet, names);
    let painted = catch_unwind(AssertUnwindSafe(|| paint(page, pdf, cache, &mut artist)));
    let mut painting = artist.finish();
    let mut notes = notes(number, &sheet, &painting, painted.is_err());
    // What the reader notes of tables is in the document already.
    let leaf = page::leaf(number, &mut sheet, &mut Vec::new());
    if leaf.turned != Turn::Upright {
        painting.turn(leaf.turned, (width, height));
    }
    let writing = writing::lines(&sheet.glyphs, &mut painting, &leaf.doubled);
    notes.sort_by_key(|note| note.kind);
    Drawing { page: number, width: sheet.width, height: sheet.height, shapes: painting.shapes, writing, notes }
}

fn notes(page: u32, sheet: &Sheet, painting: &Painting, damaged: bool) -> Vec<Note> {
    let note = |kind, detail| Note { kind, place: Place { page: Some(page), ..Place::default() }, detail };
    let mut notes = Vec::new();
    if damaged && sheet.limit.is_none() {
        notes.push(note(NoteKind::Damaged, "本页内容有损坏，只画出一部分".to_owned()));
    }
    if let Some(what) = sheet.limit {
        notes.push(note(NoteKind::Limit, format!("本页{what}过多，只画出一部分")));
    }
    if painting.strokes > MAX_STROKES {
        notes.push(note(NoteKind::Limit, format!("本页图形超过 {MAX_STROKES} 笔，只画出一部分")));
    }
    notes
}
