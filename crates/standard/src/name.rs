//! The name of a body and its address: which documents are about one and the same office.
//!
//! Names are one when they are the same characters, spaces, quotation marks, width and case aside, and without the
//! mark that says whose money is counted: （本级） and （汇总）. Nothing else is taken for the same: 档案馆 and 档案馆本级
//! are two, and so is a name that a clerk shortened. A department and the unit that gives it its name are two as well:
//! the first holds the money of all its units, the second its own alone. Two pages that should have been one are a
//! nuisance, one page that should have been two is a wrong number.

use crate::form::{self, Form};
use crate::words;
use mingzhang_model::fact::Scope;

/// What marks the address of a unit beside the department of its name. No name of an office holds it.
const UNIT_MARK: &str = "@unit";

/// What the form of a document says, by its name: 上海市单位预算. A place whose forms do not tell units from
/// departments prints 部门决算 over both, which says nothing.
pub fn scope_of_form(id: Option<&str>) -> Scope {
    let Some(own) = id.and_then(form::form) else { return Scope::Unstated };
    let of_units = |form: &Form| form.name.contains("单位") && !form.name.contains("部门");
    let alike = |form: &&Form| form.place == own.place && form.kind == own.kind;
    match (of_units(own), form::forms().iter().filter(alike).any(of_units)) {
        (true, _) => Scope::Unit,
        (false, true) => Scope::Department,
        (false, false) => Scope::Unstated,
    }
}

/// What stands behind a name to say whose money is counted, folded.
const MARKS: [(&str, Scope); 5] = [
    ("(本级)", Scope::Unit),
    ("(本部)", Scope::Unit),
    ("(机关本级)", Scope::Unit),
    ("(汇总)", Scope::Department),
    ("(部门汇总)", Scope::Department),
];

/// A name, folded, without the mark behind it, and what the mark says.
pub fn marked(name: &str) -> (String, Scope) {
    let folded = folded(name);
    let mark = MARKS.iter().find(|(mark, _)| folded.ends_with(mark) && folded.len() > mark.len());
    match mark {
        Some((mark, scope)) => (folded[..folded.len() - mark.len()].to_string(), *scope),
        None => (folded, Scope::Unstated),
    }
}

/// What a name is compared by.
pub fn folded(name: &str) -> String {
    words::fold(name).to_lowercase()
}

/// The address of the body that a document is about: equal for documents of one body, and for no others.
pub fn address(name: &str, scope: Scope) -> String {
    let (base, marked) = marked(name);
    let scope = if marked == Scope::Unstated { scope } else { marked };
    let mark = if scope == Scope::Unit { UNIT_MARK } else { "" };
    format!("{base}{mark}")
}

/// The name's part of an address.
pub fn named(address: &str) -> &str {
    address.strip_suffix(UNIT_MARK).unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_has_one_address_however_its_name_is_set() {
        let one = address("上海市统计和大数据研究院（上海市统计数据管理中心）", Scope::Department);
        assert_eq!(one, address("上海市统计和大数据研究院 (上海市统计数据管理中心)", Scope::Unstated));
        assert_eq!(address("ＡＢ中心", Scope::Unit), address("ab 中心", Scope::Unit));
    }

    #[test]
    fn two_bodies_never_have() {
        assert_ne!(address("云麓区档案馆", Scope::Unstated), address("云麓区档案馆本级", Scope::Unstated));
        let unit = address("云麓区档案馆", Scope::Unit);
        assert_ne!(address("云麓区档案馆", Scope::Department), unit);
        assert_eq!(named(&unit), "云麓区档案馆");
        assert_eq!(address("云麓区档案馆（本级）", Scope::Unstated), unit);
        assert_eq!(address("云麓区档案馆（汇总）", Scope::Unstated), address("云麓区档案馆", Scope::Department));
        assert_eq!(marked("（本级）").0, "(本级)");
    }

    #[test]
    fn the_form_says_whether_a_document_is_a_units() {
        assert_eq!(scope_of_form(Some("shanghai_budget_unit")), Scope::Unit);
        assert_eq!(scope_of_form(Some("shanghai_budget_department")), Scope::Department);
        assert_eq!(scope_of_form(Some("shanghai_accounts")), Scope::Unstated);
        assert_eq!(scope_of_form(Some("of no place")), Scope::Unstated);
        assert_eq!(scope_of_form(None), Scope::Unstated);
    }
}
