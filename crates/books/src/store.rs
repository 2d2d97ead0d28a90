//! [`Store`]: where the records of the books are kept.
//!
//! A store keeps one growing list of [`Record`]s and understands none of them. It promises three
//! things: records are read in order and without gaps; one writer at a time holds the pen, so that what
//! was decided against the last record is still true when the next is appended; and what a commit has
//! acknowledged is there for ever, while what was not committed never was.

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
    /// The entry, as JSON.
    pub body: String,
}

/// Why a store did not do what it was asked. The text is for a person: what is wrong, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Somebody else holds the pen for too long, or the connection was lost: the same call may go
    /// through later. Whether a commit that ends so was carried out is not known; the books find out
    /// by the request's name.
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

/// Where records are kept.
pub trait Store: Send {
    /// The records after number `after`, in order, at most `limit` of them.
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault>;

    /// Takes the pen: until the turn ends nobody else appends. Waits for a turn under way to end.
    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault>;
}

/// The time in which one writer holds the pen. Dropped without a commit, nothing has happened.
pub trait Turn {
    /// The records after number `after`, in order, at most `limit` of them: what others have appended
    /// before this turn, and not what this turn appends.
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault>;

    /// Appends records. Their numbers go on from the last one kept; others are refused as damage.
    fn append(&mut self, records: &[Record]) -> Result<(), Fault>;

    /// Makes what was appended durable, and puts the pen down.
    fn commit(self: Box<Self>) -> Result<(), Fault>;
}
