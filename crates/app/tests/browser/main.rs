//! The three journeys in a browser, end to end: check, keep and write, read. Every page on the way is looked at for
//! faults of accessibility, and pictures of it are kept.

mod check;
#[path = "../serve/client.rs"]
#[allow(dead_code, reason = "the journeys take of it what they need")]
mod client;
mod keep;
mod page;
mod read;

use mingzhang_testkit::folder::Folder;
use mingzhang_testkit::stores::postgres;

use client::Server;
use page::{Browser, Script};

/// A server with the demonstration, and a browser on it.
fn journey(name: &str, script: Script, more: &[&str]) -> Option<(Folder, Server, Browser)> {
    if !page::is_there() {
        return None;
    }
    let folder = Folder::new(name);
    let server = Server::demo(&folder, more);
    let browser = Browser::open(&server.base, name, script);
    Some((folder, server, browser))
}

#[test]
fn check() {
    let Some((folder, _server, mut browser)) = journey("check", Script::On, &[]) else { return };
    check::walk(&mut browser, &folder);
}

#[test]
fn check_without_script() {
    let Some((folder, _server, mut browser)) = journey("check-plain", Script::Off, &[]) else { return };
    check::walk(&mut browser, &folder);
}

#[test]
fn keep() {
    let Some((_folder, _server, mut browser)) = journey("keep", Script::On, &[]) else { return };
    keep::walk(&mut browser);
}

#[test]
fn keep_without_script() {
    let Some((_folder, _server, mut browser)) = journey("keep-plain", Script::Off, &[]) else { return };
    keep::walk(&mut browser);
}

#[test]
fn read() {
    let Some((_folder, _server, mut browser)) = journey("read", Script::On, &[]) else { return };
    read::walk(&mut browser);
}

#[test]
fn read_without_script() {
    let Some((_folder, _server, mut browser)) = journey("read-plain", Script::Off, &[]) else { return };
    read::walk(&mut browser);
}

/// All of it once more with the books and the desk in PostgreSQL.
#[test]
fn everything_on_postgresql() {
    let Some(address) = postgres::address() else { return };
    let database = postgres::with(&address, &format!("schema={}", postgres::schema("browser")));
    let Some((folder, _server, mut browser)) = journey("postgresql", Script::On, &["--database", &database]) else {
        return;
    };
    check::walk(&mut browser, &folder);
    keep::walk(&mut browser);
    read::walk(&mut browser);
}
