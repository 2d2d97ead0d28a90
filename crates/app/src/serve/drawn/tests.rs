//! Pages as SVG: what is text, what is marked, and that real pages stay light. How they look is for the eye.

use super::*;
use crate::pipeline::Detail;
use mingzhang_model::document::{Block, Cell, Document, Format, Line, Page, Paragraph, Place, Table};
use mingzhang_model::drawing::Shape;
use mingzhang_model::finding::{Finding, Related};
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Severity;
use mingzhang_testkit::shared;

/// What a typical page may weigh before it is packed, in bytes.
const TYPICAL: usize = 60_000;

fn written(text: &str) -> Writing {
    Writing {
        text: text.into(),
        origin: Point { x: 20.0, y: 30.0 },
        offsets: (0..=text.chars().count()).map(|i| i as f32 * 10.0).collect(),
        size: 10.0,
        face: Face::default(),
        colour: Colour::BLACK,
        turn: None,
        outline: Vec::new(),
    }
}

fn page(writing: Vec<Writing>) -> Drawing {
    Drawing { page: 1, width: 200.0, height: 100.0, writing, ..Drawing::default() }
}

fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
    Rect { x0, y0, x1, y1 }
}

fn marked(finding: usize, place: usize, rects: &[Rect]) -> Mark {
    Mark {
        finding,
        place,
        part: 0,
        role: if place == 0 { Role::Here } else { Role::There },
        severity: Severity::Error,
        rects: rects.to_vec(),
        href: format!("#f{finding}"),
        label: "<合计>".into(),
    }
}

/// The text of all elements of one name, in order.
fn texts(svg: &str, name: &str) -> Vec<String> {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg}"));
    let nodes = tree.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
    nodes.map(|node| node.descendants().filter_map(|n| if n.is_text() { n.text() } else { None }).collect()).collect()
}

#[test]
fn text_is_text_at_its_places_and_never_markup() {
    let svg = svg(&page(vec![written("a<b&c\u{7}d")]), &[], "第 \"1\" 页");
    assert_eq!(texts(&svg, "text"), ["a<b&cd"]);
    assert!(svg.contains("<text x=\"20 30 40 50 60 80\" y=\"30\">a&lt;b&amp;cd</text>"), "{svg}");
    assert!(svg.contains("aria-label=\"第 &quot;1&quot; 页\""), "{svg}");
}

#[test]
fn characters_beyond_the_first_plane_stand_alone_and_broad_letters_in_their_half_em() {
    let broad = Writing { offsets: vec![0.0, 5.0, 10.0, 15.0], ..written("3%;") };
    let svg = svg(&page(vec![written("甲𠀀乙"), broad]), &[], "1");
    assert_eq!(texts(&svg, "text"), ["甲", "𠀀", "乙", "3%;"]);
    assert!(svg.contains(">3<tspan textLength=\"5\" lengthAdjust=\"spacingAndGlyphs\">%</tspan>;</text>"), "{svg}");
}

#[test]
fn every_face_has_a_style() {
    use mingzhang_model::drawing::Family::{FangSong, Hei, Kai, Roman, Sans, Song};
    for family in [FangSong, Hei, Kai, Roman, Sans, Song] {
        let name = class(Face { family, weight: Weight::Bold });
        let rules: Vec<String> = name.split(' ').map(|class| format!(".drawn .{class} {{")).collect();
        assert!(rules.iter().all(|rule| STYLE.contains(rule)), "{name}");
    }
}

#[test]
fn turned_lines_and_strange_signs_are_drawn() {
    let turn = Some([Point { x: 0.0, y: 1.0 }, Point { x: -1.0, y: 0.0 }]);
    let outline = vec![mingzhang_model::drawing::Step::Move(Point { x: 1.0, y: 2.25 })];
    let lines = vec![Writing { turn, ..written("ab") }, Writing { outline, ..written("\u{fffd}") }];
    let svg = svg(&page(lines), &[], "1");
    let matrix = "transform=\"matrix(0.0000 1.0000 -1.0000 0.0000 20 30)\"";
    assert!(svg.contains(&format!("<text x=\"0 10\" {matrix}>ab</text>")), "{svg}");
    assert!(svg.contains("<path d=\"M1 2.25\"/>"), "{svg}");
}

#[test]
fn a_mark_is_a_link_with_a_name_and_its_number_beside_it() {
    let marks = [marked(3, 1, &[rect(20.0, 20.0, 50.0, 32.0)]), marked(3, 0, &[rect(100.0, 60.0, 130.0, 72.0)])];
    let svg = svg(&page(vec![written("一二三")]), &marks, "1");
    assert!(svg.contains("<a id=\"f3-1\" class=\"mark there error of-f3\" href=\"#f3\""), "{svg}");
    assert!(svg.contains("<a id=\"f3-0\" class=\"mark here error of-f3\""), "{svg}");
    assert_eq!(texts(&svg, "title"), ["3 <合计>", "3 <合计>"]);
    assert_eq!(texts(&svg, "a").iter().filter(|text| text.ends_with('3')).count(), 2);
}

#[test]
fn a_mark_outside_of_the_page_is_none() {
    for away in [rect(300.0, 10.0, 310.0, 20.0), rect(f32::NAN, f32::NAN, f32::NAN, f32::NAN)] {
        let svg = svg(&page(Vec::new()), &[marked(1, 0, &[away])], "1");
        assert!(!svg.contains("NaN") && texts(&svg, "title").len() <= 1, "{svg}");
    }
    let nothing = Drawing { width: 0.0, height: 0.0, ..page(Vec::new()) };
    assert!(!svg(&nothing, &[marked(1, 0, &[rect(0.0, 0.0, 1.0, 1.0)])], "1").contains("<a "));
}

#[test]
fn a_huge_page_is_still_markup() {
    let shape = Shape::Area { rect: rect(-1e30, 0.0, 1e30, f32::INFINITY), colour: Colour::BLACK };
    let huge = Drawing { width: 1e30, height: 1e30, shapes: vec![shape], ..page(vec![written("x")]) };
    assert_eq!(texts(&svg(&huge, &[], "1"), "text"), ["x"]);
}

fn on(page: u32, rect: Rect) -> Place {
    Place { page: Some(page), rect: Some(rect), ..Place::default() }
}

/// A paragraph over two pages, and a table.
fn document() -> Document {
    let edges = |from: f32, count: usize| (0..=count).map(|i| from + 10.0 * i as f32).collect();
    let line = |start, page, count| Line {
        start,
        place: on(page, rect(10.0, 10.0, 10.0 + 10.0 * count as f32, 20.0)),
        edges: edges(10.0, count),
    };
    let paragraph = Paragraph { text: "占比71.73%".into(), lines: vec![line(0, 1, 4), line(8, 2, 4)] };
    let cell = Cell {
        row_span: 1,
        column_span: 1,
        text: "10".into(),
        place: on(2, rect(50.0, 50.0, 90.0, 60.0)),
        ..Cell::default()
    };
    let page = |number| Page { number, width: 200.0, height: 100.0, ..Page::default() };
    Document {
        format: Format::Pdf,
        pages: vec![page(1), page(2)],
        blocks: vec![Block::Paragraph(paragraph), Block::Table(Table::tiled(1, 1, vec![cell]).unwrap())],
        notes: Vec::new(),
    }
}

fn finding(quote: &str) -> Finding {
    let at = |place, quote: &str| Locator { place, quote: Some(quote.into()), ..Locator::default() };
    Finding {
        rule: "NA005".into(),
        name: "share-mismatch".into(),
        severity: Severity::Error,
        message: "占比不符".into(),
        location: at(on(1, rect(10.0, 10.0, 50.0, 20.0)), quote),
        related: vec![Related { label: "决算表".into(), location: at(on(2, rect(50.0, 50.0, 90.0, 60.0)), "10") }],
        expected: None,
        found: None,
        difference: None,
        basis: Vec::new(),
        culprit: None,
        also: Vec::new(),
        fingerprint: String::new(),
    }
}

#[test]
fn both_sides_of_a_contradiction_are_marked_on_their_pages() {
    let pages = marks_of(&document(), &[&finding("71.73%")], |finding, place| format!("#to-{finding}-{place}"));
    let short: Vec<(u32, String, Role, &[Rect])> =
        pages.iter().flat_map(|(page, marks)| marks.iter().map(|m| (*page, m.id(), m.role, &m.rects[..]))).collect();
    let here = [rect(30.0, 10.0, 50.0, 20.0)];
    let goes_on = [rect(10.0, 10.0, 50.0, 20.0)];
    let there = [rect(50.0, 50.0, 90.0, 60.0)];
    let expected = [
        (1, "f1-0".to_owned(), Role::Here, &here[..]),
        (2, "f1-1".to_owned(), Role::There, &there[..]),
        (2, "f1-0-1".to_owned(), Role::Here, &goes_on[..]),
    ];
    assert_eq!(short, expected);
    let there = &pages[&2][0];
    assert_eq!((there.href.as_str(), there.label.as_str()), ("#to-1-1", "决算表"));
    assert_eq!(place_id(1, 1), there.id());
}

#[test]
fn words_that_are_not_found_are_marked_as_the_line_that_they_stand_in() {
    let pages = marks_of(&document(), &[&finding("别的")], |_, _| String::new());
    assert_eq!(pages[&1][0].rects, [rect(10.0, 10.0, 50.0, 20.0)]);
}

/// Real documents: what is marked lies on its page and over what is quoted, and pages are light.
#[test]
fn marks_of_real_documents_lie_over_what_they_quote() {
    let mut files = shared::files("corpus/pdf", ".pdf");
    files.retain(|path| path.extension().is_some_and(|e| e == "pdf"));
    let (mut marks, mut pages, mut heavy) = (0, 0, 0);
    for path in files.iter().step_by(9) {
        let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let document = mingzhang_read::read(&bytes).unwrap();
        let facts = mingzhang_extract::extract(&document);
        let checkup = crate::pipeline::judged(document, facts, None, Detail::Document);
        let document = &checkup.sheet.as_ref().unwrap().document;
        let findings: Vec<&Finding> = checkup.report.findings().collect();
        let drawings = mingzhang_read::drawings(&bytes).unwrap();
        let of_page = marks_of(document, &findings, |finding, _| format!("#f{finding}"));
        for drawing in &drawings {
            let here = of_page.get(&drawing.page).map(Vec::as_slice).unwrap_or_default();
            let svg = svg(drawing, here, &format!("第 {} 页", drawing.page));
            roxmltree::Document::parse(&svg).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            for mark in here {
                lies_over_its_quote(mark, findings[mark.finding - 1], drawing, &path.display().to_string());
            }
            (marks, pages, heavy) = (marks + here.len(), pages + 1, heavy + usize::from(svg.len() > TYPICAL));
        }
    }
    eprintln!("{marks} marks on {pages} pages, {heavy} of them over {TYPICAL} bytes");
    assert!(files.is_empty() || marks > 20, "{marks} marks");
    assert!(heavy * 50 <= pages, "{heavy} of {pages} pages are heavy");
}

fn lies_over_its_quote(mark: &Mark, finding: &Finding, drawing: &Drawing, name: &str) {
    let locator = match mark.place {
        0 => &finding.location,
        place => &finding.related[place - 1].location,
    };
    let place = format!("{name}, page {}, {} {:?}", drawing.page, mark.id(), mark.rects);
    for rect in &mark.rects {
        let inside =
            rect.x0 > -1.0 && rect.y0 > -1.0 && rect.x1 < drawing.width + 1.0 && rect.y1 < drawing.height + 1.0;
        assert!(inside, "{place}");
    }
    let within = |at: &Rect| {
        let touches = |r: &Rect| at.x0 < r.x1 && r.x0 < at.x1 && at.y0 < r.y1 && r.y0 < at.y1;
        mark.rects.iter().any(touches)
    };
    // A number is quoted with its separators, wherever the page prints it without.
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect::<String>();
    let there = drawing.writing.iter().flat_map(Writing::boxes).filter(|(_, at)| within(at)).map(|(c, _)| c);
    let there = bare(&there.collect::<String>());
    let quote = bare(locator.quote.as_deref().unwrap_or_default());
    let drawn = quote.chars().all(|char| there.contains(char));
    let cut = mark.part > 0 || locator.place.page != Some(drawing.page);
    // The code of a row that prints its name alone is known by the name.
    let named = !quote.is_empty() && quote.bytes().all(|byte| byte.is_ascii_digit());
    assert!(drawn || cut || named, "{place}: {quote:?} in {there:?}");
}
