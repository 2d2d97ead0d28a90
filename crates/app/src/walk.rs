//! From the arguments of a command to the files it is about.
//!
//! A folder stands for every document in it and below it, sorted by path, so that two runs over the same
//! folder print the same. A file that a person names is taken whatever its name ends in: the reader looks
//! at its bytes. What cannot be found or opened stays in the list with its reason.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::pipeline::Failure;

/// The endings of the files that are taken from a folder.
const ENDINGS: [&str; 5] = ["pdf", "docx", "doc", "wps", "txt"];

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 64;

/// One thing to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A path that leads to nothing readable.
    Nothing(PathBuf, Failure),
}

impl Source {
    /// The path as it is printed; `-` is standard input.
    pub(crate) fn shown(&self) -> String {
        match self {
            Source::File(path) | Source::Nothing(path, _) => path.to_string_lossy().into_owned(),
            Source::Stdin => "-".to_owned(),
        }
    }
}

/// What the arguments stand for.
#[derive(Default, Debug)]
pub(crate) struct Found {
    /// Each once, in the order of the arguments, folders sorted by path.
    pub(crate) sources: Vec<Source>,
    /// Files in folders that are no documents by their name.
    pub(crate) passed_over: usize,
}

/// Follows the arguments into folders.
pub(crate) fn walk(arguments: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for argument in arguments {
        for source in of_argument(argument, &mut found.passed_over) {
            if seen.insert(source.shown()) {
                found.sources.push(source);
            }
        }
    }
    found
}

/// The source that one argument stands for, where a single file is wanted.
pub(crate) fn single(argument: &Path) -> Source {
    match fs::metadata(argument) {
        _ if argument.as_os_str() == "-" => Source::Stdin,
        Err(error) => Source::Nothing(argument.to_owned(), Failure::of_io(&error)),
        Ok(metadata) if metadata.is_dir() => Source::Nothing(argument.to_owned(), Failure::IsFolder),
        Ok(_) => Source::File(argument.to_owned()),
    }
}

fn of_argument(argument: &Path, passed_over: &mut usize) -> Vec<Source> {
    match single(argument) {
        Source::Nothing(folder, Failure::IsFolder) => of_folder(&folder, passed_over),
        source => vec![source],
    }
}

fn of_folder(folder: &Path, passed_over: &mut usize) -> Vec<Source> {
    let mut walker = Walker { sources: Vec::new(), passed_over: 0, entered: HashSet::new() };
    walker.enter(folder, 0);
    *passed_over += walker.passed_over;
    if walker.sources.is_empty() {
        let failure = Failure::EmptyFolder { passed_over: walker.passed_over };
        return vec![Source::Nothing(folder.to_owned(), failure)];
    }
    walker.sources.sort_by_cached_key(Source::shown);
    walker.sources
}

struct Walker {
    sources: Vec<Source>,
    passed_over: usize,
    /// The folders entered so far, by their real paths: links may lead in circles.
    entered: HashSet<PathBuf>,
}

impl Walker {
    fn enter(&mut self, folder: &Path, depth: usize) {
        if depth > MAX_DEPTH {
            return self.give_up(folder, &io::Error::from(io::ErrorKind::InvalidInput));
        }
        let entries = fs::canonicalize(folder).and_then(|real| {
            let is_new = self.entered.insert(real);
            is_new.then(|| fs::read_dir(folder)).transpose()
        });
        match entries {
            Ok(None) => {}
            Ok(Some(entries)) => entries.for_each(|entry| match entry {
                Ok(entry) => self.visit(&entry.path(), depth),
                Err(error) => self.give_up(folder, &error),
            }),
            Err(error) => self.give_up(folder, &error),
        }
    }

    fn visit(&mut self, path: &Path, depth: usize) {
        if is_hidden(path) {
            self.passed_over += 1;
        } else if path.is_dir() {
            self.enter(path, depth + 1);
        } else if is_document(path) {
            self.sources.push(Source::File(path.to_owned()));
        } else {
            self.passed_over += 1;
        }
    }

    fn give_up(&mut self, folder: &Path, error: &io::Error) {
        self.sources.push(Source::Nothing(folder.to_owned(), Failure::of_io(error)));
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_document(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of its own for each test, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let path = std::env::temp_dir().join(format!("mingzhang-walk-{name}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            Folder(path)
        }

        fn with(self, file: &str) -> Folder {
            let path = self.0.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
            self
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn folders_are_sorted_and_other_files_counted() {
        let folder =
            Folder::new("sorted").with("b.PDF").with("a/z.txt").with("c.docx").with("d.pptx").with(".git/x.txt");
        let found = walk(std::slice::from_ref(&folder.0));
        let names: Vec<String> = found.sources.iter().map(|s| s.shown()[folder.0.as_os_str().len()..].into()).collect();
        assert_eq!(names, ["/a/z.txt", "/b.PDF", "/c.docx"]);
        assert_eq!(found.passed_over, 2);
    }

    #[test]
    fn a_path_is_taken_once_and_a_missing_one_keeps_its_place() {
        let folder = Folder::new("once").with("a.txt");
        let file = folder.0.join("a.txt");
        let found = walk(&["gone".into(), file.clone(), folder.0.clone(), "-".into()]);
        let expected = [Source::Nothing("gone".into(), Failure::NotFound), Source::File(file), Source::Stdin];
        assert_eq!(found.sources, expected);
    }

    #[test]
    fn a_folder_without_documents_is_said_so() {
        let folder = Folder::new("none").with("a.docx");
        let found = walk(std::slice::from_ref(&folder.0));
        let failure = Failure::EmptyFolder { passed_over: 1 };
        assert_eq!(found.sources, [Source::Nothing(folder.0.clone(), failure)]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_circles_end() {
        let folder = Folder::new("circle").with("a.txt");
        std::os::unix::fs::symlink(&folder.0, folder.0.join("again")).unwrap();
        assert_eq!(walk(std::slice::from_ref(&folder.0)).sources.len(), 1);
    }
}
