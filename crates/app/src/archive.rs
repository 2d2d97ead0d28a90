//! Archives of documents: what is in a zip, and its bytes one file at a time.
//!
//! Names in an archive are for people and never become paths: what leads out of the archive is taken out of them.
//! What an archive says of itself is held to limits before anything is inflated, and who reads a file of it counts the
//! bytes as they come out. Files of word processors and spreadsheets are zips too, and are none of these archives.

use std::collections::HashSet;
use std::fmt;
use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

/// As many files as an archive may hold, those in archives within it counted.
pub(crate) const MOST_FILES: usize = 2_000;
/// What all files of an archive may take once they are inflated, in bytes.
const LARGEST: u64 = 4 << 30;
/// A file of more bytes that becomes so many times as large is made to fill a memory, not to be read.
const SUSPICIOUS: u64 = 16 << 20;
const RATIO: u64 = 300;

/// The first bytes of every zip.
pub(crate) const SIGNATURE: [u8; 4] = [b'P', b'K', 3, 4];

/// An archive that was opened.
pub(crate) struct Archive<R> {
    zip: ZipArchive<R>,
    /// The files in it that people put there, in the order of the archive.
    pub(crate) members: Vec<Member>,
}

/// A file in an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Member {
    /// Its position in the archive.
    pub(crate) index: usize,
    /// Its name with the folders it lies in, parted by slashes. No two are alike.
    pub(crate) name: String,
    /// How large it says that it becomes, in bytes.
    pub(crate) size: u64,
}

/// Why an archive is not opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Trouble {
    /// It is damaged; the words of the library.
    Broken(String),
    /// It holds too many files, or they become too large.
    TooMuch,
    /// This file becomes suspiciously large.
    Bomb(String),
    /// This file needs a password.
    Encrypted(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Broken(why) => write!(f, "压缩包打不开（{why}），请重新取得这个文件，或解压后再检查"),
            Trouble::TooMuch => {
                let largest = LARGEST >> 30;
                write!(f, "压缩包里的文件多于 {MOST_FILES} 个，或解压后超过 {largest} GB，请分成几个压缩包")
            }
            Trouble::Bomb(name) => write!(f, "压缩包里的“{name}”解压后异常地大，没有打开，请核对它的来源"),
            Trouble::Encrypted(name) => write!(f, "压缩包里的“{name}”有密码，请解压后再检查"),
        }
    }
}

impl std::error::Error for Trouble {}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive; none where the zip is the file of an office program.
    pub(crate) fn open(reader: R) -> Result<Option<Archive<R>>, Trouble> {
        let broken = |error: ZipError| Trouble::Broken(error.to_string());
        let mut zip = ZipArchive::new(reader).map_err(broken)?;
        let is_part = |name: &str| name == "[Content_Types].xml" || name == "META-INF/manifest.xml";
        if zip.file_names().flatten().any(|name| is_part(&name)) {
            return Ok(None);
        }
        if zip.len() > MOST_FILES {
            return Err(Trouble::TooMuch);
        }
        let (mut members, mut names, mut total) = (Vec::new(), HashSet::new(), 0_u64);
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(broken)?;
            let path = words(entry.name_raw());
            if entry.is_dir() || parts(&path).any(is_hidden) {
                continue;
            }
            let (size, name) = (entry.size(), distinct(&path, &mut names));
            if entry.encrypted() {
                return Err(Trouble::Encrypted(name));
            }
            if size > SUSPICIOUS && size / RATIO > entry.compressed_size() {
                return Err(Trouble::Bomb(name));
            }
            total = total.saturating_add(size);
            members.push(Member { index, name, size });
        }
        if total > LARGEST { Err(Trouble::TooMuch) } else { Ok(Some(Archive { zip, members })) }
    }

    /// The bytes of a file, as they come out.
    pub(crate) fn entry(&mut self, index: usize) -> Result<impl Read + '_, Trouble> {
        self.zip.by_index(index).map_err(|error| Trouble::Broken(error.to_string()))
    }

    /// The bytes of a file, and no more than `limit` of them.
    pub(crate) fn bytes(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let outcome = self.entry(index)?.take(limit).read_to_end(&mut bytes);
        outcome.map(|_| bytes).map_err(|error| Trouble::Broken(error.to_string()))
    }
}

/// The bytes of a file at the end of a way through archives in archives, no more than `limit` of any.
pub(crate) fn bytes_at(reader: impl Read + Seek, way: &[usize], limit: u64) -> Result<Vec<u8>, Trouble> {
    let gone = || Trouble::Broken("它在此期间变了".to_owned());
    let (first, rest) = way.split_first().ok_or_else(gone)?;
    let mut bytes = Archive::open(reader)?.ok_or_else(gone)?.bytes(*first, limit)?;
    for index in rest {
        bytes = Archive::open(Cursor::new(bytes))?.ok_or_else(gone)?.bytes(*index, limit)?;
    }
    Ok(bytes)
}

/// Names in archives are UTF-8, or what Chinese systems wrote before.
fn words(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(raw).0.into_owned(),
    }
}

/// The folders and the file of a name, without those that lead up or nowhere.
fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."))
}

/// What systems put into archives for themselves.
fn is_hidden(part: &str) -> bool {
    part == "__MACOSX" || part.starts_with('.')
}

/// The name without what is no part of one, and with a number where it is taken.
fn distinct(path: &str, taken: &mut HashSet<String>) -> String {
    let plain = |part: &str| part.chars().filter(|c| !c.is_control()).collect::<String>();
    let name = parts(path).map(plain).collect::<Vec<_>>().join("/");
    let mut own = name.clone();
    let mut number = 1;
    while !taken.insert(own.clone()) {
        number += 1;
        own = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}({number}).{ending}"),
            None => format!("{name}({number})"),
        };
    }
    own
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    /// A zip of files.
    pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            out.start_file(*name, SimpleFileOptions::default()).unwrap();
            out.write_all(bytes).unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        let archive = Archive::open(Cursor::new(bytes)).unwrap().unwrap();
        archive.members.into_iter().map(|member| member.name).collect()
    }

    #[test]
    fn names_are_read_and_lead_nowhere() {
        assert_eq!(words("预算/公开.pdf".as_bytes()), "预算/公开.pdf");
        let (gbk, ..) = encoding_rs::GB18030.encode("决算公开.pdf");
        assert_eq!(words(&gbk), "决算公开.pdf");
        let zip = zipped(&[
            ("../../etc/甲.pdf", b"1"),
            ("etc\\甲.pdf", b"2"),
            ("/乙.txt", b"3"),
            ("__MACOSX/乙.txt", b"4"),
            (".DS_Store", b"5"),
            ("空/", b""),
        ]);
        assert_eq!(names(&zip), ["etc/甲.pdf", "etc/甲(2).pdf", "乙.txt"]);
    }

    #[test]
    fn files_of_office_programs_are_no_archives() {
        let workbook = zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
        assert!(Archive::open(Cursor::new(workbook)).unwrap().is_none());
    }

    #[test]
    fn an_archive_is_held_to_its_limits() {
        let bomb = zipped(&[("大.txt", &vec![0; 32 << 20])]);
        assert_eq!(Archive::open(Cursor::new(bomb)).err(), Some(Trouble::Bomb("大.txt".into())));
        let many: Vec<String> = (0..=MOST_FILES).map(|i| format!("{i}.txt")).collect();
        let files: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
        assert_eq!(Archive::open(Cursor::new(zipped(&files))).err(), Some(Trouble::TooMuch));
        assert!(matches!(Archive::open(Cursor::new(b"PK\x03\x04")).err(), Some(Trouble::Broken(_))));
    }

    #[test]
    fn a_way_leads_through_archives() {
        let inner = zipped(&[("一.txt", b"1"), ("二.txt", b"2")]);
        let outer = zipped(&[("内.zip", &inner), ("三.txt", b"3")]);
        assert_eq!(bytes_at(Cursor::new(&outer), &[0, 1], 10_000), Ok(b"2".to_vec()));
        assert_eq!(bytes_at(Cursor::new(&outer), &[1], 10_000), Ok(b"3".to_vec()));
        assert!(bytes_at(Cursor::new(&outer), &[1, 0], 10_000).is_err());
    }
}
