//! Words of the field, put together in any way, as paragraphs and tables: the grammar of sentences and of tables.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mingzhang_fuzz::{follows, holds, words};

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    let document = words::document(&words::text(bytes));
    holds(&document);
    follows(&document);
});
