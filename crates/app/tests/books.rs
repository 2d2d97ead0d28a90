//! `mingzhang books` as a person uses it: examples, sheets in and out, refusals that say where, and books
//! that are as they were after every refusal.

mod program;

use mingzhang_testkit::stores::postgres;
use program::{Desk, Done};
use rust_xlsxwriter::{Formula, Workbook};

/// A desk with the example offices in `mingzhang.db`.
fn with_examples(name: &str) -> Desk {
    let desk = Desk::new(name);
    let done = books(&desk, &["examples"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    desk
}

fn books(desk: &Desk, arguments: &[&str]) -> Done {
    let all: Vec<&str> = std::iter::once("books").chain(arguments.iter().copied()).collect();
    desk.run(&all)
}

fn verified(desk: &Desk) -> String {
    let done = books(desk, &["verify"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    done.stdout
}

#[test]
fn the_examples_load_once_and_pass_the_rules() {
    let desk = with_examples("examples");
    let before = verified(&desk);
    assert!(books(&desk, &["examples"]).stderr.contains("五个示例单位已在账簿中"));
    assert_eq!(verified(&desk), before, "loading again changes nothing");
    let shown = books(&desk, &["show"]).stdout;
    assert!(shown.contains("上海市人民政府驻西宁办事处") && shown.contains("2022（决算已批复）"), "{shown}");
    for (unit, form) in [("101009", "hunan_accounts"), ("140", "shanghai_budget_department")] {
        let done = books(&desk, &["check", "--unit", unit, "--form", form]);
        assert_eq!(done.code, 0, "{}", done.stdout);
        assert!(done.stdout.contains("通过：0 错误"), "{}", done.stdout);
    }
}

#[test]
fn tables_figures_and_years_are_shown_and_what_is_unclear_is_asked_back() {
    let desk = with_examples("show");
    let table = books(&desk, &["show", "--unit", "101009", "--form", "hunan_accounts", "--table", "A07"]).stdout;
    assert!(table.contains("50.58") && table.contains("25.12"), "{table}");
    let figures = books(&desk, &["show", "--unit", "101009", "--figures"]).stdout;
    assert!(figures.contains("固定资产净值") && figures.contains("3,624.85"), "{figures}");
    let year = books(&desk, &["show", "--unit", "101009"]).stdout;
    assert!(year.contains("决算") && year.contains("批复，应在"), "{year}");
    for (arguments, said) in [
        (vec!["show", "--year", "2024"], "请用 --unit 指定单位"),
        (vec!["show", "--unit", "999"], "没有单位 999"),
        (vec!["show", "--unit", "101009", "--year", "1999"], "请用 --year 指定年度"),
        (vec!["check", "--unit", "140"], "请用 --form 指定表式"),
        (vec!["show", "--unit", "140", "--form", "nowhere"], "没有表式 nowhere"),
        (vec!["show", "--unit", "140", "--form", "hunan_accounts", "--table", "Z9"], "表式中没有 Z9"),
        (vec!["template", "钱", "-o", "x.xlsx"], "没有表 钱"),
    ] {
        let done = books(&desk, &arguments);
        assert_eq!(done.code, 2, "{arguments:?}");
        assert!(done.stderr.contains(said), "{arguments:?}: {}", done.stderr);
    }
}

#[test]
fn the_facts_of_books_have_the_shape_of_those_of_a_document() {
    let desk = with_examples("facts");
    let done = books(&desk, &["facts", "--unit", "101009", "--form", "hunan_accounts"]);
    let json: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let document = &json["documents"][0];
    assert_eq!((&document["form"], &document["year"]), (&"hunan_accounts".into(), &2022.into()));
    let total = document["facts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|fact| fact["table"] == "A01" && fact["row"] == "总计" && fact["key"]["measures"][0] == "income");
    assert_eq!(total.unwrap()["printed"], "295.12");
}

#[test]
fn what_is_exported_restores_to_the_same_books_and_imports_to_the_same_tables() {
    let desk = with_examples("export");
    for target in ["all.xlsx", "all.jsonl", "folder"] {
        assert_eq!(books(&desk, &["export", "-o", target]).code, 0, "{target}");
    }
    let restored = books(&desk, &["restore", "all.jsonl", "--books", "again.db"]);
    assert_eq!(restored.code, 0, "{}", restored.stderr);
    let chain = |file: &str| books(&desk, &["verify", "--books", file]).stdout;
    assert_eq!(chain("again.db"), chain("mingzhang.db"));
    let twice = books(&desk, &["restore", "all.jsonl", "--books", "again.db"]);
    assert!(twice.code == 2 && twice.stderr.contains("只能恢复到空的账簿"), "{}", twice.stderr);
    let table =
        |file: &str| books(&desk, &["show", "--books", file, "--unit", "101009", "--form", "hunan_accounts"]).stdout;
    for (source, file) in [("all.xlsx", "sheets.db"), ("folder", "csv.db")] {
        let done = books(&desk, &["import", source, "--books", file, "--as", "建账"]);
        assert_eq!(done.code, 0, "{source}: {}", done.stderr);
        assert_eq!(table(file), table("mingzhang.db"), "{source}");
    }
    let changed = desk.text("all.jsonl").replacen("\"amount\":", "\"amount\":1", 1);
    desk.put("changed.jsonl", &changed);
    let refused = books(&desk, &["restore", "changed.jsonl", "--books", "changed.db"]);
    assert!(refused.code == 2 && refused.stderr.contains("与其校验值不符"), "{}", refused.stderr);
}

#[test]
fn a_template_filled_in_is_previewed_and_then_imported() {
    let desk = with_examples("template");
    assert_eq!(books(&desk, &["template", "-o", "tables.xlsx"]).code, 0);
    assert_eq!(books(&desk, &["template", "上年数", "-o", "known.csv"]).code, 0);
    let row = "101001,2023,决算,本年支出,一般公共预算,,,,30000000,市财政局决算批复\r\n";
    desk.put("known.csv", &(desk.text("known.csv") + row));
    let before = verified(&desk);
    let preview = books(&desk, &["import", "known.csv", "--as", "审核", "--preview"]);
    assert_eq!(preview.code, 0, "{}", preview.stderr);
    assert!(preview.stdout.contains("上年数：新增 1 行"), "{}", preview.stdout);
    assert_eq!(verified(&desk), before);
    let done = books(&desk, &["import", "known.csv", "--as", "审核"]);
    assert!(done.stderr.contains("已写入 1 条分录"), "{}", done.stderr);
    let again = books(&desk, &["import", "known.csv", "--as", "审核"]);
    assert!(again.stderr.contains("没有需要写入的"), "{}", again.stderr);
}

/// A line of office supplies of one of the examples, as words on the command line.
const SUPPLIES: [&str; 6] =
    ["单位编码=101001", "年度=2024", "资金=一般公共预算", "功能科目=2010301", "经济科目=30201", "支出类别=基本支出"];

#[test]
fn one_row_is_entered_or_refused_with_what_is_free() {
    let desk = with_examples("enter");
    let pay = |amount: &str| {
        let (amount, id) = (format!("金额={amount}"), format!("支付编号=现{amount}"));
        let mut arguments = vec!["enter", "支付", "--as", "审核", &id, &amount, "日期=2024-03-05"];
        arguments.extend(["经办人=经办", "审核人=审核", "支付人=出纳"]);
        arguments.extend(SUPPLIES);
        books(&desk, &arguments)
    };
    let before = verified(&desk);
    let refused = pay("99999999");
    assert_eq!(refused.code, 2);
    for said in ["“金额”", "可用 ", "需要 99,999,999.00元", "没有写入任何内容"] {
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
    }
    assert_eq!(verified(&desk), before);
    let unallotted = pay("1");
    assert!(unallotted.stderr.contains("没有指标不得支付"), "{}", unallotted.stderr);
    let mut allot = vec!["enter", "指标", "--as", "审核", "金额=500", "日期=2024-03-01", "文号=财预指标〔2024〕9号"];
    allot.extend(SUPPLIES);
    assert_eq!(books(&desk, &allot).code, 0);
    let paid = pay("120.50");
    assert_eq!(paid.code, 0, "{}", paid.stderr);
    let wrong = books(&desk, &["enter", "支付", "--as", "审核", "金额"]);
    assert!(wrong.stderr.contains("应写作 列名=值"), "{}", wrong.stderr);
}

/// A csv file, and words that the complaint about it must hold.
const WRONG: [(&str, &str, &[&str]); 9] = [
    ("预算", "预算科目", &["E 列", "2019999999"]),
    ("预算", "负数", &["不能为负"]),
    ("单位", "成环", &["成环", "101001"]),
    ("预算", "未知单位", &["没有编码为 999 的单位"]),
    ("收入", "已结账", &["已经结账"]),
    ("公式", "公式", &["公式"]),
    ("采购计划表", "认不出", &["采购计划表"]),
    ("预算", "缺列", &["金额"]),
    ("预算", "合计", &["合计"]),
];

fn wrong(what: &str) -> String {
    let budget = "版本,单位编码,年度,资金,功能科目,经济科目,支出类别,金额\n";
    let line = |unit: &str, function: &str, amount: &str| {
        format!("{budget}一上,{unit},2024,一般公共预算,{function},30201,基本支出,{amount}\n")
    };
    match what {
        "预算科目" => line("101001", "2019999999", "5"),
        "负数" => line("101001", "2010301", "-5"),
        "未知单位" => line("999", "2010301", "5"),
        "合计" => line("101001", "2010301", "5") + "合计,,,,,,,5\n",
        "缺列" => "版本,单位编码,年度,资金,功能科目,经济科目,支出类别\n一上,101001,2024,一般公共预算,2010301,30201,基本支出\n".into(),
        "公式" => line("101001", "2010301", "=1+1"),
        "成环" => "单位编码,单位名称,上级单位,单位性质\n101001,怀化市人民政府办公室,300,行政单位\n300,某处,101001,行政单位\n".into(),
        "已结账" => {
            "收入编号,单位编码,年度,资金,功能科目,支出类别,金额,日期\nS1,101009,2022,一般公共预算,2010301,基本支出,5,2022-05-01\n"
                .into()
        }
        _ => "甲,乙,丙\n1,2,3\n".into(),
    }
}

#[test]
fn a_wrong_sheet_is_refused_with_its_place_and_nothing_is_written() {
    let desk = with_examples("wrong");
    let before = verified(&desk);
    for (table, what, words) in WRONG {
        let file = format!("{table}.csv");
        desk.put(&file, &wrong(what));
        let done = books(&desk, &["import", &file, "--as", "建账"]);
        assert_eq!(done.code, 2, "{what}: {}", done.stdout);
        for said in words.iter().chain(&["没有写入任何内容"]) {
            assert!(done.stderr.contains(said), "{what}: {said}: {}", done.stderr);
        }
        assert_eq!(verified(&desk), before, "{what}");
    }
}

#[test]
fn formulas_too_many_rows_and_other_files_are_refused() {
    let desk = with_examples("files");
    let before = verified(&desk);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("年度").unwrap();
    sheet.write(0, 0, "单位编码").unwrap();
    sheet.write(0, 1, "年度").unwrap();
    sheet.write(1, 0, "101001").unwrap();
    sheet.write_formula(1, 1, Formula::new("=2024+1").set_result("2025")).unwrap();
    workbook.save(desk.path("公式.xlsx")).unwrap();
    let many = "101001,2024\n".repeat(1_000_000);
    desk.put("年度.csv", &format!("单位编码,年度\n{many}"));
    desk.put("坏.xlsx", "PK\u{3}\u{4}不是工作簿");
    desk.put("空.csv", "");
    for (file, said) in [
        ("公式.xlsx", "公式"),
        ("年度.csv", "一次最多导入"),
        ("坏.xlsx", "坏.xlsx"),
        ("空.csv", "空"),
        ("无.csv", "无法读取"),
    ] {
        let done = books(&desk, &["import", file, "--as", "建账"]);
        assert_eq!(done.code, 2, "{file}: {}", done.stdout);
        assert!(done.stderr.contains(said), "{file}: {}", done.stderr);
        assert_eq!(verified(&desk), before, "{file}");
    }
}

#[test]
fn books_are_backed_up_and_other_files_are_no_books() {
    let desk = with_examples("backup");
    assert_eq!(books(&desk, &["backup", "copy.db"]).code, 0);
    assert_eq!(books(&desk, &["verify", "--books", "copy.db"]).stdout, verified(&desk));
    assert_eq!(books(&desk, &["backup", "copy.db"]).code, 2, "a backup does not overwrite");
    desk.put("notes.txt", "不是账簿，只是一个文本文件，内容足够长，不会被当成空文件。");
    for file in ["notes.txt", "nothing.db"] {
        let done = books(&desk, &["show", "--books", file]);
        assert!(done.code == 2 && done.stderr.contains("打不开账簿"), "{file}: {}", done.stderr);
    }
}

#[test]
fn the_same_books_in_postgresql() {
    let Some(address) = postgres::address() else { return };
    let url = postgres::with(&address, &format!("schema={}", postgres::schema("program")));
    let desk = with_examples("postgres");
    let loaded = books(&desk, &["examples", "--database", &url]);
    assert_eq!(loaded.code, 0, "{}", loaded.stderr);
    let arguments = ["show", "--unit", "140", "--form", "shanghai_budget_department"];
    let there: Vec<&str> = arguments.iter().copied().chain(["--database", &url]).collect();
    assert_eq!(books(&desk, &there).stdout, books(&desk, &arguments).stdout);
    assert_eq!(books(&desk, &["export", "-o", "pg.jsonl", "--database", &url]).code, 0);
    assert_eq!(books(&desk, &["restore", "pg.jsonl", "--books", "pg.db"]).code, 0);
    let backup = books(&desk, &["backup", "x.db", "--database", &url]);
    assert!(backup.code == 2 && backup.stderr.contains("pg_dump"), "{}", backup.stderr);
}
