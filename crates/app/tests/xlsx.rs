//! The reviewers' checklist, opened as a spreadsheet program would.

mod program;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use program::{Desk, clean, faulty};

/// The sheets of the workbook that a run writes.
fn sheets(desk: &Desk, arguments: &[&str]) -> [Range<Data>; 3] {
    let done = desk.run(&[&["check", "--output-format", "xlsx", "--output-file", "out.xlsx"], arguments].concat());
    assert!(done.stdout.is_empty() && !done.stderr.contains("error"), "{}", done.stderr);
    let mut workbook: Xlsx<_> = open_workbook(desk.path("out.xlsx")).expect("a workbook");
    assert_eq!(workbook.sheet_names(), ["检查表", "问题清单", "统计"]);
    for name in ["检查表", "问题清单", "统计"] {
        let formulas = workbook.worksheet_formula(name).expect("a sheet");
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
    }
    ["检查表", "问题清单", "统计"].map(|name| workbook.worksheet_range(name).expect("a sheet"))
}

fn row(sheet: &Range<Data>, row: u32) -> Vec<String> {
    (0..sheet.width() as u32)
        .map(|column| sheet.get_value((row, column)).map(Data::to_string).unwrap_or_default())
        .collect()
}

fn find<'a>(rows: &'a [Vec<String>], item: &str) -> &'a [String] {
    rows.iter().find(|row| row[0] == item).unwrap_or_else(|| panic!("{item}: {rows:#?}"))
}

#[test]
fn the_checklist_has_a_row_for_each_table_and_says_what_is_wrong() {
    let desk = Desk::new("xlsx").with("a.txt", &faulty());
    let [checklist, findings, counts] = sheets(&desk, &["a.txt", "--select", "HI,TA,LA,XB,CM004,CM021"]);
    let rows: Vec<Vec<String>> = (0..checklist.height() as u32).map(|n| row(&checklist, n)).collect();
    assert_eq!(rows[0][0], "预算公开情况检查表");
    assert_eq!(rows[1], ["检查内容", "符合要求（是/否）", "问题", "位置", "依据"]);
    assert_eq!(rows[2][0], "云麓区档案馆 · 2025 年 · 预算公开 · a.txt");
    assert_eq!(rows.iter().filter(|row| row[0].starts_with('《')).count(), 9);
    let wrong = find(&rows, "《2025年部门支出预算总表》");
    assert_eq!(wrong[1], "否");
    assert!(wrong[2].contains("应为 1,250,000") && wrong[3].contains("第 137 行"), "{wrong:?}");
    assert_eq!(wrong[4], "中华人民共和国预算法实施条例第五条");
    assert_eq!(find(&rows, "《2025年部门财务收支预算总表》")[1], "是");
    let slot = "《2025年部门一般公共预算基本支出部门预算经济分类预算表》";
    assert_eq!(find(&rows, slot)[1], "待核");

    assert_eq!((findings.height(), findings.width()), (6, 21));
    assert_eq!(row(&findings, 2)[4], "TA007");
    assert_eq!(row(&counts, 0)[..6], ["文件", "单位", "年度", "结论", "错误", "警告"]);
    assert_eq!(row(&counts, 1)[..6], ["a.txt", "云麓区档案馆", "2025", "不通过", "4", "1"]);
    assert_eq!(counts.get_value((1, 4)), Some(&Data::Float(4.0)));
    assert_eq!(row(&counts, 2)[0], "合计");
}

#[test]
fn text_is_never_a_formula() {
    let hostile = faulty().replace("云麓区档案馆", "=1+1").replace("行政运行", "@SUM(A1)");
    let desk = Desk::new("xlsx-formula").with("=a.txt", &hostile);
    let [checklist, findings, _] = sheets(&desk, &["=a.txt"]);
    assert_eq!(row(&findings, 1)[..2], ["=a.txt", "=1+1"]);
    assert!(row(&checklist, 2)[0].starts_with("=1+1 · "), "{:?}", row(&checklist, 2));
}

#[test]
fn several_documents_each_have_their_part() {
    let desk = Desk::new("xlsx-several").with("a.txt", &faulty()).with("b.txt", &clean()).with("c.txt", "");
    let [checklist, findings, counts] = sheets(&desk, &["a.txt", "b.txt", "c.txt"]);
    let rows: Vec<Vec<String>> = (0..checklist.height() as u32).map(|n| row(&checklist, n)).collect();
    let unreadable = rows.iter().position(|row| row[0] == "c.txt").expect("the file that could not be read");
    assert_eq!(rows[unreadable + 1][1], "否");
    assert!(rows[unreadable + 1][2].contains("文件是空的"));
    assert_eq!(row(&counts, 3)[3], "无法读取");
    // A head and a foot, three files, and the two of one body and year together.
    assert_eq!(counts.height(), 6);
    assert!(findings.height() > 6);
    // The same documents give the same bytes.
    let first = std::fs::read(desk.path("out.xlsx")).expect("the workbook");
    sheets(&desk, &["a.txt", "b.txt", "c.txt"]);
    assert!(first == std::fs::read(desk.path("out.xlsx")).expect("the workbook"));
}
