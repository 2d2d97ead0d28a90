//! [`Desk`]: what the entries so far add up to.
//!
//! Nothing here decides: an entry that is in the journal has happened. What it names and is not there is passed
//! over, so that no journal can stop the server.

use crate::entry::{About, Entry, Event, Grant, Id, Mark, Outcome, Proposal, Settled, Sha256, Upload};
use mingzhang_books::names::{Person, UnitCode};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Who may come in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The password as the hashing library writes it.
    pub password: String,
    /// What it may do beside its roles at units.
    pub grants: BTreeSet<Grant>,
    /// When it was opened, in seconds since 1970.
    pub since: u64,
    /// True when it was closed.
    pub closed: bool,
}

/// A link that sets a password once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invitation {
    /// For which account.
    pub login: Person,
    /// What a new account may do.
    pub grants: BTreeSet<Grant>,
    /// Until when, in seconds since 1970.
    pub until: u64,
}

/// A session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Whose.
    pub login: Person,
    /// When it began.
    pub since: u64,
    /// When it ends at the latest.
    pub until: u64,
}

/// A token for programs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its number.
    pub id: Id,
    /// Whose.
    pub login: Person,
    /// What it is for, in the words of its owner.
    pub name: String,
    /// When it was made.
    pub since: u64,
    /// When it ends.
    pub until: u64,
}

/// Files that were brought together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Its number.
    pub id: Id,
    /// Its name, for people.
    pub name: String,
    /// Who brought it.
    pub by: Person,
    /// The unit whose persons see it too.
    pub unit: Option<UnitCode>,
    /// When, in seconds since 1970.
    pub at: u64,
    /// Its files, in the order in which they came.
    pub files: Vec<Id>,
    /// The link that shows it to whoever has it, and until when.
    pub share: Option<(Sha256, u64)>,
}

/// A file of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its number.
    pub id: Id,
    /// Its batch.
    pub batch: Id,
    /// As it was brought.
    pub upload: Upload,
    /// What came of it; none while it waits.
    pub outcome: Option<Outcome>,
    /// When that was.
    pub checked: u64,
    /// The version that corrects it, where one was brought.
    pub corrected_by: Option<Id>,
    /// What reviewers said, by fingerprint.
    pub marks: BTreeMap<String, Marking>,
}

/// What a reviewer said of a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marking {
    /// What.
    pub mark: Mark,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Person>,
    /// When, in seconds since 1970.
    pub at: u64,
}

/// A document that lies open to readers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Open {
    /// What is known of it beside what it says itself.
    pub about: About,
    /// Since when, in seconds since 1970.
    pub at: u64,
    /// Who laid it open.
    pub by: Option<Person>,
}

/// A proposal and who signed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pending {
    /// Its number.
    pub id: Id,
    /// What is proposed.
    pub what: Proposal,
    /// Who signed in which column, in order.
    pub signed: Vec<(String, Person)>,
    /// When it was made.
    pub at: u64,
    /// How it ended, who ended it and when.
    pub settled: Option<(Settled, Option<Person>, u64)>,
}

/// A file of a disclosure on its way to publication.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filed {
    /// The unit.
    pub unit: UnitCode,
    /// The year.
    pub year: u16,
    /// The word of what is published.
    pub publication: String,
    /// The file.
    pub file: Upload,
    /// When it was laid down.
    pub at: u64,
    /// By whom.
    pub by: Option<Person>,
}

/// What the entries so far add up to.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    pub(crate) accounts: BTreeMap<Person, Account>,
    pub(crate) invitations: HashMap<Sha256, Invitation>,
    pub(crate) sessions: HashMap<Sha256, Session>,
    pub(crate) tokens: HashMap<Sha256, Token>,
    pub(crate) last_token: Id,
    pub(crate) batches: BTreeMap<Id, Batch>,
    pub(crate) files: BTreeMap<Id, File>,
    pub(crate) waiting: BTreeSet<Id>,
    pub(crate) open: BTreeMap<Sha256, Open>,
    pub(crate) proposals: BTreeMap<Id, Pending>,
    pub(crate) filed: Vec<Filed>,
}

impl Desk {
    /// Every account, closed ones included.
    pub fn accounts(&self) -> impl Iterator<Item = (&Person, &Account)> {
        self.accounts.iter()
    }

    /// An account that is not closed.
    pub fn account(&self, login: &Person) -> Option<&Account> {
        self.accounts.get(login).filter(|account| !account.closed)
    }

    /// A link that still sets a password.
    pub fn invitation(&self, link: &str, now: u64) -> Option<&Invitation> {
        self.invitations.get(link).filter(|invitation| now < invitation.until)
    }

    /// A session that has not ended.
    pub fn session(&self, session: &str, now: u64) -> Option<&Session> {
        self.sessions.get(session).filter(|session| now < session.until)
    }

    /// A token that still opens something.
    pub fn token(&self, secret: &str, now: u64) -> Option<&Token> {
        self.tokens.get(secret).filter(|token| now < token.until)
    }

    /// The tokens of an account, in the order of their numbers.
    pub fn tokens_of(&self, login: &Person) -> Vec<&Token> {
        let mut tokens: Vec<&Token> = self.tokens.values().filter(|token| token.login == *login).collect();
        tokens.sort_by_key(|token| token.id);
        tokens
    }

    /// Every batch, the first first.
    pub fn batches(&self) -> impl DoubleEndedIterator<Item = &Batch> {
        self.batches.values()
    }

    /// A batch.
    pub fn batch(&self, id: Id) -> Option<&Batch> {
        self.batches.get(&id)
    }

    /// A file.
    pub fn file(&self, id: Id) -> Option<&File> {
        self.files.get(&id)
    }

    /// The files of a batch, in order.
    pub fn files_of<'a>(&'a self, batch: &'a Batch) -> impl Iterator<Item = &'a File> {
        batch.files.iter().filter_map(|id| self.files.get(id))
    }

    /// The files that nothing has come of yet, in the order in which they came.
    pub fn waiting(&self) -> impl Iterator<Item = &File> {
        self.waiting.iter().filter_map(|id| self.files.get(id))
    }

    /// The batch that a link shows.
    pub fn shared(&self, link: &str, now: u64) -> Option<&Batch> {
        let shows = |batch: &&Batch| batch.share.as_ref().is_some_and(|(hash, until)| hash == link && now < *until);
        self.batches.values().find(shows)
    }

    /// The documents that lie open to readers.
    pub fn open(&self) -> impl Iterator<Item = (&Sha256, &Open)> {
        self.open.iter()
    }

    /// Whether a document lies open to readers.
    pub fn is_open(&self, sha256: &str) -> bool {
        self.open.contains_key(sha256)
    }

    /// Every proposal, the first first.
    pub fn proposals(&self) -> impl DoubleEndedIterator<Item = &Pending> {
        self.proposals.values()
    }

    /// A proposal.
    pub fn proposal(&self, id: Id) -> Option<&Pending> {
        self.proposals.get(&id)
    }

    /// The files that were laid down for a publication, the first first.
    pub fn filed<'a>(&'a self, unit: &'a UnitCode, year: u16) -> impl DoubleEndedIterator<Item = &'a Filed> {
        self.filed.iter().filter(move |filed| filed.unit == *unit && filed.year == year)
    }

    /// Takes in an entry.
    pub fn apply(&mut self, entry: Entry) {
        let Entry { by, at, event, .. } = entry;
        match event {
            Event::Invited { .. }
            | Event::Entered { .. }
            | Event::AccountOpened { .. }
            | Event::PasswordChanged { .. }
            | Event::Granted { .. }
            | Event::AccountClosed { .. } => self.account_changed(at, event),
            Event::SignedIn { login, session, until } => {
                self.sessions.insert(session, Session { login, since: at, until });
            }
            Event::SignedOut { session } => {
                self.sessions.remove(&session);
            }
            Event::TokenIssued { token, login, name, secret, until } => {
                self.last_token = self.last_token.max(token);
                self.tokens.insert(secret, Token { id: token, login, name, since: at, until });
            }
            Event::TokenRevoked { token } => self.tokens.retain(|_, other| other.id != token),
            Event::Proposed { proposal, what, column } => {
                let signed = by.into_iter().map(|by| (column.clone(), by)).collect();
                self.proposals.insert(proposal, Pending { id: proposal, what, signed, at, settled: None });
            }
            Event::Signed { proposal, column } => {
                if let (Some(pending), Some(by)) = (self.proposals.get_mut(&proposal), by) {
                    pending.signed.push((column, by));
                }
            }
            Event::Settled { proposal, how } => {
                if let Some(pending) = self.proposals.get_mut(&proposal) {
                    pending.settled = Some((how, by, at));
                }
            }
            Event::Filed { unit, year, publication, file } => {
                self.filed.push(Filed { unit, year, publication, file, at, by });
            }
            Event::Denied { .. } => {}
            _ => self.batch_changed(by, at, event),
        }
    }

    fn account_changed(&mut self, at: u64, event: Event) {
        match event {
            Event::Invited { link, login, grants, until } => {
                // A newer link takes the place of an older one.
                self.invitations.retain(|_, other| other.login != login);
                self.invitations.insert(link, Invitation { login, grants, until });
            }
            Event::Entered { link, login, password } => {
                let grants = self.invitations.remove(&link).map(|invitation| invitation.grants).unwrap_or_default();
                let account = self.accounts.entry(login.clone()).or_insert(Account {
                    password: String::new(),
                    grants,
                    since: at,
                    closed: false,
                });
                (account.password, account.closed) = (password, false);
                self.end_sessions(&login);
                // A new link is for who lost the password, or lost it to another: what that one made must end too.
                self.tokens.retain(|_, token| token.login != login);
            }
            Event::AccountOpened { login, password, grants } => {
                self.accounts.insert(login, Account { password, grants, since: at, closed: false });
            }
            Event::PasswordChanged { login, password } => {
                if let Some(account) = self.accounts.get_mut(&login) {
                    account.password = password;
                }
                self.end_sessions(&login);
            }
            Event::Granted { login, grants } => {
                if let Some(account) = self.accounts.get_mut(&login) {
                    account.grants = grants;
                }
            }
            Event::AccountClosed { login } => {
                if let Some(account) = self.accounts.get_mut(&login) {
                    account.closed = true;
                }
                self.end_sessions(&login);
                self.tokens.retain(|_, token| token.login != login);
                self.invitations.retain(|_, other| other.login != login);
            }
            _ => {}
        }
    }

    fn end_sessions(&mut self, login: &Person) {
        self.sessions.retain(|_, session| session.login != *login);
    }

    fn batch_changed(&mut self, by: Option<Person>, at: u64, event: Event) {
        match event {
            Event::BatchOpened { batch, name, unit, first, files } => {
                let Some(by) = by else { return };
                self.batches.insert(batch, Batch { id: batch, name, by, unit, at, files: Vec::new(), share: None });
                self.lay_down(batch, first, files);
            }
            Event::BatchExtended { batch, first, files } => self.lay_down(batch, first, files),
            Event::FileChecked { file, outcome } => {
                self.waiting.remove(&file);
                if let Some(file) = self.files.get_mut(&file) {
                    (file.outcome, file.checked) = (Some(outcome), at);
                }
            }
            Event::Marked { file, fingerprint, mark, reason } => {
                let Some(file) = self.files.get_mut(&file) else { return };
                match mark {
                    Some(mark) => file.marks.insert(fingerprint, Marking { mark, reason, by, at }),
                    None => file.marks.remove(&fingerprint),
                };
            }
            Event::Shared { batch, link, until } => {
                if let Some(batch) = self.batches.get_mut(&batch) {
                    batch.share = Some((link, until));
                }
            }
            Event::Unshared { batch } => {
                if let Some(batch) = self.batches.get_mut(&batch) {
                    batch.share = None;
                }
            }
            Event::Released { sha256, about } => {
                self.open.insert(sha256, Open { about, at, by });
            }
            Event::Recalled { sha256 } => {
                self.open.remove(&sha256);
            }
            _ => {}
        }
    }

    fn lay_down(&mut self, batch: Id, first: Id, files: Vec<Upload>) {
        let Some(kept) = self.batches.get_mut(&batch) else { return };
        for (id, upload) in (first..).zip(files) {
            if let Some(corrected) = upload.corrects.and_then(|corrected| self.files.get_mut(&corrected)) {
                corrected.corrected_by = Some(id);
            }
            let marks = BTreeMap::new();
            let file = File { id, batch, upload, outcome: None, checked: 0, corrected_by: None, marks };
            self.files.insert(id, file);
            self.waiting.insert(id);
            kept.files.push(id);
        }
    }
}
