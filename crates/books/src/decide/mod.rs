//! Whether a command may happen, and what happens then: [`Books::decide`].
//!
//! Nothing here changes the books, so a refusal leaves nothing behind. Each file decides one stretch of
//! the working life of a department's money.

mod budget;
mod changing;
mod closing;
mod publishing;
mod registers;
mod signing;
mod spending;
mod units;

pub use budget::THREE_PUBLIC_REASON;
pub use publishing::{Clock, DAYS_TO_PUBLISH, next_step};
pub use signing::{ACCOUNTANTS, Hand, steppers};

use crate::command::Command;
use crate::entry::{Approval, Event};
use crate::line::Line;
use crate::names::{Person, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::state::{Books, Year};
use crate::unit::{Role, Unit};
use mingzhang_model::amount::Amount;
use mingzhang_model::date::Date;
use mingzhang_model::set::Member;

/// What a decision is: what happens, or why nothing does.
pub(crate) type Decision = Result<Vec<Event>, Refusal>;

/// The largest amount of one command, and of all lines or pots of a unit's year together: ten trillion
/// yuan. Sums over the units of a department stay inside an i64.
const LARGEST: Amount = Amount(1_000_000_000_000_000);

/// The longest text, in characters.
const LONGEST_TEXT: usize = 20_000;

impl Books {
    /// Decides a command that `by` sends.
    pub fn decide(&self, by: &Person, command: &Command) -> Decision {
        match command {
            Command::OpenUnit(unit) => self.open_unit(by, unit),
            Command::ChangeUnit(unit) => self.change_unit(by, unit),
            Command::CloseUnit(unit) => self.close_unit(by, unit),
            Command::Appoint(person, unit, role) => self.appoint(by, person, unit, *role),
            Command::Dismiss(person, unit, role) => self.dismiss(by, person, unit, *role),
            Command::OpenYear(unit, year) => self.open_year(by, unit, *year),
            Command::SetCeiling(ceiling) => self.set_ceiling(by, ceiling),
            Command::Budget(budgeted) => self.budget(by, budgeted),
            Command::CopyVersion(unit, year, from, to) => self.copy_version(by, unit, *year, *from, *to),
            Command::Freeze(freeze) => self.freeze(by, freeze),
            Command::Allot(allotment) => self.allot(by, allotment),
            Command::Plan(plan) => self.plan(by, plan),
            Command::Reserve(reservation) => self.reserve(by, reservation),
            Command::Release(id, unit, year) => self.release(by, id, unit, *year),
            Command::Pay(payment) => self.pay(by, payment),
            Command::ReversePayment(id, unit, year, why) => self.reverse_payment(by, id, unit, *year, why),
            Command::Adjust(adjustment) => self.adjust(by, adjustment),
            Command::Receive(receipt) => self.receive(by, receipt),
            Command::ReverseReceipt(id, unit, year, why) => self.reverse_receipt(by, id, unit, *year, why),
            Command::Transfer(payment, receipt) => self.transfer(by, payment, receipt),
            Command::BringForward(balance) => self.bring_forward(by, balance),
            Command::Move(moved) => self.move_money(by, moved),
            Command::CloseYear(closing) => self.close_year(by, closing),
            Command::ApproveAccounts(closing) => self.approve_accounts(by, closing),
            Command::AddRow(unit, name, row) => self.add_row(by, unit, name, row),
            Command::CorrectRow(unit, name, row, why) => self.correct_row(by, unit, name, row, why),
            Command::RemoveRow(unit, name, why) => self.remove_row(by, unit, name, why),
            Command::RecordAmount(known, amount, source) => self.record_amount(by, known, *amount, source),
            Command::RecordCount(unit, year, statistic, count, source) => {
                self.record_count(by, unit, *year, *statistic, *count, source)
            }
            Command::Explain(unit, year, place, words) => self.explain(by, unit, *year, place, words),
            Command::Disclose(disclosed) => self.disclose(by, disclosed),
        }
    }

    /// A unit that is there and not closed.
    fn living(&self, code: &UnitCode) -> Result<&Unit, Refusal> {
        let Some(unit) = self.unit(code) else {
            let known: Vec<String> = self.units().take(8).map(|unit| format!("{} {}", unit.code, unit.name)).collect();
            let help = if known.is_empty() {
                "账簿里还没有单位，请先登记单位".into()
            } else {
                known.join("、")
            };
            return Err(Refusal::new(Reason::UnknownUnit, format!("没有编码为 {code} 的单位"))
                .help(format!("请核对单位编码；现有：{help}")));
        };
        if self.is_closed(code) {
            return Err(Refusal::new(Reason::UnitClosed, format!("单位 {code} {} 已经撤销，不能再记账", unit.name)));
        }
        Ok(unit)
    }

    /// The open year of a living unit.
    fn open_year_of(&self, unit: &UnitCode, year: u16) -> Result<&Year, Refusal> {
        self.living(unit)?;
        let kept = self.kept_year(unit, year)?;
        if !kept.is_open() {
            return Err(Refusal::new(Reason::YearClosed, format!("{unit} 的 {year} 年已经结账，不能再改"))
                .help("差错请在下一年用调整分录更正，并写明原因"));
        }
        Ok(kept)
    }

    /// The year of a unit, closed or not. The unit may be closed too: the accounts of its last year are
    /// approved and published after it is gone.
    fn kept_year(&self, unit: &UnitCode, year: u16) -> Result<&Year, Refusal> {
        if self.unit(unit).is_none() {
            self.living(unit)?;
        }
        self.year(unit, year).ok_or_else(|| {
            let kept: Vec<String> = self.years_of(unit).map(|(year, _)| year.to_string()).collect();
            let kept = if kept.is_empty() { "无".to_owned() } else { kept.join("、") };
            Refusal::new(Reason::UnknownYear, format!("{unit} 没有开 {year} 年的账"))
                .help(format!("请先为该单位开年；已开：{kept}"))
        })
    }

    /// The open year of a line whose budget is approved.
    fn approved_year(&self, line: &Line) -> Result<&Year, Refusal> {
        let year = self.open_year_of(&line.unit, line.year)?;
        if year.frozen(crate::entry::Version::Approved).is_none() {
            return Err(Refusal::new(
                Reason::NotApproved,
                format!("{} 的 {} 年预算尚未批复，不能使用", line.unit, line.year),
            )
            .help("请先录入批复数并锁定批复版本")
            .on(line));
        }
        Ok(year)
    }

    /// The other unit, where there is one, has not closed the year: what goes between two units stands on
    /// both sides, and a closed side cannot follow any more.
    fn other_side_open(&self, other: Option<&UnitCode>, year: u16) -> Result<(), Refusal> {
        match other.filter(|other| self.year(other, year).is_some_and(|kept| !kept.is_open())) {
            None => Ok(()),
            Some(other) => {
                let what = format!("对方单位 {other} 的 {year} 年已经结账，与它的往来不能再变动");
                Err(Refusal::new(Reason::YearClosed, what).help("请记入下一年，并写明原因"))
            }
        }
    }

    /// The open year in which the person may take something back, for a reason.
    fn to_reverse_in(&self, by: &Person, unit: &UnitCode, year: u16, why: &str) -> Result<&Year, Refusal> {
        let kept = self.open_year_of(unit, year)?;
        self.has_role(by, unit, &[Role::Reviewer, Role::Bookkeeper, Role::Head])?;
        worded("冲销原因", why, Reason::NeedsReason)?;
        Ok(kept)
    }

    /// The sender has some role at the unit, or above it.
    fn sender(&self, by: &Person, unit: &UnitCode) -> Result<(), Refusal> {
        self.has_role(by, unit, Role::ALL)
    }

    /// The sender keeps accounts at the unit, or above it.
    fn accountant(&self, by: &Person, unit: &UnitCode) -> Result<(), Refusal> {
        self.has_role(by, unit, ACCOUNTANTS)
    }

    /// The person has one of the roles at the unit, or above it.
    fn has_role(&self, person: &Person, unit: &UnitCode, roles: &[Role]) -> Result<(), Refusal> {
        if roles.iter().any(|role| self.may(person, *role, unit)) {
            return Ok(());
        }
        let words: Vec<&str> = roles.iter().map(|role| role.term()).collect();
        let wanted = if roles.len() == Role::ALL.len() {
            "任何".to_owned()
        } else {
            format!("“{}”", words.join("”或“"))
        };
        Err(Refusal::new(Reason::NoRole, format!("{person} 在 {unit} 没有{wanted}职责"))
            .help("请由有此职责的人办理，或由系统管理员授予职责"))
    }

    /// Two persons, the first of whom prepares and the second of whom decides.
    fn approval(&self, approval: &Approval, unit: &UnitCode, deciders: &[Role]) -> Result<(), Refusal> {
        self.has_role(&approval.prepared, unit, signing::PREPARERS)?;
        self.has_role(&approval.approved, unit, deciders)?;
        different(&[("经办", &approval.prepared), ("审批", &approval.approved)])
    }
}

/// All of them are different persons.
fn different(hands: &[(&str, &Person)]) -> Result<(), Refusal> {
    for (i, (what, person)) in hands.iter().enumerate() {
        if let Some((other, _)) = hands[..i].iter().find(|(_, earlier)| earlier == person) {
            return Err(Refusal::new(Reason::SamePerson, format!("{other}和{what}都是 {person}"))
                .help("不相容岗位应当分离，请换一个人办理"));
        }
    }
    Ok(())
}

/// More than nothing, and not beyond all measure.
fn positive(what: &str, amount: Amount) -> Result<(), Refusal> {
    if amount.0 <= 0 {
        return Err(Refusal::new(Reason::BadAmount, format!("{what}应大于 0，实为 {}", yuan(amount)))
            .help("退回或冲减请用冲销、追减，不用负数"));
    }
    bounded(what, amount)
}

/// A sum that is not beyond all measure.
fn summed(what: &str, sum: i128) -> Result<(), Refusal> {
    bounded(what, Amount(i64::try_from(sum).unwrap_or(i64::MAX)))
}

/// Not beyond all measure.
fn bounded(what: &str, amount: Amount) -> Result<(), Refusal> {
    if amount.0.unsigned_abs() > LARGEST.0.unsigned_abs() {
        let most = yuan(LARGEST);
        return Err(Refusal::new(Reason::BadAmount, format!("{what}为 {}，超过上限 {most}", yuan(amount)))
            .help("请核对金额单位是否为元"));
    }
    Ok(())
}

/// A day of the year.
fn within(on: Date, year: u16) -> Result<(), Refusal> {
    if on.year() == year {
        return Ok(());
    }
    Err(Refusal::new(Reason::NotInYear, format!("日期 {on} 不在 {year} 年内")).help("请核对日期，或记入相应年度"))
}

/// A text that is there and not beyond all measure.
fn worded(what: &str, text: &str, reason: Reason) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(reason, format!("没有填写{what}")).help(format!("请填写{what}")));
    }
    not_too_long(what, text)
}

fn not_too_long(what: &str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(Refusal::new(Reason::BadName, format!("{what}超过 {LONGEST_TEXT} 字")));
    }
    Ok(())
}
