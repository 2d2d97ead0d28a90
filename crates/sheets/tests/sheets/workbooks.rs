//! What is read from workbooks that real programs and hands make.

use crate::made::{ods, rewrite, xls};
use mingzhang_model::date::Date;
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets::{Workbook, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Book, XlsxError};

fn text(words: &str) -> Cell {
    Cell::Text(words.to_owned())
}

fn number(digits: &str) -> Cell {
    Cell::Number(digits.to_owned())
}

fn formula(words: &str) -> Cell {
    Cell::Formula(words.to_owned())
}

fn date(day: &str) -> Cell {
    Cell::Date(Date::parse(day).unwrap())
}

fn only(book: &Workbook) -> &Sheet {
    assert_eq!(book.sheets.len(), 1);
    &book.sheets[0]
}

fn written(fill: impl FnOnce(&mut Book) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Book::new();
    fill(&mut book).unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn numbers_are_what_excel_shows() {
    let bytes = written(|book| {
        let sheet = book.add_worksheet();
        for (row, value) in
            [0.1 + 0.2, 1_234_567.89, 1e6, -0.01, 1e-7, 123_456_789_012_345_678.0].into_iter().enumerate()
        {
            sheet.write_number(u32::try_from(row).unwrap(), 0, value)?;
        }
        Ok(())
    });
    let book = read("数.xlsx", &bytes).unwrap();
    let expected = ["0.3", "1234567.89", "1000000", "-0.01", "0.0000001", "123456789012346000"];
    assert_eq!(only(&book).rows, expected.map(|digits| vec![number(digits)]));
}

#[test]
fn words_are_trimmed_and_truths_are_words_and_places_are_kept() {
    let bytes = written(|book| {
        let sheet = book.add_worksheet();
        sheet.write_string(1, 1, "\u{3000} 教育\u{a0}支出 \u{a0}")?;
        sheet.write_boolean(1, 3, true)?.write_boolean(3, 0, false)?.write_string(4, 0, " \u{3000}")?;
        Ok(())
    });
    let book = read("字.xlsx", &bytes).unwrap();
    let row = vec![Cell::Empty, text("教育\u{a0}支出"), Cell::Empty, text("是")];
    assert_eq!(only(&book).rows, [vec![], row, vec![], vec![text("否")]]);
    assert_eq!(book.notes, [""; 0]);
}

#[test]
fn a_formula_is_a_formula_beside_its_value() {
    let bytes = written(|book| {
        let sheet = book.add_worksheet();
        sheet.write_number(0, 0, 3)?;
        sheet.write_formula(0, 1, Formula::new("=A1*2").set_result("6"))?;
        sheet.write_array_formula(1, 0, 3, 0, Formula::new("=A1:A3*2").set_result("3"))?;
        // What a program computed for the other cells of the array, without the formula.
        sheet.write_number(2, 0, 6)?.write_number(3, 0, 9)?.write_number(4, 0, 12)?;
        Ok(())
    });
    let book = read("式.xlsx", &bytes).unwrap();
    let array = || vec![formula("=A1:A3*2")];
    let expected = [vec![number("3"), formula("=A1*2")], array(), array(), array(), vec![number("12")]];
    assert_eq!(only(&book).rows, expected);
}

#[test]
fn a_shared_formula_is_one_in_every_cell() {
    let bytes = written(|book| {
        let sheet = book.add_worksheet();
        for row in 0..3 {
            sheet.write_number(row, 0, 1)?.write_number(row, 1, 2)?;
        }
        Ok(())
    });
    let bytes = rewrite(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace(
            "<c r=\"B1\"><v>2</v></c>",
            "<c r=\"B1\"><f t=\"shared\" ref=\"B1:B2\" si=\"4294967295999\">A1*2</f><v>2</v></c>",
        )
        .replace("<c r=\"B2\"><v>2</v></c>", "<c r=\"B2\"><f t=\"shared\" si=\"4294967295999\"/><v>2</v></c>")
        .replace("<c r=\"B3\"><v>2</v></c>", "<c r=\"B3\"><f t=\"shared\" si=\"7\"/><v>2</v></c>")
    });
    let book = read("共.xlsx", &bytes).unwrap();
    let second: Vec<&Cell> = only(&book).rows.iter().map(|row| &row[1]).collect();
    assert_eq!(second, [&formula("=A1*2"), &formula("=A2*2"), &formula("=")]);
}

#[test]
fn faults_are_faults() {
    let bytes = written(|book| {
        book.add_worksheet().write_number(0, 0, 1)?;
        Ok(())
    });
    let bytes = rewrite(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace("<c r=\"A1\"><v>1</v></c>", "<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>")
    });
    assert_eq!(only(&read("错.xlsx", &bytes).unwrap()).rows, [[Cell::Fault("#DIV/0!".to_owned())]]);
}

fn with_dates() -> Vec<u8> {
    written(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("日期")?;
        let chinese = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        let clock = Format::new().set_num_format("hh:mm:ss");
        let money = Format::new().set_num_format("#,##0.00\"元\";[Red]-#,##0.00");
        sheet.write_with_format(0, 0, &ExcelDateTime::from_ymd(2026, 1, 31)?, &chinese)?;
        sheet.write_with_format(1, 0, &ExcelDateTime::from_ymd(2026, 1, 31)?.and_hms(8, 30, 0)?, &chinese)?;
        sheet.write_number_with_format(2, 0, 0.5, &clock)?;
        sheet.write_number_with_format(3, 0, 46_053, &money)?;
        sheet.write_number_with_format(4, 0, 0, &chinese)?;
        Ok(())
    })
}

#[test]
fn a_number_is_a_day_where_its_format_says_so() {
    let book = read("日.xlsx", &with_dates()).unwrap();
    let expected = [date("2026-01-31"), date("2026-01-31"), text("12:00:00"), number("46053"), number("0")];
    assert_eq!(only(&book).rows, expected.map(|cell| vec![cell]));
    assert_eq!(book.notes, ["工作表“日期”有 1 个日期带有时刻（如 A2）：只读入日期，时刻舍去。"]);
}

#[test]
fn a_workbook_that_counts_from_1904_means_other_days() {
    let bytes =
        rewrite(&with_dates(), "xl/workbook.xml", |xml| xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    let book = read("苹果.xlsx", &bytes).unwrap();
    assert_eq!(only(&book).rows[0], [date("2030-02-01")]);
    assert_eq!(only(&book).rows[4], [date("1904-01-01")]);
}

#[test]
fn hidden_sheets_stay_out_and_are_named() {
    let bytes = written(|book| {
        book.add_worksheet().set_name("收入")?.write_number(0, 0, 1)?;
        book.add_worksheet().set_name("底稿")?.set_hidden(true).write_number(0, 0, 2)?;
        book.add_worksheet().set_name("码表")?.set_very_hidden(true).write_number(0, 0, 3)?;
        book.add_worksheet().set_name("支出")?.write_number(0, 0, 4)?;
        Ok(())
    });
    let book = read("多.xlsx", &bytes).unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["收入", "支出"]);
    assert_eq!(book.notes, ["隐藏的工作表没有读入：“底稿”、“码表”。需要导入的，请先取消隐藏。"]);
}

#[test]
fn what_merged_cells_cover_is_empty() {
    let bytes = written(|book| {
        let sheet = book.add_worksheet();
        sheet.set_name("总表")?;
        sheet.merge_range(0, 0, 1, 2, "合计", &Format::new())?;
        // A value under the merge, as some programs leave it.
        sheet.write_number(1, 1, 5)?.write_number(1, 3, 7)?;
        Ok(())
    });
    let book = read("并.xlsx", &bytes).unwrap();
    assert_eq!(only(&book).rows, [vec![text("合计")], vec![Cell::Empty, Cell::Empty, Cell::Empty, number("7")]]);
    assert_eq!(book.notes, ["工作表“总表”有 1 处合并单元格（A1:C2）：值只算在左上角一格，其余按空白读入。"]);
}

#[test]
fn an_ods_is_read_as_an_xlsx_is() {
    // A cell is T, a row is R, and times are N.
    let rows = r#"
      <R><T office:value-type="string" table:number-columns-spanned="2">
        <text:p>科目 <text:span>支</text:span>&#x51FA;</text:p><office:annotation><text:p>批注</text:p></office:annotation>
        </T><table:covered-table-cell office:value-type="string"><text:p>盖住</text:p></table:covered-table-cell></R>
      <R table:number-rows-repeated="2"><T office:value-type="float" office:value="0.30000000000000004"/>
        <T N="2" office:value-type="boolean" office:boolean-value="true"/></R>
      <R table:number-rows-repeated="2"><T N="16384"/></R>
      <R><T/><T table:formula="of:=SUM([.A2:.A3])" office:value-type="float" office:value="0.6"/>
        <T office:value-type="date" office:date-value="2026-01-31T00:00:00"/>
        <T office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></T></R>
      <R table:number-rows-repeated="1048000"><T N="16384"/></R>"#;
    let tags = [("<T", "<table:table-cell"), ("</T>", "</table:table-cell>"), ("<R", "<table:table-row")];
    let tags = tags.into_iter().chain([("</R>", "</table:table-row>"), (" N=", " table:number-columns-repeated=")]);
    let rows = tags.fold(rows.to_owned(), |rows, (short, long)| rows.replace(short, long));
    let book = read("表.ods", &ods(&rows)).unwrap();
    let repeated = || vec![number("0.3"), text("是"), text("是")];
    let last = vec![Cell::Empty, formula("=SUM([.A2:.A3])"), date("2026-01-31"), Cell::Fault("#DIV/0!".to_owned())];
    assert_eq!(only(&book).rows, [vec![text("科目 支出")], repeated(), repeated(), vec![], vec![], last]);
    assert!(book.notes.iter().any(|note| note.contains("底稿")), "{:?}", book.notes);
    assert!(book.notes.iter().any(|note| note.contains("A1:B1")), "{:?}", book.notes);
}

#[test]
fn an_old_workbook_is_read() {
    let cells = [xls::number(0, 0, 0.1 + 0.2), xls::label(1, 1, "款项"), xls::formula(2, 0, 6.0)];
    let book = read("旧.xls", &xls::file(&xls::workbook(&cells))).unwrap();
    let row = vec![Cell::Empty, text("款项")];
    assert_eq!(only(&book).name, "Sheet1");
    assert_eq!(only(&book).rows[..2], [vec![number("0.3")], row]);
    assert_eq!(only(&book).rows[2], [formula("=A1*2")]);
}
