//! Every real document that is shared ends in findings, a pass, or a clear word why it cannot be
//! checked; and what is found in each is the one listed in `corpus/expected.tsv`, so that every change
//! shows its diff.
//!
//! `UPDATE_GOLDEN=1 cargo test -p mingzhang --test corpus` writes the expectation anew.

use mingzhang_model::rule::Severity;
use mingzhang_testkit::shared;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest that one document may take, in an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

fn documents() -> Vec<PathBuf> {
    let mut files = shared::files("corpus/pdf", "");
    files.extend(shared::files("seeds", ".txt"));
    files
}

#[test]
fn every_shared_document_ends_in_what_is_expected() {
    let documents = documents();
    if documents.is_empty() {
        return;
    }
    assert!(documents.len() > 150, "only {} documents were found", documents.len());
    let mut found = String::from("document\tform\ttables\tseverity\tfinding\n");
    for path in &documents {
        let begun = Instant::now();
        describe(path, &mut found);
        assert!(begun.elapsed() < LONGEST, "{} took {:?}", shared::name(path), begun.elapsed());
    }
    compare(&found);
}

/// One line for the document, one for each of its findings.
fn describe(path: &Path, lines: &mut String) {
    let name = shared::name(path);
    let document = match mingzhang_read::read(&std::fs::read(path).unwrap()) {
        Ok(document) => document,
        Err(why) => return writeln!(lines, "{name}\t-\t0\tunreadable\t{why}").unwrap(),
    };
    let facts = mingzhang_extract::extract(&document);
    let report = mingzhang_rules::check(&document, &facts);
    let (form, tables) = (facts.disclosure.form.unwrap_or("-"), facts.statements.len());
    let of = |severity| report.findings().filter(move |finding| finding.severity == severity).count();
    let counts: Vec<String> = Severity::ALL.iter().map(|s| format!("{} {}", of(*s), s.word())).collect();
    writeln!(lines, "{name}\t{form}\t{tables}\tdocument\t{}", counts.join(", ")).unwrap();
    for finding in report.findings() {
        writeln!(lines, "{name}\t{form}\t{tables}\t{}\t{}", finding.severity.word(), finding.fingerprint).unwrap();
    }
}

fn compare(found: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/expected.tsv");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        return std::fs::write(golden, found).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_else(|e| panic!("{}: {e}", golden.display()));
    let gone: Vec<&str> = expected.lines().filter(|line| !found.lines().any(|l| l == *line)).collect();
    let new: Vec<&str> = found.lines().filter(|line| !expected.lines().any(|l| l == *line)).collect();
    for line in gone.iter().take(40) {
        println!("- {line}");
    }
    for line in new.iter().take(40) {
        println!("+ {line}");
    }
    assert!(gone.is_empty() && new.is_empty(), "{} lines are gone and {} are new", gone.len(), new.len());
}
