//! [`Details`]: what narrows the money of a key beyond the dimensions that have codes.
//!
//! Tables list money by unit, by project, by what is bought, or name a part of it (其中：专项资金). Such
//! names are free text, so they are a dimension of their own: along one [`Aspect`] a detail is a path of
//! names from the wider to the narrower, such as 121/121001 of two codes of units. A key without details
//! filters nothing out.
//!
//! A change over the year before is a number about money, not money: it is a detail too, and never part
//! of anything that is not a change.

use crate::members;
use crate::set::Member;
use std::fmt;
use std::sync::Arc;

members! {
    /// What a detail is about.
    Aspect {
        Unit = "unit", "单位";
        Project = "project", "项目";
        Government = "government_economic", "政府预算支出经济分类";
        Procurement = "procurement", "政府采购";
        Part = "part", "其中";
        Change = "change", "增减";
    }
}

/// One narrowing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Detail {
    /// What it is about.
    pub aspect: Aspect,
    /// The names from the wider to the narrower, parted by `/`; empty where the aspect says it all.
    pub path: Arc<str>,
}

/// The narrowings of a key, at most one along each aspect, in the order of the aspects.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Details(Option<Arc<[Detail]>>);

impl Details {
    /// Nothing is filtered out.
    pub fn none() -> Details {
        Details(None)
    }

    /// True when nothing is filtered out.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The narrowings.
    pub fn iter(&self) -> impl Iterator<Item = &Detail> {
        self.0.iter().flat_map(|details| details.iter())
    }

    /// The path along an aspect.
    pub fn along(&self, aspect: Aspect) -> Option<&str> {
        self.iter().find(|detail| detail.aspect == aspect).map(|detail| &*detail.path)
    }

    /// The same with one more narrowing; a path along an aspect that is narrowed already goes on from it.
    #[must_use]
    pub fn with(&self, aspect: Aspect, path: &str) -> Details {
        let path = match self.along(aspect) {
            Some(above) if !above.is_empty() && !path.is_empty() => format!("{above}/{path}"),
            Some(above) if path.is_empty() => above.to_owned(),
            _ => path.to_owned(),
        };
        let mut details: Vec<Detail> = self.iter().filter(|detail| detail.aspect != aspect).cloned().collect();
        details.push(Detail { aspect, path: path.into() });
        details.sort();
        Details(Some(details.into()))
    }

    /// The same without the narrowing along an aspect.
    #[must_use]
    pub fn without(&self, aspect: Aspect) -> Details {
        let details: Vec<Detail> = self.iter().filter(|detail| detail.aspect != aspect).cloned().collect();
        Details((!details.is_empty()).then(|| details.into()))
    }

    /// The narrowings of both.
    #[must_use]
    pub fn and(&self, more: &Details) -> Details {
        more.iter().fold(self.clone(), |details, detail| details.with(detail.aspect, &detail.path))
    }

    /// Everything that these lie [`within`](Details::within), themselves included.
    pub fn wider(&self) -> Vec<Details> {
        let mut wider = vec![Vec::new()];
        for detail in self.iter() {
            let cuts = detail.path.match_indices('/').map(|(end, _)| end).chain([0, detail.path.len()]);
            let mut paths: Vec<&str> = cuts.map(|end| &detail.path[..end]).collect();
            paths.dedup();
            let along = paths.into_iter().map(|path| Detail { aspect: detail.aspect, path: path.into() });
            let along: Vec<Detail> = along.collect();
            let longer = |short: &Vec<Detail>| -> Vec<Vec<Detail>> {
                let more = along.iter().map(|detail| [short.as_slice(), std::slice::from_ref(detail)].concat());
                // A change lies in no amount.
                let dropped = (detail.aspect != Aspect::Change).then(|| short.clone());
                more.chain(dropped).collect()
            };
            wider = wider.iter().flat_map(longer).collect();
        }
        wider.into_iter().map(|details| Details((!details.is_empty()).then(|| details.into()))).collect()
    }

    /// True when every fen that passes here passes there. A change lies in no amount.
    pub fn within(&self, other: &Details) -> bool {
        if self.is_none() && other.is_none() {
            return true;
        }
        let inside = |outer: &Detail| self.along(outer.aspect).is_some_and(|path| is_under(path, &outer.path));
        other.iter().all(inside) && self.along(Aspect::Change).is_some() == other.along(Aspect::Change).is_some()
    }
}

/// True for a path that is another or goes on from it.
fn is_under(path: &str, above: &str) -> bool {
    above.is_empty() || path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl fmt::Display for Details {
    /// ` unit=121/121001 change`: each with a space before it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for detail in self.iter() {
            write!(f, " {}", detail.aspect.word())?;
            if !detail.path.is_empty() {
                write!(f, "={}", detail.path)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_narrow_and_a_longer_path_is_narrower() {
        let department = Details::none().with(Aspect::Unit, "121");
        let office = department.with(Aspect::Unit, "121001");
        assert_eq!(office.to_string(), " unit=121/121001");
        assert!(office.within(&department) && department.within(&Details::none()));
        assert!(!department.within(&office) && !Details::none().within(&department));
        assert!(!Details::none().with(Aspect::Unit, "1210").within(&department));
        assert_eq!(office.without(Aspect::Unit), Details::none());
    }

    #[test]
    fn what_is_wider_is_what_they_lie_within() {
        let none = Details::none();
        let (unit, project) = (none.with(Aspect::Unit, "甲/乙"), none.with(Aspect::Project, "丙"));
        let both = unit.and(&project);
        let all = [
            none.clone(),
            none.with(Aspect::Unit, ""),
            none.with(Aspect::Unit, "甲"),
            none.with(Aspect::Unit, "乙"),
            none.with(Aspect::Unit, "甲").with(Aspect::Project, ""),
            both.with(Aspect::Change, ""),
            unit,
            project,
            both,
        ];
        for inner in &all {
            let wider = inner.wider();
            assert!(all.iter().all(|outer| inner.within(outer) == wider.contains(outer)), "{inner}: {wider:?}");
        }
    }

    #[test]
    fn a_change_is_part_of_no_amount() {
        let change = Details::none().with(Aspect::Change, "");
        assert!(!change.within(&Details::none()) && !Details::none().within(&change));
        assert!(change.with(Aspect::Unit, "甲").within(&change));
    }
}
