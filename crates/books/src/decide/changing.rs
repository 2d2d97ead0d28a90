//! Adjustments, income, and the movements that are neither income nor expenditure.

use super::spending::account_of;
use super::{Decision, bounded, not_too_long, positive, signing, summed, within, worded};
use crate::entry::{Adjustment, Authority, Balance, Change, Event, Move, Moved, Movement, Pot, Receipt};
use crate::line::{Line, Purpose, Source};
use crate::names::{Person, ReceiptId, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::state::{Books, Pile, Year};
use mingzhang_model::amount::Amount;
use mingzhang_model::key::Kind;
use std::collections::BTreeSet;

/// The earliest year in which money may have been appropriated.
const EARLIEST: u16 = 1950;

impl Books {
    pub(super) fn adjust(&self, by: &Person, adjustment: &Adjustment) -> Decision {
        let Some(first) = adjustment.moves.first().map(|one| &one.line) else {
            return Err(Refusal::new(Reason::BadAmount, "调整没有列出任何一笔预算"));
        };
        let year = self.approved_year(first)?;
        self.accountant(by, &first.unit)?;
        within(adjustment.on, first.year)?;
        worded("调整文号", &adjustment.document, Reason::NeedsDocument)?;
        worded("调整原因", &adjustment.reason, Reason::NeedsReason)?;
        if year.adjustments.contains_key(&adjustment.id) {
            return Err(Refusal::new(Reason::IdTaken, format!("调整编号 {} 已经用过", adjustment.id)));
        }
        self.approval(&adjustment.approval, &first.unit, signing::adjusters(adjustment))?;
        let mut seen = BTreeSet::new();
        for one in &adjustment.moves {
            if one.line.unit != first.unit || one.line.year != first.year {
                return Err(Refusal::new(Reason::Mixes, "一次调整只能涉及一个单位、一个年度").on(&one.line));
            }
            if !seen.insert(&one.line) {
                return Err(Refusal::new(Reason::IdTaken, format!("同一笔预算列了两次：{}", one.line)).on(&one.line));
            }
            bounded("调整金额", one.amount)?;
            self.well_formed(&one.line)?;
        }
        match adjustment.change {
            Change::Reallocation => reallocation(adjustment)?,
            Change::Addition | Change::Reduction => one_way(adjustment)?,
        }
        not_too_long("“三公”批准文号", &adjustment.three_public_approval)?;
        more_for_three_public(adjustment)?;
        let now: i64 = year.accounts().iter().map(|account| account.adjusted().0).sum();
        summed("调整后的预算合计", i128::from(now) + total(&adjustment.moves))?;
        for one in adjustment.moves.iter().filter(|one| one.amount.0 < 0) {
            can_give(year, one)?;
        }
        Ok(vec![Event::Adjusted(adjustment.clone())])
    }

    pub(super) fn receive(&self, by: &Person, receipt: &Receipt) -> Decision {
        let year = self.open_year_of(&receipt.pot.unit, receipt.pot.year)?;
        self.accountant(by, &receipt.pot.unit)?;
        positive("收入金额", receipt.amount)?;
        within(receipt.on, receipt.pot.year)?;
        not_too_long("凭证号", &receipt.voucher)?;
        self.good_pot(&receipt.pot)?;
        comes_to(year, receipt.amount)?;
        if let Some(from) = &receipt.from {
            self.living(from)?;
            self.other_side_open(Some(from), receipt.pot.year)?;
            if *from == receipt.pot.unit {
                return Err(Refusal::new(Reason::BadLine, format!("{from} 不能从自己收款")));
            }
        }
        if year.receipt(&receipt.id).is_some() {
            return Err(Refusal::new(Reason::IdTaken, format!("收入编号 {} 已经用过", receipt.id)));
        }
        Ok(vec![Event::Received(receipt.clone())])
    }

    pub(super) fn reverse_receipt(
        &self,
        by: &Person,
        id: &ReceiptId,
        unit: &UnitCode,
        year: u16,
        why: &str,
    ) -> Decision {
        let kept = self.to_reverse_in(by, unit, year, why)?;
        match kept.receipt(id) {
            None => Err(Refusal::new(Reason::UnknownId, format!("{unit} 的 {year} 年没有收入 {id}"))),
            Some(received) if received.reversed => {
                Err(Refusal::new(Reason::AlreadyReversed, format!("收入 {id} 已经冲销，不能再冲")))
            }
            Some(received) => {
                self.other_side_open(received.from.as_ref(), year)?;
                Ok(vec![Event::ReceiptReversed(id.clone(), unit.clone(), year, why.to_owned())])
            }
        }
    }

    pub(super) fn bring_forward(&self, by: &Person, balance: &Balance) -> Decision {
        let pot = &balance.pot;
        let year = self.open_year_of(&pot.unit, pot.year)?;
        self.accountant(by, &pot.unit)?;
        if self.year(&pot.unit, pot.year - 1).is_some() {
            let what = format!("{} 的 {} 年年初数由上年结账结转，不能另行录入", pot.unit, pot.year);
            return Err(Refusal::new(Reason::NotFirstYear, what));
        }
        if balance.amount.0 < 0 {
            return Err(Refusal::new(Reason::BadAmount, format!("年初结转和结余不能为负：{}", yuan(balance.amount))));
        }
        bounded("年初结转和结余", balance.amount)?;
        if !balance.amount.is_zero() && !(EARLIEST..pot.year).contains(&balance.since) {
            return Err(Refusal::new(
                Reason::NotInYear,
                format!("{} 年的年初数不会是 {} 年形成的", pot.year, balance.since),
            )
            .help("请填写其中最早一笔资金下达的年度，连续两年未用完的要据此清理"));
        }
        self.good_pot(pot)?;
        comes_to(year, balance.amount)?;
        Ok(vec![Event::BroughtForward(balance.clone())])
    }

    pub(super) fn move_money(&self, by: &Person, moved: &Moved) -> Decision {
        let pot = &moved.pot;
        let year = self.open_year_of(&pot.unit, pot.year)?;
        self.accountant(by, &pot.unit)?;
        positive("金额", moved.amount)?;
        within(moved.on, pot.year)?;
        worded("文号", &moved.document, Reason::NeedsDocument)?;
        self.good_pot(pot)?;
        let is_appropriation = mingzhang_model::key::fiscal_appropriation().has(pot.fund);
        self.approval(&moved.approval, &pot.unit, signing::movers(moved))?;
        match moved.movement {
            Movement::SurplusUsed | Movement::SurplusDistributed if is_appropriation => {
                return Err(Refusal::new(Reason::Mixes, "财政拨款结转结余不得按非财政拨款结余使用或分配")
                    .help("财政拨款结余由财政收回统筹"));
            }
            Movement::Recovered if !is_appropriation => {
                return Err(Refusal::new(Reason::Mixes, "财政收回的只能是财政拨款结转结余"));
            }
            _ => {}
        }
        if moved.movement == Movement::SurplusUsed {
            comes_to(year, moved.amount)?;
        }
        let left = year.pots.get(pot).map(|pile| pile.closing()).unwrap_or_default();
        if moved.movement == Movement::Recovered {
            let old = year.pots.get(pot).map(|pile| pile.opening.0 - pile.recovered.0).unwrap_or_default();
            if moved.amount.0 > old {
                let what = format!(
                    "{} 年初结转和结余只剩 {}，不能收回 {}",
                    describe(pot),
                    yuan(Amount(old)),
                    yuan(moved.amount)
                );
                return Err(Refusal::new(Reason::PotShort, what)
                    .help("收回存量只涉及以前年度的资金；当年预算请办理追减并冲销收入")
                    .free(Amount(old)));
            }
        }
        if moved.movement != Movement::SurplusUsed && moved.amount > left {
            let what =
                format!("{} 只剩 {}，不够{} {}", describe(pot), yuan(left), moved_words(moved), yuan(moved.amount));
            return Err(Refusal::new(Reason::PotShort, what).free(left));
        }
        Ok(vec![Event::Moved(moved.clone())])
    }

    fn good_pot(&self, pot: &Pot) -> Result<(), Refusal> {
        // A pot has no economic code: any that exists will do to look at the rest of the line.
        let economic = mingzhang_model::code::EconomicCode::parse("30201");
        let Some(economic) = economic else { return Ok(()) };
        self.well_formed(&Line {
            unit: pot.unit.clone(),
            year: pot.year,
            fund: pot.fund,
            source: Source::Current,
            function: pot.function,
            economic,
            purpose: pot.purpose.clone(),
        })
    }
}

/// The sum of changes, however many.
fn total<'a>(moves: impl IntoIterator<Item = &'a Move>) -> i128 {
    moves.into_iter().map(|one| i128::from(one.amount.0)).sum()
}

/// What a year has to spend, with so much more, is not beyond all measure.
fn comes_to(year: &Year, more: Amount) -> Result<(), Refusal> {
    let there =
        |pile: &Pile| i128::from(pile.opening.0) + i128::from(pile.received.0) + i128::from(pile.surplus_used.0);
    let sum: i128 = year.pots().map(|(_, pile)| there(pile)).sum();
    summed("全年资金合计", sum + i128::from(more.0))
}

fn moved_words(moved: &Moved) -> &'static str {
    use mingzhang_model::set::Member;
    moved.movement.term()
}

/// A pot in a person's words.
pub(super) fn describe(pot: &Pot) -> String {
    use mingzhang_model::set::Member;
    let name = mingzhang_standard::codes::functional(pot.function).map_or("", |entry| entry.name);
    let purpose = match &pot.purpose {
        Purpose::Project(code) => format!("项目 {code}"),
        other => other.kind().term().to_owned(),
    };
    format!("{} {} 年{} {} {name} {purpose}", pot.unit, pot.year, pot.fund.term(), pot.function)
}

/// 调剂 changes no total, stays within one fund, and does not turn projects into wages.
fn reallocation(adjustment: &Adjustment) -> Result<(), Refusal> {
    let moves = &adjustment.moves;
    let sum = total(moves);
    let difference = Amount(i64::try_from(sum).unwrap_or(i64::MAX));
    if sum != 0 || moves.iter().any(|one| one.amount.is_zero()) {
        return Err(Refusal::new(Reason::Unbalanced, format!("调剂的调增与调减相差 {}", yuan(difference)))
            .help("调剂不改变总额；总额变动请用追加或追减"));
    }
    let funds: BTreeSet<_> = moves.iter().map(|one| one.line.fund).collect();
    if funds.len() > 1 {
        return Err(Refusal::new(Reason::Mixes, "不同资金之间不得调剂").help("请按资金分别办理"));
    }
    let sources: BTreeSet<_> = moves.iter().map(|one| &one.line.source).collect();
    if sources.len() > 1 {
        return Err(Refusal::new(Reason::Mixes, "当年预算与上年结转之间不得调剂"));
    }
    let from: BTreeSet<Kind> = moves.iter().filter(|one| one.amount.0 < 0).map(|one| one.line.purpose.kind()).collect();
    for one in moves.iter().filter(|one| one.amount.0 > 0) {
        if one.line.is_personnel() && one.line.purpose == Purpose::Basic && from.contains(&Kind::Project) {
            return Err(Refusal::new(Reason::Mixes, format!("项目支出不得调剂为人员经费：{}", one.line)).on(&one.line));
        }
        let mixed = from.iter().any(|kind| *kind != one.line.purpose.kind());
        let far = moves.iter().any(|other| {
            other.line.is_appropriation()
                && (other.line.function, &other.line.purpose) != (one.line.function, &one.line.purpose)
        });
        if far && adjustment.authority == Authority::Unit {
            return Err(Refusal::new(Reason::Mixes, "不同功能科目、不同项目之间的调剂不能由本单位自行决定")
                .help("请报主管部门或财政部门批准；本单位只能在同一功能科目、同一项目内调剂经济科目")
                .on(&one.line));
        }
        if mixed && adjustment.authority != Authority::Finance {
            return Err(Refusal::new(Reason::Mixes, "基本支出与项目支出之间的调剂须经财政部门批准")
                .help("请报财政部门，批准后按财政部门文号办理")
                .on(&one.line));
        }
    }
    Ok(())
}

/// 追加 only adds, 追减 only takes, and neither is the unit's own decision where it is the treasury's money.
fn one_way(adjustment: &Adjustment) -> Result<(), Refusal> {
    let sign = if adjustment.change == Change::Addition { 1 } else { -1 };
    if let Some(wrong) = adjustment.moves.iter().find(|one| one.amount.0.signum() != sign) {
        let (word, should) = if sign > 0 { ("追加", "大于") } else { ("追减", "小于") };
        return Err(Refusal::new(
            Reason::BadAmount,
            format!("{word}金额应{should} 0：{} {}", wrong.line, yuan(wrong.amount)),
        )
        .on(&wrong.line));
    }
    let treasury = adjustment.moves.iter().find(|one| one.line.is_appropriation());
    match treasury {
        Some(one) if adjustment.authority == Authority::Unit => {
            Err(Refusal::new(Reason::NoRole, "财政拨款预算的追加、追减不能由本单位自行决定")
                .help("请报主管部门或财政部门批准")
                .on(&one.line))
        }
        _ => Ok(()),
    }
}

/// More for 三公 within the year only by a document that says so.
fn more_for_three_public(adjustment: &Adjustment) -> Result<(), Refusal> {
    let change = total(adjustment.moves.iter().filter(|one| one.line.is_three_public()));
    let more = adjustment.moves.iter().find(|one| one.line.is_three_public() && one.amount.0 > 0);
    match more {
        Some(one) if adjustment.three_public_approval.trim().is_empty() => {
            let what = format!("调增“三公”经费 {}：{}", yuan(one.amount), one.line);
            let help = if change > 0 {
                "“三公”经费年中不得增加"
            } else {
                "“三公”经费各项之间不得自行调剂"
            };
            Err(Refusal::new(Reason::IntoThreePublic, what)
                .help(format!("{help}；确经批准的，请填写批准文号"))
                .on(&one.line))
        }
        _ => Ok(()),
    }
}

/// What is taken from a line is free on it.
fn can_give(year: &Year, one: &Move) -> Result<(), Refusal> {
    let account = account_of(year, &one.line)?;
    let wanted = Amount(-one.amount.0);
    if wanted <= account.free() {
        return Ok(());
    }
    let what = format!(
        "{}：可用 {}，不够调减 {}（预算 {}，已付 {}，已预留 {}）",
        one.line,
        yuan(account.free()),
        yuan(wanted),
        yuan(account.adjusted()),
        yuan(account.paid),
        yuan(account.reserved)
    );
    Err(Refusal::new(Reason::Short, what).help("请减少调减金额，或先释放预留").on(&one.line).free(account.free()))
}
