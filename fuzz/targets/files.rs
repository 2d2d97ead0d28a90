//! Bytes as whatever their beginning says: the door that every file comes through.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: mingzhang_fuzz::panics(), |bytes: &[u8]| {
    mingzhang_fuzz::read(mingzhang_read::read, bytes);
    assert!(!mingzhang_read::ending(bytes).is_empty());
});
