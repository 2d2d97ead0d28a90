//! PDF files whose objects lead in circles, nest without end, grow when they are unpacked, or lie.

use crate::{Hostile, stands};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

/// What is said of a document that was read, with or without notes.
const READ: &[&str] = &["\"notes\""];
/// What is said of a file of which nothing can be read.
const READ_OR_NOT: &[&str] = &["\"notes\"", "无法读取"];

/// The objects of a file from number 1 on: the catalogue, the tree of pages, a page, its contents, a font.
struct Objects(Vec<Vec<u8>>);

const CONTENTS: usize = 4;

impl Objects {
    fn new(contents: &str) -> Objects {
        Objects::page("/MediaBox[0 0 595 842]", stream("", contents.as_bytes()))
    }

    fn page(entries: &str, contents: Vec<u8>) -> Objects {
        let page = format!(
            "<</Type/Page/Parent 2 0 R{entries}/Contents 4 0 R\
             /Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>>>"
        );
        let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
        let objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", &page];
        let mut objects: Vec<Vec<u8>> = objects.iter().map(|object| object.as_bytes().to_vec()).collect();
        objects.extend([contents, font.as_bytes().to_vec()]);
        Objects(objects)
    }

    /// Adds objects behind the font.
    fn with(mut self, objects: impl IntoIterator<Item = Vec<u8>>) -> Objects {
        self.0.extend(objects);
        self
    }

    fn replaced(mut self, number: usize, object: &str) -> Objects {
        self.0[number - 1] = object.as_bytes().to_vec();
        self
    }

    fn bytes(&self) -> Vec<u8> {
        self.with_trailer("")
    }

    fn with_trailer(&self, entries: &str) -> Vec<u8> {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (i, object) in self.0.iter().enumerate() {
            offsets.push(bytes.len());
            bytes.extend(format!("{} 0 obj\n", i + 1).bytes());
            bytes.extend(object);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
        offsets.iter().for_each(|offset| bytes.extend(format!("{offset:010} 00000 n \n").bytes()));
        let size = offsets.len() + 1;
        bytes.extend(format!("trailer\n<</Size {size}/Root 1 0 R{entries}>>\nstartxref\n{start}\n%%EOF\n").bytes());
        bytes
    }
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    stream_of(entries, content.len(), content)
}

/// A stream that says of itself how long it is.
fn stream_of(entries: &str, length: usize, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{entries}/Length {length}>>\nstream\n").into_bytes();
    bytes.extend(content);
    bytes.extend(b"\nendstream");
    bytes
}

fn form(content: &str) -> Vec<u8> {
    let resources = "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R>>>>";
    stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 595 842]{resources}"), content.as_bytes())
}

/// Zeros or spaces, packed: so many MiB of them.
fn packed(byte: u8, mebibytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let block = vec![byte; 1024 * 1024];
    (0..mebibytes).for_each(|_| encoder.write_all(&block).expect("memory is written"));
    encoder.finish().expect("memory is written")
}

fn packed_again(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory is written");
    encoder.finish().expect("memory is written")
}

const HELLO: &str = "BT /F 10 Tf 50 700 Td (hello) Tj ET";
const FLATE: &str = "/Filter/FlateDecode";
const FLATE_TWICE: &str = "/Filter[/FlateDecode/FlateDecode]";
/// The words of a refusal of what grows too large.
const GROWS: &[&str] = &["解压后超过"];

fn hostile(name: &'static str, bytes: Vec<u8>, says: &'static [&'static str]) -> Hostile {
    Hostile { name, bytes, says }
}

#[test]
fn streams_that_grow_are_refused() {
    let makers: [fn() -> Hostile; 5] = [
        || {
            let page = Objects::page("/MediaBox[0 0 595 842]", stream(FLATE, &packed(b' ', 1024)));
            hostile("contents-of-a-gigabyte.pdf", page.bytes(), GROWS)
        },
        || {
            let bomb = packed_again(&packed(b' ', 1024));
            let page = Objects::page("/MediaBox[0 0 595 842]", stream(FLATE_TWICE, &bomb));
            hostile("contents-packed-twice.pdf", page.bytes(), GROWS)
        },
        || {
            let map = stream(FLATE, &packed(b' ', 512));
            let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>";
            hostile("map-of-a-font.pdf", Objects::new(HELLO).replaced(5, font).with([map]).bytes(), GROWS)
        },
        || {
            let objects = stream(&format!("/Type/ObjStm/N 1/First 4{FLATE}"), &packed(b' ', 1024));
            hostile("stream-of-objects.pdf", Objects::new(HELLO).with([objects]).bytes(), GROWS)
        },
        || {
            let long: Vec<u8> = [129, b' '].repeat(4 * 1024 * 1024);
            let page = Objects::page("/MediaBox[0 0 595 842]", stream("/Filter/RunLengthDecode", &long));
            hostile("run-lengths.pdf", page.bytes(), GROWS)
        },
    ];
    stands("streams", makers.into_iter().map(|make| make()));
}

#[test]
fn circles_end() {
    let kids = "3 0 R ".repeat(1_000_000);
    let painting = "/X Do /Y Do ".repeat(10);
    let ladder = (6..40).map(|number| {
        let next = format!("/Resources<</XObject<</X {} 0 R>>>>", number + 1);
        stream(&format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]{next}"), "/X Do ".repeat(10).as_bytes())
    });
    let files = [
        hostile(
            "tree-of-pages.pdf",
            Objects::new(HELLO).replaced(2, "<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]>>").bytes(),
            READ_OR_NOT,
        ),
        hostile(
            "a-million-times-one-page.pdf",
            Objects::new(HELLO).replaced(2, &format!("<</Type/Pages/Count 1000000/Kids[{kids}]>>")).bytes(),
            READ_OR_NOT,
        ),
        hostile(
            "forms-that-paint-each-other.pdf",
            Objects::new("/X Do").with([form(&painting), form(&painting)]).bytes(),
            READ,
        ),
        hostile("forms-that-paint-ten-each.pdf", Objects::new("/X Do").with(ladder).bytes(), READ),
        hostile(
            "font-of-itself.pdf",
            Objects::new(HELLO)
                .replaced(5, "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]>>")
                .bytes(),
            READ,
        ),
        hostile("glyphs-that-show-themselves.pdf", type_3().bytes(), READ),
        hostile("resources-of-themselves.pdf", Objects::new(HELLO).replaced(5, "5 0 R").bytes(), READ),
        hostile("index-of-itself.pdf", Objects::new(HELLO).with_trailer("/Prev 15"), READ_OR_NOT),
    ];
    stands("circles", files.into_iter());
}

/// A font whose only glyph is the text that shows it ten times.
fn type_3() -> Objects {
    let font = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]\
        /Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>";
    let glyph = stream("", b"9 0 0 0 9 9 d1 BT /F 1 Tf (aaaaaaaaaa) Tj ET");
    Objects::new("BT /F 10 Tf (aaaaaaaaaa) Tj ET").replaced(5, font).with([glyph])
}

#[test]
fn nesting_and_counts_end() {
    let deep = |open: &str, close: &str| open.repeat(200_000) + &close.repeat(200_000);
    let ranges = "<0000><ffff><4e00>\n".repeat(100_000);
    let map = format!(
        "begincmap 1 begincodespacerange <0000><ffff> endcodespacerange 100000 beginbfrange {ranges} endbfrange endcmap"
    );
    let map = stream("", map.as_bytes());
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>";
    let files = [
        hostile("arrays-in-arrays.pdf", Objects::new(HELLO).replaced(5, &deep("[", "]")).bytes(), READ_OR_NOT),
        hostile(
            "dictionaries-in-dictionaries.pdf",
            Objects::new(HELLO).replaced(5, &deep("<</A", ">>")).bytes(),
            READ_OR_NOT,
        ),
        hostile("arrays-in-contents.pdf", Objects::new(&(deep("[", "]") + "TJ " + HELLO)).bytes(), READ),
        hostile("states-saved.pdf", Objects::new(&("q ".repeat(1_000_000) + HELLO)).bytes(), READ),
        hostile(
            "a-million-letters.pdf",
            Objects::new(&format!("BT /F 10 Tf 50 700 Td ({}) Tj ET", "a".repeat(1_000_000))).bytes(),
            READ,
        ),
        hostile(
            "a-million-lines.pdf",
            Objects::new(&"0 0 m 500 0 l S 0 0 m 0 500 l S\n".repeat(500_000)).bytes(),
            READ,
        ),
        hostile("a-grid-of-a-million-cells.pdf", Objects::new(&grid(1_000)).bytes(), READ),
        hostile("ranges-of-a-map.pdf", Objects::new(HELLO).replaced(5, font).with([map]).bytes(), READ),
        hostile(
            "font-without-anything.pdf",
            Objects::new(HELLO).replaced(5, "<</Type/Font/Subtype/Type0>>").bytes(),
            READ,
        ),
    ];
    stands("counts", files.into_iter());
}

/// Lines that rule as many rows as columns, each named.
fn grid(count: usize) -> String {
    let lines = (0..=count).map(|i| {
        let at = 10.0 + 570.0 * i as f32 / count as f32;
        format!("{at} 10 m {at} 580 l S 10 {at} m 580 {at} l S BT /F 1 Tf {at} {at} Td (1) Tj ET\n")
    });
    lines.collect()
}

#[test]
fn sizes_and_offsets_that_lie_are_answered() {
    let good = Objects::new(HELLO);
    let sized = |media: &str| Objects::page(media, stream("", HELLO.as_bytes())).bytes();
    let whole = good.bytes();
    let broken = String::from_utf8_lossy(&whole).replace("00000 n", "99999 n").into_bytes();
    let moved = String::from_utf8_lossy(&whole).replace("startxref\n", "startxref\n9").into_bytes();
    let picture = stream(
        "/Type/XObject/Subtype/Image/Width 1000000/Height 1000000/BitsPerComponent 8/ColorSpace/DeviceRGB",
        b"x",
    );
    let locked = "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)\
        /U(bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb)>>/ID[(1)(1)]";
    let index = stream("/Type/XRef/Size 2000000000/W[1 8 8]/Index[0 2000000000]/Root 1 0 R", b"\x01\x00");
    let files = [
        hostile("a-page-of-a-thousand-miles.pdf", sized("/MediaBox[0 0 1e30 1e30]"), READ_OR_NOT),
        hostile("a-page-of-no-size.pdf", sized("/MediaBox[0 0 0 0]"), READ_OR_NOT),
        hostile("a-page-of-less-than-nothing.pdf", sized("/MediaBox[9 9 -9e9 -9e9]/UserUnit 1e20"), READ_OR_NOT),
        hostile("index-that-is-wrong.pdf", broken, READ_OR_NOT),
        hostile("index-elsewhere.pdf", moved, READ_OR_NOT),
        hostile("cut-in-the-middle.pdf", whole[..whole.len() / 2].to_vec(), READ_OR_NOT),
        hostile(
            "cut-in-a-stream.pdf",
            Objects::page("/MediaBox[0 0 9 9]", stream(FLATE, &packed(b'a', 1)[..40])).bytes(),
            READ_OR_NOT,
        ),
        hostile(
            "a-stream-that-is-too-long.pdf",
            good.with_object(CONTENTS, stream_of("", 1 << 40, HELLO.as_bytes())),
            READ_OR_NOT,
        ),
        hostile(
            "a-stream-that-is-too-short.pdf",
            good.with_object(CONTENTS, stream_of("", 1, HELLO.as_bytes())),
            READ_OR_NOT,
        ),
        hostile("a-picture-of-a-terabyte.pdf", Objects::new("/X Do").with([picture]).bytes(), READ),
        hostile("locked.pdf", good.with_trailer(locked), &["密码", "加密"]),
        hostile("index-of-billions.pdf", Objects::new(HELLO).with([index]).bytes(), READ_OR_NOT),
        hostile("only-a-signature.pdf", b"%PDF-1.7\n".to_vec(), &["无法读取"]),
    ];
    stands("sizes", files.into_iter());
}

impl Objects {
    fn with_object(&self, number: usize, object: Vec<u8>) -> Vec<u8> {
        let mut objects = Objects(self.0.clone());
        objects.0[number - 1] = object;
        objects.bytes()
    }
}
