//! [`Concept`]: the amounts that readers look for in every disclosure, each by the filter of the fact space that it is.
//!
//! The words of the filters are those of the forms, so a concept finds its number in whatever table or sentence of
//! whatever place prints it. Concepts whose parts do not cover the same money are kept apart: 人员经费 of all money is
//! one number, 人员经费 of the general public budget another.

use mingzhang_model::code::FunctionalCode;
use mingzhang_model::key::{Function, Key, Measure, Stage};
use mingzhang_model::set::Set;
use mingzhang_standard::filter::Filter;
use std::sync::LazyLock;

/// Which part of a body's page a concept stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// What came in and went out, with what was carried over.
    Totals,
    /// The year's income by its source.
    Income,
    /// The year's expenditure by the fund that pays it.
    Funds,
    /// The year's expenditure by what it is spent as.
    Kinds,
    /// Basic and project expenditure of the general public budget.
    GeneralPublic,
    /// 三公
    ThreePublic,
    /// 机关运行经费
    OperatingFunds,
}

/// An amount that readers look for.
#[derive(Clone, PartialEq, Debug)]
pub struct Concept {
    /// Its name in JSON and addresses.
    pub word: &'static str,
    /// Its name in Chinese.
    pub term: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// Where it stands.
    pub part: Part,
    /// The concept that it is a share of, if of any.
    pub whole: Option<&'static str>,
    filter: Filter,
}

impl Concept {
    /// Which money it is in a year and stage.
    pub fn key(&self, year: u16, stage: Stage) -> Key {
        let mut key = Key::everything(year, stage, Set::all());
        self.filter.narrow(&mut key);
        key
    }

    /// The concept of a name.
    pub fn named(word: &str) -> Option<&'static Concept> {
        concepts().iter().find(|concept| concept.word == word)
    }
}

/// Expenditure for a functional code, whatever pays it and whatever it is spent as.
pub(crate) fn function_key(code: FunctionalCode, year: u16, stage: Stage) -> Key {
    let everything = Key::everything(year, stage, Set::only(Measure::Expenditure));
    Key { function: Function::Code(code), ..everything }
}

/// Every concept, part by part.
pub fn concepts() -> &'static [Concept] {
    static CONCEPTS: LazyLock<Vec<Concept>> = LazyLock::new(|| LINES.iter().filter_map(concept).collect());
    &CONCEPTS
}

type Line = (Part, &'static str, &'static str, &'static str, &'static str, Option<&'static str>);

/// The tests hold that every line is a concept.
fn concept(&(part, word, term, english, filter, whole): &Line) -> Option<Concept> {
    let filter = Filter::parse(filter, Set::EMPTY, Set::EMPTY).ok()?;
    Some(Concept { word, term, english, part, whole, filter })
}

const INCOME: Option<&str> = Some("income");
const SPENT: Option<&str> = Some("expenditure");
const TP: Option<&str> = Some("three_public");
const VEHICLES: Option<&str> = Some("vehicle_costs");
const BASIC: Option<&str> = Some("basic");
const GENERAL: Option<&str> = Some("expenditure_general_public");
const GENERAL_BASIC: Option<&str> = Some("general_public_basic");

#[rustfmt::skip]
const LINES: [Line; 44] = [
    (Part::Totals, "income", "本年收入合计", "Income of the year", "income", None),
    (Part::Totals, "surplus_use", "使用非财政拨款结余", "Use of non-appropriation surplus", "surplus_use", None),
    (Part::Totals, "opening", "年初结转和结余", "Carried over from last year", "opening", None),
    (Part::Totals, "incoming", "收入总计", "Total incoming", "income+surplus_use+opening", None),
    (Part::Totals, "expenditure", "本年支出合计", "Expenditure of the year", "expenditure", None),
    (Part::Totals, "surplus_distribution", "结余分配", "Surplus distribution", "surplus_distribution", None),
    (Part::Totals, "closing", "年末结转和结余", "Carried over to next year", "closing", None),
    (Part::Totals, "outgoing", "支出总计", "Total outgoing", "expenditure+surplus_distribution+closing", None),
    (Part::Income, "income_fiscal", "财政拨款收入", "Fiscal appropriation", "income fiscal", INCOME),
    (Part::Income, "income_general_public", "一般公共预算财政拨款收入", "General public budget", "income general_public",
        INCOME),
    (Part::Income, "income_government_managed", "政府性基金预算财政拨款收入", "Government-managed funds",
        "income government_managed", INCOME),
    (Part::Income, "income_state_capital", "国有资本经营预算财政拨款收入", "State capital operations",
        "income state_capital", INCOME),
    (Part::Income, "income_special_account", "财政专户管理资金收入", "Special fiscal accounts",
        "income special_account", INCOME),
    (Part::Income, "income_superior_subsidy", "上级补助收入", "Subsidy from superior", "income subsidy_from_superior",
        INCOME),
    (Part::Income, "income_service", "事业收入", "Service revenue", "income service_revenue", INCOME),
    (Part::Income, "income_business", "事业单位经营收入", "Business revenue", "income business_revenue", INCOME),
    (Part::Income, "income_affiliate_remittance", "附属单位上缴收入", "Remittance from affiliates",
        "income remittance_from_affiliates", INCOME),
    (Part::Income, "income_other", "其他收入", "Other revenue", "income other_revenue", INCOME),
    (Part::Funds, "expenditure_fiscal", "财政拨款支出", "From fiscal appropriation", "expenditure fiscal", SPENT),
    (Part::Funds, "expenditure_general_public", "一般公共预算财政拨款支出", "From the general public budget",
        "expenditure general_public", SPENT),
    (Part::Funds, "expenditure_government_managed", "政府性基金预算财政拨款支出", "From government-managed funds",
        "expenditure government_managed", SPENT),
    (Part::Funds, "expenditure_state_capital", "国有资本经营预算财政拨款支出", "From state capital operations",
        "expenditure state_capital", SPENT),
    (Part::Kinds, "basic", "基本支出", "Basic expenditure", "expenditure basic", SPENT),
    (Part::Kinds, "personnel", "人员经费", "Personnel", "expenditure basic personnel", BASIC),
    (Part::Kinds, "operating", "公用经费", "Operating", "expenditure basic operating", BASIC),
    (Part::Kinds, "project", "项目支出", "Project expenditure", "expenditure project", SPENT),
    (Part::Kinds, "remittance_to_superior", "上缴上级支出", "Remittance to superior",
        "expenditure remittance_to_superior", SPENT),
    (Part::Kinds, "business", "经营支出", "Business expenditure", "expenditure business", SPENT),
    (Part::Kinds, "subsidy_to_affiliates", "对附属单位补助支出", "Subsidy to affiliates",
        "expenditure subsidy_to_affiliates", SPENT),
    (Part::GeneralPublic, "general_public_basic", "一般公共预算基本支出", "Basic, general public budget",
        "expenditure general_public basic", GENERAL),
    (Part::GeneralPublic, "general_public_personnel", "一般公共预算人员经费", "Personnel, general public budget",
        "expenditure general_public basic personnel", GENERAL_BASIC),
    (Part::GeneralPublic, "general_public_operating", "一般公共预算公用经费", "Operating, general public budget",
        "expenditure general_public basic operating", GENERAL_BASIC),
    (Part::GeneralPublic, "general_public_project", "一般公共预算项目支出", "Project, general public budget",
        "expenditure general_public project", GENERAL),
    (Part::GeneralPublic, "general_public_wages", "工资福利支出", "Wages and welfare, general public budget",
        "expenditure general_public basic 301", GENERAL_BASIC),
    (Part::GeneralPublic, "general_public_goods_services", "商品和服务支出", "Goods and services, general public budget",
        "expenditure general_public basic 302", GENERAL_BASIC),
    (Part::GeneralPublic, "general_public_assistance", "对个人和家庭的补助", "Assistance to persons and families",
        "expenditure general_public basic 303", GENERAL_BASIC),
    (Part::GeneralPublic, "general_public_capital", "资本性支出", "Capital expenditure, general public budget",
        "expenditure general_public basic 310", GENERAL_BASIC),
    (Part::ThreePublic, "three_public", "“三公”经费", "Three public expenses", "expenditure fiscal three_public", None),
    (Part::ThreePublic, "overseas_trips", "因公出国（境）费", "Trips abroad", "expenditure fiscal overseas_trips", TP),
    (Part::ThreePublic, "vehicle_costs", "公务用车购置及运行维护费", "Official vehicles", "expenditure fiscal vehicles",
        TP),
    (Part::ThreePublic, "vehicle_purchase", "公务用车购置费", "Vehicle purchase", "expenditure fiscal vehicle_purchase",
        VEHICLES),
    (Part::ThreePublic, "vehicle_running", "公务用车运行维护费", "Vehicle running",
        "expenditure fiscal vehicle_running", VEHICLES),
    (Part::ThreePublic, "receptions", "公务接待费", "Receptions", "expenditure fiscal receptions", TP),
    (Part::OperatingFunds, "operating_funds", "机关运行经费", "Agency operating funds",
        "expenditure general_public basic operating administrative", None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_concept_of_its_own() {
        let concepts = concepts();
        assert_eq!(concepts.len(), LINES.len(), "a filter cannot be read");
        for (i, one) in concepts.iter().enumerate() {
            assert!(!one.key(2024, Stage::Initial).is_empty(), "{}", one.word);
            for other in &concepts[..i] {
                assert_ne!(one.word, other.word);
                assert_ne!(one.key(2024, Stage::Initial), other.key(2024, Stage::Initial), "{}", one.word);
            }
        }
    }

    #[test]
    fn a_share_is_of_money_that_holds_it() {
        for concept in concepts() {
            let Some(whole) = concept.whole else { continue };
            let whole = Concept::named(whole).unwrap_or_else(|| panic!("{whole} is no concept"));
            assert!(concept.key(2024, Stage::Initial).within(&whole.key(2024, Stage::Initial)), "{}", concept.word);
        }
    }
}
