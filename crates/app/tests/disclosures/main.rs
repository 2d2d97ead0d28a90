//! Whole disclosures, from books to files and back: what is written is read as it was meant, has no fault that the
//! rules know, and shows a fault where one is planted.

mod bad_input;
mod bytes;
mod checked;
mod drawn;
mod libreoffice;
mod planted;
#[path = "../program/mod.rs"]
mod program;
mod round_trip;
mod scanned;
mod support;
