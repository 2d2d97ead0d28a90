//! [`Recognition`]: what some program read off the picture of a page.
//!
//! A word that was recognised is a guess with a confidence. It becomes text of a document like any other, and where
//! the confidence is low the document says so: nothing may be held against such a word.
//!
//! Absent on purpose: how anything is recognised, and pictures.

use crate::document::Rect;

/// A word with a lower confidence than this is doubtful: no number of it accuses, and none is accused.
pub const DOUBTFUL_BELOW: u8 = 90;

/// What was read off the picture of one page, in points from the top left corner of the page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Recognition {
    /// The words, in the order in which the program read them.
    pub words: Vec<Word>,
    /// The ruled lines of the picture.
    pub rules: Vec<Ruled>,
}

/// A word, or a piece of a line that the program took for one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Where it stands; the height is that of its line.
    pub rect: Rect,
    /// How sure the program is of it, in per cent.
    pub confidence: u8,
}

impl Word {
    /// True where nothing may rest on it.
    pub fn is_doubtful(&self) -> bool {
        self.confidence < DOUBTFUL_BELOW
    }
}

/// A straight line along one axis.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Ruled {
    /// From left to right: how far from the top, from where, to where.
    Across(f32, f32, f32),
    /// From top to bottom: how far from the left, from where, to where.
    Down(f32, f32, f32),
}
