//! The server as it is asked over HTTP: who may do what, what is refused, what is kept.

mod access;
mod batches;
mod client;
mod forms;
mod interface;
mod keep;
mod read;
mod uploads;
