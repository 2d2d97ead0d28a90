//! Bytes to [`Document`]: what was on the pages, as a value.
//!
//! [`drawing`] is a page as a person sees it, in the same geometry.
//!
//! One function, [`read`], looks at the first bytes and hands them to the reader of that format: [`pdf`], [`html`],
//! [`workbook`], [`text`], or one of the two of word processors. A reader fails only on a file that is not its format,
//! is encrypted, is over a limit of size or is so damaged that nothing can be read; everything else that goes wrong is
//! a note in the document.
//!
//! Absent on purpose: files, clocks and networks (bytes come in, a value goes out), and any word of
//! budgets. What a table means is none of this crate's business.

mod archive;
mod bounds;
mod compound;
mod doc;
mod docx;
pub mod html;
mod lines;
pub mod pdf;
pub mod text;
mod word;
pub mod workbook;

use archive::Archive;
use mingzhang_model::document::Document;
use mingzhang_model::drawing::Drawing;

/// Files larger than this are refused.
pub const MAX_BYTES: usize = 200 * 1024 * 1024;

/// Files of text and web pages larger than this are refused: a thousand pages are a tenth of it.
pub const MAX_TEXT_BYTES: usize = 16 * 1024 * 1024;

/// How far from the start a PDF may carry its signature: viewers accept this much rubbish before it.
const SIGNATURE_WINDOW: usize = 1024;

/// Reads a file of any known format.
pub fn read(bytes: &[u8]) -> Result<Document, Unreadable> {
    read_recognised(bytes, &mut |_| None)
}

/// Reads a file of any known format; pages that are pictures are read by what `recogniser` makes of them. It is asked
/// for such pages only, by their number from 1.
pub fn read_recognised(bytes: &[u8], recogniser: &mut pdf::Recogniser<'_>) -> Result<Document, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let limit = most_bytes(bytes);
    if bytes.len() > limit {
        return Err(Unreadable::TooLarge { limit });
    }
    by_format(bytes, recogniser).map(bounds::within)
}

fn by_format(bytes: &[u8], recogniser: &mut pdf::Recogniser<'_>) -> Result<Document, Unreadable> {
    let start = &bytes[..bytes.len().min(SIGNATURE_WINDOW)];
    if html::is_page(start) {
        html::read(bytes)
    } else if is_pdf(bytes) {
        pdf::read_recognised(bytes, recogniser)
    } else if workbook::is_workbook(bytes) {
        workbook::read(bytes)
    } else if archive::is_zip(bytes) {
        read_zip(bytes)
    } else if compound::is_compound(bytes) {
        read_compound(bytes)
    } else {
        text::read(bytes)
    }
}

/// The size of the largest file that is read, by its first bytes: of a PDF most may be pictures, of text all is words.
pub fn most_bytes(start: &[u8]) -> usize {
    const PACKED: [&[u8]; 2] = [b"PK", b"\xD0\xCF\x11\xE0"];
    let is_page = html::is_page(&start[..start.len().min(SIGNATURE_WINDOW)]);
    let is_packed = PACKED.iter().any(|signature| start.starts_with(signature));
    if is_packed || is_pdf(start) && !is_page { MAX_BYTES } else { MAX_TEXT_BYTES }
}

/// What the name of a file ends in, by its first bytes: for who gives it back without knowing its name.
pub fn ending(bytes: &[u8]) -> &'static str {
    if is_pdf(bytes) {
        "pdf"
    } else if html::is_page(&bytes[..bytes.len().min(SIGNATURE_WINDOW)]) {
        "html"
    } else if let Some(ending) = workbook::ending(bytes) {
        ending
    } else if archive::is_zip(bytes) {
        "docx"
    } else if compound::is_compound(bytes) {
        "doc"
    } else {
        "txt"
    }
}

/// Reads what a zip holds that is no workbook.
fn read_zip(bytes: &[u8]) -> Result<Document, Unreadable> {
    let mut archive = Archive::open(bytes)?;
    match docx::document(&mut archive) {
        Some(main) => docx::read(&mut archive, main),
        None => Err(Unreadable::Unknown),
    }
}

/// Reads what a compound file holds that is no workbook.
fn read_compound(bytes: &[u8]) -> Result<Document, Unreadable> {
    let streams = compound::streams(bytes)?;
    if doc::is_document(&streams) { doc::read(bytes) } else { Err(Unreadable::Unknown) }
}

/// A page, counted from 1, as it is drawn. None where the file has no such page, or its format no geometry. How many
/// pages there are, and of which sizes, the document says.
pub fn drawing(bytes: &[u8], page: u32) -> Result<Option<Drawing>, Unreadable> {
    if is_pdf(bytes) { pdf::drawing(bytes, page) } else { Ok(None) }
}

/// How many pages can be drawn; 0 where the format has no geometry. The document is not read for it.
pub fn pages(bytes: &[u8]) -> Result<u32, Unreadable> {
    if is_pdf(bytes) { pdf::pages(bytes) } else { Ok(0) }
}

/// All pages as they are drawn, in order; none where the format has no geometry.
pub fn drawings(bytes: &[u8]) -> Result<Vec<Drawing>, Unreadable> {
    if is_pdf(bytes) { pdf::drawings(bytes) } else { Ok(Vec::new()) }
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(SIGNATURE_WINDOW)].windows(4).any(|window| window == b"%PDF")
}

/// Why a file could not be read at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unreadable {
    /// There are no bytes, or none that are text.
    Empty,
    /// The file needs a password.
    Encrypted,
    /// The file is larger than `limit` bytes.
    TooLarge {
        /// The largest size that is read, in bytes.
        limit: usize,
    },
    /// What is packed in the file becomes larger than `limit` bytes.
    Swollen {
        /// The largest size that is unpacked, in bytes.
        limit: u64,
    },
    /// The file is of a version of a word processor that is older than its present format.
    TooOld,
    /// The file is a workbook that cannot be read. The sentence is for people.
    Workbook(String),
    /// The bytes are of no format that is known here: an archive, a picture, anything.
    Unknown,
    /// The format is known, but nothing could be read. The reason is for people.
    Damaged(String),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unreadable::Empty => f.write_str("文件是空的，没有可读的内容"),
            Unreadable::Encrypted => f.write_str("文件有密码保护，请先解除密码再提交"),
            Unreadable::TooLarge { limit } => {
                write!(f, "文件超过 {} MB，请拆分或压缩图片后再提交", limit / (1024 * 1024))
            }
            Unreadable::Swollen { limit } => {
                write!(f, "文件解压后超过 {} MB，请删去图片和多余内容，或拆分后再提交", limit / (1024 * 1024))
            }
            Unreadable::TooOld => {
                f.write_str("这是 Word 95 或更早的文件格式，请用 Word 或 WPS 打开后另存为 DOCX 或 PDF 再提交")
            }
            Unreadable::Workbook(why) => write!(f, "工作簿无法读取：{why}"),
            Unreadable::Unknown => f.write_str("不认识这种文件格式，请提交 PDF、Word、网页、电子表格或文本文件"),
            Unreadable::Damaged(why) => write!(f, "文件已损坏，无法读取：{why}"),
        }
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::Format;

    #[test]
    fn text_may_be_less_long_than_what_holds_pictures() {
        let most = |start: &[u8]| most_bytes(start) == MAX_BYTES;
        assert!(most(b"%PDF-1.7") && most(b"PK\x03\x04") && most(b"\xD0\xCF\x11\xE0"));
        assert!(!most(b"") && !most("收支总表".as_bytes()) && !most(b"<html>%PDF"));
        let limit = MAX_TEXT_BYTES;
        assert_eq!(read(&vec![b'a'; limit + 1]), Err(Unreadable::TooLarge { limit }));
    }

    #[test]
    fn web_pages_are_told_from_text() {
        let format = |bytes: &[u8]| read(bytes).unwrap().format;
        for page in ["<!DOCTYPE html><html>一", "\u{feff}\n<html lang=zh>一", "<?xml version='1.0'?>\n<html>一"] {
            assert_eq!(format(page.as_bytes()), Format::Html, "{page}");
        }
        for piece in ["<table border=1><tr><td>一", "  <P>一", "<meta charset=gbk>一"] {
            assert_eq!(format(piece.as_bytes()), Format::Html, "{piece}");
        }
        assert_eq!(["%PDF-1.7", "<html>", "甲"].map(|start| ending(start.as_bytes())), ["pdf", "html", "txt"]);
        for text in ["收入预算 < 支出预算，见 <html> 说明", "<部门>收支总表", "<pages> 一", "<table"]
        {
            assert_eq!(format(text.as_bytes()), Format::Text, "{text}");
        }
    }
}
