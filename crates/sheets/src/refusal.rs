//! [`Refusal`]: why a file is not read or not written.

use std::fmt;

/// One Chinese sentence for the one who chose the file: what is wrong, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    kind: Kind,
    sentence: String,
}

/// What a program has to know of a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The file needs a password.
    Encrypted,
    /// Anything else that the sentence says.
    Other,
}

impl Refusal {
    /// A sentence without its full stop, which every refusal gets when it is shown.
    pub(crate) fn new(sentence: impl Into<String>) -> Refusal {
        Refusal { kind: Kind::Other, sentence: sentence.into() }
    }

    /// The file needs a password.
    pub(crate) fn encrypted() -> Refusal {
        let sentence = "文件有密码保护，请用 Excel 或 WPS 打开并取消密码，另存后再提交".to_owned();
        Refusal { kind: Kind::Encrypted, sentence }
    }

    /// What kind of refusal it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The sentence without its full stop, for who puts it into another one.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// The same, with the name of the file in front.
    pub(crate) fn about(self, name: &str) -> Refusal {
        Refusal { sentence: format!("“{name}”无法读取：{}", self.sentence), ..self }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。", self.sentence)
    }
}

impl std::error::Error for Refusal {}
