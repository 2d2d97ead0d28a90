//! The same books give the same bytes, in every format, and soon.

use crate::support::{faces, published};
use mingzhang_write::manuscript::Manuscript;
use mingzhang_write::{docx, html, pdf, text, xlsx};
use std::time::{Duration, Instant};

/// A run of every format takes a fraction of a second; this is for a slow machine and an unoptimised build.
const LIMIT: Duration = Duration::from_secs(5);

fn every_format(manuscript: &Manuscript) -> [(&'static str, Vec<u8>); 5] {
    [
        ("txt", text::write(manuscript).into_bytes()),
        ("pdf", pdf::write(manuscript, faces()).unwrap()),
        ("docx", docx::write(manuscript).unwrap()),
        ("xlsx", xlsx::write(manuscript).unwrap()),
        ("html", html::write(manuscript).into_bytes()),
    ]
}

#[test]
fn the_same_books_give_the_same_bytes() {
    let (first, second) = (published("101009"), published("101009"));
    for ((format, one), (_, other)) in
        every_format(first.manuscript()).into_iter().zip(every_format(second.manuscript()))
    {
        assert!(one == other, "{format}: {} bytes, then {}", one.len(), other.len());
    }
}

#[test]
fn every_format_together_is_soon_written() {
    let disclosure = published("101009");
    let start = Instant::now();
    let bytes: usize = every_format(disclosure.manuscript()).iter().map(|(_, bytes)| bytes.len()).sum();
    let took = start.elapsed();
    println!("five formats of {}: {bytes} bytes in {} ms", disclosure.name, took.as_millis());
    assert!(took < LIMIT, "five formats took {took:?}");
}
