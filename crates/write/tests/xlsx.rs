//! The workbook of a disclosure is read back: the same cells, the same merges, numbers that are numbers.

#[path = "forms/mod.rs"]
mod forms;
#[path = "sample/mod.rs"]
mod sample;

use calamine::{Data, Range, Reader, Xlsx};
use mingzhang_write::manuscript::*;
use mingzhang_write::xlsx;
use std::collections::BTreeSet;
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(manuscript: &Manuscript) -> Book {
    Xlsx::new(Cursor::new(xlsx::write(manuscript).unwrap())).unwrap()
}

fn grids(manuscript: &Manuscript) -> Vec<&Grid> {
    let pieces = manuscript.pieces.iter();
    pieces
        .filter_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        })
        .collect()
}

fn shown(range: &Range<Data>, row: u32, column: u32) -> String {
    range.get_value((row, column)).map_or_else(String::new, |data| match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        other => panic!("{other:?}"),
    })
}

/// How far down a table begins: under the title, its number, and the line with the unit.
fn top(grid: &Grid) -> u32 {
    2 + u32::from(grid.number.is_some())
}

fn check(book: &mut Book, name: &str, grid: &Grid) {
    let range = book.worksheet_range(name).unwrap();
    let top = top(grid);
    let mut covered = BTreeSet::new();
    for cell in &grid.cells {
        let place = (cell.row + top, cell.column);
        let found = shown(&range, place.0, place.1);
        match cell.figure {
            Some(figure) => {
                assert!(matches!(range.get_value(place), Some(Data::Float(_) | Data::Int(_))), "{name} {place:?}");
                let plain: f64 = figure.plain().parse().unwrap();
                assert_eq!(found, plain.to_string(), "{name} {place:?}");
            }
            None => assert_eq!(found, cell.text, "{name} {place:?}"),
        }
        if cell.row_span * cell.column_span > 1 {
            covered.insert((place, (place.0 + cell.row_span - 1, place.1 + cell.column_span - 1)));
        }
    }
    let merged = book.merge_cells_by_sheet_name(name).unwrap();
    let bottom = top + grid.rows;
    let of_table = merged.iter().filter(|merge| merge.start.0 >= top && merge.start.0 < bottom);
    assert_eq!(of_table.map(|merge| (merge.start, merge.end)).collect::<BTreeSet<_>>(), covered, "{name}");
    assert_eq!(shown(&range, 0, 0), grid.title);
    let last = grid.columns - 1;
    assert!(merged.iter().any(|merge| (merge.start, merge.end) == ((0, 0), (0, last))));
    assert_eq!(shown(&range, top - 1, 0), grid.slot);
    assert!((1..grid.columns).any(|column| shown(&range, top - 1, column) == grid.unit));
    for (note, at) in grid.notes.iter().zip(bottom..) {
        assert_eq!(shown(&range, at, 0), *note);
    }
}

#[test]
fn every_table_is_a_sheet_and_reads_back() {
    for manuscript in std::iter::once(sample::manuscript()).chain((0..200).map(forms::manuscript)) {
        let mut book = open(&manuscript);
        let names = book.sheet_names();
        let grids = grids(&manuscript);
        assert_eq!(names.len(), grids.len() + 2);
        assert_eq!((names[0].as_str(), names[names.len() - 1].as_str()), ("目录", "文字说明"));
        for (name, grid) in names[1..].iter().zip(grids) {
            assert!(name.starts_with(&grid.code), "{name}");
            check(&mut book, name, grid);
        }
    }
}

#[test]
fn the_first_sheet_leads_to_the_others() {
    let manuscript = sample::manuscript();
    let mut book = open(&manuscript);
    let range = book.worksheet_range("目录").unwrap();
    assert_eq!(shown(&range, 0, 0), manuscript.title);
    let titles: Vec<String> = (2..6).map(|row| shown(&range, row, 1)).collect();
    assert_eq!(titles[0], "2025年部门支出预算总表");
    assert_eq!(titles[3], "文字说明");
    let sheet = part(&xlsx::write(&manuscript).unwrap(), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("location=\"'B03 2025年部门支出预算总表'!A1\""), "{sheet}");
}

#[test]
fn the_running_text_is_a_paragraph_a_row() {
    let mut book = open(&sample::manuscript());
    let range = book.worksheet_range("文字说明").unwrap();
    let rows: Vec<String> = (0..range.height() as u32).map(|row| shown(&range, row, 0)).collect();
    assert_eq!(
        rows[..5],
        ["云麓区2025年部门预算", "预算主管部门：云麓区档案馆", "二〇二五年二月", "第一部分　部门概况", "一、主要职责"]
    );
    assert_eq!(rows[5], "1.收集和保管本区档案。");
    assert_eq!(rows.last().unwrap(), "云麓区档案馆");
}

/// A part of the package: a workbook is a zip file, and its sheets are XML.
fn part(book: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_sheet_is_printed_on_a4_as_wide_as_the_page_with_its_header_on_every_page() {
    let book = xlsx::write(&sample::manuscript()).unwrap();
    let (upright, lying) = (part(&book, "xl/worksheets/sheet2.xml"), part(&book, "xl/worksheets/sheet3.xml"));
    for sheet in [&upright, &lying] {
        assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("fitToHeight=\"0\""), "{sheet}");
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>") && sheet.contains("horizontalCentered=\"1\""));
        assert!(sheet.contains("state=\"frozen\"") && sheet.contains("numberStoredAsText=\"1\""));
    }
    assert!(lying.contains("orientation=\"landscape\"") && !upright.contains("orientation=\"landscape\""));
    assert!(upright.contains("<pane ySplit=\"5\"") && lying.contains("<pane ySplit=\"6\""));
    let workbook = part(&book, "xl/workbook.xml");
    assert!(workbook.contains("'B03 2025年部门支出预算总表'!$3:$5"), "{workbook}");
}

#[test]
fn money_shows_exactly_its_printed_digits() {
    let styles = part(&xlsx::write(&forms::manuscript(1)).unwrap(), "xl/styles.xml");
    assert!(styles.contains("formatCode=\"#,##0.00\""), "{styles}");
    let mut grid = sample::wide();
    let texts = ["1,034.500000", "99,999,999,999,999.99", "——", "12.5%", "007", "-0.50", "1,2,3"];
    for (cell, text) in grid.cells.iter_mut().filter(|cell| cell.role == CellRole::Money).zip(texts) {
        (cell.text, cell.figure) = (text.into(), None);
    }
    let book = xlsx::write(&Manuscript { pieces: vec![Piece::Grid(grid)], ..Manuscript::default() }).unwrap();
    assert!(part(&book, "xl/styles.xml").contains("formatCode=\"#,##0.000000\""));
    let mut book = Xlsx::new(Cursor::new(book)).unwrap();
    let range = book.worksheet_range_at(1).unwrap().unwrap();
    let found: Vec<Data> = (0..7).map(|column| range.get_value((6, column)).unwrap().clone()).collect();
    let text = |text: &str| Data::String(text.into());
    assert_eq!(found[..2], [Data::Float(1034.5), text("99,999,999,999,999.99")]);
    assert_eq!(found[2..], [text("——"), text("12.5%"), text("007"), Data::Float(-0.5), text("1,2,3")]);
}

#[test]
fn text_never_becomes_a_formula() {
    let evil =
        ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://example.invalid\")", "{=1}", "http://a.invalid"];
    let mut manuscript = sample::manuscript();
    for piece in &mut manuscript.pieces {
        match piece {
            Piece::Grid(grid) => {
                grid.cells.iter_mut().zip(evil.iter().cycle()).for_each(|(cell, text)| {
                    (cell.text, cell.figure) = ((*text).into(), None);
                });
                (grid.title, grid.slot, grid.notes) = (evil[0].into(), evil[1].into(), vec![evil[3].into()]);
            }
            Piece::Paragraph(paragraph) => paragraph.runs[0].text = evil[0].into(),
            Piece::Heading(heading) => heading.text = evil[0].into(),
            _ => {}
        }
    }
    manuscript.title = evil[0].into();
    let written = xlsx::write(&manuscript).unwrap();
    for sheet in 1..=5 {
        let xml = part(&written, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "sheet {sheet}");
    }
    assert!(part(&written, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let mut book = open(&manuscript);
    for (name, grid) in book.sheet_names()[1..].to_vec().iter().zip(grids(&manuscript)) {
        check(&mut book, name, grid);
    }
}

#[test]
fn a_long_table_and_a_long_name_are_written_whole() {
    let mut grid = sample::coded(3_000);
    let name = "名".repeat(200);
    grid.cells.iter_mut().find(|cell| matches!(cell.role, CellRole::RowHead { .. })).unwrap().text = name.clone();
    grid.title = name;
    let manuscript = Manuscript { pieces: vec![Piece::Grid(grid)], ..Manuscript::default() };
    let mut book = open(&manuscript);
    let names = book.sheet_names();
    assert_eq!(names[1..], [format!("B03 {}", "名".repeat(27))]);
    check(&mut book, &names[1], grids(&manuscript)[0]);
}

#[test]
fn the_same_manuscript_is_the_same_workbook() {
    assert_eq!(xlsx::write(&sample::manuscript()).unwrap(), xlsx::write(&sample::manuscript()).unwrap());
}

#[test]
fn what_a_workbook_cannot_hold_is_refused_in_words() {
    let long = Paragraph::plain(Style::Body, "长".repeat(40_000));
    let refusal = xlsx::write(&Manuscript { pieces: vec![Piece::Paragraph(long)], ..Manuscript::default() });
    assert!(refusal.unwrap_err().to_string().starts_with("写不成工作簿"));
    let mut grid = sample::wide();
    grid.cells[0].column = 70_000;
    assert!(xlsx::write(&Manuscript { pieces: vec![Piece::Grid(grid)], ..Manuscript::default() }).is_err());
}

#[test]
fn odd_manuscripts_are_workbooks() {
    assert_eq!(open(&Manuscript::default()).sheet_names(), ["目录"]);
    let one = Grid {
        columns: 1,
        rows: 1,
        header_rows: 1,
        cells: vec![sample::cell(0, 0, "甲\u{0}\u{1b}乙", CellRole::ColumnHead)],
        ..sample::wide()
    };
    let none = Grid { columns: 0, rows: 0, header_rows: 0, cells: Vec::new(), ..sample::wide() };
    let mut book = open(&Manuscript { pieces: vec![Piece::Grid(one), Piece::Grid(none)], ..Manuscript::default() });
    let names = book.sheet_names();
    assert_eq!(names.len(), 3);
    let range = book.worksheet_range(&names[1]).unwrap();
    let column: Vec<String> = (0..5).map(|row| shown(&range, row, 0)).collect();
    assert_eq!(column[1..], ["公开09表", "部门：云麓区档案馆", "单位：万元", "甲乙"]);
}
