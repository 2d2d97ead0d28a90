//! The books in PostgreSQL while programs are killed, and while many write at once.

use mingzhang_books::store::Store;
use mingzhang_postgres::Postgres;
use mingzhang_testkit::stores::postgres::{address, schema, with};
use mingzhang_testkit::stores::{kill, post_for_ever, posting_survives, writers_do_not_overspend};
use postgres::{Client, NoTls};

/// A schema that goes away with it.
struct Schema {
    server: String,
    name: String,
}

impl Schema {
    fn new(server: &str, word: &str) -> Schema {
        Schema { server: server.to_owned(), name: schema(word) }
    }

    fn address(&self) -> String {
        with(&self.server, &format!("schema={}", self.name))
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let drop = format!("SET client_min_messages = error; DROP SCHEMA IF EXISTS {} CASCADE", self.name);
        let _ = Client::connect(&self.server, NoTls).and_then(|mut client| client.batch_execute(&drop));
    }
}

#[test]
fn a_killed_program_has_paid_what_it_acknowledged_and_nothing_twice() {
    let Some(server) = address() else { return };
    let schema = Schema::new(&server, "posting");
    let to = schema.address();
    let place = || -> Box<dyn Store> { Box::new(Postgres::connect(&to).unwrap()) };
    posting_survives("poster", &to, &place);
}

#[test]
#[ignore = "started by a_killed_program_has_paid_what_it_acknowledged_and_nothing_twice"]
fn poster() {
    let Ok(address) = std::env::var(kill::WRITES_TO) else { return };
    post_for_ever(Box::new(Postgres::connect(&address).unwrap()));
}

#[test]
fn sixty_four_writers_do_not_overspend_a_line() {
    let Some(server) = address() else { return };
    let schema = Schema::new(&server, "writers");
    let to = schema.address();
    let place = || -> Box<dyn Store> { Box::new(Postgres::connect(&to).unwrap()) };
    writers_do_not_overspend(64, &place);
}
