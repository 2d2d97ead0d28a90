//! What is written as PDF is read back with the reader of this project: the same paragraphs, the same tables.

#[path = "pdf/made_up.rs"]
mod made_up;
#[allow(unreachable_pub)]
#[path = "sample/mod.rs"]
mod sample;

use mingzhang_model::document::{Block, Document, Paragraph as ReadParagraph, Table};
use mingzhang_write::manuscript::*;
use mingzhang_write::pdf::{self, Faces, PdfFault};

fn written(manuscript: &Manuscript) -> Vec<u8> {
    pdf::write(manuscript, &Faces::built_in().unwrap()).unwrap()
}

fn read(manuscript: &Manuscript) -> Document {
    mingzhang_read::read(&written(manuscript)).unwrap()
}

fn only(pieces: Vec<Piece>) -> Manuscript {
    Manuscript { title: "样本".into(), body: "云麓区档案馆".into(), pieces, evidence: Vec::new() }
}

fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn tables(document: &Document) -> Vec<&Table> {
    fn table(block: &Block) -> Option<&Table> {
        if let Block::Table(table) = block { Some(table) } else { None }
    }
    document.blocks.iter().filter_map(table).collect()
}

fn paragraphs(document: &Document) -> Vec<&ReadParagraph> {
    fn paragraph(block: &Block) -> Option<&ReadParagraph> {
        if let Block::Paragraph(paragraph) = block { Some(paragraph) } else { None }
    }
    document.blocks.iter().filter_map(paragraph).collect()
}

/// Panics unless a table that was read has the cells of a grid.
fn assert_same(grid: &Grid, table: &Table, context: &str) {
    assert_eq!((table.rows(), table.columns()), (grid.rows, grid.columns), "{context}: {}", grid.title);
    let mut wanted: Vec<_> = grid
        .cells
        .iter()
        .map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span, folded(&cell.text)))
        .collect();
    wanted.sort();
    let found = table.cells().iter();
    let mut found: Vec<_> =
        found.map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span, folded(&cell.text))).collect();
    found.sort();
    for (wanted, found) in wanted.iter().zip(&found) {
        assert_eq!(wanted, found, "{context}: {}", grid.title);
    }
}

/// Panics unless what was read says the same as the manuscript: its tables, its paragraphs, each in order.
fn assert_reads_back(manuscript: &Manuscript, document: &Document, context: &str) {
    assert!(document.notes.is_empty(), "{context}: {:?}", document.notes);
    let mut tables = tables(document).into_iter();
    let mut paragraphs = paragraphs(document).into_iter();
    for piece in &manuscript.pieces {
        let wanted = match piece {
            Piece::Heading(heading) => heading.printed(),
            Piece::Paragraph(paragraph) => paragraph.printed(),
            Piece::Grid(grid) => {
                let table = tables.next().unwrap_or_else(|| panic!("{context}: no table for {}", grid.title));
                assert_same(grid, table, context);
                grid.notes.concat()
            }
            _ => continue,
        };
        if let Piece::Grid(grid) = piece {
            for note in &grid.notes {
                assert!(paragraphs.any(|read| folded(&read.text) == folded(note)), "{context}: {note}");
            }
        } else {
            assert!(paragraphs.any(|read| folded(&read.text) == folded(&wanted)), "{context}: {wanted}");
        }
    }
    assert!(tables.next().is_none(), "{context}: a table too many");
}

#[test]
fn the_sample_reads_back() {
    let manuscript = sample::manuscript();
    let document = read(&manuscript);
    assert_reads_back(&manuscript, &document, "the sample");
    assert!(tables(&document)[0].parts.len() > 1, "its first table goes over pages");
}

#[test]
fn the_same_manuscript_gives_the_same_bytes() {
    let bytes = written(&sample::manuscript());
    assert!(bytes == written(&sample::manuscript()));
    assert!(!bytes.windows(13).any(|window| window == b"/CreationDate"));
}

#[test]
fn made_up_manuscripts_read_back() {
    for seed in 0..200 {
        let manuscript = made_up::manuscript(seed);
        assert_reads_back(&manuscript, &read(&manuscript), &format!("seed {seed}"));
    }
}

#[test]
fn paragraphs_of_one_line_read_back() {
    // A line has room for 28 characters after the indent.
    for shortest in 20..=28 {
        let length = |i| shortest + i * 5 % (29 - shortest);
        let text = |i| "综合行政执法支队（含应急管理）业务经费".chars().cycle().skip(i).take(length(i) - 1).collect();
        let paragraph = |text: String| Piece::Paragraph(Paragraph::plain(Style::Body, text + "。"));
        let manuscript = only((0..20).map(|i| paragraph(text(i))).collect());
        assert_reads_back(&manuscript, &read(&manuscript), &format!("from {shortest} characters"));
    }
}

#[test]
fn a_table_of_3000_rows_and_a_long_name() {
    let mut grid = sample::coded(3000);
    let name = grid.cells.iter_mut().find(|cell| cell.row == 3 && cell.column == 3).unwrap();
    name.text = "事业单位离退休人员管理机构经费".chars().cycle().take(200).collect();
    let document = read(&only(vec![Piece::Grid(grid.clone())]));
    assert_eq!(tables(&document).len(), 1);
    assert_same(&grid, tables(&document)[0], "3000 rows");
}

#[test]
fn a_row_taller_than_a_page_goes_on_with_the_lines_that_are_left() {
    let mut grid = sample::coded(2);
    let name = grid.cells.iter_mut().find(|cell| cell.row == 4 && cell.column == 3).unwrap();
    let text: String = "综合行政执法支队（含应急管理）业务经费，".chars().cycle().take(4000).collect();
    name.text = text.clone();
    let document = read(&only(vec![Piece::Grid(grid)]));
    let tables = tables(&document);
    let names = tables.iter().flat_map(|table| table.cells()).filter(|cell| cell.column == 3);
    let all: String = names.map(|cell| folded(&cell.text)).collect();
    assert!(document.pages.len() > 2);
    assert!(all.contains(&text), "every character once, in order");
}

#[test]
fn a_table_that_fits_on_one_page_is_not_divided() {
    let paragraph = || Piece::Paragraph(Paragraph::plain(Style::Body, "说明如下。"));
    let mut pieces: Vec<Piece> = (0..20).map(|_| paragraph()).collect();
    pieces.push(Piece::Grid(sample::coded(12)));
    let document = read(&only(pieces));
    assert_eq!(document.pages.len(), 2);
    assert_eq!(tables(&document)[0].parts.len(), 1);
}

#[test]
fn contents_print_the_pages_and_pages_their_numbers() {
    let document = read(&sample::manuscript());
    let texts: Vec<String> = paragraphs(&document).iter().map(|paragraph| folded(&paragraph.text)).collect();
    let entry = |words: &str| texts.iter().find(|text| text.starts_with(words) && text.contains("...")).cloned();
    let page = tables(&document)[1].parts[0].place.page.unwrap();
    assert!(entry("2.财政拨款“三公”经费支出决算表").unwrap().ends_with(&format!(".{page}")));
    let numbers: Vec<&String> = texts.iter().filter(|text| text.starts_with('—')).collect();
    assert_eq!(numbers.len(), document.pages.len() - 1, "all but the cover");
    assert_eq!(numbers[0], "—2—");
}

#[test]
fn a_wide_table_turns_its_page() {
    let document = read(&sample::manuscript());
    let turned: Vec<bool> = document.pages.iter().map(|page| page.width > page.height).collect();
    let page = tables(&document)[1].parts[0].place.page.unwrap() as usize;
    assert_eq!((turned.iter().filter(|turned| **turned).count(), turned[page - 1]), (1, true));
    let mut crowded = sample::wide();
    crowded.landscape = false;
    crowded.cells.iter_mut().filter(|cell| cell.row == 3).for_each(|cell| cell.text = "123,456,789.00".into());
    let document = read(&only(vec![Piece::Grid(crowded)]));
    assert!(document.pages[0].width > document.pages[0].height, "upright it would need type too small to read");
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_place() {
    let manuscript = only(vec![Piece::Heading(Heading { level: 1, ordinal: None, text: "ก".into(), listed: false })]);
    let fault = pdf::write(&manuscript, &Faces::built_in().unwrap()).unwrap_err();
    assert_eq!(fault.to_string(), "字库里没有“ก”（U+0E01），见标题“ก”。请换用别的字，或者另外提供有这个字的字体");
    assert!(matches!(Faces::built_in().unwrap().with(b"no font".to_vec()), Err(PdfFault::NotAFont)));
}

#[test]
fn a_grid_with_a_hole_is_refused() {
    let mut grid = sample::coded(1);
    grid.cells.pop();
    let fault = pdf::write(&only(vec![Piece::Grid(grid)]), &Faces::built_in().unwrap());
    assert_eq!(fault, Err(PdfFault::Untiled("2025年部门支出预算总表".into())));
}

#[test]
fn an_empty_manuscript_is_a_file() {
    assert_eq!(read(&Manuscript::default()).blocks.len(), 0);
}
