//! A manuscript as WordprocessingML: a file of Word, with styles, lists, tables and contents that Word, WPS and
//! LibreOffice know as such and a person can go on working with.
//!
//! We write the parts ourselves: a library we could use has no header rows that stand again on every page, and lists
//! that count as the manuscript does are beyond what any offers. What never changes stands in `parts/` as it is in the
//! file; the modules here write the rest: `flow` the text, `table` and `widths` the tables, `numbering` the
//! lists, `contents` the contents.
//!
//! The same manuscript gives the same bytes: nothing says when the file was made.
//!
//! Absent on purpose: what numbers rest on (a person who edits the file would carry evidence for another number),
//! page numbers that nobody has counted, and fonts: those that offices use are named, and what to take where they are
//! missing.

mod contents;
mod flow;
mod numbering;
mod paragraph;
mod table;
mod widths;
mod xml;

use crate::manuscript::Manuscript;
use contents::Contents;
pub use contents::Pages;
use numbering::Numbering;
use std::fmt;
use std::io::{Cursor, Write};
use xml::Xml;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Why a manuscript cannot be a file of Word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DocxFault {
    /// A place of a table is covered by no cell, by two, or by one that reaches over the edge.
    Untiled {
        /// The title of the table.
        title: String,
        /// From 0.
        row: u32,
        /// From 0.
        column: u32,
    },
    /// A table has more rows or columns than Word has.
    TooLarge {
        /// The title of the table.
        title: String,
        /// How many it has.
        rows: u32,
        /// How many it has.
        columns: u32,
    },
    /// The parts do not go into one file: a part is over 4 GB.
    Package(String),
}

impl fmt::Display for DocxFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DocxFault::Untiled { title, row, column } => {
                let (row, column) = (row + 1, column + 1);
                write!(f, "《{title}》第 {row} 行第 {column} 列没有单元格、有两个单元格，或单元格越出表外")
            }
            DocxFault::TooLarge { title, rows, columns } => {
                write!(
                    f,
                    "《{title}》有 {rows} 行 {columns} 列，Word 表格最多 {} 行 {} 列",
                    table::ROWS,
                    table::COLUMNS
                )
            }
            DocxFault::Package(why) => write!(f, "写不成 DOCX 文件（{why}）"),
        }
    }
}

impl std::error::Error for DocxFault {}

/// Writes a manuscript whose page numbers nobody knows yet: the contents have none, and Word offers to fill them in.
///
/// # Errors
/// A table that is not tiled, or larger than Word has them.
pub fn write(manuscript: &Manuscript) -> Result<Vec<u8>, DocxFault> {
    write_paged(manuscript, &Pages::default())
}

/// Writes a manuscript with the page numbers of its contents.
///
/// # Errors
/// A table that is not tiled, or larger than Word has them.
pub fn write_paged(manuscript: &Manuscript, pages: &Pages) -> Result<Vec<u8>, DocxFault> {
    let contents = Contents::of(manuscript, pages);
    let mut numbering = Numbering::default();
    let document = flow::part(&manuscript.pieces, &contents, &mut numbering)?;
    let parts = [
        ("[Content_Types].xml", include_str!("parts/content_types.xml").to_owned()),
        ("_rels/.rels", include_str!("parts/package_rels.xml").to_owned()),
        ("docProps/core.xml", core_properties(manuscript)),
        ("docProps/app.xml", program_properties(manuscript)),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", include_str!("parts/document_rels.xml").to_owned()),
        ("word/styles.xml", include_str!("parts/styles.xml").to_owned()),
        ("word/numbering.xml", numbering.part()),
        ("word/settings.xml", include_str!("parts/settings.xml").to_owned()),
        ("word/fontTable.xml", include_str!("parts/fonts.xml").to_owned()),
        ("word/footer1.xml", include_str!("parts/footer.xml").to_owned()),
    ];
    package(&parts).map_err(|error| DocxFault::Package(error.to_string()))
}

/// The title, who publishes it, and the language.
fn core_properties(manuscript: &Manuscript) -> String {
    let mut xml = Xml::document();
    let spaces: xml::Attributes = &[
        ("xmlns:cp", &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
    ];
    xml.element("cp:coreProperties", spaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&manuscript.title));
        xml.element("dc:creator", &[], |xml| xml.text(&manuscript.body));
        xml.element("dc:language", &[], |xml| xml.text("zh-CN"));
    });
    xml.into_string()
}

fn program_properties(manuscript: &Manuscript) -> String {
    let mut xml = Xml::document();
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.element("Properties", &[("xmlns", &space)], |xml| {
        xml.element("Application", &[], |xml| xml.text("明账"));
        xml.element("Company", &[], |xml| xml.text(&manuscript.body));
    });
    xml.into_string()
}

fn package(parts: &[(&str, String)]) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
