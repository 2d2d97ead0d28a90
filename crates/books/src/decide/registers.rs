//! The rows of the registers, the numbers of earlier years, and a person's words.

use super::{Decision, bounded, not_too_long, worded};
use crate::entry::{Event, Known, RowName};
use crate::names::{Person, UnitCode};
use crate::refusal::{Reason, Refusal, yuan};
use crate::register::{Row, Value};
use crate::registers;
use crate::state::Books;
use mingzhang_model::amount::Amount;
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

/// The largest count.
const MOST: i64 = 1_000_000_000_000;

impl Books {
    pub(super) fn add_row(&self, by: &Person, unit: &UnitCode, name: &RowName, row: &Row) -> Decision {
        self.living(unit)?;
        self.sender(by, unit)?;
        if self.row(unit, &name.register, &name.row).is_some() {
            let what = format!("{unit} 的台账“{}”已有第 {} 行", name.register, name.row);
            return Err(Refusal::new(Reason::IdTaken, what).help("修改请用更正，新增请换编号"));
        }
        self.good_row(unit, name, row)?;
        Ok(vec![Event::RowAdded(unit.clone(), name.clone(), row.clone())])
    }

    pub(super) fn correct_row(&self, by: &Person, unit: &UnitCode, name: &RowName, row: &Row, why: &str) -> Decision {
        self.living(unit)?;
        self.sender(by, unit)?;
        worded("更正原因", why, Reason::NeedsReason)?;
        let Some(before) = self.row(unit, &name.register, &name.row) else { return Err(no_row(unit, name)) };
        self.good_row(unit, name, row)?;
        self.not_in_closed_year(unit, name, before)?;
        self.contract_covers_payments(unit, name, row)?;
        if name.register.as_str() == registers::PROJECTS
            && (row.get("code"), row.get("fiscal_year")) != (before.get("code"), before.get("fiscal_year"))
        {
            self.project_unused(unit, before)?;
        }
        Ok(vec![Event::RowCorrected(unit.clone(), name.clone(), row.clone(), why.to_owned())])
    }

    pub(super) fn remove_row(&self, by: &Person, unit: &UnitCode, name: &RowName, why: &str) -> Decision {
        self.living(unit)?;
        self.sender(by, unit)?;
        worded("删除原因", why, Reason::NeedsReason)?;
        let Some(before) = self.row(unit, &name.register, &name.row) else { return Err(no_row(unit, name)) };
        self.not_in_closed_year(unit, name, before)?;
        let paid = self.years_of(unit).find(|(_, year)| {
            year.rows_paid.get(name).is_some_and(|count| *count > 0)
                || (name.register.as_str() == registers::PROCUREMENT && !year.paid_under(&name.row).is_zero())
        });
        if let Some((year, _)) = paid {
            let what = format!("台账“{}”第 {} 行在 {year} 年已有支付，不能删除", name.register, name.row);
            return Err(Refusal::new(Reason::RowInUse, what).help("请先冲销支付，或用更正修改内容"));
        }
        if name.register.as_str() == registers::PROJECTS {
            self.project_unused(unit, before)?;
        }
        Ok(vec![Event::RowRemoved(unit.clone(), name.clone(), why.to_owned())])
    }

    /// A contract is not corrected to less than was paid under it.
    fn contract_covers_payments(&self, unit: &UnitCode, name: &RowName, row: &Row) -> Result<(), Refusal> {
        let paid = self.paid_under(unit, &name.row);
        let worth = match row.get("amount") {
            Some(Value::Money(amount)) => *amount,
            _ => Amount::ZERO,
        };
        if name.register.as_str() != registers::PROCUREMENT || paid <= worth {
            return Ok(());
        }
        let what = format!("合同 {} 已付 {}，合同金额不能改为 {}", name.row, yuan(paid), yuan(worth));
        Err(Refusal::new(Reason::ContractShort, what).help("请先冲销多付的款项"))
    }

    /// No budget line is for the project of this row.
    fn project_unused(&self, unit: &UnitCode, row: &Row) -> Result<(), Refusal> {
        use crate::line::{Line, Purpose};
        let (Some(Value::Text(code)), year) = (row.get("code"), row.get("fiscal_year")) else { return Ok(()) };
        let is_it = |line: &Line| {
            matches!(&line.purpose, Purpose::Project(own) if own.as_str() == code)
                && matches!(year, Some(Value::Count(year)) if *year == u64::from(line.year))
        };
        let below = self.years.iter().filter(|((owner, _), _)| self.ancestors(owner).any(|above| above == unit));
        let mut lines = below.flat_map(|(_, year)| {
            let drafted = year.versions.values().flatten().map(|(line, _)| line);
            drafted.chain(year.accounts().iter().map(|account| &account.line))
        });
        if lines.any(is_it) {
            return Err(Refusal::new(Reason::RowInUse, format!("项目 {code} 已编列预算，不能从项目库删除")));
        }
        Ok(())
    }

    fn good_row(&self, unit: &UnitCode, name: &RowName, row: &Row) -> Result<(), Refusal> {
        let Some(register) = mingzhang_standard::register::register(name.register.as_str()) else {
            return Err(Refusal::new(Reason::UnknownRegister, format!("没有台账“{}”", name.register))
                .help("请用 mingzhang books template 查看全部台账"));
        };
        let complaints = self.complaints(unit, register, name, row);
        if !complaints.is_empty() {
            let what = format!("台账“{}”第 {} 行：{}", register.title, name.row, complaints.join("；"));
            return Err(Refusal::new(Reason::BadRow, what).help("请改正后再登记"));
        }
        self.not_in_closed_year(unit, name, row)
    }

    /// A row of a year that is closed is part of what was published.
    fn not_in_closed_year(&self, unit: &UnitCode, name: &RowName, row: &Row) -> Result<(), Refusal> {
        let register = mingzhang_standard::register::register(name.register.as_str());
        let year = register.and_then(|register| registers::year_of(register, row));
        match year.and_then(|year| Some((year, self.year(unit, year)?))) {
            Some((year, kept)) if !kept.is_open() => Err(Refusal::new(
                Reason::YearClosed,
                format!("{unit} 的 {year} 年已经结账，该年的台账“{}”不能再改", name.register),
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn record_amount(&self, by: &Person, known: &Known, amount: Amount, source: &str) -> Decision {
        self.living(&known.unit)?;
        self.sender(by, &known.unit)?;
        worded("出处", source, Reason::NeedsDocument)?;
        bounded("金额", amount)?;
        if self.year(&known.unit, known.year).is_some() {
            let what = format!("{} 的 {} 年在账簿内，数字从账上取，不能另行录入", known.unit, known.year);
            return Err(Refusal::new(Reason::BadFigure, what));
        }
        if let Err(fault) = known.key() {
            return Err(Refusal::new(Reason::BadFigure, fault).help("请按模板填写资金、科目"));
        }
        Ok(vec![Event::AmountKnown(known.clone(), amount, source.to_owned())])
    }

    pub(super) fn record_count(
        &self,
        by: &Person,
        unit: &UnitCode,
        year: u16,
        statistic: Statistic,
        count: i64,
        source: &str,
    ) -> Decision {
        self.living(unit)?;
        self.sender(by, unit)?;
        worded("出处", source, Reason::NeedsDocument)?;
        if count > MOST {
            let what = format!("{}为 {count}，超过上限 {MOST}", statistic.term());
            return Err(Refusal::new(Reason::BadFigure, what).help("请核对数量"));
        }
        if count < 0 {
            return Err(Refusal::new(Reason::BadFigure, format!("数量不能为负：{count}")));
        }
        if self.year(unit, year).is_some() {
            let what = format!("{unit} 的 {year} 年在账簿内，数量从台账取，不能另行录入");
            return Err(Refusal::new(Reason::BadFigure, what));
        }
        Ok(vec![Event::CountKnown(unit.clone(), year, statistic, count, source.to_owned())])
    }

    pub(super) fn explain(&self, by: &Person, unit: &UnitCode, year: u16, place: &str, words: &str) -> Decision {
        self.kept_year(unit, year)?;
        self.sender(by, unit)?;
        worded("说明的位置", place, Reason::BadName)?;
        not_too_long("说明", words)?;
        Ok(vec![Event::Explained(unit.clone(), year, place.to_owned(), words.to_owned())])
    }
}

fn no_row(unit: &UnitCode, name: &RowName) -> Refusal {
    let what = format!("{unit} 的台账“{}”里没有第 {} 行", name.register, name.row);
    Refusal::new(Reason::UnknownRow, what).help("请核对台账编号")
}
