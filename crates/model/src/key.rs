//! [`Key`]: which money a number is about. The fact space has ten dimensions; a key is a filter on it.
//!
//! Every published number is the sum of all money that passes its filter. So the laws between
//! numbers follow from their keys alone: equal filters agree, a filter that is the disjoint union
//! of others is their sum, a filter inside another does not exceed it.

use crate::code::{EconomicCode, FunctionalCode};
use crate::detail::Details;
use crate::members;
use crate::set::Set;
use std::fmt;
use std::sync::{Arc, LazyLock};

members! {
    /// Whose money it is: the funds of the four budgets, and the funds outside the appropriation.
    Fund {
        GeneralPublic = "general_public", "一般公共预算";
        GovernmentManaged = "government_managed", "政府性基金预算";
        StateCapital = "state_capital", "国有资本经营预算";
        SpecialAccount = "special_account", "财政专户管理资金";
        SuperiorSubsidy = "subsidy_from_superior", "上级补助收入";
        Service = "service_revenue", "事业收入";
        Business = "business_revenue", "事业单位经营收入";
        AffiliateRemittance = "remittance_from_affiliates", "附属单位上缴收入";
        Other = "other_revenue", "其他收入";
    }
}

members! {
    /// What the money is spent as.
    Kind {
        Basic = "basic", "基本支出";
        Project = "project", "项目支出";
        RemittanceToSuperior = "remittance_to_superior", "上缴上级支出";
        Business = "business", "经营支出";
        SubsidyToAffiliates = "subsidy_to_affiliates", "对附属单位补助支出";
    }
}

members! {
    /// Which movement of money a number counts. The first three come in, the last three go out.
    Measure {
        Income = "income", "本年收入";
        SurplusUse = "surplus_use", "使用非财政拨款结余";
        Opening = "opening", "年初结转和结余";
        Expenditure = "expenditure", "本年支出";
        SurplusDistribution = "surplus_distribution", "结余分配";
        Closing = "closing", "年末结转和结余";
    }
}

members! {
    /// Whose expenditure it is, by the kind of unit.
    UnitKind {
        Administrative = "administrative", "行政单位和参公事业单位";
        Institution = "institution", "其他事业单位";
    }
}

members! {
    /// When in the budget's life a number stands.
    Stage {
        Initial = "initial", "年初预算";
        Adjusted = "adjusted", "调整预算";
        FinalAccounts = "final_accounts", "决算";
    }
}

/// 财政拨款: the three funds that are appropriated.
pub fn fiscal_appropriation() -> Set<Fund> {
    [Fund::GeneralPublic, Fund::GovernmentManaged, Fund::StateCapital].into_iter().collect()
}

/// A functional filter: everything, or what lies under one code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Function {
    /// Every functional code.
    All,
    /// A 类, 款 or 项 and all that lies under it.
    Code(FunctionalCode),
}

impl Function {
    /// True when everything that passes here passes there.
    pub fn within(self, other: Function) -> bool {
        match (self, other) {
            (_, Function::All) => true,
            (Function::All, _) => false,
            (Function::Code(a), Function::Code(b)) => a.within(b),
        }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Function::All => f.write_str("*"),
            Function::Code(code) => write!(f, "{code}"),
        }
    }
}

/// An economic filter: the union of what lies under some codes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Economic(Arc<[EconomicCode]>);

/// The classes of the department's economic classification.
const CLASSES: [&str; 10] = ["301", "302", "303", "307", "309", "310", "311", "312", "313", "399"];

impl Economic {
    /// Every economic code.
    pub fn all() -> Economic {
        // Most keys filter nothing here: one list serves them all, and is equal to itself at a glance.
        static ALL: LazyLock<Economic> =
            LazyLock::new(|| Economic::of(CLASSES.iter().filter_map(|code| EconomicCode::parse(code))));
        ALL.clone()
    }

    /// What lies under any of these codes.
    pub fn of(codes: impl IntoIterator<Item = EconomicCode>) -> Economic {
        let mut codes: Vec<EconomicCode> = codes.into_iter().collect();
        codes.sort_unstable();
        codes.dedup();
        Economic(codes.into())
    }

    /// The codes.
    pub fn codes(&self) -> &[EconomicCode] {
        &self.0
    }

    /// True when nothing is filtered out.
    pub fn is_all(&self) -> bool {
        self.0.len() == CLASSES.len() && self.0.iter().all(|code| code.is_class())
    }

    /// True when everything that passes here passes there.
    pub fn within(&self, other: &Economic) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.iter().all(|code| other.0.iter().any(|outer| code.within(*outer)))
    }

    /// What passes both: of two codes one of which lies under the other, the lower.
    #[must_use]
    pub fn intersection(&self, other: &Economic) -> Economic {
        if other.is_all() {
            return self.clone();
        }
        let lower = |a: &EconomicCode, b: &EconomicCode| match (a.within(*b), b.within(*a)) {
            (true, _) => Some(*a),
            (_, true) => Some(*b),
            _ => None,
        };
        Economic::of(self.0.iter().flat_map(|a| other.0.iter().filter_map(move |b| lower(a, b))))
    }

    /// True when nothing passes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when nothing passes both.
    pub fn disjoint(&self, other: &Economic) -> bool {
        !self.0.iter().any(|a| other.0.iter().any(|b| a.within(*b) || b.within(*a)))
    }
}

impl fmt::Display for Economic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_all() {
            return f.write_str("*");
        }
        let codes: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&codes.join("+"))
    }
}
impl fmt::Debug for Economic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Which money a number is about. `Set::all()` along a dimension means that nothing is filtered out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// The budget year.
    pub year: u16,
    /// Budget, adjusted budget or accounts.
    pub stage: Stage,
    /// Which movements.
    pub measures: Set<Measure>,
    /// Whose money.
    pub funds: Set<Fund>,
    /// Spent as what.
    pub kinds: Set<Kind>,
    /// By which kinds of unit.
    pub units: Set<UnitKind>,
    /// For which function.
    pub function: Function,
    /// On which economic codes.
    pub economic: Economic,
    /// Narrowed further by names that no code says: a unit, a project, a part that a table names.
    pub details: Details,
}

impl Key {
    /// All money of a year and stage, moving in one way.
    pub fn everything(year: u16, stage: Stage, measures: Set<Measure>) -> Key {
        Key {
            year,
            stage,
            measures,
            funds: Set::all(),
            kinds: Set::all(),
            units: Set::all(),
            function: Function::All,
            economic: Economic::all(),
            details: Details::none(),
        }
    }

    /// True when nothing can pass: some dimension is filtered to nothing.
    pub fn is_empty(&self) -> bool {
        self.measures.is_empty()
            || self.funds.is_empty()
            || self.kinds.is_empty()
            || self.units.is_empty()
            || self.economic.is_empty()
    }

    /// True when every fen that passes here passes there.
    pub fn within(&self, other: &Key) -> bool {
        self.year == other.year
            && self.stage == other.stage
            && self.measures.within(other.measures)
            && self.funds.within(other.funds)
            && self.kinds.within(other.kinds)
            && self.units.within(other.units)
            && self.function.within(other.function)
            && self.details.within(&other.details)
            && self.economic.within(&other.economic)
    }
}

impl fmt::Display for Key {
    /// `2024/initial/expenditure funds=general_public function=2010301`: only what is filtered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::set::Member;
        write!(f, "{}/{}/{}", self.year, self.stage.word(), self.measures)?;
        if self.funds != Set::all() {
            write!(f, " funds={}", self.funds)?;
        }
        if self.kinds != Set::all() {
            write!(f, " kinds={}", self.kinds)?;
        }
        if self.units != Set::all() {
            write!(f, " units={}", self.units)?;
        }
        if self.function != Function::All {
            write!(f, " function={}", self.function)?;
        }
        if !self.economic.is_all() {
            write!(f, " economic={}", self.economic)?;
        }
        write!(f, "{}", self.details)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_contain_each_other_dimension_by_dimension() {
        let all = Key::everything(2024, Stage::Initial, Set::only(Measure::Expenditure));
        let mut basic = all.clone();
        basic.kinds = Set::only(Kind::Basic);
        basic.function = Function::Code(FunctionalCode::parse("2010301").unwrap());
        assert!(basic.within(&all) && !all.within(&basic));
        let mut last_year = all.clone();
        last_year.year = 2023;
        assert!(!basic.within(&last_year));
        assert_eq!(basic.to_string(), "2024/initial/expenditure kinds=basic function=2010301");
    }

    #[test]
    fn economic_filters_know_what_lies_under_a_class() {
        let code = |c: &str| EconomicCode::parse(c).unwrap();
        let operating = Economic::of([code("302"), code("310")]);
        let reception = Economic::of([code("30217")]);
        assert!(reception.within(&operating) && reception.within(&Economic::all()));
        assert!(!reception.disjoint(&operating));
        assert!(Economic::of([code("301")]).disjoint(&operating));
        assert!(Economic::all().is_all() && !operating.is_all());
    }
}
