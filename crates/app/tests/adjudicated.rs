//! Eighty error findings, drawn from all that are expected on the shared documents, each read in its document
//! and judged: `corpus/adjudicated.tsv` says which are true and why.
//!
//! The draw is by a hash of the finding, so a new finding may be drawn; then this test names it, and a person
//! reads it. `ADJUDICATE=1` prints the draw.

use std::collections::HashMap;
use std::path::Path;

/// How many are drawn.
const DRAWN: usize = 80;

/// Of a hundred drawn, at least so many are true.
const PRECISION: usize = 95;

/// What the draw begins with: another seed draws others.
const SEED: &str = "mingzhang 2026-11-30";

fn table(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The expected errors as document and fingerprint, in the order of the draw.
fn drawn(expected: &str) -> Vec<(String, String)> {
    let errors = expected.lines().filter_map(|line| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [document, _, _, "error", finding] => Some((document.to_string(), finding.to_string())),
        _ => None,
    });
    let mut all: Vec<(String, String)> = errors.collect();
    all.sort_by_key(|(document, finding)| hash(&format!("{SEED}\t{document}\t{finding}")));
    all.dedup();
    all.truncate(DRAWN);
    all
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[test]
fn the_drawn_errors_have_been_read_and_are_true() {
    let (expected, judged) = (table("expected.tsv"), table("adjudicated.tsv"));
    let verdicts: HashMap<(&str, &str), &str> = judged
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some(((fields.next()?, fields.next()?), fields.next()?))
        })
        .collect();
    let drawn = drawn(&expected);
    let verdict = |one: &(String, String)| verdicts.get(&(one.0.as_str(), one.1.as_str())).copied();
    if std::env::var_os("ADJUDICATE").is_some() {
        for one in &drawn {
            println!("{}\t{}\t{}", one.0, one.1, verdict(one).unwrap_or("?"));
        }
    }
    let open: Vec<&(String, String)> = drawn.iter().filter(|one| verdict(one).is_none()).collect();
    assert!(open.is_empty(), "{} of the drawn errors are not judged: {open:#?}", open.len());
    let right = drawn.iter().filter(|one| verdict(one) == Some("true")).count();
    println!("{right} of {} drawn errors are true", drawn.len());
    assert!(right * 100 >= drawn.len() * PRECISION, "only {right} of {} are true", drawn.len());
}
