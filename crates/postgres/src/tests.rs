//! What only this crate can bring about: failures in the middle of a turn, and addresses.

use super::*;
use mingzhang_testkit::stores::{all, append, postgres as server, record};
use std::time::Duration;

fn books() -> Option<(String, Postgres)> {
    let address = server::with(&server::address()?, &format!("schema={}", server::schema("unit")));
    let mut store = Postgres::connect(&address).unwrap();
    append(&mut store, &[record(1)]).unwrap();
    Some((address, store))
}

fn passing(fault: Fault, part: &str) {
    assert!(matches!(&fault, Fault::Passing(why) if why.contains(part)), "{fault:?} should say {part}");
}

#[test]
fn a_turn_that_failed_in_the_middle_is_not_kept() {
    let Some((_, mut store)) = books() else { return };

    // A statement of the turn fails: PostgreSQL would answer COMMIT with ROLLBACK, and no error.
    let mut turn = begin_turn(&mut store);
    turn.append(&[record(2)]).unwrap();
    turn.store.link_of_turn().unwrap().client.batch_execute("SELECT 1 / 0").unwrap_err();
    passing(Box::new(turn).commit().unwrap_err(), "全部未保存");
    assert_eq!(all(&mut store), [record(1)]);

    // A turn is forgotten without being dropped; its transaction must not be taken up by the next.
    let mut turn = begin_turn(&mut store);
    turn.append(&[record(2)]).unwrap();
    std::mem::forget(turn);
    assert_eq!(all(&mut store), [record(1)]);
    append(&mut store, &[record(2)]).unwrap();

    // A turn lies idle for too long.
    let quick = "SET idle_in_transaction_session_timeout = 50";
    store.link().unwrap().client.batch_execute(quick).unwrap();
    let mut turn = begin_turn(&mut store);
    turn.append(&[record(3)]).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    passing(turn.append(&[record(4)]).unwrap_err(), "");
    passing(turn.after(0, 10).unwrap_err(), "连接中断");
    Box::new(turn).commit().unwrap_err();
    assert_eq!(all(&mut store), [record(1), record(2)]);
    append(&mut store, &[record(3)]).unwrap();

    // A read that fails, in a turn or without.
    store.link().unwrap().client.batch_execute("SET statement_timeout = 1").unwrap();
    let slow = store.link().unwrap().client.batch_execute("SELECT pg_sleep(1)").unwrap_err();
    passing(store.fault(slow.into()), "超时");
}

fn begin_turn(store: &mut Postgres) -> PostgresTurn<'_> {
    let schema = store.address.schema();
    let kept = begin(store.link().unwrap(), &schema).unwrap();
    PostgresTurn { store, pen: Pen::new(kept), is_over: false }
}

#[test]
fn addresses_are_understood() {
    let parse = |address: &str| Address::parse(address);
    let plain = parse("postgresql://张三:a?b@db.example/books?schema=unit_7&sslmode=prefer").unwrap();
    assert_eq!(plain.place(), "数据库 books（服务器 db.example，模式 unit_7）");
    assert_eq!(plain.config().get_password(), Some(&b"a?b"[..]));
    assert_eq!(plain.schema(), "\"unit_7\"");
    let socket = parse("postgres:///books?host=/run/postgresql&user=a").unwrap();
    assert_eq!(socket.place(), "数据库 books（服务器 /run/postgresql，模式 mingzhang）");
}

#[test]
fn a_wrong_address_is_told_without_repeating_it() {
    let schemas =
        ["", "A", "a-b", "1a", "pg_a", "a\";--", "预算", &"a".repeat(64)].map(|name| format!("schema={name}"));
    let others = ["port=abc", "strange=1", "sslmode=verify-full", "sslmode=require", "ssl%6Dode=require", "x"];
    for parameter in schemas.iter().map(String::as_str).chain(others) {
        let fault = Address::parse(&format!("postgresql://a:geheim@h/d?{parameter}")).err().expect(parameter);
        assert!(matches!(fault, Fault::Lasting(_)), "{fault:?}");
        assert!(!fault.to_string().contains("geheim"), "{fault}");
        let word = if parameter.contains("=require") || parameter.contains("verify") {
            "加密"
        } else {
            "数据库地址有误"
        };
        assert!(fault.to_string().contains(word), "{parameter}: {fault}");
    }
    assert!(Address::parse("host=/tmp").is_err() && Address::parse("").is_err());
}
