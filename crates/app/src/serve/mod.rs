//! `mingzhang serve`: the three rooms in a browser. Check: reviewers bring disclosures and see what is wrong on the
//! page. Keep: accountants keep the year and write the disclosure. Read: everybody searches and compares.
//!
//! A request goes one way: [`server`] lets it in, reads it, and asks a page; a page is an ordinary function from a
//! [`call::Call`] to a [`reply::Reply`], in the folder of its room; what it shows is data ([`reply::View`]) that is
//! a page or JSON, as it is asked for. [`route::routes`] is the list of all addresses, with who may ask for each.
//! Everything works without script.
//!
//! Absent on purpose: a bundler, a template that is read at run time, anything loaded from another server, a second
//! way to know a person than [`access`], a second record of what was done than the journals.

mod access;
mod account;
mod admin;
mod args;
mod assets;
mod backup;
mod call;
mod check;
mod demo;
pub(crate) mod drawn;
mod home;
mod house;
mod incoming;
mod interface;
mod keep;
mod layout;
mod limits;
mod meters;
mod outgoing;
mod problem;
mod read;
mod readers;
mod reply;
mod rest;
mod route;
mod run;
mod secret;
mod server;
mod session;
mod shelf;
mod store;
mod work;

pub(crate) use args::ServeArgs;
pub(crate) use run::run;

/// Seconds since 1970 with fractions: for limits, which count less than seconds.
fn clock() -> f64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}
