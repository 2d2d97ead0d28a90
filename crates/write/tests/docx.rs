//! Files of Word: what is in the package says what the manuscript says.

#[path = "docx/office.rs"]
mod office;
#[path = "docx/package.rs"]
mod package;
#[path = "sample/mod.rs"]
mod sample;

use mingzhang_write::docx::{self, DocxFault, Pages};
use mingzhang_write::manuscript::*;
use package::{Package, attribute, children, text};

fn written(pieces: Vec<Piece>) -> Package {
    let manuscript = Manuscript { title: "试".into(), body: "某局".into(), pieces, evidence: Vec::new() };
    Package::of(&docx::write(&manuscript).unwrap())
}

fn heading(level: u8, ordinal: Option<u32>, text: &str) -> Heading {
    Heading { level, ordinal, text: text.into(), listed: true }
}

fn item(level: u8, ordinal: u32) -> Piece {
    Piece::Paragraph(Paragraph { item: Some((level, ordinal)), ..Paragraph::plain(Style::Body, "事项") })
}

/// What is printed outside of tables and contents, line by line.
fn lines(manuscript: &Manuscript) -> Vec<String> {
    let mut lines = Vec::new();
    for piece in &manuscript.pieces {
        match piece {
            Piece::Cover(cover) => lines.extend(cover.iter().cloned()),
            Piece::Heading(heading) => lines.push(heading.printed()),
            Piece::Paragraph(paragraph) => lines.push(paragraph.printed()),
            Piece::Grid(grid) => {
                lines.push(grid.title.clone());
                lines.extend(grid.number.clone());
                lines.push(format!("{}\t{}", grid.slot, grid.unit));
                lines.extend(grid.notes.iter().cloned());
            }
            Piece::Contents | Piece::PageBreak => {}
        }
    }
    lines
}

fn check_numbers(pieces: Vec<Piece>) {
    let manuscript = Manuscript { pieces, ..Manuscript::default() };
    let package = Package::of(&docx::write(&manuscript).unwrap());
    assert_eq!(package.lines(package::Counting::Shared), lines(&manuscript));
    assert_eq!(package.lines(package::Counting::Apart), lines(&manuscript));
}

#[test]
fn the_sample_is_printed_line_by_line() {
    check_numbers(sample::manuscript().pieces);
}

#[test]
fn numbers_are_those_of_the_manuscript_whatever_their_order() {
    // A small generator of a fixed sequence: levels and ordinals as no sane manuscript has them.
    let mut state = 7_u32;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    for _ in 0..50 {
        let mut last = [0; 6];
        let pieces = (0..60).map(|_| {
            let level = next(5) as u8 + 1;
            let ordinal = match next(8) {
                0 => next(130),
                1 => 1,
                _ => last[usize::from(level)] + 1,
            };
            last[usize::from(level)] = ordinal;
            last[usize::from(level) + 1..].fill(0);
            match next(4) {
                0 => item(level, ordinal),
                1 => Piece::Heading(heading(level, None, "无号")),
                _ => Piece::Heading(heading(level, Some(ordinal), "标题")),
            }
        });
        check_numbers(pieces.collect());
    }
}

#[test]
fn a_wrong_number_is_seen() {
    let package = written(vec![item(4, 1), item(4, 3)]);
    let without = package.replaced("word/numbering.xml", "w:startOverride w:val=\"3\"", "w:startOverride w:val=\"2\"");
    assert_eq!(package.lines(package::Counting::Shared), ["1.事项", "3.事项"]);
    assert_eq!(without.lines(package::Counting::Shared), ["1.事项", "2.事项"]);
}

#[test]
fn more_lists_than_are_written_are_numbered_all_the_same() {
    check_numbers((0..2_500).map(|n| item(4, n * 2 + 5)).collect());
}

#[test]
fn tables_are_those_of_the_manuscript() {
    let grids = [sample::coded(60), sample::wide(), sample::empty(), sample::coded(3_000)];
    let package = written(grids.iter().cloned().map(Piece::Grid).collect());
    let tables = package.tables();
    assert_eq!(tables.len(), grids.len());
    for (grid, table) in grids.iter().zip(tables) {
        let mut cells: Vec<_> = grid
            .cells
            .iter()
            .map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span, cell.text.clone()))
            .collect();
        cells.sort();
        assert_eq!(table.cells, cells, "{}", grid.title);
        assert_eq!(table.header_rows, grid.header_rows);
        assert_eq!(table.widths.len(), grid.columns as usize);
        let text_width = if grid.landscape { 14_570 } else { 8_844 };
        assert_eq!(table.widths.iter().sum::<u32>(), text_width, "{}", grid.title);
    }
}

#[test]
fn a_table_that_is_not_tiled_is_refused() {
    let fault = |change: fn(&mut Grid)| {
        let mut grid = sample::coded(2);
        change(&mut grid);
        let pieces = vec![Piece::Grid(grid)];
        docx::write(&Manuscript { pieces, ..Manuscript::default() }).unwrap_err()
    };
    let untiled = |row, column| DocxFault::Untiled { title: sample::coded(2).title, row, column };
    assert_eq!(fault(|grid| drop(grid.cells.remove(10))), untiled(3, 0));
    assert_eq!(fault(|grid| grid.cells[10].column = 1), untiled(3, 1));
    assert_eq!(fault(|grid| grid.cells[1].column_span = u32::MAX), untiled(0, 4));
    assert_eq!(fault(|grid| grid.cells[1].row_span = 0), untiled(0, 4));
    assert!(matches!(fault(|grid| grid.columns = 64), DocxFault::TooLarge { columns: 64, .. }));
    assert!(fault(|grid| grid.rows = 40_000).to_string().contains("32767"));
}

#[test]
fn the_contents_point_to_what_they_list() {
    let manuscript = sample::manuscript();
    let package = Package::of(&docx::write(&manuscript).unwrap());
    let listed: Vec<(String, u8)> = manuscript
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Heading(heading) if heading.listed => Some((heading.printed(), heading.level)),
            Piece::Grid(grid) => grid.outline.map(|(level, _)| (grid.listed(), level)),
            _ => None,
        })
        .collect();
    let entries = package.entries();
    let shown: Vec<(String, u8)> = entries.iter().map(|entry| (entry.text.clone(), entry.level)).collect();
    assert_eq!(shown, listed);
    let document = package.part("word/document.xml");
    let marks: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name((package::W, "bookmarkStart")))
        .map(|node| attribute(node, "name"))
        .collect();
    assert_eq!(entries.iter().map(|entry| entry.anchor.as_str()).collect::<Vec<_>>(), marks);
}

#[test]
fn page_numbers_are_those_of_the_caller_or_none() {
    let manuscript = sample::manuscript();
    let is_dirty = |package: &Package| package.text("word/document.xml").contains("w:dirty");
    let unknown = Package::of(&docx::write(&manuscript).unwrap());
    assert!(unknown.entries().iter().all(|entry| entry.page.is_empty()) && is_dirty(&unknown));
    let pages: Pages = (0..manuscript.pieces.len()).map(|piece| (piece, piece as u32 + 100)).collect();
    let known = Package::of(&docx::write_paged(&manuscript, &pages).unwrap());
    assert_eq!(known.entries()[0].page, "102");
    assert!(!is_dirty(&known));
}

#[test]
fn a_heading_that_is_not_listed_is_not_of_a_style_the_field_lists() {
    let styles = |listed: [bool; 3]| {
        let headings = (1..).zip(listed).map(|(level, listed)| Heading { listed, ..heading(level, None, "标题") });
        let pieces = std::iter::once(Piece::Contents).chain(headings.map(Piece::Heading));
        let package = written(pieces.collect());
        let document = package.text("word/document.xml");
        let range = document.split("\\o &quot;1-").nth(1).map(|rest| rest.chars().next().unwrap());
        let names =
            package.styles_of_body().into_iter().filter(|name| name.contains("Heading") && name != "TOCHeading");
        (range, names.collect::<Vec<_>>())
    };
    let plain = ["Heading1", "Heading2", "Heading3"].map(str::to_owned).to_vec();
    assert_eq!(styles([true, true, false]), (Some('2'), plain));
    assert_eq!(styles([true, false, true]).1[1], "UnlistedHeading2");
    assert_eq!(styles([false, false, false]).0, None);
}

#[test]
fn wide_tables_have_wide_pages_and_their_headings_with_them() {
    let wide = || Piece::Grid(sample::wide());
    let text = || Piece::Paragraph(Paragraph::plain(Style::Body, "正文"));
    let lead = || Piece::Heading(heading(1, Some(1), "附表"));
    let pages = |pieces| written(pieces).sections();
    assert_eq!(pages(vec![text(), lead(), wide(), wide(), text()]), ["upright 1", "wide 11", "upright 1"]);
    assert_eq!(pages(vec![Piece::Cover(vec!["封面".into()]), wide()]), ["cover 1", "wide 5"]);
    assert_eq!(pages(vec![wide(), Piece::PageBreak, wide()]), ["wide 10"]);
    assert_eq!(pages(vec![Piece::Grid(sample::coded(1)), wide()]), ["upright 4", "wide 5"]);
    assert_eq!(pages(Vec::new()), ["upright 1"]);
}

#[test]
fn no_break_makes_an_empty_page() {
    let text = || Piece::Paragraph(Paragraph::plain(Style::Body, "正文"));
    let breaks = |pieces| written(pieces).text("word/document.xml").matches("w:pageBreakBefore").count();
    assert_eq!(breaks(vec![Piece::PageBreak, text(), Piece::PageBreak, Piece::PageBreak, text(), Piece::PageBreak]), 1);
    assert_eq!(breaks(vec![Piece::Cover(vec!["封面".into()]), Piece::PageBreak, text()]), 0);
    assert_eq!(breaks(vec![Piece::Contents, Piece::PageBreak, text()]), 1);
}

#[test]
fn every_style_that_is_used_is_there() {
    let mut pieces = sample::manuscript().pieces;
    pieces.extend(
        [Style::Body, Style::Centred, Style::Right, Style::Note]
            .map(|style| Piece::Paragraph(Paragraph::plain(style, "正文"))),
    );
    pieces.extend((1..=5).map(|level| Piece::Heading(Heading { listed: false, ..heading(level, None, "无") })));
    pieces.extend((1..=5).map(|level| Piece::Heading(heading(level, None, "有"))));
    pieces.extend((1..=5).map(|level| Piece::Grid(Grid { outline: Some((level, None)), ..sample::empty() })));
    pieces.push(Piece::Grid(Grid { outline: None, ..sample::coded(1) }));
    let package = written(pieces);
    let styles = package.part("word/styles.xml");
    let known: Vec<&str> =
        styles.root_element().children().filter_map(|node| node.attribute((package::W, "styleId"))).collect();
    for name in package.styles_of_body() {
        assert!(known.contains(&name.as_str()), "{name} is not in {known:?}");
    }
    let based = styles.descendants().filter(|node| node.has_tag_name((package::W, "basedOn")));
    based.for_each(|node| assert!(known.contains(&attribute(node, "val")), "{node:?}"));
}

#[test]
fn any_text_gives_a_file_that_is_well_formed() {
    let nasty = "a<b>&\"c\"\u{0}\u{8}\u{b}\u{1f}\u{fffe}\u{ffff}\r\n二\t三]]>&amp;";
    let shown = "a<b>&\"c\"\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\n二\t三]]>&amp;";
    let mut grid = sample::coded(3);
    grid.cells.iter_mut().for_each(|cell| cell.text = nasty.into());
    (grid.title, grid.slot, grid.unit) = (nasty.into(), nasty.into(), nasty.into());
    (grid.notes, grid.number) = (vec![nasty.into()], Some(nasty.into()));
    let pieces = vec![
        Piece::Cover(vec![nasty.into()]),
        Piece::Contents,
        Piece::Heading(heading(1, Some(1), nasty)),
        Piece::Paragraph(Paragraph::plain(Style::Body, nasty)),
        Piece::Grid(grid),
    ];
    let manuscript = Manuscript { title: nasty.into(), body: nasty.into(), pieces, evidence: Vec::new() };
    let package = Package::of(&docx::write(&manuscript).unwrap());
    let expected: Vec<String> = lines(&manuscript).iter().map(|line| line.replace(nasty, shown)).collect();
    assert_eq!(package.lines(package::Counting::Shared), expected);
    assert!(package.tables()[0].cells.iter().all(|cell| cell.4 == shown));
}

#[test]
fn long_names_and_many_columns_fit() {
    let name = "名".repeat(200);
    let mut grid = sample::coded(3);
    grid.cells[16].text = name.clone();
    grid.title = name.clone();
    let mut many = sample::wide();
    (many.columns, many.rows, many.header_rows) = (63, 1, 0);
    many.cells = (0..63).map(|column| sample::cell(0, column, "1,234,567,890.12", CellRole::Money)).collect();
    let package = written(vec![Piece::Heading(heading(2, Some(1), &name)), Piece::Grid(grid), Piece::Grid(many)]);
    for (table, width) in package.tables().iter().zip([8_844, 14_570]) {
        assert_eq!(table.widths.iter().sum::<u32>(), width);
        assert!(table.widths.iter().all(|width| *width > 200), "{:?}", table.widths);
    }
}

#[test]
fn the_same_manuscript_gives_the_same_bytes() {
    let bytes = docx::write(&sample::manuscript()).unwrap();
    assert_eq!(bytes, docx::write(&sample::manuscript()).unwrap());
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
}

#[test]
fn evidence_stays_out_and_properties_are_in() {
    let package = Package::of(&docx::write(&sample::manuscript()).unwrap());
    assert!(package.all().all(|part| !part.contains("档案馆 基本支出")));
    let core = package.part("docProps/core.xml");
    let said: Vec<String> =
        children(core.root(), "coreProperties").flat_map(|node| node.children().map(text)).collect();
    assert_eq!(said, ["云麓区档案馆2025年部门预算", "云麓区档案馆", "zh-CN"]);
}
