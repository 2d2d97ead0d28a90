//! The cases of stores are shown to fail: for each promise a store that breaks it.

use mingzhang_books::store::{Fault, Memory, Pen, Record, Store, Turn, gapless};
use mingzhang_testkit::stores::{Place, conforms, kill};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is wrong with a store.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Bend {
    None,
    OneTooMany,
    FromTheOneNamed,
    Backwards,
    KeepsDropped,
    ForgetsLast,
    TakesAnyNumber,
    RefusesAsPassing,
    CommitsSpoiled,
    TakesAnyBody,
    CutsBodies,
    LosesHash,
    ShowsUncommitted,
    ShowsOwn,
    HasNoPen,
    CountsBeforeItWaits,
}

const BENDS: [Bend; 15] = [
    Bend::OneTooMany,
    Bend::FromTheOneNamed,
    Bend::Backwards,
    Bend::KeepsDropped,
    Bend::ForgetsLast,
    Bend::TakesAnyNumber,
    Bend::RefusesAsPassing,
    Bend::CommitsSpoiled,
    Bend::TakesAnyBody,
    Bend::CutsBodies,
    Bend::LosesHash,
    Bend::ShowsUncommitted,
    Bend::ShowsOwn,
    Bend::HasNoPen,
    Bend::CountsBeforeItWaits,
];

#[derive(Clone)]
struct Bent {
    bend: Bend,
    pen: Arc<Mutex<()>>,
    records: Arc<Mutex<Vec<Record>>>,
}

struct BentTurn<'a> {
    bend: Bend,
    records: &'a Mutex<Vec<Record>>,
    known: usize,
    appended: Vec<Record>,
    pen: Pen,
    _held: Option<MutexGuard<'a, ()>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(bend: Bend, records: &[Record], after: u64, limit: usize) -> Vec<Record> {
    let after = if bend == Bend::FromTheOneNamed { after.saturating_sub(1) } else { after };
    let limit = if bend == Bend::OneTooMany { limit.saturating_add(1) } else { limit };
    let start = usize::try_from(after).unwrap_or(usize::MAX);
    let mut read: Vec<Record> = records.iter().skip(start).take(limit).cloned().collect();
    if bend == Bend::Backwards {
        read.reverse();
    }
    read
}

impl Store for Bent {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        Ok(read(self.bend, &lock(&self.records), after, limit))
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        let before = lock(&self.records).len();
        let held = (self.bend != Bend::HasNoPen).then(|| lock(&self.pen));
        let late = lock(&self.records).len();
        let known = if self.bend == Bend::CountsBeforeItWaits { before } else { late };
        let pen = Pen::new(known as u64);
        Ok(Box::new(BentTurn {
            bend: self.bend,
            records: &self.records,
            known,
            appended: Vec::new(),
            pen,
            _held: held,
        }))
    }
}

impl BentTurn<'_> {
    fn bend(&self, record: &Record) -> Record {
        let mut record = record.clone();
        match self.bend {
            Bend::CutsBodies => record.body = record.body.chars().take(100_000).collect(),
            Bend::LosesHash => record.hash = Default::default(),
            _ => {}
        }
        record
    }

    fn keep(&mut self) {
        if self.bend == Bend::ForgetsLast && self.appended.len() > 1 {
            self.appended.pop();
        }
        lock(self.records).append(&mut self.appended);
    }
}

impl Turn for BentTurn<'_> {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        let mut records = lock(self.records)[..self.known].to_vec();
        if self.bend == Bend::ShowsOwn {
            records.extend_from_slice(&self.appended);
        }
        Ok(read(self.bend, &records, after, limit))
    }

    fn append(&mut self, records: &[Record]) -> Result<(), Fault> {
        let bent: Vec<Record> = records.iter().map(|record| self.bend(record)).collect();
        let last = self.pen.kept() + self.appended.len() as u64;
        match self.bend {
            Bend::TakesAnyNumber => {}
            Bend::RefusesAsPassing if gapless(last, records).is_err() => return Err(Fault::Passing("?".to_owned())),
            Bend::CommitsSpoiled => gapless(last, records)?,
            Bend::TakesAnyBody => gapless(last, records)?,
            _ => self.pen.append(records, |_| Ok(()))?,
        }
        match self.bend {
            Bend::ShowsUncommitted => lock(self.records).extend(bent),
            _ => self.appended.extend(bent),
        }
        Ok(())
    }

    fn commit(mut self: Box<Self>) -> Result<(), Fault> {
        self.pen.unspoiled()?;
        self.keep();
        Ok(())
    }
}

impl Drop for BentTurn<'_> {
    fn drop(&mut self) {
        if self.bend == Bend::KeepsDropped {
            self.keep();
        }
    }
}

fn is_caught(bend: Bend) -> bool {
    let fresh = || -> Box<dyn Place> {
        let bent = Bent { bend, pen: Arc::default(), records: Arc::default() };
        Box::new(move || Box::new(bent.clone()) as Box<dyn Store>)
    };
    catch_unwind(AssertUnwindSafe(|| conforms(&fresh))).is_err()
}

#[test]
fn the_cases_pass_for_an_unbent_store() {
    assert!(!is_caught(Bend::None));
}

#[test]
fn the_cases_catch_every_bent_store() {
    for bend in BENDS {
        assert!(is_caught(bend), "{bend:?} was not caught");
    }
}

/// A store that keeps nothing is found out by the first acknowledgement.
#[test]
fn a_killed_writer_that_kept_nothing_is_caught() {
    let place = || Box::new(Memory::default()) as Box<dyn Store>;
    let killed = catch_unwind(AssertUnwindSafe(|| kill::survives(3, "forgetful_writer", "memory", &place)));
    let why = *killed.unwrap_err().downcast::<String>().unwrap();
    assert!(why.contains("acknowledged, 0 kept"), "{why}");
}

#[test]
#[ignore = "started by a_killed_writer_that_kept_nothing_is_caught"]
fn forgetful_writer() {
    if std::env::var(kill::WRITES_TO).is_ok() {
        kill::write_for_ever(&mut Memory::default());
    }
}
