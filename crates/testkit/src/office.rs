//! A small office for tests of the books: persons with their roles, a budget year, approved lines.
//!
//! Everything is made by commands, as a real office is.

use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{
    Adjustment, Allotment, Approval, Authority, Balance, Budgeted, Change, Closing, Freeze, Hands, Move, Payment, Pot,
    Receipt, Reservation, RowName, Version,
};
use mingzhang_books::ledger::{Failure, Ledger};
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::{
    AdjustmentId, PaymentId, Person, ProjectCode, ReceiptId, RegisterId, RequestId, ReservationId, RowId, UnitCode,
};
use mingzhang_books::state::{Books, Done};
use mingzhang_books::store::{Memory, Store};
use mingzhang_books::unit::{Nature, Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::date::Date;
use mingzhang_model::key::Fund;

/// The persons of every office, with the roles that they have at the first unit.
pub const PERSONS: [(&str, Role); 9] = [
    ("经办", Role::Handler),
    ("审核", Role::Reviewer),
    ("出纳", Role::Cashier),
    ("记账", Role::Bookkeeper),
    ("负责人", Role::Head),
    ("保密", Role::Secrecy),
    ("主管", Role::Department),
    ("财政", Role::Finance),
    ("管理", Role::Administrator),
];

/// A unit's code.
pub fn unit(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

/// A person.
pub fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

/// A row of a register.
pub fn row_name(register: &str, row: &str) -> RowName {
    RowName { register: RegisterId::new(register).unwrap(), row: RowId::new(row).unwrap() }
}

/// A day.
pub fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Yuan as an amount.
pub fn yuan(yuan: i64) -> Amount {
    Amount(yuan * 100)
}

/// A line of unit 101 in 2024: basic expenditure of the general public budget.
pub fn line(function: &str, economic: &str) -> Line {
    Line {
        unit: unit("101"),
        year: 2024,
        fund: Fund::GeneralPublic,
        source: Source::Current,
        function: FunctionalCode::parse(function).unwrap(),
        economic: EconomicCode::parse(economic).unwrap(),
        purpose: Purpose::Basic,
    }
}

/// The same line for a project.
pub fn for_project(line: Line, project: &str) -> Line {
    Line { purpose: Purpose::Project(ProjectCode::new(project).unwrap()), ..line }
}

/// Prepared by the handler, decided by this person.
pub fn approval(by: &str) -> Approval {
    Approval { prepared: person("经办"), approved: person(by) }
}

/// The three hands of a payment.
pub fn hands() -> Hands {
    Hands { handled: person("经办"), reviewed: person("审核"), paid: person("出纳") }
}

/// A payment of so many yuan.
pub fn payment(id: &str, line: &Line, amount: i64, on: &str) -> Payment {
    Payment {
        id: PaymentId::new(id).unwrap(),
        line: line.clone(),
        amount: yuan(amount),
        on: day(on),
        reservation: None,
        row: None,
        contract: None,
        payee: String::new(),
        voucher: String::new(),
        hands: hands(),
    }
}

/// A reservation of so many yuan.
pub fn reservation(id: &str, line: &Line, amount: i64, on: &str) -> Reservation {
    Reservation {
        id: ReservationId::new(id).unwrap(),
        line: line.clone(),
        amount: yuan(amount),
        on: day(on),
        purpose: "事前审批".into(),
        approval: approval("负责人"),
    }
}

/// An allotment of so many yuan.
pub fn allotment(line: &Line, amount: i64) -> Allotment {
    let on = Date::new(line.year, 2, 20).unwrap();
    Allotment { line: line.clone(), amount: yuan(amount), on, document: "财预指标〔2024〕1号".into() }
}

/// A receipt of so many yuan, into the pot of a line.
pub fn receipt(id: &str, line: &Line, amount: i64, on: &str) -> Receipt {
    Receipt {
        id: ReceiptId::new(id).unwrap(),
        pot: Pot::of(line),
        amount: yuan(amount),
        on: day(on),
        from: None,
        voucher: String::new(),
    }
}

/// A change of lines by so many yuan each, decided by the treasury.
pub fn adjustment(id: &str, change: Change, moves: &[(&Line, i64)]) -> Adjustment {
    Adjustment {
        id: AdjustmentId::new(id).unwrap(),
        change,
        moves: moves.iter().map(|(line, amount)| Move { line: (*line).clone(), amount: yuan(*amount) }).collect(),
        on: day("2024-06-30"),
        document: "财预〔2024〕15号".into(),
        authority: Authority::Finance,
        reason: "工作需要".into(),
        three_public_approval: String::new(),
        approval: approval("财政"),
    }
}

/// What lay in the pot of a line on the first day: so many yuan of the year before.
pub fn opening(line: &Line, amount: i64) -> Balance {
    Balance { pot: Pot::of(line), amount: yuan(amount), since: line.year - 1 }
}

/// The closing of a unit's year on its last day.
pub fn closing(code: &str, year: u16) -> Closing {
    let on = Date::new(year, 12, 31).unwrap();
    Closing { unit: unit(code), year, on, document: String::new(), approval: approval("负责人") }
}

/// A version of a unit's budget is submitted or approved.
pub fn freeze(code: &str, year: u16, version: Version) -> Freeze {
    let by = match version {
        Version::FirstSubmission | Version::SecondSubmission => "负责人",
        Version::Ceiling | Version::Approved => "财政",
    };
    let on = Date::new(year, 2, 10).unwrap();
    Freeze { unit: unit(code), year, version, document: "财预〔2024〕8号".into(), on, approval: approval(by) }
}

/// An amount of yuan on a line of the approved version.
pub fn approved(line: &Line, amount: i64) -> Command {
    Command::Budget(Budgeted { version: Version::Approved, line: line.clone(), amount: yuan(amount) })
}

/// The commands that found an office: unit 101, its persons, its year 2024.
pub fn founding() -> Vec<Command> {
    let first =
        Unit { code: unit("101"), name: "云麓市档案馆".into(), parent: None, nature: Nature::Administrative };
    let mut commands = vec![Command::OpenUnit(first)];
    // Anyone may appoint until there is an administrator, who comes last in the list.
    commands.extend(PERSONS.iter().map(|(name, role)| Command::Appoint(person(name), unit("101"), *role)));
    commands.push(Command::OpenYear(unit("101"), 2024));
    commands
}

/// The commands that give lines an approved budget of so many yuan, and allot all of it.
pub fn budget(lines: &[(&Line, i64)]) -> Vec<Command> {
    let mut commands: Vec<Command> = lines.iter().map(|(line, amount)| approved(line, *amount)).collect();
    let mut bodies: Vec<(UnitCode, u16)> = lines.iter().map(|(line, _)| (line.unit.clone(), line.year)).collect();
    bodies.dedup();
    commands.extend(bodies.iter().map(|(code, year)| Command::Freeze(freeze(code.as_str(), *year, Version::Approved))));
    let allotted = lines.iter().filter(|(line, amount)| line.is_appropriation() && *amount > 0);
    commands.extend(allotted.map(|(line, amount)| Command::Allot(allotment(line, *amount))));
    commands
}

/// A ledger and somebody who sends it requests, each with its own number.
pub struct Office<S> {
    /// The ledger.
    pub ledger: Ledger<S>,
    sent: u64,
}

impl Office<Memory> {
    /// An office in memory.
    pub fn in_memory() -> Office<Memory> {
        Office::founded(Memory::default())
    }
}

impl<S: Store> Office<S> {
    /// An office founded in an empty store.
    pub fn founded(store: S) -> Office<S> {
        let mut office = Office { ledger: Ledger::open(store).unwrap(), sent: 0 };
        office.send_as("管理", founding()).unwrap();
        office
    }

    /// Sends commands as one request of the reviewer, who keeps the books.
    pub fn send(&mut self, commands: Vec<Command>) -> Result<Done, Failure> {
        self.send_as("审核", commands)
    }

    /// Sends commands as one request of this person.
    pub fn send_as(&mut self, by: &str, commands: Vec<Command>) -> Result<Done, Failure> {
        self.sent += 1;
        let id = RequestId::new(&format!("r{}", self.sent)).unwrap();
        self.ledger.post(&Request { id, by: person(by), at: 1_700_000_000 + self.sent, commands })
    }

    /// Sends one command, which must be carried out.
    pub fn must(&mut self, command: Command) {
        self.send(vec![command]).unwrap();
    }

    /// Sends one command, which must be refused; the reason's word and the words for the person.
    pub fn refused(&mut self, command: Command) -> (&'static str, String) {
        use mingzhang_model::set::Member;
        match self.send(vec![command]) {
            Err(Failure::Refused { refusal, .. }) => (refusal.reason.word(), refusal.to_string()),
            other => panic!("not refused: {other:?}"),
        }
    }

    /// The books.
    pub fn books(&self) -> &Books {
        self.ledger.books()
    }
}
