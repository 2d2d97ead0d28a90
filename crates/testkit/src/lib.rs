//! For tests only: the way to the documents that the project shares but does not hold, and planted
//! errors. Never shipped.

pub mod plant;
pub mod shared;
