//! Prints the blocks of documents, as a developer wants to see them: `dump FILE...`; `dump --time FILE...`
//! only reads them and prints how long that took.

use mingzhang_model::document::{Block, Document, Table};
use std::io::Write;
use std::time::Instant;

fn main() {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let quiet = paths.first().is_some_and(|arg| arg == "--time");
    if quiet {
        paths.remove(0);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let start = Instant::now();
    for path in &paths {
        let begin = Instant::now();
        let bytes = std::fs::read(path).unwrap_or_default();
        let written = match mingzhang_read::read(&bytes) {
            Ok(document) if quiet => {
                let ms = begin.elapsed().as_secs_f64() * 1000.0;
                writeln!(out, "{ms:8.1} ms {:5} pages  {path}", document.pages.len())
            }
            Ok(document) => print(&mut out, path, &document),
            Err(error) => writeln!(out, "{path}: {error}"),
        };
        if written.is_err() {
            return;
        }
    }
    if quiet {
        let _ = writeln!(out, "{:8.1} ms in all", start.elapsed().as_secs_f64() * 1000.0);
    }
}

fn print(out: &mut impl Write, path: &str, document: &Document) -> std::io::Result<()> {
    writeln!(out, "==== {path}: {} pages", document.pages.len())?;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let page = paragraph.place().page.unwrap_or(0);
                writeln!(out, "p{page} ¶{} {}", paragraph.lines.len(), paragraph.text)?;
            }
            Block::Table(table) => print_table(out, table)?,
        }
    }
    for note in &document.notes {
        writeln!(out, "p{} {:?}: {}", note.place.page.unwrap_or(0), note.kind, note.detail)?;
    }
    Ok(())
}

fn print_table(out: &mut impl Write, table: &Table) -> std::io::Result<()> {
    let parts: Vec<String> =
        table.parts.iter().map(|p| format!("p{}@{}", p.place.page.unwrap_or(0), p.first_row)).collect();
    writeln!(out, "TABLE {}x{} {}", table.rows(), table.columns(), parts.join(" "))?;
    for row in 0..table.rows() {
        write!(out, "  {row:3} |")?;
        for cell in table.row(row) {
            if cell.row < row {
                write!(out, " ^ |")?;
                continue;
            }
            let span = match (cell.row_span, cell.column_span) {
                (1, 1) => String::new(),
                (rows, columns) => format!("[{rows}x{columns}]"),
            };
            write!(out, " {span}{} |", cell.text.replace('\n', "⏎"))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
