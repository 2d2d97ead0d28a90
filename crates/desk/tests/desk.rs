//! The desk as a server uses it: what is recorded is there again after opening, and what makes no sense is refused.

use std::collections::BTreeSet;
use std::sync::RwLock;

use mingzhang_books::names::{Person, UnitCode};
use mingzhang_books::store::{Memory, Store};
use mingzhang_desk::Refused;
use mingzhang_desk::entry::{About, Checkup, Event, Grant, Mark, Outcome, Proposal, Settled, Told, Upload};
use mingzhang_desk::journal::{Failure, Hand, Journal};
use mingzhang_desk::state::Desk;

/// A desk in memory, and its journal.
struct Kept {
    journal: Journal<Memory>,
    desk: RwLock<Desk>,
}

impl Kept {
    fn new() -> Kept {
        let (journal, desk) = Journal::open(Memory::default()).unwrap();
        Kept { journal, desk }
    }

    fn record(
        &mut self,
        by: &str,
        decide: impl FnOnce(&Desk) -> Result<Vec<Event>, Refused>,
    ) -> Result<Vec<Event>, Failure> {
        let hand = Hand { by: Some(person(by)), at: 1_000, from: "192.0.2.1".into() };
        self.journal.record(&hand, &self.desk, decide)
    }

    fn desk(&self) -> std::sync::RwLockReadGuard<'_, Desk> {
        self.desk.read().unwrap()
    }
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

fn upload(name: &str) -> Upload {
    Upload { name: name.into(), sha256: "ab".repeat(32), size: 3, corrects: None }
}

fn checked(fingerprints: &[&str]) -> Outcome {
    let told = |fingerprint: &&str| Told {
        rule: "TA001".into(),
        severity: "error".into(),
        fingerprint: (*fingerprint).into(),
        message: "不符".into(),
        place: "第 1 页".into(),
        page: Some(1),
        suggested: None,
    };
    Outcome::Checked(Checkup { told: fingerprints.iter().map(told).collect(), ..Checkup::default() })
}

fn is_refused<T: std::fmt::Debug>(result: &Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::Refused(_)))
}

#[test]
fn what_was_recorded_is_there_again_and_the_chain_is_verified() {
    let mut kept = Kept::new();
    kept.record("甲", |desk| desk.open_account(person("甲"), "hash".into(), BTreeSet::from([Grant::Inspector])))
        .unwrap();
    kept.record("甲", |desk| desk.open_batch("批次", None, vec![upload("a.pdf"), upload("b.pdf")])).unwrap();
    kept.record("甲", |desk| desk.check_file(1, checked(&["TA001:x"]))).unwrap();
    kept.record("甲", |desk| desk.mark(1, "TA001:x", Some(Mark::Confirmed), "")).unwrap();
    kept.record("甲", |desk| desk.release(&"ab".repeat(32), About { body: Some("某局".into()), ..About::default() }))
        .unwrap();
    let records = kept.journal.store().after(0, 100).unwrap();
    assert_eq!(records.len(), 5);

    let mut copy = Memory::default();
    let mut turn = copy.turn().unwrap();
    turn.append(&records).unwrap();
    turn.commit().unwrap();
    let (_, again) = Journal::open(copy).unwrap();
    let (again, before) = (again.read().unwrap(), kept.desk());
    assert_eq!(format!("{again:?}"), format!("{before:?}"));
    assert_eq!(again.waiting().map(|file| file.id).collect::<Vec<_>>(), [2]);
    assert!(again.is_open(&"ab".repeat(32)));

    let mut altered = records.clone();
    altered[1].body = altered[1].body.replace("a.pdf", "x.pdf");
    let mut copy = Memory::default();
    let mut turn = copy.turn().unwrap();
    turn.append(&altered).unwrap();
    turn.commit().unwrap();
    assert!(matches!(Journal::open(copy), Err(Failure::Broken(_))), "an altered entry is noticed");
}

#[test]
fn two_servers_on_one_journal_see_each_other() {
    let place = Memory::default();
    let (mut first, one) = Journal::open(place.clone()).unwrap();
    let (mut second, two) = Journal::open(place).unwrap();
    let hand = Hand { by: Some(person("甲")), at: 1, from: String::new() };
    first.record(&hand, &one, |desk| desk.open_batch("一", None, vec![upload("a")])).unwrap();
    second.record(&hand, &two, |desk| desk.open_batch("二", None, vec![upload("b")])).unwrap();
    first.refresh(&one).unwrap();
    for desk in [&one, &two] {
        let desk = desk.read().unwrap();
        assert_eq!(desk.batches().map(|batch| batch.name.as_str()).collect::<Vec<_>>(), ["一", "二"]);
        assert_eq!(desk.waiting().count(), 2);
    }
}

#[test]
fn what_came_of_a_file_is_written_once() {
    let mut kept = Kept::new();
    kept.record("甲", |desk| desk.open_batch("批次", None, vec![upload("a.pdf")])).unwrap();
    assert_eq!(kept.record("甲", |desk| desk.check_file(1, checked(&["TA001:x"]))).unwrap().len(), 1);
    assert_eq!(kept.record("乙", |desk| desk.check_file(1, Outcome::Unreadable("坏".into()))).unwrap().len(), 0);
    assert!(matches!(kept.desk().file(1).unwrap().outcome, Some(Outcome::Checked(_))));
    assert!(is_refused(&kept.record("甲", |desk| desk.check_file(9, checked(&[])))));
}

#[test]
fn a_corrected_version_stands_on_the_newest() {
    let mut kept = Kept::new();
    kept.record("甲", |desk| desk.open_batch("批次", None, vec![upload("a.pdf")])).unwrap();
    let corrects = |file: u64| vec![Upload { corrects: Some(file), ..upload("a2.pdf") }];
    kept.record("甲", |desk| desk.extend_batch(1, corrects(1))).unwrap();
    assert!(is_refused(&kept.record("甲", |desk| desk.extend_batch(1, corrects(1)))), "an old version");
    kept.record("甲", |desk| desk.extend_batch(1, corrects(2))).unwrap();
    let desk = kept.desk();
    assert_eq!(desk.newest(desk.file(1).unwrap()).id, 3);
    drop(desk);
    kept.record("甲", |desk| desk.open_batch("另一批", None, vec![upload("b.pdf")])).unwrap();
    assert!(is_refused(&kept.record("甲", |desk| desk.extend_batch(1, corrects(4)))), "of another batch");
    assert!(is_refused(&kept.record("甲", |desk| desk.open_batch(" ", None, vec![upload("b.pdf")]))), "no name");
    assert!(is_refused(&kept.record("甲", |desk| desk.open_batch("空", None, Vec::new()))), "no file");
}

#[test]
fn to_dismiss_needs_a_finding_and_a_reason() {
    let mut kept = Kept::new();
    kept.record("甲", |desk| desk.open_batch("批次", None, vec![upload("a.pdf")])).unwrap();
    assert!(is_refused(&kept.record("甲", |desk| desk.mark(1, "TA001:x", Some(Mark::Fixed), ""))), "not checked yet");
    kept.record("甲", |desk| desk.check_file(1, checked(&["TA001:x"]))).unwrap();
    assert!(is_refused(&kept.record("甲", |desk| desk.mark(1, "TA001:x", Some(Mark::Dismissed), "  "))));
    assert!(is_refused(&kept.record("甲", |desk| desk.mark(1, "TA001:y", Some(Mark::Fixed), ""))));
    kept.record("甲", |desk| desk.mark(1, "TA001:x", Some(Mark::Dismissed), "口径不同")).unwrap();
    assert_eq!(kept.desk().file(1).unwrap().marks["TA001:x"].reason, "口径不同");
    kept.record("甲", |desk| desk.mark(1, "TA001:x", None, "")).unwrap();
    assert!(kept.desk().file(1).unwrap().marks.is_empty());
}

#[test]
fn a_link_sets_a_password_once_and_a_newer_one_takes_its_place() {
    let mut kept = Kept::new();
    let admin = || BTreeSet::from([Grant::Administrator]);
    kept.record("甲", |desk| desk.invite("link-1".into(), person("新"), admin(), 2_000)).unwrap();
    kept.record("甲", |desk| desk.invite("link-2".into(), person("新"), admin(), 2_000)).unwrap();
    assert!(is_refused(&kept.record("新", |desk| desk.enter("link-1".into(), "hash".into(), 1_500))), "replaced");
    assert!(is_refused(&kept.record("新", |desk| desk.enter("link-2".into(), "hash".into(), 2_000))), "over");
    kept.record("新", |desk| desk.enter("link-2".into(), "hash".into(), 1_999)).unwrap();
    assert!(is_refused(&kept.record("新", |desk| desk.enter("link-2".into(), "other".into(), 1_999))), "used up");
    assert_eq!(kept.desk().account(&person("新")).unwrap().grants, admin());
    // The last administrator stays one.
    assert!(is_refused(&kept.record("新", |desk| desk.close_account(person("新")))));
    assert!(is_refused(&kept.record("新", |desk| desk.grant(person("新"), BTreeSet::new()))));
    kept.record("新", |desk| desk.open_account(person("二"), "hash".into(), admin())).unwrap();
    // A new password ends the sessions, a closed account the tokens too.
    kept.record("新", |desk| desk.sign_in(person("新"), "session".into(), 9_000)).unwrap();
    kept.record("新", |desk| desk.issue_token(person("新"), "夜间", "secret".into(), 9_000)).unwrap();
    assert!(kept.desk().session("session", 1_000).is_some() && kept.desk().session("session", 9_000).is_none());
    kept.record("新", |desk| desk.change_password(person("新"), "newer".into())).unwrap();
    assert!(kept.desk().session("session", 1_000).is_none() && kept.desk().token("secret", 1_000).is_some());
    // A new link is for who lost the password, or lost it to another: tokens end with it.
    kept.record("二", |desk| desk.invite("link-3".into(), person("新"), admin(), 2_000)).unwrap();
    kept.record("新", |desk| desk.enter("link-3".into(), "newest".into(), 1_500)).unwrap();
    assert!(kept.desk().token("secret", 1_000).is_none());
    kept.record("二", |desk| desk.close_account(person("新"))).unwrap();
    assert!(kept.desk().token("secret", 1_000).is_none() && kept.desk().account(&person("新")).is_none());
    assert!(is_refused(&kept.record("新", |desk| desk.sign_in(person("新"), "s".into(), 9_000))), "closed");
}

#[test]
fn nobody_signs_twice_and_what_is_settled_stays_so() {
    let mut kept = Kept::new();
    let what = Proposal {
        unit: UnitCode::new("101").unwrap(),
        year: 2024,
        table: "payments".into(),
        header: vec!["金额".into()],
        rows: vec![vec!["1".into()]],
    };
    kept.record("甲", |desk| desk.propose(what, "handled")).unwrap();
    assert!(is_refused(&kept.record("甲", |desk| desk.sign(1, &person("甲"), "reviewed"))), "signs twice");
    kept.record("乙", |desk| desk.sign(1, &person("乙"), "reviewed")).unwrap();
    assert!(is_refused(&kept.record("丙", |desk| desk.sign(1, &person("丙"), "reviewed"))), "the column is signed");
    assert!(is_refused(&kept.record("乙", |desk| desk.withdraw(1, &person("乙")))), "not the proposer");
    assert!(is_refused(&kept.record("乙", |desk| desk.send_back(1, " "))), "no reason");
    kept.record("乙", |desk| desk.posted(1, 7, 9)).unwrap();
    assert!(is_refused(&kept.record("甲", |desk| desk.withdraw(1, &person("甲")))), "settled");
    let desk = kept.desk();
    let pending = desk.proposal(1).unwrap();
    assert_eq!(pending.signed, [("handled".to_owned(), person("甲")), ("reviewed".to_owned(), person("乙"))]);
    assert!(matches!(pending.settled, Some((Settled::Posted(7, 9), ..))));
}

#[test]
fn a_share_leads_to_its_batch_until_it_ends() {
    let mut kept = Kept::new();
    kept.record("甲", |desk| desk.open_batch("批次", None, vec![upload("a.pdf")])).unwrap();
    kept.record("甲", |desk| desk.share(1, "hash".into(), 2_000)).unwrap();
    assert_eq!(kept.desk().shared("hash", 1_999).map(|batch| batch.id), Some(1));
    assert!(kept.desk().shared("hash", 2_000).is_none() && kept.desk().shared("other", 1_000).is_none());
    kept.record("甲", |desk| desk.unshare(1)).unwrap();
    assert!(kept.desk().shared("hash", 1_000).is_none());
    assert!(kept.record("甲", |desk| desk.unshare(1)).unwrap().is_empty(), "twice is nothing");
    assert!(is_refused(&kept.record("甲", |desk| desk.share(5, "hash".into(), 2_000))));
}
