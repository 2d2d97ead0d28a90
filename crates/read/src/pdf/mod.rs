//! PDF to [`Document`].
//!
//! `hayro` interprets a page and paints it on a [`device`] that keeps glyphs and ruled lines. [`text`]
//! makes runs and lines of the glyphs, [`grid`] makes cells of the ruled lines, [`fill`] puts the runs into
//! the cells, [`page`] puts what was found into reading order, and [`flow`] joins what goes on over page
//! breaks. The tables of a PDF are only lines and letters: a cell here is what a person would call one.
//!
//! [`drawing`](mod@drawing) keeps what the same painting looks like, for a person to see.
//!
//! A page that is a picture has no glyphs: whoever reads it may bring a [`Recogniser`], whose words stand in for them.
//!
//! Absent on purpose: fonts' outlines, pictures' pixels, recognition itself, and guessing of tables that have no rules.

mod device;
mod drawing;
mod fill;
mod flow;
mod furniture;
mod grid;
mod inflation;
mod join;
mod page;
mod recognised;
mod sheet;
#[cfg(test)]
mod tests;
mod text;
mod wrap;

use crate::{MAX_BYTES, Unreadable};
use device::Listener;
pub use drawing::{MAX_STROKES, drawing, drawings, pages};
use hayro_interpret::kurbo::Rect as Bounds;
use hayro_interpret::util::TransformExt;
use hayro_interpret::{Context, Device, InterpreterCache, InterpreterSettings, RenderContent, interpret_page};
use hayro_syntax::page::Page as PdfPage;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use mingzhang_model::document::{Document, Format, Note, NoteKind, Page, Place};
use mingzhang_model::recognition::Recognition;
use sheet::Sheet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Pages beyond this are not read.
pub const MAX_PAGES: usize = 5_000;
/// Glyphs beyond this on one page are not read.
pub const MAX_GLYPHS: usize = 400_000;
/// Ruled stretches beyond this on one page are not read.
pub const MAX_SEGMENTS: usize = 200_000;
/// A page with more ruled lines than this in one direction, after their pieces are joined, is read without
/// tables.
pub const MAX_LINES: usize = 4_000;
/// Painting a page in more steps than this is given up: small forms that paint each other make any number.
pub const MAX_STEPS: usize = 2_000_000;
/// A region of ruled lines with more cells than this is not read as a table.
pub const MAX_CELLS: usize = 200_000;

/// Reads what stands on the picture of a page, counted from 1; none where it cannot.
pub type Recogniser<'r> = dyn FnMut(u32) -> Option<Recognition> + 'r;

/// Reads a PDF file.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    read_accounted(bytes).map(|(document, _)| document)
}

/// Reads a PDF file whose pictures of text are recognised.
pub fn read_recognised(bytes: &[u8], recogniser: &mut Recogniser<'_>) -> Result<Document, Unreadable> {
    read_pages(bytes, recogniser).map(|(document, _)| document)
}

/// Reads a PDF file and says how many characters of table headers, printed again at the top of a page, are
/// not in the blocks: the only visible characters that are not.
pub fn read_accounted(bytes: &[u8]) -> Result<(Document, u32), Unreadable> {
    read_pages(bytes, &mut |_| None)
}

fn read_pages(bytes: &[u8], recogniser: &mut Recogniser<'_>) -> Result<(Document, u32), Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { limit: MAX_BYTES });
    }
    let pdf = load(bytes)?;
    let mut reader = Reader::default();
    let cache = InterpreterCache::new();
    for (i, page) in pdf.pages().iter().take(MAX_PAGES).enumerate() {
        reader.page(i as u32 + 1, page, &pdf, &cache, recogniser);
    }
    if pdf.pages().len() > MAX_PAGES {
        reader.note(NoteKind::Limit, None, format!("只读了前 {MAX_PAGES} 页，共 {} 页", pdf.pages().len()));
    }
    Ok(reader.finish())
}

/// Opens the file. The parser is foreign code that meets hostile bytes: a panic in it is damage.
fn load(bytes: &[u8]) -> Result<Pdf, Unreadable> {
    inflation::check_index(bytes)?;
    let data = bytes.to_vec();
    let pdf = match catch_unwind(AssertUnwindSafe(|| Pdf::new(data))) {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected))) => return Err(Unreadable::Encrypted),
        Ok(Err(LoadPdfError::Decryption(_))) => return Err(Unreadable::Damaged("加密信息无法识别".into())),
        Ok(Err(LoadPdfError::Invalid)) | Err(_) => return Err(load_failed()),
    };
    inflation::check_streams(&pdf)?;
    if pdf.pages().is_empty() {
        return Err(Unreadable::Damaged("文件里没有页面".into()));
    }
    Ok(pdf)
}

fn load_failed() -> Unreadable {
    Unreadable::Damaged("找不到 PDF 的页面目录".into())
}

/// Reads the pages one after the other.
#[derive(Default)]
struct Reader {
    sheet: Sheet,
    leaves: Vec<page::Leaf>,
    pictures: Vec<u32>,
    notes: Vec<Note>,
}

impl Reader {
    fn page<'a>(
        &mut self,
        number: u32,
        page: &PdfPage<'a>,
        pdf: &'a Pdf,
        cache: &InterpreterCache<'a>,
        recogniser: &mut Recogniser<'_>,
    ) {
        let (width, height) = size(page).unwrap_or_else(|| {
            self.note(NoteKind::Damaged, Some(number), "本页的页面尺寸无法识别，按 A4 纸读取".into());
            A4
        });
        self.sheet.clear(width, height);
        let mut listener = Listener::new(&mut self.sheet);
        let painted = catch_unwind(AssertUnwindSafe(|| paint(page, pdf, cache, &mut listener)));
        listener.finish();
        // Painting that the listener has given up at a limit is not damage: it is noted as a limit below.
        if painted.is_err() && self.sheet.limit.is_none() {
            self.note(NoteKind::Damaged, Some(number), "本页内容有损坏，只读出一部分".into());
        }
        if self.sheet.is_picture() {
            let recognition = recogniser(number);
            self.notes
                .extend(recognition.into_iter().flat_map(|found| recognised::put(&mut self.sheet, found, number)));
        }
        self.page_notes(number);
        self.pictures.push(self.sheet.pictures);
        self.leaves.push(page::leaf(number, &mut self.sheet, &mut self.notes));
    }

    fn page_notes(&mut self, number: u32) {
        let sheet = &self.sheet;
        let (clipped, count, at) = (sheet.clipped.0.clone(), sheet.clipped.1, sheet.clipped_at);
        let (unmapped, limit) = (sheet.unmapped, sheet.limit);
        if sheet.is_picture() {
            self.note(NoteKind::NoTextLayer, Some(number), "本页只有图片，没有文字".into());
        }
        if unmapped > 0 {
            self.note(NoteKind::Unmapped, Some(number), format!("{unmapped} 个字符没有对应的文字编码"));
        }
        if let Some(what) = limit {
            self.note(NoteKind::Limit, Some(number), format!("本页{what}过多，只读了一部分"));
        }
        if count > 0 {
            let place = Place { page: Some(number), rect: Some(at), ..Place::default() };
            let more = if count as usize > clipped.chars().count() { "……" } else { "" };
            let detail = format!("{count} 个字符被裁掉，看不见：{clipped}{more}");
            self.notes.push(Note { kind: NoteKind::Clipped, place, detail });
        }
    }

    fn note(&mut self, kind: NoteKind, page: Option<u32>, detail: String) {
        self.notes.push(Note { kind, place: Place { page, ..Place::default() }, detail });
    }

    fn finish(self) -> (Document, u32) {
        let pages = self.leaves.iter().zip(&self.pictures);
        let pages = pages
            .map(|(leaf, &pictures)| Page {
                number: leaf.number,
                width: leaf.width,
                height: leaf.height,
                characters: leaf.characters,
                pictures,
            })
            .collect();
        let mut notes = self.notes;
        let (blocks, repeated) = flow::blocks(self.leaves, &mut notes);
        notes.sort_by_key(|note| note.place.page);
        (Document { format: Format::Pdf, pages, blocks, notes }, repeated)
    }
}

/// The paper that is taken where a page has no size, in points.
const A4: (f32, f32) = (595.28, 841.89);
/// A longer side is none, in points: 35 metres.
const LONGEST_SIDE: f32 = 100_000.0;

/// The size of a page as a reader holds it, in points; none where the file says nothing that is a size.
fn size(page: &PdfPage<'_>) -> Option<(f32, f32)> {
    let (width, height) = page.render_dimensions();
    let is_side = |side: f32| side > 0.0 && side <= LONGEST_SIDE;
    (is_side(width) && is_side(height)).then_some((width, height))
}

fn paint<'a>(page: &PdfPage<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>, device: &mut impl Device<'a>) {
    let (width, height) = size(page).unwrap_or(A4);
    let settings = InterpreterSettings { render_content: RenderContent::all(), ..InterpreterSettings::default() };
    let bounds = Bounds::new(0.0, 0.0, f64::from(width), f64::from(height));
    let upright = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(upright, bounds, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, device);
}
