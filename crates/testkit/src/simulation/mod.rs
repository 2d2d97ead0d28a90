//! A simulated office: users who plan, spend, change, close and disclose for years, on a store that
//! fails, with programs that crash, and an oracle that holds every step against the laws.
//!
//! Chance comes from a seed, so what was found once is found again: there is no clock, no thread and no
//! file. What several processes do to each other at the same time is tried elsewhere, on real stores.

mod driver;
mod faulty;
mod generator;
pub mod oracle;
mod random;

pub use driver::{Found, Options, Report, Tried, run};
pub use faulty::{FAILINGS, Failing, Faulty};
pub use random::Random;
