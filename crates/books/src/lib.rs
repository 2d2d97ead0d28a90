//! The ledger and the registers of an office's year.
//!
//! A command is decided against the present books: it is
//! refused with a reason, or it becomes entries. Entries are only ever appended, each bound to the one
//! before it by a hash; what the books say is what the entries add up to. Every number of a disclosure
//! is a query over them.
//!
//! Absent on purpose: files, clocks, databases, documents, rules. Who, when and where from are given
//! by the caller; a [`Store`](store::Store) keeps records and understands none of them.

pub mod register;
pub mod store;
