//! What a recogniser prints, as the words of a page, and the page that they make.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_model::recognition::Recognition;
use mingzhang_scan::{Picture, tsv};

/// A page that is a picture and nothing else.
const SCAN: &[u8] = include_bytes!("../parts/scan.pdf");

fuzz_target!(init: mingzhang_fuzz::panics(), |text: &str| {
    let grey = text.bytes().chain(std::iter::repeat(255)).take(200 * 100).collect();
    let mut picture = Picture::new(200, 100, 1.0, grey).expect("the dots fill the picture");
    let rules = picture.take_rules();
    let words = tsv::words(text, &picture);
    let read = |bytes: &[u8]| {
        let mut found = Some(Recognition { words: words.clone(), rules: rules.clone() });
        mingzhang_read::read_recognised(bytes, &mut |_| found.take())
    };
    assert!(read(SCAN).is_ok());
    mingzhang_fuzz::read(read, SCAN);
});
