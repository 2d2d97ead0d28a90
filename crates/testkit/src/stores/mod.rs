//! What every store must do, as cases that run on any of them: [`conforms`] for the promises,
//! [`kill`] for a writer that is killed, [`posting_survives`] and [`writers_do_not_overspend`] for a
//! ledger on it, [`measure`] for how fast it is, [`postgres`] for a server to
//! run it on. What a single kind of store does besides is tested beside that store.

mod cases;
pub mod kill;
pub mod measure;
mod office;
pub mod postgres;

pub use cases::conforms;
pub use office::{RUN, post_for_ever, posting_survives, writers_do_not_overspend};

use mingzhang_books::store::{Fault, Hash, Record, Store};

/// A place where handles are opened, all on the same records.
pub trait Place: Sync {
    /// Opens another handle.
    fn open(&self) -> Box<dyn Store>;
}

impl<F: Fn() -> Box<dyn Store> + Sync> Place for F {
    fn open(&self) -> Box<dyn Store> {
        self()
    }
}

/// The record that the cases write under a number: another number, another body and hash.
pub fn record(number: u64) -> Record {
    written(number, &format!("{{\"摘要\":\"第{number}号\",\"金额\":{}}}", number.wrapping_mul(12_345)))
}

/// A record with this body.
pub fn written(number: u64, body: &str) -> Record {
    let mut hash = [0xa7; 32];
    hash[..8].copy_from_slice(&number.to_be_bytes());
    hash[24..].copy_from_slice(&(body.len() as u64).to_le_bytes());
    Record { number, hash: Hash(hash), body: body.to_owned() }
}

/// Appends records in one turn of their own.
///
/// # Errors
/// What the store says.
pub fn append(store: &mut dyn Store, records: &[Record]) -> Result<(), Fault> {
    let mut turn = store.turn()?;
    turn.append(records)?;
    turn.commit()
}

/// All records of a store, read page by page.
pub fn all(store: &mut dyn Store) -> Vec<Record> {
    let mut read: Vec<Record> = Vec::new();
    loop {
        let page = store.after(read.len() as u64, 1000).unwrap();
        if page.is_empty() {
            return read;
        }
        read.extend(page);
    }
}
