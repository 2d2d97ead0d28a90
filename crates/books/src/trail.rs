//! [`Trail`]: which entries of the journal made a line, a pot or a row of a register what it is, so that every
//! number of a disclosure leads back to them.
//!
//! Absent on purpose: what a number is. That is [`Pivot`](crate::pivot::Pivot)'s matter; this only remembers numbers of
//! entries.

use crate::entry::{Event, Known, Pot, RowName};
use crate::ledger::{Failure, Ledger};
use crate::line::Line;
use crate::names::{PaymentId, ReceiptId, UnitCode};
use crate::pivot::{Cell, Origin};
use crate::store::Store;
use mingzhang_model::key::{Measure, Stage};
use std::collections::{BTreeMap, HashMap};

/// What an entry did to a line or a pot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Deed {
    Budgeted,
    Adjusted,
    Paid,
    Received,
    Moved,
}

impl Deed {
    /// True when it bears on the money of a cell.
    fn concerns(self, cell: &Cell) -> bool {
        match (cell.stage, cell.measure) {
            (Stage::Initial, _) => self == Deed::Budgeted,
            (Stage::Adjusted, _) => matches!(self, Deed::Budgeted | Deed::Adjusted),
            (Stage::FinalAccounts, Measure::Expenditure) => self == Deed::Paid,
            (Stage::FinalAccounts, Measure::Income) => self == Deed::Received,
            (Stage::FinalAccounts, Measure::Closing) => matches!(self, Deed::Paid | Deed::Received | Deed::Moved),
            (Stage::FinalAccounts, _) => self == Deed::Moved,
        }
    }
}

/// The numbers of the entries behind everything in the books.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    lines: HashMap<Line, Vec<(Deed, u64)>>,
    pots: HashMap<Pot, Vec<(Deed, u64)>>,
    rows: HashMap<(UnitCode, RowName), Vec<u64>>,
    known: BTreeMap<Known, u64>,
}

impl Trail {
    /// Reads the journal from its first entry.
    ///
    /// # Errors
    /// The store does not answer, or the chain does not verify.
    pub fn of<S: Store>(ledger: &mut Ledger<S>) -> Result<Trail, Failure> {
        let mut walk = Walk::default();
        ledger.replay(|number, entry| walk.step(number, &entry.event))?;
        Ok(walk.trail)
    }

    /// The entries behind the money of a cell that lies somewhere.
    pub fn behind(&self, cell: &Cell, origin: &Origin) -> Vec<u64> {
        let deeds = match origin {
            Origin::Line(line) => self.lines.get(line),
            Origin::Pot(pot) => self.pots.get(pot),
        };
        let deeds = deeds.into_iter().flatten().filter(|(deed, _)| deed.concerns(cell));
        deeds.map(|(_, number)| *number).collect()
    }

    /// The entries behind a row of a unit's register.
    pub fn row(&self, unit: &UnitCode, row: &RowName) -> Vec<u64> {
        self.rows.get(&(unit.clone(), row.clone())).cloned().unwrap_or_default()
    }

    /// The entry that told a number of a year that was not kept here.
    pub fn known(&self, known: &Known) -> Option<u64> {
        self.known.get(known).copied()
    }
}

/// The journal on its way into a trail. A reversal names what it takes back by its number only.
#[derive(Default)]
struct Walk {
    trail: Trail,
    payments: HashMap<(UnitCode, u16, PaymentId), Line>,
    receipts: HashMap<(UnitCode, u16, ReceiptId), Pot>,
}

impl Walk {
    fn line(&mut self, line: &Line, deed: Deed, number: u64) {
        self.trail.lines.entry(line.clone()).or_default().push((deed, number));
    }

    fn pot(&mut self, pot: Pot, deed: Deed, number: u64) {
        self.trail.pots.entry(pot).or_default().push((deed, number));
    }

    fn step(&mut self, number: u64, event: &Event) {
        match event {
            Event::LineBudgeted(budgeted) => self.line(&budgeted.line, Deed::Budgeted, number),
            Event::Adjusted(adjustment) => {
                adjustment.moves.iter().for_each(|one| self.line(&one.line, Deed::Adjusted, number));
            }
            Event::Paid(payment) => {
                let line = &payment.line;
                self.payments.insert((line.unit.clone(), line.year, payment.id.clone()), line.clone());
                self.line(line, Deed::Paid, number);
                self.pot(Pot::of(line), Deed::Paid, number);
            }
            Event::PaymentReversed(id, unit, year, _) => {
                if let Some(line) = self.payments.get(&(unit.clone(), *year, id.clone())).cloned() {
                    self.line(&line, Deed::Paid, number);
                    self.pot(Pot::of(&line), Deed::Paid, number);
                }
            }
            Event::Received(receipt) => {
                let pot = &receipt.pot;
                self.receipts.insert((pot.unit.clone(), pot.year, receipt.id.clone()), pot.clone());
                self.pot(pot.clone(), Deed::Received, number);
            }
            Event::ReceiptReversed(id, unit, year, _) => {
                if let Some(pot) = self.receipts.get(&(unit.clone(), *year, id.clone())).cloned() {
                    self.pot(pot, Deed::Received, number);
                }
            }
            Event::BroughtForward(balance) => self.pot(balance.pot.clone(), Deed::Moved, number),
            Event::Moved(moved) => self.pot(moved.pot.clone(), Deed::Moved, number),
            // What is left on the last day is there on the first day of the next year.
            Event::YearClosed(_, balances) => {
                balances.iter().for_each(|balance| self.pot(balance.pot.clone(), Deed::Moved, number));
            }
            Event::RowAdded(unit, row, _) | Event::RowCorrected(unit, row, ..) | Event::RowRemoved(unit, row, _) => {
                self.trail.rows.entry((unit.clone(), row.clone())).or_default().push(number);
            }
            Event::AmountKnown(known, ..) => {
                self.trail.known.insert(known.clone(), number);
            }
            _ => {}
        }
    }
}
