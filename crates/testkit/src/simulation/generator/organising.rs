//! Units, persons, registers, numbers of earlier years: what goes on beside the money.

use super::{FIRST, Generator, OTHERS, PERSONS, UNITS, person, row_name, unit};
use crate::rows;
use mingzhang_books::command::Command;
use mingzhang_books::entry::Known;
use mingzhang_books::names::UnitCode;
use mingzhang_books::state::Books;
use mingzhang_books::unit::{Nature, Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::key::{Measure, Stage};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

impl Generator {
    pub(super) fn organise(&mut self, books: &Books) -> Command {
        match self.random.below(28) {
            0 => {
                let parent = if self.random.once_in(9) { "102" } else { self.random.word(&UNITS) };
                let code = format!("101{}", self.random.from(1, 40));
                Command::OpenUnit(self.named(&code, Some(parent)))
            }
            1 => {
                let code = self.passing_unit(books);
                let parent = if self.random.once_in(5) { code.clone() } else { unit(self.random.word(&UNITS)) };
                Command::ChangeUnit(self.named(code.as_str(), Some(parent.as_str())))
            }
            2 => {
                let code = if self.random.once_in(4) { unit("101") } else { self.passing_unit(books) };
                Command::CloseUnit(code)
            }
            3 => Command::OpenYear(self.passing_unit(books), FIRST + self.random.below(3) as u16),
            4..=8 => {
                let role = *self.random.pick(Role::ALL);
                let role = if role == Role::Administrator { Role::Handler } else { role };
                Command::Appoint(person(self.random.word(&OTHERS)), unit(self.random.word(&UNITS)), role)
            }
            9 => {
                let held: Vec<_> =
                    books.appointments().filter(|(_, person, _)| OTHERS.contains(&person.as_str())).collect();
                match held.is_empty() || self.random.once_in(6) {
                    true => Command::Dismiss(person(self.random.word(&OTHERS)), unit("101"), Role::Handler),
                    false => {
                        let (unit, person, roles) = self.random.pick(&held);
                        Command::Dismiss((*person).clone(), (*unit).clone(), roles[0])
                    }
                }
            }
            10..=12 => {
                // One who signs is away for a while.
                let away = PERSONS.iter().find(|(name, role)| !books.roles(&person(name), &unit("101")).contains(role));
                let (name, role) = *self.random.pick(&PERSONS);
                match away {
                    Some((name, role)) => Command::Appoint(person(name), unit("101"), *role),
                    None if role != Role::Administrator && self.random.once_in(3) => {
                        Command::Dismiss(person(name), unit("101"), role)
                    }
                    None => Command::Appoint(person(name), unit("101"), role),
                }
            }
            13 => self.known(),
            14 => {
                let statistic = *self.random.pick(Statistic::ALL);
                let (count, source) = (self.random.from(-1, 40), self.words("2023年度决算公开"));
                Command::RecordCount(unit(self.random.word(&UNITS)), self.early_year(), statistic, count, source)
            }
            _ => self.row(books),
        }
    }

    fn named(&mut self, code: &str, parent: Option<&str>) -> Unit {
        let nature = *self.random.pick(Nature::ALL);
        Unit { code: unit(code), name: self.words("云麓市某中心"), parent: parent.map(unit), nature }
    }

    /// One of the units that come and go.
    fn passing_unit(&mut self, books: &Books) -> UnitCode {
        let passing: Vec<&UnitCode> =
            books.units().map(|unit| &unit.code).filter(|code| !UNITS.contains(&code.as_str())).collect();
        if passing.is_empty() { unit("10199") } else { (*self.random.pick(&passing)).clone() }
    }

    fn early_year(&mut self) -> u16 {
        if self.random.once_in(6) { FIRST } else { FIRST - 1 }
    }

    fn known(&mut self) -> Command {
        let known = Known {
            unit: unit(self.random.word(&UNITS)),
            year: self.early_year(),
            stage: *self.random.pick(Stage::ALL),
            measure: Measure::Expenditure,
            funds: (*self.random.pick(&["", "general_public", "no_fund"])).to_owned(),
            kind: None,
            function: (*self.random.pick(&["", "201", "2x"])).to_owned(),
            economic: (*self.random.pick(&["", "30217", "three_public"])).to_owned(),
        };
        let amount = Amount(self.random.from(0, 90_000_000));
        Command::RecordAmount(known, amount, self.words("2023年度决算公开"))
    }

    /// A row comes, is put right or goes: a reception, a vehicle's month, a contract, a project.
    fn row(&mut self, books: &Books) -> Command {
        let owner = unit(self.random.word(&UNITS));
        let year = books.years_of(&owner).find(|(_, year)| year.is_open()).map_or(FIRST, |(year, _)| year);
        let year = if self.random.once_in(20) { year - 1 } else { year };
        let word =
            self.random.weighted(&[(4, "receptions"), (3, "vehicle_costs"), (3, "procurement"), (1, "projects")]);
        let (number, amount) = (1 + self.random.below(12), self.random.from(1_000, 9_000_000));
        let name = format!("{year}-{number}");
        let (owner, name, row) = match word {
            "receptions" => (owner, name.clone(), rows::reception(&name, year, self.random.below(30))),
            "vehicle_costs" => (owner, name.clone(), rows::vehicle_cost(&name, "V1", year, number as u8)),
            // Contracts go over years: their names do not say which.
            "procurement" => (owner, format!("C{number}"), rows::contract(&format!("C{number}"), year, amount)),
            _ => {
                let code = format!("P{}", 1 + self.random.below(4));
                (
                    unit("101"),
                    format!("{year}-{code}"),
                    rows::project(&code, year + u16::from(self.random.once_in(3)), "改"),
                )
            }
        };
        let name = row_name(word, &name);
        let there = books.row(&owner, &name.register, &name.row).is_some();
        match (there, self.random.below(4)) {
            (false, 0) | (true, 1 | 2) => Command::CorrectRow(owner, name, row, self.words("原登记有误")),
            (true, 3) => Command::RemoveRow(owner, name, self.words("重复登记")),
            _ => Command::AddRow(owner, name, row),
        }
    }
}
