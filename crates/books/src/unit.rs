//! [`Unit`]: a budget unit in its department; [`Role`]: what a person may sign for.

use crate::names::UnitCode;
use mingzhang_model::key::UnitKind;
use mingzhang_model::members;
use serde::{Deserialize, Serialize};

use crate::codec;

members! {
    /// What a unit is in law: it decides whether it has 机关运行经费.
    Nature {
        Administrative = "administrative", "行政单位";
        CivilServiceManaged = "civil_service_managed", "参照公务员法管理的事业单位";
        PublicWelfareOne = "public_welfare_one", "公益一类事业单位";
        PublicWelfareTwo = "public_welfare_two", "公益二类事业单位";
    }
}

impl Nature {
    /// The dimension of the fact space: those with 机关运行经费, and the others.
    pub fn kind(self) -> UnitKind {
        match self {
            Nature::Administrative | Nature::CivilServiceManaged => UnitKind::Administrative,
            Nature::PublicWelfareOne | Nature::PublicWelfareTwo => UnitKind::Institution,
        }
    }
}

members! {
    /// What a person may sign for at a unit. The law keeps approving, keeping accounts and holding the
    /// money apart (会计法第二十五条); which roles one person may not join is [`Role::excludes`].
    Role {
        Handler = "handler", "经办";
        Reviewer = "reviewer", "财务审核";
        Cashier = "cashier", "出纳";
        Bookkeeper = "bookkeeper", "记账";
        Head = "head", "单位负责人";
        Secrecy = "secrecy", "保密审查";
        Department = "department", "主管部门";
        Finance = "finance", "财政部门";
        Administrator = "administrator", "系统管理";
    }
}

impl Role {
    /// The roles that nobody who has this one may have at the same unit, or at one above or below it:
    /// who holds the money does not keep the accounts or review, who keeps the accounts does not approve,
    /// and who decides for the treasury does nothing for the unit.
    pub fn excludes(self) -> &'static [Role] {
        match self {
            Role::Cashier => &[Role::Reviewer, Role::Bookkeeper, Role::Head, Role::Finance],
            Role::Reviewer => &[Role::Cashier, Role::Finance],
            Role::Bookkeeper => &[Role::Cashier, Role::Head, Role::Finance],
            Role::Head => &[Role::Cashier, Role::Bookkeeper, Role::Finance],
            Role::Handler => &[Role::Finance],
            Role::Finance => &[Role::Handler, Role::Reviewer, Role::Cashier, Role::Bookkeeper, Role::Head],
            Role::Secrecy | Role::Department | Role::Administrator => &[],
        }
    }
}

/// A budget unit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its code, which never changes.
    pub code: UnitCode,
    /// Its name as it is to be printed.
    pub name: String,
    /// The unit above it in the department; none for the department's first.
    pub parent: Option<UnitCode>,
    /// What it is in law.
    #[serde(with = "codec::member")]
    pub nature: Nature,
}
