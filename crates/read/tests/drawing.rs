//! Pages as they are drawn: what is drawn is what is read, in the same geometry.
//!
//! The real files stand beside the repository; where they are absent their tests say so and pass.

#[path = "pdf/made.rs"]
mod made;

use made::{Made, chinese, rule, table, text};
use mingzhang_model::document::{Block, Document, NoteKind, Rect};
use mingzhang_model::drawing::{Brush, Colour, Drawing, Family, Shape, Weight, Writing};
use mingzhang_read::pdf;
use mingzhang_testkit::shared;
use std::time::{Duration, Instant};

/// What any page may cost, hostile or real, on a slow and busy machine without optimisation.
const PATIENCE: Duration = Duration::from_secs(20);

fn drawn(made: &Made) -> Drawing {
    mingzhang_read::drawing(&made.bytes(), 1).unwrap().unwrap()
}

fn page(content: &str) -> Drawing {
    drawn(&Made::with_pages(&[(content, "")]))
}

fn texts(drawing: &Drawing) -> Vec<&str> {
    drawing.writing.iter().map(|writing| writing.text.as_str()).collect()
}

fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
    Rect { x0, y0, x1, y1 }
}

#[test]
fn text_is_drawn_where_it_is_printed() {
    let drawing = page(&(text(100.0, 700.0, "ab c") + &chinese(100.0, 600.0, "万元")));
    assert_eq!((drawing.width, drawing.height, texts(&drawing)), (595.0, 842.0, vec!["ab c", "万元"]));
    let line = &drawing.writing[0];
    assert_eq!((line.origin.x, line.origin.y, line.size), (100.0, 142.0, 10.0));
    assert_eq!(line.offsets, [0.0, 5.0, 10.0, 15.0, 20.0]);
    assert_eq!((line.turn, line.colour), (None, Colour::BLACK));
    let boxes: Vec<(char, Rect)> = line.boxes().collect();
    assert_eq!((boxes[3].1.x0, boxes[3].1.x1), (115.0, 120.0));
}

#[test]
fn backgrounds_rules_and_other_forms_are_told_apart() {
    let content = "0.8 0.9 1 rg 100 700 50 20 re f 1 0 0 RG 2 w 100 650 m 200 650 l S \
                   0 0 1 rg 300 300 m 350 300 l 320 340 l f* 10 10 m 20 60 80 60 90 10 c S";
    let drawing = page(content);
    let kinds: Vec<String> = drawing.shapes.iter().map(kind).collect();
    assert_eq!(kinds, ["area", "line", "FillEvenOdd", "Stroke(2.0)"]);
    let Shape::Area { rect: area, colour } = &drawing.shapes[0] else { panic!("{:?}", drawing.shapes[0]) };
    assert_eq!((*area, *colour), (rect(100.0, 122.0, 150.0, 142.0), Colour(204, 230, 255)));
    let Shape::Line { from, to, width, colour } = &drawing.shapes[1] else { panic!("{:?}", drawing.shapes[1]) };
    assert_eq!((from.y, to.y, *width, *colour), (192.0, 192.0, 2.0, Colour(255, 0, 0)));
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Area { .. } => "area".into(),
        Shape::Line { .. } => "line".into(),
        Shape::Outline { brush, .. } => format!("{brush:?}"),
        Shape::Picture { .. } => "picture".into(),
    }
}

#[test]
fn a_clip_cuts_what_is_drawn() {
    let hidden = text(100.0, 700.0, "secret") + &text(100.0, 300.0, "open");
    let content = format!("q 0 0 595 400 re W n 1 0 0 rg 50 350 100 100 re f 10 500 20 20 re f {hidden} Q");
    let drawing = page(&content);
    assert_eq!(texts(&drawing), ["open"]);
    assert_eq!(drawing.shapes, [Shape::Area { rect: rect(50.0, 442.0, 150.0, 492.0), colour: Colour(255, 0, 0) }]);
}

#[test]
fn an_outline_that_reaches_out_of_a_clip_knows_it() {
    let drawing = page("q 0 0 300 400 re W n 1 0 0 rg 200 300 m 400 300 l 300 350 l f Q");
    let Shape::Outline { within, brush, .. } = &drawing.shapes[0] else { panic!("{:?}", drawing.shapes) };
    assert_eq!((*within, *brush), (Some(rect(0.0, 442.0, 300.0, 842.0)), Brush::Fill));
}

#[test]
fn a_stroke_around_letters_makes_them_bold_and_prints_them_once() {
    let drawing = page(&format!("2 Tr {} 0 Tr {}", text(100.0, 700.0, "bold"), text(100.0, 600.0, "plain")));
    let looks: Vec<(&str, Weight)> = drawing.writing.iter().map(|w| (w.text.as_str(), w.face.weight)).collect();
    assert_eq!(looks, [("bold", Weight::Bold), ("plain", Weight::Regular)]);
}

#[test]
fn a_font_that_is_not_embedded_is_some_font() {
    let drawing = page(&text(100.0, 700.0, "abc"));
    assert_eq!(drawing.writing[0].face.family, Family::Roman);
}

#[test]
fn a_picture_is_the_place_that_it_covers() {
    let mut made = Made::with_pages(&[("500 0 0 700 40 60 cm /X Do", "")]);
    made.x_object("/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", "0");
    let drawing = drawn(&made);
    assert_eq!(drawing.shapes, [Shape::Picture { rect: rect(40.0, 82.0, 540.0, 782.0) }]);
}

#[test]
fn a_page_that_is_turned_is_drawn_upright() {
    let xs = [100.0, 180.0, 260.0, 340.0];
    let upright = table(&xs, &[500.0, 480.0, 460.0], &[&["name", "x", "y"], &["a", "1.00", "2.00"]]);
    let turned = format!("0 -1 1 0 0 595 cm {upright}");
    let made = Made::with_pages(&[(&upright, ""), (&turned, "/Rotate 270"), (&turned, "")]);
    let drawings = mingzhang_read::drawings(&made.bytes()).unwrap();
    for drawing in &drawings[1..] {
        assert_eq!(texts(drawing), texts(&drawings[0]));
        assert!(drawing.writing.iter().all(|w| w.turn.is_none()), "{:?}", drawing.writing);
        assert_eq!((drawing.width, drawing.height), (842.0, 595.0));
    }
    // Turned by the reader: the same places as in the document.
    same_as_read(&made.bytes(), "made by hand");
}

#[test]
fn writing_that_is_askew_keeps_its_turn() {
    let askew = "q 0.8 0.6 -0.6 0.8 300 300 cm ".to_owned() + &text(0.0, 0.0, "draft") + " Q";
    let drawing = page(&(text(100.0, 700.0, "upright text of the page") + &askew));
    let mark = &drawing.writing[1];
    let [right, down] = mark.turn.unwrap();
    assert_eq!(mark.text, "draft");
    assert!((right.x - 0.8).abs() < 0.001 && (right.y + 0.6).abs() < 0.001, "{right:?}");
    assert!((down.x - 0.6).abs() < 0.001 && (down.y - 0.8).abs() < 0.001, "{down:?}");
}

#[test]
fn hostile_pages_end_in_a_drawing() {
    for entries in
        ["/MediaBox[0 0 0 0]", "/MediaBox[0 0 1e30 1e30]", "/MediaBox[9 9 -9 -9]", "/UserUnit 1e9", "/Rotate 45"]
    {
        let made = Made::with_pages(&[(&(text(1.0, 1.0, "x") + &rule((0.0, 0.0), (5.0, 0.0))), entries)]);
        let (read, drawn) = (mingzhang_read::read(&made.bytes()), mingzhang_read::drawings(&made.bytes()));
        assert_eq!(read.is_ok(), drawn.is_ok(), "{entries}");
        let Ok(drawn) = drawn else { continue };
        assert!(drawn.iter().all(|page| page.width.is_finite() && page.height.is_finite()), "{entries}");
        same_as_read(&made.bytes(), entries);
    }
    let wild = page("1e38 0 0 1e38 0 0 cm 0 0 1e38 1e38 re f 0 0 m 1e38 1e38 l S BT /F1 1e38 Tf (x) Tj ET");
    let finite = |shape: &Shape| !matches!(shape, Shape::Area { rect, .. } if !rect.x1.is_finite());
    assert!(wild.shapes.iter().all(finite), "{:?}", wild.shapes);
}

#[test]
fn a_page_tree_in_a_circle_ends() {
    let mut made = Made::with_pages(&[(&text(100.0, 700.0, "once"), "")]);
    made.replace(made::PAGES, "<</Type/Pages/Count 3/Kids[2 0 R 6 0 R 2 0 R]/Parent 2 0 R>>");
    let (read, drawn) = (mingzhang_read::read(&made.bytes()), mingzhang_read::drawings(&made.bytes()));
    assert_eq!(read.map(|document| document.pages.len()), drawn.map(|pages| pages.len()));
}

#[test]
fn more_strokes_than_a_page_may_have_are_noted() {
    let many: String = (0..pdf::MAX_STROKES + 9).map(|i| format!("{} {} 1 2 re f ", i % 500, i / 500)).collect();
    let start = Instant::now();
    let drawing = page(&(many + &text(100.0, 700.0, "still here")));
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    assert_eq!((drawing.shapes.len(), texts(&drawing)), (pdf::MAX_STROKES, vec!["still here"]));
    assert!(drawing.notes.iter().any(|note| note.kind == NoteKind::Limit), "{:?}", drawing.notes);
}

#[test]
fn there_is_no_drawing_of_a_page_that_is_not_there() {
    let bytes = Made::with_pages(&[("", "")]).bytes();
    for number in [0, 2, u32::MAX] {
        assert_eq!(mingzhang_read::drawing(&bytes, number).unwrap(), None);
    }
    assert_eq!(mingzhang_read::drawing("收入预算".as_bytes(), 1).unwrap(), None);
}

/// Every page of the file is drawn with the characters that are read of it, each where the document says.
fn same_as_read(bytes: &[u8], name: &str) {
    let document = mingzhang_read::read(bytes).unwrap();
    let drawings = mingzhang_read::drawings(bytes).unwrap();
    assert_eq!(document.pages.len(), drawings.len(), "{name}");
    for (page, drawing) in document.pages.iter().zip(&drawings) {
        let place = format!("{name}, page {}", page.number);
        assert_eq!(page.characters as usize, drawing.characters(), "{place}");
        assert_eq!((page.number, page.width, page.height), (drawing.page, drawing.width, drawing.height), "{place}");
        assert!(drawing.writing.iter().all(well_formed), "{place}");
    }
    places_are_inked(&document, &drawings, name);
}

fn well_formed(writing: &Writing) -> bool {
    let count = writing.text.chars().count();
    count > 0 && writing.offsets.len() == count + 1 && writing.offsets.iter().all(|v| v.is_finite())
}

/// Each printed line of a paragraph lies over the drawn characters of its first and last word.
fn places_are_inked(document: &Document, drawings: &[Drawing], name: &str) {
    let lines = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    });
    for paragraph in lines {
        for line in &paragraph.lines {
            let (Some(page), Some(rect)) = (line.place.page, line.place.rect) else { continue };
            let first = paragraph.text[line.start..].chars().find(|c| !c.is_whitespace()).unwrap_or_default();
            let drawing = &drawings[page as usize - 1];
            let touches =
                |at: &Rect| at.x0 < rect.x1 + 0.5 && rect.x0 < at.x1 + 0.5 && at.y0 < rect.y1 && rect.y0 < at.y1;
            let found = drawing.writing.iter().flat_map(Writing::boxes).any(|(c, at)| c == first && touches(&at));
            assert!(found, "{name}, page {page}: {first:?} at {rect:?} of {:?}", paragraph.text);
        }
    }
}

#[test]
fn what_is_drawn_of_real_files_is_what_is_read() {
    let mut files = shared::files("corpus/pdf", ".pdf");
    files.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    for path in files.iter().step_by(3) {
        let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        same_as_read(&bytes, &path.display().to_string());
    }
}
