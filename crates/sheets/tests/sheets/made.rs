//! Files that tests make, because no program here writes them.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A zip of parts.
pub(crate) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        out.start_file(*path, SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The same zip with one part changed; the change must be one.
pub(crate) fn rewrite(bytes: &[u8], path: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name == path {
            let before = String::from_utf8(content).unwrap();
            let after = change(&before);
            assert_ne!(before, after, "nothing was changed in {before}");
            content = after.into_bytes();
        }
        parts.push((name, content));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    zip(&parts)
}

/// A workbook of OpenDocument with one visible sheet of these rows and a hidden one.
pub(crate) fn ods(rows: &str) -> Vec<u8> {
    let names =
        ["office", "table", "text", "style", "calcext"].map(|name| format!("xmlns:{name}=\"urn:{name}\"")).join(" ");
    let hidden = "<table:table table:name=\"底稿\" table:style-name=\"ta2\"><table:table-row><table:table-cell \
         office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>";
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {names}><office:automatic-styles>\
         <style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style>\
         <style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>\
         <table:table table:name=\"收支\" table:style-name=\"ta1\">{rows}</table:table>{hidden}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest:manifest xmlns:manifest=\"urn:manifest\"/>"),
    ])
}

/// Workbooks of Excel before 2007, as small as they can be.
pub(crate) mod xls {
    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn place(row: u16, column: u16) -> Vec<u8> {
        [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat()
    }

    /// A number in a cell.
    pub(crate) fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
        record(0x0203, &[place(row, column), value.to_le_bytes().to_vec()].concat())
    }

    /// Words in a cell.
    pub(crate) fn label(row: u16, column: u16, words: &str) -> Vec<u8> {
        let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(units.len() / 2).unwrap().to_le_bytes().to_vec();
        record(0x0204, &[place(row, column), length, vec![1], units].concat())
    }

    /// The formula `A1*2`, and its value.
    pub(crate) fn formula(row: u16, column: u16, value: f64) -> Vec<u8> {
        let tokens = [0x24, 0, 0, 0, 0xC0, 0x1E, 2, 0, 0x05];
        let head = [place(row, column), value.to_le_bytes().to_vec(), vec![0; 6]].concat();
        let length = u16::try_from(tokens.len()).unwrap().to_le_bytes().to_vec();
        record(0x0006, &[head, length, tokens.to_vec()].concat())
    }

    /// The claim of a sheet how far it reaches.
    pub(crate) fn dimensions(rows: u32, columns: u16) -> Vec<u8> {
        let claim = [0_u32.to_le_bytes().to_vec(), rows.to_le_bytes().to_vec(), vec![0, 0]].concat();
        record(0x0200, &[claim, columns.to_le_bytes().to_vec(), vec![0, 0]].concat())
    }

    /// The stream of a workbook with one sheet.
    pub(crate) fn workbook(cells: &[Vec<u8>]) -> Vec<u8> {
        globals(cells, &[])
    }

    /// The stream of a workbook that needs a password.
    pub(crate) fn locked() -> Vec<u8> {
        globals(&[], &record(0x002F, &[1, 0, 1, 0]))
    }

    fn globals(cells: &[Vec<u8>], more: &[u8]) -> Vec<u8> {
        let begin = |kind: u16| {
            let words = [0x0600_u16, kind, 0, 0, 0, 0, 0, 0];
            record(0x0809, &words.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        };
        let end = record(0x000A, &[]);
        let tab = |start: u32| record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 6, 0], b"Sheet1"].concat());
        let start = begin(5).len() + more.len() + tab(0).len() + end.len();
        let head = [begin(5), more.to_vec(), tab(u32::try_from(start).unwrap()), end.clone()].concat();
        [head, begin(16), cells.concat(), end].concat()
    }

    /// A compound file with this workbook.
    pub(crate) fn file(workbook: &[u8]) -> Vec<u8> {
        compound("Workbook", workbook)
    }

    /// A compound file with one stream.
    pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
        const FREE: u32 = 0xFFFF_FFFF;
        const LAST: u32 = 0xFFFF_FFFE;
        let mut stream = stream.to_vec();
        stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
        let sectors = u32::try_from(stream.len() / 512).unwrap();
        let mut head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].to_vec();
        head.resize(24, 0);
        for word in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
            head.extend(word.to_le_bytes());
        }
        for word in [0_u32, 1, 1, 0, 4096, LAST, 0, LAST, 0, 0] {
            head.extend(word.to_le_bytes());
        }
        head.resize(512, 0xFF);
        // Sector 0 says which follows which, sector 1 is the directory, the stream comes after.
        let mut next = vec![0xFFFF_FFFD, LAST];
        next.extend((0..sectors).map(|sector| if sector + 1 == sectors { LAST } else { sector + 3 }));
        next.resize(128, FREE);
        let length = u32::try_from(stream.len()).unwrap();
        let directory = [entry("Root Entry", 5, LAST, 0), entry(name, 2, 2, length), vec![0; 256]].concat();
        [head, next.into_iter().flat_map(u32::to_le_bytes).collect(), directory, stream].concat()
    }

    fn entry(name: &str, kind: u8, start: u32, length: u32) -> Vec<u8> {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bytes = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(bytes.to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(116, 0xFF);
        entry.extend(start.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.resize(128, 0);
        entry
    }
}
