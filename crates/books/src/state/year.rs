//! [`Year`]: one unit's year, as its entries add up.

use super::Grown;
use crate::entry::{Adjustment, Ceiling, Closing, Disclosed, Freeze, Pot, Publication, RowName, Version};
use crate::line::Line;
use crate::names::{AdjustmentId, PaymentId, ReceiptId, ReservationId, RowId, UnitCode};
use crate::unit::Nature;
use mingzhang_model::amount::Amount;
use mingzhang_model::set::Member;
use std::collections::{BTreeMap, HashMap};

/// How far a year is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Status {
    /// Money may be spent.
    #[default]
    Open,
    /// It is over.
    Closed(Closing),
    /// Its accounts are approved too: the closing, then the approval.
    Approved(Closing, Closing),
}

/// A version that nobody changes any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frozen {
    /// By which document, by whom.
    pub freeze: Freeze,
    /// The hash of its lines, in hexadecimal.
    pub hash: String,
}

/// A line of the approved budget and what became of it. All in fen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The line.
    pub line: Line,
    /// 年初预算
    pub initial: Amount,
    /// What adjustments have added, less what they have taken.
    pub adjusted_by: Amount,
    /// 指标: what the treasury lets be spent.
    pub allotted: Amount,
    /// Set aside and not yet paid.
    pub reserved: Amount,
    /// Paid.
    pub paid: Amount,
    /// 用款计划, month by month; none where no month was planned.
    pub plan: Option<Box<[Amount; 12]>>,
    /// Paid, month by month.
    pub paid_in: [Amount; 12],
}

impl Account {
    /// A line without any money.
    pub(crate) fn new(line: Line) -> Account {
        Account {
            line,
            initial: Amount::ZERO,
            adjusted_by: Amount::ZERO,
            allotted: Amount::ZERO,
            reserved: Amount::ZERO,
            paid: Amount::ZERO,
            plan: None,
            paid_in: [Amount::ZERO; 12],
        }
    }

    /// 调整预算: the approved amount and all that adjustments did to it.
    pub fn adjusted(&self) -> Amount {
        Amount(self.initial.0 + self.adjusted_by.0)
    }

    /// What may still be spent or set aside.
    pub fn free(&self) -> Amount {
        Amount(self.adjusted().0 - self.reserved.0 - self.paid.0)
    }
}

/// What is left of a reservation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// Which account, by position.
    pub account: u32,
    /// How much is left.
    pub left: Amount,
}

/// A payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paid {
    /// Which account, by position.
    pub account: u32,
    /// How much.
    pub amount: Amount,
    /// In which month, from 1.
    pub month: u8,
    /// Taken back.
    pub reversed: bool,
    /// What it was for.
    pub row: Option<Box<RowName>>,
    /// Under which contract.
    pub contract: Option<RowId>,
}

/// A receipt.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// Where it went.
    pub pot: Pot,
    /// How much.
    pub amount: Amount,
    /// From which unit of the department.
    pub from: Option<UnitCode>,
    /// Taken back.
    pub reversed: bool,
}

/// What lies in a pot, and why. All in fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pile {
    /// On the first day.
    pub opening: Amount,
    /// The year in which the oldest of the opening was appropriated; 0 where there is none.
    pub since: u16,
    /// Came in during the year.
    pub received: Amount,
    /// 使用非财政拨款结余
    pub surplus_used: Amount,
    /// Paid.
    pub paid: Amount,
    /// Of it, from lines of money carried over.
    pub paid_old: Amount,
    /// 结余分配
    pub distributed: Amount,
    /// Taken back by the treasury.
    pub recovered: Amount,
}

impl Pile {
    /// What is left: 年初 + 收入 + 使用结余 − 支出 − 分配 − 收回.
    pub fn closing(&self) -> Amount {
        Amount(
            self.opening.0 + self.received.0 + self.surplus_used.0
                - self.paid.0
                - self.distributed.0
                - self.recovered.0,
        )
    }

    /// What is left of the opening: what was paid from lines of money carried over, distributed or
    /// recovered is gone of it. What was paid from this year's lines is not, or spending this year's money
    /// would make old money young.
    pub fn old(&self) -> Amount {
        let gone = self.paid_old.0 + self.distributed.0 + self.recovered.0;
        Amount((self.opening.0 - gone).min(self.closing().0).max(0))
    }

    /// The year in which the oldest of what is left was appropriated.
    pub fn oldest(&self, year: u16) -> u16 {
        if self.since != 0 && self.old().0 > 0 { self.since } else { year }
    }
}

/// One unit's year.
#[derive(Clone, Debug, Default)]
pub struct Year {
    /// How far it is.
    pub status: Status,
    /// What the unit was in law and which unit stood above it when the year was closed; none before.
    pub(crate) place: Option<(Nature, Option<UnitCode>)>,
    /// What 一下 allows, by group.
    pub ceilings: BTreeMap<&'static str, Ceiling>,
    /// The lines of each version.
    pub(crate) versions: BTreeMap<&'static str, BTreeMap<Line, Amount>>,
    /// What the lines of each version add up to.
    pub(crate) drafted: BTreeMap<&'static str, Amount>,
    /// The versions that are closed.
    pub(crate) frozen: BTreeMap<&'static str, Frozen>,
    /// The lines of the adjusted budget, in the order in which they came.
    pub(crate) accounts: Vec<Account>,
    /// Where each line is among them.
    pub(crate) positions: HashMap<Line, u32>,
    /// What is set aside.
    pub(crate) reservations: Grown<ReservationId, Held>,
    /// What was paid.
    pub(crate) payments: Grown<PaymentId, Paid>,
    /// How much was paid under each contract.
    pub(crate) contracts: BTreeMap<RowId, Amount>,
    /// How many payments name each row of a register.
    pub(crate) rows_paid: HashMap<RowName, u32>,
    /// What came in.
    pub(crate) receipts: Grown<ReceiptId, Received>,
    /// What was changed.
    pub(crate) adjustments: BTreeMap<AdjustmentId, Adjustment>,
    /// Where the money lies.
    pub(crate) pots: BTreeMap<Pot, Pile>,
    /// A person's words, by the place that they are for.
    pub(crate) explanations: BTreeMap<String, String>,
    /// The publications: their steps, in order.
    pub(crate) disclosures: BTreeMap<(&'static str, u16), Vec<Disclosed>>,
}

impl Year {
    /// True when money may still be spent.
    pub fn is_open(&self) -> bool {
        self.status == Status::Open
    }

    /// The lines of a version.
    pub fn version(&self, version: Version) -> impl Iterator<Item = (&Line, Amount)> {
        self.versions.get(version.word()).into_iter().flatten().map(|(line, amount)| (line, *amount))
    }

    /// What the lines of a version add up to.
    pub fn drafted(&self, version: Version) -> Amount {
        self.drafted.get(version.word()).copied().unwrap_or_default()
    }

    /// How a version was closed.
    pub fn frozen(&self, version: Version) -> Option<&Frozen> {
        self.frozen.get(version.word())
    }

    /// The lines of the adjusted budget.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// A line of the adjusted budget.
    pub fn account(&self, line: &Line) -> Option<&Account> {
        self.accounts.get(*self.positions.get(line)? as usize)
    }

    /// What is left of a reservation.
    pub fn reservation(&self, id: &ReservationId) -> Option<&Held> {
        self.reservations.get(id)
    }

    /// The reservations of which something is left, in the order of their numbers.
    pub fn open_reservations(&self) -> Vec<(&ReservationId, &Held)> {
        let mut open: Vec<_> = self.reservations.iter().filter(|(_, held)| !held.left.is_zero()).collect();
        open.sort_unstable_by_key(|(id, _)| *id);
        open
    }

    /// A payment.
    pub fn payment(&self, id: &PaymentId) -> Option<&Paid> {
        self.payments.get(id)
    }

    /// Every payment, in no order.
    pub fn payments(&self) -> impl Iterator<Item = (&PaymentId, &Paid)> {
        self.payments.iter()
    }

    /// A receipt.
    pub fn receipt(&self, id: &ReceiptId) -> Option<&Received> {
        self.receipts.get(id)
    }

    /// Every receipt, in no order.
    pub fn receipts(&self) -> impl Iterator<Item = (&ReceiptId, &Received)> {
        self.receipts.iter()
    }

    /// How much was paid under a contract.
    pub fn paid_under(&self, contract: &RowId) -> Amount {
        self.contracts.get(contract).copied().unwrap_or_default()
    }

    /// The changes of the approved budget.
    pub fn adjustments(&self) -> impl Iterator<Item = &Adjustment> {
        self.adjustments.values()
    }

    /// The pots and what lies in them.
    pub fn pots(&self) -> impl Iterator<Item = (&Pot, &Pile)> {
        self.pots.iter()
    }

    /// A person's words for a place.
    pub fn explanation(&self, place: &str) -> Option<&str> {
        self.explanations.get(place).map(String::as_str)
    }

    /// Every place with a person's words.
    pub fn explanations(&self) -> impl Iterator<Item = (&str, &str)> {
        self.explanations.iter().map(|(place, words)| (place.as_str(), words.as_str()))
    }

    /// The steps of an edition of a publication.
    pub fn disclosure(&self, publication: Publication, edition: u16) -> &[Disclosed] {
        self.disclosures.get(&(publication.word(), edition)).map_or(&[], Vec::as_slice)
    }

    /// The last edition of a publication; 0 where there is none.
    pub fn last_edition(&self, publication: Publication) -> u16 {
        let span = (publication.word(), 0)..=(publication.word(), u16::MAX);
        self.disclosures.range(span).next_back().map_or(0, |((_, edition), _)| *edition)
    }
}
