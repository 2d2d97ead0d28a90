//! Archives that are whole, whatever stands in their parts: a fuzzer does not get past the checksums of a zip.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of parts by their names. Those of `free` get what the bytes hold, parted by bytes of 0.
pub fn archive(fixed: &[(&str, &str)], free: &[&str], bytes: &[u8]) -> Vec<u8> {
    let mut pieces = bytes.splitn(free.len(), |byte| *byte == 0);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = fixed.iter().map(|(name, part)| (*name, part.as_bytes()));
    for (name, part) in fixed.chain(free.iter().map(|name| (*name, pieces.next().unwrap_or_default()))) {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, stored).expect("memory is written");
        archive.write_all(part).expect("memory is written");
    }
    archive.finish().expect("memory is written").into_inner()
}
