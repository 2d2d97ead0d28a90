//! What an auditor of public money tries: ways round the separation of duties, money that would be
//! counted twice or lost, published numbers that would change, amounts beyond all measure.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::*;
use mingzhang_books::ledger::Failure;
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::RequestId;
use mingzhang_books::pivot::{Pivot, Scope, flows, to_recover};
use mingzhang_books::refusal::Reason;
use mingzhang_books::seal::{self, Broken};
use mingzhang_books::store::{Hash, Memory, Store};
use mingzhang_books::unit::{Nature, Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::key::{Fund, Key, Measure, Stage};
use mingzhang_model::set::Set;
use mingzhang_testkit::office::*;

const LARGEST: Amount = Amount(1_000_000_000_000_000);

fn below(code: &str, parent: Option<&str>) -> Unit {
    Unit { code: unit(code), name: code.into(), parent: parent.map(unit), nature: Nature::PublicWelfareOne }
}

fn supplies() -> Line {
    line("2010301", "30201")
}

/// An office with 1 000 yuan for supplies, approved and allotted, and a second unit below it.
fn office() -> Office<Memory> {
    let mut office = Office::in_memory();
    office.send(budget(&[(&supplies(), 1_000)])).unwrap();
    office
        .send_as("管理", vec![Command::OpenUnit(below("101001", Some("101"))), Command::OpenYear(unit("101001"), 2024)])
        .unwrap();
    office
}

/// Why the administrator is refused something.
fn refused_as(office: &mut Office<Memory>, by: &str, command: Command) -> Reason {
    match office.send_as(by, vec![command]) {
        Err(Failure::Refused { refusal, .. }) => refusal.reason,
        other => panic!("not refused: {other:?}"),
    }
}

fn spent(office: &Office<Memory>, scope: &Scope, year: u16) -> Amount {
    let key = Key::everything(year, Stage::FinalAccounts, Set::only(Measure::Expenditure));
    Pivot::of(office.books(), scope).amount(&key)
}

#[test]
fn roles_that_clash_at_one_unit_clash_above_and_below_it_too() {
    let mut office = office();
    for (who, role) in [("出纳", Role::Bookkeeper), ("负责人", Role::Cashier)] {
        let down = Command::Appoint(person(who), unit("101001"), role);
        assert_eq!(refused_as(&mut office, "管理", down), Reason::RolesClash);
    }
    office.send_as("管理", vec![Command::Appoint(person("新人"), unit("101001"), Role::Cashier)]).unwrap();
    let up = Command::Appoint(person("新人"), unit("101"), Role::Head);
    assert_eq!(refused_as(&mut office, "管理", up), Reason::RolesClash);
}

#[test]
fn who_decides_for_the_treasury_does_nothing_for_the_unit() {
    let mut office = office();
    for (who, role) in [("负责人", Role::Finance), ("财政", Role::Handler)] {
        let both = Command::Appoint(person(who), unit("101"), role);
        assert_eq!(refused_as(&mut office, "管理", both), Reason::RolesClash);
    }
}

#[test]
fn a_unit_leaves_and_joins_a_department_only_by_the_administrators_of_both() {
    let mut office = office();
    let own = Command::Appoint(person("小管"), unit("101001"), Role::Administrator);
    let other = Command::OpenUnit(below("202", None));
    let theirs = Command::Appoint(person("他管"), unit("202"), Role::Administrator);
    office.send_as("管理", vec![own, other, theirs]).unwrap();
    for parent in [None, Some("202")] {
        let away = Command::ChangeUnit(below("101001", parent));
        assert_eq!(refused_as(&mut office, "小管", away), Reason::NoRole);
    }
    let away = Command::ChangeUnit(below("101001", Some("202")));
    assert_eq!(refused_as(&mut office, "管理", away), Reason::NoRole);
    let renamed = Unit { name: "云麓市档案服务中心".into(), ..below("101001", Some("101")) };
    office.send_as("小管", vec![Command::ChangeUnit(renamed)]).unwrap();
}

#[test]
fn a_unit_does_not_move_where_its_persons_would_do_what_nobody_may_do_alone() {
    let mut office = office();
    let commands = vec![
        Command::OpenUnit(below("202", None)),
        Command::Appoint(person("管理"), unit("202"), Role::Administrator),
        Command::Appoint(person("出纳"), unit("202"), Role::Head),
    ];
    office.send_as("管理", commands).unwrap();
    let moved = Command::ChangeUnit(below("202", Some("101")));
    assert_eq!(refused_as(&mut office, "管理", moved), Reason::RolesClash);
}

#[test]
fn the_last_administrator_of_a_unit_stays_though_another_unit_has_one() {
    let mut office = office();
    let own = Command::Appoint(person("小管"), unit("101001"), Role::Administrator);
    office.send_as("管理", vec![own]).unwrap();
    let dismissed = Command::Dismiss(person("管理"), unit("101"), Role::Administrator);
    assert_eq!(refused_as(&mut office, "管理", dismissed), Reason::NoRole);
    let below = Command::Dismiss(person("小管"), unit("101001"), Role::Administrator);
    office.send_as("管理", vec![below]).unwrap();
}

#[test]
fn who_holds_the_money_enters_neither_income_nor_expenditure() {
    let mut office = office();
    for who in ["出纳", "保密", "管理"] {
        let pay = Command::Pay(payment("p", &supplies(), 1, "2024-03-01"));
        assert_eq!(refused_as(&mut office, who, pay), Reason::NoRole, "{who}");
        let receive = Command::Receive(receipt("i", &supplies(), 1, "2024-03-01"));
        assert_eq!(refused_as(&mut office, who, receive), Reason::NoRole, "{who}");
    }
}

/// The office after 100 yuan of other money went from 101 to the unit below it.
fn with_transfer() -> (Office<Memory>, Payment, Receipt) {
    let mut office = Office::in_memory();
    office
        .send_as("管理", vec![Command::OpenUnit(below("101001", Some("101"))), Command::OpenYear(unit("101001"), 2024)])
        .unwrap();
    let given = Line { fund: Fund::Other, purpose: Purpose::SubsidyToAffiliates(unit("101001")), ..supplies() };
    let got =
        Line { unit: unit("101001"), fund: Fund::SuperiorSubsidy, source: Source::Internal(unit("101")), ..supplies() };
    office.send(budget(&[(&given, 100), (&got, 100)])).unwrap();
    office.must(Command::Receive(receipt("i0", &given, 100, "2024-01-02")));
    let (payment, mut receipt) = (payment("p1", &given, 100, "2024-03-01"), receipt("i1", &got, 100, "2024-03-01"));
    receipt.from = Some(unit("101"));
    office.must(Command::Transfer(payment.clone(), receipt.clone()));
    (office, payment, receipt)
}

#[test]
fn a_year_does_not_close_while_two_units_differ_on_what_went_between_them() {
    let (mut office, payment, receipt) = with_transfer();
    assert_eq!(flows(office.books(), 2024), vec![]);
    // One side is taken back: the money would be in both pots, and no income of the department.
    office.must(Command::ReversePayment(payment.id.clone(), unit("101"), 2024, "误付".into()));
    for code in ["101", "101001"] {
        let (reason, words) = office.refused(Command::CloseYear(closing(code, 2024)));
        assert_eq!((reason, words.contains("付给 101001 0.00元，对方收到 100.00元")), ("unbalanced", true), "{words}");
    }
    office.must(Command::ReverseReceipt(receipt.id.clone(), unit("101001"), 2024, "误付".into()));
    office.must(Command::CloseYear(closing("101", 2024)));
    office.must(Command::CloseYear(closing("101001", 2024)));
}

#[test]
fn what_went_to_a_unit_that_has_closed_the_year_is_not_taken_back_on_one_side() {
    let (mut office, payment, receipt) = with_transfer();
    office.must(Command::CloseYear(closing("101001", 2024)));
    let (reason, words) = office.refused(Command::ReversePayment(payment.id, unit("101"), 2024, "误付".into()));
    assert_eq!((reason, words.contains("对方单位 101001")), ("year_closed", true), "{words}");
    assert_eq!(office.refused(Command::ReverseReceipt(receipt.id, unit("101001"), 2024, "误".into())).0, "year_closed");
    office.must(Command::CloseYear(closing("101", 2024)));
}

#[test]
fn a_transfer_stays_in_one_year_and_the_treasurys_money_stays_the_treasurys() {
    let (mut office, mut payment, mut receipt) = with_transfer();
    office.send_as("管理", vec![Command::OpenYear(unit("101001"), 2025)]).unwrap();
    (payment.id, receipt.id) =
        (self::payment("p2", &supplies(), 1, "2024-12-31").id, self::receipt("i2", &supplies(), 1, "2024-12-31").id);
    let mut late = receipt.clone();
    (late.pot.year, late.on) = (2025, day("2025-01-02"));
    assert_eq!(office.refused(Command::Transfer(payment.clone(), late)).0, "unbalanced");
    payment.line.fund = Fund::GeneralPublic;
    assert_eq!(office.refused(Command::Transfer(payment, receipt)).0, "mixes");
}

#[test]
fn what_a_closed_year_says_of_a_department_stays_when_a_unit_leaves_it_or_changes_its_nature() {
    let mut office = office();
    let theirs = Line { unit: unit("101001"), ..supplies() };
    office.send(budget(&[(&theirs, 300)])).unwrap();
    office.must(Command::Receive(receipt("i", &theirs, 300, "2024-03-01")));
    office.must(Command::Pay(payment("p", &theirs, 300, "2024-03-01")));
    office.must(Command::CloseYear(closing("101001", 2024)));
    let whole = Scope::Consolidated(unit("101"));
    assert_eq!(spent(&office, &whole, 2024), yuan(300));
    let gone = Unit { nature: Nature::Administrative, ..below("101001", None) };
    office.send_as("管理", vec![Command::ChangeUnit(gone)]).unwrap();
    assert_eq!(spent(&office, &whole, 2024), yuan(300));
    assert_eq!(office.books().department_in(&unit("101"), 2025), [unit("101")]);
    let of_institutions = {
        let mut key = Key::everything(2024, Stage::FinalAccounts, Set::only(Measure::Expenditure));
        key.units = Set::only(Nature::PublicWelfareOne.kind());
        key
    };
    assert_eq!(Pivot::of(office.books(), &whole).amount(&of_institutions), yuan(300));
}

#[test]
fn what_a_new_member_kept_is_not_the_departments_year() {
    let mut office = office();
    let theirs = Line { unit: unit("202"), year: 2023, ..supplies() };
    office
        .send_as(
            "管理",
            vec![Command::OpenUnit(below("202", None)), Command::Appoint(person("审核"), unit("202"), Role::Reviewer)],
        )
        .unwrap();
    let known = Known {
        unit: unit("101"),
        year: 2023,
        stage: Stage::Initial,
        measure: Measure::Expenditure,
        funds: String::new(),
        kind: None,
        function: String::new(),
        economic: String::new(),
    };
    office.must(Command::RecordAmount(known.clone(), yuan(777), "2023年预算公开".into()));
    office.must(Command::OpenYear(unit("202"), 2023));
    office.must(Command::Budget(Budgeted { version: Version::FirstSubmission, line: theirs, amount: yuan(5) }));
    office
        .send_as(
            "管理",
            vec![
                Command::Appoint(person("管理"), unit("202"), Role::Administrator),
                Command::ChangeUnit(below("202", Some("101"))),
            ],
        )
        .unwrap();
    let pivot = Pivot::of(office.books(), &Scope::Consolidated(unit("101")));
    assert_eq!(pivot.amount(&known.key().unwrap()), yuan(777));
}

#[test]
fn a_unit_with_money_is_not_closed_and_a_closed_ones_last_accounts_are_still_approved() {
    let mut office = office();
    let theirs = Line { unit: unit("101001"), ..supplies() };
    office.must(Command::Receive(receipt("i", &theirs, 70, "2024-03-01")));
    assert_eq!(refused_as(&mut office, "管理", Command::CloseUnit(unit("101001"))), Reason::UnitInUse);
    office.must(Command::CloseYear(closing("101001", 2024)));
    assert_eq!(refused_as(&mut office, "管理", Command::CloseUnit(unit("101001"))), Reason::UnitInUse);
    let pot = Pot { year: 2025, ..Pot::of(&theirs) };
    let approval = approval("财政");
    let (movement, on, document) = (Movement::Recovered, day("2025-02-01"), "财库〔2025〕2号".to_owned());
    office.must(Command::Move(Moved { movement, pot, amount: yuan(70), on, document, approval }));
    office.send_as("管理", vec![Command::CloseUnit(unit("101001"))]).unwrap();
    let accounts = Closing {
        on: day("2025-08-01"),
        document: "财决〔2025〕1号".into(),
        approval: self::approval("财政"),
        ..closing("101001", 2024)
    };
    office.must(Command::ApproveAccounts(accounts));
}

#[test]
fn sums_stay_within_measure_however_many_amounts_come() {
    let mut office = office();
    let most = |id: &str| Receipt { amount: LARGEST, ..receipt(id, &supplies(), 1, "2024-03-01") };
    office.must(Command::Receive(most("i1")));
    assert_eq!(office.refused(Command::Receive(most("i2"))).0, "bad_amount");
    let brought = Balance { amount: LARGEST, ..opening(&line("2010302", "30201"), 1) };
    assert_eq!(office.refused(Command::BringForward(brought)).0, "bad_amount");
    let mut more = adjustment("a", Change::Addition, &[(&supplies(), 1)]);
    more.moves[0].amount = LARGEST;
    assert_eq!(office.refused(Command::Adjust(more)).0, "bad_amount");
    let next = |economic: &str, amount| {
        let line = Line { unit: unit("101001"), ..line("2010301", economic) };
        Command::Budget(Budgeted { version: Version::FirstSubmission, line, amount })
    };
    office.must(next("30201", LARGEST));
    assert_eq!(office.refused(next("30202", LARGEST)).0, "bad_amount");
    office.must(next("30201", Amount::ZERO));
    office.must(next("30202", LARGEST));
}

#[test]
fn another_request_under_a_number_that_was_used_is_refused_and_the_same_is_told() {
    let mut office = office();
    let send = |office: &mut Office<Memory>, by: &str, commands: Vec<Command>| {
        let id = RequestId::new("one").unwrap();
        office.ledger.post(&Request { id, by: person(by), at: 9, commands })
    };
    let first = vec![
        Command::Pay(payment("p1", &supplies(), 1, "2024-03-01")),
        Command::Reserve(reservation("r1", &supplies(), 2, "2024-03-01")),
        Command::Appoint(person("经办"), unit("101"), Role::Handler),
    ];
    office.send_as("管理", vec![Command::Appoint(person("审核"), unit("101"), Role::Administrator)]).unwrap();
    let done = send(&mut office, "审核", first.clone()).unwrap();
    assert_eq!(send(&mut office, "审核", first.clone()).unwrap(), done);
    let others = [
        ("审核", vec![Command::Pay(payment("p2", &supplies(), 1, "2024-03-01"))]),
        ("审核", first[..1].to_vec()),
        ("审核", [first.clone(), first.clone()].concat()),
        ("记账", first),
    ];
    for (by, other) in others {
        match send(&mut office, by, other) {
            Err(Failure::Refused { refusal, .. }) => assert_eq!(refusal.reason, Reason::IdTaken),
            told => panic!("{told:?}"),
        }
    }
}

#[test]
fn what_a_newer_program_wrote_is_not_read_as_less_than_it_is() {
    let mut office = office();
    office.must(Command::Pay(payment("p1", &supplies(), 1, "2024-03-01")));
    let record = office.ledger.store().after(0, 100_000).unwrap().pop().unwrap();
    for (old, new) in [("{\"request\"", "{\"new\":1,\"request\""), ("\"hands\":{", "\"hands\":{\"new\":1,")] {
        assert!(record.body.contains(old), "{}", record.body);
        let body = record.body.replacen(old, new, 1);
        let hash = seal::hash(Hash::default(), 1, &body);
        let newer = mingzhang_books::store::Record { number: 1, hash, body };
        assert!(matches!(
            seal::open::<mingzhang_books::entry::Entry>(Hash::default(), 1, &newer),
            Err(Broken::Unreadable { number: 1, .. })
        ));
    }
}

#[test]
fn this_years_spending_does_not_make_old_money_young() {
    let mut office = office();
    let old = Line { source: Source::CarriedOver, ..supplies() };
    let brought = |since| Balance { since, ..opening(&supplies(), 70) };
    for since in [0, 2024, 2025] {
        assert_eq!(office.refused(Command::BringForward(brought(since))).0, "not_in_year");
    }
    office.must(Command::BringForward(brought(2022)));
    office.must(Command::Adjust(adjustment("a", Change::Addition, &[(&old, 70)])));
    office.must(Command::Allot(allotment(&old, 70)));
    office.must(Command::Receive(receipt("i", &supplies(), 1_000, "2024-03-01")));
    office.must(Command::Pay(payment("p1", &supplies(), 1_000, "2024-03-01")));
    office.must(Command::Pay(payment("p2", &old, 30, "2024-03-01")));
    let scope = Scope::Own(unit("101"));
    let due = |office: &Office<Memory>, year| -> Vec<(Amount, u16)> {
        to_recover(office.books(), &scope, year).into_iter().map(|due| (due.amount, due.since)).collect()
    };
    assert_eq!(due(&office, 2024), [(yuan(40), 2022)]);
    office.must(Command::CloseYear(closing("101", 2024)));
    assert_eq!(due(&office, 2025), [(yuan(40), 2022)]);
}

#[test]
fn the_treasury_takes_back_old_money_only_so_that_no_opening_is_negative() {
    let mut office = office();
    office.must(Command::BringForward(opening(&supplies(), 70)));
    office.must(Command::Receive(receipt("i", &supplies(), 1_000, "2024-03-01")));
    let (movement, on, document) = (Movement::Recovered, day("2024-06-01"), "财库〔2024〕2号".to_owned());
    let taken = |amount| {
        let (document, approval) = (document.clone(), approval("财政"));
        Command::Move(Moved { movement, pot: Pot::of(&supplies()), amount: yuan(amount), on, document, approval })
    };
    assert_eq!(office.refused(taken(71)).0, "pot_short");
    office.must(taken(70));
    assert_eq!(office.refused(taken(1)).0, "pot_short");
}

#[test]
fn the_second_submission_follows_the_ceilings_and_the_day_of_a_version_is_of_its_time() {
    let mut office = office();
    let theirs = Line { unit: unit("101001"), ..supplies() };
    let version = Version::SecondSubmission;
    office.must(Command::Budget(Budgeted { version, line: theirs, amount: yuan(5) }));
    assert_eq!(office.refused(Command::Freeze(freeze("101001", 2024, version))).0, "version_order");
    let (group, amount) = (Group::Operating, yuan(10));
    office.must(Command::SetCeiling(Ceiling { unit: unit("101001"), year: 2024, group, amount }));
    office.must(Command::Freeze(freeze("101001", 2024, Version::Ceiling)));
    for on in ["2022-12-31", "2025-01-01"] {
        let frozen = Freeze { on: day(on), ..freeze("101001", 2024, version) };
        assert_eq!(office.refused(Command::Freeze(frozen)).0, "not_in_year");
    }
    office.must(Command::Freeze(Freeze { on: day("2023-12-01"), ..freeze("101001", 2024, version) }));
}

#[test]
fn a_unit_reallocates_by_itself_only_within_a_function_and_a_project() {
    let mut office = office();
    let decided = |authority, to: &Line| {
        let mut moved = adjustment("a", Change::Reallocation, &[(&supplies(), -10), (to, 10)]);
        moved.authority = authority;
        if authority == Authority::Unit {
            moved.approval = approval("负责人");
        }
        Command::Adjust(moved)
    };
    let (travel, elsewhere) = (line("2010301", "30211"), line("2010302", "30211"));
    let (reason, words) = office.refused(decided(Authority::Unit, &elsewhere));
    assert_eq!((reason, words.contains("不能由本单位自行决定")), ("mixes", true), "{words}");
    office.must(decided(Authority::Unit, &travel));
    let mut by_finance = adjustment("b", Change::Reallocation, &[(&supplies(), -10), (&elsewhere, 10)]);
    by_finance.document = "财预〔2024〕20号".into();
    office.must(Command::Adjust(by_finance));
}

#[test]
fn what_is_checked_for_publication_no_longer_changes_and_is_not_published_before_it_is_signed() {
    let mut office = Office::in_memory();
    let mut steps = 0;
    let mut step = |office: &mut Office<Memory>, step, by: &str, on: &str| {
        steps += 1;
        let id = RequestId::new(&format!("d{steps}")).unwrap();
        let disclosed = Disclosed {
            unit: unit("101"),
            year: 2024,
            publication: Publication::Budget,
            edition: 1,
            step,
            by: person(by),
            on: day(on),
            hash: "00".repeat(32),
            remark: "https://www.example.gov.cn/1".into(),
            errors: 0,
        };
        match office.ledger.post(&Request { id, by: person(by), at: 1, commands: vec![Command::Disclose(disclosed)] }) {
            Ok(_) => None,
            Err(Failure::Refused { refusal, .. }) => Some(refusal.reason),
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(step(&mut office, Step::Drafted, "经办", "2024-02-11"), None);
    assert_eq!(step(&mut office, Step::Checked, "经办", "2024-02-11"), Some(Reason::NotApproved));
    office.send(budget(&[(&supplies(), 1_000)])).unwrap();
    for (next, by) in
        [(Step::Checked, "经办"), (Step::Reviewed, "审核"), (Step::SecrecyReviewed, "保密"), (Step::Signed, "负责人")]
    {
        assert_eq!(step(&mut office, next, by, "2024-03-10"), None, "{next:?}");
    }
    assert_eq!(step(&mut office, Step::Published, "经办", "2024-02-20"), Some(Reason::NotInYear));
    assert_eq!(step(&mut office, Step::Published, "经办", "2024-03-11"), None);
    let clock = office.books().clock(&unit("101"), 2024, Publication::Budget);
    assert_eq!(clock.published, Some(day("2024-03-11")));
}
