//! The examples at the root of the repository: the clean one is clean, and the other gives exactly the
//! mistakes that were planted in it.

mod program;

use program::{Done, run};
use serde_json::Value;

fn example(name: &str) -> String {
    format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn checked(name: &str) -> (Done, Value) {
    let done = run(&["check", &example(name), "--output-format", "json"]);
    let value = serde_json::from_str(&done.stdout).expect("standard output is JSON");
    (done, value)
}

#[test]
fn the_clean_example_is_clean() {
    let (done, value) = checked("yunlu_archives_2025_budget.txt");
    assert_eq!(value["findings"], serde_json::json!([]));
    assert_eq!(done.code, 0, "{}", done.stderr);
    let document = &value["documents"][0];
    assert_eq!(document["body"], "云麓区档案馆");
    assert_eq!((&document["year"], &document["kind"]), (&2025.into(), &"budget".into()));
    assert_eq!(document["tables"].as_array().map(Vec::len), Some(9));
    assert_eq!(document["missing"], serde_json::json!([]));
    assert_eq!(document["unkeyed"], 0);
    assert!(document["outcomes"]["comparisons_held"].as_u64() > Some(300), "{document}");
}

/// What was planted: the table, none for a sentence, the severity, what stands there and what should.
const PLANTED: [[&str; 4]; 6] = [
    ["", "error", "46.00万元", "64.00万元"],
    ["2025年部门收入预算总表", "error", "10,340,000", "10,320,000"],
    ["2025年部门支出预算总表", "error", "1,520,000", "1,250,000"],
    ["2025年部门政府性基金预算支出功能分类预算表", "error", "", ""],
    ["2025年部门一般公共预算基本支出部门预算经济分类预算表", "warning", "", ""],
    ["2025年部门“三公”经费和机关运行经费预算表", "error", "8.00", "7.00"],
];

#[test]
fn the_planted_mistakes_are_found_and_nothing_else() {
    let (done, value) = checked("yunlu_archives_2025_budget_with_mistakes.txt");
    assert_eq!(done.code, 1);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found: Vec<[String; 4]> = value["findings"]
        .as_array()
        .expect("findings are a list")
        .iter()
        .map(|f| {
            let culprit = &f["culprit"];
            [&f["location"]["table"], &f["severity"], &culprit["quote"], &culprit["suggested"]].map(word)
        })
        .collect();
    assert_eq!(found, PLANTED.map(|finding| finding.map(str::to_owned)), "{value:#}");
}

#[test]
fn every_rule_has_a_page() {
    let done = run(&["rule", "--all", "--output-format", "json"]);
    assert_eq!(done.code, 0);
    let value: Value = serde_json::from_str(&done.stdout).expect("standard output is JSON");
    let rules = value["rules"].as_array().expect("rules are a list");
    assert!(rules.len() > 50, "{}", rules.len());
    for rule in rules {
        let page = rule["page"].as_str().unwrap_or_default();
        assert!(page.trim().len() > 10, "{rule}");
    }
    let near = run(&["rule", "TA07"]);
    assert_eq!(near.code, 2);
    assert!(near.stderr.contains("是不是 TA007"), "{}", near.stderr);
}

#[test]
fn facts_of_the_example_add_up_to_its_total() {
    let done = run(&["facts", &example("yunlu_archives_2025_budget.txt")]);
    let value: Value = serde_json::from_str(&done.stdout).expect("standard output is JSON");
    let facts = value["documents"][0]["facts"].as_array().expect("facts are a list");
    let items = facts.iter().filter(|fact| {
        fact["table"] == "B03"
            && fact["column"].as_str().is_some_and(|column| column.ends_with("合计"))
            && fact["row_code"].as_str().is_some_and(|code| code.len() == 7)
    });
    let fen = |fact: &Value| fact["amount_yuan"].as_str()?.replace('.', "").parse::<i64>().ok();
    assert_eq!(items.filter_map(fen).sum::<i64>(), 1_037_000_000);
}

#[test]
fn a_table_of_the_example_is_read_as_it_stands() {
    let path = example("yunlu_archives_2025_budget.txt");
    let csv = run(&["read", &path, "--output-format", "csv", "--table", "1"]);
    assert_eq!(csv.code, 0, "{}", csv.stderr);
    assert!(csv.stdout.contains("收入总计,\"10,370,000\",支出总计,\"10,370,000\"\n"), "{}", csv.stdout);
    let which = run(&["read", &path, "--output-format", "csv"]);
    assert_eq!(which.code, 2);
    assert!(which.stderr.contains("共有 9 张表"), "{}", which.stderr);
    let text = run(&["read", &path]);
    assert!(text.stdout.contains("表 9（"), "{}", text.stdout);
}
