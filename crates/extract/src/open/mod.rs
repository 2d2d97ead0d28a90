//! The open reading: tables read by their words alone, where no form lists their cells.
//!
//! [`tables`] finds which concept each table shows, by its title or its header; [`sheet`] sees a table as
//! header, stub and money columns and says of each column which money it shows; [`rows`] reads the head of
//! each row; [`units`] finds out which units lie under which; [`layout`] collects the sums that the layout
//! itself states; [`outline`] tells which place's tables they are. Every meaning comes from
//! `standard::vocabulary`; a word that is not there gives no key, and its cells are listed as such.
//!
//! Absent on purpose: places, forms, positions, and guesses.

mod layout;
mod outline;
mod rows;
mod sheet;
mod statement;
mod tables;
#[cfg(test)]
mod tests;
mod units;

pub(crate) use outline::{missing, outline};
pub(crate) use statement::Reader;
pub(crate) use tables::{Found, found, others};
