//! Sentences of two made-up disclosures, each with what is to be said of it: the rule that finds its slip, or nothing.
//!
//! The slips are of kinds that real disclosures hold; the sentences of which nothing is to be said look like slips and
//! are none. `sentences.tsv` has one a line; ⏎ stands for the end of a paragraph.

use mingzhang_model::finding::Finding;
use mingzhang_model::rule::Severity;

const ACCOUNTS: &str = "上海市清河区林务局2025年度部门决算\n一、主要职能\n上海市清河区林务局主管全区林业工作。\n\
                        二、机构设置\n上海市清河区林务局设3个内设机构。\n2025年度部门决算情况说明\n";
const BUDGET: &str = "上海市清河区林务局2026年部门预算\n一、主要职能\n上海市清河区林务局主管全区林业工作。\n\
                      二、机构设置\n上海市清河区林务局设3个内设机构。\n2026年部门预算编制说明\n";

#[test]
fn slips_are_found_and_nobody_else_is_accused() {
    let table = include_str!("sentences.tsv");
    let mut wrong = Vec::new();
    let mut tried = (0, 0);
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, heading, rule, sentences] = fields.as_slice() else { panic!("not four fields: {line}") };
        let opening = if *kind == "budget" { BUDGET } else { ACCOUNTS };
        let without = grave(&format!("{opening}{heading}\n"));
        let found = grave(&format!("{opening}{heading}\n{}\n", sentences.replace('⏎', "\n")));
        let own: Vec<&Finding> =
            found.iter().filter(|own| !without.iter().any(|other| other.message == own.message)).collect();
        let as_expected = if *rule == "-" {
            tried.1 += 1;
            own.is_empty()
        } else {
            tried.0 += 1;
            own.iter().any(|finding| finding.rule.as_str() == *rule)
        };
        if !as_expected {
            let told: Vec<String> = own.iter().map(|own| format!("{} {}", own.rule, own.message)).collect();
            wrong.push(format!("{rule}: {sentences}\n    {}", told.join("\n    ")));
        }
    }
    println!("{} slips and {} sentences without", tried.0, tried.1);
    assert!(wrong.is_empty(), "{} sentences:\n{}", wrong.len(), wrong.join("\n"));
}

/// The errors and warnings of a text.
fn grave(text: &str) -> Vec<Finding> {
    let document = mingzhang_read::text::read(text.as_bytes()).expect("text");
    let facts = mingzhang_extract::extract(&document);
    let report = mingzhang_rules::check(&document, &facts);
    let grave = |finding: &&Finding| matches!(finding.severity, Severity::Error | Severity::Warning);
    report.findings().filter(grave).cloned().collect()
}
