//! Archives, workbooks and web pages that grow, nest and count beyond measure.

use crate::{Hostile, stands};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What may be said: a refusal, a limit that was reached, a document, or that nothing in it is one.
const ANSWERED: &[&str] = &["无法读取", "\"limit\"", "\"notes\""];

/// An archive of parts, each a name, a beginning, and a block so many times.
fn archive(parts: impl IntoIterator<Item = (String, String, Vec<u8>, usize)>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, start, block, times) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("memory is written");
        archive.write_all(start.as_bytes()).expect("memory is written");
        (0..times).for_each(|_| archive.write_all(&block).expect("memory is written"));
    }
    archive.finish().expect("memory is written").into_inner()
}

fn part(name: &str, text: &str) -> (String, String, Vec<u8>, usize) {
    (name.into(), text.into(), Vec::new(), 0)
}

/// A workbook whose only sheet is this, from a beginning and a block so many times.
fn workbook(start: &str, block: &str, times: usize) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |target: &str, kind: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>\
             </Relationships>"
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/xl/workbook.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
        <Override PartName=\"/xl/worksheets/s.xml\" \
        ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>";
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets>\
         </workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\">{start}");
    archive([
        part("[Content_Types].xml", types),
        part("_rels/.rels", &relation("xl/workbook.xml", "officeDocument")),
        part("xl/workbook.xml", &book),
        part("xl/_rels/workbook.xml.rels", &relation("worksheets/s.xml", "worksheet")),
        ("xl/worksheets/s.xml".into(), sheet, block.as_bytes().to_vec(), times),
    ])
}

fn hostile(name: &'static str, bytes: Vec<u8>) -> Hostile {
    Hostile { name, bytes, says: ANSWERED }
}

/// A megabyte of one letter.
fn megabyte() -> Vec<u8> {
    vec![b'a'; 1024 * 1024]
}

#[test]
fn archives_that_grow_are_answered() {
    let makers: [fn() -> Hostile; 4] = [
        || hostile("a-gigabyte.zip", archive([("a.txt".into(), String::new(), megabyte(), 1024)])),
        || {
            let inner = archive([("a.txt".into(), String::new(), megabyte(), 1024)]);
            let outer = (0..20).map(|i| (format!("{i}.zip"), String::new(), inner.clone(), 1));
            hostile("archives-in-an-archive.zip", archive(outer))
        },
        || {
            let parts = (0..60_000).map(|i| (format!("{i}.txt"), "一".to_owned(), Vec::new(), 0));
            hostile("sixty-thousand-parts.zip", archive(parts))
        },
        || {
            let deep = (0..100).fold(b"a".to_vec(), |inner, _| archive([("a.zip".into(), String::new(), inner, 1)]));
            hostile("a-hundred-archives-deep.zip", deep)
        },
    ];
    stands("archives", makers.into_iter().map(|make| make()));
}

#[test]
fn workbooks_that_grow_are_answered() {
    let makers: [fn() -> Hostile; 6] = [
        || hostile("a-sheet-of-a-gigabyte.xlsx", workbook("<sheetData>", &" ".repeat(1024 * 1024), 1024)),
        || {
            let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(250));
            hostile("five-million-cells.xlsx", workbook("<sheetData>", &row, 20_000))
        },
        || {
            let cell = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "甲".repeat(10_000));
            hostile("cells-of-three-hundred-megabytes.xlsx", workbook("<sheetData>", &cell, 10_000))
        },
        || hostile("elements-in-elements.xlsx", workbook("<sheetData>", "<row><c><is>", 300_000)),
        || {
            let cell = "<sheetData><row r=\"1048576\"><c r=\"IV1048576\"><v>1</v></c></row></sheetData>";
            hostile("a-cell-at-the-end.xlsx", workbook(cell, "", 0))
        },
        || {
            let merged = "<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>";
            hostile("a-million-merged.xlsx", workbook(merged, "<mergeCell ref=\"A1:IV1048576\"/>", 1_000_000))
        },
    ];
    stands("workbooks", makers.into_iter().map(|make| make()));
}

#[test]
fn web_pages_without_end_are_answered() {
    let page = |name, body: String| hostile(name, format!("<!DOCTYPE html><html><body>{body}").into_bytes());
    let files = [
        page("elements-in-elements.html", "<div>".repeat(500_000) + "一"),
        page("tables-in-tables.html", "<table><tr><td>一".repeat(50_000)),
        page(
            "a-million-rows-spanned.html",
            "<table><tr><td rowspan=1000000 colspan=1000000>一<td>二</table>".repeat(100),
        ),
        page(
            "rows-that-span.html",
            format!("<table>{}</table>", "<tr><td rowspan=65534 colspan=1000>一".repeat(3_000)),
        ),
        page(
            "a-million-cells.html",
            format!("<table>{}</table>", ("<tr>".to_owned() + &"<td>1.00".repeat(250)).repeat(4_000)),
        ),
        page(
            "a-million-attributes.html",
            format!("<p {}>一", (0..500_000).map(|i| format!("a{i}=1 ")).collect::<String>()),
        ),
        page("formatting-left-open.html", "<b><i><p>".repeat(100_000) + "一"),
        page("a-comment-without-end.html", "一<!--".to_owned() + &"-".repeat(10_000_000)),
        page("references.html", "&lt;&amp;&#x4e00;".repeat(700_000)),
    ];
    stands("web", files.into_iter());
}

/// A compound file, as Word and Excel once wrote: its sectors follow each other in a circle.
#[test]
fn compound_files_in_circles_are_answered() {
    const SECTOR: usize = 512;
    let header = |sectors_of_table: u32, first_directory: u32| {
        let mut header = vec![0; SECTOR];
        header[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        header[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        header[44..48].copy_from_slice(&sectors_of_table.to_le_bytes());
        header[48..52].copy_from_slice(&first_directory.to_le_bytes());
        header[56..60].copy_from_slice(&4096u32.to_le_bytes());
        header[60..64].copy_from_slice(&u32::MAX.to_le_bytes());
        header[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
        header[76..].fill(0xFF);
        header[76..80].copy_from_slice(&0u32.to_le_bytes());
        header
    };
    // The directory goes on with itself.
    let table: Vec<u8> =
        [0xFFFF_FFFDu32, 1, 3, 2].into_iter().chain([u32::MAX; 124]).flat_map(u32::to_le_bytes).collect();
    let mut circle = header(1, 1);
    circle.extend(&table);
    circle.extend([0x41; 8 * SECTOR]);
    let mut counted = header(u32::MAX, 0x7FFF_FFFF);
    counted.extend(&table);
    let files = [hostile("a-directory-in-a-circle.xls", circle), hostile("billions-of-sectors.doc", counted)];
    stands("compound", files.into_iter());
}
