//! The desk: who may come in, which documents lie there to be checked, what was said about what was found in
//! them, and what waits for a second signature.
//!
//! It is kept as the books are: an append-only journal ([`journal`]) of [`entry::Entry`]s in a chain of hashes, in
//! the same stores. What they add up to is a [`state::Desk`]; whether something may happen is decided on it, in
//! `decide/`, and is refused in words or becomes events. The journal is the audit trail: there is no second one.
//!
//! Absent on purpose: files, clocks, networks, cookies, random numbers and the making of password hashes. The
//! caller brings the time, the secrets as hashes, and where a request came from. No money and no rule is decided
//! here: that is the books' and the rules'.

pub mod decide;
pub mod entry;
pub mod journal;
mod refused;
pub mod state;

pub use refused::Refused;
