//! The PDF reader on whole files: small ones made by hand, damaged and hostile ones, and real ones.
//!
//! The real ones stand beside the repository; where they are absent their tests say so and pass.

#[path = "pdf/made.rs"]
mod made;

use made::{Made, chinese, rule, table, text};
use mingzhang_model::document::{Block, Document, NoteKind, Paragraph, Table};
use mingzhang_read::{Unreadable, pdf};
use mingzhang_testkit::shared;
use std::path::Path;
use std::time::{Duration, Instant};

/// What any file may cost, hostile or real, on a slow and busy machine without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

fn read(made: &Made) -> Document {
    mingzhang_read::read(&made.bytes()).unwrap()
}

fn page(content: &str) -> Document {
    read(&Made::with_pages(&[(content, "")]))
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .collect()
}

fn paragraphs(document: &Document) -> Vec<&Paragraph> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
        .collect()
}

fn row(table: &Table, row: u32) -> Vec<&str> {
    table.row(row).map(|cell| cell.text.as_str()).collect()
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How many visible characters stand in the blocks.
fn in_blocks(document: &Document) -> usize {
    let paragraphs: usize = paragraphs(document).iter().map(|p| visible(&p.text)).sum();
    let cells: usize = tables(document).iter().flat_map(|t| t.cells()).map(|c| visible(&c.text)).sum();
    paragraphs + cells
}

fn has(document: &Document, kind: NoteKind) -> bool {
    document.notes.iter().any(|note| note.kind == kind)
}

#[test]
fn lines_make_a_paragraph_that_knows_where_its_characters_stand() {
    // Two full lines and a short one; the indent of the first is two characters.
    let full = "abcdefghij ".repeat(8);
    let lines = [(82.0, 700.0, full.trim()), (62.0, 684.0, full.trim()), (62.0, 668.0, "klm")];
    let mut content: String = lines.iter().map(|&(x, y, line)| text(x, y, line)).collect();
    content += &(0..6).map(|i| text(62.0, 640.0 - 40.0 * i as f32, full.trim())).collect::<String>();
    let document = page(&content);
    let first = paragraphs(&document)[0];
    assert!(first.text.starts_with("abcdefghij abc"), "{first:?}");
    let at = first.places(1..2)[0].rect.unwrap();
    assert_eq!((at.x0, at.x1), (87.0, 92.0));
    assert!((at.y0..at.y1).contains(&140.0), "{at:?}");
}

#[test]
fn a_chinese_font_that_is_not_embedded_is_read_by_its_name() {
    let document = page(&chinese(100.0, 700.0, "公务接待费 0.00 万元"));
    assert_eq!(paragraphs(&document)[0].text, "公务接待费 0.00 万元");
    assert!(document.notes.is_empty());
}

#[test]
fn absent_rules_merge_cells() {
    // The first row's second and third cell are one: the rule between them begins below it.
    let mut content: String = [700.0, 680.0, 660.0].iter().map(|&y| rule((100.0, y), (340.0, y))).collect();
    content += &[100.0, 180.0, 340.0].iter().map(|&x| rule((x, 700.0), (x, 660.0))).collect::<String>();
    content += &rule((260.0, 680.0), (260.0, 660.0));
    content += &(text(104.0, 687.0, "name") + &text(184.0, 687.0, "amount of the year"));
    content += &(text(104.0, 667.0, "a") + &text(184.0, 667.0, "1.00") + &text(264.0, 667.0, "2.00"));
    let document = page(&content);
    let table = tables(&document)[0];
    assert_eq!((table.rows(), table.columns()), (2, 3));
    assert_eq!(row(table, 0), ["name", "amount of the year"]);
    assert_eq!(table.cell(0, 2).unwrap().column_span, 2);
    assert_eq!(row(table, 1), ["a", "1.00", "2.00"]);
}

const XS: [f32; 4] = [100.0, 180.0, 260.0, 340.0];

#[test]
fn a_table_on_two_pages_is_one_and_its_second_header_is_counted() {
    let head: &[&str] = &["name", "budget", "spent"];
    let first = table(&XS, &[760.0, 740.0, 720.0], &[head, &["a", "1.00", "2.00"]]);
    let next = table(&XS, &[760.0, 740.0, 720.0], &[head, &["b", "3.00", "4.00"]]);
    let (first, next) = (first + &text(290.0, 30.0, "1"), next + &text(290.0, 30.0, "2"));
    let made = Made::with_pages(&[(&first, ""), (&next, "")]);
    let (document, repeated) = pdf::read_accounted(&made.bytes()).unwrap();
    let table = tables(&document)[0];
    assert_eq!((tables(&document).len(), table.rows(), table.parts.len()), (1, 3, 2));
    assert_eq!(row(table, 2), ["b", "3.00", "4.00"]);
    assert_eq!(table.parts[1].first_row, 2);
    assert_eq!(repeated, 15);
}

#[test]
fn a_page_that_is_turned_is_read_upright() {
    let upright = table(&XS, &[500.0, 480.0, 460.0], &[&["name", "x", "y"], &["a", "1.00", "2.00"]]);
    // The same drawing, turned by the page's entry and turned back by its own matrix.
    let turned = format!("0 -1 1 0 0 595 cm {upright}");
    let made = Made::with_pages(&[(&upright, ""), (&turned, "/Rotate 270"), (&turned, "")]);
    let document = read(&made);
    for (i, part) in tables(&document).iter().enumerate() {
        assert_eq!(row(part, 1), ["a", "1.00", "2.00"], "table {i}");
    }
    assert_eq!(document.pages[1].characters, document.pages[0].characters);
    assert_eq!(document.pages[2].characters, document.pages[0].characters);
}

#[test]
fn a_page_of_pictures_is_said_to_have_no_text() {
    let mut made = Made::with_pages(&[("500 0 0 700 40 60 cm /X Do", "")]);
    let entries = "/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8";
    made.x_object(entries, "0");
    let document = read(&made);
    assert!(has(&document, NoteKind::NoTextLayer), "{:?}", document.notes);
    assert_eq!((document.pages[0].pictures, document.pages[0].characters), (1, 0));
}

#[test]
fn an_empty_page_is_a_page_without_notes() {
    let document = page("");
    assert_eq!((document.pages.len(), document.blocks.len(), document.notes.len()), (1, 0, 0));
}

#[test]
fn a_page_whose_size_is_none_is_read_as_paper() {
    let words = text(100.0, 700.0, "still here");
    for side in ["9".repeat(40), "2000000".to_owned()] {
        let mut made = Made::with_pages(&[(&words, ""), (&words, "")]);
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {side} 842]/Contents {} 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            made::FIRST_PAGE + 1
        );
        made.replace(made::FIRST_PAGE, &page);
        let document = read(&made);
        assert!(document.pages[0].width < 600.0 && document.pages[0].height < 850.0, "{:?}", document.pages);
        let damaged: Vec<_> = document.notes.iter().filter(|note| note.kind == NoteKind::Damaged).collect();
        assert!(matches!(damaged[..], [note] if note.place.page == Some(1)), "{:?}", document.notes);
    }
}

#[test]
fn what_a_clip_hides_is_noted_and_not_read() {
    let hidden = format!("q 0 0 595 400 re W n {} Q {}", text(100.0, 700.0, "secret"), text(100.0, 300.0, "open"));
    let document = page(&hidden);
    assert_eq!(paragraphs(&document).len(), 1);
    assert!(has(&document, NoteKind::Clipped));
    assert!(document.notes[0].detail.contains("secret"));
}

#[test]
fn a_file_cut_short_or_with_a_false_cross_reference_is_still_read() {
    let mut made = Made::with_pages(&[(&text(100.0, 700.0, "still here"), "")]);
    let mut bytes = made.bytes();
    let xref = bytes.windows(5).rposition(|w| w == b"xref\n").unwrap() - 5;
    bytes.truncate(xref.min(bytes.windows(5).position(|w| w == b"xref\n").unwrap()));
    let document = mingzhang_read::read(&bytes).unwrap();
    assert_eq!(paragraphs(&document)[0].text, "still here");

    made.trailer = "/Info 77 0 R".into();
    let broken =
        String::from_utf8(made.bytes()).unwrap().replace("00000 n ", "00007 n ").replace("startxref\n", "startxref\n1");
    let document = mingzhang_read::read(broken.as_bytes()).unwrap();
    assert_eq!(paragraphs(&document)[0].text, "still here");
}

#[test]
fn every_cut_and_every_wrong_byte_ends_in_a_value() {
    let content = table(&XS, &[700.0, 680.0, 660.0], &[&["name", "x", "y"], &["a", "1.00", "2.00"]]);
    let bytes = Made::with_pages(&[(&content, "")]).bytes();
    let start = Instant::now();
    for end in (0..bytes.len()).step_by(41) {
        let _ = mingzhang_read::read(&bytes[..end]);
    }
    for at in (0..bytes.len()).step_by(17) {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0x15;
        let _ = pdf::read(&wrong);
    }
    assert!(start.elapsed() < 3 * PATIENCE, "{:?}", start.elapsed());
}

#[test]
fn a_file_with_a_password_is_encrypted() {
    let mut made = Made::with_pages(&[(&text(100.0, 700.0, "secret"), "")]);
    let zeros = "00".repeat(32);
    made.trailer = format!(
        "/Encrypt<</Filter/Standard/V 1/R 2/P -44/O<{zeros}>/U<{zeros}>>>/ID[<00112233445566778899AABBCCDDEEFF>\
         <00112233445566778899AABBCCDDEEFF>]"
    );
    assert_eq!(pdf::read(&made.bytes()), Err(Unreadable::Encrypted));
}

#[test]
fn a_page_tree_in_a_circle_ends() {
    let mut made = Made::with_pages(&[(&text(100.0, 700.0, "once"), "")]);
    made.replace(made::PAGES, "<</Type/Pages/Count 3/Kids[2 0 R 6 0 R 2 0 R]/Parent 2 0 R>>");
    let start = Instant::now();
    let read = pdf::read(&made.bytes());
    assert!(start.elapsed() < PATIENCE);
    assert!(matches!(&read, Err(Unreadable::Damaged(_))) || read.is_ok_and(|d| d.pages.len() <= 2));
}

#[test]
fn a_form_that_paints_itself_ends() {
    let mut made = Made::with_pages(&[(&("/X Do ".to_owned() + &text(100.0, 700.0, "after")), "")]);
    made.x_object("/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 99 0 R>>>>", "/X Do /X Do");
    let start = Instant::now();
    let document = read(&made);
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    assert_eq!(paragraphs(&document)[0].text, "after");
}

#[test]
fn forms_that_paint_each_other_twice_reach_a_limit() {
    let mut made = Made::with_pages(&[(&(text(100.0, 700.0, "before") + "/X Do"), "")]);
    for next in 100..130 {
        let entries = format!("/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X {next} 0 R>>>>");
        made.x_object(&entries, "/X Do /X Do");
    }
    let start = Instant::now();
    let document = read(&made);
    assert!(start.elapsed() < 3 * PATIENCE, "{:?}", start.elapsed());
    assert!(has(&document, NoteKind::Limit) && !has(&document, NoteKind::Damaged), "{:?}", document.notes);
    assert_eq!(paragraphs(&document)[0].text, "before");
}

#[test]
fn a_million_ruled_stretches_reach_a_limit_within_seconds() {
    use std::fmt::Write;
    let mut content = text(100.0, 700.0, "still here");
    for i in 0..1_000_000 {
        let (x, y) = (i % 500, i / 500 % 800);
        let _ = writeln!(content, "{x} {y} m {} {y} l S", x + 9);
    }
    let start = Instant::now();
    let document = page(&content);
    assert!(start.elapsed() < 3 * PATIENCE, "{:?}", start.elapsed());
    assert!(has(&document, NoteKind::Limit));
    assert_eq!(paragraphs(&document)[0].text, "still here");
}

fn real() -> Vec<std::path::PathBuf> {
    let mut files = shared::files("corpus/pdf", ".pdf");
    files.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    files
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn every_visible_character_of_real_files_stands_in_a_block() {
    for path in real() {
        let start = Instant::now();
        let (document, repeated) = pdf::read_accounted(&bytes(&path)).unwrap();
        assert!(start.elapsed() < PATIENCE, "{}: {:?}", path.display(), start.elapsed());
        let on_pages: usize = document.pages.iter().map(|page| page.characters as usize).sum();
        assert_eq!(in_blocks(&document) + repeated as usize, on_pages, "{}", path.display());
        assert!(!has(&document, NoteKind::Damaged), "{}: {:?}", path.display(), document.notes);
    }
}

#[test]
fn the_same_bytes_give_the_same_document() {
    for path in real().iter().step_by(7) {
        let bytes = bytes(path);
        assert!(pdf::read(&bytes) == pdf::read(&bytes), "{}", path.display());
    }
}
