//! From a row that is read to the command that it stands for.

use super::codes;
use super::column::Is;
use super::registers;
use super::row::RowReader;
use super::table::REVERSED;
use super::value::{self, said};
use crate::command::Command;
use crate::entry::{
    Adjustment, Allotment, Balance, Budgeted, Ceiling, Closing, Disclosed, Freeze, Hands, KindWord, Known, Move, Moved,
    Payment, Plan, Receipt, Reservation, RowName,
};
use crate::names::{AdjustmentId, PaymentId, Person, ReceiptId, RegisterId, ReservationId, RowId, UnitCode};
use crate::unit::{Nature, Role, Unit};
use mingzhang_model::statistic::Statistic;

/// Other names of what a unit is in law.
const NATURES: &[(&str, Nature)] = &[
    ("参公", Nature::CivilServiceManaged),
    ("参公事业单位", Nature::CivilServiceManaged),
    ("公益一类", Nature::PublicWelfareOne),
    ("公益二类", Nature::PublicWelfareTwo),
];

/// The command of a row; none after a fault. A row of an adjustment is an adjustment of one line.
pub(super) fn command(row: &mut RowReader) -> Option<Command> {
    match row.layout.table.id {
        "units" => unit(row),
        "persons" => person(row).map(|(person, unit, role)| Command::Appoint(person, unit, role)),
        "dismissals" => person(row).map(|(person, unit, role)| Command::Dismiss(person, unit, role)),
        "years" => unit_year(row).map(|(unit, year)| Command::OpenYear(unit, year)),
        "closed_units" => row.unit().map(Command::CloseUnit),
        "known" => known(row),
        "counts" => counted(row),
        "explanations" => explanation(row),
        "ceilings" => ceiling(row),
        "budget" => budget(row),
        "versions" => version(row),
        "allotments" => allotment(row),
        "plans" => plan(row),
        "openings" => opening(row),
        "receipts" => receipt(row),
        "adjustments" => adjustment(row),
        "reservations" => reservation(row),
        "payments" => payment(row),
        "releases" => release(row),
        "reversals" => reversal(row),
        "removals" => removal(row),
        "movements" => movement(row),
        "closings" => closing(row).map(Command::CloseYear),
        "approvals" => closing(row).map(Command::ApproveAccounts),
        "disclosures" => disclosure(row),
        register => register_row(row, register),
    }
}

fn unit_year(row: &mut RowReader) -> Option<(UnitCode, u16)> {
    let (unit, year) = (row.unit(), row.year(Is::Year));
    Some((unit?, year?))
}

fn unit(row: &mut RowReader) -> Option<Command> {
    let (code, name) = (row.name(Is::Unit, UnitCode::new), row.words(Is::UnitName));
    let (parent, nature) = (row.maybe_name(Is::Parent, UnitCode::new), row.member(Is::Nature, NATURES));
    Some(Command::OpenUnit(Unit { code: code?, name: name?, parent: parent?, nature: nature? }))
}

fn person(row: &mut RowReader) -> Option<(Person, UnitCode, Role)> {
    let (person, unit) = (row.name(Is::Person, Person::new), row.unit());
    let role = row.member(Is::Role, &[("审核", Role::Reviewer), ("负责人", Role::Head)]);
    Some((person?, unit?, role?))
}

fn known(row: &mut RowReader) -> Option<Command> {
    let at = unit_year(row);
    let (stage, measure) = (row.member(Is::Stage, &[]), row.member(Is::Measure, &[]));
    let (funds, kind) = (codes::funds(row), row.maybe_member(Is::Kind, &[]));
    let (function, economic) = (codes::function_words(row), codes::economic_words(row));
    let (amount, source) = (row.amount(), row.words(Is::Citation));
    let (unit, year) = at?;
    let known = Known {
        unit,
        year,
        stage: stage?,
        measure: measure?,
        funds: funds?,
        kind: kind?.map(KindWord),
        function: function?,
        economic: economic?,
    };
    Some(Command::RecordAmount(known, amount?, source?))
}

fn counted(row: &mut RowReader) -> Option<Command> {
    let at = unit_year(row);
    let statistic = row.member::<Statistic>(Is::Statistic, &[]);
    let read = value::count(row.cell(Is::Count));
    let count = row.needed(Is::Count, read).and_then(|count| i64::try_from(count).ok());
    let source = row.words(Is::Citation);
    let (unit, year) = at?;
    Some(Command::RecordCount(unit, year, statistic?, count?, source?))
}

fn explanation(row: &mut RowReader) -> Option<Command> {
    let at = unit_year(row);
    let (place, words) = (row.words(Is::Spot), row.maybe_words(Is::Content));
    let (unit, year) = at?;
    Some(Command::Explain(unit, year, place?, words?))
}

fn ceiling(row: &mut RowReader) -> Option<Command> {
    let at = unit_year(row);
    let (group, amount) = (row.member(Is::Group, &[]), row.amount());
    let (unit, year) = at?;
    Some(Command::SetCeiling(Ceiling { unit, year, group: group?, amount: amount? }))
}

fn budget(row: &mut RowReader) -> Option<Command> {
    let (version, line, amount) = (row.member(Is::Version, &[]), row.line(), row.amount());
    if let Some(amount) = amount.filter(|amount| amount.0 < 0) {
        let words = crate::refusal::yuan(amount);
        row.fault(Is::Amount, format!("预算金额不能为负，这里是 {words}；减少预算请用预算调整"));
        return None;
    }
    Some(Command::Budget(Budgeted { version: version?, line: line?, amount: amount? }))
}

fn version(row: &mut RowReader) -> Option<Command> {
    let at = unit_year(row);
    let (version, document) = (row.member(Is::Version, &[]), row.words(Is::Document));
    let (on, approval) = (row.on(), row.approval());
    let (unit, year) = at?;
    let (version, document) = (version?, document?);
    Some(Command::Freeze(Freeze { unit, year, version, document, on: on?, approval: approval? }))
}

fn allotment(row: &mut RowReader) -> Option<Command> {
    let (line, amount, on, document) = (row.line(), row.amount(), row.on(), row.words(Is::Document));
    Some(Command::Allot(Allotment { line: line?, amount: amount?, on: on?, document: document? }))
}

fn plan(row: &mut RowReader) -> Option<Command> {
    let line = row.line();
    let read = value::month(row.cell(Is::Month));
    let (month, amount) = (row.needed(Is::Month, read), row.amount());
    Some(Command::Plan(Plan { line: line?, month: month?, amount: amount? }))
}

fn opening(row: &mut RowReader) -> Option<Command> {
    let (pot, amount, since) = (row.pot(), row.amount(), row.year(Is::Since));
    Some(Command::BringForward(Balance { pot: pot?, amount: amount?, since: since? }))
}

fn receipt(row: &mut RowReader) -> Option<Command> {
    let (id, pot, amount, on) = (row.name(Is::Id, ReceiptId::new), row.pot(), row.amount(), row.on());
    let (from, voucher) = (row.maybe_name(Is::From, UnitCode::new), row.maybe_words(Is::Voucher));
    Some(Command::Receive(Receipt { id: id?, pot: pot?, amount: amount?, on: on?, from: from?, voucher: voucher? }))
}

fn adjustment(row: &mut RowReader) -> Option<Command> {
    let (id, change) = (row.name(Is::Id, AdjustmentId::new), row.member(Is::Change, &[]));
    let (line, amount, on) = (row.line(), row.amount(), row.on());
    let (document, authority) = (row.words(Is::Document), row.member(Is::Authority, &[]));
    let (reason, three_public_approval) = (row.words(Is::Reason), row.maybe_words(Is::ThreePublic));
    let approval = row.approval();
    Some(Command::Adjust(Adjustment {
        id: id?,
        change: change?,
        moves: vec![Move { line: line?, amount: amount? }],
        on: on?,
        document: document?,
        authority: authority?,
        reason: reason?,
        three_public_approval: three_public_approval?,
        approval: approval?,
    }))
}

fn reservation(row: &mut RowReader) -> Option<Command> {
    let (id, line, amount) = (row.name(Is::Id, ReservationId::new), row.line(), row.amount());
    let (on, purpose, approval) = (row.on(), row.words(Is::Purpose), row.approval());
    Some(Command::Reserve(Reservation {
        id: id?,
        line: line?,
        amount: amount?,
        on: on?,
        purpose: purpose?,
        approval: approval?,
    }))
}

fn payment(row: &mut RowReader) -> Option<Command> {
    let (id, line, amount, on) = (row.name(Is::Id, PaymentId::new), row.line(), row.amount(), row.on());
    let reservation = row.maybe_name(Is::Reservation, ReservationId::new);
    let named = named_row(row);
    let contract = row.maybe_name(Is::Contract, RowId::new);
    let (payee, voucher) = (row.maybe_words(Is::Payee), row.maybe_words(Is::Voucher));
    let (handled, reviewed) = (row.name(Is::Prepared, Person::new), row.name(Is::Reviewed, Person::new));
    let paid = row.name(Is::Paid, Person::new);
    Some(Command::Pay(Payment {
        id: id?,
        line: line?,
        amount: amount?,
        on: on?,
        reservation: reservation?,
        row: named?,
        contract: contract?,
        payee: payee?,
        voucher: voucher?,
        hands: Hands { handled: handled?, reviewed: reviewed?, paid: paid? },
    }))
}

/// The row of a register that a payment names: both columns or neither.
fn named_row(row: &mut RowReader) -> Option<Option<RowName>> {
    let (title, id) = (row.maybe_words(Is::Register), row.maybe_name(Is::RegisterRow, RowId::new));
    let (title, id) = (title?, id?);
    match (title.is_empty(), id) {
        (true, None) => Some(None),
        (true, Some(id)) => {
            row.fault(Is::Register, format!("填了台账编号“{id}”，没有填是哪个台账"));
            None
        }
        (false, None) => {
            row.fault(Is::RegisterRow, format!("填了台账“{}”，没有填台账编号", said(&title)));
            None
        }
        (false, Some(id)) => Some(Some(RowName { register: register_named(row, &title)?, row: id })),
    }
}

fn register_named(row: &mut RowReader, title: &str) -> Option<RegisterId> {
    let found = registers::named(title).and_then(|id| RegisterId::new(id).ok());
    if found.is_none() {
        row.fault(Is::Register, format!("没有名为“{}”的台账", said(title)));
    }
    found
}

fn release(row: &mut RowReader) -> Option<Command> {
    let (id, at) = (row.name(Is::Id, ReservationId::new), unit_year(row));
    let (unit, year) = at?;
    Some(Command::Release(id?, unit, year))
}

fn reversal(row: &mut RowReader) -> Option<Command> {
    let (what, at, reason) = (row.words(Is::Reversed), unit_year(row), row.words(Is::Reason));
    match what?.as_str() {
        "支付" => {
            let id = row.name(Is::Id, PaymentId::new);
            let (unit, year) = at?;
            Some(Command::ReversePayment(id?, unit, year, reason?))
        }
        "收入" => {
            let id = row.name(Is::Id, ReceiptId::new);
            let (unit, year) = at?;
            Some(Command::ReverseReceipt(id?, unit, year, reason?))
        }
        other => {
            row.fault(Is::Reversed, format!("“{}”不在列表中，只能填：{}", said(other), REVERSED.join("、")));
            None
        }
    }
}

fn removal(row: &mut RowReader) -> Option<Command> {
    let (unit, title) = (row.unit(), row.words(Is::Register));
    let (id, reason) = (row.name(Is::Id, RowId::new), row.words(Is::Reason));
    let register = register_named(row, &title?)?;
    Some(Command::RemoveRow(unit?, RowName { register, row: id? }, reason?))
}

fn movement(row: &mut RowReader) -> Option<Command> {
    let (movement, pot, amount) = (row.member(Is::Movement, &[]), row.pot(), row.amount());
    let (on, document, approval) = (row.on(), row.words(Is::Document), row.approval());
    Some(Command::Move(Moved {
        movement: movement?,
        pot: pot?,
        amount: amount?,
        on: on?,
        document: document?,
        approval: approval?,
    }))
}

fn closing(row: &mut RowReader) -> Option<Closing> {
    let (at, on, approval) = (unit_year(row), row.on(), row.approval());
    let is_approval = row.layout.table.id == "approvals";
    let document = if is_approval { row.words(Is::Document) } else { row.maybe_words(Is::Document) };
    let (unit, year) = at?;
    Some(Closing { unit, year, on: on?, document: document?, approval: approval? })
}

fn disclosure(row: &mut RowReader) -> Option<Command> {
    let at = unit_year(row);
    let (publication, step) = (row.member(Is::Publication, &[]), row.member(Is::Step, &[]));
    let (edition, errors) = (value::count(row.cell(Is::Edition)), value::count(row.cell(Is::Errors)));
    let fits = |count: u64| u16::try_from(count).map_err(|_| format!("“{count}”太大"));
    let edition = row.needed(Is::Edition, edition.and_then(|count| count.map(fits).transpose()));
    let fits = |count: u64| u32::try_from(count).map_err(|_| format!("“{count}”太大"));
    let errors = row.optional(Is::Errors, errors.and_then(|count| count.map(fits).transpose()));
    let (by, on) = (row.name(Is::Person, Person::new), row.on());
    let (hash, remark) = (row.words(Is::Hash), row.maybe_words(Is::Remark));
    let (unit, year) = at?;
    Some(Command::Disclose(Disclosed {
        unit,
        year,
        publication: publication?,
        edition: edition?,
        step: step?,
        by: by?,
        on: on?,
        hash: hash?,
        remark: remark?,
        errors: errors?.unwrap_or(0),
    }))
}

fn register_row(row: &mut RowReader, register: &str) -> Option<Command> {
    let (unit, id, why) = (row.unit(), row.name(Is::Id, RowId::new), row.maybe_words(Is::Reason));
    let fields = registers::read(row, register);
    let name = RowName { register: RegisterId::new(register).ok()?, row: id? };
    let (unit, fields, why) = (unit?, fields?, why?);
    Some(match why.is_empty() {
        true => Command::AddRow(unit, name, fields),
        false => Command::CorrectRow(unit, name, fields, why),
    })
}
