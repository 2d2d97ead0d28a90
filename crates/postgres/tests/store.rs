//! Books in PostgreSQL: every store's promises, a killed writer, and what may be wrong with a server.
//! The tests are few, because each may have to start a server of its own.

use mingzhang_books::store::{Fault, Record, Store};
use mingzhang_postgres::Postgres;
use mingzhang_testkit::stores::postgres::{address, schema, with};
use mingzhang_testkit::stores::{Place, all, append, conforms, kill, measure, record};
use postgres::{Client, NoTls};
use std::thread;
use std::time::Duration;

/// Books in a schema of their own, with an address that may say more.
struct Books {
    address: String,
    server: String,
    schema: String,
}

impl Books {
    fn new(server: &str, word: &str) -> Books {
        let schema = schema(word);
        Books { address: with(server, &format!("schema={schema}")), server: server.to_owned(), schema }
    }

    fn connect(&self) -> Result<Postgres, Fault> {
        Postgres::connect(&self.address)
    }

    /// Somebody else's connection to the same database; `{}` is the schema.
    fn other(&self, statements: &str) -> Result<(), postgres::Error> {
        let mut client = Client::connect(&self.server, NoTls).unwrap();
        client.batch_execute(&statements.replace("{}", &self.schema))
    }
}

impl Place for Books {
    fn open(&self) -> Box<dyn Store> {
        Box::new(self.connect().unwrap())
    }
}

impl Drop for Books {
    fn drop(&mut self) {
        let _ = self.other("SET client_min_messages = error; DROP SCHEMA IF EXISTS {} CASCADE");
    }
}

#[track_caller]
fn lasting<T>(found: Result<T, Fault>, part: &str) {
    let fault = found.err().unwrap();
    assert!(matches!(&fault, Fault::Lasting(why) if why.contains(part)), "{fault:?} should say {part}");
}

#[track_caller]
fn passing<T>(found: Result<T, Fault>, part: &str) {
    let fault = found.err().unwrap();
    assert!(matches!(&fault, Fault::Passing(why) if why.contains(part)), "{fault:?} should say {part}");
}

#[track_caller]
fn damaged<T>(found: Result<T, Fault>) {
    let fault = found.err().unwrap();
    assert!(matches!(&fault, Fault::Damaged(why) if why.contains("停止记账")), "{fault:?}");
}

fn records(count: u64) -> Vec<Record> {
    (1..=count).map(record).collect()
}

#[test]
fn postgres_does_what_every_store_does() {
    let Some(server) = address() else { return };
    conforms(&|| -> Box<dyn Place> { Box::new(Books::new(&server, "suite")) });
    // And where the database has other defaults than the promises need.
    let options = "options=-c%20default_transaction_isolation%3Dserializable\
        %20-c%20default_transaction_read_only%3Don%20-c%20synchronous_commit%3Doff\
        %20-c%20standard_conforming_strings%3Doff%20-c%20bytea_output%3Descape";
    let server = with(&server, options);
    conforms(&|| -> Box<dyn Place> { Box::new(Books::new(&server, "options")) });
}

#[test]
fn a_killed_writer_leaves_what_it_acknowledged() {
    let Some(server) = address() else { return };
    let books = Books::new(&server, "kill");
    kill::survives(20, "writer", &books.address, &books);
}

#[test]
#[ignore = "started by a_killed_writer_leaves_what_it_acknowledged"]
fn writer() {
    let Ok(address) = std::env::var(kill::WRITES_TO) else { return };
    kill::write_for_ever(&mut Postgres::connect(&address).unwrap());
}

#[test]
#[ignore = "for figures: run it with --release and --nocapture"]
fn measures() {
    let Some(server) = address() else { return };
    measure::measure("postgres", &Books::new(&server, "measure"));
}

#[test]
fn what_is_wrong_is_told_and_passes_or_lasts() {
    let Some(server) = address() else { return };
    guards_refuse_changes(&server);
    a_lost_connection_passes(&server);
    a_long_wait_passes(&server);
    strange_newer_and_altered_books_are_refused(&server);
    many_may_begin_the_same_books_at_once(&server);
    a_role_with_few_rights_can_write(&server);
    a_server_that_is_not_there_or_says_no(&server);
}

fn guards_refuse_changes(server: &str) {
    let books = Books::new(server, "guards");
    let mut store = books.connect().unwrap();
    append(&mut store, &records(2)).unwrap();
    let hash = "decode(repeat('00', 32), 'hex')";
    for statement in [
        "UPDATE {}.entries SET body = '{}'",
        "UPDATE {}.entries SET number = 3 WHERE number = 2",
        "DELETE FROM {}.entries",
        "DELETE FROM {}.entries WHERE number = 2",
        "TRUNCATE {}.entries",
        &format!("INSERT INTO {{}}.entries VALUES (2, {hash}, '')"),
        &format!("INSERT INTO {{}}.entries VALUES (4, {hash}, '')"),
        &format!("INSERT INTO {{}}.entries VALUES (3, {hash}, ''), (5, {hash}, '')"),
        &format!("INSERT INTO {{}}.entries VALUES (0, {hash}, '')"),
        &format!("INSERT INTO {{}}.entries VALUES (2, {hash}, '') ON CONFLICT (number) DO UPDATE SET body = ''"),
        "INSERT INTO {}.entries VALUES (3, '', '')",
        &format!("INSERT INTO {{}}.entries VALUES (3, {hash}, NULL)"),
    ] {
        assert!(books.other(statement).is_err(), "{statement}");
    }
    assert_eq!(all(&mut store), records(2));
    books.other(&format!("INSERT INTO {{}}.entries VALUES (3, {hash}, ''), (4, {hash}, '')")).unwrap();
}

fn a_lost_connection_passes(server: &str) {
    let books = Books::new(server, "lost");
    let name = format!("application_name={}", books.schema);
    let mut store = Postgres::connect(&with(&books.address, &name)).unwrap();
    let mut keeper = Client::connect(server, NoTls).unwrap();
    let mut cut = || {
        let ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1";
        while !keeper.query(ends, &[&books.schema]).unwrap().is_empty() {
            thread::sleep(Duration::from_millis(10));
        }
    };
    append(&mut store, &records(1)).unwrap();
    cut();
    passing(store.after(0, 10), "稍后重试");
    assert_eq!(store.after(0, 10), Ok(records(1)));
    cut();
    passing(store.turn(), "稍后重试");
    let mut turn = store.turn().unwrap();
    turn.append(&[record(2)]).unwrap();
    cut();
    passing(turn.append(&[record(3)]), "稍后重试");
    drop(turn);
    let mut turn = store.turn().unwrap();
    turn.append(&[record(2)]).unwrap();
    cut();
    passing(turn.commit(), "稍后重试");
    assert_eq!(all(&mut store), records(1));
    append(&mut store, &[record(2)]).unwrap();
    assert_eq!(all(&mut store), records(2));
}

fn a_long_wait_passes(server: &str) {
    let books = Books::new(server, "wait");
    let (mut store, mut other) = (books.connect().unwrap(), books.connect().unwrap());
    other.set_patience(Duration::from_millis(100)).unwrap();
    let turn = store.turn().unwrap();
    passing(other.turn(), "等候超时");
    assert_eq!(other.after(0, 10), Ok(vec![]));
    drop(turn);
    append(&mut other, &records(1)).unwrap();
}

fn strange_newer_and_altered_books_are_refused(server: &str) {
    let books = Books::new(server, "strange");
    books.other("CREATE SCHEMA {}; CREATE TABLE {}.entries (number integer)").unwrap();
    lasting(books.connect(), "其他程序");
    books.other("DROP TABLE {}.entries").unwrap();
    append(&mut books.connect().unwrap(), &records(3)).unwrap();

    books.other("UPDATE {}.mingzhang_books SET version = version + 1").unwrap();
    lasting(books.connect(), "升级");
    books.other("UPDATE {}.mingzhang_books SET version = version - 1").unwrap();
    let mut store = books.connect().unwrap();

    books.other("ALTER TABLE {}.entries DISABLE TRIGGER entries_are_kept").unwrap();
    damaged(books.connect());
    books.other("DELETE FROM {}.entries WHERE number = 2").unwrap();
    damaged(store.after(0, 10));
    damaged(store.turn().unwrap().after(0, 10));
    books.other("DROP TABLE {}.entries").unwrap();
    damaged(store.after(0, 10));
    damaged(books.connect());
}

fn many_may_begin_the_same_books_at_once(server: &str) {
    for _ in 0..5 {
        let books = Books::new(server, "begin");
        thread::scope(|scope| (0..16).for_each(|_| drop(scope.spawn(|| books.open().after(0, 1).unwrap()))));
        append(&mut *books.open(), &records(1)).unwrap();
    }
}

/// Who keeps the database may lay out the books and let the program read and append only.
fn a_role_with_few_rights_can_write(server: &str) {
    let books = Books::new(server, "rights");
    append(&mut books.connect().unwrap(), &records(1)).unwrap();
    let role = format!("{}_role", books.schema);
    let restricted = with(&books.address, &format!("user={role}"));
    books.other(&format!("CREATE ROLE {role} LOGIN")).unwrap();
    lasting(Postgres::connect(&restricted), "权限");
    let grant = "GRANT USAGE ON SCHEMA {} TO {role}; GRANT SELECT, INSERT ON {}.entries TO {role};
        GRANT SELECT ON {}.mingzhang_books TO {role}";
    books.other(&grant.replace("{role}", &role)).unwrap();
    append(&mut Postgres::connect(&restricted).unwrap(), &[record(2)]).unwrap();
    books.other(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).unwrap();
}

fn a_server_that_is_not_there_or_says_no(server: &str) {
    passing(Postgres::connect("postgresql:///d?host=/nowhere&user=a"), "确认服务器已启动");
    passing(Postgres::connect("postgresql://a@127.0.0.1:1/d"), "确认服务器已启动");
    lasting(Postgres::connect("postgresql:///d?user=a"), "数据库");
    lasting(Postgres::connect(&with(server, "dbname=t_no_such_database")), "不存在");
    lasting(Postgres::connect(&with(server, "user=t_no_such_role")), "拒绝登录");
    lasting(Postgres::connect(&with(server, "sslmode=require")), "加密");
}
