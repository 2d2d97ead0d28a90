//! [`Generator`]: the commands that users send. Most are what an office would do next, as far as the
//! sender can see in books that may be stale; the others are wrong in one of many ways.
//!
//! It looks at books only to make its commands likely. Whether they are right is for others to say.

mod budgeting;
mod organising;
mod spending;

use super::random::Random;
use crate::rows;
use mingzhang_books::command::Command;
use mingzhang_books::entry::{Approval, Pot, RowName, Version};
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::{Person, ProjectCode, RegisterId, RowId, UnitCode};
use mingzhang_books::state::{Books, Year};
use mingzhang_books::unit::{Nature, Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::date::Date;
use mingzhang_model::key::Fund;
use std::collections::BTreeMap;

/// The first year that is kept.
pub(super) const FIRST: u16 = 2024;

/// The units that do the work: a department and two below it.
pub(super) const UNITS: [&str; 3] = ["101", "101001", "101002"];

/// Those who sign, with their roles at the department.
const PERSONS: [(&str, Role); 15] = [
    ("经办一", Role::Handler),
    ("经办二", Role::Handler),
    ("审核一", Role::Reviewer),
    ("审核二", Role::Reviewer),
    ("出纳一", Role::Cashier),
    ("出纳二", Role::Cashier),
    ("记账一", Role::Bookkeeper),
    ("负责人一", Role::Head),
    ("负责人二", Role::Head),
    ("保密一", Role::Secrecy),
    ("主管一", Role::Department),
    ("财政一", Role::Finance),
    ("财政二", Role::Finance),
    ("管理一", Role::Administrator),
    ("管理二", Role::Administrator),
];

/// Those who come and go.
const OTHERS: [&str; 4] = ["甲", "乙", "丙", "丁"];

const PROJECTS: [&str; 3] = ["P1", "P2", "P3"];
const FUNCTIONS: [&str; 3] = ["2010301", "2010302", "2010350"];
const ECONOMICS: [&str; 9] = ["30101", "30102", "30201", "30202", "30211", "30217", "30231", "30301", "31002"];

/// Makes commands.
#[derive(Clone, Debug)]
pub(super) struct Generator {
    pub(super) random: Random,
    /// The last number given to anything.
    numbered: u64,
    /// Numbers of payments, receipts and reservations that were sent, the latest last.
    payments: Vec<(UnitCode, u16, String)>,
    receipts: Vec<(UnitCode, u16, String)>,
    /// After how many commands for a year it is brought to its end.
    length: u64,
    /// How many commands there were for each unit's year.
    made: BTreeMap<(UnitCode, u16), u64>,
}

/// The unit and year that a command is for, with what the sender sees of them.
struct Desk<'a> {
    books: &'a Books,
    unit: UnitCode,
    number: u16,
    year: Option<&'a Year>,
}

impl Generator {
    pub(super) fn new(seed: u64) -> Generator {
        let mut random = Random::new(seed);
        let length = 150 + random.below(450);
        Generator { random, numbered: 0, payments: Vec::new(), receipts: Vec::new(), length, made: BTreeMap::new() }
    }

    /// The commands that found the office.
    pub(super) fn founding() -> Vec<Command> {
        let named = |code: &str, parent: Option<&str>, nature| Unit {
            code: unit(code),
            name: format!("云麓市第{code}单位"),
            parent: parent.map(unit),
            nature,
        };
        let mut commands = vec![
            Command::OpenUnit(named("101", None, Nature::Administrative)),
            Command::OpenUnit(named("101001", Some("101"), Nature::CivilServiceManaged)),
            Command::OpenUnit(named("101002", Some("101"), Nature::PublicWelfareOne)),
        ];
        commands.extend(PERSONS.iter().map(|(name, role)| Command::Appoint(person(name), unit("101"), *role)));
        commands.push(Command::AddRow(unit("101"), row_name("offices", "综合科"), rows::office()));
        commands.push(Command::AddRow(unit("101"), row_name("vehicles", "V1"), rows::vehicle("V1")));
        commands.extend(UNITS.iter().map(|code| Command::OpenYear(unit(code), FIRST)));
        commands
    }

    /// The next request: who sends it, and what they want.
    pub(super) fn request(&mut self, books: &Books) -> (Person, Vec<Command>) {
        let count = if self.random.percent(88) { 1 } else { 2 + self.random.below(4) };
        let commands: Vec<Command> = (0..count).map(|_| self.command(books)).collect();
        let sender = match commands.first() {
            Some(
                Command::OpenUnit(_)
                | Command::ChangeUnit(_)
                | Command::CloseUnit(_)
                | Command::Appoint(..)
                | Command::Dismiss(..),
            ) => self.likely(Role::Administrator),
            Some(Command::Disclose(disclosed)) if !self.random.once_in(20) => disclosed.by.clone(),
            Some(Command::SetCeiling(_) | Command::Allot(_)) => self.likely(Role::Finance),
            Some(Command::ReversePayment(..) | Command::ReverseReceipt(..)) => self.likely(Role::Reviewer),
            _ => self.likely(Role::Reviewer),
        };
        (sender, commands)
    }

    fn command(&mut self, books: &Books) -> Command {
        if self.random.once_in(30) {
            return self.organise(books);
        }
        let unit = unit(self.random.word(&UNITS));
        let open = books.years_of(&unit).find(|(_, year)| year.is_open());
        let mut number = open.map_or(FIRST, |(number, _)| number);
        match self.random.below(80) {
            0 => number += 1,
            1..=3 if number > FIRST => number -= 1,
            4 => number = self.random.from(i64::from(FIRST) - 2, i64::from(number) + 2) as u16,
            _ => {}
        }
        let made = self.made.entry((unit.clone(), number)).or_default();
        *made += 1;
        let made = *made;
        let missing = PROJECTS.iter().find(|code| !books.has_project(&unit, number, code));
        if let Some(code) = missing.filter(|_| self.random.once_in(3)) {
            // The library has a row for each year, at the department's first unit.
            let name = row_name("projects", &format!("{number}-{code}"));
            return Command::AddRow(root(), name, rows::project(code, number, "运行"));
        }
        let desk = Desk { books, year: books.year(&unit, number), unit, number };
        match desk.year {
            None => Command::OpenYear(desk.unit, desk.number),
            Some(year) if !year.is_open() && self.random.percent(70) => self.after_closing(&desk, year),
            Some(year) if year.frozen(Version::Approved).is_none() => self.plan_budget(&desk, year),
            Some(year) if made > self.length && year.is_open() => self.finish(&desk, year),
            Some(year) => self.spend(&desk, year),
        }
    }

    /// A number that nothing has yet; seldom one that something has.
    fn number(&mut self, letter: char) -> String {
        if self.random.once_in(50) && self.numbered > 0 {
            return format!("{letter}{}", 1 + self.random.below(self.numbered));
        }
        self.numbered += 1;
        format!("{letter}{}", self.numbered)
    }

    /// Some of what is free, all of it, a little or far too much, nothing or less.
    fn amount(&mut self, free: i64) -> Amount {
        let free = free.max(0);
        Amount(match self.random.below(100) {
            0..=59 => self.random.from(1, (free / 4).max(1)),
            60..=79 => self.random.from(1, free.max(1)),
            80..=91 => free.max(1),
            92..=95 => free + 1,
            96..=97 => free.saturating_mul(3) + self.random.from(1, 100_000),
            98 => self.random.from(-free, 0),
            _ => *self.random.pick(&[i64::MAX, i64::MIN, 1_000_000_000_000_001]),
        })
    }

    /// A person with the role at the department; now and then anybody.
    fn likely(&mut self, role: Role) -> Person {
        if self.random.once_in(40) {
            let anybody: Vec<&str> = PERSONS.iter().map(|(name, _)| *name).chain(OTHERS).collect();
            return person(self.random.word(&anybody));
        }
        let theirs: Vec<&str> = PERSONS.iter().filter(|(_, other)| *other == role).map(|(name, _)| *name).collect();
        person(self.random.word(&theirs))
    }

    fn approval(&mut self, decider: Role) -> Approval {
        let prepared = self.likely(Role::Handler);
        let approved = if self.random.once_in(60) { prepared.clone() } else { self.likely(decider) };
        Approval { prepared, approved }
    }

    fn day(&mut self, year: u16) -> Date {
        let year = if self.random.once_in(60) { year.saturating_sub(1) } else { year };
        let (month, day) = (1 + self.random.below(12) as u8, 1 + self.random.below(28) as u8);
        Date::new(year, month, day).unwrap()
    }

    /// The words of a document or a reason; seldom none.
    fn words(&mut self, words: &str) -> String {
        if self.random.once_in(60) { " ".to_owned() } else { words.to_owned() }
    }

    /// A line as the office budgets them; seldom one that no office has.
    fn any_line(&mut self, unit: &UnitCode, year: u16) -> Line {
        let mut line = Line {
            unit: unit.clone(),
            year,
            fund: Fund::GeneralPublic,
            source: Source::Current,
            function: function(self.random.word(&FUNCTIONS)),
            economic: economic(self.random.word(&ECONOMICS)),
            purpose: Purpose::Basic,
        };
        if self.random.percent(30) {
            line.purpose = Purpose::Project(project(self.random.word(&PROJECTS)));
        }
        match self.random.below(30) {
            0 | 1 => line.source = Source::CarriedOver,
            2 => (line.fund, line.source) = (Fund::Other, Source::Surplus),
            3..=5 => line.fund = Fund::Service,
            6..=8 => (line.fund, line.function) = (Fund::GovernmentManaged, function("2120801")),
            9 | 10 => (line.fund, line.economic) = (Fund::Other, economic("30201")),
            11..=14 => line = self.internal(line),
            15 if self.random.once_in(3) => return self.odd(line),
            _ => {}
        }
        line
    }

    /// Money that goes to, or comes from, another unit of the department.
    fn internal(&mut self, line: Line) -> Line {
        let other = unit(self.random.word(&UNITS));
        let purpose = match (line.unit.as_str(), self.random.below(3)) {
            ("101", _) => Purpose::SubsidyToAffiliates(other.clone()),
            (_, 0) => Purpose::Business,
            _ => Purpose::RemittanceToSuperior(unit("101")),
        };
        match self.random.below(3) {
            0 => Line { fund: Fund::Other, source: Source::Internal(other), ..line },
            _ => Line { fund: Fund::Other, purpose, economic: economic("31299"), ..line },
        }
    }

    fn odd(&mut self, line: Line) -> Line {
        match self.random.below(6) {
            0 => Line { purpose: Purpose::Project(project("P9")), ..line },
            1 => Line { function: function("20103"), ..line },
            2 => Line { economic: economic("302"), ..line },
            3 => Line { fund: Fund::StateCapital, function: function("2120801"), ..line },
            4 => Line { unit: unit("999"), ..line },
            _ => Line { source: Source::Internal(line.unit.clone()), ..line },
        }
    }

    fn pot(&mut self, desk: &Desk<'_>) -> Pot {
        let known: Vec<&Pot> = desk.year.into_iter().flat_map(|year| year.pots().map(|(pot, _)| pot)).collect();
        match known.is_empty() || self.random.once_in(5) {
            true => Pot::of(&self.any_line(&desk.unit, desk.number)),
            false => (*self.random.pick(&known)).clone(),
        }
    }
}

fn root() -> UnitCode {
    unit("101")
}

fn unit(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

fn person(name: &str) -> Person {
    Person::new(name).unwrap()
}

fn project(code: &str) -> ProjectCode {
    ProjectCode::new(code).unwrap()
}

fn function(code: &str) -> FunctionalCode {
    FunctionalCode::parse(code).unwrap()
}

fn economic(code: &str) -> EconomicCode {
    EconomicCode::parse(code).unwrap()
}

fn row_name(register: &str, row: &str) -> RowName {
    RowName { register: RegisterId::new(register).unwrap(), row: RowId::new(row).unwrap() }
}
