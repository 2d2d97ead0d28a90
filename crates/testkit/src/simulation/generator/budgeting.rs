//! The making of a budget, and what follows the closing: approval and disclosure.

use super::{Desk, Generator};
use mingzhang_books::command::Command;
use mingzhang_books::entry::{
    Balance, Budgeted, Ceiling, Closing, Disclosed, Freeze, Group, Publication, Step, Version,
};
use mingzhang_books::state::Year;
use mingzhang_books::unit::Role;
use mingzhang_model::amount::Amount;
use mingzhang_model::set::Member;

/// How many lines a version has before it is frozen.
const LINES: usize = 18;

impl Generator {
    pub(super) fn plan_budget(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        // Few offices go through all rounds here: one version is worked on at a time.
        let rounds = [Version::FirstSubmission, Version::Ceiling, Version::SecondSubmission, Version::Approved];
        let last = rounds.iter().rposition(|version| year.frozen(*version).is_some());
        let due = rounds[last.map_or(0, |last| last + 1).min(3)];
        let version = if self.random.once_in(12) { *self.random.pick(&rounds) } else { due };
        let lines = year.version(version).count();
        let full = lines >= LINES || (version == Version::Ceiling && year.ceilings.len() >= 2);
        match self.random.below(20) {
            0 if version == Version::Ceiling || self.random.once_in(9) => self.ceiling(desk, year),
            0..=2 if desk.books.year(&desk.unit, desk.number - 1).is_none() || self.random.once_in(9) => {
                self.opening(desk)
            }
            1 if full => self.explain(desk),
            2 | 13..=15 if full && version != Version::Ceiling => self.cut(desk, year, version),
            3 => self.receive(desk, year),
            4 => self.explain(desk),
            5 if self.random.once_in(3) => self.pay(desk, year),
            5 => self.disclose(desk, year, Publication::Budget),
            6 | 7 if full => self.freeze(desk, version),
            6..=8 if version == Version::Ceiling => self.ceiling(desk, year),
            9..=11 if lines == 0 => {
                let from = *self.random.pick(&[Version::FirstSubmission, Version::SecondSubmission, Version::Ceiling]);
                Command::CopyVersion(desk.unit.clone(), desk.number, from, version)
            }
            12..=19 if full => self.freeze(desk, version),
            _ if version == Version::Ceiling => self.freeze(desk, version),
            _ => self.budget(desk, year, version),
        }
    }

    fn ceiling(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let group = *self.random.pick(Group::ALL);
        // Some ceilings bite, and then lines must be cut.
        let generous = if year.ceilings.contains_key(group.word()) { 4_000_000_000 } else { 400_000_000 };
        let amount = Amount(self.random.from(-1_000_000, generous));
        let amount = if self.random.percent(92) { Amount(generous * 9) } else { amount };
        Command::SetCeiling(Ceiling { unit: desk.unit.clone(), year: desk.number, group, amount })
    }

    /// The largest line of a version becomes small, so that it fits under its ceiling.
    fn cut(&mut self, desk: &Desk<'_>, year: &Year, version: Version) -> Command {
        let Some((line, amount)) = year.version(version).max_by_key(|(_, amount)| *amount) else {
            return self.explain(desk);
        };
        let amount = Amount(self.random.from(1, amount.0 / 4 + 1));
        Command::Budget(Budgeted { version, line: line.clone(), amount })
    }

    fn opening(&mut self, desk: &Desk<'_>) -> Command {
        let pot = self.pot(desk);
        let since = desk.number + 1 - self.random.below(4) as u16;
        Command::BringForward(Balance { pot, amount: Amount(self.random.from(-10, 20_000_000)), since })
    }

    fn budget(&mut self, desk: &Desk<'_>, year: &Year, version: Version) -> Command {
        let there: Vec<_> = year.version(version).map(|(line, _)| line).collect();
        // Some lines are put right, and some taken away again.
        let line = match there.is_empty() || !self.random.once_in(6) {
            true => self.any_line(&desk.unit, desk.number),
            false => (*self.random.pick(&there)).clone(),
        };
        let amount = match self.random.below(30) {
            0 => 0,
            1 => self.random.from(i64::MIN, i64::MAX),
            2..=9 => self.random.from(1, 1_000),
            _ => self.random.from(10_000, 50_000_000),
        };
        Command::Budget(Budgeted { version, line, amount: Amount(amount) })
    }

    fn freeze(&mut self, desk: &Desk<'_>, version: Version) -> Command {
        let decider = match version {
            Version::FirstSubmission | Version::SecondSubmission => Role::Head,
            Version::Ceiling | Version::Approved => Role::Finance,
        };
        let (unit, year) = (desk.unit.clone(), desk.number);
        let (document, on, approval) = (self.words("财预〔2024〕8号"), self.day(year), self.approval(decider));
        Command::Freeze(Freeze { unit, year, version, document, on, approval })
    }

    pub(super) fn explain(&mut self, desk: &Desk<'_>) -> Command {
        let place =
            (*self.random.pick(&["three_public_increase", "three_public_increase", "budget_changes", ""])).to_owned();
        let words = (*self.random.pick(&["按批准的出国计划", "", "比上年减少", "新增批准事项"])).to_owned();
        Command::Explain(desk.unit.clone(), desk.number, place, words)
    }

    /// The approval of the accounts, their disclosure, and attempts at what is over.
    pub(super) fn after_closing(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        match self.random.below(10) {
            0..=2 => {
                let approval = self.approval(Role::Finance);
                let on = self.day(desk.number + 1);
                let document = self.words("财决〔2025〕3号");
                let (unit, year) = (desk.unit.clone(), desk.number);
                Command::ApproveAccounts(Closing { unit, year, on, document, approval })
            }
            3 => self.explain(desk),
            4..=7 => self.disclose(desk, year, Publication::Accounts),
            _ => self.disclose(desk, year, Publication::Budget),
        }
    }

    /// The next step of a publication; sometimes another.
    pub(super) fn disclose(&mut self, desk: &Desk<'_>, year: &Year, publication: Publication) -> Command {
        let edition = year.last_edition(publication).max(1);
        let last = year.disclosure(publication, edition).last();
        let published = last.is_some_and(|last| last.step == Step::Published);
        let edition = if published { edition + 1 } else { edition };
        let due = match last.map(|last| last.step) {
            None | Some(Step::Returned | Step::Published) => Step::Drafted,
            Some(Step::Drafted) => Step::Checked,
            Some(Step::Checked) => Step::Reviewed,
            Some(Step::Reviewed) => Step::SecrecyReviewed,
            Some(Step::SecrecyReviewed) => Step::Signed,
            Some(Step::Signed) => Step::Published,
        };
        let step = if self.random.once_in(8) { *self.random.pick(Step::ALL) } else { due };
        let role = match step {
            Step::Drafted | Step::Checked | Step::Published => Role::Handler,
            Step::Reviewed | Step::Returned => Role::Reviewer,
            Step::SecrecyReviewed => Role::Secrecy,
            Step::Signed => Role::Head,
        };
        let hash = match last {
            Some(last) if step != Step::Drafted && !self.random.once_in(20) => last.hash.clone(),
            _ => format!("{:064x}", self.random.below(u64::MAX)),
        };
        Command::Disclose(Disclosed {
            unit: desk.unit.clone(),
            year: desk.number,
            publication,
            edition,
            step,
            by: self.likely(role),
            on: self.day(desk.number + u16::from(publication == Publication::Accounts)),
            hash,
            remark: self.words("https://www.example.gov.cn/公开"),
            errors: u32::from(self.random.once_in(10)),
        })
    }
}
