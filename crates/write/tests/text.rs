//! Text that is written is read back: every paragraph, every table with its texts, and the merged cells of its header.

#[path = "forms/mod.rs"]
mod forms;
#[path = "sample/mod.rs"]
mod sample;

use mingzhang_model::document::{Block, Document, Table};
use mingzhang_write::manuscript::*;
use mingzhang_write::text;

fn read(manuscript: &Manuscript) -> Document {
    let document = mingzhang_read::text::read(text::write(manuscript).as_bytes()).unwrap();
    assert!(document.notes.is_empty(), "{:?}", document.notes);
    document
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

fn grids(manuscript: &Manuscript) -> Vec<&Grid> {
    let pieces = manuscript.pieces.iter();
    pieces
        .filter_map(|piece| match piece {
            Piece::Grid(grid) => Some(grid),
            _ => None,
        })
        .collect()
}

/// The paragraphs that should be there, tables left out.
fn paragraphs(manuscript: &Manuscript) -> Vec<String> {
    let mut all = Vec::new();
    for piece in &manuscript.pieces {
        match piece {
            Piece::Cover(lines) => all.extend(lines.iter().cloned()),
            Piece::Contents => {
                all.push("目录".to_owned());
                all.extend(manuscript.pieces.iter().filter_map(|piece| match piece {
                    Piece::Heading(heading) if heading.listed => Some(heading.printed()),
                    Piece::Grid(grid) if grid.outline.is_some() => Some(grid.listed()),
                    _ => None,
                }));
            }
            Piece::Heading(heading) => all.push(heading.printed()),
            Piece::Paragraph(paragraph) => all.push(paragraph.printed()),
            Piece::Grid(grid) => {
                let above = [Some(&grid.title), grid.number.as_ref(), Some(&grid.slot), Some(&grid.unit)];
                all.extend(above.into_iter().flatten().chain(&grid.notes).cloned());
            }
            Piece::PageBreak => {}
        }
    }
    all.retain(|text| !text.is_empty());
    all
}

type Placed = (u32, u32, u32, u32, String);

fn cells(grid: &Grid) -> Vec<Placed> {
    let mut cells: Vec<Placed> =
        grid.cells.iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.text.clone())).collect();
    cells.sort();
    cells
}

fn cells_read(table: &Table) -> Vec<Placed> {
    let mut cells: Vec<Placed> =
        table.cells().iter().map(|c| (c.row, c.column, c.row_span, c.column_span, c.text.clone())).collect();
    cells.sort();
    cells
}

fn check_paragraphs(manuscript: &Manuscript) {
    let document = read(manuscript);
    let found: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) => None,
        })
        .collect();
    assert_eq!(found, paragraphs(manuscript));
}

#[test]
fn the_sample_is_read_back() {
    let manuscript = sample::manuscript();
    check_paragraphs(&manuscript);
    let document = read(&manuscript);
    let tables = tables(&document);
    let grids = grids(&manuscript);
    assert_eq!(tables.len(), grids.len());
    for (table, grid) in tables.into_iter().zip(grids) {
        assert_eq!(cells_read(table), cells(grid), "{}", grid.title);
    }
}

#[test]
fn made_up_forms_are_read_back_with_their_merged_headers() {
    for seed in 0..3_000 {
        let manuscript = forms::manuscript(seed);
        check_paragraphs(&manuscript);
        let document = read(&manuscript);
        let (tables, grids) = (tables(&document), grids(&manuscript));
        assert_eq!(tables.len(), grids.len(), "seed {seed}");
        for (table, grid) in tables.iter().zip(grids) {
            assert_eq!((table.rows(), table.columns()), (grid.rows, grid.columns), "seed {seed}");
            let (found, wanted) = (cells_read(table), cells(grid));
            let differ = found.iter().zip(&wanted).find(|(found, wanted)| found != wanted);
            assert!(differ.is_none(), "seed {seed}: {differ:?}\n{}", text::write(&manuscript));
            assert_eq!(found.len(), wanted.len(), "seed {seed}");
        }
    }
}

/// A document as a manuscript of the same paragraphs and tables.
fn manuscript_of(document: &Document) -> Manuscript {
    let piece = |block: &Block| match block {
        Block::Paragraph(paragraph) => Piece::Paragraph(Paragraph::plain(Style::Body, paragraph.text.clone())),
        Block::Table(table) => {
            let cell = |cell: &mingzhang_model::document::Cell| GridCell {
                row_span: cell.row_span,
                column_span: cell.column_span,
                ..sample::cell(cell.row, cell.column, &cell.text, CellRole::Words)
            };
            Piece::Grid(Grid {
                title: String::new(),
                slot: String::new(),
                unit: String::new(),
                columns: table.columns(),
                rows: table.rows(),
                cells: table.cells().iter().map(cell).collect(),
                notes: Vec::new(),
                ..sample::empty()
            })
        }
    };
    Manuscript { pieces: document.blocks.iter().map(piece).collect(), ..Manuscript::default() }
}

#[test]
fn a_disclosure_that_was_saved_as_text_is_written_as_it_was_read() {
    for name in ["yunlu_archives_2025_budget.txt", "yunlu_archives_2025_budget_with_mistakes.txt"] {
        let path = format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"));
        let first = mingzhang_read::text::read(&std::fs::read(path).unwrap()).unwrap();
        let again = read(&manuscript_of(&first));
        assert_eq!(first.blocks.len(), again.blocks.len());
        for (first, again) in first.blocks.iter().zip(&again.blocks) {
            match (first, again) {
                (Block::Paragraph(first), Block::Paragraph(again)) => assert_eq!(first.text, again.text),
                (Block::Table(first), Block::Table(again)) => assert_eq!(cells_read(first), cells_read(again)),
                _ => panic!("{first:?} was read again as {again:?}"),
            }
        }
        assert!(tables(&first).len() > 8);
    }
}

#[test]
fn what_would_break_a_line_or_a_cell_is_a_space() {
    let mut grid = sample::coded(3);
    grid.cells[0].text = "项\t目\n名\r\n称\u{0}\u{7}".into();
    let broken = Paragraph::plain(Style::Body, "甲\n乙\t丙\u{1b}[31m");
    let manuscript =
        Manuscript { pieces: vec![Piece::Paragraph(broken), Piece::Grid(grid.clone())], ..Manuscript::default() };
    let document = read(&manuscript);
    let Block::Paragraph(paragraph) = &document.blocks[0] else { panic!("a paragraph") };
    assert_eq!(paragraph.text, "甲 乙 丙[31m");
    assert_eq!(tables(&document)[0].cells()[0].text, "项 目 名 称");
    assert_eq!(tables(&document)[0].rows(), grid.rows);
}

#[test]
fn nothing_is_an_empty_text() {
    assert_eq!(text::write(&Manuscript::default()), "");
    let blank = vec![Piece::Cover(vec![String::new()]), Piece::PageBreak];
    assert_eq!(text::write(&Manuscript { pieces: blank, ..Manuscript::default() }), "");
}

#[test]
fn the_text_of_the_sample_looks_as_offices_save_it() {
    let written = text::write(&sample::manuscript());
    assert!(
        written.starts_with("云麓区2025年部门预算\n\n预算主管部门：云麓区档案馆\n\n二〇二五年二月\n\n目录\n第一部分　")
    );
    assert!(written.contains("\n\n1.收集和保管本区档案。\n2.开展"));
    assert!(written.contains("\n\n单位：元\n\n项目\t\t\t\t支出预算\t\t\n功能分类科目编码\t\t\t功能分类科目名称\t"));
    assert!(written.contains("\n合计\t\t\t\t84,281,400\t84,281,400\t84,281,400\n\n"));
    assert!(written.ends_with("\n\n云麓区档案馆\n"));
}
