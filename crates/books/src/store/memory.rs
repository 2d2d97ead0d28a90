//! [`Memory`]: records in memory, for tests and trials. It keeps the promises of a store as long as the
//! process lives, and nothing after that.

use super::{Fault, Pen, Record, Store, Turn, gapless};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A handle on records in memory. Its clones are handles on the same records.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Held for a whole turn.
    pen: Mutex<()>,
    /// Held for moments, so that readers need not wait for a turn to end.
    records: Mutex<Vec<Record>>,
}

struct MemoryTurn<'a> {
    records: &'a Mutex<Vec<Record>>,
    appended: Vec<Record>,
    pen: Pen,
    _held: MutexGuard<'a, ()>,
}

/// A lock that another thread left by a panic guards sound data all the same: a turn changes the list at
/// one point only, its commit, which moves all records or none.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(records: &[Record], after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
    let start = usize::try_from(after).unwrap_or(usize::MAX).min(records.len());
    let end = start.saturating_add(limit).min(records.len());
    let read = records[start..end].to_vec();
    gapless(after, &read)?;
    Ok(read)
}

impl Store for Memory {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        read(&lock(&self.shared.records), after, limit)
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        let held = lock(&self.shared.pen);
        let pen = Pen::new(lock(&self.shared.records).len() as u64);
        Ok(Box::new(MemoryTurn { records: &self.shared.records, appended: Vec::new(), pen, _held: held }))
    }
}

impl Turn for MemoryTurn<'_> {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        read(&lock(self.records), after, limit)
    }

    fn append(&mut self, records: &[Record]) -> Result<(), Fault> {
        let appended = &mut self.appended;
        self.pen.append(records, |records| {
            appended.extend_from_slice(records);
            Ok(())
        })
    }

    fn commit(mut self: Box<Self>) -> Result<(), Fault> {
        self.pen.unspoiled()?;
        lock(self.records).append(&mut self.appended);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Hash;

    #[test]
    fn a_panic_during_a_turn_leaves_the_store_usable() {
        let memory = Memory::default();
        let record = |number| Record { number, hash: Hash::default(), body: "{}".to_owned() };
        let mut other = memory.clone();
        let ended = std::thread::spawn(move || {
            let mut turn = other.turn().unwrap();
            turn.append(&[record(1)]).unwrap();
            panic!("on purpose");
        });
        ended.join().unwrap_err();
        let mut memory = memory;
        assert_eq!(memory.after(0, 10), Ok(vec![]));
        let mut turn = memory.turn().unwrap();
        turn.append(&[record(1)]).unwrap();
        turn.commit().unwrap();
        assert_eq!(memory.after(0, 10), Ok(vec![record(1)]));
    }
}
