//! The law as data: the forms that places prescribe, the code tables, the folding of printed words.
//!
//! A place or a year that prints its tables differently is one new file in `data/forms/`, never an
//! `if` in code. A form says, for each cell of a statutory table, which money it shows: its filter.
//! From the filters follow the laws, see `mingzhang-rules`.
//!
//! Absent on purpose: how anything is read, checked or shown.

pub mod codes;
pub mod compare;
pub mod filter;
pub mod form;
pub mod fraction;
pub mod name;
pub mod narrative;
pub mod outline;
pub mod performance;
pub mod phrase;
pub mod platform;
pub mod register;
pub mod section;
pub mod statistic;
pub mod term;
pub mod vocabulary;
pub mod wording;
pub mod words;
