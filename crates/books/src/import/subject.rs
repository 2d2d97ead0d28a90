//! [`Subject`]: what a command is about, by which a row is found to stand twice in a file, or in the
//! books already.

use crate::command::Command;
use crate::entry::{Event, Known, Pot, RowName};
use crate::line::Line;
use crate::names::{AdjustmentId, PaymentId, ReceiptId, ReservationId, UnitCode};
use mingzhang_model::set::Member;

/// What a command is about. Two commands about one thing replace or repeat each other.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Subject {
    Unit(UnitCode),
    UnitClosed(UnitCode),
    /// A person's role at a unit.
    Role(String, UnitCode, &'static str),
    Year(UnitCode, u16),
    Known(String),
    Count(UnitCode, u16, &'static str),
    Row(UnitCode, RowName),
    Explanation(UnitCode, u16, String),
    Ceiling(UnitCode, u16, &'static str),
    Budget(&'static str, Line),
    Version(UnitCode, u16, &'static str),
    Plan(Line, u8),
    Opening(Pot),
    Receipt(UnitCode, u16, ReceiptId),
    Adjustment(UnitCode, u16, AdjustmentId),
    Reservation(UnitCode, u16, ReservationId),
    Payment(UnitCode, u16, PaymentId),
    Release(UnitCode, u16, ReservationId),
    PaymentReversed(UnitCode, u16, PaymentId),
    ReceiptReversed(UnitCode, u16, ReceiptId),
    Closing(UnitCode, u16),
    Approval(UnitCode, u16),
    /// What has no number of its own is known by all that it says.
    Content(&'static str, String),
}

/// What happens when the books already have the subject, saying something else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Nature {
    /// The later replaces the earlier.
    Replaced,
    /// It has a number, and a number is used once.
    Numbered,
    /// It happens as often as it is told.
    Repeated,
}

impl Subject {
    /// The subject of a command; none for those that no table has.
    pub(crate) fn of(command: &Command) -> Option<Subject> {
        Some(match command {
            Command::OpenUnit(unit) | Command::ChangeUnit(unit) => Subject::Unit(unit.code.clone()),
            Command::CloseUnit(unit) => Subject::UnitClosed(unit.clone()),
            Command::Appoint(person, unit, role) | Command::Dismiss(person, unit, role) => {
                Subject::Role(person.to_string(), unit.clone(), role.word())
            }
            Command::OpenYear(unit, year) => Subject::Year(unit.clone(), *year),
            Command::SetCeiling(ceiling) => Subject::Ceiling(ceiling.unit.clone(), ceiling.year, ceiling.group.word()),
            Command::Budget(budgeted) => Subject::Budget(budgeted.version.word(), budgeted.line.clone()),
            Command::Freeze(freeze) => Subject::Version(freeze.unit.clone(), freeze.year, freeze.version.word()),
            Command::Allot(allotment) => content("allotment", allotment),
            Command::Plan(plan) => Subject::Plan(plan.line.clone(), plan.month),
            Command::Explain(unit, year, place, _) => Subject::Explanation(unit.clone(), *year, place.clone()),
            Command::CloseYear(closing) => Subject::Closing(closing.unit.clone(), closing.year),
            Command::ApproveAccounts(closing) => Subject::Approval(closing.unit.clone(), closing.year),
            Command::AddRow(unit, name, _)
            | Command::CorrectRow(unit, name, ..)
            | Command::RemoveRow(unit, name, _) => Subject::Row(unit.clone(), name.clone()),
            Command::RecordAmount(known, ..) => Subject::Known(known_words(known)),
            Command::RecordCount(unit, year, statistic, ..) => Subject::Count(unit.clone(), *year, statistic.word()),
            Command::Disclose(disclosed) => content("disclosure", disclosed),
            money => return Subject::of_money(money),
        })
    }

    fn of_money(command: &Command) -> Option<Subject> {
        Some(match command {
            Command::Reserve(reservation) => {
                let line = &reservation.line;
                Subject::Reservation(line.unit.clone(), line.year, reservation.id.clone())
            }
            Command::Release(id, unit, year) => Subject::Release(unit.clone(), *year, id.clone()),
            Command::Pay(payment) => Subject::Payment(payment.line.unit.clone(), payment.line.year, payment.id.clone()),
            Command::ReversePayment(id, unit, year, _) => Subject::PaymentReversed(unit.clone(), *year, id.clone()),
            Command::Adjust(adjustment) => {
                let line = &adjustment.moves.first()?.line;
                Subject::Adjustment(line.unit.clone(), line.year, adjustment.id.clone())
            }
            Command::Receive(receipt) => {
                Subject::Receipt(receipt.pot.unit.clone(), receipt.pot.year, receipt.id.clone())
            }
            Command::ReverseReceipt(id, unit, year, _) => Subject::ReceiptReversed(unit.clone(), *year, id.clone()),
            Command::BringForward(balance) => Subject::Opening(balance.pot.clone()),
            Command::Move(moved) => content("movement", moved),
            _ => return None,
        })
    }

    /// What happens when it is told again.
    pub(crate) fn nature(&self) -> Nature {
        match self {
            Subject::Receipt(..) | Subject::Adjustment(..) | Subject::Reservation(..) | Subject::Payment(..) => {
                Nature::Numbered
            }
            Subject::Content(..) => Nature::Repeated,
            _ => Nature::Replaced,
        }
    }

    /// What it is, in a complaint.
    pub(super) fn words(&self) -> String {
        match self {
            Subject::Unit(code) => format!("单位 {code}"),
            Subject::UnitClosed(code) => format!("单位 {code} 的撤销"),
            Subject::Role(person, unit, _) => format!("{person} 在 {unit} 的这项职责"),
            Subject::Year(unit, year) => format!("{unit} 的 {year} 年"),
            Subject::Known(_) => "这个上年数".to_owned(),
            Subject::Count(..) => "这个上年数量".to_owned(),
            Subject::Row(_, name) => format!("台账编号“{}”", name.row),
            Subject::Explanation(_, _, place) => format!("位置“{place}”的说明"),
            Subject::Ceiling(..) => "这一类控制数".to_owned(),
            Subject::Budget(_, line) => format!("同一版本的这笔预算（{line}）"),
            Subject::Version(..) => "这个版本".to_owned(),
            Subject::Plan(_, month) => format!("这笔预算 {month} 月的用款计划"),
            Subject::Opening(_) => "这处资金的年初数".to_owned(),
            Subject::Receipt(_, _, id) => format!("收入编号“{id}”"),
            Subject::Adjustment(_, _, id) => format!("调整编号“{id}”"),
            Subject::Reservation(_, _, id) => format!("预留编号“{id}”"),
            Subject::Payment(_, _, id) => format!("支付编号“{id}”"),
            Subject::Release(_, _, id) => format!("预留“{id}”的释放"),
            Subject::PaymentReversed(_, _, id) => format!("支付“{id}”的冲销"),
            Subject::ReceiptReversed(_, _, id) => format!("收入“{id}”的冲销"),
            Subject::Closing(unit, year) => format!("{unit} 的 {year} 年结账"),
            Subject::Approval(unit, year) => format!("{unit} 的 {year} 年决算批复"),
            Subject::Content(..) => "内容完全相同的一行".to_owned(),
        }
    }
}

fn content(what: &'static str, value: &impl serde::Serialize) -> Subject {
    // Numbers and words: nothing in it can fail to be written.
    Subject::Content(what, serde_json::to_string(value).unwrap_or_default())
}

fn known_words(known: &Known) -> String {
    serde_json::to_string(known).unwrap_or_default()
}

/// The command that brings an event about, where it is a table's: what the export writes and what an
/// import is compared with.
pub(crate) fn command_of(event: Event) -> Option<Command> {
    Some(match event {
        Event::UnitOpened(unit) | Event::UnitChanged(unit) => Command::OpenUnit(unit),
        Event::UnitClosed(unit) => Command::CloseUnit(unit),
        Event::Appointed(person, unit, role) => Command::Appoint(person, unit, role),
        Event::Dismissed(person, unit, role) => Command::Dismiss(person, unit, role),
        Event::YearOpened(unit, year) => Command::OpenYear(unit, year),
        Event::CeilingSet(ceiling) => Command::SetCeiling(ceiling),
        Event::LineBudgeted(budgeted) => Command::Budget(budgeted),
        Event::VersionFrozen(freeze, _) => Command::Freeze(freeze),
        Event::Allotted(allotment) => Command::Allot(allotment),
        Event::Planned(plan) => Command::Plan(plan),
        Event::Reserved(reservation) => Command::Reserve(reservation),
        Event::Released(id, unit, year, _) => Command::Release(id, unit, year),
        Event::Paid(payment) => Command::Pay(payment),
        Event::PaymentReversed(id, unit, year, why) => Command::ReversePayment(id, unit, year, why),
        Event::Adjusted(adjustment) => Command::Adjust(adjustment),
        Event::Received(receipt) => Command::Receive(receipt),
        Event::ReceiptReversed(id, unit, year, why) => Command::ReverseReceipt(id, unit, year, why),
        Event::BroughtForward(balance) => Command::BringForward(balance),
        Event::Moved(moved) => Command::Move(moved),
        Event::YearClosed(closing, _) => Command::CloseYear(closing),
        Event::AccountsApproved(closing) => Command::ApproveAccounts(closing),
        Event::RowAdded(unit, name, row) => Command::AddRow(unit, name, row),
        Event::RowCorrected(unit, name, row, why) => Command::CorrectRow(unit, name, row, why),
        Event::RowRemoved(unit, name, why) => Command::RemoveRow(unit, name, why),
        Event::AmountKnown(known, amount, source) => Command::RecordAmount(known, amount, source),
        Event::CountKnown(unit, year, statistic, count, source) => {
            Command::RecordCount(unit, year, statistic, count, source)
        }
        Event::Explained(unit, year, place, words) => Command::Explain(unit, year, place, words),
        Event::Disclosed(disclosed) => Command::Disclose(disclosed),
    })
}
