//! Checks of the repository itself: what a machine can check, no reviewer should have to.
//!
//! [`arrows`] keeps the crates in their layers, [`purity`] keeps the world out of the core, [`tidy`] keeps files
//! readable. A check is a function from the files of the repository to failures, so each is proven able to fail by
//! a test that hands it bad files. `tests/repository.rs` runs them all on this repository.
//!
//! Absent on purpose: anything that a shipped crate could want. No crate depends on this one.

pub mod arrows;
pub mod purity;
pub mod source;
pub mod tidy;

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// Folders that hold nothing written by hand.
const SKIPPED_FOLDERS: [&str; 3] = ["target", ".git", "node_modules"];

/// The files of a repository that are text, by their path from its root.
#[derive(Default)]
pub struct Repository {
    /// The files, in the order of their paths.
    pub files: Vec<File>,
}

/// One text file.
pub struct File {
    /// The path from the root, its parts separated by `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// What is wrong, and where.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Failure {
    /// The path from the root.
    pub path: String,
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong and what to do, for the one who must mend it.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// Runs every check.
pub fn check(repository: &Repository) -> Vec<Failure> {
    let checks = [arrows::check, purity::check, tidy::check];
    let mut failures: Vec<Failure> = checks.iter().flat_map(|check| check(repository)).collect();
    failures.sort();
    failures
}

impl Repository {
    /// Reads all text files below a folder.
    pub fn load(root: &Path) -> io::Result<Repository> {
        let mut repository = Repository::default();
        repository.load_folder(root, "")?;
        repository.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(repository)
    }

    fn load_folder(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let kind = entry.file_type()?;
            if kind.is_dir() && !SKIPPED_FOLDERS.contains(&name.as_str()) {
                self.load_folder(&entry.path(), &format!("{path}/"))?;
            } else if kind.is_file()
                && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
            {
                self.files.push(File { path, text });
            }
        }
        Ok(())
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.ends_with(".rs"))
    }

    /// The manifests of the workspace's crates, each with the folder it stands in.
    pub fn manifests(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().filter_map(|file| Some((file.path.strip_suffix("/Cargo.toml")?, file)))
    }
}

impl File {
    fn failure(&self, line: usize, message: impl Into<String>) -> Failure {
        Failure { path: self.path.clone(), line, message: message.into() }
    }
}

/// A repository of the given paths and texts, for tests that must fail.
#[cfg(test)]
pub(crate) fn sample(files: &[(&str, &str)]) -> Repository {
    let file = |(path, text): &(&str, &str)| File { path: (*path).to_owned(), text: (*text).to_owned() };
    Repository { files: files.iter().map(file).collect() }
}
