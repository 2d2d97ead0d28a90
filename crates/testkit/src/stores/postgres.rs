//! A PostgreSQL server for tests: the one that `MINGZHANG_TEST_POSTGRES` names, or else a private one
//! of this process, started by `scripts/postgres`, which ends with the process however that ends.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The address, as a superuser, of a server on which each test makes schemas of its own.
pub const ADDRESS: &str = "MINGZHANG_TEST_POSTGRES";

/// What `scripts/postgres` ends with where PostgreSQL is not installed.
const NOT_INSTALLED: i32 = 3;

struct Server {
    address: String,
    /// Its input is a pipe that closes when this process ends, and then the server stops.
    _script: Child,
}

/// The address of the server; none, with a line on standard error, where PostgreSQL is not installed.
pub fn address() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    if let Ok(address) = std::env::var(ADDRESS) {
        return Some(address);
    }
    let server = SERVER.get_or_init(start);
    if server.is_none() {
        eprintln!("跳过/skipped: PostgreSQL is not installed, and {ADDRESS} names no server");
    }
    server.as_ref().map(|server| server.address.clone())
}

/// A schema name that no other test uses, on any server.
pub fn schema(word: &str) -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    format!("t{since:x}_{}_{}_{word}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

/// An address with one parameter more.
pub fn with(address: &str, parameter: &str) -> String {
    format!("{address}{}{parameter}", if address.contains('?') { '&' } else { '?' })
}

fn start() -> Option<Server> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres");
    let mut command = Command::new("bash");
    command.arg(&script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut script = command.spawn().unwrap_or_else(|e| panic!("{}: {e}", script.display()));
    let mut address = String::new();
    BufReader::new(script.stdout.take().unwrap()).read_line(&mut address).unwrap();
    if let Some(address) = address.strip_suffix('\n') {
        return Some(Server { address: address.to_owned(), _script: script });
    }
    let mut why = String::new();
    script.stderr.take().unwrap().read_to_string(&mut why).unwrap();
    let status = script.wait().unwrap();
    assert_eq!(status.code(), Some(NOT_INSTALLED), "scripts/postgres: {why}");
    None
}
