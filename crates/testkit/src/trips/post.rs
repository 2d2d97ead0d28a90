//! A [`Plan`] to books: the commands of a year, in the order of the days.

use super::plan::{Course, Plan};
use super::{CODE, registers};
use crate::office::{PERSONS, approval, hands, person, unit};
use mingzhang_books::command::{Command, Request};
use mingzhang_books::entry::{
    Adjustment, Allotment, Authority, Balance, Budgeted, Change, Closing, Freeze, Move, Moved, Movement, Payment, Pot,
    Receipt, Version,
};
use mingzhang_books::ledger::{Failure, Ledger};
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::{AdjustmentId, PaymentId, ReceiptId, RequestId, UnitCode};
use mingzhang_books::store::Memory;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use std::collections::BTreeMap;

/// The books of a plan.
pub(super) fn posted(plan: &Plan) -> Ledger<Memory> {
    let mut ledger = Ledger::open(Memory::default()).unwrap();
    post(&mut ledger, "管理", "founding", founding(plan));
    post(&mut ledger, "审核", "registers", registers::rows(plan));
    post(&mut ledger, "审核", "budget", budget(plan));
    if plan.shape == super::Shape::Accounts {
        post(&mut ledger, "审核", "year", Year::of(plan));
    }
    ledger
}

/// Sends commands that must be carried out.
pub(super) fn post(ledger: &mut Ledger<Memory>, by: &str, id: &str, commands: Vec<Command>) {
    let request = Request { id: RequestId::new(id).unwrap(), by: person(by), at: 1_700_000_000, commands };
    match ledger.post(&request) {
        Ok(_) => {}
        Err(Failure::Refused { refusal, .. }) => panic!("{id}: {refusal}"),
        Err(failure) => panic!("{id}: {failure:?}"),
    }
}

fn founding(plan: &Plan) -> Vec<Command> {
    let mut commands: Vec<Command> = plan.units.iter().cloned().map(Command::OpenUnit).collect();
    commands.extend(PERSONS.iter().map(|(name, role)| Command::Appoint(person(name), unit(CODE), *role)));
    commands.extend(plan.units.iter().map(|unit| Command::OpenYear(unit.code.clone(), plan.year)));
    commands
}

fn day(year: u16, month: u8) -> Date {
    Date::new(year, month, 20).unwrap()
}

fn budget(plan: &Plan) -> Vec<Command> {
    let version = Version::Approved;
    let lines = plan.lines.iter().map(|(line, course)| {
        Command::Budget(Budgeted { version, line: line.clone(), amount: Amount(course.approved) })
    });
    let mut commands: Vec<Command> = lines.collect();
    commands.extend(plan.units.iter().map(|unit| {
        let (unit, year, on) = (unit.code.clone(), plan.year, day(plan.year, 1));
        Command::Freeze(Freeze {
            unit, year, version, document: "财预〔1〕号".into(), on, approval: approval("财政")
        })
    }));
    commands
}

/// A year of accounts as it goes on.
struct Year<'a> {
    plan: &'a Plan,
    commands: Vec<Command>,
    /// What lies in each pot.
    pots: BTreeMap<Pot, i64>,
    number: u32,
}

impl Year<'_> {
    fn of(plan: &Plan) -> Vec<Command> {
        let mut year = Year { plan, commands: Vec::new(), pots: BTreeMap::new(), number: 0 };
        let lines: Vec<(&Line, &Course)> = plan.lines.iter().collect();
        year.open(&lines);
        for unit in &plan.units {
            year.adjust(&unit.code);
        }
        year.fund(&lines);
        // What one unit gives another must be there before that other spends it.
        let (given, own): (Vec<_>, Vec<_>) =
            lines.iter().partition(|(line, _)| matches!(line.purpose, Purpose::SubsidyToAffiliates(_)));
        given.into_iter().for_each(|(line, course)| year.give(line, *course));
        own.into_iter().for_each(|(line, course)| year.pay(line, *course));
        year.distribute();
        for unit in &plan.units {
            let (unit, on) = (unit.code.clone(), Date::new(plan.year, 12, 31).unwrap());
            let closing =
                Closing { unit, year: plan.year, on, document: String::new(), approval: approval("负责人") };
            year.commands.push(Command::CloseYear(closing));
        }
        year.commands
    }

    fn next(&mut self, letter: char) -> String {
        self.number += 1;
        format!("{letter}{}", self.number)
    }

    /// What was left of the year before: all that is carried over, and now and then something that no line plans.
    fn open(&mut self, lines: &[(&Line, &Course)]) {
        let mut opening: BTreeMap<Pot, i64> = BTreeMap::new();
        for (at, (line, course)) in lines.iter().enumerate() {
            match line.source {
                Source::CarriedOver => *opening.entry(Pot::of(line)).or_default() += course.approved,
                Source::Current if at % 7 == 3 => *opening.entry(Pot::of(line)).or_default() += course.approved / 3,
                _ => {}
            }
        }
        for (pot, fen) in opening.into_iter().filter(|(_, fen)| *fen > 0) {
            self.pots.insert(pot.clone(), fen);
            let balance = Balance { pot, amount: Amount(fen), since: self.plan.year - 1 };
            self.commands.push(Command::BringForward(balance));
        }
    }

    /// What is added, and what is taken, each as one adjustment of the unit.
    fn adjust(&mut self, unit: &UnitCode) {
        for (change, sign) in [(Change::Addition, 1), (Change::Reduction, -1)] {
            let own = self.plan.lines.iter().filter(|(line, course)| line.unit == *unit && course.added * sign > 0);
            let moves: Vec<Move> =
                own.map(|(line, course)| Move { line: line.clone(), amount: Amount(course.added) }).collect();
            if moves.is_empty() {
                continue;
            }
            let id = AdjustmentId::new(&self.next('A')).unwrap();
            self.commands.push(Command::Adjust(Adjustment {
                id,
                change,
                moves,
                on: day(self.plan.year, 6),
                document: "财预〔2〕号".into(),
                authority: Authority::Finance,
                reason: "工作需要".into(),
                three_public_approval: "批〔3〕号".into(),
                approval: approval("财政"),
            }));
        }
    }

    /// Allotments, receipts, and surplus that is used.
    fn fund(&mut self, lines: &[(&Line, &Course)]) {
        let mut received: BTreeMap<Pot, i64> = BTreeMap::new();
        let mut used: BTreeMap<Pot, i64> = BTreeMap::new();
        let (year, document) = (self.plan.year, || "财预〔4〕号".to_owned());
        for (line, course) in lines {
            let adjusted = course.approved + course.added;
            if line.is_appropriation() && adjusted > 0 {
                let (line, amount, on) = ((*line).clone(), Amount(adjusted), day(year, 7));
                self.commands.push(Command::Allot(Allotment { line, amount, on, document: document() }));
            }
            match line.source {
                Source::Current => *received.entry(Pot::of(line)).or_default() += adjusted,
                Source::Surplus => *used.entry(Pot::of(line)).or_default() += adjusted,
                Source::CarriedOver | Source::Internal(_) => {}
            }
        }
        for (pot, fen) in received.into_iter().filter(|(_, fen)| *fen > 0) {
            *self.pots.entry(pot.clone()).or_default() += fen;
            let id = ReceiptId::new(&self.next('S')).unwrap();
            let (amount, on) = (Amount(fen), day(year, 8));
            self.commands.push(Command::Receive(Receipt { id, pot, amount, on, from: None, voucher: String::new() }));
        }
        for (pot, fen) in used.into_iter().filter(|(_, fen)| *fen > 0) {
            *self.pots.entry(pot.clone()).or_default() += fen;
            self.shift(Movement::SurplusUsed, pot, fen);
        }
    }

    fn shift(&mut self, movement: Movement, pot: Pot, fen: i64) {
        let (amount, on, approval) = (Amount(fen), day(self.plan.year, 12), approval("负责人"));
        self.commands
            .push(Command::Move(Moved { movement, pot, amount, on, document: "办〔5〕号".into(), approval }));
    }

    fn payment(&mut self, line: &Line, course: Course) -> Option<Payment> {
        let left = self.pots.get_mut(&Pot::of(line))?;
        let fen = course.paid.min(*left);
        if fen <= 0 {
            return None;
        }
        *left -= fen;
        let id = PaymentId::new(&self.next('Z')).unwrap();
        Some(Payment {
            id,
            line: line.clone(),
            amount: Amount(fen),
            on: day(self.plan.year, 9),
            reservation: None,
            row: None,
            contract: None,
            payee: String::new(),
            voucher: String::new(),
            hands: hands(),
        })
    }

    fn pay(&mut self, line: &Line, course: Course) {
        let Some(mut payment) = self.payment(line, course) else { return };
        if let Some((name, row)) = registers::paid(self.plan, line, payment.amount, payment.id.as_str()) {
            self.commands.push(Command::AddRow(line.unit.clone(), name.clone(), row));
            payment.row = Some(name);
        }
        self.commands.push(Command::Pay(payment));
    }

    fn give(&mut self, line: &Line, course: Course) {
        let Some(payment) = self.payment(line, course) else { return };
        let is_other_side = |other: &&Line| {
            matches!(&other.source, Source::Internal(from) if *from == line.unit)
                && line.purpose.counterparty() == Some(&other.unit)
                && other.function == line.function
        };
        let Some(taker) = self.plan.lines.keys().find(is_other_side) else { return };
        let pot = Pot::of(taker);
        *self.pots.entry(pot.clone()).or_default() += payment.amount.0;
        let id = ReceiptId::new(&self.next('S')).unwrap();
        let (amount, on, from) = (payment.amount, payment.on, Some(line.unit.clone()));
        let receipt = Receipt { id, pot, amount, on, from, voucher: String::new() };
        self.commands.push(Command::Transfer(payment, receipt));
    }

    /// Of what is left and is not the treasury's, now and then a part is distributed.
    fn distribute(&mut self) {
        let left: Vec<(Pot, i64)> = self.pots.iter().map(|(pot, left)| (pot.clone(), *left)).collect();
        for (at, (pot, left)) in left.into_iter().enumerate() {
            let is_fiscal = mingzhang_model::key::fiscal_appropriation().has(pot.fund);
            if left > 1 && !is_fiscal && at % 3 == 0 {
                *self.pots.entry(pot.clone()).or_default() -= left / 2;
                self.shift(Movement::SurplusDistributed, pot, left / 2);
            }
        }
    }
}
