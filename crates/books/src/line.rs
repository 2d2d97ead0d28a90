//! [`Line`]: one line of a budget, the thing that money is planned on, allotted to and paid from.
//!
//! A line is its key: two amounts on one key are one line. That basic expenditure carries no project
//! and project expenditure carries one is not checked anywhere, because nothing else can be said.

use crate::codec;
use crate::names::{ProjectCode, UnitCode};
use mingzhang_model::code::{EconomicCode, FunctionalCode, Level};
use mingzhang_model::key::{Fund, Kind, fiscal_appropriation};
use mingzhang_model::set::Member;
use mingzhang_standard::codes;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the money of a line comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 当年: it comes in during the year.
    #[default]
    Current,
    /// 上年结转: it was left of last year.
    CarriedOver,
    /// 使用非财政拨款结余: it is taken from the surplus of earlier years.
    Surplus,
    /// It comes from another unit of the same department, and is nobody's income once the department
    /// is consolidated.
    Internal(UnitCode),
}

/// What the money of a line is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 基本支出
    Basic,
    /// 项目支出, of a project in the register.
    Project(ProjectCode),
    /// 上缴上级支出, to that unit.
    RemittanceToSuperior(UnitCode),
    /// 经营支出
    Business,
    /// 对附属单位补助支出, to that unit.
    SubsidyToAffiliates(UnitCode),
}

impl Purpose {
    /// The dimension of the fact space that it is.
    pub fn kind(&self) -> Kind {
        match self {
            Purpose::Basic => Kind::Basic,
            Purpose::Project(_) => Kind::Project,
            Purpose::RemittanceToSuperior(_) => Kind::RemittanceToSuperior,
            Purpose::Business => Kind::Business,
            Purpose::SubsidyToAffiliates(_) => Kind::SubsidyToAffiliates,
        }
    }

    /// The unit that the money goes to, where it is one of ours.
    pub fn counterparty(&self) -> Option<&UnitCode> {
        match self {
            Purpose::RemittanceToSuperior(unit) | Purpose::SubsidyToAffiliates(unit) => Some(unit),
            Purpose::Basic | Purpose::Project(_) | Purpose::Business => None,
        }
    }
}

/// One line of a budget.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Whose budget.
    pub unit: UnitCode,
    /// The budget year.
    pub year: u16,
    /// Whose money.
    #[serde(with = "codec::member")]
    pub fund: Fund,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "is_current")]
    pub source: Source,
    /// For which function: a 项.
    #[serde(with = "codec::function")]
    pub function: FunctionalCode,
    /// On what: a 款 of the department's economic classification.
    #[serde(with = "codec::economic")]
    pub economic: EconomicCode,
    /// Spent as what.
    pub purpose: Purpose,
}

fn is_current(source: &Source) -> bool {
    *source == Source::Current
}

/// The items of 三公: what a notice forbids to exceed, each by itself.
pub const THREE_PUBLIC: [&str; 5] = ["30212", "30217", "30231", "31013", "30913"];

impl Line {
    /// True when it is one of the 三公 items.
    pub fn is_three_public(&self) -> bool {
        is_three_public(self.economic)
    }

    /// True for 人员经费: wages and welfare, and subsidies to persons.
    pub fn is_personnel(&self) -> bool {
        is_personnel(self.economic)
    }

    /// True for the funds of the appropriation, which the treasury allots.
    pub fn is_appropriation(&self) -> bool {
        fiscal_appropriation().has(self.fund)
    }

    /// True for money that was left of last year.
    pub fn is_old(&self) -> bool {
        self.source == Source::CarriedOver
    }

    /// The line in a person's words, where the unit and the year are told already.
    pub fn words(&self) -> String {
        let source = match &self.source {
            Source::Current => String::new(),
            Source::CarriedOver => "（上年结转）".to_owned(),
            Source::Surplus => "（非财政拨款结余）".to_owned(),
            Source::Internal(unit) => format!("（来自 {unit}）"),
        };
        let function = codes::functional(self.function).map_or("", |entry| entry.name);
        let economic = codes::economic(self.economic).map_or("", |entry| entry.name);
        let purpose = match &self.purpose {
            Purpose::Project(code) => format!("项目 {code}"),
            other => other.kind().term().to_owned(),
        };
        format!("{}{source} {} {function} {} {economic} {purpose}", self.fund.term(), self.function, self.economic)
    }

    /// What is wrong with the codes: a level that is not the lowest, a code that no table knows, a
    /// fund that is not the function's.
    pub fn fault(&self) -> Option<String> {
        if self.function.level() != Level::Item {
            return Some(format!("功能分类科目 {} 不是项级科目，应填 7 位编码", self.function));
        }
        if codes::functional(self.function).is_none() {
            return Some(format!("功能分类科目 {} 不在科目表中，请核对编码", self.function));
        }
        if self.economic.is_class() {
            return Some(format!("部门经济分类科目 {} 不是款级科目，应填 5 位编码", self.economic));
        }
        if codes::economic(self.economic).is_none() {
            return Some(format!("部门经济分类科目 {} 不在科目表中，请核对编码", self.economic));
        }
        match codes::fund_of(self.function) {
            Some(fund) if fund != self.fund && self.is_appropriation() => {
                Some(format!("功能分类科目 {} 属于{}，不能列在{}", self.function, fund.term(), self.fund.term()))
            }
            _ => None,
        }
    }
}

/// True for the economic codes of 三公.
pub fn is_three_public(economic: EconomicCode) -> bool {
    THREE_PUBLIC.iter().any(|code| EconomicCode::parse(code) == Some(economic))
}

/// True for the economic codes of 人员经费.
pub fn is_personnel(economic: EconomicCode) -> bool {
    ["301", "303"].iter().filter_map(|code| EconomicCode::parse(code)).any(|class| economic.within(class))
}

impl fmt::Display for Line {
    /// The words of a person: 2024 年 101001 一般公共预算 2010302 一般行政管理事务 30217 公务接待费 项目 P01.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} 年 {} {}", self.year, self.unit, self.words())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn line(function: &str, economic: &str) -> Line {
        Line {
            unit: UnitCode::new("101").unwrap(),
            year: 2024,
            fund: Fund::GeneralPublic,
            source: Source::Current,
            function: FunctionalCode::parse(function).unwrap(),
            economic: EconomicCode::parse(economic).unwrap(),
            purpose: Purpose::Basic,
        }
    }

    #[test]
    fn a_line_goes_to_the_lowest_level_of_both_classifications() {
        assert_eq!(line("2010301", "30201").fault(), None);
        assert!(line("20103", "30201").fault().unwrap().contains("项级"));
        assert!(line("2010301", "302").fault().unwrap().contains("款级"));
        assert!(line("2999999", "30201").fault().unwrap().contains("2999999"));
        assert!(line("2010301", "30288").fault().unwrap().contains("30288"));
    }

    #[test]
    fn a_line_reads_back_as_it_was_written() {
        let mut line = line("2010302", "30217");
        line.purpose = Purpose::Project(ProjectCode::new("P01").unwrap());
        line.source = Source::Internal(UnitCode::new("1").unwrap());
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(serde_json::from_str::<Line>(&text).unwrap(), line);
        assert!(line.to_string().contains("公务接待费") && line.to_string().contains("项目 P01"));
    }
}
