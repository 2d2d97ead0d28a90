//! What templates and exports hold.

use std::io::{Cursor, Read};

use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets::{Column, Help, Page, Style, limits, read, write_csv, write_xlsx};
use zip::ZipArchive;

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn number(digits: &str) -> Cell {
    Cell::Number(digits.to_owned())
}

fn template() -> Vec<Page> {
    let column = |width, style, choices: &[&str]| Column {
        width,
        style,
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
    };
    let sheet = Sheet {
        name: "支出".to_owned(),
        rows: vec![
            vec![text("科目编码"), text("金额"), text("日期"), text("类型")],
            vec![number("2050101"), number("1234.5"), Cell::Date(Date::parse("2026-01-31").unwrap()), text("基本支出")],
            vec![text("007"), number("12345678901234567.89"), Cell::Empty, text("=HYPERLINK(\"x\")")],
            vec![Cell::Formula("=A1".to_owned()), number("0.00"), Cell::Empty, text("@SUM(A1)")],
        ],
    };
    let columns = vec![
        column(16, Style::Code, &[]),
        column(18, Style::Money, &[]),
        column(12, Style::Date, &[]),
        column(0, Style::Plain, &["基本支出", "项目支出", "含,逗号的"]),
    ];
    let helps = vec![Help { row: 0, column: 0, text: "填到项级，七位数字。".to_owned() }];
    vec![Page::guide("填表说明", &["第一步：填写支出表。", "=不是公式"]), Page { sheet, head: 1, columns, helps }]
}

fn part(bytes: &[u8], path: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let first = write_xlsx(&template()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(first, write_xlsx(&template()).unwrap());
    assert!(part(&first, "docProps/core.xml").contains("2000-01-01"));
}

#[test]
fn a_template_is_read_as_it_was_written() {
    let book = read("模板.xlsx", &write_xlsx(&template()).unwrap()).unwrap();
    assert_eq!(book.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["填表说明", "支出"]);
    assert_eq!(book.notes, [] as [String; 0], "the hidden values of the list are no news");
    let rows = &book.sheets[1].rows;
    assert_eq!(
        rows[1],
        [text("2050101"), number("1234.5"), Cell::Date(Date::parse("2026-01-31").unwrap()), text("基本支出")]
    );
    // A number with more digits than a double has stays whole, as text.
    assert_eq!(rows[2][..2], [text("007"), text("12345678901234567.89")]);
    assert_eq!(rows[3][1], number("0"));
}

#[test]
fn no_cell_holds_a_formula() {
    let bytes = write_xlsx(&template()).unwrap();
    for sheet in 1..=3 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(!xml.contains("<f>") && !xml.contains("<f "), "{xml}");
    }
    let book = read("出.xlsx", &bytes).unwrap();
    assert_eq!(book.sheets[0].rows[1], [text("=不是公式")]);
    assert_eq!(book.sheets[1].rows[3][0], text("=A1"));
}

#[test]
fn looks_lists_and_helps_are_in_the_workbook() {
    let bytes = write_xlsx(&template()).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("ySplit=\"1\""), "{sheet}");
    assert!(sheet.contains("sqref=\"D2:D1048576\"") && sheet.contains("'可选值'!$A$1:$A$3"), "{sheet}");
    assert!(sheet.contains("<cols>"), "{sheet}");
    assert!(part(&bytes, "xl/comments1.xml").contains("填到项级，七位数字。"));
    assert!(part(&bytes, "xl/styles.xml").contains("yyyy-mm-dd"));
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("含,逗号的"));
    assert!(part(&bytes, "xl/workbook.xml").contains("state=\"hidden\""));
}

#[test]
fn what_is_over_a_limit_is_not_written() {
    assert!(write_xlsx(&[]).is_err());
    let page = |rows: Vec<Vec<Cell>>| Page { sheet: Sheet { name: "大".to_owned(), rows }, ..Page::default() };
    assert!(write_xlsx(&vec![page(vec![]); limits::SHEETS + 1]).is_err());
    for rows in [
        vec![vec![number("1"); limits::COLUMNS + 1]],
        vec![vec![]; limits::ROWS + 1],
        vec![vec![text(&"字".repeat(limits::CHARACTERS + 1))]],
    ] {
        let page = page(rows);
        assert!(write_csv(&page.sheet).unwrap_err().to_string().contains("“大”"));
        assert!(write_xlsx(&[page]).unwrap_err().to_string().contains("上限"));
    }
    assert!(write_xlsx(&[page(vec![vec![text(&"字".repeat(limits::CHARACTERS))]])]).is_ok());
}
