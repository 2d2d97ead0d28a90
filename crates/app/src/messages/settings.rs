//! What is said about settings, baselines and suppressions, in both languages.

use std::path::Path;

use super::Lang;
use crate::settings::Complaint;
use crate::suppression::{Standing, Use};

/// What is wrong with a setting.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Trouble {
    /// The system gave no file; its words.
    Unreadable(String),
    /// The file is no text.
    NotUtf8,
    /// The file is not written as TOML is; the parser's words.
    NotToml(String),
    /// A key that is none of these.
    UnknownKey(String, &'static [&'static str]),
    /// A key whose value is of another kind.
    WrongValue(String, Wanted),
    /// A word with which no rule begins.
    NoSuchRule(String),
    /// A suppression without this key.
    Missing(&'static str),
    /// A suppression that says neither which finding nor which rule of which documents.
    NoTarget,
    /// A baseline that is neither JSON nor JSON lines; the parser's words.
    NotABaseline(String),
    /// The day that the environment names is none.
    NoDay(String),
}

/// The kind of value that a key wants.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Wanted {
    Words,
    Codes,
    OneOf(Vec<String>),
    Number,
    Day,
    Tables,
}

/// How the findings of a run compare with a baseline.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Against {
    /// Findings that the baseline has not.
    pub(crate) new: usize,
    /// Findings that it has.
    pub(crate) known: usize,
    /// Findings of it that are gone from the documents of this run.
    pub(crate) fixed: usize,
}

/// The complaint, with the place that it is about.
pub(crate) fn complaint(complaint: &Complaint, lang: Lang) -> String {
    let words = match lang {
        Lang::Zh => trouble_zh(&complaint.trouble),
        Lang::En => trouble_en(&complaint.trouble),
    };
    let path = complaint.path.as_deref().map(Path::to_string_lossy);
    match (path, complaint.line, lang) {
        (None, _, _) => words,
        (Some(path), None, Lang::Zh) => format!("{path}：{words}"),
        (Some(path), None, Lang::En) => format!("{path}: {words}"),
        (Some(path), Some(line), Lang::Zh) => format!("{path} 第 {line} 行：{words}"),
        (Some(path), Some(line), Lang::En) => format!("{path} line {line}: {words}"),
    }
}

fn trouble_zh(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable(why) => format!("无法读取（{why}），请核对路径和权限"),
        Trouble::NotUtf8 => "不是 UTF-8 文本，请另存为 UTF-8".into(),
        Trouble::NotToml(why) => format!("不符合 TOML 写法（{why}）"),
        Trouble::UnknownKey(key, known) => format!("不认识的键 {key}，可用：{}", known.join("、")),
        Trouble::WrongValue(key, wanted) => format!("{key} 应为{}", wanted_zh(wanted)),
        Trouble::NoSuchRule(code) => format!("没有编码为 {code} 或以它开头的规则。全部规则见 mingzhang rule --all"),
        Trouble::Missing(key) => format!("豁免缺少 {key}；reason（理由）、by（何人）、until（截止日）都要写明"),
        Trouble::NoTarget => "豁免要写明 fingerprint，或同时写明 rule 和 document，二者取一".into(),
        Trouble::NotABaseline(why) => format!("不是可用的基线（{why}），应为 --write-baseline 或 json、jsonl 的输出"),
        Trouble::NoDay(words) => format!("{words} 不是日期，应为 YYYY-MM-DD"),
    }
}

fn trouble_en(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable(why) => format!("cannot be read ({why}); check the path and the permissions"),
        Trouble::NotUtf8 => "is not UTF-8; save it as UTF-8".into(),
        Trouble::NotToml(why) => format!("is not TOML ({why})"),
        Trouble::UnknownKey(key, known) => format!("unknown key {key}; possible: {}", known.join(", ")),
        Trouble::WrongValue(key, wanted) => format!("{key} must be {}", wanted_en(wanted)),
        Trouble::NoSuchRule(code) => format!("no rule is called {code} or begins so; mingzhang rule --all lists all"),
        Trouble::Missing(key) => format!("the suppression has no {key}; reason, by and until are all needed"),
        Trouble::NoTarget => "a suppression names a fingerprint, or else a rule and a document".into(),
        Trouble::NotABaseline(why) => {
            format!("is no baseline ({why}); use what --write-baseline, json or jsonl wrote")
        }
        Trouble::NoDay(words) => format!("{words} is no day; write YYYY-MM-DD"),
    }
}

fn wanted_zh(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Words => "不空的文字".into(),
        Wanted::Codes => "规则编码的列表，例如 [\"TA\", \"HI001\"]".into(),
        Wanted::OneOf(names) => format!("其中之一：{}", names.join("、")),
        Wanted::Number => "不小于 1 的整数".into(),
        Wanted::Day => "日期 YYYY-MM-DD".into(),
        Wanted::Tables => "若干 [[suppress]] 表".into(),
    }
}

fn wanted_en(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Words => "text that is not empty".into(),
        Wanted::Codes => "a list of codes such as [\"TA\", \"HI001\"]".into(),
        Wanted::OneOf(names) => format!("one of {}", names.join(", ")),
        Wanted::Number => "a whole number from 1 on".into(),
        Wanted::Day => "a day, YYYY-MM-DD".into(),
        Wanted::Tables => "[[suppress]] tables".into(),
    }
}

/// What a person must know of a suppression: nothing where it did what it should.
pub(crate) fn suppression(used: &Use, lang: Lang) -> Option<String> {
    let (target, line) = (used.suppression.target.to_string(), used.suppression.line);
    let until = used.suppression.until;
    Some(match (used.standing, lang) {
        (Standing::Used | Standing::NotSelected, _) => return None,
        (Standing::Unused, Lang::Zh) => {
            format!("备注：第 {line} 行的豁免本次没有用到，可以删去（{target}）")
        }
        (Standing::Unused, Lang::En) => {
            format!("note: the suppression in line {line} was not used and can go ({target})")
        }
        (Standing::Expired, Lang::Zh) => {
            format!("备注：第 {line} 行的豁免已于 {until} 到期，不再有效（{target}）")
        }
        (Standing::Expired, Lang::En) => {
            format!("note: the suppression in line {line} ended on {until} and no longer counts ({target})")
        }
    })
}

/// How a run compares with its baseline.
pub(crate) fn against(against: Against, lang: Lang) -> String {
    let Against { new, known, fixed } = against;
    match lang {
        Lang::Zh => format!("对照基线：{new} 个新问题，{known} 个已知，{fixed} 个已消失"),
        Lang::En => format!("against the baseline: {new} new, {known} known, {fixed} gone"),
    }
}
