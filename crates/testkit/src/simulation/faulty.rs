//! [`Faulty`]: a store in memory that fails as stores fail: the pen is refused, a read or an append
//! breaks off, a commit is lost before it is carried out, or is carried out and its acknowledgement lost.

use super::random::Random;
use mingzhang_books::store::{Fault, Memory, Record, Store, Turn};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How a turn fails.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Failing {
    /// Somebody else holds the pen.
    Pen,
    /// The records of others are not read.
    Read,
    /// The disk is full.
    Append,
    /// The connection is lost before the commit is carried out.
    CommitLost,
    /// The commit is carried out and its acknowledgement is lost.
    AcknowledgementLost,
}

/// All of them.
pub const FAILINGS: [Failing; 5] =
    [Failing::Pen, Failing::Read, Failing::Append, Failing::CommitLost, Failing::AcknowledgementLost];

/// When handles fail, and how often they did.
#[derive(Debug)]
struct Plan {
    random: Random,
    /// In how many turns one fails; 0 for none.
    once_in: u64,
    /// In how many commits one is acknowledged and not carried out; 0 for none.
    lies_once_in: u64,
    failed: BTreeMap<Failing, u64>,
}

/// A handle on records in memory that fails now and then. Its clones share the records and the plan.
#[derive(Clone, Debug)]
pub struct Faulty {
    memory: Memory,
    plan: Arc<Mutex<Plan>>,
}

fn lock(plan: &Mutex<Plan>) -> MutexGuard<'_, Plan> {
    plan.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Faulty {
    /// An empty store one of whose turns in `once_in` fails; 0 for a store that does not fail.
    pub fn new(seed: u64, once_in: u64) -> Faulty {
        Faulty::lying(seed, once_in, 0)
    }

    /// The same, which breaks its promise too: one commit in `lies_once_in` is acknowledged and lost. No
    /// store may do that; it is for trying whether the simulation would notice.
    pub fn lying(seed: u64, once_in: u64, lies_once_in: u64) -> Faulty {
        let plan = Plan { random: Random::new(seed), once_in, lies_once_in, failed: BTreeMap::new() };
        Faulty { memory: Memory::default(), plan: Arc::new(Mutex::new(plan)) }
    }

    /// A handle on the same records that does not fail, for who looks at what is really there.
    pub fn truth(&self) -> Memory {
        self.memory.clone()
    }

    /// How often each failing happened.
    pub fn failed(&self) -> BTreeMap<Failing, u64> {
        lock(&self.plan).failed.clone()
    }
}

impl Plan {
    fn draw(&mut self) -> Option<Failing> {
        if self.once_in == 0 || !self.random.once_in(self.once_in) {
            return None;
        }
        Some(*self.random.pick(&FAILINGS))
    }
}

impl Plan {
    fn lies(&mut self) -> bool {
        self.lies_once_in != 0 && self.random.once_in(self.lies_once_in)
    }
}

impl Store for Faulty {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        self.memory.after(after, limit)
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        let failing = lock(&self.plan).draw();
        let plan = &self.plan;
        if failing == Some(Failing::Pen) {
            return Err(fail(plan, Failing::Pen));
        }
        Ok(Box::new(FaultyTurn { turn: self.memory.turn()?, plan, failing }))
    }
}

fn fail(plan: &Mutex<Plan>, failing: Failing) -> Fault {
    *lock(plan).failed.entry(failing).or_default() += 1;
    match failing {
        Failing::Append => Fault::Lasting(format!("{failing:?}")),
        _ => Fault::Passing(format!("{failing:?}")),
    }
}

struct FaultyTurn<'a> {
    turn: Box<dyn Turn + 'a>,
    plan: &'a Mutex<Plan>,
    failing: Option<Failing>,
}

impl FaultyTurn<'_> {
    fn may(&self, failing: Failing) -> Result<(), Fault> {
        if self.failing == Some(failing) { Err(fail(self.plan, failing)) } else { Ok(()) }
    }
}

impl Turn for FaultyTurn<'_> {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        self.may(Failing::Read)?;
        self.turn.after(after, limit)
    }

    fn append(&mut self, records: &[Record]) -> Result<(), Fault> {
        if self.failing == Some(Failing::Append) {
            // Some were written before the disk was full; the turn is never committed.
            self.turn.append(&records[..records.len() / 2])?;
            return self.may(Failing::Append);
        }
        self.turn.append(records)
    }

    fn commit(self: Box<Self>) -> Result<(), Fault> {
        self.may(Failing::CommitLost)?;
        let (plan, failing) = (self.plan, self.failing);
        if lock(plan).lies() {
            return Ok(());
        }
        self.turn.commit()?;
        if failing == Some(Failing::AcknowledgementLost) {
            Err(fail(plan, Failing::AcknowledgementLost))
        } else {
            Ok(())
        }
    }
}
