//! Where results go: standard output, or a file that appears only when it is complete.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use crate::report::Palette;

/// Says something on standard error. When nobody listens there, the results go on all the same.
pub(crate) fn aside(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// Where results go.
pub(crate) enum Output {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A file.
    File(Pending),
}

impl Output {
    /// Standard output, or the file.
    pub(crate) fn open(file: Option<&Path>) -> io::Result<Output> {
        Ok(match file {
            None => Output::Stdout(BufWriter::new(io::stdout().lock())),
            Some(path) => Output::File(Pending::beside(path)?),
        })
    }

    /// Colours only where a person looks, and none where `NO_COLOR` forbids them.
    pub(crate) fn palette(&self) -> Palette {
        match self {
            Output::Stdout(_) if AutoStream::choice(&io::stdout()) != ColorChoice::Never => Palette::coloured(),
            _ => Palette::plain(),
        }
    }

    /// Where to write.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        match self {
            Output::Stdout(stdout) => stdout,
            Output::File(pending) => &mut pending.writer,
        }
    }

    /// Shows what was written so far to a person who is waiting at a terminal.
    pub(crate) fn show(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(stdout) if stdout.get_ref().is_terminal() => stdout.flush(),
            Output::Stdout(_) | Output::File(_) => Ok(()),
        }
    }

    /// Writes out what is left, and gives the file its name.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Output::Stdout(mut stdout) => stdout.flush(),
            Output::File(pending) => pending.finish(),
        }
    }
}

/// A file under another name until it is complete. Dropped before that, it leaves nothing behind.
pub(crate) struct Pending {
    writer: BufWriter<File>,
    temporary: PathBuf,
    target: PathBuf,
}

impl Pending {
    fn beside(target: &Path) -> io::Result<Pending> {
        let name = target.file_name().ok_or(io::ErrorKind::IsADirectory)?.to_string_lossy();
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let temporary = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let writer = BufWriter::new(File::create(&temporary)?);
        Ok(Pending { writer, temporary, target: target.to_owned() })
    }

    fn finish(mut self) -> io::Result<()> {
        self.writer.flush()?;
        self.writer.get_ref().sync_all()?;
        fs::rename(&self.temporary, &self.target)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // After the renaming there is nothing under this name, and that is as it should be.
        let _ = fs::remove_file(&self.temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("mingzhang-output-{name}-{}", std::process::id()))
    }

    #[test]
    fn a_file_appears_only_when_it_is_complete() {
        let path = target("complete");
        let mut output = Output::open(Some(&path)).unwrap();
        output.writer().write_all(b"all").unwrap();
        assert!(!path.exists());
        output.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"all");
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn an_abandoned_file_leaves_nothing_behind() {
        let path = target("abandoned");
        let mut output = Output::open(Some(&path)).unwrap();
        output.writer().write_all(b"half").unwrap();
        let Output::File(pending) = output else { panic!("a path was given") };
        let temporary = pending.temporary.clone();
        assert!(temporary.exists());
        drop(pending);
        assert!(!temporary.exists() && !path.exists());
    }

    #[test]
    fn a_folder_is_no_file() {
        assert!(Output::open(Some(&std::env::temp_dir())).is_err());
    }
}
