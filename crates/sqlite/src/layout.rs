//! What is in the file: who made it, in which version, and the table of entries with its guards.

use crate::faults::Failed;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use std::time::{Duration, Instant};

/// Says in the header of the file whose it is: the letters `MZBK`.
pub(crate) const APPLICATION: i32 = 0x4d5a_424b;

/// The version of what is below. A program refuses what is newer than itself.
pub(crate) const VERSION: i32 = 1;

/// The table and its guards. SQLite keeps these texts, and [`recognise`] compares them.
///
/// The guard on insertion is not for numbers alone: `INSERT OR REPLACE` deletes without asking the guard
/// on deletion.
const SCHEMA: [&str; 4] = [
    "CREATE TABLE entries (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    body TEXT NOT NULL
) STRICT",
    "CREATE TRIGGER entries_are_appended_in_order BEFORE INSERT ON entries
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'entries are appended in order'); END",
    "CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are not changed'); END",
    "CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are not deleted'); END",
];

/// Makes sure that the file holds books and keeps its log as it must, and lays them out in an empty one.
pub(crate) fn prepare(connection: &Connection) -> Result<(), Failed> {
    // Looked at first: another program's file is not touched.
    let found = look(connection)?;
    if found == Found::Nothing && connection.is_readonly(rusqlite::MAIN_DB)? {
        return Err(Failed::NotWritable);
    }
    keep_log(connection)?;
    if found == Found::Books {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another may have laid them out while this one waited.
    if look_within(&transaction)? == Found::Nothing {
        for statement in SCHEMA {
            transaction.execute_batch(statement)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(transaction.commit()?)
}

/// Makes sure that the file holds books.
pub(crate) fn recognise(connection: &Connection) -> Result<(), Failed> {
    match look(connection)? {
        Found::Books => Ok(()),
        Found::Nothing => Err(Failed::Empty),
    }
}

/// With a write-ahead log readers and the writer do not wait for each other.
fn keep_log(connection: &Connection) -> Result<(), Failed> {
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        return Ok(());
    }
    // Changing over needs the file alone, and SQLite does not wait for that by itself.
    let start = Instant::now();
    loop {
        let mode = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
        match mode {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(_) => return Err(Failed::NoLog),
            Err(error) => {
                let busy = error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
                if !busy || start.elapsed() > crate::PATIENCE {
                    return Err(error.into());
                }
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[derive(PartialEq)]
enum Found {
    Books,
    Nothing,
}

fn look(connection: &Connection) -> Result<Found, Failed> {
    // One transaction, so that what another lays out is seen whole or not at all.
    look_within(&Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?)
}

fn look_within(transaction: &Transaction<'_>) -> Result<Found, Failed> {
    let mut statement = transaction.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
    let texts = statement.query_map((), |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let application: i32 = transaction.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if texts.is_empty() && application == 0 && version == 0 {
        return Ok(Found::Nothing);
    }
    if application != APPLICATION {
        return Err(Failed::Strange);
    }
    if version > VERSION {
        return Err(Failed::Newer(version));
    }
    if version != VERSION || !SCHEMA.iter().all(|text| texts.iter().any(|found| found == text)) {
        return Err(Failed::Altered);
    }
    Ok(Found::Books)
}

/// The number of the last record, 0 where there is none.
pub(crate) fn last(connection: &Connection) -> Result<u64, Failed> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(number), 0) FROM entries")?;
    Ok(statement.query_row((), |row| row.get(0))?)
}

/// Whether SQLite finds the file sound and numbers have no gap. The number of the last record.
pub(crate) fn check(connection: &Connection) -> Result<u64, Failed> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
    let mut statement = transaction.prepare("PRAGMA quick_check(1)")?;
    let found: String = statement.query_row((), |row| row.get(0))?;
    if found != "ok" {
        return Err(Failed::Unsound(found));
    }
    let last = last(&transaction)?;
    let count: u64 = transaction.query_row("SELECT count(*) FROM entries", (), |row| row.get(0))?;
    if count != last {
        return Err(Failed::Unsound(format!("最后一号是 {last}，却有 {count} 条")));
    }
    Ok(last)
}
