//! Codes of the classifications in a row: by their digits, by a name that only one code has, or by both,
//! which then must agree.

use super::column::Is;
use super::row::RowReader;
use super::value::{self, said};
use mingzhang_model::code::{EconomicCode, FunctionalCode, Level};
use mingzhang_standard::codes::{self, Entry};
use mingzhang_standard::words::{fold, label_key};
use std::collections::HashMap;
use std::fmt::Display;
use std::sync::LazyLock;

/// How many codes of one name a complaint lists.
const LISTED: usize = 5;

/// One of the two classifications.
struct Classification<C: 'static> {
    /// The column of the code.
    code: Is,
    /// The column of the name beside it.
    name: Is,
    /// What a code is, for a complaint.
    wanted: &'static str,
    /// The code of digits, at the lowest level.
    parse: fn(&str) -> Option<C>,
    entry: fn(C) -> Option<&'static Entry>,
    named: fn(&str) -> Vec<C>,
    /// True for a name that the code had.
    was_named: fn(C, &str) -> bool,
}

const FUNCTIONAL: Classification<FunctionalCode> = Classification {
    code: Is::Function,
    name: Is::FunctionName,
    wanted: "7 位的项级功能科目编码，如 2010301",
    parse: |text| FunctionalCode::parse(text).filter(|code| code.level() == Level::Item),
    entry: codes::functional,
    named: |name| {
        let mut found = codes::functional_named(name);
        found.retain(|code| code.level() == Level::Item);
        found
    },
    was_named: |code, name| {
        codes::retired().iter().any(|retired| retired.code == code && label_key(retired.name) == label_key(name))
    },
};

const ECONOMIC: Classification<EconomicCode> = Classification {
    code: Is::Economic,
    name: Is::EconomicName,
    wanted: "5 位的款级部门经济科目编码，如 30201",
    parse: |text| EconomicCode::parse(text).filter(|code| !code.is_class()),
    entry: codes::economic,
    named: |name| ECONOMIC_NAMES.get(&label_key(name)).cloned().unwrap_or_default(),
    was_named: |_, _| false,
};

static ECONOMIC_NAMES: LazyLock<HashMap<String, Vec<EconomicCode>>> = LazyLock::new(|| {
    let mut named: HashMap<String, Vec<EconomicCode>> = HashMap::new();
    for digits in 30_001..40_000 {
        let Some(code) = EconomicCode::parse(&digits.to_string()) else { continue };
        let Some(entry) = codes::economic(code) else { continue };
        for name in entry.other_names.iter().chain([&entry.name]) {
            named.entry(label_key(name)).or_default().push(code);
        }
    }
    named
});

/// The functional code of a row.
pub(super) fn function(row: &mut RowReader) -> Option<FunctionalCode> {
    FUNCTIONAL.read(row)
}

/// The economic code of a row.
pub(super) fn economic(row: &mut RowReader) -> Option<EconomicCode> {
    ECONOMIC.read(row)
}

impl<C: Copy + Display> Classification<C> {
    fn read(&self, row: &mut RowReader) -> Option<C> {
        let (own, beside) = (row.maybe_words(self.code)?, row.maybe_words(self.name)?);
        let folded = fold(&own);
        let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = folded.split_at(digits);
        let rest = rest.trim_start_matches(['-', '_', '.', ':', '|']).trim_matches(['(', ')']);
        let (is, name) = match (digits.is_empty(), beside.is_empty()) {
            (true, true) | (false, true) => (self.code, rest),
            _ => (self.name, beside.as_str()),
        };
        if digits.is_empty() {
            // A name where the code should be, or the name beside an empty one.
            let name = if rest.is_empty() { name } else { rest };
            return self.by_name(row, if rest.is_empty() { is } else { self.code }, name);
        }
        let Some(code) = (self.parse)(digits) else {
            row.fault(self.code, format!("“{}”不是{}", said(&own), self.wanted));
            return None;
        };
        let names = [(self.code, rest), (self.name, beside.as_str())];
        for (is, name) in names.into_iter().filter(|(_, name)| !name.is_empty()) {
            let Some(entry) = (self.entry)(code) else { continue };
            if !entry.is_named(name) && !(self.was_named)(code, name) {
                row.fault(is, format!("名称“{}”与编码 {code}（{}）不符，请核对", said(name), entry.name));
                return None;
            }
        }
        Some(code)
    }

    fn by_name(&self, row: &mut RowReader, is: Is, name: &str) -> Option<C> {
        if name.is_empty() {
            row.fault(self.code, format!("没有填写，应填{}", self.wanted));
            return None;
        }
        let found = (self.named)(name);
        match found.as_slice() {
            [code] => Some(*code),
            [] => {
                row.fault(is, format!("“{}”不是科目编码，也没有这个名称的科目，应填{}", said(name), self.wanted));
                None
            }
            several => {
                let codes: Vec<String> = several.iter().take(LISTED).map(ToString::to_string).collect();
                let more = if several.len() > LISTED { "等" } else { "" };
                let (count, codes) = (several.len(), codes.join("、"));
                row.fault(is, format!("有 {count} 个科目名为“{}”（{codes}{more}），请填编码", said(name)));
                None
            }
        }
    }
}

/// The funds of a known number: 财政拨款, one or several, as the forms write them.
pub(super) fn funds(row: &mut RowReader) -> Option<String> {
    let text = row.maybe_words(Is::Funds)?;
    let mut words = Vec::new();
    for part in text.split(['+', '＋', '、']).filter(|part| !part.trim().is_empty()) {
        let word = match fold(part).as_str() {
            "财政拨款" | "fiscal" => Some("fiscal"),
            _ => value::member(part, value::FUNDS).map(mingzhang_model::set::Member::word),
        };
        let Some(word) = word else {
            let choices = value::terms::<mingzhang_model::key::Fund>();
            row.fault(Is::Funds, format!("“{}”不是资金，只能填：财政拨款、{choices}", said(part)));
            return None;
        };
        words.push(word);
    }
    Some(words.join("+"))
}

/// What forms call some economic codes.
const ECONOMIC_WORDS: [(&str, &str); 6] = [
    ("人员经费", "personnel"),
    ("公用经费", "operating"),
    ("三公经费", "three_public"),
    ("公务用车购置及运行费", "vehicles"),
    ("公务用车购置费", "vehicle_purchase"),
    ("公务用车运行费", "vehicle_running"),
];

/// The economic codes of a known number, as the forms write them; whether they are, the books decide.
pub(super) fn economic_words(row: &mut RowReader) -> Option<String> {
    let text = fold(&row.maybe_words(Is::Economic)?);
    let known = ECONOMIC_WORDS.iter().find(|(name, _)| *name == text).map(|(_, word)| (*word).to_owned());
    let by_name = || match ECONOMIC_NAMES.get(&label_key(&text)).map(Vec::as_slice) {
        Some([code]) => Some(code.to_string()),
        _ => None,
    };
    Some(known.or_else(by_name).unwrap_or(text))
}

/// The functional code of a known number, of any level.
pub(super) fn function_words(row: &mut RowReader) -> Option<String> {
    let text = fold(&row.maybe_words(Is::Function)?);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if text.is_empty() || FunctionalCode::parse(&digits).is_some() {
        return Some(digits);
    }
    let found = codes::functional_named(&text);
    if let ([code], true) = (found.as_slice(), digits.is_empty()) {
        return Some(code.to_string());
    }
    row.fault(Is::Function, format!("“{}”不是功能科目编码，应是 3、5 或 7 位", said(&text)));
    None
}
