//! The core cannot touch the world: no files, clocks, networks, printing, unsafe code, or floats for money.

use crate::source::{layers, line_of, without_tests, words};
use crate::{Failure, File, Repository, arrows};

/// A pure crate: what it may depend on besides crates of ours, and which of its files may use floats.
struct Pure {
    folder: &'static str,
    dependencies: &'static [&'static str],
    floats: Floats,
}

enum Floats {
    /// Never: numbers here are money or derived from it.
    None,
    /// Only in these files, for geometry.
    In(&'static [&'static str]),
    /// Everywhere: all numbers are geometry.
    Geometry,
}

/// The pure crates. A new dependency of one is a decision, made here.
const PURE: [Pure; 13] = [
    Pure {
        folder: "crates/model",
        dependencies: &[],
        floats: Floats::In(&[
            "crates/model/src/document.rs",
            "crates/model/src/drawing.rs",
            "crates/model/src/recognition.rs",
        ]),
    },
    Pure { folder: "crates/standard", dependencies: &["foldhash", "serde", "toml"], floats: Floats::None },
    Pure {
        folder: "crates/read",
        dependencies: &[
            "cfb",
            "encoding_rs",
            "flate2",
            "hayro-interpret",
            "hayro-syntax",
            "html5ever",
            "memchr",
            "quick-xml",
            "zip",
        ],
        floats: Floats::Geometry,
    },
    // A spreadsheet keeps numbers as doubles; out of here they come as decimal digits.
    Pure {
        folder: "crates/sheets",
        dependencies: &["calamine", "csv", "encoding_rs", "memchr", "quick-xml", "rust_xlsxwriter", "zip"],
        floats: Floats::Geometry,
    },
    Pure { folder: "crates/scan", dependencies: &["hayro"], floats: Floats::Geometry },
    Pure { folder: "crates/extract", dependencies: &[], floats: Floats::None },
    // Keys of money and pairs of characters are looked up a million times over a folder of documents.
    Pure { folder: "crates/rules", dependencies: &["foldhash"], floats: Floats::None },
    // What is written is bytes: lengths on pages are floats, money is text by then.
    Pure {
        folder: "crates/write",
        dependencies: &["krilla", "rust_xlsxwriter", "skrifa", "zip"],
        floats: Floats::Geometry,
    },
    Pure { folder: "crates/desk", dependencies: &["serde", "serde_json"], floats: Floats::None },
    Pure { folder: "crates/books", dependencies: &["serde", "serde_json", "sha2"], floats: Floats::None },
    Pure {
        folder: "crates/catalogue",
        dependencies: &["schemars", "serde", "serde_json"],
        floats: Floats::In(&["crates/catalogue/src/place.rs"]),
    },
    // Lengths of a picture; amounts become lengths and are never read back.
    Pure { folder: "crates/charts", dependencies: &[], floats: Floats::Geometry },
    Pure { folder: "crates/columnar", dependencies: &["parquet"], floats: Floats::None },
];

/// Words that no source of a pure crate may contain, and why.
const FORBIDDEN: [(&str, &str); 11] = [
    ("std::fs", "files belong to the program"),
    ("std::net", "there is no network in the core"),
    ("std::env", "the environment belongs to the program"),
    ("std::time", "the core has no clock"),
    ("SystemTime", "the core has no clock"),
    ("Instant", "the core has no clock"),
    ("println!", "printing belongs to the program"),
    ("eprintln!", "printing belongs to the program"),
    ("print!", "printing belongs to the program"),
    ("eprint!", "printing belongs to the program"),
    ("unsafe", "no unsafe code"),
];

/// Checks sources and dependencies of the pure crates. Code that is compiled for tests only is free.
pub fn check(repository: &Repository) -> Vec<Failure> {
    let mut failures = Vec::new();
    for pure in &PURE {
        let source = format!("{}/src/", pure.folder);
        for file in repository.rust().filter(|file| file.path.starts_with(&source) && !is_test_file(&file.path)) {
            check_source(file, pure, &mut failures);
        }
        for (folder, manifest) in repository.manifests().filter(|(folder, _)| *folder == pure.folder) {
            let Ok(table) = manifest.text.parse() else { continue };
            let strange = |name: &String| !name.starts_with("mingzhang") && !pure.dependencies.contains(&name.as_str());
            let names = arrows::dependencies(&table).into_iter().filter(strange);
            failures.extend(names.map(|name| {
                manifest
                    .failure(0, format!("`{folder}` is pure and `{name}` is not on its list in xtask/src/purity.rs"))
            }));
        }
    }
    failures
}

fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.ends_with("_tests.rs") || path.contains("/tests/")
}

fn check_source(file: &File, pure: &Pure, failures: &mut Vec<Failure>) {
    let code = without_tests(&layers(&file.text).code);
    let mut fail = |at: usize, message: String| failures.push(file.failure(line_of(&code, at), message));
    for (word, why) in FORBIDDEN {
        words(&code, word).for_each(|at| fail(at, format!("`{word}` in a pure crate: {why}")));
    }
    for at in words(&code, "std::{") {
        let group = &code[at + 6..];
        let group = &group[..group.find(';').unwrap_or(group.len())];
        for module in ["fs", "net", "env", "time"] {
            words(group, module).for_each(|i| fail(at + 6 + i, format!("`std::{module}` in a pure crate")));
        }
    }
    let floats = match pure.floats {
        Floats::None => false,
        Floats::In(files) => files.contains(&file.path.as_str()),
        Floats::Geometry => true,
    };
    if !floats {
        for word in ["f32", "f64"] {
            words(&code, word).for_each(|at| fail(at, format!("`{word}` where money is: use Amount and Figure")));
        }
        float_literals(&code).for_each(|at| fail(at, "a float literal where money is".to_owned()));
    }
}

/// Where a number with a fraction begins: digits, a point, digits. A field of a tuple within a tuple is none.
fn float_literals(code: &str) -> impl Iterator<Item = usize> + '_ {
    code.match_indices('.').filter_map(|(point, _)| {
        let whole = code[..point].rfind(|c: char| !c.is_ascii_digit() && c != '_').map_or(0, |i| i + 1);
        let before = code[..point].chars().rev().find(|c| !c.is_ascii_digit() && *c != '_');
        let after = code[point + 1..].chars().next();
        let number =
            whole < point && code.is_char_boundary(whole) && code[whole..].starts_with(|c: char| c.is_ascii_digit());
        let alone = before.is_none_or(|c| !c.is_alphanumeric() && c != '.');
        (number && alone && after.is_some_and(|c| c.is_ascii_digit())).then_some(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn count(path: &str, text: &str) -> usize {
        check(&sample(&[(path, text)])).len()
    }

    #[test]
    fn each_forbidden_word_is_found() {
        for (word, _) in FORBIDDEN {
            assert_eq!(count("crates/rules/src/a/b.rs", &format!("fn f() {{ {word} }}")), 1, "{word}");
        }
        assert_eq!(count("crates/read/src/a.rs", "use std::{collections::HashMap, fs, time::Duration};"), 2);
    }

    #[test]
    fn floats_are_found_where_money_is_and_nowhere_else() {
        assert_eq!(
            count("crates/extract/src/a.rs", "let x: f64 = 0.5; let y = 1_0.25; let z = t.0.1 + a[0..2].len();"),
            3
        );
        assert_eq!(count("crates/model/src/document.rs", "x: f32"), 0);
        assert_eq!(count("crates/model/src/amount.rs", "x: f32"), 1);
        assert_eq!(count("crates/read/src/pdf/page.rs", "x: f64 = 1.0"), 0);
    }

    #[test]
    fn words_in_text_and_in_tests_are_free() {
        let text = "//! No std::fs.\nconst A: &str = \"unsafe 0.5\";\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert_eq!(count("crates/model/src/a.rs", text), 0);
        assert_eq!(count("crates/read/src/text/spans_tests.rs", "use std::fs;"), 0);
        assert_eq!(count("crates/app/src/a.rs", "use std::fs;"), 0);
    }

    #[test]
    fn a_dependency_that_is_not_on_the_list_is_found() {
        let manifest =
            "[package]\nname = \"mingzhang-rules\"\n[dependencies]\nmingzhang-model.workspace = true\nrand = \"1\"\n";
        assert_eq!(count("crates/rules/Cargo.toml", manifest), 1);
        assert_eq!(count("crates/app/Cargo.toml", manifest), 0);
    }
}
