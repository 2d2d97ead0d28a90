//! Books in PostgreSQL: for many users on many machines, on a server that somebody looks after.
//!
//! The books are a schema of a database: one table of records, with guards. Several offices may have a
//! schema each. Nothing here knows what a record means, and nothing here changes or deletes one;
//! triggers refuse that to other programs too, which keeps accidents away, not the owner of the
//! database; what that one changes the hashes show. Backup is PostgreSQL's own (`pg_dump`).
//!
//! The connection is not encrypted: the server is on the same machine, reached by its socket, or in a
//! network that is trusted. An address that demands TLS is refused. The connection is a direct one; a
//! pool that hands a session from one transaction to the next loses the timeouts that are set here.
//! Calls block, and may not be made within an asynchronous runtime.

mod address;
mod faults;
mod layout;

use crate::address::Address;
use crate::faults::Failed;
use mingzhang_books::store::{Fault, Hash, Pen, Record, Store, Turn, gapless};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, NoTls, Row, SimpleQueryMessage, Statement};
use std::fmt;
use std::time::Duration;

/// How long a turn waits for another to end, unless told otherwise.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long one statement may take, waiting not counted: longer than any honest one.
const LONGEST_STATEMENT: Duration = Duration::from_secs(300);

/// How long a turn may lie idle before the server takes the pen away: a machine that has lost its
/// network in the middle of a turn must not hold up all others.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// Records and bytes that go to the server in one statement.
const CHUNK: usize = 10_000;
const CHUNK_BYTES: usize = 16 << 20;

/// A handle on the books in one schema of a database. Each thread connects its own.
pub struct Postgres {
    address: Address,
    patience: Duration,
    /// None after the connection was lost; the next call connects again.
    link: Option<Link>,
}

/// A connection on which the books were found, and what is asked of it all the time.
struct Link {
    client: Client,
    read: Statement,
    append: Statement,
    /// From the beginning of a turn to its end. Found standing by a new call, a turn was forgotten
    /// without being dropped, and its transaction is still open.
    in_turn: bool,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").field("at", &self.address.place()).finish_non_exhaustive()
    }
}

impl Postgres {
    /// Connects to the books at an address like `postgresql://user:password@host/database?schema=books`,
    /// and begins new ones where the schema is absent or empty. Without `schema` it is `mingzhang`. A
    /// folder as `host` is that of a socket. Other parameters are those of PostgreSQL.
    ///
    /// # Errors
    /// In a sentence that says what to do: a wrong address, a demand for TLS, no server there, no such
    /// user or database, no permission, another program's tables, a newer version's books, a server that
    /// does not write to disk what it acknowledges.
    pub fn connect(address: &str) -> Result<Postgres, Fault> {
        let mut store = Postgres { address: Address::parse(address)?, patience: PATIENCE, link: None };
        store.link()?;
        Ok(store)
    }

    /// The same in a schema beside the one of an address: the name of that one with an ending.
    ///
    /// # Errors
    /// As [`connect`](Postgres::connect).
    pub fn connect_beside(address: &str, ending: &str) -> Result<Postgres, Fault> {
        let address = Address::parse(address)?.beside(ending)?;
        let mut store = Postgres { address, patience: PATIENCE, link: None };
        store.link()?;
        Ok(store)
    }

    /// Changes how long a turn waits for another to end; [`PATIENCE`] at first.
    ///
    /// # Errors
    /// Where the server cannot be told.
    pub fn set_patience(&mut self, patience: Duration) -> Result<(), Fault> {
        self.patience = patience;
        self.link = None;
        self.link().map(drop)
    }

    /// The connection, made anew where it was lost.
    fn link(&mut self) -> Result<&mut Link, Fault> {
        let usable = self.link.take().filter(|link| !link.in_turn && !link.client.is_closed());
        let link = match usable {
            Some(link) => link,
            None => connect(&self.address, self.patience).map_err(|failed| faults::told(&failed, &self.address))?,
        };
        Ok(self.link.insert(link))
    }

    /// The connection of a turn under way, which no other can replace.
    fn link_of_turn(&mut self) -> Result<&mut Link, Fault> {
        match &mut self.link {
            Some(link) => Ok(link),
            None => Err(faults::told(&Failed::Lost, &self.address)),
        }
    }

    /// The sentence for a failure. A connection that was lost is given up.
    fn fault(&mut self, failed: Failed) -> Fault {
        if faults::is_lost(&failed) || self.link.as_ref().is_some_and(|link| link.client.is_closed()) {
            self.link = None;
        }
        faults::told(&failed, &self.address)
    }

    /// Ends a turn that is not committed.
    fn roll_back(&mut self) {
        if let Some(mut link) = self.link.take()
            && link.client.batch_execute("ROLLBACK").is_ok()
        {
            link.in_turn = false;
            self.link = Some(link);
        }
        // Otherwise the connection is dropped, and the server rolls back when it notices.
    }
}

fn connect(address: &Address, patience: Duration) -> Result<Link, Failed> {
    let mut client = address.config().connect(NoTls)?;
    let statement = LONGEST_STATEMENT.saturating_add(patience);
    // The server counts in an i32 of milliseconds, and takes 0 for ever.
    let milliseconds = |time: Duration| time.as_millis().clamp(1, i32::MAX as u128);
    // Acknowledged means durable. Settings that do more than `on`, such as waiting for a standby that has
    // applied a commit, are left as the server's keeper has made them.
    client.batch_execute(&format!(
        "SET lock_timeout = {}; SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {};
        SET search_path = pg_catalog;
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
        milliseconds(patience),
        milliseconds(statement),
        milliseconds(LONGEST_PAUSE),
    ))?;
    let schema = address.schema();
    layout::prepare(&mut client, &schema)?;
    let read = client.prepare(&format!(
        "SELECT number, hash, body FROM {schema}.entries WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3"
    ))?;
    let append = client.prepare(&format!(
        "INSERT INTO {schema}.entries (number, hash, body) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[])"
    ))?;
    Ok(Link { client, read, append, in_turn: false })
}

/// The records after `after` up to `to`.
fn read(link: &mut Link, after: u64, to: u64, limit: usize) -> Result<Vec<Record>, Failed> {
    let bound = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = link.client.query_raw(&link.read, [bound(after), bound(to), limit])?;
    let records: Vec<Record> = rows.map_err(Failed::from).map(|row| record(&row)).collect()?;
    gapless(after, &records)?;
    Ok(records)
}

fn record(row: &Row) -> Result<Record, Failed> {
    let (number, hash): (i64, &[u8]) = (row.try_get(0)?, row.try_get(1)?);
    let unsound = || Failed::Unsound(format!("第 {number} 号不是账目"));
    let hash = Hash(hash.try_into().map_err(|_| unsound())?);
    Ok(Record { number: number.try_into().map_err(|_| unsound())?, hash, body: row.try_get(2)? })
}

fn write(link: &mut Link, mut records: &[Record]) -> Result<(), Failed> {
    while !records.is_empty() {
        let mut bytes = 0;
        let fits = |record: &&Record| {
            bytes += record.body.len();
            bytes <= CHUNK_BYTES
        };
        let (chunk, rest) = records.split_at(records.iter().take(CHUNK).take_while(fits).count().max(1));
        // Numbers were compared with the last one kept, which came from the server.
        let numbers: Vec<i64> = chunk.iter().map(|record| record.number as i64).collect();
        let hashes: Vec<&[u8]> = chunk.iter().map(|record| &record.hash.0[..]).collect();
        let bodies: Vec<&str> = chunk.iter().map(|record| record.body.as_str()).collect();
        let columns: [&(dyn ToSql + Sync); 3] = [&numbers, &hashes, &bodies];
        link.client.execute(&link.append, &columns)?;
        records = rest;
    }
    Ok(())
}

/// Takes the pen, and says how far the list is kept. At this level of isolation every statement sees
/// what was committed before it began: what is read after the lock was obtained is all there is.
fn begin(link: &mut Link, schema: &str) -> Result<u64, Failed> {
    link.in_turn = true;
    let messages = link.client.simple_query(&format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock({});
        SELECT coalesce(max(number), 0) AS kept FROM {schema}.entries",
        layout::lock_of(schema)
    ))?;
    let kept = messages.iter().rev().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.try_get("kept").ok().flatten()?.parse().ok(),
        _ => None,
    });
    kept.ok_or_else(|| Failed::Unsound("读不出最后一号".to_owned()))
}

impl Store for Postgres {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        read(self.link()?, after, u64::MAX, limit).map_err(|failed| self.fault(failed))
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        let schema = self.address.schema();
        match begin(self.link()?, &schema) {
            Ok(kept) => Ok(Box::new(PostgresTurn { store: self, pen: Pen::new(kept), is_over: false })),
            Err(failed) => {
                let fault = self.fault(failed);
                self.roll_back();
                Err(fault)
            }
        }
    }
}

struct PostgresTurn<'a> {
    store: &'a mut Postgres,
    pen: Pen,
    is_over: bool,
}

impl Turn for PostgresTurn<'_> {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        read(self.store.link_of_turn()?, after, self.pen.kept(), limit).map_err(|failed| self.store.fault(failed))
    }

    fn append(&mut self, records: &[Record]) -> Result<(), Fault> {
        let store = &mut *self.store;
        self.pen.append(records, |records| write(store.link_of_turn()?, records).map_err(|failed| store.fault(failed)))
    }

    fn commit(mut self: Box<Self>) -> Result<(), Fault> {
        self.pen.unspoiled()?;
        let link = self.store.link_of_turn()?;
        // After a statement that failed, COMMIT would roll back and report success. A statement before
        // it fails instead.
        let committed = link.client.batch_execute("SELECT 1; COMMIT");
        match committed {
            Ok(()) => {
                link.in_turn = false;
                self.is_over = true;
                Ok(())
            }
            Err(error) => Err(self.store.fault(error.into())),
        }
    }
}

impl Drop for PostgresTurn<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.store.roll_back();
        }
    }
}

#[cfg(test)]
mod tests;
