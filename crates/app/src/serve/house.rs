//! [`House`]: everything that one server holds: the desk, the books, the files, and what is counted on the way.
//!
//! Pages read the desk and the books as they are in memory and never wait for a store; whoever writes takes the
//! pen of the journal or of the ledger, one after the other.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use mingzhang_books::command::Request;
use mingzhang_books::ledger::Ledger;
use mingzhang_books::state::{Books, Done};
use mingzhang_books::store::{Fault, Store};
use mingzhang_books::trail::Trail;
use mingzhang_desk::Refused;
use mingzhang_desk::entry::Event;
use mingzhang_desk::journal::{Hand, Journal};
use mingzhang_desk::state::Desk;
use mingzhang_postgres::Postgres;
use mingzhang_sqlite::Sqlite;

use super::check::{self, Documents, Held};
use super::limits::Limits;
use super::meters::Meters;
use super::problem::Problem;
use super::readers::Readers;
use super::store::Files;
use super::work::Queue;
use crate::books::keeper::Kept;

/// What the person who started the server said.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// The folder of files, and of the databases where none is named.
    pub(crate) data: PathBuf,
    /// The address of a PostgreSQL database.
    pub(crate) database: Option<String>,
    /// The address under which people reach the server, such as `https://mz.example.cn`; none: http, as asked for.
    pub(crate) public_url: Option<String>,
    /// True where a proxy stands before the server and says where requests come from.
    pub(crate) behind_proxy: bool,
    /// True where everybody may try everything: accounts are told on the page for signing in.
    pub(crate) demo: bool,
    /// How long one file may be worked on.
    pub(crate) time_limit: Duration,
    /// The most bytes of one file.
    pub(crate) largest_file: u64,
    /// The most bytes of one request.
    pub(crate) largest_request: u64,
    /// Requests a second from one address, on average.
    pub(crate) rate: u32,
}

/// Everything that one server holds.
pub(crate) struct House {
    pub(crate) settings: Settings,
    desk: RwLock<Desk>,
    journal: Mutex<Journal<Box<dyn Store>>>,
    books: RwLock<Arc<Books>>,
    ledger: Mutex<Kept>,
    pub(crate) files: Files,
    pub(crate) queue: Queue,
    pub(crate) limits: Limits,
    pub(crate) meters: Meters,
    /// Which entries stand behind which money, as of so many entries: it is read from all of them.
    trail: Mutex<Option<(u64, Arc<Trail>)>>,
    /// Held while a proposal is settled: entered, sent back or taken back, one of them.
    pub(crate) settling: Mutex<()>,
    /// Documents that are being looked at.
    pub(crate) documents: Documents,
    /// Batches whose files are held against each other.
    pub(crate) held: Held,
    /// What lies open, as readers need it.
    pub(crate) readers: Readers,
}

impl House {
    /// Opens what is kept in a folder or a database, and begins it where there is nothing yet.
    ///
    /// # Errors
    /// Where a store or the folder cannot be opened.
    pub(crate) fn open(settings: Settings) -> Result<House, Problem> {
        std::fs::create_dir_all(&settings.data)?;
        let files = Files::open(&settings.data.join("files"))?;
        let (journal, desk) = Journal::open(store(&settings, Part::Desk)?)?;
        let ledger = Ledger::open(store(&settings, Part::Books)?)?;
        let books = RwLock::new(Arc::new(ledger.books().clone()));
        let limits = Limits::new(settings.rate);
        let (journal, ledger) = (Mutex::new(journal), Mutex::new(ledger));
        let (queue, meters) = (Queue::default(), Meters::default());
        let readers = Readers::open(&settings.data.join("readers"))?;
        let (trail, settling) = (Mutex::new(None), Mutex::new(()));
        Ok(House {
            settings,
            desk,
            journal,
            books,
            ledger,
            files,
            queue,
            limits,
            meters,
            trail,
            settling,
            documents: Documents::new(check::DOCUMENTS),
            held: Held::new(check::BATCHES),
            readers,
        })
    }

    /// The desk as it is.
    pub(crate) fn desk(&self) -> RwLockReadGuard<'_, Desk> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The books as they are.
    pub(crate) fn books(&self) -> Arc<Books> {
        self.books.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The books as they are, with their trail.
    ///
    /// # Errors
    /// Where the store fails.
    pub(crate) fn traced(&self) -> Result<(Arc<Books>, Arc<Trail>), Problem> {
        let mut kept = self.trail.lock().unwrap_or_else(PoisonError::into_inner);
        let books = self.books();
        if let Some((count, trail)) = &*kept
            && *count == books.count()
        {
            return Ok((books, Arc::clone(trail)));
        }
        let mut ledger = self.ledger();
        let trail = Arc::new(Trail::of(&mut ledger)?);
        let books = Arc::new(ledger.books().clone());
        *kept = Some((books.count(), Arc::clone(&trail)));
        Ok((books, trail))
    }

    /// Writes what happens on the desk. What is decided must not look at the desk in any other way.
    ///
    /// # Errors
    /// Where it is refused, or the store fails.
    pub(crate) fn record(
        &self,
        hand: &Hand,
        decide: impl FnOnce(&Desk) -> Result<Vec<Event>, Refused>,
    ) -> Result<Vec<Event>, Problem> {
        let events = self.journal().record(hand, &self.desk, decide)?;
        self.readers.follow(&events);
        Ok(events)
    }

    /// Writes in the books.
    ///
    /// # Errors
    /// Where it is refused, or the store fails.
    pub(crate) fn post(&self, request: &Request) -> Result<Done, Problem> {
        let mut ledger = self.ledger();
        let done = ledger.post(request);
        // After a refusal too: others may have written since.
        self.show(ledger.books());
        Ok(done?)
    }

    /// The journal of the desk.
    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal<Box<dyn Store>>> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes in the books with what works on the ledger itself.
    pub(crate) fn with_ledger<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        let mut ledger = self.ledger();
        let result = work(&mut ledger);
        self.show(ledger.books());
        result
    }

    /// The ledger, for what must read the entries themselves.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Kept> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what other programs have written in the books and on the desk.
    ///
    /// # Errors
    /// Where a store fails.
    pub(crate) fn refresh(&self) -> Result<(), Problem> {
        self.journal().refresh(&self.desk)?;
        let mut ledger = self.ledger();
        let before = ledger.books().count();
        ledger.refresh()?;
        if ledger.books().count() != before {
            self.show(ledger.books());
        }
        Ok(())
    }

    fn show(&self, books: &Books) {
        let shown = Arc::new(books.clone());
        *self.books.write().unwrap_or_else(PoisonError::into_inner) = shown;
    }
}

/// What is kept in a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    /// The books.
    Books,
    /// The journal of the desk.
    Desk,
}

impl Part {
    /// Both.
    pub(super) const ALL: [Part; 2] = [Part::Books, Part::Desk];

    /// The name of its file.
    pub(super) fn file(self) -> &'static str {
        match self {
            Part::Books => "books.db",
            Part::Desk => "desk.db",
        }
    }
}

/// The store of a part.
pub(super) fn store(settings: &Settings, part: Part) -> Result<Box<dyn Store>, Fault> {
    match (&settings.database, part) {
        (None, _) => Ok(Box::new(Sqlite::open(settings.data.join(part.file()))?)),
        (Some(address), Part::Books) => Ok(Box::new(Postgres::connect(address)?)),
        (Some(address), Part::Desk) => Ok(Box::new(Postgres::connect_beside(address, "_desk")?)),
    }
}
