//! What is read from csv files as different programs write them.

use encoding_rs::GB18030;
use mingzhang_model::date::Date;
use mingzhang_model::sheet::Cell;
use mingzhang_sheets::{read, write_csv};

fn rows(bytes: &[u8]) -> Vec<Vec<Cell>> {
    let book = read("收支.csv", bytes).unwrap();
    assert_eq!(book.sheets.len(), 1);
    assert_eq!(book.sheets[0].name, "收支");
    book.sheets.into_iter().next().unwrap().rows
}

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn number(digits: &str) -> Cell {
    Cell::Number(digits.to_owned())
}

fn table() -> Vec<Vec<Cell>> {
    vec![vec![text("科目"), text("金额")], vec![text("教育支出䶮"), number("-1234.50")]]
}

#[test]
fn every_encoding_gives_the_same_cells() {
    let written = "科目,金额\r\n教育支出䶮,-1234.50\r\n";
    assert_eq!(rows(written.as_bytes()), table());
    assert_eq!(rows(format!("\u{feff}{written}").as_bytes()), table());
    let (gb, _, had_errors) = GB18030.encode(written);
    assert!(!had_errors && std::str::from_utf8(&gb).is_err());
    assert_eq!(rows(&gb), table());
    let unicode: Vec<u8> = std::iter::once(0xFEFF).chain(written.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&unicode), table());
}

#[test]
fn every_separator_gives_the_same_cells() {
    for separator in [",", ";", "\t"] {
        assert_eq!(rows("科目,金额\n教育支出䶮,-1234.50".replace(',', separator).as_bytes()), table());
    }
}

#[test]
fn quotes_hold_lines_and_separators_together() {
    let read = rows("科目,说明\n1,\"第一行\r\n第二行,“\"\"引\"\"”\"\n".as_bytes());
    assert_eq!(read[1], [number("1"), text("第一行\r\n第二行,“\"引\"”")]);
}

#[test]
fn blank_lines_are_rows() {
    for end in ["\n", "\r\n", "\r"] {
        let written = ["", "收支表", "", "", "科目,\"金\n额\"", "1,2", "", "3", ""].join(end);
        let expected = [
            vec![],
            vec![text("收支表")],
            vec![],
            vec![],
            vec![text("科目"), text("金\n额")],
            vec![number("1"), number("2")],
            vec![],
            vec![number("3")],
        ];
        assert_eq!(rows(written.as_bytes()), expected, "{end:?}");
    }
}

#[test]
fn a_number_stays_as_it_was_typed_and_doubt_stays_text() {
    let typed = ["1234.50", "-0.10", "+7", "6222021234567890123", "0", "0.30000000000000004"];
    assert_eq!(rows(typed.join(",").as_bytes()), [typed.map(number)]);
    let doubtful = ["007", "1e5", ".5", "5.", "12%", "￥3", "2026/1/1", "1 000"];
    assert_eq!(rows(doubtful.join(",").as_bytes()), [doubtful.map(text)]);
    assert_eq!(rows(b"a,\"1,234.50\""), [[text("a"), text("1,234.50")]]);
}

#[test]
fn formulas_faults_days_and_spaces_are_known() {
    let date = Cell::Date(Date::parse("2026-01-31").unwrap());
    let expected = [Cell::Formula("=A1+1".to_owned()), Cell::Fault("#REF!".to_owned()), date, Cell::Empty, text("款")];
    assert_eq!(rows("=A1+1,#REF!,2026-01-31,\u{3000} \u{a0},\u{3000}款\u{a0}".as_bytes()), [expected]);
}

#[test]
fn what_is_written_is_marked_and_ends_lines_as_excel_does() {
    let sheet = mingzhang_model::sheet::Sheet {
        name: "出".to_owned(),
        rows: vec![
            vec![text("=1+1"), text("-"), number("-5.00"), text("1,200"), Cell::Formula("=A1".to_owned())],
            vec![],
            vec![text("他说\"无\""), Cell::Empty, number("=cmd")],
        ],
    };
    let written = String::from_utf8(write_csv(&sheet).unwrap()).unwrap();
    assert_eq!(written, "\u{feff}'=1+1,'-,-5.00,\"1,200\",'=A1\r\n\r\n\"他说\"\"无\"\"\",,'=cmd\r\n");
}
