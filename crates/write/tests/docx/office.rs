//! What LibreOffice makes of a file, where it is installed.

use crate::sample;
use mingzhang_model::document::{Block, Document};
use mingzhang_write::docx::{self, Pages};
use mingzhang_write::manuscript::{CellRole, Grid, Heading, Manuscript, Paragraph, Piece, Style};
use std::path::Path;
use std::process::Command;

/// Converts a file; nothing where the program is missing.
fn converted(bytes: &[u8], name: &str, to: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("docx-{name}"));
    // What an earlier run left must not be taken for what this one made.
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("written.docx");
    std::fs::write(&file, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", to, "--outdir"]).arg(&folder).arg(&file);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => {
            eprintln!("skipped: LibreOffice is not here ({error})");
            return None;
        }
    };
    let made = std::fs::read(file.with_extension(to.split(':').next().unwrap()));
    Some(made.unwrap_or_else(|error| panic!("{error}: {output:?}")))
}

/// The page on which each heading and table stands: the last that says its words, since the contents come first.
fn found(manuscript: &Manuscript, document: &Document) -> Vec<(usize, u32)> {
    let title = |piece: &Piece| match piece {
        Piece::Heading(heading) if heading.listed => Some(heading.printed()),
        Piece::Grid(grid) => Some(grid.title.clone()),
        _ => None,
    };
    let paragraphs = document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some((squeezed(&paragraph.text), paragraph.place().page.unwrap())),
        Block::Table(_) => None,
    });
    let paragraphs: Vec<(String, u32)> = paragraphs.collect();
    let page = |title: String| {
        let found = paragraphs.iter().rev().find(|(text, _)| *text == squeezed(&title));
        found.unwrap_or_else(|| panic!("{title} is not printed: {paragraphs:?}")).1
    };
    let titles = manuscript.pieces.iter().enumerate().filter_map(|(i, piece)| Some((i, title(piece)?)));
    titles.map(|(i, title)| (i, page(title))).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// As many columns of numbers as long as a table has, over two pages, and a name of 200 characters.
fn crowded() -> Grid {
    let mut grid = sample::wide();
    let money = |row, column| sample::cell(row, column, "12,345,678.90", CellRole::Money);
    grid.cells.extend((4..40).flat_map(|row| (0..12).map(move |column| money(row, column))));
    let name = sample::cell(40, 0, &"名".repeat(200), CellRole::RowHead { indent: 1 });
    grid.cells.push(name);
    grid.cells.extend((1..12).map(|column| money(40, column)));
    Grid { title: "各项经费支出决算明细表".into(), rows: 41, ..grid }
}

#[test]
fn an_office_shows_the_sample_as_it_is_meant() {
    let mut manuscript = sample::manuscript();
    manuscript.pieces.push(Piece::Grid(crowded()));
    let unknown = docx::write(&manuscript).unwrap();
    let Some(pdf) = converted(&unknown, "sample", "pdf") else { return };
    let pages = found(&manuscript, &mingzhang_read::read(&pdf).unwrap());
    let known = docx::write_paged(&manuscript, &pages.iter().copied().collect::<Pages>()).unwrap();
    let pdf = converted(&known, "paged", "pdf").unwrap();
    let document = mingzhang_read::read(&pdf).unwrap();
    assert_eq!(found(&manuscript, &document), pages, "page numbers in the contents move nothing");

    let shown: String = document
        .blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => squeezed(&paragraph.text),
            Block::Table(_) => String::new(),
        })
        .collect();
    let listed = pages.iter().map(|(piece, page)| match &manuscript.pieces[*piece] {
        Piece::Heading(heading) => (squeezed(&heading.printed()), page),
        Piece::Grid(grid) => (squeezed(&grid.listed()), page),
        other => panic!("{other:?} is not listed"),
    });
    let mut rest = shown.as_str();
    for (title, page) in listed {
        let after = rest.split_once(&title).unwrap_or_else(|| panic!("{title} in {rest}")).1;
        let after = after.trim_start_matches(['.', '…']);
        rest = after.strip_prefix(&page.to_string()).unwrap_or_else(|| panic!("{title} on {page}: {after}"));
    }
    check_tables(&manuscript, &document);
}

/// Every text of every table is in the table that was read back: nothing was cut, and no number broken.
fn check_tables(manuscript: &Manuscript, document: &Document) {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    let grids = manuscript.pieces.iter().filter_map(|piece| match piece {
        Piece::Grid(grid) => Some(grid),
        _ => None,
    });
    let (tables, grids): (Vec<_>, Vec<_>) = (tables.collect(), grids.collect());
    assert_eq!(tables.len(), grids.len());
    for (grid, table) in grids.iter().zip(tables) {
        assert_eq!((table.rows(), table.columns()), (grid.rows, grid.columns), "{}", grid.title);
        for cell in &grid.cells {
            let shown = table.cell(cell.row, cell.column).map_or("", |cell| cell.text.as_str());
            // Names stand in several lines, numbers in one.
            let shown = if cell.role == CellRole::Money { shown.to_owned() } else { squeezed(shown) };
            assert_eq!(shown, squeezed(&cell.text), "{}: {cell:?}", grid.title);
        }
    }
}

#[test]
fn an_office_counts_as_the_manuscript_does() {
    let heading =
        |level, ordinal| Piece::Heading(Heading { level, ordinal: Some(ordinal), text: "标题".into(), listed: true });
    let item = |level, ordinal| {
        Piece::Paragraph(Paragraph { item: Some((level, ordinal)), ..Paragraph::plain(Style::Body, "事项") })
    };
    let mut pieces = vec![heading(1, 1), heading(2, 1), item(4, 1), item(4, 2), heading(2, 2), item(4, 1), item(5, 1)];
    pieces.extend([heading(2, 5), heading(3, 1), heading(1, 2), heading(2, 1), heading(3, 3), heading(3, 4)]);
    pieces.extend([item(2, 1), item(2, 2), item(4, 1), heading(4, 1), heading(1, 4), heading(2, 99), heading(2, 100)]);
    let printed = pieces.iter().map(|piece| match piece {
        Piece::Heading(heading) => heading.printed(),
        Piece::Paragraph(paragraph) => paragraph.printed(),
        _ => String::new(),
    });
    let printed: Vec<String> = printed.map(|line| squeezed(&line)).collect();
    let manuscript = Manuscript { pieces, ..Manuscript::default() };
    let bytes = docx::write(&manuscript).unwrap();
    let Some(text) = converted(&bytes, "counted", "txt:Text (encoded):UTF8") else { return };
    let text = String::from_utf8(text).unwrap();
    let shown = text.trim_start_matches('\u{feff}').lines().map(squeezed).filter(|line| !line.is_empty());
    assert_eq!(shown.collect::<Vec<_>>(), printed);
}
