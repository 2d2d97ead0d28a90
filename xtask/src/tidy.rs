//! Files that can be read: short files, short lines, short functions, a first line that says what a module is,
//! nothing left for later, nothing unsafe without its reason.

use crate::source::{Layers, item, layers, line_of, words};
use crate::{Failure, File, Repository};

const MAX_FILE_LINES: usize = 800;
const MAX_LINE: usize = 120;
const MAX_FUNCTION_LINES: usize = 70;

/// Endings of the files whose lines are looked at.
const WRITTEN_BY_HAND: [&str; 4] = [".rs", ".toml", ".md", ".sh"];

/// Macros that must not be left in code.
const LEFT_OVER_MACROS: [&str; 3] = ["todo!", "unimplemented!", "dbg!"];

/// Marks of work put off, in comments. They are joined here so that this file does not contain them.
const LEFT_OVER_MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// Folders that exist on one machine only.
const MACHINE_FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// Checks every file that was written by hand.
pub fn check(repository: &Repository) -> Vec<Failure> {
    let mut failures = Vec::new();
    for file in repository.files.iter().filter(|file| is_written_by_hand(&file.path)) {
        check_lines(file, &mut failures);
        if file.path.ends_with(".rs") {
            check_rust(file, &mut failures);
        }
    }
    failures.extend(check_architecture(repository));
    failures
}

fn is_written_by_hand(path: &str) -> bool {
    let script = path.starts_with("scripts/") || path.starts_with(".ci/");
    script || WRITTEN_BY_HAND.iter().any(|ending| path.ends_with(ending))
}

/// Data is as long and as wide as its source.
fn is_data(path: &str) -> bool {
    path.contains("/data/") || path.contains("/golden/") || path.contains("/snapshots/")
}

fn check_lines(file: &File, failures: &mut Vec<Failure>) {
    let data = is_data(&file.path);
    let lines = file.text.lines().count();
    if !data && lines >= MAX_FILE_LINES {
        failures.push(file.failure(0, format!("{lines} lines: split it, the limit is {MAX_FILE_LINES}")));
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        failures.push(file.failure(lines, "the last line has no end"));
    }
    let page = file.path.ends_with(".md");
    let mut quoted = false;
    for (i, line) in file.text.lines().enumerate() {
        let length = line.chars().count();
        let table = page && line.trim_start().starts_with('|');
        quoted ^= page && line.starts_with("```");
        if length > MAX_LINE && !data && !table && !quoted {
            failures.push(file.failure(i + 1, format!("{length} characters in a line, the limit is {MAX_LINE}")));
        }
        // What a page quotes, a sample document or the words of a program, is quoted as it is.
        if line.ends_with([' ', '\t', '\r']) && !quoted {
            failures.push(file.failure(i + 1, "space at the end of the line"));
        }
        if file.path.ends_with(".rs") && line.contains('\t') {
            failures.push(file.failure(i + 1, "a tab: write \\t in strings, spaces elsewhere"));
        }
        if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| line.contains(**folder)) {
            failures.push(file.failure(i + 1, format!("`{folder}…` exists on one machine only")));
        }
    }
}

fn check_rust(file: &File, failures: &mut Vec<Failure>) {
    let layers = layers(&file.text);
    if file.path.contains("src/") && !file.text.starts_with("//!") {
        failures.push(file.failure(1, "a module opens with `//!`: what it is, and what it will not do"));
    }
    for left_over in LEFT_OVER_MACROS {
        let found = words(&layers.code, left_over);
        failures
            .extend(found.map(|at| file.failure(line_of(&layers.code, at), format!("`{left_over}` was left here"))));
    }
    for mark in LEFT_OVER_MARKS {
        let found = words(&layers.comments, mark);
        failures.extend(found.map(|at| {
            file.failure(line_of(&layers.comments, at), format!("`{mark}`: do it now, or say what holds today"))
        }));
    }
    failures.extend(unexplained(&layers).map(|line| {
        file.failure(line, "`unsafe` without a comment `// SAFETY:` above it that says why nothing can go wrong")
    }));
    for at in words(&layers.code, "fn") {
        let lines = layers.code[item(&layers.code, at)].lines().count();
        if lines > MAX_FUNCTION_LINES {
            let message = format!("a function of {lines} lines: split it, the limit is {MAX_FUNCTION_LINES}");
            failures.push(file.failure(line_of(&layers.code, at), message));
        }
    }
}

/// The lines that hold `unsafe` and say, neither there nor in the comment right above, why it is safe.
fn unexplained(layers: &Layers) -> impl Iterator<Item = usize> {
    let (code, comments): (Vec<&str>, Vec<&str>) = (layers.code.lines().collect(), layers.comments.lines().collect());
    words(&layers.code, "unsafe").map(|at| line_of(&layers.code, at)).filter(move |line| {
        let above = (0..line - 1).rev().take_while(|i| code[*i].trim().is_empty() && !comments[*i].trim().is_empty());
        !above.chain([line - 1]).any(|i| comments.get(i).is_some_and(|comment| comment.contains("SAFETY:")))
    })
}

/// Every crate is named in ARCHITECTURE.md by its folder.
fn check_architecture(repository: &Repository) -> Vec<Failure> {
    let text = repository.files.iter().find(|file| file.path == "ARCHITECTURE.md").map_or("", |file| &file.text);
    let unnamed = repository.manifests().filter(|(folder, _)| !text.contains(&format!("`{folder}`")));
    unnamed.map(|(folder, manifest)| manifest.failure(0, format!("`{folder}` is not in ARCHITECTURE.md"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn messages(path: &str, text: &str) -> Vec<String> {
        check(&sample(&[(path, text)])).into_iter().map(|failure| failure.message).collect()
    }

    #[track_caller]
    fn fails(path: &str, text: &str, part: &str) {
        let messages = messages(path, text);
        assert!(messages.len() == 1 && messages[0].contains(part), "{messages:?}");
    }

    #[test]
    fn long_files_lines_and_functions_are_found() {
        fails("a.rs", &"let a = 1;\n".repeat(800), "800 lines");
        fails("a.toml", &format!("a = \"{}\"\n", "甲".repeat(115)), "121 characters");
        fails("a.rs", &format!("fn f() {{\n{}}}\n", "f();\n".repeat(69)), "71 lines");
        assert!(messages("a.rs", &format!("fn f() {{\n{}}}\n", "f();\n".repeat(68))).is_empty());
        assert!(messages("a.md", &format!("| {} |\n", "a".repeat(200))).is_empty());
        assert!(messages("crates/standard/data/a.toml", &"a = 1\n".repeat(900)).is_empty());
    }

    #[test]
    fn untidy_lines_are_found() {
        fails("a.md", "text \n", "space at the end");
        fails("a.md", "```text\ncell\t\n```\ntext \n", "space at the end");
        fails("a.rs", "\tlet a = 1;\n", "a tab");
        fails("scripts/test", "cargo", "no end");
        fails("a.md", concat!("see /ro", "ot/notes\n"), "one machine");
    }

    #[test]
    fn what_is_left_for_later_is_found() {
        for left_over in LEFT_OVER_MACROS {
            fails("a.rs", &format!("fn f() {{ {left_over}() }}\n"), left_over);
        }
        for mark in LEFT_OVER_MARKS {
            fails("a.rs", &format!("// {mark} later\n"), mark);
            assert!(messages("a.rs", &format!("const A: &str = \"{mark}\";\n")).is_empty());
        }
    }

    #[test]
    fn what_is_unsafe_says_why_it_is_safe() {
        fails("a.rs", "fn f() {\n    unsafe { g() }\n}\n", "SAFETY");
        fails("a.rs", "// SAFETY: h is sound.\nh();\nunsafe { g() }\n", "SAFETY");
        fails("a.rs", "unsafe impl Send for A {} // it is\n", "SAFETY");
        assert!(messages("a.rs", "// SAFETY: g is sound,\n// for it does nothing.\nunsafe { g() }\n").is_empty());
        assert!(messages("a.rs", "let a = unsafe { g() }; // SAFETY: g is sound.\n").is_empty());
        assert!(messages("a.rs", "#![forbid(unsafe_code)]\n// unsafe\nconst A: &str = \"unsafe\";\n").is_empty());
    }

    #[test]
    fn a_module_without_its_first_words_is_found() {
        fails("crates/a/src/b.rs", "use c::d;\n", "opens with");
        assert!(messages("crates/a/src/b.rs", "//! B.\n").is_empty());
        assert!(messages("crates/a/tests/b.rs", "use c::d;\n").is_empty());
    }

    #[test]
    fn a_crate_that_the_architecture_does_not_name_is_found() {
        fails("crates/a/Cargo.toml", "[package]\n", "not in ARCHITECTURE.md");
        let both = [("crates/a/Cargo.toml", "[package]\n"), ("ARCHITECTURE.md", "`crates/a`\n")];
        assert!(check(&sample(&both)).is_empty());
    }
}
