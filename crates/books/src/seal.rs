//! The chain: every record carries the hash of the one before it, so that nothing can be changed, taken
//! out or put in without every later hash being wrong.

use crate::store::{Hash, Record};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fmt;

/// What is wrong with a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Broken {
    /// A record has another number than the one that is due.
    OutOfOrder {
        /// The number that was due.
        due: u64,
        /// The number that came.
        came: u64,
    },
    /// The hash is not that of the record.
    Changed {
        /// The record.
        number: u64,
    },
    /// The hash is right, and the body is no entry: it was written by another version of the program.
    Unreadable {
        /// The record.
        number: u64,
        /// Why.
        why: String,
    },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::OutOfOrder { due, came } => {
                write!(f, "账簿不连续：应为第 {due} 条，实为第 {came} 条；有分录被删去或插入，请从备份恢复")
            }
            Broken::Changed { number } => {
                write!(f, "第 {number} 条分录与其校验值不符：内容被改动过，请从备份恢复")
            }
            Broken::Unreadable { number, why } => {
                write!(f, "第 {number} 条分录不能识别（{why}）：可能由更新版本的程序写入，请升级程序")
            }
        }
    }
}
impl std::error::Error for Broken {}

/// The hash of a record that follows `before`.
pub fn hash(before: Hash, number: u64, body: &str) -> Hash {
    let mut digest = Sha256::new();
    digest.update(before.0);
    digest.update(number.to_be_bytes());
    digest.update(body.as_bytes());
    Hash(digest.finalize().into())
}

/// Seals an entry as the record after `before`.
pub fn seal(before: Hash, number: u64, entry: &impl Serialize) -> Record {
    // An entry is numbers and words: nothing in it can fail to be written.
    let body = serde_json::to_string(entry).unwrap_or_default();
    Record { number, hash: hash(before, number, &body), body }
}

/// The entry of a record, if it is the one that follows number `number - 1` with the hash `before`.
pub fn open<E: DeserializeOwned>(before: Hash, number: u64, record: &Record) -> Result<E, Broken> {
    if record.number != number {
        return Err(Broken::OutOfOrder { due: number, came: record.number });
    }
    if hash(before, number, &record.body) != record.hash {
        return Err(Broken::Changed { number });
    }
    serde_json::from_str(&record.body).map_err(|why| Broken::Unreadable { number, why: why.to_string() })
}

/// The hash of lines, in hexadecimal: what a frozen version is known by.
pub(crate) fn fingerprint(text: impl IntoIterator<Item = String>) -> String {
    let mut digest = Sha256::new();
    for line in text {
        digest.update(line.as_bytes());
        digest.update(b"\n");
    }
    Hash(digest.finalize().into()).to_string()
}
