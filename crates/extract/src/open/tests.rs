//! Made-up tables in the layouts that places use, read by their words.

use crate::extract;
use mingzhang_model::document::{Block, Cell, Document, Format, Paragraph, Table};
use mingzhang_model::fact::{Facts, Why};

/// A document of paragraphs and tables: a line with `|` is a row of cells, `<` goes on from the left, `^` from
/// above.
fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if let Some(cells) = line.strip_prefix('|') {
            rows.push(cells.strip_suffix('|').unwrap_or(cells).split('|').map(str::trim).collect());
            continue;
        }
        if !rows.is_empty() {
            blocks.push(Block::Table(table(&std::mem::take(&mut rows))));
        }
        if !line.is_empty() {
            blocks.push(Block::Paragraph(Paragraph { text: line.to_owned(), lines: vec![Default::default()] }));
        }
    }
    Document { format: Format::Text, pages: Vec::new(), blocks, notes: Vec::new() }
}

fn table(rows: &[Vec<&str>]) -> Table {
    let (height, width) = (rows.len(), rows[0].len());
    let mut cells = Vec::new();
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| **text != "<" && **text != "^") {
            let across = 1 + texts[column + 1..].iter().take_while(|text| **text == "<").count();
            let down = 1 + rows[row + 1..].iter().take_while(|below| below[column] == "^").count();
            cells.push(Cell {
                row: row as u32,
                column: column as u32,
                row_span: down as u32,
                column_span: across as u32,
                text: (*text).to_owned(),
                ..Cell::default()
            });
        }
    }
    Table::tiled(height as u32, width as u32, cells).unwrap()
}

/// Each number of a document: what it prints, and its key.
fn keys(facts: &Facts) -> Vec<String> {
    facts.facts.iter().map(|fact| format!("{} {}", facts.locator(fact).quote.unwrap(), fact.key)).collect()
}

fn read(text: &str) -> Facts {
    extract(&document(&format!("云麓市档案局2026年部门预算\n{text}")))
}

#[test]
fn headers_narrow_from_the_top_down() {
    let facts = read(
        "表2 收入总表
        单位：万元
        |单位编码|单位名称|合计|本年收入|<|上年结转结余|
        |^|^|^|小计|一般公共预算|^|
        |合计|<|9.00|8.00|8.00|1.00|
        |317001|云麓市档案局（本级）|5.00|5.00|5.00||
        |317002|云麓市档案馆|4.00|3.00|3.00|1.00|",
    );
    let keys = keys(&facts);
    assert_eq!(keys[0], "9.00 2026/initial/income+opening");
    assert_eq!(keys[1], "8.00 2026/initial/income");
    assert_eq!(keys[2], "8.00 2026/initial/income funds=general_public");
    assert_eq!(keys[3], "1.00 2026/initial/opening");
    assert_eq!(keys[8], "4.00 2026/initial/income+opening unit=317002");
    assert!(facts.unkeyed.is_empty() && facts.unrecognised.is_empty());
}

#[test]
fn the_sums_of_a_layout_are_listed_from_left_to_right() {
    let text = "表2 收入总表
        单位：万元
        |单位名称|合计|本年收入|<|<|上年结转结余|<|<|
        |^|^|小计|一般公共预算|政府性基金预算|小计|一般公共预算|政府性基金预算|
        |云麓市档案馆|9.00|8.00|5.00|3.00|1.00|1.00||";
    let facts = read(text);
    let columns: Vec<usize> = facts.sums.iter().map(|sum| facts.facts[sum.whole].column).collect();
    assert!(columns.len() > 2 && columns.is_sorted(), "{columns:?}");
    assert!((0..20).all(|_| read(text) == facts), "the same document, other facts");
}

#[test]
fn what_a_row_lies_under_narrows_it() {
    let facts = read(
        "表4 财政拨款收支总表
        单位：万元
        |收入|<|支出|<|
        |项目|预算数|项目|预算数|
        |一、本年收入|8.00|一、本年支出|9.00|
        |（一）一般公共预算拨款|8.00|（一）一般公共服务支出|9.00|
        |二、上年结转|1.00|档案事务|9.00|
        |（一）一般公共预算拨款|1.00|行政运行|9.00|
        |收入总计|9.00|支出总计|9.00|",
    );
    let keys = keys(&facts);
    let has = |key: &str| assert!(keys.iter().any(|own| own == key), "{key} is not in {keys:#?}");
    has("8.00 2026/initial/income funds=general_public");
    has("1.00 2026/initial/opening funds=general_public");
    has("9.00 2026/initial/expenditure funds=general_public+government_managed+state_capital function=20126");
    has("9.00 2026/initial/expenditure funds=general_public+government_managed+state_capital function=2012601");
}

#[test]
fn several_codes_in_one_row_are_all_read() {
    let facts = read(
        "预算03表 支出总表
        金额单位：万元
        |支出功能分类科目|政府支出经济分类科目|部门支出经济分类科目|合计|基本支出|项目支出|
        |2012601-行政运行|50101-工资奖金津补贴|30101-基本工资|3.000000|3.000000||
        |2012604-档案馆|50201-办公经费|30201-办公费|2.000000||2.000000|
        |合计|||5.000000|3.000000|2.000000|",
    );
    let first = &keys(&facts)[0];
    assert_eq!(
        first,
        "3.000000 2026/initial/expenditure function=2012601 economic=30101 government_economic=501/50101"
    );
    let whole = facts.sums.iter().find(|sum| facts.facts[sum.whole].printed.amount().0 == 5_000_000);
    assert_eq!(whole.map(|sum| sum.parts.len()), Some(2), "the total is its rows");
}

#[test]
fn years_stand_in_columns_or_in_rows() {
    let columns = read(
        "表13 一般公共预算拨款“三公”经费支出表
        单位：元
        |单位名称|2025年|2026年|增减变化情况|
        |合计|10.00|8.00|-2.00|",
    );
    assert!(keys(&columns)[0].starts_with("10.00 2025/initial/expenditure funds=general_public"));
    assert!(keys(&columns)[2].ends_with(" change"), "{:?}", keys(&columns));
    let rows = read(
        "表9 财政拨款“三公”经费支出表
        单位：万元
        |预算单位|年度|总计|公务接待费|
        |云麓市档案局|2025年|3.00|1.00|
        |^|2026年|2.00|1.00|
        |^|增减变化金额|-1.00|0.00|",
    );
    let keys = keys(&rows);
    assert!(keys[0].starts_with("3.00 2025/") && keys[2].starts_with("2.00 2026/") && keys[4].ends_with(" change"));
}

#[test]
fn lists_name_units_and_projects() {
    let facts = read(
        "表2 收入总表
        单位：万元
        |预算单位|收入总计|财政拨款|
        |云麓市档案局|9.00|9.00|
        |云麓市档案局本级|5.00|5.00|
        |云麓市档案馆|4.00|4.00|

        表5 项目支出总表
        单位：万元
        |支出项目类别|总计|财政拨款|
        |云麓市档案局|5.00|5.00|
        |云麓市档案局本级|3.00|3.00|
        |数字化|2.00|2.00|
        |医疗卫生支出|1.00|1.00|
        |云麓市档案馆|2.00|2.00|
        |展览|2.00|2.00|",
    );
    let keys = keys(&facts);
    assert!(keys.contains(&"4.00 2026/initial/income unit=云麓市档案馆".to_owned()), "{keys:#?}");
    let project = "1.00 2026/initial/expenditure kinds=project unit=云麓市档案局本级 project=医疗卫生支出";
    assert!(keys.contains(&project.to_owned()), "the name of a class is a project's name here: {keys:#?}");
    assert!(facts.sums.iter().any(|sum| sum.parts.len() == 2));
}

#[test]
fn what_is_not_known_is_said_to_be_unknown() {
    let facts = read(
        "表3 支出总表
        单位：万元
        |科目编码|科目名称|合计|某某情况|
        |201|一般公共服务支出|9.00|3.00|
        ||某个名目|2.00||",
    );
    let whys: Vec<Why> = facts.unkeyed.iter().map(|cell| cell.why).collect();
    assert!(whys.contains(&Why::UnknownColumn) && whys.contains(&Why::UnknownRow), "{whys:?}");
    assert_eq!(keys(&facts), ["9.00 2026/initial/expenditure function=201"]);
}

#[test]
fn tables_without_money_are_known_for_what_they_are() {
    let facts = read(
        "项目绩效目标表
        |项目名称|数字化|<|
        |一级指标|二级指标|指标值|
        |产出指标|数量指标|≥5.00|

        |序号|单位名称|备注|
        |1|云麓市档案馆||",
    );
    let concepts: Vec<&str> = facts.other_tables.iter().map(|table| table.concept).collect();
    assert_eq!(concepts, ["performance_targets", "units"]);
    assert!(facts.unrecognised.is_empty());
}
