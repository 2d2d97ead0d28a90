//! Workbooks as offices fill them, read as the screen shows them.

use mingzhang_model::document::{Block, Cell, Document, Format, NoteKind, Place, Table};
use mingzhang_read::{Unreadable, read};
use rust_xlsxwriter::{Format as Look, Formula, Note, Workbook, Worksheet, XlsxError};

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book).unwrap();
    book.save_to_buffer().unwrap()
}

/// The document of a workbook with one sheet.
fn sheet(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Document {
    let bytes = workbook(|book| fill(book.add_worksheet()));
    let document = read(&bytes).unwrap();
    assert_eq!(document.format, Format::Workbook);
    document
}

/// Each block: a paragraph as it is, a table by its rows.
fn drawn(document: &Document) -> Vec<String> {
    let mut drawn = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => drawn.push(format!("¶ {}", paragraph.text)),
            Block::Table(table) => drawn.extend((0..table.rows()).map(|row| row_of(table, row))),
        }
    }
    drawn
}

fn row_of(table: &Table, row: u32) -> String {
    let cell = |cell: &Cell| match (cell.row_span, cell.column_span) {
        _ if cell.row < row => "^".to_owned(),
        (1, 1) => cell.text.replace('\n', "/"),
        (rows, columns) => format!("{rows}x{columns} {}", cell.text.replace('\n', "/")),
    };
    table.row(row).map(cell).collect::<Vec<_>>().join("|")
}

fn notes(document: &Document) -> Vec<(NoteKind, Option<String>, &str)> {
    document.notes.iter().map(|note| (note.kind, note.place.cell(), note.detail.as_str())).collect()
}

#[test]
fn a_statutory_sheet_is_a_title_lines_a_table_and_a_note() {
    let centred = Look::new();
    let document = sheet(|sheet| {
        sheet.set_name("收入")?;
        sheet.merge_range(0, 0, 0, 3, "收入决算表", &centred)?;
        sheet.write_string(1, 3, "公开02表")?;
        sheet.write_string(2, 0, "部门：某局")?.write_string(2, 3, "金额单位：万元")?;
        sheet.merge_range(3, 0, 4, 1, "项目", &centred)?.merge_range(3, 2, 3, 3, "本年收入", &centred)?;
        sheet.write_string(4, 2, "合计")?.write_string(4, 3, "财政拨款")?;
        sheet.merge_range(5, 0, 5, 1, "栏次", &centred)?.write_number(5, 2, 1)?.write_number(5, 3, 2)?;
        let money = Look::new().set_num_format("#,##0.00");
        sheet.write_string(6, 0, "201")?.write_string(6, 1, "一般公共服务支出")?;
        sheet.write_number_with_format(6, 2, 1234.5, &money)?.write_number_with_format(6, 3, 1234.496, &money)?;
        sheet.merge_range(9, 0, 9, 3, "注：本表反映收入情况。", &centred)?;
        sheet.write_blank(20, 8, &Look::new().set_bold())?;
        Ok(())
    });
    let expected = [
        "¶ 收入决算表",
        "¶ 公开02表",
        "部门：某局|||金额单位：万元",
        "2x2 项目|1x2 本年收入",
        "^|合计|财政拨款",
        "1x2 栏次|1|2",
        "201|一般公共服务支出|1,234.50|1,234.50",
        "¶ 注：本表反映收入情况。",
    ];
    assert_eq!(drawn(&document), expected);
    let Some(Block::Table(table)) = document.blocks.get(2) else { panic!("no table") };
    let place = Place { page: Some(1), line: Some(7), column: Some(3), ..Place::default() };
    assert_eq!(table.cell(4, 2).unwrap().place, place);
    assert_eq!(place.cell().as_deref(), Some("C7"));
    assert_eq!(table.parts[0].place.cell().as_deref(), Some("A3"));
}

#[test]
fn numbers_are_what_their_cells_show() {
    let document = sheet(|sheet| {
        let shown = [
            (1234.5, ""),
            (1234.5, "#,##0.00"),
            (0.0, "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "),
            (0.0, "0.00"),
            (0.7165, "0.00%"),
            (46_023.0, "yyyy\"年\"m\"月\"d\"日\""),
            (-3.0, "0.00;[Red]-0.00"),
            (0.1 + 0.2, ""),
        ];
        sheet.write_string(0, 0, "项目")?.write_string(0, 1, "数")?;
        for (row, (value, code)) in shown.into_iter().enumerate() {
            let row = u32::try_from(row + 1).unwrap();
            let look = Look::new().set_num_format(if code.is_empty() { "General" } else { code });
            sheet.write_string(row, 0, "甲")?.write_number_with_format(row, 1, value, &look)?;
        }
        sheet.write_string(9, 0, "甲")?.write_formula(9, 1, Formula::new("=B2*2").set_result("2469"))?;
        Ok(())
    });
    let values: Vec<String> = drawn(&document).into_iter().skip(1).collect();
    let expected = ["1234.5", "1,234.50", "-", "0.00", "71.65%", "2026年1月1日", "-3.00", "0.3", "2469"]
        .map(|v| format!("甲|{v}"));
    assert_eq!(values, expected);
}

#[test]
fn what_is_hidden_is_left_out_and_noted() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet();
        for (column, name) in ["项目", "底稿", "金额"].into_iter().enumerate() {
            sheet.write_string(0, u16::try_from(column).unwrap(), name)?;
        }
        sheet.write_string(1, 0, "拨款")?.write_number(1, 1, 7)?.write_number(1, 2, 3)?;
        sheet.write_string(2, 0, "旧账")?.write_number(2, 2, 9)?;
        sheet.write_string(3, 0, "合计")?.write_number(3, 2, 3)?;
        sheet.set_column_hidden(1)?.set_row_hidden(2)?;
        sheet.insert_note(1, 2, &Note::new("再核").add_author_prefix(false))?;
        book.add_worksheet().set_name("核对")?.set_hidden(true).write_number(0, 0, 1)?;
        Ok(())
    });
    let document = read(&bytes).unwrap();
    assert_eq!(drawn(&document), ["项目|金额", "拨款|3", "合计|3"]);
    let at = |name: &str| Some(name.to_owned());
    let expected = [
        (NoteKind::Hidden, at("B1"), "底稿"),
        (NoteKind::Hidden, at("B2"), "7"),
        (NoteKind::Hidden, at("A3"), "旧账"),
        (NoteKind::Hidden, at("C3"), "9"),
        (NoteKind::Comment, at("C2"), "再核"),
        (NoteKind::Hidden, None, "核对"),
    ];
    assert_eq!(notes(&document), expected);
}

#[test]
fn several_sheets_and_several_tables_on_one_are_told_apart() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet().set_name("三公经费")?;
        let rows = [["项目", "金额"], ["接待", "1"], ["", ""], ["", ""], ["科目", "数"], ["差旅", "2"]];
        for (row, cells) in rows.into_iter().enumerate() {
            for (column, text) in cells.into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), text)?;
            }
        }
        book.add_worksheet().write_string(0, 0, "一、概况")?.write_string(2, 0, "本部门\r\n共三人。")?;
        Ok(())
    });
    let document = read(&bytes).unwrap();
    let expected = ["¶ 三公经费", "项目|金额", "接待|1", "科目|数", "差旅|2", "¶ 一、概况", "¶ 本部门", "¶ 共三人。"];
    assert_eq!(drawn(&document), expected);
    let characters: Vec<_> = document.pages.iter().map(|page| (page.number, page.characters)).collect();
    assert_eq!(characters, [(1, 4 + 13), (2, 4 + 7)]);
}

#[test]
fn what_cannot_be_read_says_so() {
    let empty = workbook(|book| book.add_worksheet().write_string(0, 0, " ").map(|_| ()));
    assert_eq!(read(&empty), Err(Unreadable::Empty));
    let mut cut = workbook(|book| book.add_worksheet().write_string(0, 0, "甲").map(|_| ()));
    cut.truncate(cut.len() / 2);
    let why = read(&cut).unwrap_err().to_string();
    assert!(!why.is_empty() && !why.contains("导入"), "{why}");
}
