//! DW005: what is called level is level.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::{Order, before, clause, comparisons, order};
use crate::text::{Hit, Passage, passages, places_of, report};
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW005");
    for passage in passages(document) {
        for bytes in places_of(passage.text(), &["基本持平", "持平"]) {
            match contradiction(&prose, &passage, &bytes) {
                None => verdicts.pass(),
                Some(message) => drop(report(&mut verdicts, facts, &passage, Hit { bytes, message })),
            }
        }
        for said in comparisons(&prose, &passage).into_iter().filter(|said| said.roughly) {
            let (spent, planned) = (prose.interval(said.pair.outturn), prose.interval(said.pair.budget));
            if spent.zip(planned).is_some_and(|(spent, planned)| !is_near(spent, planned)) {
                let (spent, planned) = (prose.words(said.pair.outturn), prose.words(said.pair.budget));
                let message = format!("写的是“基本持平”，但决算数 {spent} 与预算数 {planned} 相差超过百分之一");
                report(&mut verdicts, facts, &passage, Hit { bytes: said.bytes, message });
            }
        }
    }
    verdicts.outcome("文中没有“持平”")
}

/// What the words contradict: the two amounts of their sentence, or the difference told just before.
fn contradiction(prose: &Prose<'_>, passage: &Passage<'_>, bytes: &Range<usize>) -> Option<String> {
    let text = passage.text();
    let roughly = text[bytes.clone()].starts_with("基本")
        || text[..bytes.start].ends_with("基本与上年")
        || text[..bytes.start].ends_with("基本与去年");
    let from = text[..bytes.start]
        .rfind(['。', '；', ';'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let sentence: Vec<usize> = before(prose, passage, bytes.start)
        .take_while(|i| prose.facts.prose.mentions[*i].span.bytes.start >= from)
        .collect();
    let last = *sentence.first()?;
    let between = words::fold(&text[prose.facts.prose.mentions[last].span.bytes.end..bytes.start]);
    let between = last_year(&between, prose.facts.disclosure.year);
    let told = ["", "与上年", "与去年", "与上年度", "比上年", "基本与上年", "与上年基本", "与上年预算", "与去年预算"];
    let direct = told.contains(&between.trim_matches([',', '、']));
    // 减少为0万元 tells of a change whatever it ends in.
    let tells = |i: &usize| is_something(prose, *i) || is_change_to(prose, *i);
    let moved = sentence.iter().copied().take_while(|i| is_change(prose, *i)).find(tells);
    // 比年初预算减少0.10万元，与上年持平: each against its own base.
    let same_base = |moved: &usize| {
        let moved = clause(prose, *moved);
        ["预算", "执行", "调整"].iter().all(|base| moved.contains(base) == between.contains(base))
    };
    let moved = moved.filter(same_base);
    if let Some(moved) = moved.filter(|_| direct && !roughly) {
        let words = prose.words(moved);
        return Some(format!("前面刚写了“{}{words}”，这里又说“持平”", clause(prose, moved)));
    }
    let (base, now) = two_years(prose, &sentence, &between)?;
    let (then, value) = (prose.interval(base)?, prose.interval(now)?);
    let level = if roughly { is_near(value, then) } else { !matches!(order(value, then), Order::More | Order::Less) };
    let (now, base) = (prose.words(now), prose.words(base));
    (!level).then(|| format!("写的是“持平”，但本年数 {now} 与上年数 {base} 不等"))
}

/// The number of last year and that of this year, where the sentence holds just these two.
fn two_years(prose: &Prose<'_>, sentence: &[usize], between: &str) -> Option<(usize, usize)> {
    let [now, base] = sentence else { return None };
    let (new, old) = (clause(prose, *now), clause(prose, *base));
    let last_year = |clause: &str| {
        let named = clause.contains("上年")
            || clause.contains("去年")
            || words::year_in(clause).zip(prose.facts.disclosure.year).is_some_and(|(said, own)| said + 1 == own);
        named && ["预算", "决算", "执行"].iter().any(|word| clause.contains(word))
    };
    let same_stage = |stage: &str| old.contains(stage) == between.contains(stage);
    let pair = last_year(&old) && !last_year(&new) && same_stage("执行") && same_stage("决算");
    let compares = between.contains("执行") || between.contains("预算") || between.contains("决算");
    (pair && compares && prose.figure(*now).is_some() && prose.figure(*base).is_some()).then_some((*base, *now))
}

/// True for a difference or the rate of one.
fn is_change(prose: &Prose<'_>, mention: usize) -> bool {
    const WORDS: [&str; 6] = ["增加", "减少", "增长", "下降", "提高", "降低"];
    let clause = clause(prose, mention);
    let clause = clause.trim_end_matches(['了', '为', '约', '到']);
    WORDS.iter().any(|word| clause.ends_with(word))
}

/// True where the words lead to what is left or reached: 减少为, 增加到.
fn is_change_to(prose: &Prose<'_>, mention: usize) -> bool {
    let clause = clause(prose, mention);
    ["减少为", "下降为", "降低为", "增加为", "减少到", "下降到", "增加到"].iter().any(|words| clause.ends_with(words))
}

/// 与2024年 and 与2024年度 of a document of 2025 as 与上年.
fn last_year(between: &str, year: Option<u16>) -> String {
    let Some(last) = year.map(|year| year - 1) else { return between.to_string() };
    between.replace(&format!("{last}年度"), "上年").replace(&format!("{last}年"), "上年")
}

fn is_something(prose: &Prose<'_>, mention: usize) -> bool {
    match prose.facts.prose.mentions[mention].quantity {
        Quantity::Money { figure, .. } => !figure.amount.is_zero(),
        Quantity::Percent(percent) => percent.digits != 0,
        Quantity::Count { number, .. } => number != 0,
    }
}

/// 基本持平: no more than one per cent apart.
fn is_near(one: Interval, other: Interval) -> bool {
    let (one, other) = (i128::from(one.middle().0), i128::from(other.middle().0));
    (one - other).abs() * 100 <= other.abs() || one == other
}
