//! What is dear to work out and looked at again soon: kept in memory for a while.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The things that were looked at last, by what they are known by.
pub(crate) struct Shelf<K, T> {
    kept: Mutex<VecDeque<(K, Arc<T>)>>,
    /// Held while a thing is made, so that many who ask for one wait for the first, and making takes one
    /// processor at most.
    making: Mutex<()>,
    /// How many things it holds.
    room: usize,
}

impl<K: Clone + PartialEq, T> Shelf<K, T> {
    /// An empty one with room for so many things.
    pub(crate) fn new(room: usize) -> Shelf<K, T> {
        Shelf { kept: Mutex::default(), making: Mutex::default(), room }
    }

    /// The thing of a key, made where it is not there.
    pub(crate) fn take<E>(&self, key: &K, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(found) = self.kept(key) {
            return Ok(found);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        // Another may have made it meanwhile.
        if let Some(found) = self.kept(key) {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key.clone(), Arc::clone(&made)));
        kept.truncate(self.room);
        Ok(made)
    }

    fn kept(&self, key: &K) -> Option<Arc<T>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(other, _)| other == key)?;
        let found = kept.remove(at)?;
        let thing = Arc::clone(&found.1);
        kept.push_front(found);
        Some(thing)
    }
}
