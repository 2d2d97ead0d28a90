//! [`Readers`]: the catalogue of the house, made of the documents that lie open to readers.
//!
//! What lies open is what the desk says; the catalogue follows it. A thread of its own reads the files, so that the
//! server answers at once and nobody waits for a document that has just been released. What was understood of a file is
//! kept beside the files and made anew where it is missing, broken, or of another version of the program.
//!
//! Absent on purpose: a way to open a document (the desk decides), and trust in what was kept: whoever reads it checks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mingzhang_catalogue::{About, Catalogue, Holding};
use mingzhang_desk::entry::{About as Filed, Event, Sha256};

use super::house::House;
use super::problem::Problem;
use crate::messages::Lang;
use crate::pipeline::{self, Failure};

/// How long the thread sleeps before it compares desk and catalogue, should nobody call it.
const NAP: Duration = Duration::from_secs(1);

/// Codes with their names, and how many changes the catalogue had seen when they were listed.
type Functions = (u64, Arc<Vec<(String, String)>>);

/// The catalogue of the house.
pub(crate) struct Readers {
    folder: PathBuf,
    catalogue: Arc<RwLock<Catalogue>>,
    /// What was read, or could not be, with what was known of it then.
    tried: Mutex<BTreeMap<Sha256, Filed>>,
    waiting: AtomicUsize,
    changes: AtomicU64,
    functions: Mutex<Option<Functions>>,
    called: (Mutex<bool>, Condvar),
}

impl Readers {
    /// A catalogue of nothing yet, that keeps what it reads in a folder.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub(crate) fn open(folder: &Path) -> std::io::Result<Readers> {
        let version = folder.join(env!("CARGO_PKG_VERSION"));
        fs::create_dir_all(&version)?;
        // What another version of the program understood is of no use to this one.
        for other in fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()) {
            if other != version && other.is_dir() {
                fs::remove_dir_all(other)?;
            }
        }
        Ok(Readers {
            folder: version,
            catalogue: Arc::default(),
            tried: Mutex::default(),
            waiting: AtomicUsize::new(0),
            changes: AtomicU64::new(0),
            functions: Mutex::default(),
            called: (Mutex::new(false), Condvar::new()),
        })
    }

    /// The catalogue as it is. It is held for one answer only: what is released meanwhile waits.
    pub(crate) fn catalogue(&self) -> RwLockReadGuard<'_, Catalogue> {
        self.catalogue.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The catalogue for what outlives the answer.
    pub(crate) fn shared(&self) -> Arc<RwLock<Catalogue>> {
        Arc::clone(&self.catalogue)
    }

    /// How many documents lie open that are still being read.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How often the catalogue has changed.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// The functional codes that documents print, with their names. They are listed once for each change.
    pub(crate) fn functions(&self) -> Arc<Vec<(String, String)>> {
        let changes = self.changes();
        let mut kept = self.functions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, functions)) = &*kept
            && *at == changes
        {
            return Arc::clone(functions);
        }
        let functions = Arc::new(self.catalogue().functions());
        *kept = Some((changes, Arc::clone(&functions)));
        functions
    }

    /// Follows what has happened on the desk: what was taken back is gone at once, what was released is read soon.
    pub(crate) fn follow(&self, events: &[Event]) {
        for event in events {
            match event {
                Event::Recalled { sha256 } => self.close(sha256),
                Event::Released { .. } => self.call(),
                _ => {}
            }
        }
    }

    /// Wakes the thread.
    pub(crate) fn call(&self) {
        *self.called.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.called.1.notify_all();
    }

    fn rest(&self) {
        let called = self.called.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut called, _) =
            self.called.1.wait_timeout_while(called, NAP, |called| !*called).unwrap_or_else(PoisonError::into_inner);
        *called = false;
    }

    fn close(&self, hash: &str) {
        self.change(|catalogue| catalogue.remove(hash).is_some());
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).remove(hash);
    }

    /// Changes the catalogue; `change` says whether it did.
    fn change(&self, change: impl FnOnce(&mut Catalogue) -> bool) {
        let mut catalogue = self.catalogue.write().unwrap_or_else(PoisonError::into_inner);
        if change(&mut catalogue) {
            self.changes.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Makes the catalogue what the desk says.
    fn bring(&self, house: &House) {
        let wanted: BTreeMap<Sha256, Filed> =
            house.desk().open().map(|(hash, open)| (hash.clone(), open.about.clone())).collect();
        let (gone, new) = {
            let tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
            let gone: Vec<Sha256> = tried.keys().filter(|hash| !wanted.contains_key(*hash)).cloned().collect();
            let is_new = |(hash, about): &(Sha256, Filed)| tried.get(hash) != Some(about);
            (gone, wanted.into_iter().filter(is_new).collect::<Vec<_>>())
        };
        gone.iter().for_each(|hash| self.close(hash));
        self.waiting.store(new.len(), Ordering::Relaxed);
        for (hash, about) in new {
            if house.queue.is_over() {
                return;
            }
            self.tried.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.clone(), about.clone());
            match self.holding(house, &hash, &about) {
                Ok(holding) => {
                    let mut holding = Some(holding);
                    // It may have been taken back while it was read. Whoever takes it back changes the desk first.
                    self.change(|catalogue| {
                        let is_open = house.desk().is_open(&hash);
                        holding.take().filter(|_| is_open).map(|holding| catalogue.put(holding)).is_some()
                    });
                }
                Err(problem) => {
                    tracing::warn!(document = hash, problem = problem.words(Lang::Zh), "not shown to readers");
                    self.change(|catalogue| catalogue.remove(&hash).is_some());
                }
            }
            self.waiting.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// What readers need of a document: as it was kept, or else from its file.
    fn holding(&self, house: &House, hash: &str, about: &Filed) -> Result<Holding, Problem> {
        let Filed { body, place, source } = about.clone();
        let about = About { id: hash.to_owned(), place, source, body, scope: None };
        // Only what is a hash has bytes, so no other name becomes a path.
        let bytes = house.files.bytes(hash)?;
        let path = self.folder.join(format!("{hash}.json"));
        match fs::read(&path).map(|json| Holding::from_json(&json)) {
            Ok(Ok(kept)) if kept.id() == hash => return Ok(kept.filed(about)),
            Ok(Ok(_)) => tracing::warn!(document = hash, "what was kept is of another document"),
            Ok(Err(refusal)) => tracing::warn!(document = hash, %refusal, "what was kept is made anew"),
            Err(_) => {}
        }
        let holding = pipeline::within(house.settings.time_limit, move || {
            let document = mingzhang_read::read(&bytes).map_err(|why| Failure::Unreadable(why.to_string()))?;
            let facts = mingzhang_extract::extract(&document);
            let proofs = mingzhang_rules::proofs(&facts);
            Ok(Holding::of(&facts, &proofs, about))
        });
        let holding = holding.map_err(|why| Problem::bad(Lang::Zh.failure(&why), Lang::En.failure(&why)))?;
        if let Err(error) = keep(&path, &holding) {
            tracing::warn!(document = hash, %error, "could not keep what was read");
        }
        Ok(holding)
    }
}

/// Writes a holding beside its place and renames it to it when it is whole.
fn keep(path: &Path, holding: &Holding) -> std::io::Result<()> {
    let incoming = path.with_extension("incoming");
    fs::write(&incoming, holding.to_json())?;
    fs::rename(incoming, path)
}

/// Begins to follow the desk.
pub(crate) fn begin(house: &Arc<House>) -> Option<JoinHandle<()>> {
    let house = Arc::clone(house);
    let follow = move || {
        while !house.queue.is_over() {
            house.readers.bring(&house);
            house.readers.rest();
        }
    };
    let thread = thread::Builder::new().name("readers".to_owned()).spawn(follow);
    thread.inspect_err(|error| tracing::error!(%error, "no thread to read what lies open")).ok()
}
