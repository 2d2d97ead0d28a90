//! The oracle is itself tried: entries that break a law, each in its own way, and books that are not
//! what the entries add up to.

use super::{Law, Oracle};
use crate::office::{
    Office, adjustment, allotment, approval, budget, closing, day, for_project, freeze, line, opening, payment, person,
    receipt, reservation, row_name, unit, yuan,
};
use crate::rows;
use mingzhang_books::command::Command;
use mingzhang_books::entry::{
    Approval, Balance, Budgeted, Change, Disclosed, Entry, Event, Freeze, Hands, Moved, Movement, Payment, Pot,
    Publication, Step, Version,
};
use mingzhang_books::line::Line;
use mingzhang_books::names::{RequestId, RowId};
use mingzhang_books::store::{Memory, Store};
use mingzhang_model::key::Fund;

/// An office with two allotted lines, a payment, a reservation, a contract and money in the pot; and an
/// oracle that has read it all.
fn office() -> (Office<Memory>, Oracle) {
    let mut office = Office::in_memory();
    let (supplies, travel) = lines();
    office.send(budget(&[(&supplies, 1_000), (&travel, 500)])).unwrap();
    let contract = rows::contract("C1", 2024, 5_000);
    office.must(Command::AddRow(unit("101"), row_name("procurement", "C1"), contract));
    office.must(Command::Receive(receipt("i1", &supplies, 900, "2024-03-01")));
    office.must(Command::Pay(payment("p1", &supplies, 600, "2024-03-01")));
    office.must(Command::Reserve(reservation("r1", &supplies, 300, "2024-03-02")));
    let mut oracle = Oracle::default();
    let mut store = office.ledger.store().clone();
    store.after(0, usize::MAX).unwrap().iter().for_each(|record| drop(oracle.read(record).unwrap()));
    oracle.compare_all(office.books()).unwrap();
    (office, oracle)
}

fn lines() -> (Line, Line) {
    (line("2010301", "30201"), line("2010301", "30211"))
}

fn entry(event: Event) -> Entry {
    Entry { request: RequestId::new("wrong").unwrap(), by: person("审核"), at: 1, event }
}

/// The law that an event breaks in the office.
#[track_caller]
fn breaks(event: Event, law: Law) {
    let (_, mut oracle) = office();
    let found = oracle.take(&entry(event)).expect_err("the oracle has not noticed");
    assert_eq!(found.law, law, "{found}");
}

fn paid(change: impl FnOnce(&mut Payment)) -> Event {
    let mut payment = payment("p2", &lines().0, 50, "2024-03-03");
    change(&mut payment);
    Event::Paid(payment)
}

#[test]
fn what_is_right_is_not_a_violation() {
    let (_, mut oracle) = office();
    oracle.take(&entry(paid(|_| {}))).unwrap();
}

#[test]
fn i1_a_line_that_is_overspent_is_noticed() {
    breaks(paid(|payment| payment.amount = yuan(101)), Law::Overspent);
    breaks(Event::Reserved(reservation("r2", &lines().0, 101, "2024-03-03")), Law::Overspent);
    breaks(
        paid(|payment| {
            (payment.amount, payment.reservation) = (yuan(301), Some(reservation("r1", &lines().0, 1, "2024-03-03").id))
        }),
        Law::Overspent,
    );
}

#[test]
fn i2_changes_that_do_not_add_up_are_noticed() {
    let (supplies, travel) = lines();
    let change = |change, moves: &[(&Line, i64)]| Event::Adjusted(adjustment("a", change, moves));
    breaks(change(Change::Reallocation, &[(&supplies, -50), (&travel, 51)]), Law::Change);
    breaks(change(Change::Addition, &[(&supplies, -50)]), Law::Change);
    breaks(change(Change::Reduction, &[(&supplies, -101)]), Law::Overspent);
    breaks(change(Change::Reduction, &[(&line("2010301", "30202"), -1)]), Law::Change);
}

#[test]
fn i3_a_payment_without_a_line_or_an_allotment_is_noticed() {
    breaks(paid(|payment| payment.line = line("2010301", "30202")), Law::Line);
    breaks(Event::Allotted(allotment(&lines().0, 1)), Law::Allotment);
    breaks(Event::Allotted(allotment(&lines().0, -401)), Law::Allotment);
    let (_, mut oracle) = office();
    oracle.take(&entry(Event::Allotted(allotment(&lines().0, -400)))).unwrap();
    assert_eq!(oracle.take(&entry(paid(|_| {}))).unwrap_err().law, Law::Allotment);
}

#[test]
fn i4_a_project_that_is_not_there_and_the_reservation_of_another_purpose_are_noticed() {
    let project = for_project(lines().0, "P1");
    let moves = [(&lines().1, -5), (&project, 5)];
    breaks(Event::Adjusted(adjustment("a", Change::Reallocation, &moves)), Law::Purpose);
    let reserved = |payment: &mut Payment| {
        payment.line = lines().1;
        payment.reservation = Some(reservation("r1", &lines().0, 1, "2024-03-03").id);
    };
    breaks(paid(reserved), Law::Purpose);
}

#[test]
fn i5_money_that_goes_from_one_fund_to_another_is_noticed() {
    let other = Line { fund: Fund::Other, ..lines().0 };
    let moves = [(&lines().0, -5), (&other, 5)];
    breaks(Event::Adjusted(adjustment("a", Change::Reallocation, &moves)), Law::Fund);
    let moved = Moved {
        movement: Movement::SurplusDistributed,
        pot: Pot::of(&lines().0),
        amount: yuan(1),
        on: day("2024-05-01"),
        document: "文".into(),
        approval: approval("负责人"),
    };
    breaks(Event::Moved(moved), Law::Fund);
}

#[test]
fn i6_three_public_that_are_given_more_are_noticed() {
    let receptions = line("2010301", "30217");
    breaks(Event::Adjusted(adjustment("a", Change::Addition, &[(&receptions, 5)])), Law::ThreePublic);
}

#[test]
fn i7_a_payment_without_its_row_is_noticed() {
    breaks(paid(|payment| payment.row = Some(row_name("receptions", "函1"))), Law::Row);
    breaks(paid(|payment| payment.line = line("2010301", "30217")), Law::Row);
}

#[test]
fn i8_a_contract_that_is_overpaid_is_noticed() {
    let under = |payment: &mut Payment| payment.contract = Some(RowId::new("C1").unwrap());
    let (_, mut oracle) = office();
    oracle.take(&entry(paid(under))).unwrap();
    let more = Event::Paid(Payment {
        contract: Some(RowId::new("C1").unwrap()),
        ..payment("p3", &lines().1, 1, "2024-03-03")
    });
    assert_eq!(oracle.take(&entry(more)).unwrap_err().law, Law::Contract);
    let (_, mut oracle) = office();
    oracle.take(&entry(paid(under))).unwrap();
    let less = rows::contract("C1", 2024, 4_999);
    let less = Event::RowCorrected(unit("101"), row_name("procurement", "C1"), less, "误".into());
    assert_eq!(oracle.take(&entry(less)).unwrap_err().law, Law::Contract);
}

#[test]
fn i9_a_frozen_version_that_changes_is_noticed() {
    let change = Budgeted { version: Version::Approved, line: lines().0, amount: yuan(5) };
    breaks(Event::LineBudgeted(change), Law::Frozen);
    breaks(Event::VersionFrozen(freeze("101", 2024, Version::Approved), "0".into()), Law::Frozen);
}

#[test]
fn i10_a_closing_that_is_not_the_next_opening_is_noticed() {
    let (_, mut oracle) = office();
    let released = Event::Released(reservation("r1", &lines().0, 1, "2024-03-03").id, unit("101"), 2024, yuan(300));
    oracle.take(&entry(released)).unwrap();
    let balance = |yuan_left: i64| Balance { pot: Pot::of(&lines().0), amount: yuan(yuan_left), since: 2024 };
    let close = |left: Vec<Balance>| entry(Event::YearClosed(closing("101", 2024), left));
    for wrong in [vec![balance(301)], vec![], vec![Balance { since: 2023, ..balance(300) }]] {
        assert_eq!(oracle.clone().take(&close(wrong)).unwrap_err().law, Law::Carried);
    }
    oracle.take(&close(vec![balance(300)])).unwrap();
    // A year that is closed is closed, and its successor's opening is not typed in.
    assert_eq!(oracle.clone().take(&entry(paid(|_| {}))).unwrap_err().law, Law::Closed);
    let next = Line { year: 2025, ..lines().0 };
    assert_eq!(oracle.take(&entry(Event::BroughtForward(opening(&next, 1)))).unwrap_err().law, Law::Carried);
}

#[test]
fn a_year_that_closes_with_a_hole_or_a_loose_end_is_noticed() {
    let left = Balance { pot: Pot::of(&lines().0), amount: yuan(300), since: 2024 };
    breaks(Event::YearClosed(closing("101", 2024), vec![left]), Law::Stock);
    breaks(
        Event::Released(reservation("r1", &lines().0, 1, "2024-03-03").id, unit("101"), 2024, yuan(301)),
        Law::Stock,
    );
}

#[test]
fn hands_that_are_one_or_have_no_role_are_noticed() {
    breaks(paid(|payment| payment.hands.paid = person("经办")), Law::Hands);
    breaks(paid(|payment| payment.hands = Hands { paid: person("路人"), ..payment.hands.clone() }), Law::Hands);
    let mut alone = adjustment("a", Change::Addition, &[(&lines().0, 1)]);
    alone.approval = Approval { prepared: person("审核"), approved: person("审核") };
    breaks(Event::Adjusted(alone), Law::Hands);
    let wrong = Freeze { approval: approval("出纳"), ..freeze("101", 2024, Version::SecondSubmission) };
    breaks(Event::VersionFrozen(wrong, "0".into()), Law::Hands);
    breaks(Event::Appointed(person("出纳"), unit("101"), mingzhang_books::unit::Role::Head), Law::Hands);
}

#[test]
fn a_disclosure_out_of_turn_is_noticed() {
    let step = |step, by: &str| Disclosed {
        unit: unit("101"),
        year: 2024,
        publication: Publication::Budget,
        edition: 1,
        step,
        by: person(by),
        on: day("2024-02-20"),
        hash: "00".into(),
        remark: String::new(),
        errors: 0,
    };
    breaks(Event::Disclosed(step(Step::Checked, "经办")), Law::Plain);
    let (_, mut oracle) = office();
    oracle.take(&entry(Event::Disclosed(step(Step::Drafted, "审核")))).unwrap();
    oracle.take(&entry(Event::Disclosed(step(Step::Checked, "审核")))).unwrap();
    let other = Disclosed { hash: "01".into(), ..step(Step::Reviewed, "主管") };
    assert_eq!(oracle.clone().take(&entry(Event::Disclosed(other))).unwrap_err().law, Law::Frozen);
    let alone = entry(Event::Disclosed(step(Step::Reviewed, "审核")));
    assert_eq!(oracle.take(&alone).unwrap_err().law, Law::Hands);
}

#[test]
fn what_happens_twice_is_noticed() {
    breaks(paid(|payment| payment.id = mingzhang_books::names::PaymentId::new("p1").unwrap()), Law::Once);
    let (_, mut oracle) = office();
    let again = Entry { request: RequestId::new("r2").unwrap(), ..entry(paid(|_| {})) };
    assert_eq!(oracle.take(&again).unwrap_err().law, Law::Once);
}

#[test]
fn a_chain_that_was_changed_is_noticed() {
    let (mut office, _) = office();
    let records = office.ledger.store().after(0, usize::MAX).unwrap();
    for change in 0..3 {
        let (mut oracle, mut records) = (Oracle::default(), records.clone());
        match change {
            0 => records[5].body = records[5].body.replace("101", "102"),
            1 => drop(records.remove(5)),
            _ => records[5].hash = records[4].hash,
        }
        let found = records.iter().find_map(|record| oracle.read(record).err()).unwrap();
        assert_eq!(found.law, Law::Chain);
    }
}

#[test]
fn books_that_are_not_the_sum_of_the_entries_are_noticed() {
    let later = [
        paid(|_| {}),
        Event::Reserved(reservation("r2", &lines().0, 1, "2024-03-03")),
        Event::Allotted(allotment(&lines().0, -1)),
        Event::Received(receipt("i2", &lines().0, 1, "2024-03-03")),
        Event::Adjusted(adjustment("a", Change::Addition, &[(&lines().0, 1)])),
        Event::RowRemoved(unit("101"), row_name("procurement", "C1"), "误".into()),
        Event::Explained(unit("101"), 2024, "处".into(), "话".into()),
        Event::PaymentReversed(payment("p1", &lines().0, 1, "2024-03-01").id, unit("101"), 2024, "误".into()),
    ];
    for event in later {
        let (office, mut oracle) = office();
        // The oracle knows of one entry more, and the books seem to have read as many.
        oracle.take(&entry(event.clone())).unwrap();
        oracle.count -= 1;
        oracle.requests.remove(&RequestId::new("wrong").unwrap());
        let found = oracle.compare_all(office.books()).expect_err("the oracle has not noticed");
        assert_eq!(found.law, Law::Answers, "{event:?}: {found}");
    }
}
