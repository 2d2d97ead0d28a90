//! [`Store`]: where the records of the books are kept.
//!
//! A store keeps one growing list of [`Record`]s and understands none of them. It promises three
//! things: records are read in order and without gaps; one writer at a time holds the pen, so that what
//! was decided against the last record is still true when the next is appended; and what a commit has
//! acknowledged is there for ever, while what was not committed never was.
//!
//! [`Memory`] is the store of tests and trials; those that keep are crates of their own. What they all
//! have to watch in the same way, the numbers of a turn, is watched by [`Pen`].

mod memory;
mod pen;

pub use memory::Memory;
pub use pen::{Pen, gapless};

use std::fmt;

/// The hash that binds an entry to all before it: SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// One entry as a store keeps it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Its place in the list, counted from 1 without gaps.
    pub number: u64,
    /// The hash of the record before it, its number and its body.
    pub hash: Hash,
    /// The entry, as JSON: at most [`Record::MAX_BODY`] bytes, and no NUL, which JSON writes as `\\u0000`
    /// and not every store can keep.
    pub body: String,
}

impl Record {
    /// The longest body that a store takes: 64 MiB.
    pub const MAX_BODY: usize = 64 << 20;
}

/// Why a store did not do what it was asked. The text is for a person: what is wrong, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Somebody else holds the pen for too long, or the connection was lost: the same call may go
    /// through later.
    Passing(String),
    /// It will not go through by itself: no such file, not a store of books, no permission, disk full.
    Lasting(String),
    /// What was kept is not what was written.
    Damaged(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Passing(why) | Fault::Lasting(why) | Fault::Damaged(why) => f.write_str(why),
        }
    }
}
impl std::error::Error for Fault {}

/// Where records are kept. A handle is for one thread; others open their own on the same place.
pub trait Store: Send {
    /// The records after number `after`, in order, at most `limit` of them: what was committed before
    /// the call, whoever holds the pen.
    ///
    /// # Errors
    /// [`Fault::Damaged`] where numbers have a gap or a record is not one.
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault>;

    /// Takes the pen: until the turn ends nobody else appends. Waits for a turn under way to end.
    ///
    /// # Errors
    /// [`Fault::Passing`] where that takes longer than the store's patience.
    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault>;
}

impl<S: Store + ?Sized> Store for Box<S> {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        (**self).after(after, limit)
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        (**self).turn()
    }
}

/// The time in which one writer holds the pen. Dropped without a commit, nothing has happened.
pub trait Turn {
    /// The records after number `after`, in order, at most `limit` of them: all that was committed
    /// before this turn, and not what this turn appends.
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault>;

    /// Appends records, as often as wanted. Their numbers go on from the last one kept or appended;
    /// others are refused as damage. An append that failed spoils the turn: it cannot be committed.
    fn append(&mut self, records: &[Record]) -> Result<(), Fault>;

    /// Makes what was appended durable, and puts the pen down.
    ///
    /// # Errors
    /// Where the turn was spoiled, nothing is kept. After any other fault it is not known whether the
    /// commit was carried out: a connection may be lost between the deed and its acknowledgement. The
    /// books find out by the request's name.
    fn commit(self: Box<Self>) -> Result<(), Fault>;
}
