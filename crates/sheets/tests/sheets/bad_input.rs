//! What is refused, and in which words; and that nothing ends the program.

use std::io::{Cursor, Write};

use mingzhang_model::sheet::Cell;
use mingzhang_sheets::{limits, read};
use rust_xlsxwriter::Workbook as Book;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::made::{ods, rewrite, xls, zip};

/// The refusal of a file, which must begin with its name, be one sentence and hold these words.
fn refused(name: &str, bytes: &[u8], words: &[&str]) {
    let refusal = match read(name, bytes) {
        Ok(book) => panic!("{name} was read: {} sheets", book.sheets.len()),
        Err(refusal) => refusal.to_string(),
    };
    assert!(refusal.starts_with(&format!("“{name}”无法读取：")), "{refusal}");
    assert!(refusal.ends_with('。') && refusal.matches('。').count() == 1, "{refusal}");
    for word in words {
        assert!(refusal.contains(word), "{word} is not in: {refusal}");
    }
}

fn small() -> Vec<u8> {
    let mut book = Book::new();
    book.add_worksheet().write_string(0, 0, "科目").unwrap().write_number(0, 1, 1.5).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn an_empty_file_is_refused() {
    refused("空.xlsx", b"", &["空的"]);
    refused("空.csv", b"\xEF\xBB\xBF \r\n\t\r\n", &["没有任何内容"]);
}

#[test]
fn a_file_over_the_limit_of_bytes_is_refused() {
    refused("大.csv", &vec![b'1'; limits::BYTES + 1], &["64 MB", "拆成"]);
}

#[test]
fn a_zip_cut_off_anywhere_is_refused() {
    let bytes = small();
    for length in (4..bytes.len()).step_by(97) {
        refused("断.xlsx", &bytes[..length], &["不完整"]);
    }
}

#[test]
fn what_needs_a_password_is_refused_as_such() {
    refused("密.xlsx", &xls::compound("EncryptedPackage", &[7; 5000]), &["密码"]);
    refused("密.xls", &xls::file(&xls::locked()), &["密码"]);
    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let parts: [(&str, &[u8]); 3] = [("mimetype", b"x"), ("content.xml", b"junk"), ("META-INF/manifest.xml", manifest)];
    refused("密.ods", &zip(&parts), &["密码"]);
}

#[test]
fn what_is_no_table_is_called_by_its_name() {
    refused("表.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>", &["网页", "另存为"]);
    refused("表.xls", b"<?xml version=\"1.0\"?><Workbook/>", &["XML"]);
    refused("表.pdf", b"%PDF-1.7\n%\xE2\xE3", &["PDF"]);
    refused("表.docx", &zip(&[("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")]), &["Word"]);
    refused("表.xlsb", &zip(&[("xl/workbook.bin", b"")]), &["xlsb", "另存为"]);
    refused("表.zip", &zip(&[("收支.xlsx", b"")]), &["压缩包", "解压"]);
    refused("表.doc", &xls::compound("WordDocument", &[7; 5000]), &["Word"]);
    refused("图.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", &["认不出"]);
}

#[test]
fn junk_is_refused_and_never_panics() {
    let mut state: u64 = 88_172_645_463_325_252;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    for start in [&b""[..], b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"\xEF\xBB\xBF"] {
        for _ in 0..20 {
            let junk: Vec<u8> = start.iter().copied().chain((0..4000).map(|_| byte())).collect();
            // Two bytes of anything are a letter of UTF-16 or nearly so; all other junk is no text.
            let read = read("乱.bin", &junk);
            assert!(read.is_err(), "{start:?}");
        }
    }
}

#[test]
fn a_workbook_with_bytes_changed_is_read_or_refused() {
    let old = xls::file(&xls::workbook(&[xls::number(0, 0, 1.0), xls::label(1, 1, "款"), xls::formula(2, 0, 6.0)]));
    for bytes in [small(), old, ods("<table:table-row><table:table-cell/></table:table-row>")] {
        for at in (0..bytes.len()).step_by(bytes.len() / 300 + 1) {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let _ = read("改.xlsx", &changed);
            }
        }
    }
}

#[test]
fn parts_of_a_workbook_that_are_junk_are_refused() {
    for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"] {
        refused("坏.xlsx", &rewrite(&small(), part, |xml| xml[..xml.len() / 2].to_owned()), &["损坏", "另存为"]);
    }
    refused("坏.ods", &ods("<table:table-row><table:table-cell>"), &["损坏"]);
    refused("坏.xlsx", &zip(&[("xl/media/a.png", b"")]), &["损坏"]);
}

#[test]
fn a_part_may_not_claim_more_strings_than_it_has_bytes() {
    let bytes = rewrite(&small(), "xl/sharedStrings.xml", |xml| {
        xml.replace("uniqueCount=\"1\"", "uniqueCount=\"200000000000\"")
    });
    refused("串.xlsx", &bytes, &["损坏"]);
}

#[test]
fn a_zip_bomb_is_refused_whether_it_says_so_or_lies() {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    out.start_file("xl/workbook.xml", options).unwrap();
    let size = usize::try_from(limits::INFLATED).unwrap() + 1;
    let piece = vec![b' '; 1 << 20];
    for start in (0..size).step_by(piece.len()) {
        out.write_all(&piece[..piece.len().min(size - start)]).unwrap();
    }
    let honest = out.finish().unwrap().into_inner();
    assert!(honest.len() < 4 << 20);
    refused("弹.xlsx", &honest, &["解压后", "600 MB"]);
    // The size stands at the end, in the entry of the table of contents, and before the part.
    let claim = u32::try_from(size).unwrap().to_le_bytes();
    let mut lying = honest;
    let places: Vec<usize> = (0..lying.len() - 3).filter(|at| lying[*at..*at + 4] == claim).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    refused("谎.xlsx", &lying, &["请"]);
}

#[test]
fn too_many_sheets_are_refused() {
    let mut book = Book::new();
    for _ in 0..=limits::SHEETS {
        book.add_worksheet();
    }
    refused("多.xlsx", &book.save_to_buffer().unwrap(), &["65 张", "64 张"]);
}

#[test]
fn a_book_of_hidden_sheets_is_refused() {
    let bytes = rewrite(&small(), "xl/workbook.xml", |xml| xml.replace("<sheet ", "<sheet state=\"hidden\" "));
    refused("藏.xlsx", &bytes, &["没有可见的工作表"]);
}

#[test]
fn a_cell_beyond_the_last_column_is_refused_by_its_place() {
    let mut book = Book::new();
    book.add_worksheet().set_name("宽").unwrap().write_number(4, 256, 1).unwrap();
    refused("宽.xlsx", &book.save_to_buffer().unwrap(), &["“宽”", "IW5", "256 列"]);
    let mut book = Book::new();
    book.add_worksheet().write_number(4, 255, 1).unwrap();
    let book = read("窄.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(book.sheets[0].rows[4].len(), 256);
    refused(
        "宽.csv",
        ",".repeat(256).replace(",", "1,").as_bytes().strip_suffix(b"").map(|b| [b, b"1"].concat()).unwrap().as_slice(),
        &["IW1"],
    );
}

#[test]
fn a_row_beyond_the_last_is_refused() {
    let bytes = rewrite(&small(), "xl/worksheets/sheet1.xml", |xml| {
        xml.replace("<row r=\"1\"", "<row r=\"1048577\"")
            .replace("\"A1\" t", "\"A1048577\" t")
            .replace("\"B1\"", "\"B1048577\"")
    });
    refused("长.xlsx", &bytes, &["1048576 行"]);
    let mut lines = "1\n".repeat(limits::ROWS);
    assert_eq!(read("长.csv", lines.as_bytes()).unwrap().sheets[0].rows.len(), limits::ROWS);
    lines.push_str("1\n");
    refused("长.csv", lines.as_bytes(), &["1048576 行", "拆成"]);
}

#[test]
fn a_cell_with_too_many_characters_is_refused() {
    let fits = "字".repeat(limits::CHARACTERS);
    assert_eq!(read("字.csv", fits.as_bytes()).unwrap().sheets[0].rows, [[Cell::Text(fits.clone())]]);
    refused("字.csv", format!("科目,说明\n1,{fits}字").as_bytes(), &["B2", "32767"]);
}

#[test]
fn repetition_does_not_grow_beyond_the_room() {
    let rows = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell \
         table:number-columns-repeated=\"256\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    refused("多.ods", &ods(rows), &["万个单元格", "拆成"]);
    let wide = "<table:table-row><table:table-cell table:number-columns-repeated=\"99999999999999\" \
         office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    refused("宽.ods", &ods(wide), &["256 列"]);
}

#[test]
fn an_old_workbook_that_claims_to_be_huge_is_refused() {
    for claim in [xls::dimensions(u32::MAX, 200), xls::dimensions(10, 60_000)] {
        refused("大.xls", &xls::file(&xls::workbook(&[claim, xls::number(0, 0, 1.0)])), &["损坏"]);
    }
    refused("宽.xls", &xls::file(&xls::workbook(&[xls::number(0, 60_000, 1.0)])), &["损坏"]);
    let honest = xls::file(&xls::workbook(&[xls::dimensions(1, 1), xls::number(0, 0, 1.0)]));
    assert_eq!(read("小.xls", &honest).unwrap().sheets[0].rows, [[Cell::Number("1".to_owned())]]);
}

#[test]
fn quotes_that_do_not_pair_are_refused_by_their_row() {
    refused("引.csv", "科目,说明\n1,\"没有\n2,完\n3,了".as_bytes(), &["第 2 行", "引号"]);
}

#[test]
fn letters_that_no_encoding_has_are_refused() {
    refused("码.csv", b"\xBF\xC6\xC4\xBF,1\n\xFF\xFF,2", &["编码"]);
}
