//! [`Journal`]: the desk and the store that keeps it.
//!
//! As with the books, an event is decided while its writer holds the store's pen and has read all that others
//! wrote, and the state moves only after the store has acknowledged.

use crate::Refused;
use crate::entry::{Entry, Event};
use crate::state::Desk;
use mingzhang_books::names::Person;
use mingzhang_books::seal::{self, Broken};
use mingzhang_books::store::{Fault, Hash, Record, Store};
use std::fmt;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// How many records are read at a time.
const PAGE: usize = 20_000;

/// Why nothing happened, or it is not known whether it did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// It may not happen.
    Refused(Refused),
    /// The store did not do its part.
    Store(Fault),
    /// The chain does not verify.
    Broken(Broken),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refused) => refused.fmt(f),
            Failure::Store(fault) => fault.fmt(f),
            Failure::Broken(broken) => broken.fmt(f),
        }
    }
}
impl std::error::Error for Failure {}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Failure {
        Failure::Refused(refused)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Store(fault)
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Failure {
        Failure::Broken(broken)
    }
}

/// Who brings something about, when and from where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hand {
    /// The account; none for the server itself and for strangers.
    pub by: Option<Person>,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: u64,
    /// The address that it came from.
    pub from: String,
}

/// Writes what happens on the desk. The state itself is the caller's, so that readers need not wait for the store.
pub struct Journal<S> {
    store: S,
    number: u64,
    hash: Hash,
}

impl<S: Store> Journal<S> {
    /// Reads all that the store keeps, and verifies the chain on the way.
    ///
    /// # Errors
    /// Where the store fails or the chain is broken.
    pub fn open(mut store: S) -> Result<(Journal<S>, RwLock<Desk>), Failure> {
        let desk = RwLock::default();
        let (mut number, mut hash) = (0, Hash::default());
        catch_up(&mut number, &mut hash, &desk, |after, limit| store.after(after, limit))?;
        Ok((Journal { store, number, hash }, desk))
    }

    /// The number of the last entry.
    pub fn count(&self) -> u64 {
        self.number
    }

    /// Decides on the desk as it is and writes what happens, all of it or nothing. `desk` is brought up to date on
    /// the way, and moves on only after the store has acknowledged.
    ///
    /// # Errors
    /// Where it is refused, or the store fails.
    pub fn record(
        &mut self,
        hand: &Hand,
        desk: &RwLock<Desk>,
        decide: impl FnOnce(&Desk) -> Result<Vec<Event>, Refused>,
    ) -> Result<Vec<Event>, Failure> {
        let Journal { store, number, hash } = self;
        let mut turn = store.turn()?;
        catch_up(number, hash, desk, |after, limit| turn.after(after, limit))?;
        let events = decide(&read(desk))?;
        let (mut last, mut chain) = (*number, *hash);
        let (mut records, mut entries) = (Vec::new(), Vec::new());
        for event in &events {
            let entry = Entry { by: hand.by.clone(), at: hand.at, from: hand.from.clone(), event: event.clone() };
            last += 1;
            let record = seal::seal(chain, last, &entry);
            chain = record.hash;
            records.push(record);
            entries.push(entry);
        }
        turn.append(&records)?;
        turn.commit()?;
        (*number, *hash) = (last, chain);
        let mut desk = written(desk);
        entries.into_iter().for_each(|entry| desk.apply(entry));
        Ok(events)
    }

    /// Takes in what other programs have written.
    ///
    /// # Errors
    /// Where the store fails or the chain is broken.
    pub fn refresh(&mut self, desk: &RwLock<Desk>) -> Result<(), Failure> {
        let Journal { store, number, hash } = self;
        catch_up(number, hash, desk, |after, limit| store.after(after, limit))
    }

    /// The entries after number `after`, at most `limit` of them, with their numbers: the audit trail.
    ///
    /// # Errors
    /// Where the store fails, or a record is no entry.
    pub fn entries(&mut self, after: u64, limit: usize) -> Result<Vec<(u64, Entry)>, Failure> {
        let records = self.store.after(after, limit)?;
        let entry = |record: Record| {
            let entry = serde_json::from_str(&record.body);
            let entry = entry.map_err(|why| Broken::Unreadable { number: record.number, why: why.to_string() })?;
            Ok((record.number, entry))
        };
        records.into_iter().map(entry).collect()
    }

    /// The store.
    pub fn store(&mut self) -> &mut S {
        &mut self.store
    }
}

/// A writer that panicked has left the state as it was before or after an event: both are states.
fn written(desk: &RwLock<Desk>) -> RwLockWriteGuard<'_, Desk> {
    desk.write().unwrap_or_else(PoisonError::into_inner)
}

fn read(desk: &RwLock<Desk>) -> RwLockReadGuard<'_, Desk> {
    desk.read().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the records after `number` and verifies them; the desk is held only while it takes them in.
fn catch_up(
    number: &mut u64,
    hash: &mut Hash,
    desk: &RwLock<Desk>,
    mut after: impl FnMut(u64, usize) -> Result<Vec<Record>, Fault>,
) -> Result<(), Failure> {
    loop {
        let page = after(*number, PAGE)?;
        let mut entries: Vec<Entry> = Vec::with_capacity(page.len());
        for record in &page {
            entries.push(seal::open(*hash, *number + 1, record)?);
            (*number, *hash) = (record.number, record.hash);
        }
        if !entries.is_empty() {
            let mut desk = written(desk);
            entries.into_iter().for_each(|entry| desk.apply(entry));
        }
        if page.len() < PAGE {
            return Ok(());
        }
    }
}
