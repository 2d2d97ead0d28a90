//! Text with separators: csv and its kin, in and out.
//!
//! In come the files that Chinese systems write: UTF-8 with a mark or without, the Unicode text of Excel,
//! and GB18030 with its older forms; parted by commas, semicolons or tabs. A number stays as it was typed.
//! Out goes one form: UTF-8 with a mark, commas, and lines as RFC 4180 ends them, which every Excel opens.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, Sheet};

use crate::grid::{Grid, Room};
use crate::{Refusal, Workbook, convert, limits, number};

/// What begins a formula in one spreadsheet or another.
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Faults of spreadsheets, as a csv file shows them.
const FAULTS: [&str; 7] = ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"];

/// Lines that are looked at for the separator.
const FIRST_LINES: usize = 20;

/// The field as text that no spreadsheet takes for a formula: an apostrophe goes before what could begin
/// one, and before an apostrophe that would be taken for this one. Reading takes it off again.
pub fn harmless(field: &str) -> String {
    if field.trim_start_matches('\'').starts_with(DANGEROUS) { format!("'{field}") } else { field.to_owned() }
}

/// Reads the only sheet of a file.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Workbook, Refusal> {
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Refusal::new("文件里没有任何内容，请检查是否选错了文件，或重新导出后再提交"));
    }
    let mut lines = ReaderBuilder::new();
    lines.has_headers(false).flexible(true).delimiter(separator(&text));
    let mut lines = lines.from_reader(text.as_bytes());
    let (mut grid, mut room, mut record) = (Grid::new(stem(name)), Room::new(), StringRecord::new());
    let (mut row, mut start) = (0, 0);
    while lines.read_record(&mut record).map_err(|_| not_a_table())? {
        let end = usize::try_from(lines.position().byte()).unwrap_or(text.len());
        row += blank_lines(&text, start);
        for (column, field) in record.iter().enumerate() {
            grid.put(&mut room, row, column, cell(field))?;
        }
        check_quotes(&text[start.min(end)..end], row)?;
        row += 1;
        start = end;
    }
    Ok(Workbook { sheets: vec![grid.finish()], notes: Vec::new() })
}

fn not_a_table() -> Refusal {
    Refusal::new("认不出这是什么文件，只能读取 .xlsx、.xls、.ods 和 .csv 表格，请用 Excel 或 WPS 另存为 .xlsx 后再提交")
}

/// The text of a file, by its mark, or else as UTF-8, or else as GB18030.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    check_kind(bytes)?;
    let marked = Encoding::for_bom(bytes);
    if let Some((encoding, length)) = marked.filter(|(encoding, _)| [UTF_8, UTF_16LE, UTF_16BE].contains(encoding)) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[length..]);
        if had_errors {
            return Err(bad_letters());
        }
        return no_controls(text.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return no_controls(text.to_owned());
    }
    // Any pair of bytes is a character of GB18030 or nearly so: what holds controls is no text at all.
    if bytes.iter().any(|byte| is_control(*byte)) {
        return Err(not_a_table());
    }
    let (text, had_errors) = GB18030.decode_without_bom_handling(bytes);
    if had_errors { Err(bad_letters()) } else { Ok(text.into_owned()) }
}

fn no_controls(text: String) -> Result<String, Refusal> {
    if text.bytes().any(is_control) { Err(not_a_table()) } else { Ok(text) }
}

fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
}

fn bad_letters() -> Refusal {
    Refusal::new("文字编码有误（既不是 UTF-8 也不是 GB18030），请用 Excel 或 WPS 打开核对后另存为 .xlsx 再提交")
}

/// The name of the one sheet of a file: that of the file without its extension.
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty() && ["csv", "tsv", "txt"].contains(&extension.to_ascii_lowercase().as_str()) =>
        {
            stem
        }
        _ => name,
    }
}

/// Refuses by name what people take for a table.
fn check_kind(bytes: &[u8]) -> Result<(), Refusal> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let what = if start.starts_with("%pdf") {
        "这是 PDF 文件，不是表格，请导入原来的 Excel 表"
    } else if start.starts_with("<!doctype html") || start.starts_with('<') && start.contains("<html") {
        "这是网页（有的系统导出的 .xls 其实是网页），请用 Excel 或 WPS 打开后另存为 .xlsx 文件再提交"
    } else if start.starts_with("<?xml") || start.starts_with("<table") || start.starts_with("<workbook") {
        "这是网页或 XML 格式的表，请用 Excel 或 WPS 打开后另存为 .xlsx 文件再提交"
    } else if start.starts_with("{\\rtf") {
        "这是 RTF 文档，不是表格，请把其中的表格复制到 Excel，存为 .xlsx 文件再提交"
    } else {
        return Ok(());
    };
    Err(Refusal::new(what))
}

/// The separator that the first line with any has most of, outside quotes; the comma where two are even.
fn separator(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0)];
    let (mut is_quoted, mut before, mut lines) = (false, b'\n', 0);
    for byte in text.bytes() {
        if byte == b'"' {
            // A quote opens a field only where one begins, and a doubled one opens it again.
            is_quoted = !is_quoted && matches!(before, b',' | b'\t' | b';' | b'\n' | b'\r' | b'"');
        } else if !is_quoted && matches!(byte, b'\n' | b'\r') {
            lines += 1;
            if lines == FIRST_LINES || counts.iter().any(|(_, count)| *count > 0) {
                break;
            }
        } else if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !is_quoted && byte == *separator) {
            *count += 1;
        }
        before = byte;
    }
    // Of equal ones the last is the greatest, so the comma stands last.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

/// How many lines without anything stand before the next record: the reader passes over them, but they are rows.
fn blank_lines(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    // A record may end between the two halves of the end of its line.
    if at > 0 && bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    while let Some(b'\r' | b'\n') = bytes.get(at) {
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        lines += 1;
    }
    lines
}

/// Refuses a record whose quotes do not pair: the rest of the file would be one cell.
fn check_quotes(record: &str, row: usize) -> Result<(), Refusal> {
    let record = record.trim_matches(['\r', '\n']);
    let quotes = || record.bytes().filter(|byte| *byte == b'"').count();
    if record.contains(['\r', '\n']) && quotes() % 2 == 1 {
        let row = row + 1;
        return Err(Refusal::new(format!(
            "第 {row} 行的双引号没有配对，后面的行被当成了同一格，请补上或删去引号后再提交"
        )));
    }
    Ok(())
}

fn cell(field: &str) -> Cell {
    let field = convert::trim(field);
    if field.is_empty() {
        Cell::Empty
    } else if field.starts_with('=') {
        Cell::Formula(field.to_owned())
    } else if number::is_number(field) {
        Cell::Number(field.to_owned())
    } else if let Some(date) = Date::parse(field) {
        Cell::Date(date)
    } else if FAULTS.contains(&field) {
        Cell::Fault(field.to_owned())
    } else {
        let guarded = field.strip_prefix('\'').filter(|rest| rest.trim_start_matches('\'').starts_with(DANGEROUS));
        convert::text(guarded.unwrap_or(field))
    }
}

/// Writes a sheet as csv: UTF-8 with a mark, commas, CRLF. No cell can become a formula: numbers are written
/// as they are, and words that could begin one get an apostrophe.
///
/// # Errors
/// A sheet over the limits of rows, columns or characters.
pub fn write_csv(sheet: &Sheet) -> Result<Vec<u8>, Refusal> {
    check(sheet)?;
    let mut out = "\u{feff}".to_owned();
    for row in &sheet.rows {
        for (column, cell) in row.iter().enumerate() {
            out.push_str(if column > 0 { "," } else { "" });
            let field = field(cell);
            // The other separators are quoted too, lest a reader take one of them for that of the file.
            if field.contains(['"', ',', ';', '\t', '\n', '\r']) {
                out.push('"');
                out.push_str(&field.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&field);
            }
        }
        out.push_str("\r\n");
    }
    Ok(out.into_bytes())
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) if number::is_number(number) => number.clone(),
        Cell::Date(date) => date.to_string(),
        Cell::Text(text) | Cell::Number(text) | Cell::Formula(text) | Cell::Fault(text) => harmless(text),
    }
}

/// Holds a sheet that is to be written to the limits.
pub(crate) fn check(sheet: &Sheet) -> Result<(), Refusal> {
    let name = &sheet.name;
    if sheet.rows.len() > limits::ROWS {
        let (count, limit) = (sheet.rows.len(), limits::ROWS);
        return Err(Refusal::new(format!("“{name}”有 {count} 行，超过 {limit} 行的上限，请缩小范围，分几次导出")));
    }
    for (index, row) in sheet.rows.iter().enumerate() {
        if row.len() > limits::COLUMNS {
            let (count, limit) = (row.len(), limits::COLUMNS);
            return Err(Refusal::new(format!("“{name}”有 {count} 列，超过 {limit} 列的上限，请缩小范围，分几次导出")));
        }
        let is_long = |cell: &Cell| match cell {
            Cell::Text(text) | Cell::Number(text) | Cell::Formula(text) | Cell::Fault(text) => {
                text.len() > limits::CHARACTERS && text.encode_utf16().count() > limits::CHARACTERS
            }
            Cell::Empty | Cell::Date(_) => false,
        };
        if row.iter().any(is_long) {
            let (row, limit) = (index + 1, limits::CHARACTERS);
            return Err(Refusal::new(format!("“{name}”第 {row} 行有一格超过 {limit} 个字的上限，请缩短后再导出")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula() {
        for field in ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "'=1"] {
            assert_eq!(harmless(field), format!("'{field}"));
        }
        assert_eq!(harmless("1-1=0"), "1-1=0");
        assert_eq!(harmless("'引"), "'引");
    }

    #[test]
    fn the_separator_is_what_the_first_line_has_most_of() {
        for (text, expected) in [
            ("年度,科目;款,金额\n", b','),
            ("年度;科目;金额,元\n", b';'),
            ("年度\t科目\n1,2\t3", b'\t'),
            ("\"a;b;c;d\",金额\n", b','),
            ("收支表\n\n科目;金额\n", b';'),
            ("a,b;c", b','),
            ("\"两\n行;\"\"引\"\";\"\n年度,金额", b','),
            ("5\" 管;数;量", b';'),
            ("科目", b','),
        ] {
            assert_eq!(separator(text), expected, "{text}");
        }
    }
}
