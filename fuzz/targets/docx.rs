//! The parts of a document of Word: the text, the styles, the numbering and the footnotes, parted by bytes of 0.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_fuzz::archive::archive;

const FIXED: [(&str, &str); 2] = [
    ("_rels/.rels", include_str!("../parts/docx-package.rels")),
    ("word/_rels/document.xml.rels", include_str!("../parts/docx.rels")),
];
const FREE: [&str; 4] = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"];

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    mingzhang_fuzz::read(mingzhang_read::read, &archive(&FIXED, &FREE, bytes));
});
