//! [`Event`]: what has happened on the desk; [`Entry`]: an event, who brought it about, when and from where.
//!
//! Entries are never changed. Secrets stand in them only as hashes: of a password as the hashing library writes
//! it, of a session, a token or a link as the SHA-256 of its random bytes in hexadecimal.

use mingzhang_books::names::{Person, UnitCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The SHA-256 of a secret, or of a file, in hexadecimal.
pub type Sha256 = String;

/// A number that the desk gives: of a batch, a file, a token, a proposal. Each kind counts by itself, from 1.
pub type Id = u64;

/// What an account may do that is no role at a unit. Roles at units are the books' to give.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// 财政审核: sees the batches of every inspector, and lays documents open to readers.
    Inspector,
    /// 管理员: opens and closes accounts. It does not open what lies in them.
    Administrator,
}

impl Grant {
    /// Every grant.
    pub const ALL: [Grant; 2] = [Grant::Inspector, Grant::Administrator];

    /// The word of forms and output.
    pub fn word(self) -> &'static str {
        match self {
            Grant::Inspector => "inspector",
            Grant::Administrator => "administrator",
        }
    }
}

/// A file that was brought.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// The name it came with, for people: it leads nowhere.
    pub name: String,
    /// Its bytes, by their hash.
    pub sha256: Sha256,
    /// How many bytes it has.
    pub size: u64,
    /// The earlier file of the same batch that it is the corrected version of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Id>,
}

/// What the rules said of a place in a document, in short. The whole is worked out anew from the file when it
/// is looked at; the fingerprint says which is which.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The code of the rule.
    pub rule: String,
    /// The word of the severity: error, warning, note, hint.
    pub severity: String,
    /// Rule and key of the numbers, without their place: the same in a corrected version.
    pub fingerprint: String,
    /// What is wrong.
    pub message: String,
    /// Where, in words.
    pub place: String,
    /// The page, where there are pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The value that it should have, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<String>,
}

/// What came of a file that could be read.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkup {
    /// Whose document it is, as it says itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// `budget` or `accounts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The form that its tables follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// How many pages it has.
    pub pages: u32,
    /// How many statutory tables were recognised.
    pub tables: u32,
    /// How many numbers were given a key.
    pub facts: u32,
    /// How many comparisons held.
    pub held: u64,
    /// How it came out: passed, failed, undecided.
    pub standing: String,
    /// What the rules said.
    pub told: Vec<Told>,
    /// The version of the program that said it.
    pub program: String,
}

/// What came of a file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was read and judged.
    Checked(Checkup),
    /// It could not be read; why, for a person, in Chinese.
    Unreadable(String),
}

/// What a reviewer says of a finding.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is a mistake of the document.
    Confirmed,
    /// It is none; the reason says why.
    Dismissed,
    /// It was put right.
    Fixed,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 3] = [Mark::Confirmed, Mark::Dismissed, Mark::Fixed];

    /// The word of forms and output.
    pub fn word(self) -> &'static str {
        match self {
            Mark::Confirmed => "confirmed",
            Mark::Dismissed => "dismissed",
            Mark::Fixed => "fixed",
        }
    }
}

/// What is known of a document beside what it says itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Whose it is, where the document does not say it, or not well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The place that published it, such as 湖南省怀化市.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Rows for a table of the books that wait until all who must sign have signed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The unit.
    pub unit: UnitCode,
    /// The year.
    pub year: u16,
    /// The table of the import, by its English id.
    pub table: String,
    /// The titles of the columns.
    pub header: Vec<String>,
    /// The rows, as typed.
    pub rows: Vec<Vec<String>>,
}

/// How a proposal ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// It is in the books: the first and the last entry.
    Posted(u64, u64),
    /// It was sent back; why.
    Returned(String),
    /// Whoever made it took it back.
    Withdrawn,
}

/// What has happened.
#[expect(missing_docs, reason = "what a variant says names its fields; their types are explained above")]
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// A link was made that sets the password of an account once; of a new one, with these grants.
    Invited { link: Sha256, login: Person, grants: BTreeSet<Grant>, until: u64 },
    /// A password was set through such a link, which is used up. The account is there from then on.
    Entered { link: Sha256, login: Person, password: String },
    /// An account was opened with a password.
    AccountOpened { login: Person, password: String, grants: BTreeSet<Grant> },
    /// A password was changed: all sessions end.
    PasswordChanged { login: Person, password: String },
    /// An account has these grants from now on.
    Granted { login: Person, grants: BTreeSet<Grant> },
    /// An account was closed: its sessions and tokens end.
    AccountClosed { login: Person },
    /// A session began.
    SignedIn { login: Person, session: Sha256, until: u64 },
    /// A session ended.
    SignedOut { session: Sha256 },
    /// A token for programs was made.
    TokenIssued { token: Id, login: Person, name: String, secret: Sha256, until: u64 },
    /// It no longer opens anything.
    TokenRevoked { token: Id },
    /// Files were brought to be checked. The first of them has the number `first`, the others follow.
    BatchOpened { batch: Id, name: String, unit: Option<UnitCode>, first: Id, files: Vec<Upload> },
    /// More files for a batch, such as corrected versions.
    BatchExtended { batch: Id, first: Id, files: Vec<Upload> },
    /// What came of a file. Each file has this once.
    FileChecked { file: Id, outcome: Outcome },
    /// What a reviewer said of a finding; nothing takes it back.
    Marked { file: Id, fingerprint: String, mark: Option<Mark>, reason: String },
    /// Whoever has the link sees the batch until then. One link at a time.
    Shared { batch: Id, link: Sha256, until: u64 },
    /// The link leads nowhere any more.
    Unshared { batch: Id },
    /// A document was laid open to readers.
    Released { sha256: Sha256, about: About },
    /// It was taken back.
    Recalled { sha256: Sha256 },
    /// Rows wait for signatures. Whoever made them has signed in this column.
    Proposed { proposal: Id, what: Proposal, column: String },
    /// One more has signed.
    Signed { proposal: Id, column: String },
    /// The proposal ended.
    Settled { proposal: Id, how: Settled },
    /// The file of a disclosure that goes through the steps of publication.
    Filed { unit: UnitCode, year: u16, publication: String, file: Upload },
    /// Something was refused that should not have been tried; how often since it was last written down.
    Denied { what: String, times: u32 },
}

/// An event, who brought it about, when, and from where.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The account; none for the server itself and for strangers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Person>,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: u64,
    /// The address that it came from; empty for the server itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// What happened.
    pub event: Event,
}
