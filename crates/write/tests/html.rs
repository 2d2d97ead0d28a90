//! The HTML of a disclosure is well formed, complete, and leads from every number to its evidence and back.

#[path = "forms/mod.rs"]
mod forms;
#[path = "sample/mod.rs"]
mod sample;

use mingzhang_write::html;
use mingzhang_write::manuscript::*;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::{BTreeMap, BTreeSet};

fn parsed(page: &str) -> Document<'_> {
    Document::parse_with_options(page, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }).unwrap()
}

fn elements<'a>(document: &'a Document<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.has_tag_name(name))
}

fn words(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// Checks what is true of every page.
fn check(manuscript: &Manuscript) {
    let page = html::write(manuscript);
    let document = parsed(&page);
    let mut ids = BTreeMap::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id") {
            assert!(ids.insert(id, node).is_none(), "two elements are {id}");
        }
    }
    for link in elements(&document, "a") {
        let target = link.attribute("href").and_then(|href| href.strip_prefix('#')).expect("only links into the page");
        assert!(ids.contains_key(target), "{target} is nowhere");
    }
    for name in ["headers", "aria-labelledby"] {
        for node in document.descendants() {
            for id in node.attribute(name).unwrap_or_default().split_whitespace() {
                assert!(ids.contains_key(id), "{name} {id} is nowhere");
                assert!(name != "headers" || ids[id].has_tag_name("th"), "{id} is no header");
            }
        }
    }
    let ranks: Vec<u32> =
        document.descendants().filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok()).collect();
    assert_eq!(ranks.iter().filter(|rank| **rank == 1).count(), 1);
    assert!(ranks.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{ranks:?}");
    assert_eq!(elements(&document, "script").count(), 0);
    assert_eq!(elements(&document, "main").count(), 1);
    let tables: Vec<Node> = elements(&document, "table").filter(|t| t.attribute("class") != Some("lines")).collect();
    let grids = manuscript.pieces.iter().filter_map(|piece| match piece {
        Piece::Grid(grid) => Some(grid),
        _ => None,
    });
    assert_eq!(tables.len(), grids.clone().count());
    for (table, grid) in tables.into_iter().zip(grids) {
        assert_eq!(cells(table), expected(grid), "{}", grid.title);
    }
}

type Placed = (u32, u32, u32, u32, String);

/// The cells of a table where a browser places them.
fn cells(table: Node) -> BTreeSet<Placed> {
    let mut taken = BTreeSet::new();
    let mut cells = BTreeSet::new();
    for (row, tr) in (0..).zip(table.descendants().filter(|node| node.has_tag_name("tr"))) {
        let mut column = 0;
        for cell in tr.children().filter(Node::is_element) {
            while taken.contains(&(row, column)) {
                column += 1;
            }
            let span = |name| cell.attribute(name).map_or(1, |span| span.parse().unwrap());
            let (rows, columns) = (span("rowspan"), span("colspan"));
            for place in (row..row + rows).flat_map(|row| (column..column + columns).map(move |at| (row, at))) {
                assert!(taken.insert(place), "two cells at {place:?}");
            }
            cells.insert((row, column, rows, columns, words(cell)));
        }
    }
    cells
}

fn expected(grid: &Grid) -> BTreeSet<Placed> {
    grid.cells.iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.text.clone())).collect()
}

#[test]
fn the_sample_and_made_up_disclosures_are_sound() {
    check(&sample::manuscript());
    (0..300).for_each(|seed| check(&forms::manuscript(seed)));
    check(&Manuscript::default());
}

#[test]
fn the_same_manuscript_is_the_same_page() {
    assert_eq!(html::write(&sample::manuscript()), html::write(&sample::manuscript()));
}

#[test]
fn a_page_needs_nothing_else() {
    let page = html::write(&sample::manuscript());
    for reference in ["http:", "https:", "src=", "url(", "@import", "<link", "<script", "javascript:"] {
        assert!(!page.contains(reference), "{reference}");
    }
}

#[test]
fn a_page_has_its_language_title_contents_and_a_way_past_them() {
    let page = html::write(&sample::manuscript());
    let document = parsed(&page);
    assert_eq!(document.root_element().attribute("lang"), Some("zh-CN"));
    assert_eq!(words(elements(&document, "title").next().unwrap()), "云麓区档案馆2025年部门预算");
    assert_eq!(words(elements(&document, "h1").next().unwrap()), "云麓区2025年部门预算");
    let skip = elements(&document, "a").next().unwrap();
    assert_eq!((skip.attribute("class"), skip.attribute("href")), (Some("skip"), Some("#main")));
    let nav = elements(&document, "nav").next().unwrap();
    let listed: Vec<String> = nav.descendants().filter(|node| node.has_tag_name("a")).map(words).collect();
    assert_eq!(listed.len(), 5 + 3 + 1);
    assert_eq!((listed[0].as_str(), listed[4].as_str()), ("第一部分　部门概况", "1.2025年部门支出预算总表"));
    for region in document.descendants().filter(|node| node.attribute("role") == Some("region")) {
        assert_eq!(region.attribute("tabindex"), Some("0"));
        assert!(region.attribute("aria-labelledby").is_some());
    }
}

#[test]
fn every_number_with_evidence_leads_to_it_and_it_leads_to_its_lines_and_back() {
    let manuscript = sample::manuscript();
    let page = html::write(&manuscript);
    let document = parsed(&page);
    let numbers: Vec<Node> = elements(&document, "a").filter(|a| a.attribute("class") == Some("n")).collect();
    let mut rests = 0;
    for piece in &manuscript.pieces {
        match piece {
            Piece::Paragraph(paragraph) => rests += paragraph.runs.iter().filter(|run| run.evidence.is_some()).count(),
            Piece::Grid(grid) => rests += grid.cells.iter().filter(|cell| cell.evidence.is_some()).count(),
            _ => {}
        }
    }
    assert_eq!(numbers.len(), rests);
    assert!(numbers.iter().all(|number| number.attribute("href") == Some("#e0")));
    let evidence = document.descendants().find(|node| node.attribute("id") == Some("e0")).unwrap();
    let links: Vec<&str> = evidence.descendants().filter_map(|node| node.attribute("href")).collect();
    assert_eq!(links[..3], ["#p0", "#p1", "#n1"]);
    let lines = elements(&document, "tr").find(|tr| tr.attribute("id") == Some("p0")).unwrap();
    assert!(words(lines).contains("12–14、40"));
}

#[test]
fn a_line_behind_several_numbers_stands_once() {
    let part = |amount: &str| Part { what: "基本工资".into(), amount: amount.into(), entries: vec![1] };
    let mut evidence = ["1.00元", "2.00元"]
        .map(|amount| Evidence { what: format!("数字{amount}"), parts: vec![part(amount)] })
        .to_vec();
    evidence[0].parts.push(part("0.50元"));
    let page = html::write(&Manuscript { evidence, ..Manuscript::default() });
    assert_eq!((page.matches("id=\"p0\"").count(), page.matches("id=\"p1\"").count()), (1, 0));
    assert_eq!(page.matches("href=\"#p0\"").count(), 3);
    assert!(["1.00元", "0.50元", "2.00元"].iter().all(|amount| page.contains(amount)));
    let document = parsed(&page);
    let line = elements(&document, "tr").find(|tr| tr.attribute("id") == Some("p0")).unwrap();
    let used: Vec<&str> = line.descendants().filter_map(|node| node.attribute("href")).collect();
    assert_eq!(used, ["#e0", "#e1"]);
}

#[test]
fn a_cell_under_merged_headers_says_which_are_its_headers() {
    let page = html::write(&sample::manuscript());
    let document = parsed(&page);
    let table = elements(&document, "table").next().unwrap();
    let by_id: BTreeMap<&str, Node> =
        table.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let cell = table.descendants().find(|node| node.has_tag_name("td") && words(*node) == "101,234").unwrap();
    let heads: Vec<String> = cell.attribute("headers").unwrap().split(' ').map(|id| words(by_id[id])).collect();
    assert_eq!(heads, ["支出预算", "合计", "档案事务"]);
    let scope = |text: &str| table.descendants().find(|node| words(*node) == text).unwrap().attribute("scope");
    assert_eq!([scope("项目"), scope("基本支出"), scope("档案事务")], [Some("colgroup"), Some("col"), Some("row")]);
    assert_eq!(table.descendants().filter(|node| node.has_tag_name("thead")).count(), 1);
}

#[test]
fn no_text_of_a_disclosure_becomes_markup() {
    const EVIL: &str = "<script>alert('1')</script>\"&amp;\u{0}\u{1b}]]>";
    const SHOWN: &str = "<script>alert('1')</script>\"&amp;]]>";
    let mut manuscript = sample::manuscript();
    (manuscript.title, manuscript.body) = (EVIL.into(), EVIL.into());
    manuscript.evidence[0].what = EVIL.into();
    manuscript.evidence[0].parts[0].what = EVIL.into();
    for piece in &mut manuscript.pieces {
        match piece {
            Piece::Cover(lines) => lines.fill(EVIL.into()),
            Piece::Heading(heading) => heading.text = EVIL.into(),
            Piece::Paragraph(paragraph) => paragraph.runs[0].text = EVIL.into(),
            Piece::Grid(grid) => {
                for text in [&mut grid.title, &mut grid.slot, &mut grid.unit, &mut grid.code] {
                    *text = EVIL.into();
                }
                grid.cells.iter_mut().for_each(|cell| cell.text = EVIL.into());
                grid.notes = vec![EVIL.into()];
                grid.number = Some(EVIL.into());
            }
            _ => {}
        }
    }
    let page = html::write(&manuscript);
    let document = parsed(&page);
    assert_eq!(elements(&document, "script").count(), 0);
    assert!(!page.chars().any(|c| c.is_control() && c != '\n'));
    assert_eq!(words(elements(&document, "title").next().unwrap()), SHOWN);
    let author = elements(&document, "meta").find(|meta| meta.attribute("name") == Some("author")).unwrap();
    assert_eq!(author.attribute("content"), Some(SHOWN));
    let cell = elements(&document, "table").next().unwrap().descendants().find(|node| node.has_tag_name("td"));
    assert_eq!(words(cell.unwrap_or(document.root_element())), SHOWN);
}

#[test]
fn a_table_of_3000_rows_is_written_whole() {
    let mut manuscript = sample::manuscript();
    manuscript.pieces.push(Piece::Grid(sample::coded(3_000)));
    check(&manuscript);
}

#[test]
fn a_page_begins_with_what_follows_a_break() {
    let page = html::write(&sample::manuscript());
    let document = parsed(&page);
    let class = |node: &Node| node.attribute("class").is_some_and(|class| class.split(' ').any(|name| name == "break"));
    let breaks: Vec<String> = document.descendants().filter(class).map(words).collect();
    assert_eq!(breaks, ["第二部分　部门预算表"]);
}

#[test]
fn a_keyboard_can_pass_a_table_with_many_links() {
    let page = html::write(&sample::manuscript());
    let document = parsed(&page);
    let skips: Vec<&str> = elements(&document, "a")
        .filter(|a| a.attribute("class") == Some("skip"))
        .filter_map(|a| a.attribute("href"))
        .collect();
    assert_eq!(skips.len(), 2, "past the contents and past the table of 60 rows: {skips:?}");
    let target = document.descendants().find(|node| node.attribute("id") == skips[1].strip_prefix('#')).unwrap();
    assert_eq!(target.attribute("tabindex"), Some("-1"));
}

#[test]
fn odd_manuscripts_are_sound() {
    let blank = Grid { title: String::new(), header_rows: 0, ..sample::wide() };
    let head_only = Grid { header_rows: 9, ..sample::wide() };
    let pieces = vec![
        Piece::Contents,
        Piece::Heading(Heading { level: 5, ordinal: None, text: "甲".into(), listed: true }),
        Piece::Grid(blank),
        Piece::Cover(vec!["后面的封面".into(), "乙".into()]),
        Piece::Heading(Heading { level: 9, ordinal: Some(1), text: "丙".into(), listed: true }),
        Piece::Grid(head_only),
        Piece::Contents,
    ];
    check(&Manuscript { pieces, ..Manuscript::default() });
}
