//! What is exported and imported into empty books gives books that answer the same, and what is imported
//! twice is there once.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{
    Adjustment, Authority, Balance, Budgeted, Ceiling, Change, Closing, Disclosed, Entry, Event, Freeze, Group, Known,
    Moved, Movement, Plan, Pot, Publication, RowName, Step, Version,
};
use mingzhang_books::export::{self, lines};
use mingzhang_books::import::preview::preview;
use mingzhang_books::import::{read, tables};
use mingzhang_books::ledger::Ledger;
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::{Person, ProjectCode, RegisterId, RequestId, ReservationId, RowId, UnitCode};
use mingzhang_books::pivot::{Cell as Point, Pivot, Scope, flows};
use mingzhang_books::register::{Row, parse_value};
use mingzhang_books::seal;
use mingzhang_books::state::Books;
use mingzhang_books::store::{Hash, Memory, Store};
use mingzhang_books::unit::{Nature, Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::key::{Fund, Measure, Stage};
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::register::{register, registers};
use mingzhang_testkit::office::{
    PERSONS, adjustment, allotment, approval, closing, freeze, line, payment, person, receipt, reservation, unit,
};

/// Who keeps the books of these tests: an administrator who may also allot and take back.
fn keeper() -> Person {
    person("迁入")
}

struct Desk {
    ledger: Ledger<Memory>,
    sent: u64,
}

impl Desk {
    fn empty() -> Desk {
        Desk { ledger: Ledger::open(Memory::default()).unwrap(), sent: 0 }
    }

    fn try_send(&mut self, commands: Vec<Command>) -> bool {
        self.sent += 1;
        let id = RequestId::new(&format!("d{}", self.sent)).unwrap();
        self.ledger.post(&Request { id, by: keeper(), at: self.sent, commands }).is_ok()
    }

    fn must(&mut self, command: Command) {
        self.sent += 1;
        let id = RequestId::new(&format!("d{}", self.sent)).unwrap();
        let said = format!("{command:?}");
        let done = self.ledger.post(&Request { id, by: keeper(), at: self.sent, commands: vec![command] });
        assert!(done.is_ok(), "{said}: {done:?}");
    }

    /// A department with a unit below it, every role, two registers and two years.
    fn founded() -> Desk {
        let mut desk = Desk::empty();
        let nature = Nature::Administrative;
        desk.must(Command::OpenUnit(Unit {
            code: unit("101"), name: "云麓市档案馆".into(), parent: None, nature
        }));
        desk.must(Command::Appoint(keeper(), unit("101"), Role::Reviewer));
        desk.must(Command::Appoint(keeper(), unit("101"), Role::Administrator));
        for (name, role) in PERSONS {
            desk.must(Command::Appoint(person(name), unit("101"), role));
        }
        let below = Unit {
            code: unit("101001"),
            name: "云麓市档案馆服务中心".into(),
            parent: Some(unit("101")),
            nature: Nature::PublicWelfareOne,
        };
        desk.must(Command::OpenUnit(below.clone()));
        desk.must(Command::ChangeUnit(Unit { name: "云麓市档案服务中心".into(), ..below }));
        desk.must(Command::Appoint(person("临时"), unit("101001"), Role::Handler));
        desk.must(Command::Dismiss(person("临时"), unit("101001"), Role::Handler));
        let known = Known {
            unit: unit("101"),
            year: 2022,
            stage: Stage::Initial,
            measure: Measure::Expenditure,
            funds: "fiscal".into(),
            kind: None,
            function: "201".into(),
            economic: "three_public".into(),
        };
        desk.must(Command::RecordAmount(known, Amount(1_234_567), "2022年部门预算表8".into()));
        desk.must(Command::RecordCount(unit("101"), 2022, Statistic::VehiclesKept, 3, "2022年决算说明".into()));
        for code in ["101", "101001"] {
            desk.must(Command::OpenYear(unit(code), 2023));
        }
        desk
    }
}

/// A small generator of numbers: the same seed, the same history.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.roll(list.len() as u64)).unwrap()]
    }

    fn amount(&mut self) -> Amount {
        Amount(i64::try_from(self.roll(300_000)).unwrap() + 1)
    }

    fn day(&mut self, year: u16) -> Date {
        let (month, day) = (u8::try_from(self.roll(12)).unwrap() + 1, u8::try_from(self.roll(28)).unwrap() + 1);
        Date::new(year, month, day).unwrap()
    }
}

fn row_of(id: &str, fields: &[(&str, String)]) -> Row {
    let register = register(id).unwrap();
    let value = |name: &str, text: &str| parse_value(register.field(name).unwrap(), text).unwrap();
    fields.iter().map(|(name, text)| ((*name).to_owned(), value(name, text))).collect()
}

fn name_of(register: &str, row: &str) -> RowName {
    RowName { register: RegisterId::new(register).unwrap(), row: RowId::new(row).unwrap() }
}

fn reception(number: u64, day: Date, meals: &str) -> Row {
    row_of(
        "receptions",
        &[
            ("letter", format!("函{number}")),
            ("day", day.to_string()),
            ("kind", "国内公务接待".into()),
            ("visitor", "邻市档案馆".into()),
            ("purpose", "业务调研".into()),
            ("guests", "5".into()),
            ("companions", "2".into()),
            ("meals", meals.into()),
            ("meal_count", "1".into()),
            ("listed", "是".into()),
        ],
    )
}

fn all_lines(year: u16) -> Vec<Line> {
    let base = |function: &str, economic: &str| Line { year, ..line(function, economic) };
    let mut lines = vec![
        base("2010301", "30101"),
        base("2010301", "30201"),
        base("2010301", "30211"),
        base("2010301", "30217"),
        Line { fund: Fund::Other, ..base("2010301", "30201") },
        Line { source: Source::CarriedOver, ..base("2010301", "30202") },
        Line { fund: Fund::Service, source: Source::Surplus, ..base("2010350", "30201") },
        Line { fund: Fund::Other, purpose: Purpose::Business, ..base("2010350", "30201") },
        Line { fund: Fund::Other, purpose: Purpose::SubsidyToAffiliates(unit("101001")), ..base("2010350", "30201") },
    ];
    let below = Line { unit: unit("101001"), ..base("2010350", "30201") };
    lines.push(below.clone());
    lines.push(Line { fund: Fund::AffiliateRemittance, source: Source::Internal(unit("101")), ..below });
    lines
}

/// A random year: whatever is refused does not happen.
fn live(desk: &mut Desk, dice: &mut Dice, year: u16, steps: u64) {
    let lines = all_lines(year);
    for code in ["101", "101001"] {
        let unit = unit(code);
        desk.must(Command::Explain(unit.clone(), year, "three_public_increase".into(), "工作需要".into()));
        for group in [Group::Personnel, Group::Operating] {
            let amount = Amount(100_000_000 + i64::from(year));
            desk.must(Command::SetCeiling(Ceiling { unit: unit.clone(), year, group, amount }));
        }
    }
    for version in [Version::FirstSubmission, Version::SecondSubmission, Version::Approved] {
        for line in &lines {
            for amount in [dice.amount(), Amount(dice.amount().0 * 10)] {
                desk.must(Command::Budget(Budgeted { version, line: line.clone(), amount }));
            }
        }
        for code in ["101", "101001"] {
            if version == Version::SecondSubmission {
                desk.must(Command::Freeze(freeze(code, year, Version::Ceiling)));
            }
            desk.must(Command::Freeze(freeze(code, year, version)));
        }
    }
    for step in 0..steps {
        let command = random(dice, &lines, year, step);
        desk.try_send(vec![command]);
    }
}

fn random(dice: &mut Dice, lines: &[Line], year: u16, step: u64) -> Command {
    let line = dice.of(lines).clone();
    let (amount, on) = (dice.amount(), dice.day(year));
    let earlier = dice.roll(step + 1);
    match dice.roll(18) {
        0..=2 => Command::Allot(mingzhang_books::entry::Allotment { amount, on, ..allotment(&line, 1) }),
        3 => Command::Allot(mingzhang_books::entry::Allotment { amount: Amount(-amount.0), on, ..allotment(&line, 1) }),
        4..=7 => {
            let mut paid = payment(&format!("p{step}"), &line, 1, "2024-01-01");
            (paid.amount, paid.on, paid.payee) = (amount, on, format!("收款人{step}"));
            paid.voucher = if step.is_multiple_of(2) { String::new() } else { format!("记{step}") };
            paid.reservation = (dice.roll(3) == 0).then(|| ReservationId::new(&format!("r{earlier}")).unwrap());
            paid.row = (dice.roll(2) == 0).then(|| name_of("receptions", &format!("j{earlier}")));
            Command::Pay(paid)
        }
        8 => {
            let mut held = reservation(&format!("r{step}"), &line, 1, "2024-01-01");
            (held.amount, held.on) = (amount, on);
            Command::Reserve(held)
        }
        9 => Command::Release(ReservationId::new(&format!("r{earlier}")).unwrap(), line.unit, year),
        10 => Command::ReversePayment(
            payment(&format!("p{earlier}"), &line, 1, "2024-01-01").id,
            line.unit,
            year,
            "误".into(),
        ),
        11 => {
            let other = dice.of(lines).clone();
            let moves = [(&line, -1), (&other, 1)];
            let mut changed = adjustment(&format!("a{step}"), Change::Reallocation, &moves);
            (changed.moves[0].amount, changed.moves[1].amount) = (Amount(-amount.0), amount);
            (changed.on, changed.authority) = (on, Authority::Finance);
            Command::Adjust(Adjustment { three_public_approval: "府办函1号".into(), ..changed })
        }
        12 => {
            let mut changed = adjustment(&format!("a{step}"), Change::Addition, &[(&line, 1)]);
            (changed.moves[0].amount, changed.on) = (amount, on);
            Command::Adjust(changed)
        }
        13 => {
            let mut got = receipt(&format!("i{step}"), &line, 1, "2024-01-01");
            (got.amount, got.on) = (Amount(amount.0 * 20), on);
            Command::Receive(got)
        }
        14 => Command::ReverseReceipt(
            receipt(&format!("i{earlier}"), &line, 1, "2024-01-01").id,
            line.unit,
            year,
            "误".into(),
        ),
        15 => Command::Plan(Plan { line, month: on.month(), amount }),
        16 => registered_or_not(dice, on, step),
        _ => moved(dice, &line, amount, on),
    }
}

fn registered_or_not(dice: &mut Dice, on: Date, step: u64) -> Command {
    let (earlier, unit) = (dice.roll(step + 1), unit("101"));
    let theirs = name_of("receptions", &format!("j{earlier}"));
    match dice.roll(3) {
        0 => Command::AddRow(unit, name_of("receptions", &format!("j{step}")), reception(step, on, "300.50")),
        1 => Command::CorrectRow(unit, theirs, reception(earlier, on, "123.45"), "金额有误".into()),
        _ => Command::RemoveRow(unit, theirs, "重复登记".into()),
    }
}

fn moved(dice: &mut Dice, line: &Line, amount: Amount, on: Date) -> Command {
    let movement = *dice.of(&[Movement::SurplusUsed, Movement::SurplusDistributed, Movement::Recovered]);
    let by = if movement == Movement::Recovered { "财政" } else { "负责人" };
    let (pot, document) = (Pot::of(line), "财函1号".to_owned());
    Command::Move(Moved { movement, pot, amount, on, document, approval: approval(by) })
}

/// Makes good what stands in the way of closing, and closes.
fn close(desk: &mut Desk, year: u16) {
    for (number, one) in flows(desk.ledger.books(), year).into_iter().enumerate() {
        let line = Line { unit: one.to.clone(), fund: Fund::Other, year, ..line("2010301", "30201") };
        let mut got = receipt(&format!("往来{number}"), &line, 1, &format!("{year}-12-30"));
        (got.amount, got.from) = (Amount(one.given.0 - one.got.0), Some(one.from));
        desk.must(Command::Receive(got));
    }
    for code in ["101", "101001"] {
        let unit = unit(code);
        let kept = desk.ledger.books().year(&unit, year).unwrap();
        let open: Vec<ReservationId> = kept.open_reservations().iter().map(|(id, _)| (*id).clone()).collect();
        let short: Vec<(Pot, Amount)> = kept
            .pots()
            .filter(|(_, pile)| pile.closing().0 < 0)
            .map(|(pot, pile)| (pot.clone(), pile.closing()))
            .collect();
        for id in open {
            desk.must(Command::Release(id, unit.clone(), year));
        }
        for (number, (pot, amount)) in short.into_iter().enumerate() {
            let mut got = receipt(&format!("补{number}"), &line("2010301", "30201"), 1, "2024-01-01");
            (got.pot, got.amount, got.on) = (pot, Amount(-amount.0 + 7), Date::new(year, 12, 30).unwrap());
            desk.must(Command::Receive(got));
        }
        desk.must(Command::CloseYear(closing(code, year)));
        let on = Date::new(year + 1, 3, 1).unwrap();
        let document = "决批1号".to_owned();
        desk.must(Command::ApproveAccounts(Closing { unit, year, on, document, approval: approval("财政") }));
    }
}

fn history(seed: u64, steps: u64) -> Desk {
    let mut dice = Dice(seed);
    let mut desk = Desk::founded();
    for line in all_lines(2023) {
        let balance = Balance { pot: Pot::of(&line), amount: dice.amount(), since: 2022 };
        if line.source == Source::CarriedOver {
            desk.must(Command::BringForward(balance));
        }
    }
    live(&mut desk, &mut dice, 2023, steps);
    close(&mut desk, 2023);
    live(&mut desk, &mut dice, 2024, steps);
    let drafted = Disclosed {
        unit: unit("101"),
        year: 2024,
        publication: Publication::Budget,
        edition: 1,
        step: Step::Drafted,
        by: keeper(),
        on: Date::new(2024, 3, 1).unwrap(),
        hash: "ab12".into(),
        remark: String::new(),
        errors: 0,
    };
    desk.must(Command::Disclose(drafted));
    desk
}

/// Imports sheets as one request; the complaints where there are any.
fn import(desk: &mut Desk, sheets: &[Sheet]) -> Result<usize, String> {
    let reading = read(sheets, desk.ledger.books());
    let preview = preview(&mut desk.ledger, &reading, &keeper()).unwrap();
    if !preview.complaints.is_empty() {
        return Err(preview.complaints.to_string());
    }
    let count = preview.commands.len();
    desk.sent += 1;
    let id = RequestId::new(&format!("import{}", desk.sent)).unwrap();
    desk.ledger.post(&preview.request(id, keeper(), 1)).unwrap();
    Ok(count)
}

fn points(books: &Books, scope: &Scope) -> Vec<(Point, Amount)> {
    Pivot::of(books, scope).cells().map(|(point, amount)| (*point, amount)).collect()
}

/// Everything that a question could be about.
fn assert_same(a: &Books, b: &Books) {
    let codes: Vec<UnitCode> = a.units().map(|unit| unit.code.clone()).collect();
    assert_eq!(a.units().collect::<Vec<_>>(), b.units().collect::<Vec<_>>());
    assert_eq!(a.appointments().collect::<Vec<_>>(), b.appointments().collect::<Vec<_>>());
    assert_eq!(a.known().collect::<Vec<_>>(), b.known().collect::<Vec<_>>());
    for code in &codes {
        for scope in [Scope::Own(code.clone()), Scope::Consolidated(code.clone())] {
            assert_eq!(points(a, &scope), points(b, &scope), "{scope:?}");
        }
        for register in registers().iter().map(|register| RegisterId::new(register.id).unwrap()) {
            assert_eq!(a.rows(code, &register).collect::<Vec<_>>(), b.rows(code, &register).collect::<Vec<_>>());
        }
        assert_eq!(a.years_of(code).count(), b.years_of(code).count());
        for ((number, a), (_, b)) in a.years_of(code).zip(b.years_of(code)) {
            assert_eq!(a.status, b.status, "{number}");
            assert_eq!((a.accounts(), &a.ceilings), (b.accounts(), &b.ceilings));
            assert_eq!(a.pots().collect::<Vec<_>>(), b.pots().collect::<Vec<_>>());
            assert_eq!(a.open_reservations(), b.open_reservations());
            assert_eq!(a.adjustments().collect::<Vec<_>>(), b.adjustments().collect::<Vec<_>>());
            assert_eq!(a.explanations().collect::<Vec<_>>(), b.explanations().collect::<Vec<_>>());
            assert_eq!(a.frozen(Version::Approved), b.frozen(Version::Approved));
            assert_eq!(a.disclosure(Publication::Budget, 1), b.disclosure(Publication::Budget, 1));
            assert_eq!(a.payments().count(), b.payments().count());
            for (id, paid) in a.payments() {
                assert_eq!(b.payment(id), Some(paid));
            }
        }
    }
}

#[test]
fn what_is_exported_and_imported_into_empty_books_answers_the_same() {
    for seed in 1..=12 {
        let mut desk = history(seed, 250);
        let sheets = export::sheets(&mut desk.ledger).unwrap();
        let mut other = Desk::empty();
        let count = import(&mut other, &sheets).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        assert!(count > 200, "seed {seed}: {count}");
        assert_same(desk.ledger.books(), other.ledger.books());
        // The sheets in any order are the same import.
        let mut turned = Desk::empty();
        import(&mut turned, &sheets.iter().rev().cloned().collect::<Vec<_>>()).unwrap();
        assert_same(desk.ledger.books(), turned.ledger.books());
        let again = export::sheets(&mut other.ledger).unwrap();
        assert_eq!(again.len(), sheets.len());
    }
}

#[test]
fn the_random_histories_reach_every_table_that_is_not_a_register() {
    let mut reached: Vec<String> = Vec::new();
    for seed in 1..=12 {
        let sheets = export::sheets(&mut history(seed, 250).ledger).unwrap();
        reached.extend(sheets.into_iter().map(|sheet| sheet.name));
    }
    for table in tables().iter().filter(|table| !table.is_register() && table.id != "closed_units") {
        assert!(reached.contains(&table.title), "{}", table.title);
    }
}

#[test]
fn what_is_imported_again_changes_nothing() {
    let mut desk = history(77, 250);
    let sheets = export::sheets(&mut desk.ledger).unwrap();
    let before = desk.ledger.books().hash();
    let reading = read(&sheets, desk.ledger.books());
    let seen = preview(&mut desk.ledger, &reading, &keeper()).unwrap();
    assert!(seen.complaints.is_empty() && seen.commands.is_empty(), "{} {:?}", seen.complaints, seen.commands.first());
    assert!(seen.tables.iter().all(|table| (table.new, table.changed) == (0, 0) && table.unchanged > 0));
    assert_eq!(desk.ledger.books().hash(), before);
}

#[test]
fn a_closed_unit_is_exported_and_imported_as_closed() {
    let mut desk = Desk::founded();
    desk.must(Command::CloseUnit(unit("101001")));
    let sheets = export::sheets(&mut desk.ledger).unwrap();
    let mut other = Desk::empty();
    import(&mut other, &sheets).unwrap();
    assert!(other.ledger.books().is_closed(&unit("101001")));
}

/// The made-up rows that the tests of the registers keep, as entries of a journal.
#[test]
fn rows_of_every_register_read_back_as_they_were_written() {
    let (mut store, mut before, mut number) = (Memory::default(), Hash::default(), 0);
    let mut records = Vec::new();
    let mut written = Vec::new();
    for register in registers() {
        let path = format!("{}/tests/registers/{}.toml", env!("CARGO_MANIFEST_DIR"), register.id);
        let year: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut lines = year["table"].as_str().unwrap().lines().filter(|line| !line.trim().is_empty());
        let names: Vec<&str> = lines.next().unwrap().split('|').map(str::trim).collect();
        for (at, line) in lines.enumerate() {
            let cells = names.iter().zip(line.split('|').map(str::trim)).filter(|(_, cell)| !cell.is_empty());
            let value = |name: &str, text: &str| parse_value(register.field(name).unwrap(), text).unwrap();
            let row: Row = cells.map(|(name, text)| ((*name).to_owned(), value(name, text))).collect();
            let name = name_of(register.id, &format!("{}", at + 1));
            written.push(Command::AddRow(unit("101"), name.clone(), row.clone()));
            let (request, by) = (RequestId::new("all").unwrap(), keeper());
            number += 1;
            let entry = Entry { request, by, at: 0, event: Event::RowAdded(unit("101"), name, row) };
            let record = seal::seal(before, number, &entry);
            before = record.hash;
            records.push(record);
        }
    }
    let mut turn = store.turn().unwrap();
    turn.append(&records).unwrap();
    turn.commit().unwrap();
    let mut ledger = Ledger::open(store).unwrap();
    let sheets = export::sheets(&mut ledger).unwrap();
    assert_eq!(sheets.len(), registers().len());
    let reading = read(&sheets, &Books::default());
    assert!(reading.complaints.is_empty(), "{}", reading.complaints);
    let commands: Vec<Command> = reading.commands.into_iter().map(|(_, command)| command).collect();
    assert!(written.len() > 100);
    assert_eq!(commands, written);
}

#[test]
fn projects_are_imported_before_what_refers_to_them_and_sheets_need_no_names() {
    let titles: Vec<&str> = tables().iter().map(|table| table.id).collect();
    let at = |id: &str| titles.iter().position(|other| *other == id).unwrap();
    assert!(at("offices") < at("projects") && at("projects") < at("indicators") && at("projects") < at("evaluations"));
    assert!(at("vehicles") < at("vehicle_costs") && at("units") < at("persons") && at("payments") < at("closings"));
    let mut desk = history(3, 120);
    let mut sheets = export::sheets(&mut desk.ledger).unwrap();
    sheets.retain(|sheet| ["支付", "预算", "单位", "年初结转结余"].contains(&sheet.name.as_str()));
    let count = sheets.len();
    sheets.iter_mut().for_each(|sheet| sheet.name = "Sheet1".into());
    let reading = read(&sheets, desk.ledger.books());
    assert!(reading.complaints.is_empty(), "{}", reading.complaints);
    assert_eq!(reading.layouts.len(), count);
}

#[test]
fn the_lines_of_the_journal_verify_and_no_change_of_them_does() {
    let mut desk = history(5, 60);
    let mut text = Vec::new();
    lines::lines(&mut desk.ledger, |line| text.push(line.to_owned())).unwrap();
    let verify = |text: &[String]| lines::verify_lines(text.iter().map(String::as_str), |_, _| ());
    let verified = verify(&text).unwrap();
    assert_eq!((verified.count, verified.hash), (desk.ledger.books().count(), desk.ledger.books().hash()));
    // The records that come back make the same books.
    let mut records = Vec::new();
    lines::verify_lines(text.iter().map(String::as_str), |record, _| records.push(record)).unwrap();
    let mut store = Memory::default();
    let mut turn = store.turn().unwrap();
    turn.append(&records).unwrap();
    turn.commit().unwrap();
    assert_eq!(Ledger::open(store).unwrap().books().hash(), desk.ledger.books().hash());
    for at in [0, text.len() / 2, text.len() - 1] {
        let mut changed = text.clone();
        changed[at] = changed[at].replacen("\"at\":", "\"at\":1", 1);
        assert!(verify(&changed).unwrap_err().to_string().contains(&format!("第 {} 行", at + 1)));
        let mut shape = text.clone();
        shape[at].push(' ');
        assert!(matches!(verify(&shape), Err(lines::LineFault::Shape { .. })), "{at}");
    }
    let mut without = text.clone();
    without.remove(3);
    assert!(verify(&without).is_err());
    let mut turned = text;
    turned.swap(4, 5);
    assert!(verify(&turned).is_err());
}

#[test]
fn a_project_line_and_a_contract_come_back() {
    let mut desk = Desk::founded();
    let office = row_of("offices", &registered("offices"));
    desk.must(Command::AddRow(unit("101"), name_of("offices", "1"), office.clone()));
    let project = projects_row(&office);
    desk.must(Command::AddRow(unit("101"), name_of("projects", "P1"), project));
    let line =
        Line { year: 2023, purpose: Purpose::Project(ProjectCode::new("P1").unwrap()), ..line("2010302", "30201") };
    let budget = Budgeted { version: Version::Approved, line: line.clone(), amount: Amount(100_000) };
    desk.must(Command::Budget(budget));
    let on = Date::new(2023, 2, 1).unwrap();
    desk.must(Command::Freeze(Freeze { on, ..freeze("101", 2023, Version::Approved) }));
    let on = Date::new(2023, 2, 2).unwrap();
    desk.must(Command::Allot(mingzhang_books::entry::Allotment { on, ..allotment(&line, 1_000) }));
    desk.must(Command::Pay(payment("p1", &line, 10, "2023-03-01")));
    let sheets = export::sheets(&mut desk.ledger).unwrap();
    let budget = sheets.iter().find(|sheet| sheet.name == "预算").unwrap();
    assert!(budget.rows[1].contains(&Cell::Text("P1".into())));
    let mut other = Desk::empty();
    import(&mut other, &sheets).unwrap();
    assert_same(desk.ledger.books(), other.ledger.books());
}

/// The fields of the first made-up row of a register.
fn registered(id: &str) -> Vec<(&'static str, String)> {
    let path = format!("{}/tests/registers/{id}.toml", env!("CARGO_MANIFEST_DIR"));
    let year: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut lines = year["table"].as_str().unwrap().lines().filter(|line| !line.trim().is_empty());
    let names: Vec<&str> = lines.next().unwrap().split('|').map(str::trim).collect();
    let cells: Vec<String> = lines.next().unwrap().split('|').map(|cell| cell.trim().to_owned()).collect();
    let fields = &register(id).unwrap().fields;
    let named = |name: &str| fields.iter().find(|field| field.name == name).map(|field| field.name.as_str()).unwrap();
    let pairs = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    pairs.map(|(name, cell)| (named(name), cell)).collect()
}

fn projects_row(office: &Row) -> Row {
    let key = register("offices").unwrap().key.clone().unwrap();
    let mut fields = registered("projects");
    let office = mingzhang_books::register::words_of(&office[&key], None);
    for (name, text) in &mut fields {
        match *name {
            "owner" => *text = office.clone(),
            "code" => *text = "P1".into(),
            "fiscal_year" => *text = "2023".into(),
            "from" => *text = "2023-01-01".into(),
            "to" => *text = "2023-12-31".into(),
            _ => {}
        }
    }
    fields.retain(|(name, _)| !["reviewed", "stored", "whole_budget"].contains(name));
    row_of("projects", &fields)
}
