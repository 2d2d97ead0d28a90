//! Bytes as a file that an accountant imports: sheets first, then the tables of the books.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_books::state::Books;

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    let read = mingzhang_sheets::read("收入.csv", bytes);
    let Ok(workbook) = read else { return };
    assert_eq!(Ok(&workbook), mingzhang_sheets::read("收入.csv", bytes).as_ref());
    let reading = mingzhang_books::import::read(&workbook.sheets, &Books::default());
    for complaint in reading.complaints.told() {
        assert!(!complaint.message.is_empty());
    }
    for sheet in &workbook.sheets {
        let is_empty = sheet.rows.iter().flatten().all(|cell| cell.is_empty());
        let Ok(written) = mingzhang_sheets::write_csv(sheet) else { continue };
        // What begins as a web page does is refused as one, whatever its name says.
        let is_page = String::from_utf8_lossy(&written).trim_start_matches('\u{feff}').trim_start().starts_with('<');
        if !is_empty && !is_page {
            mingzhang_sheets::read("again.csv", &written).expect("what was written can be read");
        }
    }
});
