//! Runs the program as a person would.

// Each test is a program of its own, and takes of this what it needs.
#![allow(dead_code)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// What a run of the program left behind.
pub(crate) struct Done {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Done {
        Done {
            code: output.status.code().expect("the program was not killed"),
            stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}

/// Runs the program.
pub(crate) fn run(arguments: &[&str]) -> Done {
    run_with_input(arguments, "")
}

/// Runs the program with something on its standard input.
pub(crate) fn run_with_input(arguments: &[&str], input: &str) -> Done {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input is a pipe");
    // A program that does not read its input may be gone before it is written.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends").into()
}

/// A folder of its own for one test, removed at its end. The program runs in it.
pub(crate) struct Desk(std::path::PathBuf);

impl Desk {
    /// An empty folder.
    pub(crate) fn new(name: &str) -> Desk {
        let path = std::env::temp_dir().join(format!("mingzhang-desk-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Desk(path)
    }

    /// The folder with a file in it.
    pub(crate) fn with(self, name: &str, text: &str) -> Desk {
        self.put(name, text);
        self
    }

    /// Writes a file.
    pub(crate) fn put(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file for the test");
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("the file is there")
    }

    /// Where a file lies.
    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.join(name)
    }

    /// Runs the program in the folder, as of a day.
    pub(crate) fn run_on(&self, day: &str, arguments: &[&str]) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mingzhang"));
        command.args(arguments).current_dir(&self.0).env("MINGZHANG_TODAY", day).stdin(Stdio::null());
        command.output().expect("the program starts").into()
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Done {
        self.run_on("2026-01-01", arguments)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The text of an example.
pub(crate) fn example(name: &str) -> String {
    let path = format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the example is there")
}

/// The example with mistakes in it.
pub(crate) fn faulty() -> String {
    example("yunlu_archives_2025_budget_with_mistakes.txt")
}

/// The example without.
pub(crate) fn clean() -> String {
    example("yunlu_archives_2025_budget.txt")
}
