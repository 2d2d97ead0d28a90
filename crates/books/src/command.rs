//! [`Command`]: what somebody wants to happen. It is decided against the books: refused with a reason,
//! or carried out as entries.

use crate::entry::{
    Adjustment, Allotment, Balance, Budgeted, Ceiling, Closing, Disclosed, Freeze, Known, Moved, Payment, Plan,
    Receipt, Reservation, RowName, Version,
};
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
