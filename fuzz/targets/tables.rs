//! Text as it is, in paragraphs and tables: what no reader would make, but some reader may.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_fuzz::{follows, holds, words};

fuzz_target!(init: mingzhang_fuzz::panics(), |text: &str| {
    let document = words::document(text);
    holds(&document);
    follows(&document);
});
