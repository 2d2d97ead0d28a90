//! The formats for other programs, parsed back.

mod program;

use program::{Desk, Done, clean, faulty};
use roxmltree::Document;
use serde_json::Value;

fn desk(name: &str) -> Desk {
    Desk::new(name).with("a.txt", &faulty()).with("b.txt", &clean()).with("空.txt", "")
}

fn checked(desk: &Desk, format: &str) -> Done {
    let done = desk.run(&["check", "a.txt", "b.txt", "空.txt", "--select", RULES, "--output-format", format]);
    assert_eq!(done.code, 1, "{}", done.stderr);
    assert!(done.stderr.contains("空.txt: 无法读取"), "{}", done.stderr);
    assert!(done.stderr.lines().last().is_some_and(|line| line.starts_with("不通过：")), "{}", done.stderr);
    done
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The rules that these tests are about: what others find changes as they grow.
const RULES: &str = "HI,TA,LA,XB,CM004,CM021";
const FOUND: [&str; 5] = ["HI003", "TA007", "CM004", "CM021", "TA027"];

#[test]
fn jsonl_is_findings_then_their_document() {
    let done = checked(&desk("jsonl"), "jsonl");
    let lines: Vec<Value> = done.stdout.lines().map(json).collect();
    let types: Vec<&str> = lines.iter().filter_map(|line| line["type"].as_str()).collect();
    let finding = "finding";
    // The two files that can be read are of one body and year: they are checked together too.
    let expected = [finding, finding, finding, finding, finding, "document", "document", "document", "bundle"];
    assert_eq!(types, expected);
    let rules: Vec<&str> = lines[..5].iter().filter_map(|line| line["rule"].as_str()).collect();
    assert_eq!(rules, FOUND);
    assert_eq!((&lines[5]["path"], lines[7]["error"].is_string()), (&"a.txt".into(), true));
}

/// The records of a CSV text.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            _ => field.push(c),
        }
    }
    assert!(!quoted && field.is_empty() && record.is_empty(), "{text}");
    records
}

#[test]
fn csv_opens_in_a_spreadsheet() {
    let done = checked(&desk("csv"), "csv");
    let text = done.stdout.strip_prefix('\u{feff}').expect("Excel needs the mark");
    let records = records(text);
    let widths: Vec<usize> = records.iter().map(Vec::len).collect();
    assert_eq!(widths, [21; 7]);
    assert_eq!(records[0][..5], ["文件", "单位", "年度", "阶段", "规则"]);
    let rules: Vec<&str> = records[1..6].iter().map(|record| record[4].as_str()).collect();
    assert_eq!(rules, FOUND);
    assert_eq!(records[2][13..17], ["1,520,000", "1,250,000", "270,000元", "1,250,000"]);
    assert!(records[6][7].starts_with("无法读取"), "{:?}", records[6]);
}

#[test]
fn csv_holds_no_formula() {
    let hostile = faulty().replace("云麓区档案馆", "=HYPERLINK(\"http://x\",\"档案馆\")");
    let desk = Desk::new("formula").with("-a.txt", &hostile).with("=b.txt", &hostile);
    let done = desk.run(&["check", "./-a.txt", "=b.txt", "--output-format", "csv"]);
    let records = records(&done.stdout);
    let fields = records.iter().skip(1).flatten();
    assert!(fields.clone().any(|field| field.starts_with("'=")), "{}", done.stdout);
    assert!(fields.clone().all(|field| !field.starts_with(['=', '+', '-', '@'])), "{}", done.stdout);
}

#[test]
fn sarif_has_what_its_schema_asks_for() {
    let done = checked(&desk("sarif"), "sarif");
    let log = json(&done.stdout);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules are a list");
    assert!(rules.iter().all(|rule| rule["help"]["text"].as_str().is_some_and(|text| text.len() > 10)));
    let artifacts = run["artifacts"].as_array().expect("artifacts are a list");
    assert_eq!(artifacts.len(), 3);
    assert_eq!(artifacts[0]["hashes"]["sha-256"].as_str().map(str::len), Some(64));
    assert_eq!(artifacts[2]["location"]["uri"], "%E7%A9%BA.txt");
    let results = run["results"].as_array().expect("results are a list");
    assert_eq!(results.len(), 5);
    for (result, code) in results.iter().zip(FOUND) {
        assert_eq!(result["ruleId"], code);
        let index = result["ruleIndex"].as_u64().expect("the rule is among the rules") as usize;
        assert_eq!(rules[index]["id"], code);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap_or_default()));
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(result["partialFingerprints"]["mingzhang/v1"].as_str().is_some_and(|f| f.starts_with(code)));
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["index"], 0);
        assert!(physical["region"]["startLine"].as_u64().is_some_and(|line| line > 0), "{result}");
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn sarif_says_what_was_suppressed() {
    let entry = "[[suppress]]\nrule = 'TA027'\ndocument = '*'\nreason = '已说明'\nby = '王'\nuntil = 2026-06-30\n";
    let desk = desk("sarif-suppressed").with("mingzhang.toml", entry);
    let results = |more: &[&str]| {
        let done = desk.run(&[&["check", "a.txt", "--select", RULES, "--output-format", "sarif"], more].concat());
        json(&done.stdout)["runs"][0]["results"].as_array().cloned().unwrap_or_default()
    };
    assert_eq!(results(&[]).len(), 4);
    let all = results(&["--show-all"]);
    assert_eq!(all[4]["suppressions"][0]["kind"], "external");
    assert_eq!(all[4]["suppressions"][0]["justification"], "王 豁免至 2026-06-30：已说明");
}

#[test]
fn junit_counts_add_up() {
    let done = checked(&desk("junit"), "junit");
    let document = Document::parse(&done.stdout).expect("XML");
    let root = document.root_element();
    let count = |node: roxmltree::Node<'_, '_>, name: &str| -> usize {
        node.attribute(name).and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{name} of {node:?}"))
    };
    let suites: Vec<_> = root.children().filter(|node| node.has_tag_name("testsuite")).collect();
    assert_eq!(
        suites.iter().filter_map(|suite| suite.attribute("name")).collect::<Vec<_>>(),
        ["a.txt", "b.txt", "空.txt", "云麓区档案馆 · 2 份文件一起核对"]
    );
    for (attribute, tag) in
        [("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")]
    {
        let tags = |node: roxmltree::Node<'_, '_>| node.descendants().filter(|n| n.has_tag_name(tag)).count();
        assert!(suites.iter().all(|suite| count(*suite, attribute) == tags(*suite)), "{attribute}");
        assert_eq!(count(root, attribute), tags(root), "{attribute}");
    }
    // Four findings are errors; the rules that break for the same causes fail with them.
    let failed = suites[0].descendants().filter(|node| node.has_tag_name("failure"));
    let failed: Vec<&str> = failed.filter_map(|node| node.attribute("type")).collect();
    for code in ["HI003", "TA007", "CM004", "TA027", "HI001", "LA001"] {
        assert!(failed.contains(&code), "{code} {failed:?}");
    }
    assert!(!failed.contains(&"CM021"), "{failed:?}");
    assert_eq!(count(suites[1], "failures"), 0);
}

#[test]
fn github_gets_a_command_for_each_finding() {
    let done = checked(&desk("github"), "github");
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert_eq!(lines.len(), 6);
    assert!(lines[1].starts_with("::error file=a.txt,line=137,title=TA007 支出总表行合计::《"), "{}", lines[1]);
    assert!(lines[3].starts_with("::warning file=a.txt,line="), "{}", lines[3]);
    assert!(lines[5].starts_with("::error file=空.txt::无法读取"), "{}", lines[5]);
}
