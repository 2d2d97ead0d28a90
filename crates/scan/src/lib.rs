//! Pages that are pictures: what is handed to a program that recognises characters, and what it hands back.
//!
//! [`Pages`] paints a page as a [`Picture`] in grey, [`ruled`] finds the straight lines of a picture, so that its
//! tables have cells, and [`tsv`] reads the words that tesseract prints. It is a crate of its own because a painter of
//! pages is heavy, and nobody else needs one.
//!
//! Absent on purpose: files and processes (a program is run where the pictures go out), any word of budgets, and
//! recognition itself.

mod picture;
mod ruled;
pub mod tsv;

pub use picture::{DOTS_PER_INCH, MAX_DOTS, Pages, Picture};
