//! One file through all stages: bytes, document, facts, report.
//!
//! The document and the facts live only while their file is worked on; what is kept of a file is what a
//! reporter prints.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::time::Duration;

use mingzhang_model::document::{Document, Note};
use mingzhang_model::fact::{Disclosure, Facts, Missing, Proof};
use mingzhang_model::rule::{Report, Severity};
use mingzhang_rules::bundle::Part;
use sha2::{Digest, Sha256};

use crate::archive;
use crate::coverage::{self, Coverage};
use crate::ocr::Scans;
use crate::shapes;
use crate::sieve::SetAside;
use crate::tally::{Standing, Tally};
use crate::walk::Source;
use crate::watch::{self, Halted};

/// Why a file has no result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Failure {
    /// The path leads nowhere.
    NotFound,
    /// The path may not be read.
    NotPermitted,
    /// A folder in which no file is a document by its name.
    EmptyFolder {
        /// How many other files it holds.
        passed_over: usize,
    },
    /// A folder where a file is needed.
    IsFolder,
    /// The system failed to read it; its words.
    Io(String),
    /// The reader's reason, in Chinese.
    Unreadable(String),
    /// It took longer than so many seconds.
    OverTime(u64),
    /// A mistake of this program; where and what.
    Internal(String),
}

impl Failure {
    /// The failure that an error of the system stands for.
    pub(crate) fn of_io(error: &io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::NotFound => Failure::NotFound,
            io::ErrorKind::PermissionDenied => Failure::NotPermitted,
            io::ErrorKind::IsADirectory => Failure::IsFolder,
            _ => Failure::Io(error.to_string()),
        }
    }
}

/// How much a reporter prints of each file: what it does not print is not worked out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Detail {
    /// The findings.
    Findings,
    /// The hash of the file too.
    Everything,
    /// The document itself too.
    Document,
}

/// Whether a document is checked alone, or with others that it may belong to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Company {
    /// Nothing is kept of it.
    Alone,
    /// What it states is kept until all are checked.
    Several,
}

/// A file and what came of it.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The path as it is printed.
    pub(crate) path: String,
    /// What came of it.
    pub(crate) result: Result<Checkup, Failure>,
}

/// What is kept of a checked document.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Checkup {
    /// The hash of the file, in hexadecimal; from [`Detail::Everything`] on.
    pub(crate) sha256: Option<String>,
    /// What the document says it is.
    pub(crate) disclosure: Disclosure,
    /// Its statutory tables.
    pub(crate) tables: Vec<TableSummary>,
    /// The statutory tables that it should have and has not.
    pub(crate) missing: Vec<Missing>,
    /// How many numbers were given a key.
    pub(crate) facts: usize,
    /// How many money cells were not.
    pub(crate) unkeyed: usize,
    /// The same, by the word of the reason.
    pub(crate) unkeyed_why: BTreeMap<&'static str, usize>,
    /// How far its tables were understood.
    pub(crate) coverage: Coverage,
    /// The words of the tables were all that told what they show.
    pub(crate) by_words: bool,
    /// How many amounts and percentages the running text holds.
    pub(crate) amounts: usize,
    /// Of how many of them no claim says what they are.
    pub(crate) unresolved: usize,
    /// How well the numbers are proven.
    pub(crate) proofs: ProofCounts,
    /// The document; only with [`Detail::Document`].
    pub(crate) sheet: Option<Box<Sheet>>,
    /// What the reader was not sure of.
    pub(crate) notes: Vec<Note>,
    /// What the rules said.
    pub(crate) report: Report,
    /// Findings that do not count.
    pub(crate) set_aside: Vec<SetAside>,
    /// What the rules said, counted.
    pub(crate) tally: Tally,
    /// What is kept to hold it against others; only with [`Company::Several`].
    pub(crate) part: Option<Box<Part>>,
}

/// A document to be shown, with what is known of its tables.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Sheet {
    pub(crate) document: Document,
    /// The titles of the statutory tables, by their blocks.
    pub(crate) titles: BTreeMap<usize, String>,
}

/// A statutory table, in short.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct TableSummary {
    /// B01 and its like.
    pub(crate) code: &'static str,
    /// What it is about.
    pub(crate) concept: &'static str,
    /// Its title as printed.
    pub(crate) title: String,
    /// The page of its title.
    pub(crate) page: Option<u32>,
    /// How many rows were read.
    pub(crate) rows: usize,
    /// How many money columns were read.
    pub(crate) columns: usize,
}

/// How many numbers are in each proof state.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct ProofCounts {
    pub(crate) proven: usize,
    pub(crate) unproven: usize,
    pub(crate) contradicted: usize,
}

impl ProofCounts {
    fn of(proofs: &[Proof]) -> ProofCounts {
        let mut counts = ProofCounts::default();
        for proof in proofs {
            *match proof {
                Proof::Proven => &mut counts.proven,
                Proof::Unproven => &mut counts.unproven,
                Proof::Contradicted => &mut counts.contradicted,
            } += 1;
        }
        counts
    }
}

impl Checked {
    /// How the document came out, when findings from `threshold` on fail it.
    pub(crate) fn standing(&self, threshold: Severity) -> Standing {
        match &self.result {
            Err(_) => Standing::Unreadable,
            Ok(checkup) if checkup.tally.at_least(threshold) > 0 => Standing::Failed,
            Ok(checkup) if checkup.tables.is_empty() || checkup.tally.held == 0 => Standing::Undecided,
            Ok(_) => Standing::Passed,
        }
    }
}

impl Checkup {
    /// How documents that belong together came out. That nothing could be compared is no failure: each was judged
    /// alone.
    pub(crate) fn standing_together(&self, threshold: Severity) -> Standing {
        match (self.tally.at_least(threshold), self.tally.held) {
            (0, 0) => Standing::Undecided,
            (0, _) => Standing::Passed,
            _ => Standing::Failed,
        }
    }
}

/// A file read, with its bytes' hash where it is wanted.
pub(crate) struct Opened {
    pub(crate) sha256: Option<String>,
    pub(crate) document: Document,
}

/// Reads a source as a document.
pub(crate) fn open(source: &Source, detail: Detail, scans: Scans) -> Result<Opened, Failure> {
    let bytes = bytes_of(source)?;
    let document = scans.read(&bytes).map_err(|why| Failure::Unreadable(why.to_string()))?;
    let sha256 = (detail >= Detail::Everything).then(|| sha256(&bytes));
    Ok(Opened { sha256, document })
}

/// What is kept of a document to hold it against others, where nothing else is wanted of it.
pub(crate) fn part(source: Source, limit: Duration) -> Result<Part, Failure> {
    within(limit, move || {
        let Opened { document, .. } = open(&source, Detail::Findings, Scans::Unread)?;
        let facts = mingzhang_extract::extract(&document);
        Ok(Part::of(source.shown(), &document, facts))
    })
}

/// Reads one byte more than a reader accepts at most, so that the reader itself refuses larger files.
fn bytes_of(source: &Source) -> Result<Vec<u8>, Failure> {
    let limit = mingzhang_read::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let outcome = match source {
        Source::Nothing(_, failure) => return Err(failure.clone()),
        Source::Inside(inside) => {
            let file = File::open(&inside.archive).map_err(|error| Failure::of_io(&error))?;
            let read = archive::bytes_at(BufReader::new(file), &inside.way, limit);
            return read.map_err(|trouble| Failure::Unreadable(trouble.to_string()));
        }
        Source::Stdin => read_within_limit(io::stdin().lock(), 0, &mut bytes),
        Source::File(path) | Source::Stored { path, .. } => File::open(path).and_then(|file| {
            let size = file.metadata().map_or(0, |metadata| metadata.len());
            read_within_limit(file, size, &mut bytes)
        }),
    };
    outcome.map_err(|error| Failure::of_io(&error))?;
    Ok(bytes)
}

/// Reads no more than one byte too many for what the first bytes say the file is.
fn read_within_limit(mut file: impl Read, size: u64, bytes: &mut Vec<u8>) -> io::Result<usize> {
    const START: u64 = 64 * 1024;
    file.by_ref().take(START).read_to_end(bytes)?;
    let rest = (mingzhang_read::most_bytes(bytes) as u64 + 1).saturating_sub(bytes.len() as u64);
    bytes.reserve_exact(size.saturating_sub(START).min(rest) as usize + 1);
    file.take(rest).read_to_end(bytes)
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Everything that is said about one source; never panics and never takes longer than `limit`.
pub(crate) fn check(source: Source, detail: Detail, company: Company, scans: Scans, limit: Duration) -> Checked {
    let path = source.shown();
    let result = within(limit, move || examine(&source, detail, company, scans));
    Checked { path, result }
}

/// Does work on one file so that neither a panic nor an endless loop in it reaches the others.
pub(crate) fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match watch::guarded(limit, work) {
        Ok(result) => result,
        Err(Halted::OverTime) => Err(Failure::OverTime(limit.as_secs())),
        Err(Halted::Panicked(what)) => Err(Failure::Internal(what)),
        Err(Halted::NoThread(why)) => Err(Failure::Io(why)),
    }
}

fn examine(source: &Source, detail: Detail, company: Company, scans: Scans) -> Result<Checkup, Failure> {
    let Opened { sha256, document } = open(source, detail, scans)?;
    let facts = mingzhang_extract::extract(&document);
    let part = (company == Company::Several).then(|| Part::of(source.shown(), &document, facts.clone()));
    Ok(Checkup { part: part.map(Box::new), ..judged(document, facts, sha256, detail) })
}

/// Everything that the rules say about a document and its facts, wherever they came from.
pub(crate) fn judged(document: Document, facts: Facts, sha256: Option<String>, detail: Detail) -> Checkup {
    let (report, proofs) = mingzhang_rules::judge(&document, &facts);
    let coverage = Coverage::of(&document, &facts, &proofs);
    let proofs = ProofCounts::of(&proofs);
    let titles = facts.statements.iter().flat_map(|s| s.blocks.iter().map(|block| (*block, s.title.text.clone())));
    let titles = titles.collect();
    let mut unkeyed_why = BTreeMap::new();
    for cell in &facts.unkeyed {
        *unkeyed_why.entry(shapes::why_word(cell.why)).or_default() += 1;
    }
    Checkup {
        sha256,
        tables: summaries(&facts),
        facts: facts.facts.len(),
        unkeyed: facts.unkeyed.len(),
        unkeyed_why,
        coverage,
        by_words: coverage::by_words(&facts),
        amounts: facts.prose.amounts(),
        unresolved: facts.prose.unresolved().len(),
        disclosure: facts.disclosure,
        missing: facts.missing,
        proofs,
        notes: document.notes.clone(),
        sheet: (detail == Detail::Document).then(|| Box::new(Sheet { titles, document })),
        set_aside: Vec::new(),
        part: None,
        tally: Tally::of(&report),
        report,
    }
}

fn summaries(facts: &Facts) -> Vec<TableSummary> {
    let summary = |statement: &mingzhang_model::fact::Statement| TableSummary {
        code: statement.code,
        concept: statement.concept,
        title: statement.title.text.clone(),
        page: statement.title.place.page,
        rows: statement.rows.len(),
        columns: statement.columns.len(),
    };
    facts.statements.iter().map(summary).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    #[test]
    fn a_panic_is_reported_on_its_file() {
        watch::remember_panics();
        let result: Result<(), Failure> = within(LIMIT, || panic!("a column too many"));
        let Err(Failure::Internal(what)) = result else { panic!("{result:?}") };
        assert!(what.contains("a column too many"), "{what}");
    }

    #[test]
    fn a_missing_file_is_an_answer() {
        let checked =
            check(Source::File("no/such/file".into()), Detail::Findings, Company::Alone, Scans::Unread, LIMIT);
        assert_eq!(checked.result, Err(Failure::NotFound));
        assert_eq!(checked.standing(Severity::Error), Standing::Unreadable);
    }

    #[test]
    fn nothing_compared_is_not_a_pass() {
        let table = TableSummary { code: "B01", concept: "x", title: String::new(), page: None, rows: 1, columns: 1 };
        let standing = |tables: &[TableSummary], tally| {
            let checkup = Checkup { tables: tables.to_vec(), tally, ..Checkup::default() };
            Checked { path: String::new(), result: Ok(checkup) }.standing(Severity::Error)
        };
        let held = Tally { held: 3, ..Tally::default() };
        let tables = [table];
        assert_eq!(standing(&tables, Tally::default()), Standing::Undecided);
        assert_eq!(standing(&[], held), Standing::Undecided);
        assert_eq!(standing(&tables, held), Standing::Passed);
        assert_eq!(standing(&tables, Tally { warnings: 1, ..held }), Standing::Passed);
        assert_eq!(standing(&[], Tally { errors: 1, ..held }), Standing::Failed);
    }

    #[test]
    fn the_hash_is_the_known_one() {
        let hash = sha256(b"abc");
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
