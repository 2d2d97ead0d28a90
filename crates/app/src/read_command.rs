//! `mingzhang read`: the document as the reader saw it, for people who want to know why a number was read
//! as it was, and for programs that want the tables.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use mingzhang_model::document::{Block, Cell, Document, Format, Page, Paragraph, Table, TablePart};
use serde::Serialize;

use crate::cli::{Exit, ReadArgs, ReadFormat, Stop};
use crate::messages::{Lang, Message};
use crate::ocr::Scans;
use crate::output::Output;
use crate::pipeline::{self, Detail};
use crate::shapes::{NoteShape, PlaceShape};
use crate::walk::{self, Source};
use crate::{check, csv, grid};

/// A person waits for one file; longer than this is an endless loop, but where pages are recognised.
const LIMIT: Duration = Duration::from_secs(300);
/// The same where pages are recognised, which takes some seconds for each.
const LIMIT_OF_SCANS: Duration = Duration::from_secs(3600);

/// Runs the command.
pub(crate) fn run(args: &ReadArgs, lang: Lang) -> Result<Exit, Stop> {
    if args.table.is_some() && args.output_format != ReadFormat::Csv {
        return Err(Stop::Said(lang.say(&Message::TableNeedsCsv)));
    }
    let source = walk::single(&args.path);
    let file = args.output_file.as_ref();
    check::refuse_to_overwrite(std::slice::from_ref(&source), file.map(AsRef::as_ref), lang)?;
    let document = document(source, Scans::asked(args.ocr, lang)?, lang)?;
    let table = match args.output_format {
        ReadFormat::Csv => Some(chosen(&document, args.table.map(Into::into), lang)?),
        ReadFormat::Text | ReadFormat::Json => None,
    };
    let cannot_write = |error: io::Error| Stop::writing(&error, file, lang);
    let mut output = Output::open(file.map(AsRef::<Path>::as_ref)).map_err(cannot_write)?;
    let out = output.writer();
    let printed = match (args.output_format, table) {
        (ReadFormat::Csv, Some(table)) => table_csv(out, table),
        (ReadFormat::Json, _) => json(out, &document),
        (ReadFormat::Text | ReadFormat::Csv, _) => text(out, &document, lang),
    };
    printed.and_then(|()| output.finish()).map_err(cannot_write)?;
    Ok(Exit::Clean)
}

fn document(source: Source, scans: Scans, lang: Lang) -> Result<Document, Stop> {
    let path = source.shown();
    let limit = if scans == Scans::Recognised { LIMIT_OF_SCANS } else { LIMIT };
    let opened = pipeline::within(limit, move || pipeline::open(&source, Detail::Findings, scans));
    opened
        .map(|opened| opened.document)
        .map_err(|failure| Stop::Said(format!("{path}: {}", lang.say(&Message::CannotRead(&failure)))))
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    })
}

/// The table of a number, or the only one.
fn chosen(document: &Document, number: Option<usize>, lang: Lang) -> Result<&Table, Stop> {
    let count = tables(document).count();
    let message = match (number, count) {
        (_, 0) => Message::NoTableAtAll,
        (None, 2..) => Message::WhichTable(count),
        (Some(number), _) if number > count => Message::NoSuchTable { number, count },
        (number, _) => {
            let index = number.unwrap_or(1) - 1;
            return tables(document).nth(index).ok_or_else(|| Stop::Said(lang.say(&Message::NoTableAtAll)));
        }
    };
    Err(Stop::Said(lang.say(&message)))
}

/// One record for each row; a cell with spans stands at its upper left corner and is empty elsewhere.
fn table_csv(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    for row in 0..table.rows() {
        let text = |column| match table.cell(row, column) {
            Some(cell) if (cell.row, cell.column) == (row, column) => cell.text.replace('\n', ""),
            _ => String::new(),
        };
        csv::record(out, (0..table.columns()).map(text))?;
    }
    Ok(())
}

/// Paragraphs as they run, tables in boxes, a rule where a page begins.
fn text(out: &mut dyn Write, document: &Document, lang: Lang) -> io::Result<()> {
    let mut page = None;
    let mut number = 0;
    for block in &document.blocks {
        let begins = first_page(block);
        if begins.is_some() && begins != page {
            page = begins;
            writeln!(out, "\n── {} ──\n", lang.say(&Message::Page(begins.unwrap_or_default())))?;
        }
        match block {
            Block::Paragraph(paragraph) => writeln!(out, "{}", paragraph.text)?,
            Block::Table(table) => {
                number += 1;
                let heading = Message::TableHeading { number, rows: table.rows(), columns: table.columns() };
                writeln!(out, "\n{}", lang.say(&heading))?;
                grid::drawn(table).iter().try_for_each(|line| writeln!(out, "{line}"))?;
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

fn first_page(block: &Block) -> Option<u32> {
    match block {
        Block::Paragraph(paragraph) => paragraph.place().page,
        Block::Table(table) => table.parts.first().and_then(|part| part.place.page),
    }
}

#[derive(Serialize)]
struct DocumentShape<'a> {
    format: &'static str,
    pages: Vec<PageShape>,
    blocks: Vec<BlockShape<'a>>,
    notes: Vec<NoteShape>,
}

#[derive(Serialize)]
struct PageShape {
    number: u32,
    width: f32,
    height: f32,
    characters: u32,
    pictures: u32,
}

impl From<&Page> for PageShape {
    fn from(page: &Page) -> Self {
        let Page { number, width, height, characters, pictures } = *page;
        PageShape { number, width, height, characters, pictures }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockShape<'a> {
    Paragraph {
        text: &'a str,
        #[serde(flatten)]
        place: PlaceShape,
    },
    Table {
        rows: u32,
        columns: u32,
        parts: Vec<PartShape>,
        cells: Vec<CellShape<'a>>,
    },
}

impl<'a> From<&'a Block> for BlockShape<'a> {
    fn from(block: &'a Block) -> Self {
        match block {
            Block::Paragraph(paragraph) => BlockShape::of_paragraph(paragraph),
            Block::Table(table) => BlockShape::Table {
                rows: table.rows(),
                columns: table.columns(),
                parts: table.parts.iter().map(Into::into).collect(),
                cells: table.cells().iter().map(Into::into).collect(),
            },
        }
    }
}

impl<'a> BlockShape<'a> {
    fn of_paragraph(paragraph: &'a Paragraph) -> Self {
        BlockShape::Paragraph { text: &paragraph.text, place: paragraph.place().into() }
    }
}

#[derive(Serialize)]
struct PartShape {
    first_row: u32,
    #[serde(flatten)]
    place: PlaceShape,
}

impl From<&TablePart> for PartShape {
    fn from(part: &TablePart) -> Self {
        PartShape { first_row: part.first_row, place: part.place.into() }
    }
}

#[derive(Serialize)]
struct CellShape<'a> {
    row: u32,
    column: u32,
    row_span: u32,
    column_span: u32,
    text: &'a str,
    #[serde(flatten)]
    place: PlaceShape,
}

impl<'a> From<&'a Cell> for CellShape<'a> {
    fn from(cell: &'a Cell) -> Self {
        CellShape {
            row: cell.row,
            column: cell.column,
            row_span: cell.row_span,
            column_span: cell.column_span,
            text: &cell.text,
            place: cell.place.into(),
        }
    }
}

fn json(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let shape = DocumentShape {
        format: match document.format {
            Format::Pdf => "pdf",
            Format::Text => "text",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Html => "html",
            Format::Workbook => "workbook",
        },
        pages: document.pages.iter().map(Into::into).collect(),
        blocks: document.blocks.iter().map(Into::into).collect(),
        notes: document.notes.iter().map(Into::into).collect(),
    };
    serde_json::to_writer(&mut *out, &shape)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Line, Place};

    fn cell(row: u32, column: u32, column_span: u32, text: &str) -> Cell {
        Cell { row, column, row_span: 1, column_span, text: text.into(), place: Place::default() }
    }

    fn sample(tables: usize) -> Document {
        let place = Place { page: Some(3), ..Place::default() };
        let lines = vec![Line { start: 0, place, edges: Vec::new() }];
        let mut blocks = vec![Block::Paragraph(Paragraph { text: "单位：元".into(), lines })];
        for _ in 0..tables {
            let cells = vec![cell(0, 0, 2, "支出\n预算"), cell(1, 0, 1, "合计"), cell(1, 1, 1, "1,234")];
            blocks.push(Block::Table(Table::tiled(2, 2, cells).unwrap()));
        }
        Document { format: Format::Text, pages: Vec::new(), blocks, notes: Vec::new() }
    }

    #[test]
    fn a_table_is_chosen_by_number_or_because_it_is_the_only_one() {
        assert!(chosen(&sample(1), None, Lang::Zh).is_ok());
        assert!(chosen(&sample(3), Some(3), Lang::Zh).is_ok());
        for (tables, number) in [(0, None), (0, Some(1)), (2, None), (2, Some(3))] {
            assert!(matches!(chosen(&sample(tables), number, Lang::Zh), Err(Stop::Said(_))));
        }
    }

    #[test]
    fn all_formats_show_the_table() {
        let document = sample(1);
        let printed = |print: &dyn Fn(&mut dyn Write) -> io::Result<()>| {
            let mut out = Vec::new();
            print(&mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let as_text = printed(&|out| text(out, &document, Lang::Zh));
        assert!(as_text.contains("── 第 3 页 ──") && as_text.contains("│合计│1,234│"), "{as_text}");
        let table = tables(&document).next().unwrap();
        assert_eq!(printed(&|out| table_csv(out, table)), "支出预算,\n合计,\"1,234\"\n");
        let value: serde_json::Value = serde_json::from_str(&printed(&|out| json(out, &document))).unwrap();
        assert_eq!(value["blocks"][0]["page"], 3);
        assert_eq!(value["blocks"][1]["cells"][0]["column_span"], 2);
    }
}
