//! Workbooks out: exports and templates.
//!
//! No cell holds a formula: what begins with an equals sign is written as text. A number is written as a
//! number where a double shows exactly its digits, else as text, so no digit is lost. The workbook says
//! nothing about when it was made: the same pages give the same bytes.

use std::collections::BTreeSet;

use mingzhang_model::sheet::Cell;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Workbook,
    Worksheet, XlsxError,
};

use crate::delimited::check;
use crate::page::{Column, Page, Style};
use crate::{Refusal, limits, number};

/// The hidden sheet on which the values of lists stand: in a validation itself there is little room for them.
const CHOICES: &str = "可选值";
/// As long as the name of a sheet may be.
const NAME: usize = 31;
const AUTHOR: &str = "明账";

/// Writes a workbook, its sheets in the order of the pages. Names that no sheet can have are mended.
///
/// # Errors
/// No page, more than [`limits::SHEETS`], or one over the limits of rows, columns, characters or widths.
pub fn write_xlsx(pages: &[Page]) -> Result<Vec<u8>, Refusal> {
    let lists = pages.iter().any(|page| page.columns.iter().any(|column| !column.choices.is_empty()));
    let count = pages.len() + usize::from(lists);
    if pages.is_empty() || count > limits::SHEETS {
        let limit = limits::SHEETS;
        return Err(Refusal::new(format!("要写 {count} 张工作表，应为 1 至 {limit} 张，请分几次导出")));
    }
    for page in pages {
        check(&page.sheet)?;
        check_looks(page)?;
    }
    workbook(pages).map_err(|error| Refusal::new(format!("写不成工作簿（{error}），请缩小范围后再导出")))
}

fn check_looks(page: &Page) -> Result<(), Refusal> {
    let is_long = |text: &str| text.encode_utf16().count() > limits::CHARACTERS;
    let helps_are_inside =
        page.helps.iter().all(|help| help.row < limits::ROWS && help.column < limits::COLUMNS && !is_long(&help.text));
    let choices = || page.columns.iter().flat_map(|column| &column.choices);
    let lists_fit = page.columns.iter().all(|column| column.choices.len() < limits::ROWS);
    if page.columns.len() > limits::COLUMNS || !helps_are_inside || !lists_fit || choices().any(|text| is_long(text)) {
        let name = &page.sheet.name;
        return Err(Refusal::new(format!("“{name}”的列、提示或可选值超过上限，请减少后再导出")));
    }
    Ok(())
}

fn workbook(pages: &[Page]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author(AUTHOR).set_creation_datetime(&never));
    let mut names = BTreeSet::from([CHOICES.to_lowercase()]);
    let mut lists: Vec<&[String]> = Vec::new();
    let looks = Looks::new();
    for page in pages {
        let sheet = book.add_worksheet();
        sheet.set_name(name(&page.sheet.name, &mut names))?;
        columns(sheet, page, &looks, &mut lists)?;
        cells(sheet, page, &looks)?;
        for help in &page.helps {
            let lines = help.text.chars().count() / 14 + help.text.lines().count() + 1;
            let height = u32::try_from(lines * 20).unwrap_or(400).clamp(60, 400);
            let note = Note::new(&help.text).set_author(AUTHOR).add_author_prefix(false);
            sheet.insert_note(row(help.row), column(help.column), &note.set_width(220).set_height(height))?;
        }
    }
    if !lists.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(CHOICES)?.set_hidden(true);
        for (at, list) in lists.iter().enumerate() {
            for (down, choice) in list.iter().enumerate() {
                sheet.write_string_with_format(row(down), column(at), choice, &looks.code)?;
            }
        }
    }
    book.save_to_buffer()
}

fn columns<'a>(
    sheet: &mut Worksheet,
    page: &'a Page,
    looks: &Looks,
    lists: &mut Vec<&'a [String]>,
) -> Result<(), XlsxError> {
    for (index, Column { width, style, choices }) in page.columns.iter().enumerate() {
        let at = column(index);
        if *width > 0 {
            sheet.set_column_width(at, f64::from(*width))?;
        }
        if *style != Style::Plain {
            sheet.set_column_format(at, looks.of(*style))?;
        }
        if choices.is_empty() || page.head >= limits::ROWS {
            continue;
        }
        // Columns with the same values share their list.
        let list = lists.iter().position(|list| *list == choices.as_slice()).unwrap_or_else(|| {
            lists.push(choices);
            lists.len() - 1
        });
        let letter = mingzhang_model::sheet::column_name(list);
        let source = format!("='{CHOICES}'!${letter}$1:${letter}${}", choices.len());
        let rule = DataValidation::new()
            .allow_list_formula(Formula::new(source))
            .set_error_title("不在可选值之内")?
            .set_error_message("请从下拉列表中选择，不要自行填写。")?;
        sheet.add_data_validation(row(page.head), at, row(limits::ROWS - 1), at, &rule)?;
    }
    if page.head > 0 {
        sheet.set_freeze_panes(row(page.head), 0)?;
    }
    Ok(())
}

/// Points that a line of text needs.
const LINE: usize = 16;

/// The height of a row of the head, so that what is wrapped in its cells can be read; a character of Chinese
/// is two wide.
fn head_height(page: &Page, cells: &[Cell]) -> f64 {
    let lines = |(at, cell): (usize, &Cell)| {
        let width = page.columns.get(at).map_or(0, |column| usize::from(column.width)).max(8);
        (cell.words().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>()).div_ceil(width)
    };
    let lines = cells.iter().enumerate().map(lines).max().unwrap_or(1).clamp(1, 20);
    (lines * LINE + 4) as f64
}

fn cells(sheet: &mut Worksheet, page: &Page, looks: &Looks) -> Result<(), XlsxError> {
    for (index, cells) in page.sheet.rows.iter().enumerate() {
        if index < page.head && index > 0 {
            sheet.set_row_height(row(index), head_height(page, cells))?;
        }
        for (at, cell) in cells.iter().enumerate() {
            let is_head = index < page.head;
            let style = page.columns.get(at).map_or(Style::Plain, |column| column.style);
            let format = match (is_head, index) {
                (true, 0) => &looks.head,
                (true, _) => &looks.hint,
                (false, _) => looks.of(style),
            };
            let (row, at) = (row(index), column(at));
            match cell {
                Cell::Empty if is_head => {
                    sheet.write_blank(row, at, format)?;
                }
                Cell::Empty => {}
                Cell::Number(text) => match number::to_double(text).filter(|_| style != Style::Code || is_head) {
                    Some(value) => {
                        sheet.write_number_with_format(row, at, value, format)?;
                    }
                    None => {
                        sheet.write_string_with_format(row, at, text, if is_head { format } else { &looks.code })?;
                    }
                },
                Cell::Date(date) => match number::serial(*date).filter(|_| style != Style::Code) {
                    Some(serial) => {
                        let format = if is_head { &looks.head_date } else { &looks.date };
                        sheet.write_number_with_format(row, at, serial, format)?;
                    }
                    None => {
                        sheet.write_string_with_format(row, at, date.to_string(), format)?;
                    }
                },
                Cell::Text(text) | Cell::Formula(text) | Cell::Fault(text) => {
                    sheet.write_string_with_format(row, at, text, format)?;
                }
            }
        }
    }
    Ok(())
}

/// The formats of a workbook.
struct Looks {
    plain: Format,
    money: Format,
    code: Format,
    date: Format,
    wrapped: Format,
    /// The first row of the head: the titles.
    head: Format,
    head_date: Format,
    /// The rows of the head below it: what to write.
    hint: Format,
}

impl Looks {
    fn new() -> Looks {
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(0x00DD_E8F3));
        Looks {
            plain: Format::new(),
            money: Format::new().set_num_format("#,##0.00"),
            code: Format::new().set_num_format("@"),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            head_date: head.clone().set_num_format("yyyy-mm-dd"),
            hint: Format::new()
                .set_font_color(Color::RGB(0x59_59_59))
                .set_font_size(9)
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_border(FormatBorder::Thin),
            head,
        }
    }

    fn of(&self, style: Style) -> &Format {
        match style {
            Style::Plain => &self.plain,
            Style::Money => &self.money,
            Style::Code => &self.code,
            Style::Date => &self.date,
            Style::Wrapped => &self.wrapped,
        }
    }
}

/// A name that a sheet can have and no other sheet has.
fn name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = wanted
        .chars()
        .map(|c| if c.is_control() || matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') { '_' } else { c })
        .collect();
    let clean = clean.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let clean = if clean.is_empty() { "表" } else { clean };
    let mut name = shorten(clean, NAME);
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        let end = format!("({number})");
        name = format!("{}{end}", shorten(clean, NAME - end.len()));
        number += 1;
    }
    name
}

/// As many characters from the start as fit into so many units of UTF-16, in which spreadsheets count.
fn shorten(text: &str, units: usize) -> String {
    let mut left = units;
    text.chars().take_while(|c| left.checked_sub(c.len_utf16()).inspect(|rest| left = *rest).is_some()).collect()
}

/// The row as the writer counts it; `check` has held it to the limits.
fn row(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_mended_and_differ() {
        let mut taken = BTreeSet::new();
        let long = "一".repeat(40);
        assert_eq!(name("收入/支出[2026]", &mut taken), "收入_支出_2026_");
        assert_eq!(name("收入/支出[2026]", &mut taken), "收入_支出_2026_(2)");
        assert_eq!(name("", &mut taken), "表");
        assert_eq!(name(&long, &mut taken), "一".repeat(31));
        assert_eq!(name(&long, &mut taken), format!("{}(2)", "一".repeat(28)));
        assert_eq!(name("'引'", &mut taken), "引");
    }
}
