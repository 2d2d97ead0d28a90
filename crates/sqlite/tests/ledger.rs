//! The books in one SQLite file while programs are killed, and while many write at once.

use mingzhang_books::store::Store;
use mingzhang_sqlite::Sqlite;
use mingzhang_testkit::folder::Folder;
use mingzhang_testkit::stores::{kill, post_for_ever, posting_survives, writers_do_not_overspend};

#[test]
fn a_killed_program_has_paid_what_it_acknowledged_and_nothing_twice() {
    let folder = Folder::new("sqlite-posting");
    let path = folder.join("账簿.db");
    let place = || -> Box<dyn Store> { Box::new(Sqlite::open(&path).unwrap()) };
    posting_survives("poster", path.to_str().unwrap(), &place);
    Sqlite::open_existing(&path).unwrap().check().unwrap();
}

#[test]
#[ignore = "started by a_killed_program_has_paid_what_it_acknowledged_and_nothing_twice"]
fn poster() {
    let Ok(path) = std::env::var(kill::WRITES_TO) else { return };
    post_for_ever(Box::new(Sqlite::open(path).unwrap()));
}

#[test]
fn sixty_four_writers_do_not_overspend_a_line() {
    let folder = Folder::new("sqlite-writers");
    let path = folder.join("账簿.db");
    let place = || -> Box<dyn Store> { Box::new(Sqlite::open(&path).unwrap()) };
    writers_do_not_overspend(64, &place);
}
