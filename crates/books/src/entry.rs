//! [`Event`]: what has happened; [`Entry`]: an event, who brought it about, and when.
//!
//! Entries are the only thing that is kept. None is ever changed: what was wrong is put right by an
//! entry that names it. All money is in fen.

use crate::codec;
use crate::line::{Line, Purpose};
use crate::names::{AdjustmentId, PaymentId, Person, ReceiptId, RegisterId, RequestId, ReservationId, RowId, UnitCode};
use crate::register::Row;
use crate::unit::{Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::code::FunctionalCode;
use mingzhang_model::date::Date;
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::key::{Fund, Kind, Measure, Stage};
use mingzhang_model::members;
use mingzhang_model::statistic::Statistic;
use serde::{Deserialize, Serialize};

members! {
    /// The rounds in which a budget is made.
    Version {
        FirstSubmission = "first_submission", "一上";
        Ceiling = "ceiling", "一下";
        SecondSubmission = "second_submission", "二上";
        Approved = "approved", "批复";
    }
}

members! {
    /// What a ceiling of 一下 holds down.
    Group {
        Personnel = "personnel", "人员经费";
        Operating = "operating", "公用经费";
        Project = "project", "项目支出";
        ThreePublic = "three_public", "“三公”经费";
    }
}

members! {
    /// How a budget is changed during the year.
    Change {
        Addition = "addition", "追加";
        Reduction = "reduction", "追减";
        Reallocation = "reallocation", "调剂";
    }
}

members! {
    /// Whose decision a change is.
    Authority {
        Unit = "unit", "本单位";
        Department = "department", "主管部门";
        Finance = "finance", "财政部门";
    }
}

members! {
    /// What is published. A department that has units below it publishes its own level by itself too: 单位预算 beside
    /// 部门预算.
    Publication {
        Budget = "budget", "预算";
        Accounts = "accounts", "决算";
        UnitBudget = "unit_budget", "单位预算";
        UnitAccounts = "unit_accounts", "单位决算";
    }
}

impl Publication {
    /// Budget or accounts.
    pub fn kind(self) -> DisclosureKind {
        match self {
            Publication::Budget | Publication::UnitBudget => DisclosureKind::Budget,
            Publication::Accounts | Publication::UnitAccounts => DisclosureKind::Accounts,
        }
    }

    /// True where it is about one unit, without those below it.
    pub fn is_own_level(self) -> bool {
        matches!(self, Publication::UnitBudget | Publication::UnitAccounts)
    }
}

members! {
    /// How far a publication is.
    Step {
        Drafted = "drafted", "草稿";
        Checked = "checked", "机检通过";
        Reviewed = "reviewed", "复核";
        SecrecyReviewed = "secrecy_reviewed", "保密审查";
        Signed = "signed", "负责人签发";
        Published = "published", "已发布";
        Returned = "returned", "退回";
    }
}

/// Who prepared a decision and who approved it: two persons.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// 经办
    pub prepared: Person,
    /// 审批
    pub approved: Person,
}

/// The three hands that a payment goes through: three persons.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hands {
    /// 经办
    pub handled: Person,
    /// 审核
    pub reviewed: Person,
    /// 支付
    pub paid: Person,
}

/// A row of a register.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowName {
    /// Which register.
    pub register: RegisterId,
    /// Which row of the unit in it.
    pub row: RowId,
}

/// An amount on a line of one version of the budget. It replaces what stood on the line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budgeted {
    /// The round.
    #[serde(with = "codec::member")]
    pub version: Version,
    /// The line.
    pub line: Line,
    /// How much; nothing takes the line away.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
}

/// What 一下 allows a unit for one group.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceiling {
    /// The unit.
    pub unit: UnitCode,
    /// The budget year.
    pub year: u16,
    /// What is held down.
    #[serde(with = "codec::member")]
    pub group: Group,
    /// At most so much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
}

/// A version is closed: its lines stand for ever.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// The unit.
    pub unit: UnitCode,
    /// The budget year.
    pub year: u16,
    /// The round.
    #[serde(with = "codec::member")]
    pub version: Version,
    /// The number of the document that submits or approves it.
    pub document: String,
    /// The day of that document.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// Who.
    pub approval: Approval,
}

/// 指标: the treasury lets so much of a line be spent; a negative amount takes some back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allotment {
    /// The line.
    pub line: Line,
    /// How much more, or less.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The number of the document.
    pub document: String,
}

/// 用款计划: so much of a line is to be spent in a month. It replaces the month's plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The line.
    pub line: Line,
    /// The month, 1 to 12.
    pub month: u8,
    /// How much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
}

/// Money of a line set aside when an application is approved, before it is spent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reservation {
    /// Its number.
    pub id: ReservationId,
    /// The line.
    pub line: Line,
    /// How much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// What for.
    pub purpose: String,
    /// Who applied and who approved.
    pub approval: Approval,
}

/// Money paid from a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Its number.
    pub id: PaymentId,
    /// The line.
    pub line: Line,
    /// How much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
    /// The day it was paid.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The reservation that it uses up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reservation: Option<ReservationId>,
    /// The row of a register that says what it was for: a reception, a trip, a meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowName>,
    /// The contract in the register of procurement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<RowId>,
    /// Who got it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub payee: String,
    /// The number of the voucher.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub voucher: String,
    /// Whose hands it went through.
    pub hands: Hands,
}

/// Money that came in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Its number.
    pub id: ReceiptId,
    /// Where it belongs.
    pub pot: Pot,
    /// How much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The unit of the same department that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UnitCode>,
    /// The number of the voucher.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub voucher: String,
}

/// Where money lies from one year to the next: of this fund, for this function, for basic expenditure
/// or a project. What comes in and goes out of a pot within a year, and what is left, is the
/// stock-flow identity of the accounts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pot {
    /// Whose.
    pub unit: UnitCode,
    /// The budget year.
    pub year: u16,
    /// Of which fund.
    #[serde(with = "codec::member")]
    pub fund: Fund,
    /// For which function: a 项.
    #[serde(with = "codec::function")]
    pub function: FunctionalCode,
    /// For what.
    pub purpose: Purpose,
}

impl Pot {
    /// The pot that a line is paid from.
    pub fn of(line: &Line) -> Pot {
        Pot {
            unit: line.unit.clone(),
            year: line.year,
            fund: line.fund,
            function: line.function,
            purpose: line.purpose.clone(),
        }
    }
}

/// What lies in a pot on the first or the last day of a year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balance {
    /// The pot.
    pub pot: Pot,
    /// How much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
    /// The year in which the oldest of it was appropriated: what two years running was not used is to
    /// be given back (预算法实施条例).
    pub since: u16,
}

members! {
    /// How money moves that is neither income nor expenditure.
    Movement {
        SurplusUsed = "surplus_used", "使用非财政拨款结余";
        SurplusDistributed = "surplus_distributed", "结余分配";
        Recovered = "recovered", "收回财政存量资金";
    }
}

/// Such a movement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// Which.
    #[serde(with = "codec::member")]
    pub movement: Movement,
    /// Into or out of which pot.
    pub pot: Pot,
    /// How much.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The number of the document.
    pub document: String,
    /// Who.
    pub approval: Approval,
}

/// More or less on one line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The line.
    pub line: Line,
    /// More, or less where negative.
    #[serde(with = "codec::amount")]
    pub amount: Amount,
}

/// A change of the approved budget. The approved version stays; the adjusted budget is it plus these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    /// Its number.
    pub id: AdjustmentId,
    /// Which kind.
    #[serde(with = "codec::member")]
    pub change: Change,
    /// The lines that it changes.
    pub moves: Vec<Move>,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The number of the document.
    pub document: String,
    /// Whose decision.
    #[serde(with = "codec::member")]
    pub authority: Authority,
    /// Why.
    pub reason: String,
    /// The document that allows more for 三公, where the change gives them more.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub three_public_approval: String,
    /// Who.
    pub approval: Approval,
}

/// A year is closed, or its accounts are approved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The unit.
    pub unit: UnitCode,
    /// The year.
    pub year: u16,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The number of the document, where there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Who.
    pub approval: Approval,
}

/// A number of a year that was not kept here, for comparison: from last year's disclosure. What it does
/// not filter, it counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The unit, or the department where consolidated.
    pub unit: UnitCode,
    /// The year it is of.
    pub year: u16,
    /// Budget, adjusted budget or accounts.
    #[serde(with = "codec::member")]
    pub stage: Stage,
    /// Which movement.
    #[serde(with = "codec::member")]
    pub measure: Measure,
    /// Of these funds only, as in forms: `general_public`, `fiscal`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub funds: String,
    /// Spent as this only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindWord>,
    /// Under this functional code only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub function: String,
    /// Under these economic codes only, as in forms: `30217`, `three_public`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub economic: String,
}

/// A [`Kind`] in an entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindWord(#[serde(with = "codec::member")] pub Kind);

/// A publication moves on by one step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosed {
    /// The unit that publishes.
    pub unit: UnitCode,
    /// The year that is published.
    pub year: u16,
    /// Budget or accounts.
    #[serde(with = "codec::member")]
    pub publication: Publication,
    /// 1, and one more for each corrected version.
    pub edition: u16,
    /// How far it is now.
    #[serde(with = "codec::member")]
    pub step: Step,
    /// Who did this step.
    pub by: Person,
    /// The day.
    #[serde(with = "codec::date")]
    pub on: Date,
    /// The hash of the document that was looked at, in hexadecimal.
    pub hash: String,
    /// The address where it is published, the number of the secrecy review, the reason of a return or
    /// of a correction.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// How many errors the check found, at [`Step::Checked`].
    #[serde(default)]
    pub errors: u32,
}

/// What has happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A unit is there.
    UnitOpened(Unit),
    /// A unit has another name, nature or place.
    UnitChanged(Unit),
    /// A unit is there no more.
    UnitClosed(UnitCode),
    /// A person may sign for a role at a unit.
    Appointed(Person, UnitCode, #[serde(with = "codec::member")] Role),
    /// A person may no longer.
    Dismissed(Person, UnitCode, #[serde(with = "codec::member")] Role),
    /// A unit keeps books for a year.
    YearOpened(UnitCode, u16),
    /// 一下 holds a group down.
    CeilingSet(Ceiling),
    /// A line of a version has an amount.
    LineBudgeted(Budgeted),
    /// A version is closed; the hash is that of its lines.
    VersionFrozen(Freeze, String),
    /// A line may be spent from.
    Allotted(Allotment),
    /// A month has a plan.
    Planned(Plan),
    /// Money is set aside.
    Reserved(Reservation),
    /// What is left of a reservation is free again.
    Released(ReservationId, UnitCode, u16, #[serde(with = "codec::amount")] Amount),
    /// Money is paid.
    Paid(Payment),
    /// A payment is taken back whole: the unit, the year, why.
    PaymentReversed(PaymentId, UnitCode, u16, String),
    /// The budget is changed.
    Adjusted(Adjustment),
    /// Money has come in.
    Received(Receipt),
    /// A receipt is taken back whole: the unit, the year, why.
    ReceiptReversed(ReceiptId, UnitCode, u16, String),
    /// The first year kept begins with money in a pot.
    BroughtForward(Balance),
    /// Money moves in another way.
    Moved(Moved),
    /// The year is over; what is left in each pot is there on the first day of the next.
    YearClosed(Closing, Vec<Balance>),
    /// The accounts are approved.
    AccountsApproved(Closing),
    /// A register has another row: the unit, its name, its fields.
    RowAdded(UnitCode, RowName, Row),
    /// A row is put right: the same, and why.
    RowCorrected(UnitCode, RowName, Row, String),
    /// A row counts no more, and why.
    RowRemoved(UnitCode, RowName, String),
    /// A number of a year that was not kept here, and the document that states it.
    AmountKnown(Known, #[serde(with = "codec::amount")] Amount, String),
    /// A count of a year that was not kept here.
    CountKnown(UnitCode, u16, #[serde(with = "codec::member")] Statistic, i64, String),
    /// A person's words for a place that only a person can fill: the unit, the year, the place, the words.
    Explained(UnitCode, u16, String, String),
    /// A publication has moved on.
    Disclosed(Disclosed),
}

/// An event, who brought it about, and when.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The request that it is part of.
    pub request: RequestId,
    /// Who sent the request.
    pub by: Person,
    /// When, in seconds since 1970-01-01 UTC.
    pub at: u64,
    /// What happened.
    pub event: Event,
}

/// What one event is about, for whoever looks for the entries behind a number.
impl Event {
    /// The line that it moves money on, where it is about one.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Event::LineBudgeted(budgeted) => Some(&budgeted.line),
            Event::Allotted(allotment) => Some(&allotment.line),
            Event::Planned(plan) => Some(&plan.line),
            Event::Reserved(reservation) => Some(&reservation.line),
            Event::Paid(payment) => Some(&payment.line),
            _ => None,
        }
    }
}
