//! The end of a year, and the approval of its accounts.

use super::changing::describe;
use super::{Decision, not_too_long, signing, worded};
use crate::entry::{Balance, Closing, Event};
use crate::names::{Person, UnitCode};
use crate::pivot::flows;
use crate::refusal::{Reason, Refusal, yuan};
use crate::state::{Books, Status};
use mingzhang_model::amount::Amount;

/// How many pots or reservations a refusal lists.
const LISTED: usize = 5;

impl Books {
    pub(super) fn close_year(&self, by: &Person, closing: &Closing) -> Decision {
        let year = self.open_year_of(&closing.unit, closing.year)?;
        self.accountant(by, &closing.unit)?;
        self.approval(&closing.approval, &closing.unit, signing::CLOSERS)?;
        not_too_long("文号", &closing.document)?;
        if closing.on.year() < closing.year {
            let what = format!("结账日期 {} 早于 {} 年", closing.on, closing.year);
            return Err(Refusal::new(Reason::NotInYear, what));
        }
        if let Some((before, _)) =
            self.years_of(&closing.unit).find(|(number, kept)| *number < closing.year && kept.is_open())
        {
            return Err(Refusal::new(Reason::YearOpen, format!("{} 年还没有结账", before)).help("请先结上年的账"));
        }
        let open = year.open_reservations();
        if !open.is_empty() {
            let words: Vec<String> =
                open.iter().take(LISTED).map(|(id, held)| format!("{id}（{}）", yuan(held.left))).collect();
            let what = format!("还有 {} 笔预留没有支付或释放：{}", open.len(), words.join("、"));
            return Err(Refusal::new(Reason::OpenReservations, what).help("请先支付或释放预留"));
        }
        let short: Vec<_> = year.pots().filter(|(_, pile)| pile.closing() < Amount::ZERO).collect();
        if !short.is_empty() {
            let words: Vec<String> = short
                .iter()
                .take(LISTED)
                .map(|(pot, pile)| format!("{} 差 {}", describe(pot), yuan(Amount(-pile.closing().0))))
                .collect();
            let what = format!("支出超过年初结转与收入：{}", words.join("；"));
            return Err(Refusal::new(Reason::PotShort, what).help("请补记收入，或办理使用非财政拨款结余"));
        }
        self.flows_agree(&closing.unit, closing.year)?;
        let left = year.pots().filter(|(_, pile)| !pile.closing().is_zero());
        let balances = left.map(|(pot, pile)| Balance {
            pot: pot.clone(),
            amount: pile.closing(),
            since: pile.oldest(closing.year),
        });
        Ok(vec![Event::YearClosed(closing.clone(), balances.collect())])
    }

    /// What went to other units and came from them is there on both sides: consolidation leaves both out,
    /// so money with one side only would be lost or counted twice.
    fn flows_agree(&self, unit: &UnitCode, year: u16) -> Result<(), Refusal> {
        let differences = flows(self, year);
        let theirs: Vec<_> = differences.iter().filter(|one| one.from == *unit || one.to == *unit).collect();
        if theirs.is_empty() {
            return Ok(());
        }
        let words: Vec<String> = theirs
            .iter()
            .take(LISTED)
            .map(|one| format!("{} 付给 {} {}，对方收到 {}", one.from, one.to, yuan(one.given), yuan(one.got)))
            .collect();
        let what = format!("{year} 年内部往来两边不符：{}", words.join("；"));
        Err(Refusal::new(Reason::Unbalanced, what).help("请与对方核对，补记或冲销其中一边"))
    }

    pub(super) fn approve_accounts(&self, by: &Person, approval: &Closing) -> Decision {
        let year = self.kept_year(&approval.unit, approval.year)?;
        self.accountant(by, &approval.unit)?;
        worded("批复文号", &approval.document, Reason::NeedsDocument)?;
        self.approval(&approval.approval, &approval.unit, signing::ACCOUNTS_APPROVERS)?;
        match &year.status {
            Status::Open => {
                let what = format!("{} 的 {} 年还没有结账，决算不能批复", approval.unit, approval.year);
                Err(Refusal::new(Reason::YearOpen, what).help("请先结账"))
            }
            Status::Approved(_, earlier) => {
                let what = format!("{} 年决算已于 {} 批复（{}）", approval.year, earlier.on, earlier.document);
                Err(Refusal::new(Reason::Frozen, what))
            }
            Status::Closed(closing) if approval.on < closing.on => {
                Err(Refusal::new(Reason::NotInYear, format!("批复日期 {} 早于结账日期 {}", approval.on, closing.on)))
            }
            Status::Closed(_) => Ok(vec![Event::AccountsApproved(approval.clone())]),
        }
    }
}
