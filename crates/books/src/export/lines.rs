//! The journal as lines of JSON: each entry with its number and its hash, so that anybody can verify the
//! chain with nothing but SHA-256.
//!
//! A line is `{"number":1,"hash":"…","entry":{…}}`. The entry stands in it byte for byte as it was hashed:
//! SHA-256 over the hash before (32 bytes, zeros before the first), the number (8 bytes, the highest
//! first) and the entry's text.

use crate::entry::Entry;
use crate::ledger::{Failure, Ledger};
use crate::seal::{self, Broken};
use crate::store::{Hash, Record, Store};
use std::fmt;

/// How many records are read at a time.
const PAGE: usize = 20_000;

/// Hands every line of the journal to `each`, in order, verified, without a line break.
pub fn lines<S: Store>(ledger: &mut Ledger<S>, mut each: impl FnMut(&str)) -> Result<(), Failure> {
    let (mut number, mut before) = (0, Hash::default());
    loop {
        let page = ledger.store().after(number, PAGE)?;
        if page.is_empty() {
            return Ok(());
        }
        for record in &page {
            seal::open::<Entry>(before, number + 1, record)?;
            (number, before) = (record.number, record.hash);
            each(&line(record));
        }
    }
}

/// The line of a record.
pub fn line(record: &Record) -> String {
    format!("{{\"number\":{},\"hash\":\"{}\",\"entry\":{}}}", record.number, record.hash, record.body)
}

/// What is wrong with some lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LineFault {
    /// A line is not of the shape that is written.
    Shape {
        /// Which line, from 1.
        line: usize,
    },
    /// The chain does not verify.
    Chain {
        /// Which line, from 1.
        line: usize,
        /// Why.
        broken: Broken,
    },
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineFault::Shape { line } => write!(f, "第 {line} 行不是账簿导出的格式，文件可能被改动或截断"),
            LineFault::Chain { line, broken } => write!(f, "第 {line} 行：{broken}"),
        }
    }
}
impl std::error::Error for LineFault {}

/// How far a chain of lines goes: the number and the hash of its last record. Whether a journal was cut
/// off at its end, only these can tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Verified {
    /// How many records.
    pub count: u64,
    /// The hash of the last.
    pub hash: Hash,
}

/// Reads lines back and verifies the chain; every record goes to `each`, with what it says. Empty lines
/// are passed over.
pub fn verify_lines<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    mut each: impl FnMut(Record, Entry),
) -> Result<Verified, LineFault> {
    let mut verified = Verified::default();
    for (at, text) in lines.into_iter().enumerate() {
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            continue;
        }
        let record = record(text).ok_or(LineFault::Shape { line: at + 1 })?;
        let entry = seal::open(verified.hash, verified.count + 1, &record)
            .map_err(|broken| LineFault::Chain { line: at + 1, broken })?;
        verified = Verified { count: record.number, hash: record.hash };
        each(record, entry);
    }
    Ok(verified)
}

/// The record of a line, if it is of the very shape that [`line`] writes.
fn record(text: &str) -> Option<Record> {
    let rest = text.strip_prefix("{\"number\":")?;
    let (number, rest) = rest.split_once(",\"hash\":\"")?;
    let (hash, rest) = rest.split_once("\",\"entry\":")?;
    let body = rest.strip_suffix('}')?;
    Some(Record { number: number.parse().ok()?, hash: hash_of(hash)?, body: body.to_owned() })
}

fn hash_of(hex: &str) -> Option<Hash> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(Hash(bytes))
}
