//! The counts of a run as lines of text, in both languages.

use std::collections::BTreeMap;

use super::Lang;
use crate::statistics::{Counts, RuleCounts, Statistics};
use crate::wide;

struct Words {
    total: &'static str,
    heads: [&'static str; 5],
    not_applicable: &'static str,
    undecided: &'static str,
    unkeyed: &'static str,
    unrecognised: &'static str,
    unresolved: &'static str,
    of: &'static str,
}

const ZH: Words = Words {
    total: "统计：全部文件",
    heads: ["规则", "问题", "通过", "不适用", "无法判断"],
    not_applicable: "不适用",
    undecided: "无法判断",
    unkeyed: "未取数的格",
    unrecognised: "未识别的表",
    unresolved: "没有读懂的正文数字",
    of: "，共",
};

const EN: Words = Words {
    total: "statistics: all files",
    heads: ["rule", "findings", "passed", "not applicable", "undecided"],
    not_applicable: "not applicable",
    undecided: "undecided",
    unkeyed: "cells without a key",
    unrecognised: "tables not recognised",
    unresolved: "numbers of the text not resolved",
    of: " of",
};

/// Every document of several by itself, then all together.
pub(crate) fn lines(statistics: &Statistics, lang: Lang) -> Vec<String> {
    let words = match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    };
    let mut lines = Vec::new();
    if statistics.documents.len() > 1 {
        for document in &statistics.documents {
            push(&mut lines, &document.path, &document.counts, words, lang);
        }
    }
    push(&mut lines, words.total, &statistics.total, words, lang);
    lines
}

fn push(lines: &mut Vec<String>, heading: &str, counts: &Counts, words: &Words, lang: Lang) {
    lines.push(heading.to_owned());
    let row = |cells: [String; 5]| {
        let [code, numbers @ ..] = cells;
        let numbers = numbers.iter().zip(&words.heads[1..]);
        let numbers: String = numbers.map(|(n, head)| wide::padded_left(n, wide::width(head) + 2)).collect();
        format!("  {}{numbers}", wide::padded(&code, 6))
    };
    lines.push(row(words.heads.map(str::to_owned)));
    for (code, rule) in &counts.rules {
        let sum = |reasons: &BTreeMap<String, usize>| reasons.values().sum::<usize>();
        let numbers = [rule.findings, rule.passed, sum(&rule.not_applicable), sum(&rule.undecided)];
        let [findings, passed, not_applicable, undecided] = numbers.map(|n| n.to_string());
        lines.push(row([code.clone(), findings, passed, not_applicable, undecided]));
    }
    push_reasons(lines, words.not_applicable, counts, |rule| &rule.not_applicable);
    push_reasons(lines, words.undecided, counts, |rule| &rule.undecided);
    lines.push(format!("  {} {}{}", words.unkeyed, counts.unkeyed.values().sum::<usize>(), whys(counts, lang)));
    lines.push(format!("  {} {}", words.unrecognised, counts.unrecognised));
    lines.push(format!("  {} {}{} {}", words.unresolved, counts.unresolved, words.of, counts.amounts));
    lines.push(String::new());
}

/// The reasons of all rules, each with the codes that gave it.
fn push_reasons(
    lines: &mut Vec<String>,
    heading: &str,
    counts: &Counts,
    reasons: impl Fn(&RuleCounts) -> &BTreeMap<String, usize>,
) {
    let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, rule) in &counts.rules {
        for why in reasons(rule).keys() {
            codes.entry(why).or_default().push(code);
        }
    }
    for (why, codes) in codes {
        lines.push(format!("  {heading}  {why}: {}", codes.join(" ")));
    }
}

fn whys(counts: &Counts, lang: Lang) -> String {
    let term = |word: &str| match (word, lang) {
        ("not_a_number", Lang::Zh) => "不是数".to_owned(),
        ("unknown_row", Lang::Zh) => "行名或编码不认识".to_owned(),
        ("unknown_unit", Lang::Zh) => "单位不明".to_owned(),
        (other, _) => other.replace('_', " "),
    };
    let parts: Vec<String> = counts.unkeyed.iter().map(|(word, n)| format!("{} {n}", term(word))).collect();
    match (parts.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", parts.join("，")),
        (false, Lang::En) => format!(" ({})", parts.join(", ")),
    }
}
