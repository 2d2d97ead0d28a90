//! [`Command`]: what somebody wants to happen. It is decided against the books: refused with a reason,
//! or carried out as entries.

use crate::entry::{
    Adjustment, Allotment, Balance, Budgeted, Ceiling, Closing, Disclosed, Freeze, Known, Moved, Payment, Plan,
    Receipt, Reservation, RowName, Version,
};
use crate::line::Line;
use crate::names::{PaymentId, Person, ReceiptId, RequestId, ReservationId, UnitCode};
use crate::register::Row;
use crate::unit::{Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::statistic::Statistic;

/// What somebody wants to happen.
#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    /// A unit comes into the books.
    OpenUnit(Unit),
    /// A unit gets another name, nature or parent.
    ChangeUnit(Unit),
    /// A unit is closed.
    CloseUnit(UnitCode),
    /// A person is given a role at a unit.
    Appoint(Person, UnitCode, Role),
    /// A role is taken from a person.
    Dismiss(Person, UnitCode, Role),
    /// A unit begins to keep a year.
    OpenYear(UnitCode, u16),
    /// 一下: a group may have so much.
    SetCeiling(Ceiling),
    /// A line of a version that is not frozen gets an amount.
    Budget(Budgeted),
    /// A version begins with the lines of an earlier one: the unit, the year, from, to.
    CopyVersion(UnitCode, u16, Version, Version),
    /// A version is submitted, or approved.
    Freeze(Freeze),
    /// 指标下达, or taken back.
    Allot(Allotment),
    /// 用款计划.
    Plan(Plan),
    /// An application is approved: money is set aside.
    Reserve(Reservation),
    /// What is left of a reservation is given back: the unit, the year.
    Release(ReservationId, UnitCode, u16),
    /// Money is paid.
    Pay(Payment),
    /// A payment is taken back whole: the unit, the year, why.
    ReversePayment(PaymentId, UnitCode, u16, String),
    /// The budget is changed.
    Adjust(Adjustment),
    /// Money comes in.
    Receive(Receipt),
    /// A receipt is taken back whole: the unit, the year, why.
    ReverseReceipt(ReceiptId, UnitCode, u16, String),
    /// Money goes from one unit of a department to another: both sides at once, so that they cannot differ.
    Transfer(Payment, Receipt),
    /// The first year kept begins with money in a pot.
    BringForward(Balance),
    /// Surplus is used or distributed, or the treasury takes money back.
    Move(Moved),
    /// The year is closed.
    CloseYear(Closing),
    /// The accounts of a closed year are approved.
    ApproveAccounts(Closing),
    /// A row is entered in a register.
    AddRow(UnitCode, RowName, Row),
    /// A row is put right, and why.
    CorrectRow(UnitCode, RowName, Row, String),
    /// A row is struck out, and why.
    RemoveRow(UnitCode, RowName, String),
    /// A number of an earlier year, and the document that states it.
    RecordAmount(Known, Amount, String),
    /// A count of an earlier year, and the document that states it.
    RecordCount(UnitCode, u16, Statistic, i64, String),
    /// A person's words: the unit, the year, the place, the words.
    Explain(UnitCode, u16, String, String),
    /// A publication moves on by one step.
    Disclose(Disclosed),
}

/// Commands that are carried out together or not at all.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// Its number. A request that was carried out is not carried out again.
    pub id: RequestId,
    /// Who sends it.
    pub by: Person,
    /// When, in seconds since 1970-01-01 UTC. The books have no clock.
    pub at: u64,
    /// What is wanted, in order.
    pub commands: Vec<Command>,
}

impl Command {
    /// The unit whose books it is about; none for the opening and changing of a unit itself.
    pub fn unit(&self) -> Option<&UnitCode> {
        Some(match self {
            Command::Appoint(_, unit, _) | Command::Dismiss(_, unit, _) | Command::OpenYear(unit, _) => unit,
            Command::CloseUnit(unit) | Command::AddRow(unit, ..) | Command::CorrectRow(unit, ..) => unit,
            Command::RemoveRow(unit, ..) | Command::Explain(unit, ..) | Command::RecordCount(unit, ..) => unit,
            Command::CopyVersion(unit, ..) | Command::Release(_, unit, _) => unit,
            Command::ReversePayment(_, unit, ..) | Command::ReverseReceipt(_, unit, ..) => unit,
            Command::RecordAmount(known, ..) => &known.unit,
            Command::SetCeiling(ceiling) => &ceiling.unit,
            Command::Freeze(freeze) => &freeze.unit,
            Command::CloseYear(closing) | Command::ApproveAccounts(closing) => &closing.unit,
            Command::Disclose(disclosed) => &disclosed.unit,
            Command::Receive(receipt) => &receipt.pot.unit,
            Command::BringForward(balance) => &balance.pot.unit,
            Command::Move(moved) => &moved.pot.unit,
            Command::OpenUnit(_) | Command::ChangeUnit(_) => return None,
            money => &money.line()?.unit,
        })
    }

    /// The budget year that it is about; none for what belongs to no year, and for the rows of registers, whose
    /// year a field says.
    pub fn year(&self) -> Option<u16> {
        Some(match self {
            Command::OpenYear(_, year) | Command::CopyVersion(_, year, ..) | Command::Release(_, _, year) => *year,
            Command::ReversePayment(_, _, year, _) | Command::ReverseReceipt(_, _, year, _) => *year,
            Command::Explain(_, year, ..) | Command::RecordCount(_, year, ..) => *year,
            Command::RecordAmount(known, ..) => known.year,
            Command::SetCeiling(ceiling) => ceiling.year,
            Command::Freeze(freeze) => freeze.year,
            Command::CloseYear(closing) | Command::ApproveAccounts(closing) => closing.year,
            Command::Disclose(disclosed) => disclosed.year,
            Command::Receive(receipt) => receipt.pot.year,
            Command::BringForward(balance) => balance.pot.year,
            Command::Move(moved) => moved.pot.year,
            money => money.line()?.year,
        })
    }

    /// The line of the budget that it is about; of an adjustment the first.
    fn line(&self) -> Option<&Line> {
        Some(match self {
            Command::Budget(budgeted) => &budgeted.line,
            Command::Allot(allotment) => &allotment.line,
            Command::Plan(plan) => &plan.line,
            Command::Reserve(reservation) => &reservation.line,
            Command::Pay(payment) | Command::Transfer(payment, _) => &payment.line,
            Command::Adjust(adjustment) => &adjustment.moves.first()?.line,
            _ => return None,
        })
    }
}
