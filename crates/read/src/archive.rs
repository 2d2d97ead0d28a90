//! Zips, in which modern office programs keep their parts, within limits.
//!
//! A zip says of each part how large it becomes, and may lie. What it says is held to the limits before anything
//! is inflated, and every part is counted while it is: no file costs more time and memory than the limits say. Only
//! parts that somebody asks for are inflated.
//!
//! Absent on purpose: what a part means.

use crate::Unreadable;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A zip of more parts than this is refused.
pub(crate) const MAX_PARTS: usize = 10_000;
/// A part that becomes larger than this, in bytes, is refused.
pub(crate) const MAX_PART: u64 = 192 << 20;
/// All parts that are read may become so large together, in bytes.
pub(crate) const MAX_INFLATED: u64 = 400 << 20;
/// Parts beyond this size must not be packed closer than one to [`MAX_RATIO`]: text is not.
const SMALL: u64 = 16 << 20;
/// How much larger a part of some size may become.
const MAX_RATIO: u64 = 200;

/// Whether bytes begin as a zip does.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    matches!(bytes, [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..])
}

/// A zip that is opened.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// The names of the parts, with `/` between folders, and where they stand.
    names: Vec<(String, usize)>,
    /// How many bytes may still be inflated.
    left: u64,
}

impl<'b> Archive<'b> {
    /// Opens a zip and looks at what it says of itself.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Archive<'b>, Unreadable> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MAX_PARTS {
            return Err(Unreadable::Swollen { limit: MAX_INFLATED });
        }
        let mut names = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let part = zip.by_index_raw(index).map_err(damaged)?;
            if part.encrypted() {
                return Err(Unreadable::Encrypted);
            }
            if let Ok(name) = part.name() {
                names.push((name.replace('\\', "/").trim_start_matches('/').to_owned(), index));
            }
        }
        Ok(Archive { zip, names, left: MAX_INFLATED })
    }

    /// The names of its parts, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// A part; none where there is none of that name. Names are told apart as the standard does, without regard to
    /// capitals.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let name = name.trim_start_matches('/');
        let Some(index) = self.names.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, index)| *index)
        else {
            return Ok(None);
        };
        let part = self.zip.by_index(index).map_err(damaged)?;
        let (size, packed) = (part.size(), part.compressed_size());
        let swollen = Unreadable::Swollen { limit: MAX_INFLATED };
        let limit = MAX_PART.min(self.left);
        if size > limit || size > SMALL && size / MAX_RATIO > packed {
            return Err(swollen);
        }
        let mut content = Vec::new();
        part.take(limit + 1).read_to_end(&mut content).map_err(|_| cut_short())?;
        let length = content.len() as u64;
        if length > limit || length > SMALL && length / MAX_RATIO > packed {
            return Err(swollen);
        }
        self.left -= length;
        Ok(Some(content))
    }
}

fn damaged(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
        _ => cut_short(),
    }
}

fn cut_short() -> Unreadable {
    Unreadable::Damaged("文件不完整，可能没有下载或复制完".into())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    /// A zip of these parts.
    pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = zipped(&[("word/Document.xml", b"<a/>"), ("b", b"")]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.names().collect::<Vec<_>>(), ["word/Document.xml", "b"]);
        assert_eq!(archive.part("/word/document.xml").unwrap().as_deref(), Some(b"<a/>".as_slice()));
        assert_eq!(archive.part("c").unwrap(), None);
        assert!(is_zip(&bytes) && !is_zip(b"PKZIP"));
    }

    #[test]
    fn a_part_that_swells_is_refused() {
        let bytes = zipped(&[("bomb", &vec![0; (SMALL + 1) as usize])]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.part("bomb"), Err(Unreadable::Swollen { limit: MAX_INFLATED }));
    }

    #[test]
    fn a_zip_that_is_cut_short_is_damaged() {
        let bytes = zipped(&[("a", b"text of some length")]);
        assert!(matches!(Archive::open(&bytes[..bytes.len() / 2]), Err(Unreadable::Damaged(_))));
    }
}
