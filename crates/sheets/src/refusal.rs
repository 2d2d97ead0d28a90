//! [`Refusal`]: why a file is not read or not written.

use std::fmt;

/// One Chinese sentence for the one who chose the file: what is wrong, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    sentence: String,
}

impl Refusal {
    /// A sentence without its full stop, which every refusal gets when it is shown.
    pub(crate) fn new(sentence: impl Into<String>) -> Refusal {
        Refusal { sentence: sentence.into() }
    }

    /// The same, with the name of the file in front.
    pub(crate) fn about(self, name: &str) -> Refusal {
        Refusal { sentence: format!("“{name}”无法读取：{}", self.sentence) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。", self.sentence)
    }
}

impl std::error::Error for Refusal {}
