//! Books in one SQLite file: for one office on one machine, with nothing to install.
//!
//! The file stands on a local disk. Programs of one machine may share it; a network folder will not
//! do, because the lock that makes writers take turns is in memory that they share. Nothing here knows
//! what a record means, and nothing here changes or deletes one: triggers in the file refuse that to
//! other programs too, which keeps accidents away, not a determined hand; that one the hashes show.

mod backup;
mod faults;
mod layout;

use crate::faults::Failed;
use mingzhang_books::store::{Fault, Hash, Pen, Record, Store, Turn, gapless};
use rusqlite::{Connection, OpenFlags, Row, Transaction, TransactionBehavior};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a turn waits for another to end, and an opening for another opening, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A handle on the books in one file. Each thread opens its own.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    access: Access,
    identity: Option<Identity>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Access {
    Write,
    Read,
}

/// Which file a path leads to: device and inode.
type Identity = (u64, u64);

impl Sqlite {
    /// Opens the books in a file, and begins new ones where there is none.
    ///
    /// # Errors
    /// In a sentence that says what to do: no such folder, no permission, another program's file, a
    /// newer version's, a damaged one, a full disk.
    pub fn open(path: impl AsRef<Path>) -> Result<Sqlite, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let path = absolute(path.as_ref())?;
        // SQLite would delete the log of a file that is gone, and with it what was acknowledged last.
        let is_absent = path.metadata().map_or(true, |file| file.len() == 0);
        if is_absent && beside(&path, "-wal").metadata().is_ok_and(|log| log.len() > 0) {
            return Err(faults::told(&Failed::LogAlone, &path));
        }
        let mut store = Sqlite::connect(path, flags, Access::Write)?;
        layout::prepare(&store.connection).map_err(|failed| store.fault(failed))?;
        store.settle().map_err(|failed| store.fault(failed))?;
        store.identity = identity(&store.path);
        Ok(store)
    }

    /// Opens books that are there, to read them only: no file is made, and a turn is refused.
    ///
    /// # Errors
    /// As [`open`](Sqlite::open), and where there is no such file.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Sqlite, Fault> {
        let path = absolute(path.as_ref())?;
        if path.metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Err(faults::told(&Failed::Missing, &path));
        }
        let store = Sqlite::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, Access::Read)?;
        layout::recognise(&store.connection).map_err(|failed| store.fault(failed))?;
        Ok(store)
    }

    /// Changes how long a turn waits for another to end; [`PATIENCE`] at first.
    ///
    /// # Errors
    /// Where SQLite does not take it.
    pub fn set_patience(&mut self, patience: Duration) -> Result<(), Fault> {
        wait(&mut self.connection, patience).map_err(|error| self.fault(error.into()))
    }

    /// Looks through the whole file: whether SQLite finds it sound, and whether numbers have no gap.
    /// Whether records are what was written, their hashes say. The number of the last record.
    ///
    /// # Errors
    /// [`Fault::Damaged`] with what is wrong.
    pub fn check(&self) -> Result<u64, Fault> {
        layout::check(&self.connection).map_err(|failed| self.fault(failed))
    }

    /// Copies the books, as they are at this moment, to a new file. Others go on writing meanwhile. The
    /// copy is looked through before it gets its name. The number of its last record.
    ///
    /// # Errors
    /// Where the new file exists already, cannot be written, or is not sound.
    pub fn backup(&self, to: impl AsRef<Path>) -> Result<u64, Fault> {
        backup::copy(&self.connection, &self.path, to.as_ref()).map_err(|(path, failed)| faults::told(&failed, &path))
    }

    fn connect(path: PathBuf, flags: OpenFlags, access: Access) -> Result<Sqlite, Fault> {
        let connect = || -> Result<Connection, Failed> {
            let mut connection = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            wait(&mut connection, PATIENCE)?;
            connection.pragma_update(None, "trusted_schema", "OFF")?;
            Ok(connection)
        };
        let connection = connect().map_err(|failed| faults::told(&failed, &path))?;
        Ok(Sqlite { connection, path, access, identity: None })
    }

    /// Acknowledged means durable, on power loss too. With WAL, `synchronous=NORMAL` would keep the file
    /// sound and could lose the last commits; `FULL` syncs the log before a commit returns. `fullfsync`
    /// asks the same of macOS, where an ordinary sync leaves data in the disk's own cache.
    fn settle(&self) -> Result<(), Failed> {
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        self.connection.pragma_update(None, "fullfsync", "ON")?;
        if self.connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(Failed::NotWritable);
        }
        Ok(())
    }

    fn fault(&self, failed: Failed) -> Fault {
        faults::told(&failed, &self.path)
    }

    /// A file that was moved away or replaced while it is open would go on taking records that nobody
    /// finds again.
    fn is_in_place(&self) -> Result<(), Fault> {
        if identity(&self.path) != self.identity { Err(self.fault(Failed::Replaced)) } else { Ok(()) }
    }
}

/// How to wait while another writes. SQLite's own way sleeps longer the longer one has waited, up to a
/// tenth of a second: where many write, the pen lies idle and those who came first get it last.
fn wait(connection: &mut Connection, patience: Duration) -> Result<(), rusqlite::Error> {
    let mut since = Instant::now();
    connection.busy_handler(Some(move |nth: i32| {
        if nth == 0 {
            since = Instant::now();
        }
        let is_patient = since.elapsed() < patience;
        if is_patient {
            std::thread::sleep(Duration::from_millis(if nth < 100 { 1 } else { 4 }));
        }
        is_patient
    }))
}

/// The whole path, because SQLite takes some short names for something else than files.
fn absolute(path: &Path) -> Result<PathBuf, Fault> {
    std::path::absolute(path)
        .map_err(|_| Fault::Lasting("没有给出账簿文件的路径。请写明文件名，例如“2024年账簿.db”。".to_owned()))
}

/// A file beside this one, named after it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere an open file cannot be moved.
#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

const READ: &str = "SELECT number, hash, body FROM entries WHERE number > ?1 AND number <= ?2 ORDER BY number LIMIT ?3";
const APPEND: &str = "INSERT INTO entries (number, hash, body) VALUES (?1, ?2, ?3)";

/// The records after `after` up to `to`.
fn read(connection: &Connection, after: u64, to: u64, limit: usize) -> Result<Vec<Record>, Failed> {
    let bound = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(READ)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map((bound(after), bound(to), limit), record)?;
    let records = rows.collect::<Result<Vec<Record>, rusqlite::Error>>()?;
    gapless(after, &records)?;
    Ok(records)
}

fn record(row: &Row<'_>) -> Result<Record, rusqlite::Error> {
    Ok(Record { number: row.get(0)?, hash: Hash(row.get(1)?), body: row.get(2)? })
}

impl Store for Sqlite {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        read(&self.connection, after, u64::MAX, limit).map_err(|failed| self.fault(failed))
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        if self.access == Access::Read {
            return Err(self.fault(Failed::OpenedToRead));
        }
        self.is_in_place()?;
        let begin = || -> Result<(Transaction<'_>, u64), Failed> {
            // Immediate takes the pen at once; a transaction that only began to write later could not
            // wait for others, because what it had read would be stale by then.
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            let kept = layout::last(&transaction)?;
            Ok((transaction, kept))
        };
        let (transaction, kept) = begin().map_err(|failed| self.fault(failed))?;
        Ok(Box::new(SqliteTurn { store: self, transaction, pen: Pen::new(kept) }))
    }
}

struct SqliteTurn<'a> {
    store: &'a Sqlite,
    /// Rolls back when it is dropped.
    transaction: Transaction<'a>,
    pen: Pen,
}

impl Turn for SqliteTurn<'_> {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        read(&self.transaction, after, self.pen.kept(), limit).map_err(|failed| self.store.fault(failed))
    }

    fn append(&mut self, records: &[Record]) -> Result<(), Fault> {
        let (store, transaction) = (self.store, &self.transaction);
        self.pen.append(records, |records| {
            let write = || -> Result<(), Failed> {
                let mut statement = transaction.prepare_cached(APPEND)?;
                for record in records {
                    statement.execute((record.number, record.hash.0, &record.body))?;
                }
                Ok(())
            };
            write().map_err(|failed| store.fault(failed))
        })
    }

    fn commit(self: Box<Self>) -> Result<(), Fault> {
        self.pen.unspoiled()?;
        self.store.is_in_place()?;
        let (store, transaction) = (self.store, self.transaction);
        transaction.commit().map_err(|error| store.fault(error.into()))
    }
}

#[cfg(test)]
mod tests;
