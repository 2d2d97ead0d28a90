//! The parts of a workbook: the sheet, the styles and the shared texts, parted by bytes of 0.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_fuzz::archive::archive;

const FIXED: [(&str, &str); 4] = [
    ("[Content_Types].xml", include_str!("../parts/types.xml")),
    ("_rels/.rels", include_str!("../parts/package.rels")),
    ("xl/workbook.xml", include_str!("../parts/workbook.xml")),
    ("xl/_rels/workbook.xml.rels", include_str!("../parts/workbook.rels")),
];
const FREE: [&str; 3] = ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"];

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    let file = archive(&FIXED, &FREE, bytes);
    mingzhang_fuzz::read(mingzhang_read::read, &file);
    if let Ok(workbook) = mingzhang_sheets::read("a.xlsx", &file) {
        assert_eq!(Ok(&workbook), mingzhang_sheets::read("a.xlsx", &file).as_ref());
    }
});
