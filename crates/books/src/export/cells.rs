//! What a command says, column by column: the reverse of reading a row.

use crate::command::Command;
use crate::entry::{Approval, Closing, Known, Payment, Pot};
use crate::import::registers::{title, yuan};
use crate::import::{Is, REVERSED};
use crate::line::{Line, Purpose, Source};
use crate::names::UnitCode;
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::set::Member;
use mingzhang_model::sheet::Cell;
use std::fmt::Display;

type Cells = Vec<(Is, Cell)>;

fn text(is: Is, value: impl Display) -> (Is, Cell) {
    let text = value.to_string();
    (is, if text.is_empty() { Cell::Empty } else { Cell::Text(text) })
}

fn number(is: Is, value: impl Display) -> (Is, Cell) {
    (is, Cell::Number(value.to_string()))
}

fn amount(amount: Amount) -> (Is, Cell) {
    (Is::Amount, yuan(amount))
}

fn on(day: Date) -> (Is, Cell) {
    (Is::On, Cell::Date(day))
}

fn maybe(is: Is, value: Option<&impl Display>) -> (Is, Cell) {
    value.map_or((is, Cell::Empty), |value| text(is, value))
}

fn unit_year(unit: &UnitCode, year: u16) -> Cells {
    vec![text(Is::Unit, unit), number(Is::Year, year)]
}

fn approval(approval: &Approval) -> [(Is, Cell); 2] {
    [text(Is::Prepared, &approval.prepared), text(Is::Approved, &approval.approved)]
}

fn pot(pot: &Pot) -> Cells {
    let mut cells = unit_year(&pot.unit, pot.year);
    cells.push(text(Is::Fund, pot.fund.term()));
    cells.push(text(Is::Function, pot.function));
    cells.push(text(Is::Kind, pot.purpose.kind().term()));
    if let Purpose::Project(code) = &pot.purpose {
        cells.push(text(Is::Project, code));
    }
    cells.push(maybe(Is::Counterparty, pot.purpose.counterparty()));
    cells
}

fn line(line: &Line) -> Cells {
    let mut cells = pot(&Pot::of(line));
    cells.push(match &line.source {
        Source::Current => (Is::Source, Cell::Empty),
        Source::CarriedOver => text(Is::Source, "上年结转"),
        Source::Surplus => text(Is::Source, "非财政拨款结余"),
        Source::Internal(unit) => text(Is::Source, format!("内部:{unit}")),
    });
    cells.push(text(Is::Economic, line.economic));
    cells
}

fn with(mut first: Cells, then: impl IntoIterator<Item = (Is, Cell)>) -> Cells {
    first.extend(then);
    first
}

/// The cells of a command; of an adjustment those of one of its lines.
pub(super) fn fields(command: &Command, part: usize) -> Cells {
    match command {
        Command::OpenUnit(unit) | Command::ChangeUnit(unit) => vec![
            text(Is::Unit, &unit.code),
            text(Is::UnitName, &unit.name),
            maybe(Is::Parent, unit.parent.as_ref()),
            text(Is::Nature, unit.nature.term()),
        ],
        Command::CloseUnit(unit) => vec![text(Is::Unit, unit)],
        Command::Appoint(person, unit, role) | Command::Dismiss(person, unit, role) => {
            vec![text(Is::Person, person), text(Is::Unit, unit), text(Is::Role, role.term())]
        }
        Command::OpenYear(unit, year) => unit_year(unit, *year),
        Command::SetCeiling(ceiling) => {
            let group = text(Is::Group, ceiling.group.term());
            with(unit_year(&ceiling.unit, ceiling.year), [group, amount(ceiling.amount)])
        }
        Command::Explain(unit, year, place, words) => {
            with(unit_year(unit, *year), [text(Is::Spot, place), text(Is::Content, words)])
        }
        Command::AddRow(unit, name, _) => vec![text(Is::Unit, unit), text(Is::Id, &name.row)],
        Command::CorrectRow(unit, name, _, why) => {
            vec![text(Is::Unit, unit), text(Is::Id, &name.row), text(Is::Reason, why)]
        }
        Command::RemoveRow(unit, name, why) => vec![
            text(Is::Unit, unit),
            text(Is::Register, title(name.register.as_str())),
            text(Is::Id, &name.row),
            text(Is::Reason, why),
        ],
        Command::RecordAmount(figure, value, source) => {
            with(known(figure), [amount(*value), text(Is::Citation, source)])
        }
        Command::RecordCount(unit, year, statistic, count, source) => {
            let rest = [text(Is::Statistic, statistic.term()), number(Is::Count, count), text(Is::Citation, source)];
            with(unit_year(unit, *year), rest)
        }
        Command::CloseYear(year) | Command::ApproveAccounts(year) => closing(year),
        money => of_money(money, part),
    }
}

fn known(known: &Known) -> Cells {
    let rest = [
        text(Is::Stage, known.stage.term()),
        text(Is::Measure, known.measure.term()),
        text(Is::Funds, &known.funds),
        maybe(Is::Kind, known.kind.map(|kind| kind.0.term()).as_ref()),
        text(Is::Function, &known.function),
        text(Is::Economic, &known.economic),
    ];
    with(unit_year(&known.unit, known.year), rest)
}

fn closing(closing: &Closing) -> Cells {
    let cells = with(unit_year(&closing.unit, closing.year), [on(closing.on), text(Is::Document, &closing.document)]);
    with(cells, approval(&closing.approval))
}

fn of_money(command: &Command, part: usize) -> Cells {
    match command {
        Command::Budget(budgeted) => {
            with(line(&budgeted.line), [text(Is::Version, budgeted.version.term()), amount(budgeted.amount)])
        }
        Command::Freeze(freeze) => {
            let what = [text(Is::Version, freeze.version.term()), text(Is::Document, &freeze.document), on(freeze.on)];
            with(with(unit_year(&freeze.unit, freeze.year), what), approval(&freeze.approval))
        }
        Command::Allot(one) => {
            with(line(&one.line), [amount(one.amount), on(one.on), text(Is::Document, &one.document)])
        }
        Command::Plan(plan) => with(line(&plan.line), [number(Is::Month, plan.month), amount(plan.amount)]),
        Command::BringForward(balance) => {
            with(pot(&balance.pot), [amount(balance.amount), number(Is::Since, balance.since)])
        }
        Command::Receive(receipt) => with(
            pot(&receipt.pot),
            [
                text(Is::Id, &receipt.id),
                amount(receipt.amount),
                on(receipt.on),
                maybe(Is::From, receipt.from.as_ref()),
                text(Is::Voucher, &receipt.voucher),
            ],
        ),
        Command::Reserve(one) => {
            let rest = [text(Is::Id, &one.id), amount(one.amount), on(one.on), text(Is::Purpose, &one.purpose)];
            with(with(line(&one.line), rest), approval(&one.approval))
        }
        Command::Release(id, unit, year) => with(unit_year(unit, *year), [text(Is::Id, id)]),
        Command::Pay(payment) => paid(payment),
        Command::ReversePayment(id, unit, year, why) => {
            let what = [text(Is::Reversed, REVERSED[0]), text(Is::Id, id), text(Is::Reason, why)];
            with(unit_year(unit, *year), what)
        }
        Command::ReverseReceipt(id, unit, year, why) => {
            let what = [text(Is::Reversed, REVERSED[1]), text(Is::Id, id), text(Is::Reason, why)];
            with(unit_year(unit, *year), what)
        }
        Command::Move(moved) => {
            let movement = text(Is::Movement, moved.movement.term());
            let rest = [movement, amount(moved.amount), on(moved.on), text(Is::Document, &moved.document)];
            with(with(pot(&moved.pot), rest), approval(&moved.approval))
        }
        rest => changed(rest, part),
    }
}

fn changed(command: &Command, part: usize) -> Cells {
    match command {
        Command::Adjust(adjustment) => {
            let Some(one) = adjustment.moves.get(part) else { return Vec::new() };
            let rest = [
                text(Is::Id, &adjustment.id),
                text(Is::Change, adjustment.change.term()),
                amount(one.amount),
                on(adjustment.on),
                text(Is::Document, &adjustment.document),
                text(Is::Authority, adjustment.authority.term()),
                text(Is::Reason, &adjustment.reason),
                text(Is::ThreePublic, &adjustment.three_public_approval),
            ];
            with(with(line(&one.line), rest), approval(&adjustment.approval))
        }
        Command::Disclose(step) => {
            let rest = [
                text(Is::Publication, step.publication.term()),
                number(Is::Edition, step.edition),
                text(Is::Step, step.step.term()),
                text(Is::Person, &step.by),
                on(step.on),
                text(Is::Hash, &step.hash),
                text(Is::Remark, &step.remark),
                number(Is::Errors, step.errors),
            ];
            with(unit_year(&step.unit, step.year), rest)
        }
        _ => Vec::new(),
    }
}

fn paid(payment: &Payment) -> Cells {
    let row = payment.row.as_ref();
    let rest = [
        text(Is::Id, &payment.id),
        amount(payment.amount),
        on(payment.on),
        maybe(Is::Reservation, payment.reservation.as_ref()),
        maybe(Is::Register, row.map(|row| title(row.register.as_str())).as_ref()),
        maybe(Is::RegisterRow, row.map(|row| &row.row)),
        maybe(Is::Contract, payment.contract.as_ref()),
        text(Is::Payee, &payment.payee),
        text(Is::Voucher, &payment.voucher),
        text(Is::Prepared, &payment.hands.handled),
        text(Is::Reviewed, &payment.hands.reviewed),
        text(Is::Paid, &payment.hands.paid),
    ];
    with(line(&payment.line), rest)
}
