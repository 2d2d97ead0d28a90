//! The cases. Each begins in a place of its own in which nothing was ever written.

use super::{Place, all, append, record, written};
use mingzhang_books::store::{Fault, Record, Store};
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

type Case = (&'static str, fn(&dyn Place));

const CASES: [Case; 18] = [
    ("a new store is empty", empty),
    ("records come back as they were written, in order", order),
    ("reading goes page by page", pages),
    ("a turn appends more than once", appends),
    ("a turn without records changes nothing", idle_turn),
    ("a dropped turn leaves nothing", dropped_turn),
    ("a commit is seen by other handles", seen_by_others),
    ("wrong numbers are refused as damage", wrong_numbers),
    ("a spoiled turn cannot be committed", spoiled_turn),
    ("a body that is none is refused", no_body),
    ("a reader sees only what is committed", reader_during_turn),
    ("a turn sees what was kept before it, and not its own", own_records),
    ("a second turn waits for the first", second_turn_waits),
    ("any text comes back as it was", texts),
    ("records are there after reopening", reopening),
    ("many records in one turn", many_records),
    ("the longest body among short ones", longest_body),
    ("64 writers lose nothing and double nothing", writers),
];

/// Runs every case, each in a fresh place. Panics at the first promise that is not kept.
pub fn conforms(fresh: &dyn Fn() -> Box<dyn Place>) {
    for (what, case) in CASES {
        eprintln!("case: {what}");
        case(&*fresh());
    }
}

/// The numbers of no record.
const NONE: RangeInclusive<u64> = RangeInclusive::new(1, 0);

fn records(numbers: RangeInclusive<u64>) -> Vec<Record> {
    numbers.map(record).collect()
}

fn empty(place: &dyn Place) {
    let mut store = place.open();
    assert_eq!(store.after(0, 10), Ok(vec![]));
    assert_eq!(store.after(7, 10), Ok(vec![]));
    assert_eq!(store.turn().unwrap().after(0, 10), Ok(vec![]));
}

fn order(place: &dyn Place) {
    let mut store = place.open();
    append(&mut *store, &records(1..=3)).unwrap();
    append(&mut *store, &records(4..=12)).unwrap();
    assert_eq!(store.after(0, 100), Ok(records(1..=12)));
    assert_eq!(store.turn().unwrap().after(0, 100), Ok(records(1..=12)));
}

fn pages(place: &dyn Place) {
    let mut store = place.open();
    append(&mut *store, &records(1..=25)).unwrap();
    let expected = [
        ((0, 10), 1..=10),
        ((10, 10), 11..=20),
        ((20, 10), 21..=25),
        ((24, 1), 25..=25),
        ((3, usize::MAX), 4..=25),
        ((25, 10), NONE),
        ((26, 10), NONE),
        ((u64::MAX, 10), NONE),
        ((0, 0), NONE),
    ];
    for ((after, limit), numbers) in expected.clone() {
        assert_eq!(store.after(after, limit), Ok(records(numbers)), "after {after}, limit {limit}");
    }
    let mut turn = store.turn().unwrap();
    for ((after, limit), numbers) in expected {
        assert_eq!(turn.after(after, limit), Ok(records(numbers)), "in a turn, after {after}, limit {limit}");
    }
}

fn appends(place: &dyn Place) {
    let mut store = place.open();
    let mut turn = store.turn().unwrap();
    turn.append(&records(1..=2)).unwrap();
    turn.append(&[]).unwrap();
    turn.append(&records(3..=5)).unwrap();
    turn.commit().unwrap();
    assert_eq!(all(&mut *store), records(1..=5));
}

fn idle_turn(place: &dyn Place) {
    let mut store = place.open();
    append(&mut *store, &records(1..=2)).unwrap();
    store.turn().unwrap().commit().unwrap();
    append(&mut *store, &[]).unwrap();
    assert_eq!(all(&mut *store), records(1..=2));
}

fn dropped_turn(place: &dyn Place) {
    let (mut store, mut other) = (place.open(), place.open());
    append(&mut *store, &records(1..=2)).unwrap();
    let mut turn = store.turn().unwrap();
    turn.append(&records(3..=9)).unwrap();
    drop(turn);
    assert_eq!(all(&mut *store), records(1..=2));
    assert_eq!(all(&mut *other), records(1..=2));
    // The pen was put down too, and the numbers are free again.
    append(&mut *other, &[written(3, "另一笔")]).unwrap();
    assert_eq!(all(&mut *store)[2], written(3, "另一笔"));
}

fn seen_by_others(place: &dyn Place) {
    let (mut store, mut other) = (place.open(), place.open());
    assert_eq!(other.after(0, 10), Ok(vec![]));
    append(&mut *store, &records(1..=1)).unwrap();
    assert_eq!(other.after(0, 10), Ok(records(1..=1)));
    append(&mut *other, &records(2..=2)).unwrap();
    assert_eq!(store.after(0, 10), Ok(records(1..=2)));
    append(&mut *store, &records(3..=3)).unwrap();
    assert_eq!(place.open().after(0, 10), Ok(records(1..=3)));
}

fn wrong_numbers(place: &dyn Place) {
    let mut store = place.open();
    let refused = |store: &mut dyn Store, numbers: &[u64]| {
        let bad: Vec<Record> = numbers.iter().map(|number| record(*number)).collect();
        let kept = all(store);
        let fault = append(store, &bad).unwrap_err();
        assert!(matches!(&fault, Fault::Damaged(why) if !why.is_empty()), "{numbers:?}: {fault:?}");
        assert_eq!(all(store), kept, "{numbers:?}");
    };
    refused(&mut *store, &[0]);
    refused(&mut *store, &[2]);
    append(&mut *store, &records(1..=3)).unwrap();
    for bad in [&[3][..], &[1], &[0], &[5], &[u64::MAX], &[4, 6], &[4, 4], &[5, 4], &[4, 5, 5], &[4, 3]] {
        refused(&mut *store, bad);
    }
    let mut turn = store.turn().unwrap();
    turn.append(&records(4..=5)).unwrap();
    assert!(matches!(turn.append(&records(4..=4)), Err(Fault::Damaged(_))), "a number of this same turn");
}

fn spoiled_turn(place: &dyn Place) {
    let mut store = place.open();
    append(&mut *store, &records(1..=1)).unwrap();
    let mut turn = store.turn().unwrap();
    turn.append(&records(2..=3)).unwrap();
    turn.append(&records(9..=9)).unwrap_err();
    turn.append(&records(4..=4)).expect_err("a spoiled turn takes no more");
    turn.commit().expect_err("a spoiled turn was committed");
    assert_eq!(all(&mut *store), records(1..=1));
    append(&mut *store, &records(2..=2)).unwrap();
    assert_eq!(all(&mut *store), records(1..=2));
}

fn no_body(place: &dyn Place) {
    let mut store = place.open();
    for body in ["{\"摘要\":\"a\0b\"}".to_owned(), "x".repeat(Record::MAX_BODY + 1)] {
        let fault = append(&mut *store, &[written(1, &body)]).unwrap_err();
        assert!(matches!(fault, Fault::Lasting(_)), "{fault:?}");
        assert_eq!(all(&mut *store), []);
    }
}

fn reader_during_turn(place: &dyn Place) {
    let (mut store, mut reader) = (place.open(), place.open());
    append(&mut *store, &records(1..=2)).unwrap();
    let mut turn = store.turn().unwrap();
    assert_eq!(reader.after(0, 10), Ok(records(1..=2)), "a reader does not wait for the turn");
    turn.append(&records(3..=4)).unwrap();
    assert_eq!(reader.after(0, 10), Ok(records(1..=2)));
    assert_eq!(place.open().after(0, 10), Ok(records(1..=2)), "opening does not wait for the turn");
    turn.commit().unwrap();
    assert_eq!(reader.after(0, 10), Ok(records(1..=4)));
}

fn own_records(place: &dyn Place) {
    let mut store = place.open();
    append(&mut *store, &records(1..=2)).unwrap();
    let mut turn = store.turn().unwrap();
    turn.append(&records(3..=4)).unwrap();
    assert_eq!(turn.after(0, 10), Ok(records(1..=2)));
    assert_eq!(turn.after(2, 10), Ok(vec![]));
    turn.commit().unwrap();
}

/// The one that waited must decide against what the first has committed, not against what there was
/// when it began to wait.
fn second_turn_waits(place: &dyn Place) {
    let (mut first, mut second) = (place.open(), place.open());
    append(&mut *first, &records(1..=1)).unwrap();
    assert_eq!(second.after(0, 10), Ok(records(1..=1)));
    let ended = AtomicBool::new(false);
    let (begins, begun) = mpsc::channel();
    thread::scope(|scope| {
        let mut turn = first.turn().unwrap();
        let ended = &ended;
        scope.spawn(move || {
            begins.send(()).unwrap();
            let mut turn = second.turn().unwrap();
            assert!(ended.load(Ordering::SeqCst), "two turns at once");
            assert_eq!(turn.after(0, 10), Ok(records(1..=2)));
            turn.append(&records(3..=3)).unwrap();
            turn.commit().unwrap();
        });
        begun.recv().unwrap();
        thread::sleep(Duration::from_millis(150));
        turn.append(&records(2..=2)).unwrap();
        ended.store(true, Ordering::SeqCst);
        turn.commit().unwrap();
    });
    assert_eq!(all(&mut *first), records(1..=3));
}

fn texts(place: &dyn Place) {
    let long = "经费支出明细𠮷".repeat(50_000);
    assert!(long.len() > 1 << 20);
    let bodies = [
        "",
        " ",
        "{}",
        "“三公”经费：因公出国（境）费",
        "O'Brien said \"no\"; DROP TABLE entries; --",
        "back\\slash \\N \\. \\x41 \\u0000 tab\t line\n return\r ends",
        "$1 ? ?1 :a @b %s {0} NULL 0x00 1e5",
        "\u{1}\u{7f}\u{feff}\u{2028}\u{10ffff}\u{e000}👨‍👩‍👧 é e\u{301}",
        &long,
    ];
    let written: Vec<Record> = (1..).zip(bodies).map(|(number, body)| written(number, body)).collect();
    let mut store = place.open();
    append(&mut *store, &written).unwrap();
    assert!(all(&mut *place.open()) == written, "a text came back changed");
    assert!(store.turn().unwrap().after(0, 100) == Ok(written), "a text came back changed in a turn");
}

fn reopening(place: &dyn Place) {
    for n in 0..5 {
        let mut store = place.open();
        assert_eq!(all(&mut *store), records(1..=n * 2));
        append(&mut *store, &records(n * 2 + 1..=n * 2 + 2)).unwrap();
        let mut turn = store.turn().unwrap();
        turn.append(&records(n * 2 + 3..=n * 2 + 3)).unwrap();
    }
}

fn many_records(place: &dyn Place) {
    let mut store = place.open();
    let written = records(1..=10_001);
    append(&mut *store, &written).unwrap();
    assert!(store.after(0, usize::MAX) == Ok(written), "of many records some came back changed");
}

fn longest_body(place: &dyn Place) {
    let mut longest = "账".repeat(Record::MAX_BODY / 3);
    longest.push_str(&"x".repeat(Record::MAX_BODY - longest.len()));
    let all = [record(1), record(2), written(3, &longest), record(4), written(5, &longest[..9 << 20]), record(6)];
    let mut store = place.open();
    append(&mut *store, &all).unwrap();
    for record in all {
        assert!(store.after(record.number - 1, 1) == Ok(vec![record]), "a body came back changed");
    }
}

fn writers(place: &dyn Place) {
    const WRITERS: u64 = 64;
    const TURNS: u64 = 6;
    let body = |writer, turn| format!("{{\"写者\":{writer},\"次\":{turn}}}");
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                let mut store = place.open();
                let mut known = 0;
                for nth in 0..TURNS {
                    let mut turn = store.turn().unwrap();
                    known += turn.after(known, usize::MAX).unwrap().len() as u64;
                    turn.append(&[written(known + 1, &body(writer, nth))]).unwrap();
                    // Every third turn is given up once, and nobody may notice.
                    if nth % 3 == 1 {
                        drop(turn);
                        turn = store.turn().unwrap();
                        known += turn.after(known, usize::MAX).unwrap().len() as u64;
                        turn.append(&[written(known + 1, &body(writer, nth))]).unwrap();
                    }
                    turn.commit().unwrap();
                }
            });
        }
    });
    let kept = all(&mut *place.open());
    let numbers: Vec<u64> = kept.iter().map(|record| record.number).collect();
    assert_eq!(numbers, (1..=WRITERS * TURNS).collect::<Vec<_>>());
    for writer in 0..WRITERS {
        let own: Vec<&str> = kept.iter().map(|record| record.body.as_str()).collect();
        let at = (0..TURNS).map(|nth| own.iter().position(|other| *other == body(writer, nth)));
        let at: Vec<usize> = at.map(|at| at.expect("a record was lost")).collect();
        assert!(at.is_sorted(), "the turns of writer {writer} are out of order: {at:?}");
    }
}
