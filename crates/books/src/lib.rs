//! The ledger and the registers of an office's year.
//!
//! A [`Command`](command::Command) is decided against the present [`Books`](state::Books): it is
//! refused with a reason, or it becomes entries. Entries are only ever appended, each bound to the one
//! before it by a hash; what the books say is what the entries add up to. Every number of a disclosure
//! is a query over them.
//!
//! Absent on purpose: files, clocks, databases, documents, rules. Who, when and where from are given
//! by the caller; a [`Store`](store::Store) keeps records and understands none of them.

mod codec;
pub mod command;
mod decide;
pub mod entry;
pub mod evaluation;
pub mod export;
pub mod facts;
pub mod import;
pub mod ledger;
pub mod line;
pub mod names;
pub mod offices;
pub mod performance;
pub mod pivot;
pub mod refusal;
pub mod register;
pub mod registers;
pub mod seal;
pub mod state;
pub mod store;
pub mod trail;
pub mod unit;

pub use decide::{ACCOUNTANTS, Clock, DAYS_TO_PUBLISH, Hand, THREE_PUBLIC_REASON, next_step, steppers};
