//! A writer that is killed at any moment. What it was told is kept must be there, and nothing between.
//!
//! The writer is the test program itself, started again: it appends for ever, one record a turn, and
//! prints the number of each after its commit. A line that was printed is an acknowledgement that
//! somebody has seen.

use super::{Place, append, written};
use mingzhang_books::store::{Record, Store};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Tells the test program that it is the writer, and where it is to write.
pub const WRITES_TO: &str = "MINGZHANG_TEST_WRITES_TO";

/// What a writer prints before the number of what it was told is kept.
pub(super) const MARK: &str = "acknowledged ";

/// The record that the writer appends. Their lengths differ, so that kills meet writes of one page and
/// of many.
fn entry(number: u64) -> Record {
    let length = if number.is_multiple_of(7) { 60_000 } else { number as usize * 37 % 900 };
    written(number, &format!("{{\"号\":{number},\"文\":\"{}\"}}", "账".repeat(length / 3)))
}

/// The writer: appends until it is killed.
pub fn write_for_ever(store: &mut dyn Store) -> ! {
    let mut last = 0;
    loop {
        let page = store.after(last, 1000).unwrap();
        last += page.len() as u64;
        if page.len() < 1000 {
            break;
        }
    }
    loop {
        last += 1;
        append(store, &[entry(last)]).unwrap();
        // One write each, past the harness, which would keep what is printed.
        let line = format!("{MARK}{last}\n");
        std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
    }
}

/// Starts a writer and kills it, `times` times, and looks after each at what is kept. `writer` is the
/// name of a test of this program that is ignored unless asked for and calls [`write_for_ever`]; `to`
/// is what it finds in [`WRITES_TO`].
pub fn survives(times: u32, writer: &str, to: &str, place: &dyn Place) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut acknowledged, mut kept) = (0, 0);
    for nth in 0..times {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", writer, "--ignored", "--nocapture"]).env(WRITES_TO, to);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Every fourth is killed wherever it is, opening perhaps; the others amid their work.
        let wanted = if nth % 4 == 3 { None } else { Some(random.below(60)) };
        acknowledged = run_and_kill(child, wanted, &mut random).max(acknowledged);
        // What was kept and not acknowledged is at most the one record of one turn.
        let most = acknowledged.max(kept) + 1;
        kept = check(place, acknowledged);
        eprintln!("kill {nth}: acknowledged {acknowledged}, kept {kept}");
        assert!(kept <= most, "more is kept than was written");
    }
    assert!(acknowledged >= u64::from(times), "the writers hardly wrote: {acknowledged}");
}

/// Lets the writer run until it has acknowledged so many records, or for a while, and then a random
/// moment longer. The last number that it acknowledged.
pub(super) fn run_and_kill(mut child: Child, wanted: Option<u64>, random: &mut Random) -> u64 {
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut last = 0;
    match wanted {
        Some(wanted) => {
            for _ in 0..wanted {
                last = next(&mut lines).expect("the writer ended by itself");
            }
            sleep(Duration::from_micros(random.below(4000)));
        }
        None => sleep(Duration::from_millis(random.below(120))),
    }
    child.kill().unwrap();
    child.wait().unwrap();
    while let Some(number) = next(&mut lines) {
        last = number;
    }
    last
}

/// The next number that was acknowledged. The harness prints lines too.
fn next(lines: &mut impl BufRead) -> Option<u64> {
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        // Half a line is no acknowledgement, and the harness may leave its own line open before ours.
        if let Some((_, number)) = line.strip_suffix('\n').and_then(|line| line.split_once(MARK)) {
            return Some(number.parse().unwrap());
        }
    }
}

/// Everything up to the acknowledged number is there and is what was written. How many are there.
fn check(place: &dyn Place, acknowledged: u64) -> u64 {
    let mut store = place.open();
    // In a turn: a server may still be at the commit of the one who is dead.
    let mut turn = store.turn().unwrap();
    let kept = turn.after(0, usize::MAX).unwrap();
    assert!(kept.len() as u64 >= acknowledged, "{acknowledged} acknowledged, {} kept", kept.len());
    for (number, record) in (1..).zip(&kept) {
        assert!(*record == entry(number), "record {number} is not what was written");
    }
    kept.len() as u64
}

/// Enough chance for this, and the same in every run: xorshift.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
