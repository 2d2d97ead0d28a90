//! What only this crate can bring about: a full disk, a file altered from inside, another's transaction.

use super::*;
use mingzhang_testkit::folder::Folder;
use mingzhang_testkit::stores::{all, append, record, written};

#[test]
fn a_full_disk_loses_the_turn_and_nothing_else() {
    let folder = Folder::new("full");
    let mut store = Sqlite::open(folder.join("账簿.db")).unwrap();
    append(&mut store, &[record(1)]).unwrap();
    let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    store.connection.pragma_update_and_check(None, "max_page_count", pages + 2, |_| Ok(())).unwrap();
    let mut turn = store.turn().unwrap();
    turn.append(&[record(2)]).unwrap();
    let fault = turn.append(&[written(3, &"账".repeat(100_000))]).unwrap_err();
    assert!(matches!(&fault, Fault::Lasting(why) if why.contains("磁盘已满")), "{fault:?}");
    assert!(turn.commit().is_err());
    assert_eq!(all(&mut store), [record(1)]);
    append(&mut store, &[record(2)]).unwrap();
}

#[test]
fn acknowledged_means_durable() {
    let folder = Folder::new("durable");
    let store = Sqlite::open(folder.join("账簿.db")).unwrap();
    let ask = |what| store.connection.pragma_query_value(None, what, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((ask("synchronous"), ask("fullfsync")), (2, 1));
    let mode: String = store.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

/// Other programs are kept from it by the guards, in whatever way they try.
#[test]
fn entries_are_neither_changed_nor_deleted() {
    let folder = Folder::new("guards");
    let path = folder.join("账簿.db");
    let mut store = Sqlite::open(&path).unwrap();
    append(&mut store, &[record(1), record(2)]).unwrap();
    let other = Connection::open(&path).unwrap();
    for statement in [
        "UPDATE entries SET body = '{}' WHERE number = 2",
        "UPDATE entries SET number = 3 WHERE number = 2",
        "DELETE FROM entries WHERE number = 2",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries VALUES (2, zeroblob(32), '{}')",
        "REPLACE INTO entries VALUES (2, zeroblob(32), '{}')",
        "INSERT INTO entries VALUES (2, zeroblob(32), '{}') ON CONFLICT DO UPDATE SET body = '{}'",
        "INSERT INTO entries VALUES (4, zeroblob(32), '{}')",
        "INSERT INTO entries (hash, body) VALUES (zeroblob(32), '{}')",
        "INSERT INTO entries VALUES (3, zeroblob(31), '{}')",
        "INSERT INTO entries VALUES (3, zeroblob(32), NULL)",
        "INSERT INTO entries VALUES (3, zeroblob(32), x'00')",
    ] {
        assert!(other.execute(statement, ()).is_err(), "{statement}");
    }
    assert_eq!(all(&mut store), [record(1), record(2)]);
    other.execute("INSERT INTO entries VALUES (3, zeroblob(32), '{}')", ()).unwrap();
}

#[test]
fn altered_guards_and_gaps_are_damage() {
    let folder = Folder::new("altered");
    let path = folder.join("账簿.db");
    let mut store = Sqlite::open(&path).unwrap();
    append(&mut store, &(1..=5).map(record).collect::<Vec<_>>()).unwrap();
    assert_eq!(store.check(), Ok(5));
    let other = Connection::open(&path).unwrap();
    other.execute_batch("DROP TRIGGER entries_are_not_deleted; DELETE FROM entries WHERE number = 3").unwrap();
    let is_damage = |fault: &Fault| matches!(fault, Fault::Damaged(why) if why.contains("停止记账"));
    let fault = store.after(0, 10).unwrap_err();
    assert!(is_damage(&fault), "{fault:?}");
    assert_eq!(store.after(3, 10), Ok(vec![record(4), record(5)]));
    let fault = store.check().unwrap_err();
    assert!(is_damage(&fault), "{fault:?}");
    let fault = Sqlite::open(&path).unwrap_err();
    assert!(is_damage(&fault), "{fault:?}");
    let fault = store.backup(folder.join("备份.db")).unwrap_err();
    assert!(is_damage(&fault) && fault.to_string().contains("账簿.db"), "{fault:?}");
    assert!(!folder.join("备份.db").exists());
}

#[test]
fn who_waits_too_long_is_told_to_try_again() {
    let folder = Folder::new("busy");
    let path = folder.join("账簿.db");
    let (mut store, mut other) = (Sqlite::open(&path).unwrap(), Sqlite::open(&path).unwrap());
    other.set_patience(Duration::from_millis(50)).unwrap();
    let turn = store.turn().unwrap();
    let fault = other.turn().err().unwrap();
    assert!(matches!(&fault, Fault::Passing(why) if why.contains("稍后重试")), "{fault:?}");
    drop(turn);
    append(&mut other, &[record(1)]).unwrap();
}

#[test]
fn another_programs_file_is_refused_and_left_alone() {
    let folder = Folder::new("strange");
    let path = folder.join("其他.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE entries (number INTEGER PRIMARY KEY, hash BLOB, body TEXT)").unwrap();
    drop(other);
    let before = std::fs::read(&path).unwrap();
    for fault in [Sqlite::open(&path).unwrap_err(), Sqlite::open_existing(&path).unwrap_err()] {
        assert!(matches!(&fault, Fault::Lasting(why) if why.contains("其他程序")), "{fault:?}");
    }
    assert!(std::fs::read(&path).unwrap() == before, "the file was changed");
}

#[test]
fn a_newer_versions_file_is_refused() {
    let folder = Folder::new("newer");
    let path = folder.join("账簿.db");
    drop(Sqlite::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", layout::VERSION + 1).unwrap();
    for fault in [Sqlite::open(&path).unwrap_err(), Sqlite::open_existing(&path).unwrap_err()] {
        assert!(matches!(&fault, Fault::Lasting(why) if why.contains("升级")), "{fault:?}");
    }
}
