//! [`Ledger`]: the books and the store that keeps them.
//!
//! A request is decided while its writer holds the store's pen and has read all that others wrote, so
//! what was free when it was decided is free when it is written. The state in memory moves only after
//! the store has acknowledged; a request whose fate is not known is asked for by its number.

use crate::command::{Command, Request};
use crate::entry::Entry;
use crate::import::subject::command_of;
use crate::refusal::{Reason, Refusal};
use crate::seal::{self, Broken};
use crate::state::{Books, Done};
use crate::store::{Fault, Hash, Record, Store};
use std::fmt;

/// How many records are read at a time.
const PAGE: usize = 20_000;

/// The most commands of one request.
pub const LONGEST_REQUEST: usize = 2_000_000;

/// Why a request was not carried out, or it is not known whether it was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// A command was refused; nothing of the request was carried out.
    Refused {
        /// Which command, from 0.
        command: usize,
        /// Why.
        refusal: Refusal,
    },
    /// The store did not do its part. After [`Fault::Passing`] the same request may be sent again: it is
    /// carried out once.
    Store(Fault),
    /// The chain does not verify.
    Broken(Broken),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused { refusal, .. } => refusal.fmt(f),
            Failure::Store(fault) => fault.fmt(f),
            Failure::Broken(broken) => broken.fmt(f),
        }
    }
}
impl std::error::Error for Failure {}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Store(fault)
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Failure {
        Failure::Broken(broken)
    }
}

/// The books and the store that keeps them.
pub struct Ledger<S> {
    store: S,
    books: Books,
}

impl<S: Store> Ledger<S> {
    /// Reads all that the store keeps, and verifies the chain on the way.
    pub fn open(mut store: S) -> Result<Ledger<S>, Failure> {
        let mut books = Books::default();
        catch_up(&mut books, |after, limit| store.after(after, limit))?;
        Ok(Ledger { store, books })
    }

    /// What the entries read so far add up to.
    pub fn books(&self) -> &Books {
        &self.books
    }

    /// The store.
    pub fn store(&mut self) -> &mut S {
        &mut self.store
    }

    /// Reads what others have written since.
    pub fn refresh(&mut self) -> Result<(), Failure> {
        let Ledger { store, books } = self;
        catch_up(books, |after, limit| store.after(after, limit))
    }

    /// Carries a request out whole, or not at all. A request that was carried out before is not carried
    /// out again: its entries are told. Another request under the same number is refused. One that became
    /// no entries has left nothing to know it by, and is decided anew.
    pub fn post(&mut self, request: &Request) -> Result<Done, Failure> {
        let Ledger { store, books } = self;
        if let Some(done) = books.done(&request.id) {
            repeated(request, done, |after, limit| store.after(after, limit))?;
            return Ok(done);
        }
        let mut turn = store.turn()?;
        catch_up(books, |after, limit| turn.after(after, limit))?;
        if let Some(done) = books.done(&request.id) {
            repeated(request, done, |after, limit| turn.after(after, limit))?;
            return Ok(done);
        }
        if request.commands.len() > LONGEST_REQUEST {
            let what = format!("一次请求最多 {LONGEST_REQUEST} 条，这次有 {} 条", request.commands.len());
            let refusal = Refusal::new(Reason::BadAmount, what).help("请分几次提交");
            return Err(Failure::Refused { command: LONGEST_REQUEST, refusal });
        }
        let first = books.count() + 1;
        let mut ahead = Ahead::new(books, request.commands.len());
        let mut records = Vec::new();
        for (command, wanted) in request.commands.iter().enumerate() {
            let events = ahead.books().decide(&request.by, wanted);
            let events = events.map_err(|refusal| Failure::Refused { command, refusal })?;
            for event in events {
                let entry = Entry { request: request.id.clone(), by: request.by.clone(), at: request.at, event };
                records.push(ahead.write(entry));
            }
        }
        turn.append(&records)?;
        turn.commit()?;
        let done = Done { first, last: first + records.len() as u64 - 1 };
        ahead.settle();
        Ok(done)
    }

    /// What a request would do: the books as they would be, or the refusals of all its commands that
    /// would be refused. Nothing is written.
    pub fn preview(&self, request: &Request) -> (Books, Vec<(usize, Refusal)>) {
        let mut books = self.books.clone();
        let mut refusals = Vec::new();
        for (command, wanted) in request.commands.iter().enumerate() {
            match books.decide(&request.by, wanted) {
                Ok(events) => {
                    for event in events {
                        let entry =
                            Entry { request: request.id.clone(), by: request.by.clone(), at: request.at, event };
                        books.apply(entry);
                    }
                }
                Err(refusal) => refusals.push((command, refusal)),
            }
        }
        (books, refusals)
    }

    /// Hands every entry from the first on to `each`, verifying the chain from its beginning.
    pub fn replay(&mut self, mut each: impl FnMut(u64, Entry)) -> Result<(), Failure> {
        let (mut number, mut before) = (0, Hash::default());
        loop {
            let page = self.store.after(number, PAGE)?;
            if page.is_empty() {
                return Ok(());
            }
            for record in &page {
                let entry = seal::open(before, number + 1, record)?;
                (number, before) = (record.number, record.hash);
                each(number, entry);
            }
        }
    }
}

/// The books a little ahead of what is acknowledged. A single command is decided on the books as they
/// are, and its entries wait; several must see what the ones before them did, so they work on a copy.
struct Ahead<'a> {
    books: &'a mut Books,
    copy: Option<Books>,
    waiting: Vec<Entry>,
    number: u64,
    hash: Hash,
}

impl<'a> Ahead<'a> {
    fn new(books: &'a mut Books, commands: usize) -> Ahead<'a> {
        let copy = (commands > 1).then(|| books.clone());
        let (number, hash) = (books.count(), books.hash());
        Ahead { books, copy, waiting: Vec::new(), number, hash }
    }

    fn books(&self) -> &Books {
        self.copy.as_ref().unwrap_or(self.books)
    }

    /// The record of the entry, which the copy takes in at once.
    fn write(&mut self, entry: Entry) -> Record {
        self.number += 1;
        let record = seal::seal(self.hash, self.number, &entry);
        self.hash = record.hash;
        match &mut self.copy {
            Some(copy) => copy.apply(entry),
            None => self.waiting.push(entry),
        }
        record
    }

    /// What was written is acknowledged: the books take it in.
    fn settle(self) {
        if let Some(copy) = self.copy {
            *self.books = copy;
            self.books.settle();
        }
        for entry in self.waiting {
            self.books.apply(entry);
        }
        self.books.hash = self.hash;
    }
}

/// Whether a request that comes with a number that was carried out is the one that was: another one's
/// commands would otherwise be told as done, and never be.
fn repeated(
    request: &Request,
    done: Done,
    mut after: impl FnMut(u64, usize) -> Result<Vec<Record>, Fault>,
) -> Result<(), Failure> {
    let many = usize::try_from(done.last + 1 - done.first).unwrap_or(usize::MAX);
    let mut carried = Vec::new();
    let mut by_other = false;
    for record in after(done.first - 1, many)? {
        let Ok(entry) = serde_json::from_str::<Entry>(&record.body) else { return Ok(()) };
        by_other |= entry.by != request.by;
        carried.extend(command_of(entry.event));
    }
    if !by_other && is_what_came(&request.commands, &carried) {
        return Ok(());
    }
    let what = format!("请求编号 {} 已经用于另一次请求，这次的内容与之不同，没有办理", request.id);
    let refusal = Refusal::new(Reason::IdTaken, what).help("请换一个请求编号重新提交");
    Err(Failure::Refused { command: 0, refusal })
}

/// Whether entries, told as commands, are what these commands become.
fn is_what_came(commands: &[Command], mut carried: &[Command]) -> bool {
    for command in commands {
        let came = match (command, carried) {
            (Command::ChangeUnit(wanted), [Command::OpenUnit(came), ..]) => usize::from(wanted == came),
            (Command::Transfer(wanted, other), [Command::Pay(paid), Command::Receive(got), ..]) => {
                2 * usize::from((wanted, other) == (paid, got))
            }
            (Command::CopyVersion(unit, year, _, to), _) => {
                let is_line = |came: &&Command| {
                    matches!(came, Command::Budget(one)
                        if (&one.line.unit, one.line.year, one.version) == (unit, *year, *to))
                };
                carried.iter().take_while(is_line).count()
            }
            (wanted, [came, ..]) => usize::from(wanted == came),
            (_, []) => 0,
        };
        // Who has the role already is not given it again.
        if came == 0 && !matches!(command, Command::Appoint(..)) {
            return false;
        }
        carried = &carried[came..];
    }
    carried.is_empty()
}

/// Takes in the records that come after those the books know, verifying each.
fn catch_up(books: &mut Books, mut after: impl FnMut(u64, usize) -> Result<Vec<Record>, Fault>) -> Result<(), Failure> {
    loop {
        let page = after(books.count(), PAGE)?;
        for record in &page {
            let entry = seal::open(books.hash(), books.count() + 1, record)?;
            books.apply(entry);
            books.hash = record.hash;
        }
        if page.len() < PAGE {
            return Ok(());
        }
    }
}
