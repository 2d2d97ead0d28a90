//! For tests only: the way to the documents that the project shares but does not hold, planted
//! errors, folders that go away, made-up books, and what every store must do. Never shipped.

pub mod folder;
pub mod office;
pub mod plant;
pub mod rows;
pub mod shared;
pub mod simulation;
pub mod stores;
pub mod trips;
