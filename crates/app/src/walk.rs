//! From the arguments of a command to the files it is about.
//!
//! A folder stands for every document in it and below it, sorted by path, so that two runs over the same
//! folder print the same. A file that a person names is taken whatever its name ends in: the reader looks
//! at its bytes. An archive is a folder too, and so is one in it: `a.zip/b.pdf` is a file in it. What cannot be found
//! or opened stays in the list with its reason.

use std::collections::HashSet;
use std::fs;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use crate::archive::{self, Archive, Trouble};
use crate::pipeline::Failure;

/// The endings of the files that are taken from a folder.
const ENDINGS: [&str; 14] =
    ["pdf", "txt", "html", "htm", "docx", "doc", "wps", "xlsx", "xlsm", "xls", "et", "ods", "xhtml", "zip"];

/// Archives in archives in archives are not entered.
const MAX_ARCHIVES: usize = 2;
/// An archive in an archive is opened in memory and may have so many bytes.
const MAX_INNER: u64 = 200 << 20;

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 64;

/// One thing to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Source {
    /// A file.
    File(PathBuf),
    /// A file in an archive.
    Inside(Inside),
    /// A file that is kept under another name than its own.
    Stored { name: String, path: PathBuf },
    /// Standard input.
    Stdin,
    /// A path that leads to nothing readable.
    Nothing(PathBuf, Failure),
}

/// A file in an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Inside {
    /// The archive.
    pub(crate) archive: PathBuf,
    /// The positions that lead to it, through archives in the archive.
    pub(crate) way: Vec<usize>,
    /// Its name in the archive.
    pub(crate) name: String,
}

impl Source {
    /// The path as it is printed; `-` is standard input.
    pub(crate) fn shown(&self) -> String {
        match self {
            Source::File(path) | Source::Nothing(path, _) => path.to_string_lossy().into_owned(),
            Source::Inside(inside) => format!("{}/{}", inside.archive.to_string_lossy(), inside.name),
            Source::Stored { name, .. } => name.clone(),
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

/// The source that one argument stands for, where a single file is wanted: an archive stands for its only document.
pub(crate) fn single(argument: &Path) -> Source {
    let source = named(argument);
    let Source::File(path) = &source else { return source };
    match contents(path) {
        None => source,
        Some(Err(failure)) => Source::Nothing(path.clone(), failure),
        Some(Ok(mut contents)) if contents.sources.len() == 1 => contents.sources.remove(0),
        Some(Ok(contents)) => {
            let (count, first) = (contents.sources.len(), contents.sources.first().map(Source::shown));
            let why = match first {
                Some(first) => format!("压缩包里有 {count} 份文件，请写明要读哪一份，如 {first}"),
                None => no_document(contents.passed_over),
            };
            Source::Nothing(path.clone(), Failure::Unreadable(why))
        }
    }
}

/// What stands at a path, or at a path within an archive.
fn named(argument: &Path) -> Source {
    match fs::metadata(argument) {
        _ if argument.as_os_str() == "-" => Source::Stdin,
        Err(error) => within(argument).unwrap_or_else(|| Source::Nothing(argument.to_owned(), Failure::of_io(&error))),
        Ok(metadata) if metadata.is_dir() => Source::Nothing(argument.to_owned(), Failure::IsFolder),
        Ok(_) => Source::File(argument.to_owned()),
    }
}

fn of_argument(argument: &Path, passed_over: &mut usize) -> Vec<Source> {
    match named(argument) {
        Source::Nothing(folder, Failure::IsFolder) => of_folder(&folder, passed_over),
        Source::File(path) => of_file(path, passed_over),
        source => vec![source],
    }
}

/// A file, or the documents in it where it is an archive.
fn of_file(path: PathBuf, passed_over: &mut usize) -> Vec<Source> {
    match contents(&path) {
        None => vec![Source::File(path)],
        Some(Err(failure)) => vec![Source::Nothing(path, failure)],
        Some(Ok(contents)) if contents.sources.is_empty() => {
            vec![Source::Nothing(path, Failure::Unreadable(no_document(contents.passed_over)))]
        }
        Some(Ok(contents)) => {
            *passed_over += contents.passed_over;
            contents.sources
        }
    }
}

fn no_document(passed_over: usize) -> String {
    format!("压缩包里没有可以检查的文件（另有 {passed_over} 个其他文件），请放入 PDF、网页、电子表格或文本文件")
}

/// The documents in an archive; none where the file is no archive.
fn contents(path: &Path) -> Option<Result<Found, Failure>> {
    let mut file = File::open(path).ok()?;
    let mut start = [0; archive::SIGNATURE.len()];
    file.read_exact(&mut start).ok()?;
    if start != archive::SIGNATURE || file.rewind().is_err() {
        return None;
    }
    let mut found = Found::default();
    let opened = Archive::open(BufReader::new(file)).transpose()?;
    let outcome = opened.and_then(|archive| enter(archive, &Inside::of(path), &mut found));
    found.sources.sort_by_cached_key(Source::shown);
    Some(outcome.map(|()| found).map_err(|trouble| Failure::Unreadable(trouble.to_string())))
}

impl Inside {
    /// The archive itself.
    fn of(archive: &Path) -> Inside {
        Inside { archive: archive.to_owned(), way: Vec::new(), name: String::new() }
    }

    fn member(&self, index: usize, name: &str) -> Inside {
        let mut inside = self.clone();
        inside.way.push(index);
        inside.name = if self.name.is_empty() { name.to_owned() } else { format!("{}/{name}", self.name) };
        inside
    }
}

/// Adds the documents of an archive, and of those in it.
fn enter<R: Read + Seek>(mut archive: Archive<R>, at: &Inside, found: &mut Found) -> Result<(), Trouble> {
    for member in std::mem::take(&mut archive.members) {
        let inside = at.member(member.index, &member.name);
        let name = Path::new(&member.name);
        if !is_document(name) {
            found.passed_over += 1;
        } else if !has_ending(name, "zip") {
            found.sources.push(Source::Inside(inside));
        } else if inside.way.len() < MAX_ARCHIVES && member.size <= MAX_INNER {
            let bytes = archive.bytes(member.index, MAX_INNER)?;
            match Archive::open(Cursor::new(bytes)) {
                Ok(Some(inner)) => enter(inner, &inside, found)?,
                // Whatever it is, the reader says it of this file alone.
                Ok(None) | Err(_) => found.sources.push(Source::Inside(inside)),
            }
        } else {
            found.passed_over += 1;
        }
        if found.sources.len() > archive::MOST_FILES {
            return Err(Trouble::TooMuch);
        }
    }
    Ok(())
}

/// The file of a path that leads into an archive.
fn within(argument: &Path) -> Option<Source> {
    let archive = argument.ancestors().skip(1).find(|path| path.is_file())?;
    let sources = contents(archive)?.ok()?.sources;
    let shown = argument.to_string_lossy();
    sources.into_iter().find(|source| source.shown() == shown)
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
            self.sources.extend(of_file(path.to_owned(), &mut self.passed_over));
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
    ENDINGS.iter().any(|ending| has_ending(path, ending))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().and_then(|own| own.to_str()).is_some_and(|own| own.eq_ignore_ascii_case(ending))
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
            Folder::new("sorted").with("b.PDF").with("a/z.txt").with("c.docx").with("d.png").with(".git/x.txt");
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
        let folder = Folder::new("none").with("a.png");
        let found = walk(std::slice::from_ref(&folder.0));
        let failure = Failure::EmptyFolder { passed_over: 1 };
        assert_eq!(found.sources, [Source::Nothing(folder.0.clone(), failure)]);
    }

    #[test]
    fn an_archive_is_a_folder_of_its_documents() {
        use crate::archive::tests::zipped;
        let inner = zipped(&[("丙.txt", b"3"), ("太深.zip", &zipped(&[("丁.txt", b"4")]))]);
        let outer = zipped(&[("乙/内.zip", &inner), ("甲.pdf", b"1"), ("图.png", b"2")]);
        let folder = Folder::new("archive").with("z.txt");
        fs::write(folder.0.join("公开.zip"), outer).unwrap();
        let found = walk(std::slice::from_ref(&folder.0));
        let names: Vec<String> = found.sources.iter().map(|s| s.shown()[folder.0.as_os_str().len()..].into()).collect();
        assert_eq!(names, ["/z.txt", "/公开.zip/乙/内.zip/丙.txt", "/公开.zip/甲.pdf"]);
        assert_eq!(found.passed_over, 2);
        let named = folder.0.join("公开.zip/乙/内.zip/丙.txt");
        assert!(matches!(single(&named), Source::Inside(inside) if inside.way == [0, 0]));
        let Source::Nothing(_, Failure::Unreadable(why)) = single(&folder.0.join("公开.zip")) else { panic!() };
        assert!(why.contains("2 份"), "{why}");
        let gone = folder.0.join("公开.zip/戊.pdf");
        assert!(matches!(single(&gone), Source::Nothing(..)));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_circles_end() {
        let folder = Folder::new("circle").with("a.txt");
        std::os::unix::fs::symlink(&folder.0, folder.0.join("again")).unwrap();
        assert_eq!(walk(std::slice::from_ref(&folder.0)).sources.len(), 1);
    }
}
