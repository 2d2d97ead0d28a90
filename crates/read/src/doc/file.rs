//! [`File`]: the streams of a legacy file, and where its parts stand in them.

use super::bytes::{places, slice, u16_at, u32_at};
use super::pieces::Pieces;
use crate::Unreadable;
use std::io::{Cursor, Read};

/// The stream that holds the text.
pub(super) const MAIN: &str = "WordDocument";

/// How many characters each of the texts has, in the order in which they follow one another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lengths {
    pub(super) body: u32,
    pub(super) footnotes: u32,
    pub(super) margins: u32,
    pub(super) macros: u32,
    pub(super) comments: u32,
    pub(super) endnotes: u32,
    pub(super) boxes: u32,
    pub(super) margin_boxes: u32,
}

/// Places in the table stream, as the header counts them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Styles = 1,
    FootnoteTexts = 3,
    CommentTexts = 5,
    Margins = 11,
    CharacterRuns = 12,
    ParagraphRuns = 13,
    Fonts = 15,
    Pieces = 33,
    EndnoteTexts = 47,
    ListShapes = 73,
    Lists = 74,
}

/// A legacy file that is opened.
pub(super) struct File {
    /// The stream that holds the text and the pages of properties.
    pub(super) main: Vec<u8>,
    /// The stream that says where they are.
    pub(super) table: Vec<u8>,
    /// The stream of properties that are too long for a page.
    pub(super) data: Vec<u8>,
    pub(super) lengths: Lengths,
}

/// Versions before this are of Word 95 and older, whose bytes are another format.
const WORD_97: u16 = 0x00c1;
const MAGIC: u16 = 0xa5ec;

impl File {
    pub(super) fn open(bytes: &[u8]) -> Result<File, Unreadable> {
        let damaged = || Unreadable::Damaged("找不到 Word 文档的正文".into());
        let mut compound = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
        let mut stream = |name: &str| {
            let mut content = Vec::new();
            let stream = compound.open_stream(name).ok()?;
            // A stream is no longer than the file, whatever it says.
            stream.take(bytes.len() as u64).read_to_end(&mut content).ok()?;
            Some(content)
        };
        let main = stream(MAIN).ok_or_else(damaged)?;
        let (magic, version, flags) = (u16_at(&main, 0), u16_at(&main, 2), u16_at(&main, 10));
        let (Some(MAGIC), Some(version), Some(flags)) = (magic, version, flags) else { return Err(damaged()) };
        if flags & 0x0100 != 0 {
            return Err(Unreadable::Encrypted);
        }
        if version < WORD_97 {
            return Err(Unreadable::TooOld);
        }
        let table = stream(if flags & 0x0200 != 0 { "1Table" } else { "0Table" }).ok_or_else(damaged)?;
        let data = stream("Data").unwrap_or_default();
        let length = |at: usize| u32_at(&main, at).unwrap_or(0);
        let lengths = Lengths {
            body: length(0x4c),
            footnotes: length(0x50),
            margins: length(0x54),
            macros: length(0x58),
            comments: length(0x5c),
            endnotes: length(0x60),
            boxes: length(0x64),
            margin_boxes: length(0x68),
        };
        Ok(File { main, table, data, lengths })
    }

    /// Where a part stands in the table stream, and how long it is.
    pub(super) fn place(&self, part: Part) -> Option<(usize, usize)> {
        const FIRST: usize = 0x9a;
        let at = FIRST + 8 * part as usize;
        let count = usize::from(u16_at(&self.main, FIRST - 2)?);
        let known = (part as usize) < count;
        let (from, length) = (u32_at(&self.main, at)? as usize, u32_at(&self.main, at + 4)? as usize);
        (known && length > 0).then_some((from, length))
    }

    /// A part; empty where there is none.
    pub(super) fn part(&self, part: Part) -> &[u8] {
        self.place(part).and_then(|(from, length)| slice(&self.table, from, length)).unwrap_or_default()
    }

    /// The text, as its pieces say.
    pub(super) fn pieces(&self) -> Option<Pieces> {
        Pieces::of(self.part(Part::Pieces), &self.main)
    }

    /// The pages that hold the properties of runs or of paragraphs, by their numbers.
    pub(super) fn pages(&self, part: Part) -> impl Iterator<Item = &[u8]> {
        const PAGE: usize = 512;
        let table = self.part(part);
        let first = places(table, 4).len() * 4;
        let numbers = table.get(first..).unwrap_or_default().chunks_exact(4);
        numbers.filter_map(|number| {
            let number = u32_at(number, 0)? & 0x3f_ffff;
            slice(&self.main, (number as usize).checked_mul(PAGE)?, PAGE)
        })
    }
}

impl Lengths {
    /// Where each text begins, and where the last ends.
    pub(super) fn starts(self) -> [u32; 9] {
        let all = [
            self.body,
            self.footnotes,
            self.margins,
            self.macros,
            self.comments,
            self.endnotes,
            self.boxes,
            self.margin_boxes,
        ];
        let mut starts = [0; 9];
        for (at, length) in all.into_iter().enumerate() {
            starts[at + 1] = length.saturating_add(starts[at]);
        }
        starts
    }
}
