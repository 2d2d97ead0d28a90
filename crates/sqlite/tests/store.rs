//! Books in one SQLite file: every store's promises, a killed writer, and what may be wrong with a file.

use mingzhang_books::store::{Fault, Record, Store};
use mingzhang_sqlite::Sqlite;
use mingzhang_testkit::folder::Folder;
use mingzhang_testkit::stores::{Place, all, append, conforms, kill, measure, record};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// A file in a folder that goes away with it.
struct File {
    folder: Folder,
}

impl File {
    fn path(&self) -> PathBuf {
        self.folder.join("账簿.db")
    }
}

/// Sixty-four writers on a disk that is busy with something else wait longer than a person would: what they must not
/// do is lose or repeat anything.
const LONG: Duration = Duration::from_secs(300);

impl Place for File {
    /// A passing fault may be tried again, as its words say.
    fn open(&self) -> Box<dyn Store> {
        let begun = Instant::now();
        loop {
            match Sqlite::open(self.path()) {
                Ok(mut store) => {
                    store.set_patience(LONG).unwrap();
                    return Box::new(store);
                }
                Err(Fault::Passing(_)) if begun.elapsed() < LONG => {}
                Err(fault) => panic!("{fault:?}"),
            }
        }
    }
}

fn lasting(fault: Fault, part: &str) {
    assert!(matches!(&fault, Fault::Lasting(why) if why.contains(part)), "{fault:?} should say {part}");
}

fn damaged(fault: Fault) {
    assert!(matches!(&fault, Fault::Damaged(why) if why.contains("备份核对")), "{fault:?}");
}

fn records(count: u64) -> Vec<Record> {
    (1..=count).map(record).collect()
}

#[test]
fn sqlite_does_what_every_store_does() {
    conforms(&|| -> Box<dyn Place> { Box::new(File { folder: Folder::new("sqlite") }) });
}

#[test]
fn a_killed_writer_leaves_what_it_acknowledged() {
    let file = File { folder: Folder::new("sqlite-kill") };
    let path = file.path();
    kill::survives(20, "writer", path.to_str().unwrap(), &file);
    Sqlite::open_existing(path).unwrap().check().unwrap();
}

#[test]
#[ignore = "started by a_killed_writer_leaves_what_it_acknowledged"]
fn writer() {
    let Ok(path) = std::env::var(kill::WRITES_TO) else { return };
    kill::write_for_ever(&mut Sqlite::open(path).unwrap());
}

#[test]
#[ignore = "for figures: run it with --release and --nocapture"]
fn measures() {
    measure::measure("sqlite", &File { folder: Folder::new("sqlite-measure") });
}

#[test]
fn many_may_begin_the_same_file_at_once() {
    for _ in 0..10 {
        let file = File { folder: Folder::new("sqlite-begin") };
        thread::scope(|scope| (0..16).for_each(|_| drop(scope.spawn(|| file.open().after(0, 1).unwrap()))));
        append(&mut *file.open(), &records(1)).unwrap();
    }
}

#[test]
fn a_path_that_cannot_be_opened_is_told_in_a_sentence() {
    let folder = Folder::new("sqlite-paths");
    let file = |path: &Path| Sqlite::open(path).unwrap_err();
    lasting(file(&folder.join("没有/账簿.db")), "请先建立文件夹");
    lasting(file(folder.path()), "是文件夹");
    fs::write(folder.join("文件"), "x").unwrap();
    lasting(file(&folder.join("文件/账簿.db")), "不是文件夹");
    lasting(file(Path::new("")), "路径");
    if cfg!(target_os = "linux") {
        lasting(file(Path::new("/proc/账簿.db")), "权限");
    }
    lasting(Sqlite::open_existing(folder.join("没有.db")).unwrap_err(), "不存在");
    assert!(!folder.join("没有.db").exists());
    fs::write(folder.join("空.db"), "").unwrap();
    lasting(Sqlite::open_existing(folder.join("空.db")).unwrap_err(), "空文件");
    drop(Sqlite::open(folder.join("空.db")).unwrap());
}

#[test]
fn names_that_sqlite_takes_for_something_else_are_files() {
    let folder = Folder::new("sqlite-names");
    for name in [":memory:", "file:a?mode=memory", "a%20b", " 名 "] {
        let path = folder.join(name);
        append(&mut Sqlite::open(&path).unwrap(), &records(2)).unwrap();
        assert_eq!(all(&mut Sqlite::open_existing(&path).unwrap()), records(2), "{name}");
    }
}

#[test]
fn what_is_opened_to_be_read_is_not_written() {
    let file = File { folder: Folder::new("sqlite-read") };
    append(&mut *file.open(), &records(3)).unwrap();
    let mut reader = Sqlite::open_existing(file.path()).unwrap();
    assert_eq!(all(&mut reader), records(3));
    lasting(reader.turn().err().unwrap(), "只读");
    // It sees what others append meanwhile.
    append(&mut *file.open(), &[record(4)]).unwrap();
    assert_eq!(all(&mut reader), records(4));
}

#[test]
fn damage_is_found() {
    let file = File { folder: Folder::new("sqlite-damage") };
    let path = file.path();
    append(&mut *file.open(), &records(5000)).unwrap();
    let sound = fs::read(&path).unwrap();
    let damages: [fn(&mut Vec<u8>); 4] = [
        |bytes| bytes[..100].fill(0x7f),
        |bytes| {
            let middle = bytes.len() / 2 / 4096 * 4096;
            bytes[middle..middle + 4096].fill(0);
        },
        |bytes| bytes.truncate(bytes.len() / 2),
        |bytes| *bytes = "不是账簿，是一段文字。".repeat(50).into_bytes(),
    ];
    for damage in damages {
        let mut bytes = sound.clone();
        damage(&mut bytes);
        fs::write(&path, &bytes).unwrap();
        let found = Sqlite::open(&path).and_then(|store| store.check());
        damaged(found.unwrap_err());
        let read = Sqlite::open_existing(&path).and_then(|mut store| store.after(0, usize::MAX));
        damaged(read.unwrap_err());
    }
    fs::write(&path, &sound).unwrap();
    assert_eq!(Sqlite::open(&path).unwrap().check(), Ok(5000));
}

#[cfg(unix)]
#[test]
fn a_file_that_was_moved_or_replaced_takes_no_more_records() {
    let file = File { folder: Folder::new("sqlite-moved") };
    let (path, away) = (file.path(), file.folder.join("别处.db"));
    let mut store = Sqlite::open(&path).unwrap();
    append(&mut store, &records(1)).unwrap();
    let mut turn = store.turn().unwrap();
    turn.append(&[record(2)]).unwrap();
    fs::rename(&path, &away).unwrap();
    lasting(turn.commit().unwrap_err(), "移走");
    lasting(store.turn().err().unwrap(), "移走");
    fs::copy(&away, &path).unwrap();
    lasting(store.turn().err().unwrap(), "替换");
    fs::rename(&away, &path).unwrap();
    append(&mut store, &[record(2)]).unwrap();
}

#[test]
fn a_log_without_its_file_is_not_thrown_away() {
    let file = File { folder: Folder::new("sqlite-log") };
    let (path, log) = (file.path(), file.folder.join("账簿.db-wal"));
    let mut store = file.open();
    append(&mut *store, &records(1)).unwrap();
    let kept = fs::read(&log).unwrap();
    drop(store);
    fs::remove_file(&path).unwrap();
    fs::write(&log, &kept).unwrap();
    damaged(Sqlite::open(&path).unwrap_err());
    assert!(fs::read(&log).unwrap() == kept && !path.exists());
}

#[test]
fn a_backup_is_the_books_of_one_moment() {
    let file = File { folder: Folder::new("sqlite-backup") };
    let mut store = Sqlite::open(file.path()).unwrap();
    append(&mut store, &records(300)).unwrap();
    let copy = file.folder.join("备份.db");
    // Others may be amid a turn.
    let mut other = file.open();
    let mut turn = other.turn().unwrap();
    turn.append(&[record(301)]).unwrap();
    assert_eq!(store.backup(&copy), Ok(300));
    turn.commit().unwrap();
    assert_eq!(all(&mut Sqlite::open_existing(&copy).unwrap()), records(300));
    lasting(store.backup(&copy).unwrap_err(), "已经存在");
    lasting(store.backup(file.folder.join("没有/备份.db")).unwrap_err(), "请先建立文件夹");
    let reader = Sqlite::open_existing(file.path()).unwrap();
    assert_eq!(reader.backup(file.folder.join("另一份.db")), Ok(301));
    // Opened, a copy is books like any other.
    append(&mut Sqlite::open(&copy).unwrap(), &[record(301)]).unwrap();
    let names = fs::read_dir(file.folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = names.filter(|name| name.contains("unfinished")).collect();
    assert!(left.is_empty(), "{left:?}");
}
