//! The invariants I1 to I10 of the life of a department's money, each tried from both sides: what keeps
//! it is carried out, what would break it is refused with words that help, and nothing is left behind.

use mingzhang_books::command::Command;
use mingzhang_books::entry::{Approval, Authority, Budgeted, Change, Hands, Version};
use mingzhang_books::ledger::Failure;
use mingzhang_books::line::Line;
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_books::store::Memory;
use mingzhang_model::amount::Amount;
use mingzhang_model::key::{Fund, Key, Measure, Stage};
use mingzhang_model::set::Set;
use mingzhang_testkit::office::{
    Office, adjustment, allotment, approval, budget, closing, day, freeze, hands, line, opening, payment, person,
    receipt, reservation, row_name, unit, yuan,
};
use mingzhang_testkit::rows;

/// Offices' supplies, travel and wages, with an approved and allotted budget of so many yuan each.
fn office() -> (Office<Memory>, Line, Line, Line) {
    let (supplies, travel, wages) = (line("2010301", "30201"), line("2010301", "30211"), line("2010301", "30101"));
    let mut office = Office::in_memory();
    office.send(budget(&[(&supplies, 1_000), (&travel, 500), (&wages, 9_000)])).unwrap();
    (office, supplies, travel, wages)
}

#[test]
fn i1_nothing_is_paid_or_reserved_beyond_the_line_and_the_refusal_helps() {
    let (mut office, supplies, travel, _) = office();
    office.must(Command::Pay(payment("p1", &supplies, 600, "2024-03-01")));
    office.must(Command::Reserve(reservation("r1", &supplies, 300, "2024-03-02")));
    let before = office.books().hash();
    let (reason, words) = office.refused(Command::Pay(payment("p2", &supplies, 101, "2024-03-03")));
    assert_eq!(reason, "short");
    for said in ["可用 100.00元", "需要 101.00元", "差 1.00元", "30201 办公费", "30101 基本工资", "可用 9,000.00元"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(office.refused(Command::Reserve(reservation("r2", &supplies, 101, "2024-03-03"))).0, "short");
    assert_eq!(office.books().hash(), before);
    office.must(Command::Pay(payment("p2", &supplies, 100, "2024-03-03")));
    let mut used = payment("p3", &supplies, 250, "2024-03-04");
    used.reservation = Some(reservation("r1", &supplies, 1, "2024-03-04").id);
    office.must(Command::Pay(used));
    office.must(Command::Release(reservation("r1", &supplies, 1, "2024-03-04").id, unit("101"), 2024));
    assert_eq!(office.books().year(&unit("101"), 2024).unwrap().account(&supplies).unwrap().free(), yuan(50));
    let mut other = payment("p4", &travel, 1, "2024-03-05");
    other.reservation = Some(reservation("r1", &supplies, 1, "2024-03-04").id);
    assert_eq!(office.refused(Command::Pay(other)).0, "mixes");
}

#[test]
fn i2_the_adjusted_budget_is_the_approved_one_and_all_changes() {
    let (mut office, supplies, travel, _) = office();
    office.must(Command::Adjust(adjustment("a1", Change::Addition, &[(&supplies, 200)])));
    office.must(Command::Adjust(adjustment("a2", Change::Reallocation, &[(&supplies, -300), (&travel, 300)])));
    office.must(Command::Adjust(adjustment("a3", Change::Reduction, &[(&travel, -50)])));
    let year = office.books().year(&unit("101"), 2024).unwrap();
    let (supplies, travel) = (year.account(&supplies).unwrap(), year.account(&travel).unwrap());
    assert_eq!((supplies.initial, supplies.adjusted()), (yuan(1_000), yuan(900)));
    assert_eq!((travel.initial, travel.adjusted()), (yuan(500), yuan(750)));
    // What was let be spent on the one, and no longer fits there, may be spent on the other.
    assert_eq!((supplies.allotted, travel.allotted), (yuan(900), yuan(600)));
    let pivot = Pivot::of(office.books(), &Scope::Own(unit("101")));
    let key = |stage| Key::everything(2024, stage, Set::only(Measure::Expenditure));
    assert_eq!(pivot.amount(&key(Stage::Initial)), yuan(10_500));
    assert_eq!(pivot.amount(&key(Stage::Adjusted)), yuan(10_650));
}

#[test]
fn i3_no_payment_without_a_line_and_an_allotment() {
    let mut office = Office::in_memory();
    let supplies = line("2010301", "30201");
    assert_eq!(office.refused(Command::Pay(payment("p", &supplies, 1, "2024-01-05"))).0, "not_approved");
    let mut commands = budget(&[(&supplies, 1_000)]);
    commands.pop();
    office.send(commands).unwrap();
    let (reason, words) = office.refused(Command::Pay(payment("p", &supplies, 1, "2024-03-01")));
    assert_eq!(reason, "not_allotted");
    assert!(words.contains("指标余额 0.00元"), "{words}");
    office.must(Command::Allot(allotment(&supplies, 400)));
    assert_eq!(office.refused(Command::Allot(allotment(&supplies, 601))).0, "short");
    assert_eq!(office.refused(Command::Pay(payment("p", &supplies, 401, "2024-03-01"))).0, "not_allotted");
    office.must(Command::Pay(payment("p", &supplies, 400, "2024-03-01")));
    assert_eq!(office.refused(Command::Allot(allotment(&supplies, -1))).0, "not_allotted");
    let (reason, words) = office.refused(Command::Pay(payment("q", &line("2010301", "30211"), 1, "2024-03-01")));
    assert_eq!(reason, "no_line");
    assert!(words.contains("未列入预算的不得支出") && words.contains("30201 办公费"), "{words}");
}

#[test]
fn i4_and_i5_basic_and_project_money_and_funds_do_not_mix() {
    let (mut office, supplies, _, wages) = office();
    let other_fund = Line { fund: Fund::Other, ..supplies.clone() };
    assert_eq!(office.refused(Command::Pay(payment("p", &other_fund, 1, "2024-03-01"))).0, "no_line");
    let between = adjustment("a", Change::Reallocation, &[(&supplies, -1), (&other_fund, 1)]);
    assert_eq!(office.refused(Command::Adjust(between)).0, "mixes");
    let project = mingzhang_testkit::office::for_project(supplies.clone(), "P1");
    let (reason, words) = office.refused(Command::Budget(Budgeted {
        version: Version::Approved,
        line: project.clone(),
        amount: yuan(1),
    }));
    assert_eq!(reason, "frozen", "{words}");
    let into_project = adjustment("a", Change::Reallocation, &[(&supplies, -1), (&project, 1)]);
    assert_eq!(office.refused(Command::Adjust(into_project)).0, "unknown_project");
    assert_eq!(office.books().year(&unit("101"), 2024).unwrap().account(&wages).unwrap().free(), yuan(9_000));
}

#[test]
fn i6_nothing_is_moved_into_three_public_without_a_document() {
    let (mut office, supplies, _, _) = office();
    let receptions = line("2010301", "30217");
    let moved = adjustment("a", Change::Reallocation, &[(&supplies, -100), (&receptions, 100)]);
    let (reason, words) = office.refused(Command::Adjust(moved.clone()));
    assert_eq!(reason, "into_three_public");
    assert!(words.contains("公务接待费"), "{words}");
    let mut allowed = moved;
    allowed.three_public_approval = "府办函〔2024〕3号".into();
    office.must(Command::Adjust(allowed));
    let added = adjustment("b", Change::Addition, &[(&receptions, 100)]);
    assert_eq!(office.refused(Command::Adjust(added)).0, "into_three_public");
}

#[test]
fn i9_a_frozen_version_stays_and_is_known_by_its_hash() {
    let (mut office, supplies, ..) = office();
    let hash = |office: &Office<Memory>| {
        let year = office.books().year(&unit("101"), 2024).unwrap();
        year.frozen(Version::Approved).unwrap().hash.clone()
    };
    let before = hash(&office);
    for version in [Version::FirstSubmission, Version::SecondSubmission, Version::Approved] {
        let change = Budgeted { version, line: supplies.clone(), amount: yuan(5) };
        assert_eq!(office.refused(Command::Budget(change)).0, "frozen");
    }
    assert_eq!(office.refused(Command::Freeze(freeze("101", 2024, Version::Approved))).0, "frozen");
    office.must(Command::Adjust(adjustment("a", Change::Addition, &[(&supplies, 10)])));
    assert_eq!(hash(&office), before);
    let mut twin = Office::in_memory();
    twin.send(budget(&[(&supplies, 1_001)])).unwrap();
    assert_ne!(hash(&twin), before);
}

#[test]
fn i10_what_a_year_leaves_is_what_the_next_begins_with() {
    let (mut office, supplies, ..) = office();
    office
        .send(vec![
            Command::BringForward(opening(&supplies, 70)),
            Command::Receive(receipt("i1", &supplies, 10_500, "2024-03-01")),
            Command::Pay(payment("p1", &supplies, 1_000, "2024-03-01")),
        ])
        .unwrap();
    office.must(Command::CloseYear(closing("101", 2024)));
    assert_eq!(office.refused(Command::Pay(payment("p2", &supplies, 1, "2024-12-31"))).0, "year_closed");
    let books = office.books();
    let of = |year, measure| {
        let key = Key::everything(year, Stage::FinalAccounts, Set::only(measure));
        Pivot::of(books, &Scope::Own(unit("101"))).amount(&key)
    };
    assert_eq!(of(2024, Measure::Closing), yuan(9_570));
    assert_eq!(of(2025, Measure::Opening), yuan(9_570));
    let next = Line { year: 2025, ..supplies };
    assert_eq!(office.refused(Command::BringForward(opening(&next, 1))).0, "not_first_year");
}

#[test]
fn a_year_with_a_hole_or_a_loose_end_does_not_close() {
    let (mut office, supplies, ..) = office();
    office.must(Command::Pay(payment("p1", &supplies, 1_000, "2024-03-01")));
    let (reason, words) = office.refused(Command::CloseYear(closing("101", 2024)));
    assert_eq!(reason, "pot_short");
    assert!(words.contains("差 1,000.00元") && words.contains("2010301"), "{words}");
    office.must(Command::Receive(receipt("i1", &supplies, 1_000, "2024-03-01")));
    office.must(Command::Reserve(reservation("r1", &line("2010301", "30211"), 5, "2024-03-01")));
    let (reason, words) = office.refused(Command::CloseYear(closing("101", 2024)));
    assert_eq!((reason, words.contains("r1（5.00元）")), ("open_reservations", true), "{words}");
}

#[test]
fn one_person_does_not_do_what_two_or_three_must() {
    let (mut office, supplies, ..) = office();
    let mut alone = payment("p", &supplies, 1, "2024-03-01");
    alone.hands = Hands { handled: person("经办"), reviewed: person("审核"), paid: person("审核") };
    let (reason, words) = office.refused(Command::Pay(alone));
    assert_eq!(reason, "same_person");
    assert!(words.contains("审核和支付都是 审核"), "{words}");
    let mut stranger = payment("p", &supplies, 1, "2024-03-01");
    stranger.hands = Hands { paid: person("路人"), ..hands() };
    assert_eq!(office.refused(Command::Pay(stranger)).0, "no_role");
    let mut own = adjustment("a", Change::Addition, &[(&supplies, 1)]);
    own.approval = Approval { prepared: person("审核"), approved: person("审核") };
    own.authority = Authority::Unit;
    assert_eq!(office.refused(Command::Adjust(own)).0, "no_role");
    let clash = Command::Appoint(person("出纳"), unit("101"), mingzhang_books::unit::Role::Bookkeeper);
    match office.send_as("管理", vec![clash]) {
        Err(Failure::Refused { refusal, .. }) => assert!(refusal.to_string().contains("不得兼任“记账”"), "{refusal}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(approval("负责人").approved, person("负责人"));
}

#[test]
fn a_request_is_carried_out_whole_or_not_at_all_and_once() {
    let (mut office, supplies, ..) = office();
    let before = office.books().count();
    let good = Command::Pay(payment("p1", &supplies, 1, "2024-03-01"));
    let bad = Command::Pay(payment("p2", &supplies, 100_000, "2024-03-01"));
    match office.send(vec![good.clone(), bad]) {
        Err(Failure::Refused { command: 1, .. }) => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(office.books().count(), before);
    let request = mingzhang_books::command::Request {
        id: mingzhang_books::names::RequestId::new("same").unwrap(),
        by: person("经办"),
        at: 1,
        commands: vec![good],
    };
    let first = office.ledger.post(&request).unwrap();
    assert_eq!(office.ledger.post(&request).unwrap(), first);
    assert_eq!(office.books().count(), before + 1);
}

#[test]
fn negative_and_boundless_amounts_other_years_and_wrong_codes_are_refused() {
    let mut office = Office::in_memory();
    let supplies = line("2010301", "30201");
    let with =
        |line: &Line, amount| Command::Budget(Budgeted { version: Version::Approved, line: line.clone(), amount });
    assert_eq!(office.refused(with(&supplies, yuan(-1))).0, "bad_amount");
    assert_eq!(office.refused(with(&supplies, Amount(i64::MAX))).0, "bad_amount");
    assert_eq!(office.refused(with(&line("20103", "30201"), yuan(1))).0, "bad_line");
    assert_eq!(office.refused(with(&line("2010301", "302"), yuan(1))).0, "bad_line");
    assert_eq!(office.refused(with(&Line { year: 2023, ..supplies.clone() }, yuan(1))).0, "unknown_year");
    assert_eq!(office.refused(with(&Line { unit: unit("999"), ..supplies.clone() }, yuan(1))).0, "unknown_unit");
    office.send(budget(&[(&supplies, 10)])).unwrap();
    let (reason, words) = office.refused(Command::Pay(payment("p", &supplies, 1, "2023-12-31")));
    assert_eq!((reason, words.contains("2024 年")), ("not_in_year", true), "{words}");
    assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
}

#[test]
fn an_approved_version_that_is_not_frozen_yet_is_its_own_adjusted_budget() {
    let mut office = Office::in_memory();
    let supplies = line("2010301", "30201");
    let of = |office: &Office<Memory>, stage| {
        let key = Key::everything(2024, stage, Set::only(Measure::Expenditure));
        Pivot::of(office.books(), &Scope::Own(unit("101"))).amount(&key)
    };
    office.must(mingzhang_testkit::office::approved(&supplies, 70));
    assert_eq!((of(&office, Stage::Initial), of(&office, Stage::Adjusted)), (yuan(70), yuan(70)));
    office.must(Command::Freeze(freeze("101", 2024, Version::Approved)));
    assert_eq!((of(&office, Stage::Initial), of(&office, Stage::Adjusted)), (yuan(70), yuan(70)));
}

#[test]
fn i8_a_contract_is_not_overpaid_over_years_nor_put_right_below_what_was_paid() {
    let (mut office, supplies, ..) = office();
    let name = row_name("procurement", "C1");
    let contract = |yuan: i64| rows::contract("C1", 2024, yuan * 100);
    office.must(Command::AddRow(unit("101"), name.clone(), contract(700)));
    let under = |id: &str, line: &Line, yuan: i64, on: &str| {
        let mut payment = payment(id, line, yuan, on);
        payment.contract = Some(name.row.clone());
        Command::Pay(payment)
    };
    office.must(under("p1", &supplies, 600, "2024-03-01"));
    let less = Command::CorrectRow(unit("101"), name.clone(), contract(599), "误".into());
    let (reason, words) = office.refused(less);
    assert_eq!(reason, "contract_short");
    assert!(words.contains("已付 600.00元"), "{words}");
    office.must(Command::CorrectRow(unit("101"), name.clone(), contract(650), "误".into()));
    let next = Line { year: 2025, ..supplies };
    office.send(vec![Command::OpenYear(unit("101"), 2025)]).unwrap();
    office.send(budget(&[(&next, 1_000)])).unwrap();
    assert_eq!(office.refused(under("p2", &next, 51, "2025-03-01")).0, "contract_short");
    office.must(under("p2", &next, 50, "2025-03-01"));
}

#[test]
fn i4_a_project_that_lines_are_for_keeps_its_code_and_its_year() {
    let mut office = Office::in_memory();
    let name = row_name("projects", "P1");
    office.must(Command::AddRow(unit("101"), row_name("offices", "综合科"), rows::office()));
    office.must(Command::AddRow(unit("101"), name.clone(), rows::project("P1", 2024, "运行")));
    let project = mingzhang_testkit::office::for_project(line("2010301", "30201"), "P1");
    office.must(mingzhang_testkit::office::approved(&project, 70));
    let correct = |row| Command::CorrectRow(unit("101"), name.clone(), row, "误".into());
    assert_eq!(office.refused(correct(rows::project("P2", 2024, "运行"))).0, "row_in_use");
    assert_eq!(office.refused(correct(rows::project("P1", 2025, "运行"))).0, "row_in_use");
    office.must(correct(rows::project("P1", 2024, "另一个名称")));
}

/// A row of a register from the words that a person would type.
fn row(register: &str, cells: &[(&str, &str)]) -> mingzhang_books::register::Row {
    let register = mingzhang_standard::register::register(register).unwrap();
    let value = |(name, words): &(&str, &str)| {
        let field = register.field(name).unwrap();
        ((*name).to_owned(), mingzhang_books::register::parse_value(field, words).unwrap())
    };
    cells.iter().map(value).collect()
}

fn named(register: &str, name: &str) -> mingzhang_books::entry::RowName {
    use mingzhang_books::names::{RegisterId, RowId};
    mingzhang_books::entry::RowName { register: RegisterId::new(register).unwrap(), row: RowId::new(name).unwrap() }
}

#[test]
fn i7_what_must_be_counted_is_paid_with_the_row_that_is_counted() {
    let (mut office, ..) = office();
    let receptions = line("2010301", "30217");
    let mut allowed = adjustment("a", Change::Addition, &[(&receptions, 100)]);
    allowed.three_public_approval = "府办函〔2024〕3号".into();
    office.must(Command::Adjust(allowed));
    office.must(Command::Allot(allotment(&receptions, 100)));
    let (reason, words) = office.refused(Command::Pay(payment("p", &receptions, 40, "2024-05-01")));
    assert_eq!(reason, "row_needed");
    assert!(words.contains("“公务接待”台账"), "{words}");
    let mut paid = payment("p", &receptions, 40, "2024-05-01");
    paid.row = Some(named("receptions", "2024-1"));
    assert_eq!(office.refused(Command::Pay(paid.clone())).0, "unknown_row");
    let guests = [
        ("letter", "来函〔2024〕7号"),
        ("day", "2024-04-20"),
        ("kind", "国内公务接待"),
        ("visitor", "某市档案馆"),
        ("purpose", "业务交流"),
        ("guests", "5"),
        ("companions", "2"),
        ("meals", "40"),
        ("meal_count", "1"),
        ("listed", "是"),
    ];
    let mut crowded = row("receptions", &guests);
    crowded.insert("companions".into(), mingzhang_books::register::Value::Count(9));
    let (reason, words) = office.refused(Command::AddRow(unit("101"), named("receptions", "2024-1"), crowded));
    assert_eq!((reason, words.contains("陪同9人超过规定")), ("bad_row", true), "{words}");
    office.must(Command::AddRow(unit("101"), named("receptions", "2024-1"), row("receptions", &guests)));
    let twin = Command::AddRow(unit("101"), named("receptions", "2024-2"), row("receptions", &guests));
    assert_eq!(office.refused(twin).0, "bad_row");
    office.must(Command::Pay(paid));
    let removed = Command::RemoveRow(unit("101"), named("receptions", "2024-1"), "误登".into());
    assert_eq!(office.refused(removed.clone()).0, "row_in_use");
    let id = payment("p", &receptions, 1, "2024-05-01").id;
    office.must(Command::ReversePayment(id, unit("101"), 2024, "重复报销".into()));
    office.must(removed);
}

#[test]
fn i8_a_contract_is_not_paid_beyond_its_amount_nor_signed_beyond_its_plan() {
    let (mut office, supplies, ..) = office();
    let contract = |amount: &str| {
        row(
            "procurement",
            &[
                ("number", "采2024-1"),
                ("words", "档案柜"),
                ("kind", "货物"),
                ("budget_year", "2024"),
                ("budget", "600"),
                ("plan", "500"),
                ("reserve", "不预留"),
                ("signed", "2024-03-01"),
                ("amount", amount),
                ("size", "小型"),
            ],
        )
    };
    let name = || named("procurement", "采2024-1");
    let (reason, words) = office.refused(Command::AddRow(unit("101"), name(), contract("501")));
    assert_eq!((reason, words.contains("超过采购计划")), ("bad_row", true), "{words}");
    office.must(Command::AddRow(unit("101"), name(), contract("400")));
    let mut paid = payment("p1", &supplies, 300, "2024-04-01");
    paid.contract = Some(name().row);
    office.must(Command::Pay(paid.clone()));
    paid.id = payment("p2", &supplies, 1, "2024-04-01").id;
    paid.amount = yuan(101);
    let (reason, words) = office.refused(Command::Pay(paid));
    assert_eq!((reason, words.contains("还能付 100.00元")), ("contract_short", true), "{words}");
    let less = Command::CorrectRow(unit("101"), name(), contract("299"), "变更".into());
    assert_eq!(office.refused(less).0, "contract_short");
}

#[test]
fn the_administrator_of_one_department_founds_the_next_and_nobody_else_does() {
    use mingzhang_books::unit::{Nature, Role, Unit};
    let (mut office, ..) = office();
    let next =
        Unit { code: unit("201"), name: "云麓市图书馆".into(), parent: None, nature: Nature::PublicWelfareOne };
    let founded = |by: &str, office: &mut Office<Memory>| office.send_as(by, vec![Command::OpenUnit(next.clone())]);
    assert!(founded("经办", &mut office).is_err());
    founded("管理", &mut office).unwrap();
    let appoint = |who: &str, role| Command::Appoint(person(who), unit("201"), role);
    assert!(office.send_as("经办", vec![appoint("馆员", Role::Handler)]).is_err());
    office.send_as("管理", vec![appoint("馆长", Role::Administrator)]).unwrap();
    assert!(office.send_as("管理", vec![appoint("馆员", Role::Handler)]).is_err());
    office.send_as("馆长", vec![appoint("馆员", Role::Handler)]).unwrap();
}

#[test]
fn the_ceilings_bind_what_is_submitted_and_not_what_is_approved() {
    use mingzhang_books::entry::{Ceiling, Group};
    let mut office = Office::in_memory();
    let supplies = line("2010301", "30201");
    let ceiling = Ceiling { unit: unit("101"), year: 2024, group: Group::Operating, amount: yuan(100) };
    office.must(Command::SetCeiling(ceiling));
    office.must(Command::Freeze(freeze("101", 2024, Version::Ceiling)));
    let budgeted =
        |version, amount| Command::Budget(Budgeted { version, line: supplies.clone(), amount: yuan(amount) });
    office.must(budgeted(Version::SecondSubmission, 101));
    let (reason, words) = office.refused(Command::Freeze(freeze("101", 2024, Version::SecondSubmission)));
    assert_eq!((reason, words.contains("超过控制数 100.00元，多 1.00元")), ("over_ceiling", true), "{words}");
    office.must(budgeted(Version::SecondSubmission, 100));
    office.must(Command::Freeze(freeze("101", 2024, Version::SecondSubmission)));
    office.must(budgeted(Version::Approved, 120));
    office.must(Command::Freeze(freeze("101", 2024, Version::Approved)));
}
