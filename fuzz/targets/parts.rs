//! The parts of a workbook, put into an archive that is whole: a fuzzer does not get past the checksums of a zip.
//! The bytes are the sheet, the styles and the shared texts, parted by bytes of 0.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = include_str!("../parts/types.xml");
const BOOK: &str = include_str!("../parts/workbook.xml");
const BOOK_RELATIONS: &str = include_str!("../parts/workbook.rels");
const RELATIONS: &str = include_str!("../parts/package.rels");

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |byte| *byte == 0);
    let mut next = || parts.next().unwrap_or_default();
    let parts: [(&str, &[u8]); 7] = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", next()),
        ("xl/styles.xml", next()),
        ("xl/sharedStrings.xml", next()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, stored).expect("memory is written");
        archive.write_all(part).expect("memory is written");
    }
    let file = archive.finish().expect("memory is written").into_inner();
    mingzhang_fuzz::read(mingzhang_read::read, &file);
    if let Ok(workbook) = mingzhang_sheets::read("a.xlsx", &file) {
        assert_eq!(Ok(&workbook), mingzhang_sheets::read("a.xlsx", &file).as_ref());
    }
});
