//! [`Refused`]: why something does not happen, for a person, in both languages.

use std::fmt;

/// Why something does not happen: what is wrong, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Refused {
    /// A refusal in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Refused {
        Refused { zh: zh.into(), en: en.into() }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.zh)
    }
}
impl std::error::Error for Refused {}
