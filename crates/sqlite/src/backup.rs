//! A copy of the books in a new file, whole or not at all.

use crate::beside;
use crate::faults::Failed;
use crate::layout;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Copies, looks through the copy, and only then gives it its name. With a failure comes the file that
/// it is about.
pub(crate) fn copy(from: &Connection, path: &Path, to: &Path) -> Result<u64, (PathBuf, Failed)> {
    let to = std::path::absolute(to).map_err(|_| (to.to_owned(), Failed::NoPlace))?;
    // A log that lies there under the name of the copy would be taken for the copy's own.
    if [&to, &beside(&to, "-wal"), &beside(&to, "-journal")].iter().any(|file| file.symlink_metadata().is_ok()) {
        return Err((to, Failed::Exists));
    }
    let unfinished = unfinished(&to);
    let copied = write(from, &unfinished).map_err(|failed| (to.clone(), failed)).and_then(|copy| {
        // What is wrong with a copy that was written to the end was wrong before.
        let last = look_through(copy).map_err(|failed| (path.to_owned(), failed))?;
        name(&unfinished, &to).map_err(|failed| (to.clone(), failed))?;
        Ok(last)
    });
    for ending in ["", "-journal", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(&unfinished, ending));
    }
    copied
}

/// What the copy is called until it is done: a name that no other copy under way has.
fn unfinished(to: &Path) -> PathBuf {
    static MADE: AtomicU32 = AtomicU32::new(0);
    beside(to, &format!(".unfinished-{}-{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed)))
}

fn write(from: &Connection, to: &Path) -> Result<Connection, Failed> {
    let mut copy = Connection::open(to)?;
    // All pages in one step: one moment of the books, which those who write meanwhile do not disturb.
    match Backup::new(from, &mut copy)?.step(-1)? {
        StepResult::Done => {}
        _ => return Err(Failed::Held),
    }
    // Without a log the copy is one file, and can be read where nothing can be written.
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    Ok(copy)
}

fn look_through(copy: Connection) -> Result<u64, Failed> {
    layout::recognise(&copy)?;
    let last = layout::check(&copy)?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(last)
}

/// Gives the copy its name, which nobody may have taken meanwhile.
fn name(unfinished: &Path, to: &Path) -> Result<(), Failed> {
    match std::fs::hard_link(unfinished, to) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(Failed::Exists),
        // Not every file system has links.
        Err(_) => std::fs::rename(unfinished, to).map_err(Failed::File)?,
        Ok(()) => {}
    }
    sync_folder(to)
}

/// The name of the copy is in the folder, and the folder has to reach the disk too.
#[cfg(unix)]
fn sync_folder(file: &Path) -> Result<(), Failed> {
    let folder = file.parent().unwrap_or(file);
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(Failed::File)
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), Failed> {
    Ok(())
}
