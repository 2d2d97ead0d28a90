//! Facts and a person's words through a form to documents.
//!
//! [`Manuscript`](manuscript::Manuscript) is the disclosure before it has a file format; a writer of each format lays
//! it out. The same manuscript gives the same bytes.
//!
//! Absent on purpose: where facts came from, files, clocks, and any arithmetic that the rules would not do again.

pub mod manuscript;
pub mod pdf;
