//! The text reader on whole files: two real ones, and both shapes of table in GB18030.
//!
//! The real ones stand beside the repository; where they are absent their tests say so and pass.

use mingzhang_model::document::{Block, Document, Format, NoteKind, Table};
use std::path::{Path, PathBuf};

fn seed(prefix: &str) -> Option<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let is_it = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix));
    let entries = std::fs::read_dir(&folder).into_iter().flatten();
    let path = entries.filter_map(|entry| Some(entry.ok()?.path())).find(is_it);
    let Some(path) = path else {
        eprintln!("skipped: no file {prefix}* in {}", folder.display());
        return None;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let document = mingzhang_read::text::read(text.as_bytes()).unwrap();
    Some((text, document))
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
        .collect()
}

fn texts(document: &Document) -> impl Iterator<Item = &str> {
    document.blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![paragraph.text.as_str()],
        Block::Table(table) => table.cells().iter().map(|cell| cell.text.as_str()).collect(),
    })
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The rows that hold a text, as the texts of their cells.
fn row<'t>(table: &'t Table, label: &str) -> Vec<&'t str> {
    let row = (0..table.rows()).find(|&r| table.row(r).any(|cell| cell.text == label));
    table.row(row.unwrap_or_else(|| panic!("no row {label}"))).map(|cell| cell.text.as_str()).collect()
}

/// Row, column, row span and column span of the first cell with a text.
fn at(table: &Table, text: &str) -> (u32, u32, u32, u32) {
    let cell = table.cells().iter().find(|cell| cell.text.replace('\n', "") == text);
    let cell = cell.unwrap_or_else(|| panic!("no cell {text}"));
    (cell.row, cell.column, cell.row_span, cell.column_span)
}

/// The text of the cell in a column of the row whose cell in column `key.0` has the text `key.1`.
fn cell<'t>(table: &'t Table, key: (u32, &str), column: u32) -> &'t str {
    let row = (0..table.rows()).find(|&r| table.cell(r, key.0).is_some_and(|cell| cell.text == key.1));
    let row = row.unwrap_or_else(|| panic!("no row {key:?}"));
    &table.cell(row, column).unwrap().text
}

/// The columns below a header cell that covers several.
fn under(table: &Table, header: &str) -> std::ops::Range<u32> {
    let (_, column, _, span) = at(table, header);
    column..column + span
}

#[test]
fn nine_tables_of_one_cell_per_line() {
    let Some((_, document)) = seed("003_") else { return };
    let tables = tables(&document);
    assert_eq!(tables.iter().map(|table| table.columns()).collect::<Vec<_>>(), [6, 9, 8, 9, 5, 9, 8, 5, 12]);
    assert!(document.notes.iter().all(|note| note.kind == NoteKind::Residue), "{:?}", document.notes);
    assert_eq!((document.format, document.pages.len()), (Format::Text, 1));

    let summary = tables[0];
    assert_eq!((under(summary, "收入"), under(summary, "支出")), (0..3, 3..6));
    assert_eq!(row(summary, "八、其他收入"), ["八、其他收入", "8", "0.07", "八、社会保障和就业支出", "39", "20.41"]);
    assert_eq!(cell(summary, (3, "二十三、其他支出"), 5), "0.06");
    assert_eq!(cell(summary, (3, "结余分配"), 5), "0.01");
    assert_eq!(row(summary, "总计").len(), 6);
    assert_eq!(at(summary, "收入支出决算总表"), (0, 0, 1, 6));
    assert_eq!(summary.cells()[0].place.line, Some(27));

    let revenue = tables[1];
    let (top, ..) = at(revenue, "项    目");
    assert_eq!(at(revenue, "项    目"), (top, 0, 1, 2));
    assert_eq!(at(revenue, "本年收入合计"), (top, 2, 3, 1));
    assert_eq!(at(revenue, "其他收入"), (top, 8, 3, 1));
    assert_eq!(at(revenue, "科目名称"), (top + 1, 1, 2, 1));
    assert_eq!(at(revenue, "栏次"), (top + 3, 0, 1, 2));
    assert_eq!(cell(revenue, (0, "合计"), 8), "0.07");
    assert_eq!(cell(revenue, (0, "合计"), 1), "合计");
    assert_eq!(cell(revenue, (0, "2299999"), 8), "0.07");

    let expenditure = tables[2];
    assert_eq!(cell(expenditure, (0, "合计"), 3), "211.92");
    assert_eq!(cell(expenditure, (0, "2010309"), 4), "83.19");
    assert_eq!(at(expenditure, "公开03表").1, 7);
}

#[test]
fn headers_of_one_cell_per_line_stand_over_their_columns() {
    let Some((_, document)) = seed("003_") else { return };
    let tables = tables(&document);

    let appropriation = tables[3];
    assert_eq!((under(appropriation, "收入"), under(appropriation, "支出")), (0..3, 3..9));
    assert_eq!(cell(appropriation, (3, "九、卫生健康支出"), 6), "7.21");
    assert_eq!(at(appropriation, "财政拨款收入支出决算总表"), (0, 0, 1, 9));

    let general = tables[4];
    assert_eq!((under(general, "项    目"), under(general, "本年支出")), (0..2, 2..5));
    assert_eq!(cell(general, (0, "合计"), 4), "83.19");

    let basic = tables[5];
    assert_eq!(cell(basic, (0, "30309"), 2), "0.38");
    assert_eq!(cell(basic, (3, "30239"), 5), "10.40");
    assert_eq!(cell(basic, (3, "30299"), 5), "0.09");
    assert_eq!(under(basic, "人员经费合计"), 0..2);
    assert_eq!(cell(basic, (0, "人员经费合计"), 2), "190.00");
    assert_eq!(cell(basic, (0, "人员经费合计"), 8), "21.86");

    let funds = tables[6];
    assert_eq!((under(funds, "项    目"), under(funds, "本年支出")), (0..2, 4..7));
    assert_eq!(at(funds, "年末结转和结余").2, 4);
    assert_eq!(at(funds, "政府性基金预算财政拨款收入支出决算表").0, 0);
    assert_eq!((under(tables[7], "项    目"), under(tables[7], "本年支出")), (0..2, 2..5));

    let three = tables[8];
    assert_eq!((under(three, "预算数"), under(three, "决算数")), (0..6, 6..12));
    assert_eq!(under(three, "公务用车购置及运行维护费"), 2..5);
    let (top, ..) = at(three, "预算数");
    assert_eq!(at(three, "因公出国（境）费"), (top + 1, 1, 2, 1));
    assert_eq!(at(three, "公务用车购置费"), (top + 2, 3, 1, 1));
    let amounts = "50.58 0.00 29.70 0.00 29.70 20.88 25.12 0.00 14.70 0.00 14.70 10.43";
    assert_eq!(row(three, "50.58"), amounts.split(' ').collect::<Vec<_>>());
}

#[test]
fn seven_tables_of_tab_separated_rows() {
    let Some((_, document)) = seed("004_") else { return };
    let tables = tables(&document);
    let sizes: Vec<_> = tables.iter().map(|table| (table.columns(), table.rows(), table.parts.len())).collect();
    assert_eq!(sizes, [(4, 10, 1), (9, 25, 2), (7, 25, 2), (7, 25, 2), (7, 4, 1), (7, 4, 1), (6, 43, 3)]);
    assert!(document.notes.is_empty(), "{:?}", document.notes);

    assert_eq!((under(tables[0], "本年收入"), under(tables[0], "本年支出")), (0..2, 2..4));
    assert_eq!(row(tables[0], "收入总计"), ["收入总计", "84,281,400", "支出总计", "84,281,400"]);
    for (table, right) in [(1, "收入预算"), (2, "支出预算"), (3, "一般公共预算支出"), (4, "政府性基金预算支出")]
    {
        let table = tables[table];
        assert_eq!((under(table, "项目"), under(table, right)), (0..4, 4..table.columns()));
        assert_eq!(under(table, "功能分类科目编码"), 0..3);
        assert_eq!(at(table, "功能分类科目名称"), (1, 3, 2, 1));
        assert_eq!(at(table, "项"), (2, 2, 1, 1));
        assert_eq!(cell(table, (0, "合计"), 3), "合计");
    }
    assert_eq!(cell(tables[1], (3, "行政运行"), 8), "200,000");
    assert_eq!(cell(tables[1], (3, "购房补贴"), 5), "4,511,200");
    assert_eq!(cell(tables[2], (0, "合计"), 6), "17,012,643");
    assert_eq!(cell(tables[6], (2, "其他商品和服务支出"), 5), "964,750");
    assert_eq!((at(tables[6], "款"), at(tables[6], "合计")), ((2, 1, 1, 1), (1, 3, 2, 1)));
    assert_eq!((under(tables[6], "项目"), under(tables[6], "一般公共预算基本支出")), (0..3, 3..6));
}

#[test]
fn every_visible_character_of_the_real_files_is_in_a_block() {
    for prefix in ["000_", "001_", "002_", "003_", "004_"] {
        let Some((text, document)) = seed(prefix) else { return };
        // Left out are the marks of bookmarks, and in one file the header rows that page breaks repeated.
        let marks: usize =
            text.split("[bookmark:").skip(1).map(|rest| 10 + visible(rest.split(']').next().unwrap()) + 1).sum();
        let repeated = |header: &[(&str, usize)]| header.iter().map(|(words, times)| visible(words) * times).sum();
        let codes = "功能分类科目编码 功能分类科目名称 合计 类 款 项";
        let dropped: usize = match prefix {
            "004_" => repeated(&[
                (codes, 3),
                ("项目 收入预算 财政拨款收入 事业收入 事业单位经营收入 其他收入", 1),
                ("项目 支出预算 基本支出 项目支出", 1),
                ("项目 一般公共预算支出 基本支出 项目支出", 1),
                ("项目 一般公共预算基本支出 部门预算经济分类科目编码 经济分类科目名称", 2),
                ("合计 人员经费 公用经费 类 款", 2),
            ]),
            _ => 0,
        };
        let read: usize = texts(&document).map(visible).sum();
        assert_eq!(read + dropped + marks, visible(&text), "{prefix}");
        assert_eq!(document.pages[0].characters as usize, visible(&text) - marks, "{prefix}");
    }
}

/// One cell per line behind a tab.
const MERGED: &str = "第二部分\r\n\t收支总表\r\n\r\n\t收入\r\n\t支出\r\n\r\n\
    \t项目\r\n\t金额\r\n\t项目\r\n\t基本\r\n支出\r\n\t项目支出\r\n\r\n\
    \t拨款\r\n\t12.50\r\n\t教育\r\n\t10.00\r\n\t2.50\r\n\r\n\
    \t合计\r\n\t12.50\r\n\t合计\r\n\t10.00\r\n\t2.50\r\n\r\n\
    \t注：单位为万元。\r\n\r\n\r\n第三部分\r\n";

/// One row per line, over two pages.
const PADDED: &str = "部门收入表\n\n项目\t\t收入\t\n编码\t名称\t合计\t拨款\n205\t教育\t1,200\t1,200\n\n项目\t\t收入\t\n\
    编码\t名 称\t合计\t拨款\n208\t社保\t300\t\n合计\t\t1,500\t1,200\n\n说明\n";

#[test]
fn both_shapes_are_read_from_gb18030_too() {
    for text in [MERGED, PADDED] {
        let document = mingzhang_read::read(text.as_bytes()).unwrap();
        assert_eq!(mingzhang_read::read(&encoding_rs::GB18030.encode(text).0).unwrap(), document);
    }
}

#[test]
fn a_table_of_one_cell_per_line() {
    let document = mingzhang_read::read(MERGED.as_bytes()).unwrap();
    assert_eq!(document.blocks.len(), 3);
    let table = tables(&document)[0];
    assert_eq!((table.rows(), table.columns()), (6, 5));
    assert_eq!((under(table, "收入"), under(table, "支出")), (0..2, 2..5));
    assert_eq!(table.cell(2, 3).unwrap().text, "基本\n支出");
    assert_eq!(table.cell(3, 4).unwrap().place.line, Some(18));
    assert_eq!(at(table, "注：单位为万元。"), (5, 0, 1, 5));
}

#[test]
fn a_table_of_tab_separated_rows_over_two_pages() {
    let document = mingzhang_read::read(PADDED.as_bytes()).unwrap();
    assert_eq!(document.blocks.len(), 3);
    let table = tables(&document)[0];
    assert_eq!((table.rows(), table.columns()), (5, 4));
    assert_eq!((under(table, "项目"), under(table, "收入")), (0..2, 2..4));
    let parts: Vec<_> = table.parts.iter().map(|part| (part.first_row, part.place.line)).collect();
    assert_eq!(parts, [(0, Some(3)), (3, Some(7))]);
}
