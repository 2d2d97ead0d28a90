//! DOCX to [`Document`]: what Word would print, with all changes accepted.
//!
//! [`package`] finds the parts, [`xml`] makes trees of them, [`styles`] and [`numbering`] know what stands outside
//! the text, [`text`](mod@text) reads paragraphs and [`table`] tables. Behind the text of the body come footnotes
//! and endnotes, and at the very end, each once, what stands in headers and footers: it is furniture, and no rule
//! about running text should come across it. Numbers of pages in it are left out, for no file says them.
//!
//! What a person who opens the file may see and a reader of the printed pages does not, is a note: changes that are
//! tracked, comments, hidden text. Text that a change deletes is not read; text that it inserts is.
//!
//! Absent on purpose: pages and lines, which Word makes anew each time, pictures, and what objects of other
//! programs hold.

mod numbering;
mod package;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod xml;

use crate::Unreadable;
use crate::archive::Archive;
use crate::word::draft::Track;
use crate::word::field::Field;
use crate::word::{Flow, Piece, words};
use mingzhang_model::document::{Document, Format, NoteKind, Place};
use numbering::Numbering;
use package::Package;
pub(crate) use package::document;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use styles::Styles;
use xml::{Cut, Element, Xml};

/// Reads a DOCX file, whose text stands in the part `main`.
pub(crate) fn read(archive: &mut Archive<'_>, main: String) -> Result<Document, Unreadable> {
    // The parser is foreign code that meets hostile bytes: a panic in it is damage.
    let read = catch_unwind(AssertUnwindSafe(|| read_parts(archive, main)));
    read.unwrap_or_else(|_| Err(Unreadable::Damaged("正文部分无法解析".into())))
}

fn read_parts(archive: &mut Archive<'_>, main: String) -> Result<Document, Unreadable> {
    let mut package = Package::open(archive, main);
    let main = package.main()?;
    let Some(body) = main.root().children().find_map(|document| document.child("body")) else {
        return Err(Unreadable::Damaged("找不到正文".into()));
    };
    let mut reader = Reader {
        styles: Styles::of(&package.of_kind("styles")),
        numbering: Numbering::of(&package.of_kind("numbering")),
        ..Reader::default()
    };
    let mut pieces = reader.blocks(body);
    reader.formats(&main);
    pieces.extend(reader.remarks(&package.of_kind("footnotes"), "footnote"));
    pieces.extend(reader.remarks(&package.of_kind("endnotes"), "endnote"));
    pieces.extend(reader.margins(&mut package));
    reader.comments(&package.of_kind("comments"));
    for (part, cut) in std::mem::take(&mut package.cuts) {
        let (kind, what) = match cut {
            Cut::Damaged => (NoteKind::Damaged, "有损坏，只读出一部分"),
            Cut::Limit => (NoteKind::Limit, "过大，只读了一部分"),
        };
        reader.flow.note(kind, Place::default(), format!("文件的 {part} 部分{what}"));
    }
    reader.flow.finish(Format::Docx, pieces)
}

/// Which text is read: the body's own, or what stands in margins.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Region {
    #[default]
    Body,
    Margin,
}

/// Reads the parts one after the other.
#[derive(Default)]
struct Reader {
    styles: Styles,
    numbering: Numbering,
    flow: Flow,
    region: Region,
    /// The fields that are open.
    fields: Vec<Field>,
    /// Whether a tracked change is being read.
    track: Track,
    /// The footnotes and endnotes that the text refers to, in order: by the name of their element, and number.
    remarks: Vec<(&'static str, String)>,
    /// Where comments begin, by their numbers.
    commented: BTreeMap<String, Place>,
    /// The parts of headers and footers, in the order in which sections name them.
    margins: Vec<String>,
}

impl Reader {
    /// Footnotes or endnotes, in the order in which the text refers to them, each behind its number in brackets.
    fn remarks(&mut self, part: &Xml, name: &'static str) -> Vec<Piece> {
        let wanted: Vec<String> =
            self.remarks.iter().filter(|(kind, _)| *kind == name).map(|(_, id)| id.clone()).collect();
        let mut pieces = Vec::new();
        for (number, id) in (1..).zip(&wanted) {
            let own = |element: &Element<'_>| element.name() == name && element.attribute("id") == Some(id.as_str());
            let Some(remark) = part.all().find(own) else { continue };
            let mut read = self.blocks(remark);
            if let Some(Piece::Text(first)) = read.first_mut() {
                first.text = format!("[{number}] {}", first.text.trim_start());
            }
            pieces.extend(read);
        }
        pieces
    }

    /// What stands in headers and footers, each text once.
    fn margins(&mut self, package: &mut Package<'_, '_>) -> Vec<Piece> {
        self.region = Region::Margin;
        let mut seen = BTreeSet::new();
        let mut pieces = Vec::new();
        for id in std::mem::take(&mut self.margins) {
            let part = package.of_id(&id);
            for piece in part.root().children().flat_map(|margin| self.blocks(margin)).collect::<Vec<_>>() {
                let says = words(&piece);
                if !says.is_empty() && seen.insert(says) {
                    pieces.push(piece);
                }
            }
        }
        pieces
    }

    /// The comments, each where the text that it is about begins.
    fn comments(&mut self, part: &Xml) {
        for comment in part.all().filter(|element| element.name() == "comment") {
            let texts = self.plain(comment);
            let place = comment.attribute("id").and_then(|id| self.commented.get(id)).copied();
            self.flow.note(NoteKind::Comment, place.unwrap_or_default(), texts.join("；"));
        }
    }

    /// The texts of the paragraphs of an element, read aside.
    fn plain(&self, of: Element<'_>) -> Vec<String> {
        let mut aside = Reader::default();
        let pieces = aside.blocks(of);
        let text = |piece: Piece| match piece {
            Piece::Text(text) => text.lines().collect::<Vec<_>>().join(""),
            Piece::Table(..) => String::new(),
        };
        pieces.into_iter().map(text).filter(|text| !text.is_empty()).collect()
    }

    /// Changes of form alone, which hold no text.
    fn formats(&mut self, part: &Xml) {
        let is_change = |element: &Element<'_>| element.name().ends_with("PrChange");
        let count = part.all().filter(is_change).count();
        if count > 0 {
            let detail = format!("{count} 处格式修订");
            self.flow.note(NoteKind::TrackedChange, Place::default(), detail);
        }
    }
}
