//! A ledger on any store: a program that is killed while it posts, and many that post at once.

use super::Place;
use super::kill::{MARK, Random, WRITES_TO, run_and_kill};
use crate::office::{allotment, approved, budget, founding, line, payment, person, unit, yuan};
use mingzhang_books::command::{Command, Request};
use mingzhang_books::ledger::{Failure, Ledger};
use mingzhang_books::names::RequestId;
use mingzhang_books::refusal::Reason;
use mingzhang_books::state::Account;
use mingzhang_books::store::{Fault, Record, Store, Turn};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;
use std::thread;

/// Tells the test program which run of the poster it is.
pub const RUN: &str = "MINGZHANG_TEST_RUN";

/// Any store.
struct Any(Box<dyn Store>);

impl Store for Any {
    fn after(&mut self, after: u64, limit: usize) -> Result<Vec<Record>, Fault> {
        self.0.after(after, limit)
    }

    fn turn(&mut self) -> Result<Box<dyn Turn + '_>, Fault> {
        self.0.turn()
    }
}

fn open(place: &dyn Place) -> Ledger<Any> {
    Ledger::open(Any(place.open())).unwrap()
}

fn request(id: &str, commands: Vec<Command>) -> Request {
    Request { id: RequestId::new(id).unwrap(), by: person("审核"), at: 1_700_000_000, commands }
}

/// A payment of a yuan from the one line, as a request of its own.
fn one_yuan(id: &str) -> Request {
    request(id, vec![Command::Pay(payment(id, &line("2010301", "30201"), 1, "2024-03-01"))])
}

/// Begins books with one line of so many yuan.
fn begin(place: &dyn Place, yuan: i64) {
    let mut ledger = open(place);
    ledger.post(&Request { by: person("管理"), ..request("founding", founding()) }).unwrap();
    ledger.post(&request("budget", budget(&[(&line("2010301", "30201"), yuan)]))).unwrap();
}

fn account<S: Store>(ledger: &Ledger<S>) -> Account {
    ledger.books().year(&unit("101"), 2024).unwrap().account(&line("2010301", "30201")).unwrap().clone()
}

/// The poster: posts payments until it is killed, and prints the number of each that is acknowledged.
pub fn post_for_ever(store: Box<dyn Store>) -> ! {
    let run = std::env::var(RUN).unwrap();
    let mut ledger = Ledger::open(Any(store)).unwrap();
    for number in 1_u64.. {
        ledger.post(&one_yuan(&format!("k{run}-{number}"))).unwrap();
        let line = format!("{MARK}{number}\n");
        std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
    }
    unreachable!("numbers do not end")
}

/// Starts a poster and kills it: 25 times, or as often as `MINGZHANG_KILLS` says. After each kill every
/// payment that was acknowledged is there once, the chain verifies, and the one that was not
/// acknowledged can be sent again and is paid once. `poster` is the name of a test of this program that
/// is ignored unless asked for and calls [`post_for_ever`]; `to` is what it finds in [`WRITES_TO`].
pub fn posting_survives(poster: &str, to: &str, place: &dyn Place) {
    let times: u64 = std::env::var("MINGZHANG_KILLS").map_or(25, |times| times.parse().unwrap());
    begin(place, 1_000_000);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    let mut found_kept = 0;
    for nth in 0..times {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", poster, "--ignored", "--nocapture"]).env(WRITES_TO, to).env(RUN, nth.to_string());
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let wanted = if nth % 4 == 3 { None } else { Some(random.below(40)) };
        let last = run_and_kill(child, wanted, &mut random);
        acknowledged.extend((1..=last).map(|number| format!("k{nth}-{number}")));
        let mut ledger = open(place);
        // A server may still be at the commit of the one who is dead: a turn waits for it.
        drop(ledger.store().turn().unwrap());
        ledger.refresh().unwrap();
        let before = ledger.books().count();
        let again = one_yuan(&format!("k{nth}-{}", last + 1));
        let kept = ledger.books().done(&again.id).is_some();
        found_kept += u64::from(kept);
        let done = ledger.post(&again).unwrap();
        assert_eq!(ledger.books().count(), before + u64::from(!kept), "kill {nth}");
        assert_eq!(open(place).post(&again), Ok(done));
        acknowledged.insert(again.id.as_str().to_owned());
        each_once(&ledger, &acknowledged);
    }
    let mut requests: BTreeMap<RequestId, u64> = BTreeMap::new();
    let mut ledger = open(place);
    ledger.replay(|_, entry| *requests.entry(entry.request).or_default() += 1).unwrap();
    let paid: BTreeSet<String> =
        requests.keys().map(|id| id.as_str().to_owned()).filter(|id| id.starts_with('k')).collect();
    assert_eq!(paid, acknowledged);
    assert!(acknowledged.iter().all(|id| requests[&RequestId::new(id).unwrap()] == 1));
    assert!(acknowledged.len() as u64 > times * 3, "the posters hardly posted: {}", acknowledged.len());
    eprintln!("{times} kills, {} payments, {found_kept} kept without an acknowledgement", acknowledged.len());
}

/// Every payment is there as one entry, and nothing else was paid.
fn each_once(ledger: &Ledger<Any>, acknowledged: &BTreeSet<String>) {
    for id in acknowledged {
        let done = ledger.books().done(&RequestId::new(id).unwrap());
        assert!(done.is_some_and(|done| done.first == done.last), "{id}: {done:?}");
    }
    let payments = ledger.books().year(&unit("101"), 2024).unwrap().payments();
    let paid: BTreeSet<String> = payments.map(|(id, _)| id.as_str().to_owned()).collect();
    assert_eq!(paid, *acknowledged);
    assert_eq!(account(ledger).paid, yuan(acknowledged.len() as i64));
}

/// So many programs, each with a handle of its own, pay from one line that has half of what they want.
/// Every yuan is paid and none twice; who is refused is told so, and what was acknowledged is there.
pub fn writers_do_not_overspend(writers: usize, place: &dyn Place) {
    const EACH: usize = 10;
    let budget = writers * EACH / 2;
    begin(place, budget as i64);
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let write = |writer: usize| move || write(place, writer, EACH);
        let threads: Vec<_> = (0..writers).map(|writer| scope.spawn(write(writer))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(acknowledged.len(), budget, "a yuan was lost or spent twice");
    let ledger = open(place);
    each_once(&ledger, &acknowledged.into_iter().collect());
    assert!(account(&ledger).free().is_zero());
    // What is added to the line afterwards is seen by all.
    let mut ledger = ledger;
    let wanted = vec![approved(&line("2010301", "30201"), 1), Command::Allot(allotment(&line("2010301", "30201"), 1))];
    for command in wanted {
        assert!(matches!(ledger.post(&request("late", vec![command])), Err(Failure::Refused { .. })));
    }
}

/// One writer's payments; those that were acknowledged. Each has books that are stale when it posts.
fn write(place: &dyn Place, writer: usize, payments: usize) -> Vec<String> {
    let mut ledger = open(place);
    let mut acknowledged = Vec::new();
    for number in 0..payments {
        let request = one_yuan(&format!("w{writer}-{number}"));
        loop {
            match ledger.post(&request) {
                Ok(_) => acknowledged.push(request.id.as_str().to_owned()),
                Err(Failure::Refused { refusal, .. }) => assert_eq!(refusal.reason, Reason::Short),
                Err(Failure::Store(Fault::Passing(_))) => continue,
                Err(other) => panic!("{other}"),
            }
            break;
        }
    }
    acknowledged
}
