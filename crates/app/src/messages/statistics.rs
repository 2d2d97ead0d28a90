//! The counts of a run as lines of text, in both languages.

use std::collections::BTreeMap;

use super::Lang;
use crate::coverage::Coverage;
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
    coverage: [&'static str; 8],
    of_all: &'static str,
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
    coverage: ["地方", "文件", "表", "识别", "金额格", "取数", "证实", "矛盾"],
    of_all: "全部",
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
    coverage: ["place", "files", "tables", "known", "cells", "keyed", "proven", "denied"],
    of_all: "all",
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
    push_coverage(&mut lines, statistics, words);
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
    lines.push(format!("  {} {}", words.unrecognised, counts.coverage.unrecognised()));
    lines.push(format!("  {} {}{} {}", words.unresolved, counts.unresolved, words.of, counts.amounts));
    lines.push(String::new());
}

/// How far the tables were understood, place by place.
fn push_coverage(lines: &mut Vec<String>, statistics: &Statistics, words: &Words) {
    let row = |first: &str, cells: [String; 7]| {
        let cells: String = cells.iter().map(|cell| wide::padded_left(cell, 10)).collect();
        format!("  {}{cells}", wide::padded(first, 10))
    };
    let percent = |part: usize, whole: usize| match whole {
        0 => "-".to_owned(),
        // Hundredths of a per cent in whole numbers: nothing here is rounded up to 100.
        _ => format!("{}.{:02}%", part * 100 / whole, part * 10_000 / whole % 100),
    };
    let of = |name: &str, one: &Coverage| {
        let shares = [(one.recognised, one.tables), (one.keyed, one.cells), (one.proven, one.keyed)];
        let [recognised, keyed, proven] = shares.map(|(part, whole)| percent(part, whole));
        let contradicted = percent(one.contradicted, one.keyed);
        let (documents, tables, cells) = (one.documents.to_string(), one.tables.to_string(), one.cells.to_string());
        row(name, [documents, tables, recognised, cells, keyed, proven, contradicted])
    };
    let [first, heads @ ..] = words.coverage;
    lines.push(row(first, heads.map(str::to_owned)));
    lines.extend(statistics.places.iter().map(|(place, one)| of(place, one)));
    lines.push(of(words.of_all, &statistics.total.coverage));
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
        ("unknown_column", Lang::Zh) => "表头不认识".to_owned(),
        (other, _) => other.replace('_', " "),
    };
    let parts: Vec<String> = counts.unkeyed.iter().map(|(word, n)| format!("{} {n}", term(word))).collect();
    match (parts.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", parts.join("，")),
        (false, Lang::En) => format!(" ({})", parts.join(", ")),
    }
}
