//! Bytes as a web page.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| mingzhang_fuzz::read(mingzhang_read::html::read, bytes));
