//! Tests of the solvers, on small grids of both shapes. `_` is an empty cell.

use super::super::evidence::Shape;
use super::super::scan::{Item, scan};
use super::tile;
use mingzhang_model::document::{Block, Table};

/// One cell per line behind a tab, from rows of cells separated by spaces.
fn merged_text(rows: &[&str]) -> String {
    let row = |row: &&str| cells(row).iter().map(|cell| format!("\t{cell}\n")).collect::<String>();
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// One row per line, from rows of cells separated by spaces; an empty row is a blank line.
fn padded_text(rows: &[&str]) -> String {
    rows.iter().map(|row| cells(row).join("\t") + "\n").collect()
}

fn merged(rows: &[&str]) -> Vec<Table> {
    tables(&merged_text(rows))
}

fn padded(rows: &[&str]) -> Vec<Table> {
    tables(&padded_text(rows))
}

fn cells(row: &str) -> Vec<&str> {
    row.split_whitespace().map(|cell| if cell == "_" { "" } else { cell }).collect()
}

fn tables(text: &str) -> Vec<Table> {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let items = scan(&lines);
    let shapes = Shape::of_all(items.iter().filter_map(Item::grid));
    items.iter().filter_map(Item::grid).zip(shapes).map(|(grid, shape)| tile(grid, &shape).unwrap()).collect()
}

/// A row as text: each cell with the columns it covers, and the rows if more than one.
fn show(table: &Table, row: u32) -> String {
    let cell = |cell: &mingzhang_model::document::Cell| {
        let columns = match cell.column_span {
            1 => format!("{}", cell.column),
            span => format!("{}-{}", cell.column, cell.column + span - 1),
        };
        let rows = if cell.row_span > 1 { format!("/{}", cell.row_span) } else { String::new() };
        format!("{}@{columns}{rows}", cell.text)
    };
    table.row(row).filter(|cell| cell.row == row).map(cell).collect::<Vec<_>>().join(" ")
}

#[test]
fn empty_cells_of_a_header_continue_the_cell_above_and_the_rest_is_covered() {
    let tables = merged(&["项目 年初 支出 年末", "编码 名称 _ 小计 基本 _", "_ _ _ _ _ _", "201 甲 1.0 2.0 3.0 4.0"]);
    assert_eq!(show(&tables[0], 0), "项目@0-1 年初@2/3 支出@3-4 年末@5/3");
    assert_eq!(show(&tables[0], 1), "编码@0/2 名称@1/2 小计@3/2 基本@4/2");
    assert_eq!(show(&tables[0], 2), "");
}

#[test]
fn labels_that_repeat_share_the_cells_above_equally() {
    let tables =
        merged(&["预算 决算", "合计 出国 用车 合计 出国 用车", "_ _ 小计 购置 _ _ 小计 购置", "1 2 3 4 5 6 7 8"]);
    assert_eq!(show(&tables[0], 0), "预算@0-3 决算@4-7");
    assert_eq!(show(&tables[0], 1), "合计@0/2 出国@1/2 用车@2-3 合计@4/2 出国@5/2 用车@6-7");
}

#[test]
fn labels_may_repeat_after_a_column_of_names() {
    let tables = merged(&["单位 预算 决算", "_ 合计 基本 合计 基本", "甲 1.0 2.0 3.0 4.0", "乙 1.0 2.0 3.0 4.0"]);
    assert_eq!(show(&tables[0], 0), "单位@0/2 预算@1-2 决算@3-4");
    let tables = merged(&[
        "科目 预算 决算",
        "编码 名称 合计 基本 合计 基本",
        "201 甲 1.0 2.0 3.0 4.0",
        "202 乙 1.0 2.0 3.0 4.0",
    ]);
    assert_eq!(show(&tables[0], 0), "科目@0-1 预算@2-3 决算@4-5");
}

#[test]
fn two_sides_of_unequal_width_part_where_the_labels_start_over() {
    let tables =
        merged(&["收入 支出", "项目 金额 项目 合计 一般 基金", "甲 1.0 乙 2.0 3.0 4.0", "丙 1.0 丁 2.0 3.0 4.0"]);
    assert_eq!(show(&tables[0], 0), "收入@0-1 支出@2-5");
    let tables =
        merged(&["收入 支出", "来源 金额 用途 合计 一般 基金", "甲 1.0 乙 2.0 3.0 4.0", "丙 1.0 丁 2.0 3.0 4.0"]);
    assert_eq!(show(&tables[0], 0), "收入@0-1 支出@2-5");
}

#[test]
fn the_columns_that_name_a_row_stand_apart_from_its_values() {
    let tables = merged(&["项目 支出", "编码 名称 合计 基本 项目", "201 甲 1.0 2.0 3.0", "202 乙 1.0 2.0 3.0"]);
    assert_eq!(show(&tables[0], 0), "项目@0-1 支出@2-4");
    let empty =
        merged(&["项目 支出", "编码 名称 合计 基本 项目", "_ _ _ _ _", "栏次 1 2 3", "合计 _ _ _", "_ _ _ _ _"]);
    assert_eq!(show(&empty[0], 0), "项目@0-1 支出@2-4");
    assert_eq!(show(&empty[0], 3), "栏次@0-1 1@2 2@3 3@4");
    assert_eq!(show(&empty[0], 4), "合计@0-1 @2 @3 @4");
}

#[test]
fn numbers_of_short_rows_stand_in_value_columns() {
    let rows = [
        "编码 名称 数 编码 名称 数 编码 名称 数",
        "301 甲 1.00 302 乙 2.00 307 丙 3.00",
        "30101 甲 1.00 30201 乙 2.00 30701 丙 3.00",
    ];
    let tables = merged(&[rows[0], rows[1], rows[2], "人员合计 2.00 公用合计 10.00", "总计 12.00"]);
    assert_eq!(show(&tables[0], 3), "人员合计@0-1 2.00@2 公用合计@3-7 10.00@8");
    assert_eq!(show(&tables[0], 4), "总计@0-7 12.00@8");
}

#[test]
fn rows_of_one_cell_cover_the_table_and_surplus_empty_cells_go() {
    let tables =
        merged(&["总表", "_ _ _ _ 公开01表", "部门： _ _ 万元", "甲 乙 丙 丁", "子 1 2 3", "丑 4 5 6", "注：一"]);
    assert_eq!(show(&tables[0], 0), "总表@0-3");
    assert_eq!(show(&tables[0], 1), "@0 @1 @2 公开01表@3");
    assert_eq!(show(&tables[0], 2), "部门：@0 @1 @2 万元@3");
    assert_eq!(show(&tables[0], 6), "注：一@0-3");
}

#[test]
fn texts_of_a_padded_header_widen_over_empty_cells() {
    let rows = [
        "项目 _ _ 收入 _ _ _",
        "编码 _ _ 名称 合计 拨款 其他",
        "类 款 项 _ _ _ _",
        "201 _ _ 甲 1,0 1,0 _",
        "201 03 _ 乙 1,0 1,0 _",
    ];
    let tables = padded(&rows);
    assert_eq!(show(&tables[0], 0), "项目@0-3 收入@4-6");
    assert_eq!(show(&tables[0], 1), "编码@0-2 名称@3/2 合计@4/2 拨款@5/2 其他@6/2");
    assert_eq!(show(&tables[0], 2), "类@0 款@1 项@2");
    assert_eq!(show(&tables[0], 3), "201@0 @1 @2 甲@3 1,0@4 1,0@5 @6");
}

#[test]
fn only_a_cell_that_parts_the_stub_is_moved() {
    let rows = ["项目 _ _ 支出 _", "编码 _ 名称 合计 基本", "类 款 _ _ _", "301 _ 甲 1,0 1,0", "301 01 乙 1,0 1,0"];
    let tables = padded(&rows);
    assert_eq!(show(&tables[0], 1), "编码@0-1 名称@2/2 合计@3/2 基本@4/2");
    assert_eq!(show(&tables[0], 2), "类@0 款@1");
}

#[test]
fn an_empty_form_takes_its_stub_from_a_filled_one() {
    let filled = ["项目 _ _ 收入 _", "编码 _ 名称 合计 基本", "类 款 _ _ _", "201 _ 甲 1,0 1,0", "201 03 乙 1,0 1,0"];
    let empty = ["项目 _ _ 基金 _", "编码 _ 名称 合计 基本", "类 款 _ _ _", "合计 _ _ _ _"];
    let short = ["项目 _ 基金 _ _", "编码 _ 名称 合计 基本", "类 款 _ _ _", "合计 _ _ _ _"];
    let all = [&filled[..], &[""], &empty[..]].concat();
    assert_eq!(show(&padded(&all)[1], 0), "项目@0-2 基金@3-4");
    let all = [&filled[..], &[""], &short[..]].concat();
    let tables = padded(&all);
    assert_eq!(show(&tables[1], 0), "项目@0-2 基金@3-4");
    assert_eq!(show(&tables[1], 3), "合计@0-2 @3 @4");
}

#[test]
fn a_word_alone_among_codes_covers_the_columns_under_their_title() {
    let head = ["项目 _ _ 支出 _", "编码 _ 名称 合计 基本", "类 款 _ _ _"];
    let codes = ["301 _ 甲 1,0 1,0", "301 01 乙 1,0 1,0"];
    let all = [&head[..], &codes, &["合计 _ _ 1,0 1,0"]].concat();
    assert_eq!(show(&padded(&all)[0], 5), "合计@0-2 1,0@3 1,0@4");
    // A word with a name beside it, words in both columns, and columns that no title joins are left alone.
    let all = [&head[..], &codes, &["其他 _ 丙 1,0 1,0", "合计 _ _ 1,0 1,0"]].concat();
    assert_eq!(show(&padded(&all)[0], 6), "合计@0 @1 @2 1,0@3 1,0@4");
    let words = ["项目 _ 支出 _", "类别 名称 合计 基本", "人员 _ 3,0 3,0", "_ 工资 1,0 1,0", "公用 _ 2,0 2,0"];
    assert_eq!(show(&padded(&words)[0], 2), "人员@0 @1 3,0@2 3,0@3");
    let untitled = ["编码 名称 合计 基本", "301 甲 1,0 1,0", "302 乙 1,0 1,0", "合计 _ 1,0 1,0"];
    assert_eq!(show(&padded(&untitled)[0], 3), "合计@0 @1 1,0@2 1,0@3");
}

#[test]
fn a_padded_header_may_end_in_a_row_without_text() {
    let tables = padded(&["项目 _ 金额", "_ _ _", "201 甲 1,0", "202 乙 1,0"]);
    assert_eq!(show(&tables[0], 0), "项目@0-1/2 金额@2/2");
    assert_eq!(show(&tables[0], 2), "201@0 甲@1 1,0@2");
}

#[test]
fn a_padded_block_of_two_rows_and_two_columns_is_one_cell() {
    let tables = padded(&["项目 _ 支出 _", "_ _ 基本 项目", "甲 乙 1.0 2.0", "丙 丁 1.0 2.0"]);
    assert_eq!(show(&tables[0], 0), "项目@0-1/2 支出@2-3");
    assert_eq!(show(&tables[0], 1), "基本@2 项目@3");
}

#[test]
fn every_grid_tiles_and_keeps_its_texts() {
    // All rows of up to four cells, each empty, a word or a number, below and above one another.
    let choices = ["_", "甲", "1.5"];
    let mut rows: Vec<String> = vec![String::new()];
    for _ in 0..4 {
        let longer = rows.iter().flat_map(|row| choices.map(|cell| format!("{row} {cell}"))).collect::<Vec<_>>();
        rows.extend(longer);
    }
    rows.retain(|row| !row.is_empty());
    for (i, first) in rows.iter().enumerate().step_by(3) {
        let second = &rows[(i * 7 + 5) % rows.len()];
        for text in [merged_text, padded_text] {
            let all = [first.as_str(), second, "甲 乙 丙 丁", "戊 1.0 己 2.0"];
            let wanted = text(&all).chars().filter(|c| !c.is_whitespace()).count();
            let document = crate::text::read(text(&all).as_bytes()).unwrap();
            let found: usize = document.blocks.iter().map(visible).sum();
            assert_eq!(found, wanted, "{all:?}");
            assert!(document.notes.is_empty(), "{all:?}");
        }
    }
}

fn visible(block: &Block) -> usize {
    let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    match block {
        Block::Paragraph(paragraph) => count(&paragraph.text),
        Block::Table(table) => table.cells().iter().map(|cell| count(&cell.text)).sum(),
    }
}

#[test]
fn a_title_that_is_wider_than_the_table_loses_nothing() {
    let made = padded(&["甲年预算 _ _ _ 乙年预算", "说明", "名称 数额 合计", "丙 1.00 2.00"]);
    assert_eq!(made[0].columns(), 5);
    assert!(made[0].cells().iter().any(|cell| cell.text == "乙年预算"), "{:?}", made[0]);
}
