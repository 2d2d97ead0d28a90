//! Codes of the 政府收支分类科目: functional ([`FunctionalCode`]) and economic ([`EconomicCode`]).
//!
//! A code is held as its digits and its depth, so that 20103 lies under 201 by arithmetic. Whether
//! a code exists, in which year and under what name is the code tables' matter, not this module's.

use std::fmt;

/// A functional code: 类 (3 digits), 款 (5) or 项 (7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionalCode(u32);

/// An economic code of the department's budget: 类 (3 digits), 款 (5), or what a place puts under a 款 (7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EconomicCode(u32);

/// How deep a functional code is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// 类
    Class,
    /// 款
    Subclass,
    /// 项
    Item,
}

impl FunctionalCode {
    /// From three, five or seven digits that begin with 2 (the functional classes are 201 to 234).
    pub fn parse(text: &str) -> Option<FunctionalCode> {
        let value = digits(text)?;
        (matches!(text.len(), 3 | 5 | 7) && text.starts_with('2')).then_some(FunctionalCode(value))
    }

    /// 类, 款 or 项.
    pub fn level(self) -> Level {
        match self.0 {
            0..=999 => Level::Class,
            1_000..=99_999 => Level::Subclass,
            _ => Level::Item,
        }
    }

    /// The code one level up; none for a 类.
    pub fn parent(self) -> Option<FunctionalCode> {
        (self.level() != Level::Class).then_some(FunctionalCode(self.0 / 100))
    }

    /// True when this code is `ancestor` or lies under it.
    pub fn within(self, ancestor: FunctionalCode) -> bool {
        lies_within(self.0, ancestor.0)
    }
}

impl EconomicCode {
    /// From three, five or seven digits that begin with 3 (the department's economic classes are 301 to 399).
    pub fn parse(text: &str) -> Option<EconomicCode> {
        let value = digits(text)?;
        (matches!(text.len(), 3 | 5 | 7) && text.starts_with('3')).then_some(EconomicCode(value))
    }

    /// True for a 类, three digits.
    pub fn is_class(self) -> bool {
        self.0 < 1_000
    }

    /// The code one level up; none for a 类.
    pub fn parent(self) -> Option<EconomicCode> {
        (!self.is_class()).then_some(EconomicCode(self.0 / 100))
    }

    /// True when this code is `ancestor` or lies under it.
    pub fn within(self, ancestor: EconomicCode) -> bool {
        lies_within(self.0, ancestor.0)
    }
}

fn digits(text: &str) -> Option<u32> {
    (text.len() <= 7 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn lies_within(mut code: u32, ancestor: u32) -> bool {
    while code > ancestor {
        code /= 100;
    }
    code == ancestor
}

impl fmt::Display for FunctionalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl fmt::Debug for FunctionalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl fmt::Display for EconomicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl fmt::Debug for EconomicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_knows_its_level_and_its_ancestors() {
        let item = FunctionalCode::parse("2010301").unwrap();
        let class = FunctionalCode::parse("201").unwrap();
        assert_eq!(item.level(), Level::Item);
        assert_eq!(item.parent(), FunctionalCode::parse("20103"));
        assert!(item.within(class) && class.within(class));
        assert!(!item.within(FunctionalCode::parse("20105").unwrap()));
        assert!(!class.within(item));
    }

    #[test]
    fn only_whole_codes_are_codes() {
        for wrong in ["", "2", "20", "2010", "101", "20103011", "２０１", "2x1"] {
            assert_eq!(FunctionalCode::parse(wrong), None, "{wrong}");
        }
        assert_eq!(EconomicCode::parse("30217").unwrap().parent(), EconomicCode::parse("302"));
        assert_eq!(EconomicCode::parse("50101"), None);
    }
}
