//! Which files are asked for, by the endings of their names.

use std::path::{Path, PathBuf};

use mingzhang_write::manuscript::Manuscript;
use mingzhang_write::pdf::{self, Faces};
use mingzhang_write::{docx, html, xlsx};

use crate::cli::Stop;
use crate::messages::Lang;
use crate::messages::write::Message;

/// A file format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Docx,
    Pdf,
    Xlsx,
    Html,
    Text,
}

/// Every format, by the ending of a file's name.
const KINDS: [(&str, Kind); 5] =
    [("docx", Kind::Docx), ("pdf", Kind::Pdf), ("xlsx", Kind::Xlsx), ("html", Kind::Html), ("txt", Kind::Text)];

/// A file to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Target {
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
}

impl Kind {
    fn of(path: &Path) -> Option<Kind> {
        Kind::of_ending(&path.extension()?.to_str()?.to_lowercase())
    }

    /// The format of an ending, in small letters.
    pub(crate) fn of_ending(ending: &str) -> Option<Kind> {
        KINDS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
    }

    /// The file's bytes.
    pub(crate) fn bytes(self, manuscript: &Manuscript, faces: &Faces, text: &str) -> Result<Vec<u8>, String> {
        match self {
            Kind::Docx => docx::write(manuscript).map_err(|fault| fault.to_string()),
            Kind::Pdf => pdf::write(manuscript, faces).map_err(|fault| fault.to_string()),
            Kind::Xlsx => xlsx::write(manuscript).map_err(|refusal| refusal.to_string()),
            Kind::Html => Ok(html::write(manuscript).into_bytes()),
            Kind::Text => Ok(text.as_bytes().to_vec()),
        }
    }
}

/// The files that are asked for.
pub(super) fn targets(paths: &[PathBuf], lang: Lang) -> Result<Vec<Target>, Stop> {
    let target = |path: &PathBuf| match Kind::of(path) {
        Some(kind) => Ok(Target { path: path.clone(), kind }),
        None => {
            let known: Vec<&str> = KINDS.iter().map(|(ending, _)| *ending).collect();
            let (path, known) = (path.to_string_lossy(), known.join("、"));
            Err(Stop::Said(lang.write(&Message::UnknownFormat { path: &path, known: &known })))
        }
    };
    paths.iter().map(target).collect()
}
