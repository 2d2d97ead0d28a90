//! The statutory tables of ten real documents: each one is recognised, and every amount in them is the
//! one listed in `golden/`. A golden also lists what `check` finds, so that every change shows its diff.
//!
//! `UPDATE_GOLDEN=1 cargo test -p mingzhang --test statements` writes the goldens anew.

use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_rules::coverage;
use mingzhang_testkit::shared;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The tables that each document shows: nine, but for one whose text lacks two.
const TABLES: [(&str, &str, usize); 10] = [
    ("seeds", "003_", 9),
    ("seeds", "004_", 7),
    ("corpus/pdf", "万里街道办事处24年预算", 9),
    ("corpus/pdf", "万里街道办事处25年预算", 9),
    ("corpus/pdf", "人民政府办公室25年预算", 9),
    ("corpus/pdf", "人民政府办公室单位25年预算", 9),
    ("corpus/pdf", "商务委员会25年预算", 9),
    ("corpus/pdf", "商务委员会单位25年预算", 9),
    ("corpus/pdf", "财政局2024年度部门决算", 9),
    ("corpus/pdf", "社会工作部2024年度部门决算", 9),
];

fn document(path: &Path) -> (Document, Facts) {
    let document = mingzhang_read::read(&std::fs::read(path).unwrap()).unwrap();
    let facts = mingzhang_extract::extract(&document);
    (document, facts)
}

#[test]
fn every_statutory_table_is_recognised_and_every_amount_is_read() {
    for (folder, word, tables) in TABLES {
        for path in shared::files(folder, word) {
            let (document, facts) = document(&path);
            assert_eq!(facts.statements.len(), tables, "{}", shared::name(&path));
            assert!(facts.unkeyed.is_empty(), "{}: {:?}", shared::name(&path), facts.unkeyed);
            compare(&golden(&path), &listing(&document, &facts));
        }
    }
}

#[test]
fn the_relations_of_the_accounts_hold_exactly_but_for_two_within_rounding() {
    for path in shared::files("seeds", "003_") {
        let relations = coverage::relations(&document(&path).1);
        println!("{relations:?}");
        assert_eq!((relations.rounded, relations.broken), (2, 0));
        assert!(relations.exact > 250, "only {} relations were found", relations.exact);
    }
}

#[test]
fn tables_named_in_the_contents_but_not_in_the_text_are_missing_and_named() {
    for path in shared::files("seeds", "004_") {
        let missing: Vec<(&str, bool)> =
            document(&path).1.missing.iter().map(|table| (table.code, table.named.is_some())).collect();
        assert_eq!(missing, [("B04", true), ("B09", true)]);
    }
}

/// Every printed amount with its key, then the findings.
fn listing(document: &Document, facts: &Facts) -> String {
    let mut text = String::from("table\tkey\tprinted\n");
    for fact in &facts.facts {
        let printed = match fact.printed {
            Printed::Figure(figure) => figure.to_string(),
            Printed::Nil => "无".into(),
            Printed::Dash => "-".into(),
            Printed::Blank => continue,
        };
        writeln!(text, "{}\t{}\t{printed}", facts.statements[fact.statement].code, fact.key).unwrap();
    }
    let report = mingzhang_rules::check(document, facts);
    for finding in report.findings() {
        writeln!(text, "# {} {}", finding.severity.word(), finding.fingerprint).unwrap();
    }
    text
}

fn golden(path: &Path) -> PathBuf {
    let stem = shared::name(path);
    let stem = stem.rsplit_once('.').map_or(stem.as_str(), |(stem, _)| stem).to_string();
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{stem}.tsv"))
}

fn compare(golden: &Path, found: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        return std::fs::write(golden, found).unwrap();
    }
    let expected = std::fs::read_to_string(golden).unwrap_or_else(|e| panic!("{}: {e}", golden.display()));
    let differing = expected.lines().zip(found.lines()).enumerate().find(|(_, (a, b))| a != b);
    if let Some((i, (expected, found))) = differing {
        panic!("{} line {}:\n  golden {expected}\n  found  {found}", golden.display(), i + 1);
    }
    assert_eq!(expected.lines().count(), found.lines().count(), "{}", golden.display());
}
