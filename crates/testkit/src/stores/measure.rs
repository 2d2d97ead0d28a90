//! How fast a store is. Prints figures; asserts only that nothing was lost on the way.

use super::{Place, append, record};
use mingzhang_books::store::Record;
use std::time::Instant;

/// Turns of one record each, one turn of 100,000 records, and reading a million.
pub fn measure(what: &str, place: &dyn Place) {
    const TURNS: u64 = 2000;
    const BULK: u64 = 100_000;
    const ALL: u64 = 1_000_000;
    let mut store = place.open();
    let records = |from: u64, to: u64| -> Vec<Record> { (from..=to).map(record).collect() };

    let singles = records(1, TURNS);
    let start = Instant::now();
    singles.chunks(1).for_each(|one| append(&mut *store, one).unwrap());
    let spent = start.elapsed();
    println!("{what}: {TURNS} turns of one record in {spent:.2?}, {} turns/s", TURNS * 1000 / spent.as_millis() as u64);

    let bulk = records(TURNS + 1, TURNS + BULK);
    let start = Instant::now();
    append(&mut *store, &bulk).unwrap();
    println!("{what}: {BULK} records appended in one turn in {:.2?}", start.elapsed());

    let mut last = TURNS + BULK;
    while last < ALL {
        let to = (last + BULK).min(ALL);
        append(&mut *store, &records(last + 1, to)).unwrap();
        last = to;
    }
    let start = Instant::now();
    let mut read = 0;
    while read < ALL {
        read += store.after(read, 10_000).unwrap().len() as u64;
    }
    println!("{what}: {ALL} records read by 10,000 in {:.2?}", start.elapsed());
    let start = Instant::now();
    assert_eq!(store.after(0, usize::MAX).unwrap().len() as u64, ALL);
    println!("{what}: {ALL} records read at once in {:.2?}", start.elapsed());
}
