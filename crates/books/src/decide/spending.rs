//! Allotments, plans, reservations and payments: no money leaves without a line, and none beyond it.

use super::{Decision, different, not_too_long, positive, signing, within, worded};
use crate::entry::{Allotment, Event, Payment, Plan, Receipt, Reservation};
use crate::line::Line;
use crate::names::{PaymentId, Person, ReservationId, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::registers;
use crate::state::{Account, Books, Year};
use crate::unit::Role;
use mingzhang_model::amount::Amount;
use mingzhang_model::set::Member;

/// How many other lines a refusal names as help.
const NEAR: usize = 3;

impl Books {
    pub(super) fn allot(&self, by: &Person, allotment: &Allotment) -> Decision {
        let line = &allotment.line;
        let year = self.approved_year(line)?;
        self.has_role(by, &line.unit, &[Role::Finance, Role::Department, Role::Reviewer])?;
        let account = account_of(year, line)?;
        within(allotment.on, line.year)?;
        worded("指标文号", &allotment.document, Reason::NeedsDocument)?;
        if allotment.amount.is_zero() {
            return Err(Refusal::new(Reason::BadAmount, "指标金额不能为 0").on(line));
        }
        super::bounded("指标金额", allotment.amount)?;
        let after = Amount(account.allotted.0 + allotment.amount.0);
        if after > account.adjusted() {
            let free = Amount(account.adjusted().0 - account.allotted.0);
            let what = format!(
                "{line} 预算 {}，已下达指标 {}，还能下达 {}，不够 {}",
                yuan(account.adjusted()),
                yuan(account.allotted),
                yuan(free),
                yuan(allotment.amount)
            );
            return Err(Refusal::new(Reason::Short, what).help("请先办理追加预算").on(line).free(free));
        }
        if after < account.paid {
            let what = format!("{line} 已支付 {}，指标不能收回到 {}", yuan(account.paid), yuan(after));
            return Err(Refusal::new(Reason::NotAllotted, what).on(line));
        }
        Ok(vec![Event::Allotted(allotment.clone())])
    }

    pub(super) fn plan(&self, by: &Person, plan: &Plan) -> Decision {
        let line = &plan.line;
        let year = self.approved_year(line)?;
        self.accountant(by, &line.unit)?;
        let account = account_of(year, line)?;
        if !(1..=12).contains(&plan.month) {
            return Err(Refusal::new(Reason::NotInYear, format!("没有 {} 月", plan.month)));
        }
        if plan.amount.0 < 0 {
            return Err(Refusal::new(Reason::BadAmount, format!("用款计划不能为负：{}", yuan(plan.amount))));
        }
        super::bounded("用款计划", plan.amount)?;
        let mut months = account.plan.as_deref().copied().unwrap_or_default();
        months[usize::from(plan.month - 1)] = plan.amount;
        let total = Amount(months.iter().map(|month| month.0).sum());
        let most = if line.is_appropriation() { account.allotted } else { account.adjusted() };
        if total > most {
            let what = format!("{line} 全年用款计划 {}，超过指标 {}", yuan(total), yuan(most));
            return Err(Refusal::new(Reason::NotAllotted, what).help("请调减计划，或先下达指标").on(line));
        }
        Ok(vec![Event::Planned(plan.clone())])
    }

    pub(super) fn reserve(&self, by: &Person, reservation: &Reservation) -> Decision {
        let line = &reservation.line;
        let year = self.approved_year(line)?;
        self.accountant(by, &line.unit)?;
        self.approval(&reservation.approval, &line.unit, signing::RESERVERS)?;
        within(reservation.on, line.year)?;
        worded("事由", &reservation.purpose, Reason::NeedsReason)?;
        positive("预留金额", reservation.amount)?;
        if year.reservation(&reservation.id).is_some() {
            return Err(Refusal::new(Reason::IdTaken, format!("预留编号 {} 已经用过", reservation.id)));
        }
        let account = account_of(year, line)?;
        enough(year, account, reservation.amount)?;
        Ok(vec![Event::Reserved(reservation.clone())])
    }

    pub(super) fn release(&self, by: &Person, id: &ReservationId, unit: &UnitCode, year: u16) -> Decision {
        let kept = self.open_year_of(unit, year)?;
        self.accountant(by, unit)?;
        match kept.reservation(id) {
            None => Err(Refusal::new(Reason::UnknownReservation, format!("{unit} 的 {year} 年没有预留 {id}"))),
            Some(held) if held.left.is_zero() => {
                Err(Refusal::new(Reason::ReservationShort, format!("预留 {id} 已经用完，没有可以释放的")))
            }
            Some(held) => Ok(vec![Event::Released(id.clone(), unit.clone(), year, held.left)]),
        }
    }

    pub(super) fn pay(&self, by: &Person, payment: &Payment) -> Decision {
        let line = &payment.line;
        let year = self.approved_year(line)?;
        self.accountant(by, &line.unit)?;
        let hands = &payment.hands;
        different(&[("经办", &hands.handled), ("审核", &hands.reviewed), ("支付", &hands.paid)])?;
        for ((_, roles), person) in signing::PAYERS.iter().zip([&hands.handled, &hands.reviewed, &hands.paid]) {
            self.has_role(person, &line.unit, roles)?;
        }
        positive("支付金额", payment.amount)?;
        within(payment.on, line.year)?;
        if year.payment(&payment.id).is_some() {
            return Err(Refusal::new(Reason::IdTaken, format!("支付编号 {} 已经用过", payment.id))
                .help("同一笔支付不会记两次；另一笔请换编号"));
        }
        not_too_long("收款人", &payment.payee)?;
        not_too_long("凭证号", &payment.voucher)?;
        self.other_side_open(line.purpose.counterparty(), line.year)?;
        let account = account_of(year, line)?;
        match &payment.reservation {
            None => enough(year, account, payment.amount)?,
            Some(id) => reserved(year, id, line, payment.amount)?,
        }
        allotted(account, payment.amount)?;
        planned(account, payment)?;
        self.has_row(payment)?;
        self.within_contract(payment)?;
        Ok(vec![Event::Paid(payment.clone())])
    }

    /// Expenditure of which the law wants a count is paid only with the row that is counted.
    fn has_row(&self, payment: &Payment) -> Result<(), Refusal> {
        let wanted = registers::paying(payment.line.economic);
        let Some(name) = &payment.row else {
            if wanted.is_empty() {
                return Ok(());
            }
            let titles: Vec<&str> = wanted.iter().map(|register| register.title.as_str()).collect();
            let what = format!("支付 {} 没有对应的台账：{}", payment.id, payment.line);
            let help = format!("请先在“{}”台账登记，再按该行支付", titles.join("”或“"));
            return Err(Refusal::new(Reason::RowNeeded, what).help(help).on(&payment.line));
        };
        if !wanted.is_empty() && !wanted.iter().any(|register| register.id == name.register.as_str()) {
            let what = format!("台账“{}”不能用来支付{}", name.register, payment.line);
            return Err(Refusal::new(Reason::RowNeeded, what).on(&payment.line));
        }
        if self.row(&payment.line.unit, &name.register, &name.row).is_none() {
            let what = format!("{} 的台账“{}”里没有第 {} 行", payment.line.unit, name.register, name.row);
            return Err(Refusal::new(Reason::UnknownRow, what).help("请核对台账编号").on(&payment.line));
        }
        Ok(())
    }

    fn within_contract(&self, payment: &Payment) -> Result<(), Refusal> {
        let Some(contract) = &payment.contract else { return Ok(()) };
        let Some(worth) = self.contract_amount(&payment.line.unit, contract) else {
            let what = format!("{} 的采购合同台账里没有合同 {contract}", payment.line.unit);
            return Err(Refusal::new(Reason::UnknownRow, what).help("请先登记合同").on(&payment.line));
        };
        let paid = self.paid_under(&payment.line.unit, contract);
        if paid.0 + payment.amount.0 > worth.0 {
            let left = Amount(worth.0 - paid.0);
            let what = format!(
                "合同 {contract} 金额 {}，已付 {}，还能付 {}，不够 {}",
                yuan(worth),
                yuan(paid),
                yuan(left),
                yuan(payment.amount)
            );
            return Err(Refusal::new(Reason::ContractShort, what).help("请办理合同变更，或核对金额").on(&payment.line));
        }
        Ok(())
    }

    pub(super) fn reverse_payment(
        &self,
        by: &Person,
        id: &PaymentId,
        unit: &UnitCode,
        year: u16,
        why: &str,
    ) -> Decision {
        let kept = self.to_reverse_in(by, unit, year, why)?;
        match kept.payment(id) {
            None => Err(Refusal::new(Reason::UnknownId, format!("{unit} 的 {year} 年没有支付 {id}"))),
            Some(paid) if paid.reversed => {
                Err(Refusal::new(Reason::AlreadyReversed, format!("支付 {id} 已经冲销，不能再冲")))
            }
            Some(paid) => {
                let account = &kept.accounts()[paid.account as usize];
                self.other_side_open(account.line.purpose.counterparty(), year)?;
                Ok(vec![Event::PaymentReversed(id.clone(), unit.clone(), year, why.to_owned())])
            }
        }
    }

    pub(super) fn transfer(&self, by: &Person, payment: &Payment, receipt: &Receipt) -> Decision {
        let goes_to = payment.line.purpose.counterparty();
        let (from, to) = (&payment.line.unit, &receipt.pot.unit);
        if goes_to != Some(to) || receipt.from.as_ref() != Some(from) || payment.amount != receipt.amount {
            let what =
                format!("内部往来两边不符：{from} 付出 {}，{to} 收到 {}", yuan(payment.amount), yuan(receipt.amount));
            return Err(Refusal::new(Reason::Unbalanced, what)
                .help("付方应列对附属单位补助或上缴上级支出，两边的单位、金额应一致"));
        }
        if payment.line.year != receipt.pot.year {
            let what = format!("内部往来付在 {} 年、收在 {} 年", payment.line.year, receipt.pot.year);
            return Err(Refusal::new(Reason::Unbalanced, what).help("两边应记在同一年度，否则汇总后这笔钱两年都对不上"));
        }
        if payment.line.is_appropriation() && receipt.pot.fund != payment.line.fund {
            let what = format!("{}拨给下级后不能变为{}", payment.line.fund.term(), receipt.pot.fund.term());
            return Err(Refusal::new(Reason::Mixes, what)
                .help("财政拨款在单位之间划转，资金性质不变")
                .on(&payment.line));
        }
        let mut events = self.pay(by, payment)?;
        events.extend(self.receive(by, receipt)?);
        Ok(events)
    }
}

/// The account of a line, or what is near it.
pub(super) fn account_of<'a>(year: &'a Year, line: &Line) -> Result<&'a Account, Refusal> {
    year.account(line).ok_or_else(|| {
        let alike = |account: &&Account| {
            let other = &account.line;
            (other.function == line.function && other.purpose == line.purpose) || other.economic == line.economic
        };
        let near = listed(year.accounts().iter().filter(alike));
        let help = if near.is_empty() { String::new() } else { format!("；相近的预算：{near}") };
        Refusal::new(Reason::NoLine, format!("没有这笔预算：{line}；未列入预算的不得支出"))
            .help(format!("请核对科目和项目，或先办理调剂、追加{help}"))
            .on(line)
    })
}

/// Enough of the line is free.
pub(super) fn enough(year: &Year, account: &Account, wanted: Amount) -> Result<(), Refusal> {
    let free = account.free();
    if wanted <= free {
        return Ok(());
    }
    let line = &account.line;
    let what = format!(
        "{line}：预算 {}，已付 {}，已预留 {}，可用 {}，需要 {}，差 {}",
        yuan(account.adjusted()),
        yuan(account.paid),
        yuan(account.reserved),
        yuan(free),
        yuan(wanted),
        yuan(Amount(wanted.0 - free.0))
    );
    let helps = |other: &&Account| {
        other.line != *line
            && other.line.fund == line.fund
            && other.line.purpose == line.purpose
            && !line.is_three_public()
            && other.free().0 > 0
    };
    let mut near: Vec<&Account> = year.accounts().iter().filter(helps).collect();
    near.sort_by_key(|other| std::cmp::Reverse(other.free()));
    let near = listed(near.into_iter());
    let help = match (line.is_three_public(), near.is_empty()) {
        (true, _) => "“三公”经费不得从其他科目调入；请压减支出，或经批准追加".to_owned(),
        (false, true) => "请先申请追加预算".to_owned(),
        (false, false) => format!("可以先办理调剂，余额较多的有：{near}"),
    };
    Err(Refusal::new(Reason::Short, what).help(help).on(line).free(free))
}

fn listed<'a>(accounts: impl Iterator<Item = &'a Account>) -> String {
    let words: Vec<String> =
        accounts.take(NEAR).map(|account| format!("{}（可用 {}）", account.line, yuan(account.free()))).collect();
    words.join("、")
}

fn reserved(year: &Year, id: &ReservationId, line: &Line, wanted: Amount) -> Result<(), Refusal> {
    let Some(held) = year.reservation(id) else {
        return Err(Refusal::new(Reason::UnknownReservation, format!("没有预留 {id}"))
            .help("请核对预留编号，或不填预留直接支付")
            .on(line));
    };
    let account = &year.accounts()[held.account as usize];
    if account.line != *line {
        let what = format!("预留 {id} 在另一笔预算上：{}", account.line);
        return Err(Refusal::new(Reason::Mixes, what).help("支付的科目、资金和项目应与预留一致").on(line));
    }
    if wanted > held.left {
        let what = format!("预留 {id} 还剩 {}，不够支付 {}", yuan(held.left), yuan(wanted));
        return Err(Refusal::new(Reason::ReservationShort, what)
            .help("超出部分请另行预留或不经预留支付")
            .on(line)
            .free(held.left));
    }
    Ok(())
}

/// No indicator, no payment: of the funds that the treasury allots.
fn allotted(account: &Account, wanted: Amount) -> Result<(), Refusal> {
    let free = Amount(account.allotted.0 - account.paid.0);
    if !account.line.is_appropriation() || wanted <= free {
        return Ok(());
    }
    let what = format!(
        "{}：已下达指标 {}，已付 {}，指标余额 {}，不够支付 {}",
        account.line,
        yuan(account.allotted),
        yuan(account.paid),
        yuan(free),
        yuan(wanted)
    );
    Err(Refusal::new(Reason::NotAllotted, what).help("没有指标不得支付，请先下达指标").on(&account.line).free(free))
}

/// Where months are planned, what is paid up to a month stays within the plans up to it.
fn planned(account: &Account, payment: &Payment) -> Result<(), Refusal> {
    let Some(plan) = &account.plan else { return Ok(()) };
    let month = usize::from(payment.on.month());
    for until in month..=12 {
        let allowed: i64 = plan[..until].iter().map(|amount| amount.0).sum();
        let paid: i64 = account.paid_in[..until].iter().map(|amount| amount.0).sum();
        if paid + payment.amount.0 > allowed {
            let free = Amount(allowed - paid);
            let what = format!(
                "{}：到 {until} 月用款计划累计 {}，已付 {}，还能付 {}，不够 {}",
                account.line,
                yuan(Amount(allowed)),
                yuan(Amount(paid)),
                yuan(free),
                yuan(payment.amount)
            );
            return Err(Refusal::new(Reason::OverPlan, what).help("请先调整用款计划").on(&account.line).free(free));
        }
    }
    Ok(())
}
