//! A [`Manuscript`] to a PDF file.
//!
//! The way is: [`faces`] finds a letter for every character, [`breaking`] makes lines of letters, [`table`] sets
//! grids, [`flow`] fills pages with them, [`ruled`] draws the parts of tables, and [`paint`] writes the file. Until
//! then a page is a list of marks ([`sheet`]), so numbers of pages are known before the contents are painted.
//!
//! A table is ruled as a reader of tables wants it: every cell is closed, and no rule crosses a merged one. What
//! is printed reads back as the same text, line breaks apart.
//!
//! Absent on purpose: files, clocks, fonts of the system, pictures. The same manuscript gives the same bytes.

mod breaking;
mod contents;
mod faces;
mod flow;
mod paint;
mod ruled;
mod sheet;
mod table;
mod words;

pub use faces::Faces;

use crate::manuscript::Manuscript;
use std::fmt;

/// Writes a manuscript as a PDF file.
pub fn write(manuscript: &Manuscript, faces: &Faces) -> Result<Vec<u8>, PdfFault> {
    let cast = faces::Cast::new(faces, &words::printed(manuscript))?;
    let laid = flow::lay_out(manuscript, &cast)?;
    paint::paint(manuscript, &laid, faces, &cast)
}

/// More characters without a glyph than this are not looked for.
pub const MOST_MISSING: usize = 20;

/// Why a manuscript could not be written as a PDF file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PdfFault {
    /// No face has these characters; at most [`MOST_MISSING`] are named.
    NoGlyph(Vec<Missing>),
    /// The bytes given as a further face are no font.
    NotAFont,
    /// The cells of the grid of this title do not tile it.
    Untiled(String),
    /// The file could not be put together. The reason is for developers.
    Unwritable(String),
}

/// A character that no face has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Missing {
    /// The character.
    pub char: char,
    /// Where it stands first, in words.
    pub place: String,
}

impl fmt::Display for PdfFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfFault::NoGlyph(missing) => {
                for (i, Missing { char, place }) in missing.iter().enumerate() {
                    let comma = if i > 0 { "；" } else { "" };
                    write!(f, "{comma}字库里没有“{char}”（U+{:04X}），见{place}", u32::from(*char))?;
                }
                f.write_str(if missing.len() >= MOST_MISSING { "，等等" } else { "" })?;
                f.write_str("。请换用别的字，或者另外提供有这个字的字体")
            }
            PdfFault::NotAFont => f.write_str("提供的文件不是可用的字体"),
            PdfFault::Untiled(title) => write!(f, "表“{title}”的单元格没有恰好铺满表格，无法排版"),
            PdfFault::Unwritable(why) => write!(f, "无法生成 PDF：{why}"),
        }
    }
}

impl std::error::Error for PdfFault {}
