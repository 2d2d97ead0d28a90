//! The rows of the registers: reading what people typed, checking it, and working out the figures.
//!
//! Which fields a row has, what must hold and what is counted, the files of `mingzhang-standard` say;
//! nothing here knows a register by name.
//!
//! Absent on purpose: where rows are kept and who wrote them. A row is looked at by itself, with rows
//! beside it where the register asks for that; a caller gives its own names to rows and gets them back
//! behind every figure. References are not followed: whether a key exists, the books know.

mod evaluate;
mod figures;
mod row;
mod value;

pub use evaluate::{Gap, Place, evaluate};
pub use figures::{FigureValue, Measured, agreements, figures};
pub use row::{Complaint, Row, Weight, check_row, check_rows, computed, identity, read_row};
pub use value::{MAX_CHARACTERS, Value, parse_cell, parse_value, words_of};

#[cfg(test)]
mod evaluate_tests;
