//! How often: requests from one address, and wrong passwords.
//!
//! A bucket fills with time and is emptied by what is tried. Buckets that are full again are forgotten, and there
//! are never more than a fixed number of them, so that strangers cannot fill the memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The most buckets that are remembered.
const MOST_BUCKETS: usize = 50_000;

/// Wrong passwords for one account before it has to wait.
const WRONG_FOR_ACCOUNT: f64 = 8.0;

/// Wrong passwords from one address before it has to wait: an office may share one.
const WRONG_FROM_ADDRESS: f64 = 30.0;

/// Seconds until one more wrong password is forgiven.
const FORGIVEN_AFTER: f64 = 60.0;

/// Seconds between two entries of the journal on refusals of one kind.
const BETWEEN_DENIALS: u64 = 60;

/// The most kinds of refusals that are told apart: accounts times statuses.
const MOST_KINDS: usize = 10_000;

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: f64,
}

/// Buckets of one size.
#[derive(Debug)]
struct Buckets {
    size: f64,
    a_second: f64,
    buckets: Mutex<HashMap<String, Bucket>>,
}

impl Buckets {
    fn new(size: f64, a_second: f64) -> Buckets {
        Buckets { size, a_second, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes from a bucket; how many seconds to wait where there is not enough in it.
    fn take(&self, key: &str, amount: f64, now: f64) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            let (size, a_second) = (self.size, self.a_second);
            buckets.retain(|_, bucket| bucket.left + (now - bucket.at) * a_second < size);
            if buckets.len() >= MOST_BUCKETS {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(key.to_owned()).or_insert(Bucket { left: self.size, at: now });
        bucket.left = (bucket.left + (now - bucket.at).max(0.0) * self.a_second).min(self.size);
        bucket.at = now;
        if bucket.left >= amount {
            bucket.left -= amount;
            return Ok(());
        }
        Err(((amount - bucket.left) / self.a_second).ceil().max(1.0) as u64)
    }

    fn give_back(&self, key: &str) {
        if let Some(bucket) = self.buckets.lock().unwrap_or_else(PoisonError::into_inner).get_mut(key) {
            bucket.left = (bucket.left + 1.0).min(self.size);
        }
    }

    fn forget(&self, key: &str) {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

/// How often what may be tried.
#[derive(Debug)]
pub(crate) struct Limits {
    requests: Option<Buckets>,
    account: Buckets,
    address: Buckets,
    /// When refusals of a kind were last written in the journal, and how many came since.
    denials: Mutex<HashMap<String, (u64, u32)>>,
}

impl Limits {
    /// Limits with so many requests a second from one address; 0 is without limit.
    pub(crate) fn new(rate: u32) -> Limits {
        let requests = (rate > 0).then(|| Buckets::new(f64::from(rate) * 10.0, f64::from(rate)));
        let account = Buckets::new(WRONG_FOR_ACCOUNT, 1.0 / FORGIVEN_AFTER);
        let address = Buckets::new(WRONG_FROM_ADDRESS, 1.0 / FORGIVEN_AFTER);
        Limits { requests, account, address, denials: Mutex::default() }
    }

    /// One request from an address; how many seconds to wait.
    pub(crate) fn request(&self, address: &str, now: f64) -> Result<(), u64> {
        self.requests.as_ref().map_or(Ok(()), |buckets| buckets.take(address, 1.0, now))
    }

    /// A password is tried for an account from an address; how many seconds to wait where it may not be. It counts as
    /// wrong until it is known to be right, so that many at once count too.
    pub(crate) fn try_password(&self, login: &str, address: &str, now: f64) -> Result<(), u64> {
        self.address.take(address, 1.0, now)?;
        self.account.take(login, 1.0, now)
    }

    /// Something was refused: how often since it was last written in the journal, where it is to be written again.
    /// Whoever is refused all the time is written down once a minute.
    pub(crate) fn denied(&self, kind: &str, now: u64) -> Option<u32> {
        let mut denials = self.denials.lock().unwrap_or_else(PoisonError::into_inner);
        let known = denials.contains_key(kind);
        if !known && denials.len() >= MOST_KINDS {
            return None;
        }
        let (at, times) = denials.entry(kind.to_owned()).or_insert((now, 0));
        *times += 1;
        if known && now < *at + BETWEEN_DENIALS {
            return None;
        }
        *at = now;
        Some(std::mem::take(times))
    }

    /// A password was right.
    pub(crate) fn right(&self, login: &str, address: &str) {
        self.account.forget(login);
        self.address.give_back(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limits = Limits::new(2);
        let passed = (0..100).filter(|_| limits.request("a", 0.0).is_ok()).count();
        assert_eq!(passed, 20);
        assert_eq!(limits.request("a", 0.0), Err(1));
        assert!(limits.request("b", 0.0).is_ok(), "another address has its own");
        assert!(limits.request("a", 0.6).is_ok());
        assert!(Limits::new(0).request("a", 0.0).is_ok());
    }

    #[test]
    fn wrong_passwords_lead_to_waiting() {
        let limits = Limits::new(0);
        for _ in 0..8 {
            assert!(limits.try_password("x", "a", 0.0).is_ok());
        }
        assert!(limits.try_password("x", "a", 0.0).is_err());
        assert!(limits.try_password("x", "b", 0.0).is_err(), "from another address too");
        assert!(limits.try_password("y", "a", 0.0).is_ok(), "another account is not concerned");
        assert!(limits.try_password("x", "a", 61.0).is_ok());
        limits.right("x", "a");
        assert!(limits.try_password("x", "a", 61.0).is_ok());
        let from_one = (0..100).filter(|i| limits.try_password(&i.to_string(), "c", 0.0).is_ok()).count();
        assert_eq!(from_one, 30, "an address has its own measure");
    }

    #[test]
    fn refusals_are_written_down_once_a_minute_with_their_number() {
        let limits = Limits::new(0);
        assert_eq!(limits.denied("x", 0), Some(1));
        assert_eq!((0..50).filter_map(|_| limits.denied("x", 30)).count(), 0);
        assert_eq!(limits.denied("y", 30), Some(1), "another kind");
        assert_eq!(limits.denied("x", 61), Some(51));
    }

    #[test]
    fn strangers_do_not_fill_the_memory() {
        let limits = Limits::new(1);
        for i in 0..120_000 {
            let _ = limits.request(&i.to_string(), 0.0);
        }
        let buckets = limits.requests.unwrap().buckets.into_inner().unwrap();
        assert!(buckets.len() <= MOST_BUCKETS);
    }
}
