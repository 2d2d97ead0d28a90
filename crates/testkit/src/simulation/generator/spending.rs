//! Allotments, plans, reservations, payments, changes and receipts, and the end of a year.

use super::{Desk, Generator, UNITS, project, row_name, unit};
use mingzhang_books::command::Command;
use mingzhang_books::entry::{
    Adjustment, Allotment, Authority, Change, Closing, Hands, Move, Moved, Movement, Payment, Plan, Pot, Publication,
    Receipt, Reservation, RowName,
};
use mingzhang_books::line::{Line, Purpose};
use mingzhang_books::names::{AdjustmentId, PaymentId, ReceiptId, ReservationId, RowId};
use mingzhang_books::pivot::{Difference, flows};
use mingzhang_books::state::{Account, Paid, Year};
use mingzhang_books::unit::Role;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::key::Fund;
use mingzhang_model::set::Member;

impl Generator {
    pub(super) fn spend(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        match self.random.below(100) {
            0..=13 => self.allot(desk, year),
            14..=17 => self.plan(desk, year),
            18..=29 => self.reserve(desk, year),
            30..=33 => self.release(desk, year),
            34..=63 => self.pay(desk, year),
            64..=68 => self.reverse_payment(desk),
            69..=77 => self.adjust(desk, year),
            78..=85 => self.receive(desk, year),
            86..=87 => self.reverse_receipt(desk),
            88..=91 => self.transfer(desk, year),
            92..=93 => self.move_money(desk, year),
            94 => self.explain(desk),
            95..=97 => self.disclose(desk, year, Publication::Budget),
            98 => self.close(desk),
            _ => self.plan_budget(desk, year),
        }
    }

    /// Brings the year to its end: reservations are released, holes filled, the year closed.
    pub(super) fn finish(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        if self.random.once_in(6) {
            return self.spend(desk, year);
        }
        let open = year.open_reservations();
        if !open.is_empty() {
            let (id, _) = *self.random.pick(&open);
            return Command::Release(id.clone(), desk.unit.clone(), desk.number);
        }
        let short = year.pots().find(|(_, pile)| pile.closing().0 < 0);
        if let Some((pot, pile)) = short {
            let more = self.random.from(0, 900_000);
            return self.receipt(pot.clone(), -pile.closing().0 + more, desk);
        }
        let differences = flows(desk.books, desk.number);
        let theirs = differences.iter().find(|one| [&one.from, &one.to].contains(&&desk.unit));
        match theirs.and_then(|one| self.agree(desk, one)) {
            Some(command) => command,
            None => self.close(desk),
        }
    }

    /// What would make two units say the same of what was paid between them.
    fn agree(&mut self, desk: &Desk<'_>, one: &Difference) -> Option<Command> {
        let (gives, gets) = (desk.books.year(&one.from, desk.number), desk.books.year(&one.to, desk.number));
        if one.given > one.got && gets.is_some_and(Year::is_open) {
            let line = self.any_line(&one.to, desk.number);
            let pot = Pot { fund: Fund::Other, ..Pot::of(&Line { purpose: Purpose::Basic, ..line }) };
            let Command::Receive(receipt) = self.receipt(pot, one.given.0 - one.got.0, desk) else { return None };
            return Some(Command::Receive(Receipt { from: Some(one.from.clone()), ..receipt }));
        }
        let why = "内部往来两边不符".to_owned();
        if one.got > one.given {
            let wrong = gets?.receipts().filter(|(_, got)| !got.reversed && got.from.as_ref() == Some(&one.from));
            let id = wrong.map(|(id, _)| id).min()?.clone();
            return Some(Command::ReverseReceipt(id, one.to.clone(), desk.number, why));
        }
        let gives = gives?;
        let goes = |paid: &Paid| gives.accounts()[paid.account as usize].line.purpose.counterparty() == Some(&one.to);
        let id = gives.payments().filter(|(_, paid)| !paid.reversed && goes(paid)).map(|(id, _)| id).min()?.clone();
        Some(Command::ReversePayment(id, one.from.clone(), desk.number, why))
    }

    fn close(&mut self, desk: &Desk<'_>) -> Command {
        let on = Date::new(desk.number, 12, 31).unwrap();
        let approval = self.approval(Role::Head);
        let document = String::new();
        Command::CloseYear(Closing { unit: desk.unit.clone(), year: desk.number, on, document, approval })
    }

    /// One of the year's lines; seldom one that may not be there.
    fn account<'a>(&mut self, year: &'a Year, wanted: impl Fn(&Account) -> bool) -> Option<&'a Account> {
        if year.accounts().is_empty() || self.random.once_in(40) {
            return None;
        }
        let likely: Vec<&Account> = year.accounts().iter().filter(|account| wanted(account)).collect();
        match likely.is_empty() || self.random.once_in(10) {
            true => Some(self.random.pick(year.accounts())),
            false => Some(*self.random.pick(&likely)),
        }
    }

    fn line(&mut self, desk: &Desk<'_>, account: Option<&Account>) -> Line {
        account.map_or_else(|| self.any_line(&desk.unit, desk.number), |account| account.line.clone())
    }

    fn allot(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let account =
            self.account(year, |account| account.line.is_appropriation() && account.allotted < account.adjusted());
        let free = account.map_or(1_000, |account| account.adjusted().0 - account.allotted.0);
        let mut amount = self.amount(free);
        if self.random.once_in(12)
            && let Some(account) = account
        {
            let unused = account.allotted.0 - account.paid.0;
            amount = Amount(-self.random.from(0, unused.max(1)) - i64::from(self.random.once_in(4)));
        }
        let (line, on) = (self.line(desk, account), self.day(desk.number));
        Command::Allot(Allotment { line, amount, on, document: self.words("财预指标〔2024〕1号") })
    }

    fn plan(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        // Plans come on some lines only: they make every later payment harder.
        let account = self.account(year, |account| account.plan.is_some() || account.paid.is_zero());
        let planned =
            account.and_then(|account| account.plan.as_deref()).map_or(0, |plan| plan.iter().map(|one| one.0).sum());
        let most = account.map_or(1_000, |account| account.allotted.0.max(account.adjusted().0) - planned);
        let month = if self.random.percent(40) { 1 } else { self.random.below(14) as u8 };
        let (line, amount) = (self.line(desk, account), self.amount(most));
        Command::Plan(Plan { line, month, amount })
    }

    fn reserve(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let account = self.account(year, |account| account.free().0 > 0);
        let free = account.map_or(1_000, |account| account.free().0);
        let (line, amount) = (self.line(desk, account), self.amount(free));
        Command::Reserve(Reservation {
            id: ReservationId::new(&self.number('r')).unwrap(),
            line,
            amount,
            on: self.day(desk.number),
            purpose: self.words("赴外地调研"),
            approval: self.approval(Role::Head),
        })
    }

    fn release(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let open = year.open_reservations();
        let id = match open.is_empty() || self.random.once_in(8) {
            true => ReservationId::new(&format!("r{}", self.random.below(500))).unwrap(),
            false => self.random.pick(&open).0.clone(),
        };
        Command::Release(id, desk.unit.clone(), desk.number)
    }

    pub(super) fn pay(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let open = year.open_reservations();
        if !open.is_empty() && self.random.percent(35) {
            let (id, held) = *self.random.pick(&open);
            let account = &year.accounts()[held.account as usize];
            let account = if self.random.once_in(30) { self.random.pick(year.accounts()) } else { account };
            let left = if account.line.is_appropriation() && self.random.percent(85) {
                held.left.0.min(account.allotted.0 - account.paid.0)
            } else {
                held.left.0
            };
            let mut payment = self.payment(desk, account.line.clone(), left);
            payment.reservation = Some(id.clone());
            return Command::Pay(payment);
        }
        let payable = |account: &Account| {
            let allotted = if account.line.is_appropriation() { account.allotted.0 - account.paid.0 } else { i64::MAX };
            account.free().0.min(allotted)
        };
        let account = self.account(year, |account| payable(account) > 0);
        let line = self.line(desk, account);
        let payment = self.payment(desk, line, account.map_or(1_000, payable));
        Command::Pay(payment)
    }

    fn payment(&mut self, desk: &Desk<'_>, line: Line, free: i64) -> Payment {
        let id = self.number('p');
        self.payments.push((desk.unit.clone(), desk.number, id.clone()));
        let mut hands = Hands {
            handled: self.likely(Role::Handler),
            reviewed: self.likely(Role::Reviewer),
            paid: self.likely(Role::Cashier),
        };
        if self.random.once_in(60) {
            hands.paid = hands.handled.clone();
        }
        let row = self.row_for(desk, &line);
        let contract = self.random.once_in(12).then(|| RowId::new(&format!("C{}", 1 + self.random.below(12))).unwrap());
        Payment {
            id: PaymentId::new(&id).unwrap(),
            line,
            amount: self.amount(free),
            on: self.day(desk.number),
            reservation: None,
            row,
            contract,
            payee: "云麓市文具有限公司".into(),
            voucher: String::new(),
            hands,
        }
    }

    /// The row that the law wants for a payment on this line.
    fn row_for(&mut self, desk: &Desk<'_>, line: &Line) -> Option<RowName> {
        let register = match line.economic.to_string().as_str() {
            "30217" => "receptions",
            "30231" => "vehicle_costs",
            _ if self.random.once_in(25) => "receptions",
            _ => return None,
        };
        let there: Vec<&RowId> = desk.books.rows_in(&desk.unit, register).map(|(name, _)| name).collect();
        if there.is_empty() || self.random.once_in(12) {
            return self.random.once_in(2).then(|| row_name("vehicles", "V1"));
        }
        Some(row_name(register, self.random.pick(&there).as_str()))
    }

    fn reverse_payment(&mut self, desk: &Desk<'_>) -> Command {
        let why = self.words("付错收款人");
        let lately = self.payments.len().saturating_sub(60);
        match self.payments.get(lately..).filter(|sent| !sent.is_empty()) {
            Some(sent) => {
                let theirs: Vec<_> =
                    sent.iter().filter(|(unit, year, _)| (unit, *year) == (&desk.unit, desk.number)).collect();
                let sent: Vec<_> = if theirs.is_empty() { sent.iter().collect() } else { theirs };
                let (unit, year, id) = (*self.random.pick(&sent)).clone();
                Command::ReversePayment(PaymentId::new(&id).unwrap(), unit, year, why)
            }
            None => Command::ReversePayment(PaymentId::new("p0").unwrap(), desk.unit.clone(), desk.number, why),
        }
    }

    fn adjust(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let change = *self.random.pick(Change::ALL);
        let mut moves = Vec::new();
        let authority =
            self.random.weighted(&[(2, Authority::Unit), (2, Authority::Department), (6, Authority::Finance)]);
        let giver = self.account(year, |account| account.free().0 > 0);
        let free = giver.map_or(1_000, |account| account.free().0);
        let amount = self.amount(free / 2);
        let line = self.line(desk, giver);
        match change {
            Change::Addition => {
                let line = if self.random.once_in(5) { self.any_line(&desk.unit, desk.number) } else { line };
                moves.push(Move { line, amount });
            }
            Change::Reduction => moves.push(Move { line, amount: Amount(amount.0.saturating_neg()) }),
            Change::Reallocation => {
                let alike = |other: &Account| other.line.fund == line.fund && other.line.source == line.source;
                let getter = self.account(year, |other| alike(other) && other.line != line);
                let other = self.line(desk, getter);
                let more = if self.random.once_in(30) { amount.0.saturating_add(1) } else { amount.0 };
                moves.push(Move { line, amount: Amount(amount.0.saturating_neg()) });
                if self.random.once_in(4) && more > 3 {
                    let third = Line { purpose: Purpose::Project(project("P2")), ..other.clone() };
                    moves.push(Move { line: third, amount: Amount(more / 3) });
                    moves.push(Move { line: other, amount: Amount(more - more / 3) });
                } else {
                    moves.push(Move { line: other, amount: Amount(more) });
                }
            }
        }
        let decider = match authority {
            Authority::Unit => Role::Head,
            Authority::Department => Role::Department,
            Authority::Finance => Role::Finance,
        };
        let allowed = if self.random.percent(70) { "府办函〔2024〕3号" } else { "" };
        Command::Adjust(Adjustment {
            id: AdjustmentId::new(&self.number('a')).unwrap(),
            change,
            moves,
            on: self.day(desk.number),
            document: self.words("财预〔2024〕15号"),
            authority,
            reason: self.words("年中工作任务变化"),
            three_public_approval: allowed.into(),
            approval: self.approval(decider),
        })
    }

    /// Money comes into a pot that was paid from, or into any.
    pub(super) fn receive(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let short: Vec<&Pot> = year.pots().filter(|(_, pile)| pile.closing().0 < 0).map(|(pot, _)| pot).collect();
        let pot = if short.is_empty() || self.random.once_in(4) {
            self.pot(desk)
        } else {
            (*self.random.pick(&short)).clone()
        };
        let amount = self.amount(8_000_000).0;
        self.receipt(pot, amount, desk)
    }

    fn receipt(&mut self, pot: Pot, amount: i64, desk: &Desk<'_>) -> Command {
        let id = self.number('i');
        self.receipts.push((desk.unit.clone(), desk.number, id.clone()));
        Command::Receive(Receipt {
            id: ReceiptId::new(&id).unwrap(),
            pot,
            amount: Amount(amount),
            on: self.day(desk.number),
            from: self.random.once_in(15).then(|| unit(self.random.word(&UNITS))),
            voucher: String::new(),
        })
    }

    fn reverse_receipt(&mut self, desk: &Desk<'_>) -> Command {
        let why = self.words("重复入账");
        let (unit, year, id) = match self.receipts.len() {
            0 => (desk.unit.clone(), desk.number, "i0".to_owned()),
            many => self.receipts[many - 1 - self.random.below(many.min(30) as u64) as usize].clone(),
        };
        Command::ReverseReceipt(ReceiptId::new(&id).unwrap(), unit, year, why)
    }

    /// Both sides of what one unit of the department gives another.
    fn transfer(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let goes = |account: &Account| account.line.purpose.counterparty().is_some() && account.free().0 > 0;
        let account = self.account(year, goes);
        let line = self.line(desk, account);
        let to = line.purpose.counterparty().cloned().unwrap_or_else(|| unit("101"));
        let payment = self.payment(desk, line, account.map_or(1_000, |account| account.free().0));
        let theirs = desk.books.years_of(&to).find(|(_, year)| year.is_open()).map_or(desk.number, |(year, _)| year);
        let got = Line { unit: to, year: theirs, purpose: Purpose::Basic, ..payment.line.clone() };
        let amount = if self.random.once_in(15) { Amount(payment.amount.0.saturating_add(1)) } else { payment.amount };
        let receipt = Receipt {
            id: ReceiptId::new(&self.number('i')).unwrap(),
            pot: Pot::of(&got),
            amount,
            on: self.day(theirs),
            from: Some(payment.line.unit.clone()),
            voucher: String::new(),
        };
        Command::Transfer(payment, receipt)
    }

    fn move_money(&mut self, desk: &Desk<'_>, year: &Year) -> Command {
        let movement = *self.random.pick(Movement::ALL);
        let treasury = |pot: &Pot| mingzhang_model::key::fiscal_appropriation().has(pot.fund);
        let likely: Vec<&Pot> = (year.pots())
            .filter(|(pot, pile)| treasury(pot) == (movement == Movement::Recovered) && pile.closing().0 > 0)
            .map(|(pot, _)| pot)
            .collect();
        let pot = if likely.is_empty() { self.pot(desk) } else { (*self.random.pick(&likely)).clone() };
        let left = year.pots().find(|(other, _)| **other == pot).map_or(0, |(_, pile)| pile.closing().0);
        let decider = if movement == Movement::Recovered { Role::Finance } else { Role::Head };
        let (amount, on) = (self.amount(left / 3), self.day(desk.number));
        let (document, approval) = (self.words("财库〔2024〕2号"), self.approval(decider));
        Command::Move(Moved { movement, pot, amount, on, document, approval })
    }
}
