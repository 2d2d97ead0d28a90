//! Bytes to [`Document`]: what was on the pages, as a value.
//!
//! [`drawing`] is a page as a person sees it, in the same geometry.
//!
//! One function, [`read`], looks at the first bytes and hands them to the reader of that format: [`pdf`]
//! or [`text`]. A reader fails only on a file that is not its format, is encrypted, is over a limit of
//! size or is so damaged that nothing can be read; everything else that goes wrong is a note in the
//! document.
//!
//! Absent on purpose: files, clocks and networks (bytes come in, a value goes out), and any word of
//! budgets. What a table means is none of this crate's business.

pub mod pdf;
pub mod text;

use mingzhang_model::document::Document;
use mingzhang_model::drawing::Drawing;

/// Files larger than this are refused.
pub const MAX_BYTES: usize = 200 * 1024 * 1024;

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
    if bytes.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge { limit: MAX_BYTES });
    }
    let start = &bytes[..bytes.len().min(SIGNATURE_WINDOW)];
    if is_web_page(start) {
        return Err(Unreadable::WebPage);
    }
    if is_pdf(bytes) { pdf::read_recognised(bytes, recogniser) } else { text::read(bytes) }
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

/// True for the first bytes of an HTML page. Read as text it would be a document of tags.
fn is_web_page(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    text.starts_with("<!doctype html") || text.starts_with("<html") || text.starts_with('<') && text.contains("<html")
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
    /// Something in the file grows to more than `limit` bytes when it is unpacked.
    Inflates {
        /// The largest size that is unpacked, in bytes.
        limit: u64,
    },
    /// The file is an HTML page.
    WebPage,
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
            Unreadable::Inflates { limit } => {
                let limit = limit / (1024 * 1024);
                write!(f, "文件中压缩的内容展开后超过 {limit} MB，不是正常的文档，请用排版软件重新导出后再提交")
            }
            Unreadable::WebPage => f.write_str("网页文件（HTML）还不能读取，请提交 PDF 或文本文件"),
            Unreadable::Unknown => f.write_str("不认识这种文件格式，请提交 PDF 或文本文件"),
            Unreadable::Damaged(why) => write!(f, "文件已损坏，无法读取：{why}"),
        }
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_pages_are_told_from_text() {
        for page in ["<!DOCTYPE html><html>", "\u{feff}\n<html lang=zh>", "<?xml version='1.0'?>\n<html>"] {
            assert_eq!(read(page.as_bytes()), Err(Unreadable::WebPage), "{page}");
        }
        assert!(read("收入预算 < 支出预算，见 <html> 说明".as_bytes()).is_ok());
    }
}
