//! [`Grown`]: a map that only grows, cheap to copy however large it is.
//!
//! What a request of several commands would do is tried on a copy of the books. The copy shares what is
//! there and keeps beside it what it adds or changes; when the copy takes the place of what it was made
//! of, [`Grown::settle`] puts the two together.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// A map that only grows: nothing is taken out of it.
#[derive(Clone, Debug)]
pub(crate) struct Grown<K, V> {
    /// Shared with copies, and not changed while it is.
    base: Arc<HashMap<K, V>>,
    /// Added or changed while the base was shared. It comes first.
    over: HashMap<K, V>,
}

impl<K, V> Default for Grown<K, V> {
    fn default() -> Grown<K, V> {
        Grown { base: Arc::default(), over: HashMap::new() }
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Grown<K, V> {
    /// What is under a key.
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        match self.over.is_empty() {
            true => self.base.get(key),
            false => self.over.get(key).or_else(|| self.base.get(key)),
        }
    }

    /// What is under a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        if !self.over.contains_key(key) {
            if Arc::get_mut(&mut self.base).is_some() {
                return Arc::get_mut(&mut self.base)?.get_mut(key);
            }
            self.over.insert(key.clone(), self.base.get(key)?.clone());
        }
        self.over.get_mut(key)
    }

    /// Puts a value under a key, in place of what was there.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        if !self.over.is_empty() {
            self.settle();
        }
        match Arc::get_mut(&mut self.base) {
            Some(base) => base.insert(key, value),
            None => self.over.insert(key, value),
        };
    }

    /// Everything, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.base.iter().filter(|(key, _)| !self.over.contains_key(key)).chain(&self.over)
    }

    /// Puts what was added to what was there, unless that is still shared.
    pub(crate) fn settle(&mut self) {
        if let Some(base) = Arc::get_mut(&mut self.base) {
            base.extend(self.over.drain());
            self.over.shrink_to(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(map: &Grown<u32, u32>) -> Vec<(u32, u32)> {
        let mut all: Vec<_> = map.iter().map(|(key, value)| (*key, *value)).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn a_copy_that_changes_leaves_the_other_as_it_was() {
        let mut map = Grown::default();
        (0..3).for_each(|key| map.insert(key, key * 10));
        let mut copy = map.clone();
        copy.insert(3, 30);
        *copy.get_mut(&1).unwrap() = 11;
        copy.insert(2, 22);
        assert_eq!((all(&map), copy.get_mut(&9)), (vec![(0, 0), (1, 10), (2, 20)], None));
        assert_eq!(all(&copy), [(0, 0), (1, 11), (2, 22), (3, 30)]);
        copy.settle();
        assert_eq!(copy.over.len(), 3, "what is shared is not changed");
        drop(map);
        copy.settle();
        assert!(copy.over.is_empty());
        assert_eq!(all(&copy), [(0, 0), (1, 11), (2, 22), (3, 30)]);
    }

    #[test]
    fn a_map_without_copies_changes_in_place() {
        let mut map = Grown::default();
        map.insert(1, 1);
        *map.get_mut(&1).unwrap() = 2;
        assert_eq!((map.get(&1), map.get(&2), map.over.len()), (Some(&2), None, 0));
    }

    #[test]
    fn what_lies_over_the_base_goes_first_when_the_base_is_shared_no_more() {
        let mut map = Grown::default();
        map.insert(1, 1);
        let mut copy = map.clone();
        copy.insert(1, 2);
        drop(map);
        *copy.get_mut(&1).unwrap() += 1;
        copy.insert(5, 5);
        assert_eq!((copy.get(&1), copy.get(&5)), (Some(&3), Some(&5)));
        copy.settle();
        assert_eq!(all(&copy), [(1, 3), (5, 5)]);
    }
}
