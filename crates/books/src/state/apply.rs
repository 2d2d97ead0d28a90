//! What each event does to the books. An event has happened: nothing here refuses.

use super::year::{Account, Frozen, Held, Paid, Received, Status, Year};
use super::{Books, Done};
use crate::entry::{Change, Closing, Entry, Event, Move, Movement, Payment, Pot, Version};
use crate::line::Line;
use crate::names::UnitCode;
use mingzhang_model::amount::Amount;
use mingzhang_model::set::Member;
use std::sync::Arc;

impl Books {
    /// Takes in the next entry. The chain is the caller's.
    pub(crate) fn apply(&mut self, entry: Entry) {
        self.count += 1;
        let number = self.count;
        match self.requests.get_mut(&entry.request) {
            Some(done) => done.last = number,
            None => self.requests.insert(entry.request, Done { first: number, last: number }),
        }
        match entry.event {
            Event::UnitOpened(unit) | Event::UnitChanged(unit) => {
                self.units.insert(unit.code.clone(), unit);
            }
            Event::UnitClosed(unit) => {
                self.closed.insert(unit);
            }
            Event::Appointed(person, unit, role) => {
                self.roles.entry((unit, person)).or_default().insert(role);
            }
            Event::Dismissed(person, unit, role) => {
                if let Some(roles) = self.roles.get_mut(&(unit.clone(), person.clone())) {
                    roles.remove(&role);
                    if roles.is_empty() {
                        self.roles.remove(&(unit, person));
                    }
                }
            }
            Event::AmountKnown(known, amount, _) => {
                self.known.insert(known, amount);
            }
            Event::CountKnown(unit, year, statistic, count, _) => {
                self.counts.insert((unit, year, statistic.word()), count);
            }
            Event::RowAdded(unit, name, row) | Event::RowCorrected(unit, name, row, _) => {
                let rows = self.registers.entry((unit, name.register)).or_default();
                Arc::make_mut(rows).insert(name.row, row);
            }
            Event::RowRemoved(unit, name, _) => {
                if let Some(rows) = self.registers.get_mut(&(unit, name.register)) {
                    Arc::make_mut(rows).remove(&name.row);
                }
            }
            event => self.apply_to_year(event),
        }
    }

    fn apply_to_year(&mut self, event: Event) {
        match event {
            Event::YearOpened(unit, year) => {
                self.years.entry((unit, year)).or_default();
            }
            Event::LineBudgeted(budgeted) => {
                let year = self.year_mut(&budgeted.line.unit, budgeted.line.year);
                let lines = year.versions.entry(budgeted.version.word()).or_default();
                let before = match budgeted.amount {
                    Amount::ZERO => lines.remove(&budgeted.line),
                    amount => lines.insert(budgeted.line, amount),
                };
                let sum = year.drafted.entry(budgeted.version.word()).or_default();
                sum.0 += budgeted.amount.0 - before.unwrap_or_default().0;
            }
            Event::CeilingSet(ceiling) => {
                let year = self.year_mut(&ceiling.unit, ceiling.year);
                year.ceilings.insert(ceiling.group.word(), ceiling);
            }
            Event::VersionFrozen(freeze, hash) => {
                let year = self.year_mut(&freeze.unit, freeze.year);
                if freeze.version == Version::Approved {
                    let lines = year.versions.get(Version::Approved.word()).cloned().unwrap_or_default();
                    for (line, amount) in lines {
                        year.account_mut(line).initial = amount;
                    }
                }
                year.frozen.insert(freeze.version.word(), Frozen { freeze, hash });
            }
            Event::Explained(unit, year, place, words) => {
                self.year_mut(&unit, year).explanations.insert(place, words);
            }
            Event::Disclosed(disclosed) => {
                let year = self.year_mut(&disclosed.unit, disclosed.year);
                let key = (disclosed.publication.word(), disclosed.edition);
                year.disclosures.entry(key).or_default().push(disclosed);
            }
            Event::YearClosed(closing, balances) => self.close(closing, balances),
            Event::AccountsApproved(approval) => {
                let year = self.year_mut(&approval.unit, approval.year);
                if let Status::Closed(closing) = &year.status {
                    year.status = Status::Approved(closing.clone(), approval);
                }
            }
            Event::BroughtForward(balance) => {
                let pile = self.year_mut(&balance.pot.unit, balance.pot.year).pots.entry(balance.pot).or_default();
                (pile.opening, pile.since) = (balance.amount, balance.since);
            }
            event => self.apply_money(event),
        }
    }

    fn apply_money(&mut self, event: Event) {
        match event {
            Event::Allotted(allotment) => {
                self.year_mut(&allotment.line.unit, allotment.line.year).account_mut(allotment.line).allotted.0 +=
                    allotment.amount.0;
            }
            Event::Planned(plan) => {
                let account = self.year_mut(&plan.line.unit, plan.line.year).account_mut(plan.line);
                let months = account.plan.get_or_insert_with(Box::default);
                if let Some(month) = months.get_mut(usize::from(plan.month).wrapping_sub(1)) {
                    *month = plan.amount;
                }
            }
            Event::Reserved(reservation) => {
                let year = self.year_mut(&reservation.line.unit, reservation.line.year);
                let account = year.position(reservation.line);
                year.accounts[account as usize].reserved.0 += reservation.amount.0;
                year.reservations.insert(reservation.id, Held { account, left: reservation.amount });
            }
            Event::Released(id, unit, year, amount) => {
                let year = self.year_mut(&unit, year);
                if let Some(held) = year.reservations.get_mut(&id) {
                    held.left.0 -= amount.0;
                    year.accounts[held.account as usize].reserved.0 -= amount.0;
                }
            }
            Event::Paid(payment) => self.year_mut(&payment.line.unit, payment.line.year).pay(payment),
            Event::PaymentReversed(id, unit, year, _) => self.year_mut(&unit, year).unpay(&id),
            Event::Adjusted(adjustment) => {
                if let Some(first) = adjustment.moves.first() {
                    let year = self.year_mut(&first.line.unit.clone(), first.line.year);
                    year.adjust(&adjustment.moves, adjustment.change);
                    year.adjustments.insert(adjustment.id.clone(), adjustment);
                }
            }
            Event::Received(receipt) => {
                let year = self.year_mut(&receipt.pot.unit, receipt.pot.year);
                year.pots.entry(receipt.pot.clone()).or_default().received.0 += receipt.amount.0;
                let received =
                    Received { pot: receipt.pot, amount: receipt.amount, from: receipt.from, reversed: false };
                year.receipts.insert(receipt.id, received);
            }
            Event::ReceiptReversed(id, unit, year, _) => {
                let year = self.year_mut(&unit, year);
                if let Some(receipt) = year.receipts.get_mut(&id) {
                    receipt.reversed = true;
                    let (pot, amount) = (receipt.pot.clone(), receipt.amount);
                    year.pots.entry(pot).or_default().received.0 -= amount.0;
                }
            }
            Event::Moved(moved) => {
                let pile = self.year_mut(&moved.pot.unit, moved.pot.year).pots.entry(moved.pot).or_default();
                match moved.movement {
                    Movement::SurplusUsed => pile.surplus_used.0 += moved.amount.0,
                    Movement::SurplusDistributed => pile.distributed.0 += moved.amount.0,
                    Movement::Recovered => pile.recovered.0 += moved.amount.0,
                }
            }
            // The others are not about money.
            _ => {}
        }
    }

    fn close(&mut self, closing: Closing, balances: Vec<crate::entry::Balance>) {
        let (unit, year) = (closing.unit.clone(), closing.year);
        let place = self.units.get(&unit).map(|unit| (unit.nature, unit.parent.clone()));
        let closed = self.year_mut(&unit, year);
        (closed.status, closed.place) = (Status::Closed(closing), place);
        let following = year.saturating_add(1);
        let next = self.year_mut(&unit, following);
        for balance in balances {
            let pile = next.pots.entry(Pot { year: following, ..balance.pot }).or_default();
            (pile.opening, pile.since) = (balance.amount, balance.since);
        }
    }

    /// Takes the place of the books that these were a copy of: what both share is shared no more.
    pub(crate) fn settle(&mut self) {
        self.requests.settle();
        for year in self.years.values_mut() {
            // A year that is still shared was not changed.
            if let Some(year) = Arc::get_mut(year) {
                year.reservations.settle();
                year.payments.settle();
                year.receipts.settle();
            }
        }
    }

    fn year_mut(&mut self, unit: &UnitCode, year: u16) -> &mut Year {
        Arc::make_mut(self.years.entry((unit.clone(), year)).or_default())
    }
}

impl Year {
    /// The position of a line among the accounts, which it joins if it is new.
    fn position(&mut self, line: Line) -> u32 {
        if let Some(position) = self.positions.get(&line) {
            return *position;
        }
        let position = u32::try_from(self.accounts.len()).unwrap_or(u32::MAX);
        self.accounts.push(Account::new(line.clone()));
        self.positions.insert(line, position);
        position
    }

    fn account_mut(&mut self, line: Line) -> &mut Account {
        let position = self.position(line);
        &mut self.accounts[position as usize]
    }

    fn pay(&mut self, payment: Payment) {
        let pot = Pot::of(&payment.line);
        let pile = self.pots.entry(pot).or_default();
        pile.paid.0 += payment.amount.0;
        if payment.line.is_old() {
            pile.paid_old.0 += payment.amount.0;
        }
        let position = self.position(payment.line);
        let account = &mut self.accounts[position as usize];
        account.paid.0 += payment.amount.0;
        account.paid_in[usize::from(payment.on.month() - 1)].0 += payment.amount.0;
        if let Some(held) = payment.reservation.as_ref().and_then(|id| self.reservations.get_mut(id)) {
            held.left.0 -= payment.amount.0;
            account.reserved.0 -= payment.amount.0;
        }
        if let Some(contract) = &payment.contract {
            self.contracts.entry(contract.clone()).or_default().0 += payment.amount.0;
        }
        if let Some(row) = &payment.row {
            *self.rows_paid.entry(row.clone()).or_default() += 1;
        }
        let paid = Paid {
            account: position,
            amount: payment.amount,
            month: payment.on.month(),
            reversed: false,
            row: payment.row.map(Box::new),
            contract: payment.contract,
        };
        self.payments.insert(payment.id, paid);
    }

    fn unpay(&mut self, id: &crate::names::PaymentId) {
        let Some(paid) = self.payments.get_mut(id) else { return };
        paid.reversed = true;
        let account = &mut self.accounts[paid.account as usize];
        account.paid.0 -= paid.amount.0;
        account.paid_in[usize::from(paid.month - 1)].0 -= paid.amount.0;
        let pile = self.pots.entry(Pot::of(&account.line)).or_default();
        pile.paid.0 -= paid.amount.0;
        if account.line.is_old() {
            pile.paid_old.0 -= paid.amount.0;
        }
        if let Some(contract) = &paid.contract {
            self.contracts.entry(contract.clone()).or_default().0 -= paid.amount.0;
        }
        if let Some(count) = paid.row.as_ref().and_then(|row| self.rows_paid.get_mut(row.as_ref())) {
            *count -= 1;
        }
    }

    /// Changes the lines. A reallocation takes the allotment along: what a line must give up of it goes
    /// to the lines that are given more, in their order, so that what was let be spent still may be.
    fn adjust(&mut self, moves: &[Move], change: Change) {
        let mut withdrawn = 0;
        for one in moves.iter().filter(|one| one.amount.0 < 0) {
            let account = self.account_mut(one.line.clone());
            account.adjusted_by.0 += one.amount.0;
            let over = (account.allotted.0 - account.adjusted().0).max(0);
            account.allotted.0 -= over;
            withdrawn += over;
        }
        for one in moves.iter().filter(|one| one.amount.0 >= 0) {
            let account = self.account_mut(one.line.clone());
            account.adjusted_by.0 += one.amount.0;
            if change == Change::Reallocation {
                let granted = withdrawn.min(one.amount.0);
                account.allotted.0 += granted;
                withdrawn -= granted;
            }
        }
        debug_assert!(change != Change::Reallocation || withdrawn == 0, "an allotment was lost");
    }
}
