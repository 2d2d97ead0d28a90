//! The laws of money: what every entry that moves some must keep, and the sums that it changes.

use super::{Held, Kept, Law, Oracle, Violation, hold};
use crate::rows::contract_amount;
use mingzhang_books::entry::{
    Adjustment, Allotment, Authority, Balance, Budgeted, Change, Closing, Event, Freeze, Group, Moved, Movement,
    Payment, Plan, Pot, Receipt, Reservation, RowName, Version,
};
use mingzhang_books::line::{Line, Purpose, Source};
use mingzhang_books::names::{ReceiptId, RegisterId, UnitCode};
use mingzhang_books::unit::Role;
use mingzhang_model::code::EconomicCode;
use mingzhang_model::key::Fund;
use mingzhang_model::set::Member;

/// The treasury's money: 一般公共预算, 政府性基金预算, 国有资本经营预算.
fn is_treasury(fund: Fund) -> bool {
    matches!(fund, Fund::GeneralPublic | Fund::GovernmentManaged | Fund::StateCapital)
}

fn is_three_public(line: &Line) -> bool {
    matches!(line.economic.to_string().as_str(), "30212" | "30217" | "30231" | "31013" | "30913")
}

fn is_personnel(economic: EconomicCode) -> bool {
    let digits = economic.to_string();
    digits.starts_with("301") || digits.starts_with("303")
}

fn positive(amount: i64, what: &str) -> Held {
    hold(amount > 0, Law::Plain, || format!("{what} of {amount}"))
}

impl Oracle {
    pub(super) fn money(&mut self, event: &Event) -> Held {
        match event {
            Event::CeilingSet(ceiling) => {
                let kept = self.kept(&ceiling.unit, ceiling.year)?;
                not_frozen(kept, Version::Ceiling)?;
                kept.ceilings.insert(ceiling.group.word(), ceiling.amount.0);
                Ok(())
            }
            Event::LineBudgeted(budgeted) => self.budgeted(budgeted),
            Event::VersionFrozen(freeze, hash) => self.frozen(freeze, hash),
            Event::Allotted(allotment) => self.allotted(allotment),
            Event::Planned(plan) => self.planned(plan),
            Event::Reserved(reservation) => self.reserved(reservation),
            Event::Released(id, unit, year, amount) => {
                let kept = self.kept(unit, *year)?;
                let Some((line, left)) = kept.reservations.get_mut(id) else {
                    return hold(false, Law::Plain, || format!("no reservation {id}"));
                };
                hold(*left == amount.0 && amount.0 > 0, Law::Stock, || format!("{amount:?} of {left} of {id}"))?;
                *left = 0;
                let line = line.clone();
                kept.lines.entry(line.clone()).or_default().reserved -= amount.0;
                self.lines_touched.insert(line);
                Ok(())
            }
            Event::Paid(payment) => self.paid(payment),
            Event::PaymentReversed(id, unit, year, _) => {
                let kept = self.kept(unit, *year)?;
                let Some((payment, back)) = kept.payments.get_mut(id) else {
                    return hold(false, Law::Plain, || format!("no payment {id}"));
                };
                hold(!*back, Law::Once, || format!("{id} is taken back again"))?;
                *back = true;
                let payment = payment.clone();
                self.spend(&payment, -1)
            }
            Event::Adjusted(adjustment) => self.adjusted(adjustment),
            Event::Received(receipt) => self.received(receipt),
            Event::ReceiptReversed(id, unit, year, _) => self.receipt_reversed(id, unit, *year),
            Event::BroughtForward(balance) => {
                let before = (balance.pot.unit.clone(), balance.pot.year - 1);
                hold(!self.years.contains_key(&before), Law::Carried, || "an opening beside the year before".into())?;
                self.opening(balance)
            }
            Event::Moved(moved) => self.moved(moved),
            Event::YearClosed(closing, balances) => self.closed(closing, balances),
            Event::AccountsApproved(closing) => {
                self.approved_by(&closing.approval, &closing.unit, &[Role::Finance, Role::Department])?;
                let kept = self.kept(&closing.unit, closing.year)?;
                hold(kept.closed && !kept.approved_accounts, Law::Closed, || format!("accounts of {}", closing.year))?;
                kept.approved_accounts = true;
                kept.accounts_on = Some(closing.on);
                Ok(())
            }
            other => hold(false, Law::Plain, || format!("an event that is not known: {other:?}")),
        }
    }

    fn budgeted(&mut self, budgeted: &Budgeted) -> Held {
        let line = &budgeted.line;
        hold(budgeted.amount.0 >= 0, Law::Plain, || format!("a budget of {}", budgeted.amount.0))?;
        hold(self.has_project(&line.unit, line.year, &line.purpose), Law::Purpose, || {
            format!("no such project: {line}")
        })?;
        let kept = self.kept(&line.unit, line.year)?;
        not_frozen(kept, budgeted.version)?;
        let lines = kept.versions.entry(budgeted.version.word()).or_default();
        match budgeted.amount.0 {
            0 => lines.remove(line),
            amount => lines.insert(line.clone(), amount),
        };
        Ok(())
    }

    fn frozen(&mut self, freeze: &Freeze, hash: &str) -> Held {
        let roles: &[Role] = match freeze.version {
            Version::FirstSubmission | Version::SecondSubmission => &[Role::Head, Role::Department],
            Version::Ceiling | Version::Approved => &[Role::Finance, Role::Department],
        };
        self.approved_by(&freeze.approval, &freeze.unit, roles)?;
        let kept = self.kept(&freeze.unit, freeze.year)?;
        not_frozen(kept, freeze.version)?;
        let lines = kept.versions.get(freeze.version.word()).cloned().unwrap_or_default();
        if freeze.version == Version::SecondSubmission {
            for (group, most) in &kept.ceilings {
                let sum: i64 = lines.iter().filter(|(line, _)| in_group(line, group)).map(|(_, amount)| amount).sum();
                hold(sum <= *most, Law::Overspent, || format!("{group}: {sum} above the ceiling {most}"))?;
            }
        }
        if freeze.version == Version::Approved {
            for (line, amount) in &lines {
                kept.lines.entry(line.clone()).or_default().initial = *amount;
            }
            kept.approved_on = Some(freeze.on);
        }
        kept.frozen.insert(freeze.version.word(), (lines.clone(), hash.to_owned()));
        if freeze.version == Version::Approved {
            self.lines_touched.extend(lines.into_keys());
        }
        Ok(())
    }

    fn line(&mut self, line: &Line) -> Result<&mut super::Sums, Violation> {
        self.lines_touched.insert(line.clone());
        let kept = self.kept(&line.unit, line.year)?;
        hold(kept.is_approved(), Law::Line, || format!("not approved: {line}"))?;
        let found = kept.lines.get_mut(line);
        found.ok_or_else(|| Violation { law: Law::Line, what: format!("no such line: {line}") })
    }

    fn allotted(&mut self, allotment: &Allotment) -> Held {
        let sums = self.line(&allotment.line)?;
        sums.allotted += allotment.amount.0;
        within(&allotment.line, sums)
    }

    fn planned(&mut self, plan: &Plan) -> Held {
        hold((1..=12).contains(&plan.month) && plan.amount.0 >= 0, Law::Plain, || format!("{plan:?}"))?;
        let sums = self.line(&plan.line)?;
        sums.plan.insert(plan.month, plan.amount.0);
        let (total, most) = (
            sums.plan.values().sum::<i64>(),
            if is_treasury(plan.line.fund) { sums.allotted } else { sums.adjusted() },
        );
        hold(total <= most, Law::Allotment, || format!("plans of {total} over {most}: {}", plan.line))
    }

    fn reserved(&mut self, reservation: &Reservation) -> Held {
        positive(reservation.amount.0, "a reservation")?;
        let line = &reservation.line;
        hold(reservation.on.year() == line.year, Law::Plain, || format!("{} on {}", reservation.id, reservation.on))?;
        self.approved_by(&reservation.approval, &line.unit, &[Role::Head, Role::Reviewer])?;
        let sums = self.line(line)?;
        sums.reserved += reservation.amount.0;
        within(line, sums)?;
        let kept = self.kept(&line.unit, line.year)?;
        let held = (line.clone(), reservation.amount.0);
        hold(kept.reservations.insert(reservation.id.clone(), held).is_none(), Law::Once, || {
            format!("{} is reserved again", reservation.id)
        })
    }

    fn paid(&mut self, payment: &Payment) -> Held {
        let (line, id) = (&payment.line, &payment.id);
        positive(payment.amount.0, "a payment")?;
        hold(payment.on.year() == line.year, Law::Plain, || format!("{id} on {}", payment.on))?;
        let hands = [&payment.hands.handled, &payment.hands.reviewed, &payment.hands.paid];
        let apart = hands[0] != hands[1] && hands[0] != hands[2] && hands[1] != hands[2];
        hold(apart, Law::Hands, || format!("{id} by {hands:?}"))?;
        for (hand, role) in hands.into_iter().zip([Role::Handler, Role::Reviewer, Role::Cashier]) {
            self.signs(hand, &line.unit, &[role])?;
        }
        let named = payment.row.as_ref().is_none_or(|row| self.row(&line.unit, row).is_some());
        hold(named, Law::Row, || format!("{id} names a row that is not there"))?;
        let register = match line.economic.to_string().as_str() {
            "30212" => Some("trips"),
            "30215" => Some("meetings"),
            "30216" => Some("trainings"),
            "30217" => Some("receptions"),
            "30231" => Some("vehicle_costs"),
            "31013" | "30913" => Some("vehicles"),
            _ => None,
        };
        let orphan = register.is_some() && payment.row.as_ref().map(|row| row.register.as_str()) != register;
        hold(!orphan, Law::Row, || format!("{id} has no row of {register:?}"))?;
        self.line(line)?;
        let kept = self.kept(&line.unit, line.year)?;
        if let Some(reservation) = &payment.reservation {
            let Some((reserved, left)) = kept.reservations.get_mut(reservation) else {
                return hold(false, Law::Line, || format!("{id} uses no reservation {reservation}"));
            };
            let law = if reserved.fund == line.fund { Law::Purpose } else { Law::Fund };
            hold(reserved == line, law, || format!("{id} uses the reservation {reservation} of {reserved}"))?;
            hold(*left >= payment.amount.0, Law::Overspent, || format!("{id} of {left} left of {reservation}"))?;
            *left -= payment.amount.0;
            kept.lines.entry(line.clone()).or_default().reserved -= payment.amount.0;
        }
        let new = kept.payments.insert(id.clone(), (payment.clone(), false)).is_none();
        hold(new, Law::Once, || format!("{id} is paid again"))?;
        self.spend(payment, 1)
    }

    /// Adds a payment to the sums, or takes it back.
    fn spend(&mut self, payment: &Payment, sign: i64) -> Held {
        let (line, amount) = (&payment.line, sign * payment.amount.0);
        if let Some(contract) = &payment.contract {
            let register = RegisterId::new("procurement").map_err(|_| unnamed())?;
            let row = self.row(&line.unit, &RowName { register, row: contract.clone() });
            let worth = row.and_then(contract_amount);
            let paid = self.contracts.entry((line.unit.clone(), contract.clone())).or_default();
            *paid += amount;
            let fits = sign < 0 || worth.is_some_and(|worth| *paid <= worth);
            hold(fits, Law::Contract, || format!("{} of {worth:?} under {contract}", *paid))?;
        }
        let pot = Pot::of(line);
        let kept = self.kept(&line.unit, line.year)?;
        let stock = kept.pots.entry(pot.clone()).or_default();
        stock.paid += amount;
        stock.paid_old += if line.source == Source::CarriedOver { amount } else { 0 };
        let sums = kept.lines.entry(line.clone()).or_default();
        sums.paid += amount;
        sums.paid_in[usize::from(payment.on.month() - 1)] += amount;
        within(line, sums)?;
        let plan = &sums.plan;
        if sign > 0 && !plan.is_empty() {
            for month in payment.on.month()..=12 {
                let allowed: i64 = plan.range(..=month).map(|(_, amount)| amount).sum();
                let paid: i64 = sums.paid_in[..usize::from(month)].iter().sum();
                hold(paid <= allowed, Law::Allotment, || format!("{paid} paid of {allowed} planned: {line}"))?;
            }
        }
        self.pots_touched.insert(pot);
        self.lines_touched.insert(line.clone());
        if is_three_public(line) { self.three_public(&line.unit, line.year, line.economic) } else { Ok(()) }
    }

    /// Each of the 三公 by itself stays within its budget.
    fn three_public(&mut self, unit: &UnitCode, year: u16, economic: EconomicCode) -> Held {
        let kept = self.kept(unit, year)?;
        let lines = kept.lines.iter().filter(|(line, _)| line.economic == economic);
        let (spent, budget) = lines
            .fold((0, 0), |(spent, budget), (_, sums)| (spent + sums.paid + sums.reserved, budget + sums.adjusted()));
        hold(spent <= budget, Law::ThreePublic, || format!("{economic}: {spent} of {budget}"))
    }

    fn adjusted(&mut self, adjustment: &Adjustment) -> Held {
        let (id, moves) = (&adjustment.id, &adjustment.moves);
        let Some(first) = moves.first().map(|one| one.line.clone()) else {
            return hold(false, Law::Change, || format!("{id} changes nothing"));
        };
        let decider = match adjustment.authority {
            Authority::Unit => Role::Head,
            Authority::Department => Role::Department,
            Authority::Finance => Role::Finance,
        };
        self.approved_by(&adjustment.approval, &first.unit, &[decider])?;
        hold(!adjustment.document.trim().is_empty() && !adjustment.reason.trim().is_empty(), Law::Change, || {
            format!("{id} without a document or a reason")
        })?;
        let one_year = moves.iter().all(|one| one.line.unit == first.unit && one.line.year == first.year);
        hold(one_year, Law::Change, || format!("{id} goes over two years or units"))?;
        legal_change(adjustment, &first)?;
        for one in moves {
            hold(self.has_project(&one.line.unit, one.line.year, &one.line.purpose), Law::Purpose, || {
                format!("{id}: {}", one.line)
            })?;
        }
        let kept = self.kept(&first.unit, first.year)?;
        hold(kept.is_approved(), Law::Line, || format!("{id} before approval"))?;
        hold(kept.adjustments.insert(id.clone()), Law::Once, || format!("{id} again"))?;
        let mut withdrawn = 0;
        for one in moves.iter().filter(|one| one.amount.0 < 0) {
            let Some(sums) = kept.lines.get_mut(&one.line) else {
                return hold(false, Law::Change, || format!("{id} takes from no line {}", one.line));
            };
            sums.changes += one.amount.0;
            // What no longer fits on the line goes with the money.
            let over = (sums.allotted - sums.adjusted()).max(0);
            sums.allotted -= over;
            withdrawn += over;
            within(&one.line, sums)?;
        }
        for one in moves.iter().filter(|one| one.amount.0 > 0) {
            let sums = kept.lines.entry(one.line.clone()).or_default();
            sums.changes += one.amount.0;
            if adjustment.change == Change::Reallocation {
                let granted = withdrawn.min(one.amount.0);
                sums.allotted += granted;
                withdrawn -= granted;
            }
            within(&one.line, sums)?;
        }
        hold(withdrawn == 0 || adjustment.change == Change::Reduction, Law::Allotment, || format!("{id} loses some"))?;
        self.lines_touched.extend(moves.iter().map(|one| one.line.clone()));
        Ok(())
    }

    fn received(&mut self, receipt: &Receipt) -> Held {
        positive(receipt.amount.0, "a receipt")?;
        hold(receipt.on.year() == receipt.pot.year, Law::Plain, || format!("{} on {}", receipt.id, receipt.on))?;
        let kept = self.kept(&receipt.pot.unit, receipt.pot.year)?;
        let new = kept.receipts.insert(receipt.id.clone(), (receipt.clone(), false)).is_none();
        hold(new, Law::Once, || format!("{} comes in again", receipt.id))?;
        kept.pots.entry(receipt.pot.clone()).or_default().received += receipt.amount.0;
        self.pots_touched.insert(receipt.pot.clone());
        Ok(())
    }

    fn receipt_reversed(&mut self, id: &ReceiptId, unit: &UnitCode, year: u16) -> Held {
        let kept = self.kept(unit, year)?;
        let Some((receipt, back)) = kept.receipts.get_mut(id) else {
            return hold(false, Law::Plain, || format!("no receipt {id}"));
        };
        hold(!*back, Law::Once, || format!("{id} is taken back again"))?;
        *back = true;
        let (pot, amount) = (receipt.pot.clone(), receipt.amount.0);
        kept.pots.entry(pot.clone()).or_default().received -= amount;
        self.pots_touched.insert(pot);
        Ok(())
    }

    fn opening(&mut self, balance: &Balance) -> Held {
        hold(balance.amount.0 >= 0, Law::Stock, || format!("an opening of {}", balance.amount.0))?;
        let kept = self.kept(&balance.pot.unit, balance.pot.year)?;
        let stock = kept.pots.entry(balance.pot.clone()).or_default();
        (stock.opening, stock.since) = (balance.amount.0, balance.since);
        self.pots_touched.insert(balance.pot.clone());
        Ok(())
    }

    fn moved(&mut self, moved: &Moved) -> Held {
        positive(moved.amount.0, "a movement")?;
        let treasury = is_treasury(moved.pot.fund);
        let roles: &[Role] = if moved.movement == Movement::Recovered { &[Role::Finance] } else { &[Role::Head] };
        self.approved_by(&moved.approval, &moved.pot.unit, roles)?;
        hold(moved.movement == Movement::Recovered || !treasury, Law::Fund, || "the treasury's surplus used".into())?;
        let kept = self.kept(&moved.pot.unit, moved.pot.year)?;
        let stock = kept.pots.entry(moved.pot.clone()).or_default();
        let enough = moved.movement == Movement::SurplusUsed || stock.left() >= moved.amount.0;
        hold(enough, Law::Stock, || format!("{} of {}", moved.amount.0, stock.left()))?;
        match moved.movement {
            Movement::SurplusUsed => stock.used += moved.amount.0,
            Movement::SurplusDistributed => stock.distributed += moved.amount.0,
            Movement::Recovered => stock.recovered += moved.amount.0,
        }
        self.pots_touched.insert(moved.pot.clone());
        Ok(())
    }

    fn closed(&mut self, closing: &Closing, balances: &[Balance]) -> Held {
        let (unit, year) = (&closing.unit, closing.year);
        self.approved_by(&closing.approval, unit, &[Role::Head])?;
        let earlier = self.years.range((unit.clone(), 0)..(unit.clone(), year));
        hold(earlier.into_iter().all(|(_, kept)| kept.closed), Law::Closed, || format!("{unit} {year} out of turn"))?;
        let kept = self.kept(unit, year)?;
        let loose = kept.reservations.values().filter(|(_, left)| *left != 0).count();
        hold(loose == 0, Law::Stock, || format!("{loose} open reservations at the closing of {unit} {year}"))?;
        let mut told: Vec<(&Pot, i64, u16)> = balances.iter().map(|one| (&one.pot, one.amount.0, one.since)).collect();
        told.sort();
        let mut left = Vec::new();
        for (pot, stock) in &kept.pots {
            hold(stock.left() >= 0, Law::Stock, || format!("{pot:?} closes with {}", stock.left()))?;
            // This year's lines do not use up what was carried over.
            let gone = stock.paid_old + stock.distributed + stock.recovered;
            let is_old = stock.since != 0 && gone < stock.opening && stock.left() > 0;
            let since = if is_old { stock.since } else { year };
            left.push((pot, stock.left(), since));
        }
        left.retain(|(_, amount, _)| *amount != 0);
        hold(told == left, Law::Carried, || format!("{unit} {year} leaves {left:?} and tells {told:?}"))?;
        kept.closed = true;
        let next: Vec<Balance> = balances
            .iter()
            .map(|one| Balance { pot: Pot { year: year + 1, ..one.pot.clone() }, ..one.clone() })
            .collect();
        self.years.entry((unit.clone(), year + 1)).or_default();
        next.iter().try_for_each(|balance| self.opening(balance))
    }
}

fn unnamed() -> Violation {
    Violation { law: Law::Row, what: "no name".into() }
}

/// I1 and the rest that always holds of a line.
fn within(line: &Line, sums: &super::Sums) -> Held {
    let spent = sums.paid + sums.reserved;
    hold(spent <= sums.adjusted(), Law::Overspent, || format!("{spent} of {}: {line}", sums.adjusted()))?;
    hold(sums.paid >= 0 && sums.reserved >= 0, Law::Stock, || format!("{sums:?}: {line}"))?;
    let fits = !is_treasury(line.fund) || (sums.paid <= sums.allotted && sums.allotted <= sums.adjusted());
    hold(fits, Law::Allotment, || format!("{sums:?}: {line}"))
}

fn not_frozen(kept: &Kept, version: Version) -> Held {
    let rank = |word: &str| Version::ALL.iter().position(|version| version.word() == word);
    let later = kept.frozen.keys().find(|word| rank(word) >= rank(version.word()));
    hold(later.is_none(), Law::Frozen, || format!("{} after {later:?}", version.word()))
}

fn in_group(line: &Line, group: &str) -> bool {
    if !is_treasury(line.fund) {
        return false;
    }
    match Group::ALL.iter().find(|other| other.word() == group) {
        Some(Group::Personnel) => line.purpose == Purpose::Basic && is_personnel(line.economic),
        Some(Group::Operating) => line.purpose == Purpose::Basic && !is_personnel(line.economic),
        Some(Group::Project) => matches!(line.purpose, Purpose::Project(_)),
        Some(Group::ThreePublic) => is_three_public(line),
        None => false,
    }
}

/// What changes may do at all.
fn legal_change(adjustment: &Adjustment, first: &Line) -> Held {
    let (id, moves) = (&adjustment.id, &adjustment.moves);
    let sum: i64 = moves.iter().map(|one| one.amount.0).sum();
    let sign = |sign: i64| moves.iter().all(|one| one.amount.0.signum() == sign);
    let adds_up = match adjustment.change {
        Change::Reallocation => sum == 0 && moves.iter().all(|one| one.amount.0 != 0),
        Change::Addition => sign(1),
        Change::Reduction => sign(-1),
    };
    hold(adds_up, Law::Change, || format!("{id}: {:?} of {sum}", adjustment.change))?;
    if adjustment.change == Change::Reallocation {
        hold(moves.iter().all(|one| one.line.fund == first.fund), Law::Fund, || format!("{id} between funds"))?;
        let from_project = moves.iter().any(|one| one.amount.0 < 0 && matches!(one.line.purpose, Purpose::Project(_)));
        let to_wages = |line: &Line| line.purpose == Purpose::Basic && is_personnel(line.economic);
        let turned = from_project && moves.iter().any(|one| one.amount.0 > 0 && to_wages(&one.line));
        hold(!turned, Law::Purpose, || format!("{id} turns projects into wages"))?;
        let kind = |purpose: &Purpose| purpose.kind().word();
        let mixed = moves.iter().any(|one| kind(&one.line.purpose) != kind(&first.purpose));
        hold(!mixed || adjustment.authority == Authority::Finance, Law::Purpose, || format!("{id} mixes purposes"))?;
    } else {
        let own = adjustment.authority == Authority::Unit && moves.iter().any(|one| is_treasury(one.line.fund));
        hold(!own, Law::Hands, || format!("{id} is the unit's own decision"))?;
    }
    let more = moves.iter().any(|one| one.amount.0 > 0 && is_three_public(&one.line));
    let allowed = !adjustment.three_public_approval.trim().is_empty();
    hold(!more || allowed, Law::ThreePublic, || format!("{id} gives 三公 more"))
}
