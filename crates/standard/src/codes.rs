//! The code tables: functional and economic codes, as seen in published documents.
//!
//! The tables are not the official edition and have gaps, so a code that is not in them is unknown,
//! not wrong. Years are those in which a code was seen.

use crate::words;
use foldhash::{HashMap, HashMapExt};
use mingzhang_model::code::{EconomicCode, FunctionalCode, Level};
use mingzhang_model::key::Fund;
use mingzhang_model::set::Member;
use std::hash::Hash;
use std::sync::LazyLock;

/// One line of a code table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The name most often printed.
    pub name: &'static str,
    /// Other names printed for it, former ones among them.
    pub other_names: Vec<&'static str>,
    /// The years seen, as the table writes them.
    pub years: &'static str,
    /// How many published documents show it under this name.
    pub documents: u32,
}

impl Entry {
    /// Whether a printed name is one of this code's, list number and width aside.
    pub fn is_named(&self, printed: &str) -> bool {
        let key = words::label_key(printed);
        words::label_key(self.name) == key || self.other_names.iter().any(|name| words::label_key(name) == key)
    }
}

static FUNCTIONAL: LazyLock<HashMap<FunctionalCode, Entry>> =
    LazyLock::new(|| table(include_str!("../data/codes/functional.tsv"), FunctionalCode::parse));
static ECONOMIC: LazyLock<HashMap<EconomicCode, Entry>> =
    LazyLock::new(|| table(include_str!("../data/codes/economic.tsv"), EconomicCode::parse));
static CLASSES: LazyLock<HashMap<String, FunctionalCode>> = LazyLock::new(|| {
    let classes = FUNCTIONAL.iter().filter(|(code, _)| code.level() == Level::Class);
    classes
        .flat_map(|(code, entry)| entry.other_names.iter().chain([&entry.name]).map(|name| (words::fold(name), *code)))
        .collect()
});

/// Every functional code with what the table says of it, in the order of the codes.
pub fn functional_codes() -> Vec<(FunctionalCode, &'static Entry)> {
    let mut all: Vec<_> = FUNCTIONAL.iter().map(|(code, entry)| (*code, entry)).collect();
    all.sort_by_key(|(code, _)| code.to_string());
    all
}

/// Every economic code with what the table says of it, in the order of the codes.
pub fn economic_codes() -> Vec<(EconomicCode, &'static Entry)> {
    let mut all: Vec<_> = ECONOMIC.iter().map(|(code, entry)| (*code, entry)).collect();
    all.sort_by_key(|(code, _)| code.to_string());
    all
}

/// What the table says of a functional code.
pub fn functional(code: FunctionalCode) -> Option<&'static Entry> {
    FUNCTIONAL.get(&code)
}

/// A name that a functional code no longer has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retired {
    /// The former name.
    pub name: &'static str,
    /// The code that had it.
    pub code: FunctionalCode,
    /// The first year without it.
    pub since: u16,
    /// The name now.
    pub now: &'static str,
}

/// The former names of functional codes, as far as they are known.
pub fn retired() -> &'static [Retired] {
    static RETIRED: LazyLock<Vec<Retired>> = LazyLock::new(|| {
        let lines = include_str!("../data/codes/retired.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        lines
            .filter_map(|line| {
                let mut fields = line.split('\t');
                let (name, code) = (fields.next()?, FunctionalCode::parse(fields.next()?)?);
                Some(Retired { name, code, since: fields.next()?.parse().ok()?, now: fields.next()? })
            })
            .collect()
    });
    &RETIRED
}

/// Every functional code of a name, list number and width aside, in the order of the codes.
pub fn functional_named(printed: &str) -> Vec<FunctionalCode> {
    static NAMED: LazyLock<HashMap<String, Vec<FunctionalCode>>> = LazyLock::new(|| {
        let mut named: HashMap<String, Vec<FunctionalCode>> = HashMap::new();
        for (code, entry) in FUNCTIONAL.iter() {
            for name in entry.other_names.iter().chain([&entry.name]) {
                named.entry(words::label_key(name)).or_default().push(*code);
            }
        }
        named.values_mut().for_each(|codes| codes.sort_unstable());
        named
    });
    NAMED.get(&words::label_key(printed)).cloned().unwrap_or_default()
}

/// Every economic code of a name, list number and width aside, in the order of the codes.
pub fn economic_named(printed: &str) -> &'static [EconomicCode] {
    static NAMED: LazyLock<HashMap<String, Vec<EconomicCode>>> = LazyLock::new(|| {
        let mut named: HashMap<String, Vec<EconomicCode>> = HashMap::new();
        for (code, entry) in ECONOMIC.iter() {
            for name in entry.other_names.iter().chain([&entry.name]) {
                named.entry(words::label_key(name)).or_default().push(*code);
            }
        }
        named.values_mut().for_each(|codes| codes.sort_unstable());
        named
    });
    NAMED.get(&words::label_key(printed)).map_or(&[], Vec::as_slice)
}

/// The budget other than the general public one that a functional code belongs to, where that is certain.
pub fn fund_of(code: FunctionalCode) -> Option<Fund> {
    static FUNDS: LazyLock<Vec<(FunctionalCode, Fund)>> = LazyLock::new(|| {
        let lines = include_str!("../data/codes/funds.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        let fund = |word: &str| Fund::ALL.iter().find(|fund| fund.word() == word).copied();
        lines
            .filter_map(|line| {
                let (code, word) = line.split_once('\t')?;
                Some((FunctionalCode::parse(code)?, fund(word)?))
            })
            .collect()
    });
    FUNDS.iter().find(|(own, _)| code.within(*own)).map(|(_, fund)| *fund)
}

/// True for a code that only the general public budget pays: offices as such, and contributions for staff.
pub fn is_general_only(code: FunctionalCode) -> bool {
    const NAMES: [&str; 4] = ["行政运行", "一般行政管理事务", "机关服务", "事业运行"];
    const CONTRIBUTIONS: [&str; 4] = ["20805", "21011", "22102", "204"];
    let under = |ancestor: &str| FunctionalCode::parse(ancestor).is_some_and(|ancestor| code.within(ancestor));
    functional(code).is_some_and(|entry| NAMES.contains(&entry.name)) || CONTRIBUTIONS.iter().any(|c| under(c))
}

/// What the table says of an economic code.
pub fn economic(code: EconomicCode) -> Option<&'static Entry> {
    ECONOMIC.get(&code)
}

/// The names of all codes, those seldom printed included; the second says whether it is the usual one.
pub fn names() -> impl Iterator<Item = (&'static str, bool)> {
    let entries = FUNCTIONAL.values().chain(ECONOMIC.values());
    entries.flat_map(|entry| {
        std::iter::once((entry.name, true)).chain(entry.other_names.iter().map(|name| (*name, false)))
    })
}

/// The usual names of the functional 类.
pub fn classes() -> impl Iterator<Item = &'static str> {
    FUNCTIONAL.iter().filter(|(code, _)| code.level() == Level::Class).map(|(_, entry)| entry.name)
}

/// The functional 类 of a printed name such as 八、社会保障和就业支出.
pub fn class_named(printed: &str) -> Option<FunctionalCode> {
    CLASSES.get(&words::label_key(printed)).copied()
}

fn table<C: Eq + Hash>(tsv: &'static str, parse: fn(&str) -> Option<C>) -> HashMap<C, Entry> {
    let lines = tsv.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let code = parse(fields.next()?)?;
            let (name, years) = (fields.next()?, fields.next()?);
            let documents = fields.next().and_then(|count| count.parse().ok()).unwrap_or(0);
            let other_names = fields.next().unwrap_or("").split('|').filter(|name| !name.is_empty()).collect();
            Some((code, Entry { name, other_names, years, documents }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_a_code_with_a_name() {
        for (tsv, known) in [
            (include_str!("../data/codes/functional.tsv"), FUNCTIONAL.len()),
            (include_str!("../data/codes/economic.tsv"), ECONOMIC.len()),
        ] {
            let lines = tsv.lines().filter(|line| !line.starts_with('#')).count() - 1;
            assert_eq!(lines, known, "a line is not a code, or a code stands twice");
        }
        assert!(FUNCTIONAL.values().all(|entry| !entry.name.is_empty()));
    }

    #[test]
    fn classes_are_found_by_present_and_former_names() {
        let class = |name: &str| class_named(name).map(|code| code.to_string());
        assert_eq!(class("八、社会保障和就业支出").as_deref(), Some("208"));
        assert_eq!(class("医疗卫生与计划生育支出").as_deref(), Some("210"));
        assert_eq!(class("二十六、抗疫特别国债安排的支出").as_deref(), Some("234"));
        assert_eq!(class("本年支出合计"), None);
    }

    #[test]
    fn parents_of_known_codes_are_known() {
        let orphans: Vec<_> =
            ECONOMIC.keys().filter_map(|code| code.parent()).filter(|p| economic(*p).is_none()).collect();
        assert_eq!(orphans, []);
    }
}
