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

/// True for the address of a unit.
pub fn is_unit(address: &str) -> bool {
    address.ends_with(UNIT_MARK)
}

/// What the names of bodies end with.
const ENDS: [&str; 46] = [
    "局",
    "委",
    "委员会",
    "办",
    "办公室",
    "办公厅",
    "厅",
    "院",
    "部",
    "会",
    "中心",
    "大学",
    "学院",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "所",
    "站",
    "队",
    "馆",
    "街道",
    "办事处",
    "联络处",
    "管理处",
    "政府",
    "署",
    "团",
    "社",
    "台",
    "公司",
    "总场",
    "试验场",
    "库",
    "园",
    "基地",
    "协会",
    "联合会",
    "处",
    "科",
    "室",
    "校",
    "厂",
    "宫",
    "执法",
    "景区",
];

/// True for what can be the name of one body: it ends as bodies' names do, and nothing in it is left open.
pub fn is_body(text: &str) -> bool {
    const FEWEST: usize = 4;
    const MOST: usize = 40;
    /// Words that stand in titles and sentences, not in names.
    const NOT: [&str; 12] =
        ["本部门", "本单位", "我单位", "我局", "XX", "xx", "××", "某", "*", "预算", "决算", "主管部门及"];
    let (base, _) = marked(text);
    // A second name in brackets belongs to the name: 研究院（数据管理中心）.
    let ending = match base.strip_suffix(')').and_then(|open| open.split_once('(')) {
        Some((before, inner)) if is_end(inner) => before.to_string(),
        _ => base.clone(),
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '(' | ')' | '·' | '、');
    (FEWEST..=MOST).contains(&base.chars().count())
        && is_end(&ending)
        && base.chars().all(plain)
        && !base.starts_with(|c: char| c.is_ascii_digit())
        && !NOT.iter().any(|word| base.contains(word))
}

/// True for text that ends as the names of bodies do.
fn is_end(text: &str) -> bool {
    ENDS.iter().any(|end| text.ends_with(end))
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
        assert!(is_unit(&unit) && !is_unit(named(&unit)));
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
