//! Selection, baselines, suppressions and `mingzhang.toml`, as a person uses them.

mod program;

use program::{Desk, Done, clean, faulty};
use serde_json::{Value, json};

fn desk(name: &str) -> Desk {
    Desk::new(name).with("a.txt", &faulty()).with("b.txt", &clean())
}

/// The rules that these tests are about: what others find changes as they grow.
const RULES: &str = "--select=HI,TA,LA,XB,CM004,CM021";

fn parsed(done: &Done) -> Value {
    serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", done.stdout, done.stderr))
}

fn codes(value: &Value) -> Vec<String> {
    let findings = value["findings"].as_array().expect("findings are a list");
    findings.iter().map(|finding| finding["rule"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn rules_are_selected_and_ignored() {
    let desk = desk("select");
    let checked =
        |more: &[&str]| codes(&parsed(&desk.run(&[&["check", "a.txt", "--output-format=json"], more].concat())));
    assert_eq!(checked(&[RULES]), ["HI003", "TA007", "CM004", "CM021", "TA027"]);
    assert_eq!(checked(&["--select", "CM004,CM021,TA027"]), ["CM004", "CM021", "TA027"]);
    assert_eq!(checked(&["--select", "CM004,CM021", "--ignore", "CM004"]), ["CM021"]);
    assert_eq!(checked(&[RULES, "--ignore", "CM004,CM021", "--ignore", "ta027"]), ["HI003", "TA007"]);
    // What a left out rule would have told, the next rule of the same cause tells.
    assert_eq!(checked(&[RULES, "--ignore", "TA007,CM004,CM021"]), ["HI003", "HI001", "TA027"]);
    let none = desk.run(&["check", "a.txt", "--select", "ZZ"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert!(none.stderr.contains("没有编码为 ZZ 或以它开头的规则"), "{}", none.stderr);
    let verdict = desk.run(&["check", "a.txt", "--select", "CM"]);
    assert!(verdict.stdout.lines().last().is_some_and(|line| line.contains(" 未选")), "{}", verdict.stdout);
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let desk = desk("baseline");
    let first = desk.run(&["check", RULES, "a.txt", "--ignore", "TA027", "--write-baseline", "base.json"]);
    assert_eq!(first.code, 1);
    let again = desk.run(&["check", RULES, "a.txt", "--baseline", "base.json"]);
    assert_eq!(again.code, 1);
    assert!(again.stdout.contains("对照基线：1 个新问题，4 个已知，0 个已消失\n"), "{}", again.stdout);
    assert!(again.stdout.contains("TA027") && !again.stdout.contains("CM004"), "{}", again.stdout);
    assert!(again.stdout.ends_with("，4 已在基线中\n"), "{}", again.stdout);

    // One is mended, the file has another name: it is the same document.
    desk.put("renamed.txt", &faulty().replace("10,340,000", "10,320,000"));
    let mended = desk.run(&["check", RULES, "renamed.txt", "--baseline", "base.json", "--output-format", "json"]);
    let value = parsed(&mended);
    assert_eq!(value["baseline"], json!({"new": 1, "known": 3, "fixed": 1}));
    let ignored = desk.run(&[
        "check",
        RULES,
        "renamed.txt",
        "--baseline=base.json",
        "--ignore=HI,TA,LA,XB",
        "--output-format=json",
    ]);
    assert_eq!(parsed(&ignored)["baseline"], json!({"new": 0, "known": 2, "fixed": 0}));
    assert_eq!(ignored.code, 0);
}

#[test]
fn json_is_a_baseline_and_a_baseline_keeps_documents_that_were_not_read() {
    let desk = desk("baseline-json").with("none.txt", "x");
    let json = desk.run(&["check", RULES, "a.txt", "--output-format", "json", "--output-file", "all.json"]);
    assert_eq!(json.code, 1);
    let none = desk.run(&["check", RULES, "a.txt", "--baseline", "all.json", "--fail-on", "note"]);
    assert_eq!(none.code, 0, "{}", none.stdout);
    desk.put("all.json", &desk.text("all.json").replace("云麓区档案馆", "别的单位"));
    let kept = desk.run(&["check", RULES, "a.txt", "--baseline", "all.json", "--write-baseline", "both.json"]);
    assert!(kept.stdout.contains("5 个新问题，0 个已知，0 个已消失"), "{}", kept.stdout);
    let both: Value = serde_json::from_str(&desk.text("both.json")).expect("a baseline is JSON");
    assert_eq!(codes(&both).len(), 10);
    let bad = desk.run(&["check", "a.txt", "--baseline", "none.txt"]);
    assert_eq!(bad.code, 2);
    assert!(bad.stderr.starts_with("none.txt：不是可用的基线"), "{}", bad.stderr);
    let gone = desk.run(&["check", "a.txt", "--baseline", "gone.json"]);
    assert!(gone.code == 2 && gone.stderr.starts_with("gone.json：无法读取"), "{}", gone.stderr);
    let over = desk.run(&["check", "a.txt", "--write-baseline", "a.txt"]);
    assert!(over.code == 2 && desk.text("a.txt") == faulty(), "{}", over.stderr);
}

const SUPPRESSED: &str = "\
[[suppress]]
rule = \"TA027\"
document = \"a.*\"
reason = \"会议纪要已说明\"
by = \"王会计\"
until = 2026-06-30

[[suppress]]
fingerprint = \"TA001:never\"
reason = \"r\"
by = \"b\"
until = \"2027-01-01\"
";

#[test]
fn a_suppression_lives_and_ends() {
    let desk = desk("suppress").with("mingzhang.toml", SUPPRESSED);
    let on = |day| parsed(&desk.run_on(day, &["check", RULES, "a.txt", "b.txt", "--output-format", "json"]));
    let last_day = on("2026-06-30");
    assert_eq!(codes(&last_day), ["HI003", "TA007", "CM004", "CM021"]);
    assert_eq!(last_day["suppressions"][0]["state"], "used");
    assert_eq!(last_day["suppressions"][0]["findings"], 1);
    assert_eq!(
        (&last_day["suppressions"][1]["state"], &last_day["suppressions"][1]["line"]),
        (&json!("unused"), &json!(8))
    );
    assert_eq!(last_day["set_aside"], Value::Null);
    let after = on("2026-07-01");
    assert_eq!(codes(&after).len(), 5);
    assert_eq!(after["suppressions"][0]["state"], "expired");

    let text = desk.run_on("2026-06-30", &["check", RULES, "a.txt"]);
    assert!(text.stdout.contains("备注：第 8 行的豁免本次没有用到，可以删去（TA001:never）\n"), "{}", text.stdout);
    assert!(text.stdout.ends_with("，1 已豁免\n") && !text.stdout.contains("会议纪要已说明"), "{}", text.stdout);
    let all = desk.run_on("2026-06-30", &["check", RULES, "a.txt", "--show-all"]);
    assert!(all.stdout.contains("说明  王会计 豁免至 2026-06-30：会议纪要已说明"), "{}", all.stdout);
    let json = parsed(&desk.run_on("2026-06-30", &["check", RULES, "a.txt", "--show-all", "--output-format", "json"]));
    assert_eq!(json["set_aside"][0]["rule"], "TA027");
    assert_eq!(json["set_aside"][0]["suppression"]["by"], "王会计");
    let expired = desk.run_on("2026-07-01", &["check", RULES, "a.txt", "--output-format", "concise"]);
    assert!(
        expired.stdout.contains("备注：第 1 行的豁免已于 2026-06-30 到期，不再有效（TA027 @ a.*）\n"),
        "{}",
        expired.stdout
    );
    let no_day = desk.run_on("soon", &["check", "a.txt"]);
    assert!(no_day.code == 2 && no_day.stderr.contains("MINGZHANG_TODAY=soon 不是日期"), "{}", no_day.stderr);
}

#[test]
fn a_suppression_of_every_finding_lets_the_document_pass() {
    let entry =
        |rule| format!("[[suppress]]\nrule = '{rule}'\ndocument = '**'\nreason = 'r'\nby = 'b'\nuntil = 2026-06-30\n");
    let all = ["HI003", "TA007", "TA027", "CM004"].map(entry).concat();
    let desk = desk("suppress-all").with("mingzhang.toml", &all);
    assert_eq!(desk.run_on("2026-06-30", &["check", RULES, "a.txt"]).code, 0);
    assert_eq!(desk.run_on("2026-07-01", &["check", RULES, "a.txt"]).code, 1);
}

#[test]
fn the_command_line_beats_the_file() {
    let desk = desk("file")
        .with("mingzhang.toml", "select = ['CM004', 'CM021']\nfail-on = 'never'\noutput-format = 'json'\njobs = 1\n");
    std::fs::create_dir(desk.path("below")).expect("a folder below");
    let file = desk.run(&["check", "a.txt"]);
    assert_eq!((file.code, codes(&parsed(&file)).len()), (0, 2));
    let line = desk.run(&["check", "a.txt", "--select", "HI", "--fail-on", "error", "--output-format", "concise"]);
    assert_eq!(line.code, 1);
    assert!(line.stdout.contains("HI003") && !line.stdout.contains("CM004"), "{}", line.stdout);
    desk.put("below/other.toml", "output-format = 'concise'\n");
    let named = desk.run(&["check", "a.txt", "--config", "below/other.toml"]);
    assert!(named.code == 1 && named.stdout.contains("a.txt:"), "{}", named.stdout);
    // The settings of a folder hold in the folders below it.
    let below = Desk::new("file-below");
    below.put("mingzhang.toml", "select = ['CM021']\nfail-on = 'warning'\n");
    std::fs::create_dir(below.path("c")).expect("a folder below");
    below.put("c/a.txt", &faulty());
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(["check", "a.txt"])
        .current_dir(below.path("c"))
        .output()
        .expect("the program starts");
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stdout).contains("警告 1\n"));
}

#[test]
fn a_mistake_in_the_file_is_named_with_its_line() {
    let desk = desk("mistakes");
    let said = |text: &str| {
        desk.put("mingzhang.toml", text);
        let done = desk.run(&["check", "a.txt"]);
        assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{text}");
        done.stderr
    };
    let unknown = said("jobs = 2\n\nseverity = 'error'\n");
    assert!(unknown.contains("mingzhang.toml 第 3 行：不认识的键 severity，可用：select、ignore"), "{unknown}");
    assert!(said("fail-on = 'all'\n").contains("第 1 行：fail-on 应为其中之一：error、warning、note、never"));
    assert!(said("\n[[suppress]]\nrule = 'TA007'\n").contains("第 2 行：豁免要写明 fingerprint"));
    let no_end = "[[suppress]]\nfingerprint = 'x'\nreason = 'r'\nby = 'b'\n";
    assert!(said(no_end).contains("第 1 行：豁免缺少 until"));
    assert!(said("select = [\n").contains("不符合 TOML 写法"));
    let gone = desk.run(&["check", "a.txt", "--config", "gone.toml", "--lang", "en"]);
    assert!(gone.code == 2 && gone.stderr.starts_with("gone.toml: cannot be read"), "{}", gone.stderr);
}

#[test]
fn statistics_count_by_rule_and_by_document() {
    let desk = desk("statistics").with("c.txt", "今天天气很好。\n");
    let json = parsed(&desk.run(&["check", "a.txt", "b.txt", "c.txt", "--statistics", "--output-format", "json"]));
    let statistics = &json["statistics"];
    let rule = |counts: &Value, code: &str| counts["rules"][code].clone();
    let documents = statistics["documents"].as_array().expect("documents are a list");
    assert_eq!(documents.len(), 3);
    assert_eq!(rule(&documents[0], "TA007")["findings"], 1);
    assert_eq!(rule(&documents[1], "TA007")["findings"], 0);
    let passed = |counts: &Value| rule(counts, "TA007")["passed"].as_u64().unwrap_or_default();
    assert_eq!(passed(&statistics["total"]), documents.iter().map(passed).sum::<u64>());
    assert_eq!(rule(&statistics["total"], "TA007")["undecided"], json!({"没有识别到法定表格": 1}));
    let text = desk.run(&["check", "a.txt", "c.txt", "--statistics"]);
    for part in [
        "统计：全部文件\n  规则",
        "无法判断  没有识别到法定表格: ",
        "未取数的格 0\n",
        "未识别的表 ",
        "没有读懂的正文数字 ",
    ] {
        assert!(text.stdout.contains(part), "{part}: {}", text.stdout);
    }
    assert!(text.stdout.lines().last().is_some_and(|line| line.starts_with("不通过：")), "{}", text.stdout);
}
