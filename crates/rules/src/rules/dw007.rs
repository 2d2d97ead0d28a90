//! DW007: the reason given for a change does not speak of the opposite.
//!
//! A reason may well name both what rose and what fell. Only one that speaks of nothing but the other
//! direction is told.

use super::Verdicts;
use crate::prose::Prose;
use crate::rules::dw001::word;
use crate::text::{Hit, Passage, passages, report};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::Outcome;

const UP: [&str; 8] = ["增加", "增长", "提高", "上升", "新增", "上调", "增大", "扩大"];
const DOWN: [&str; 19] = [
    "减少", "下降", "降低", "压缩", "压减", "节约", "减", "取消", "未", "不再", "完成", "结束", "调整", "严控", "划转",
    "分流", "调出", "转出", "剥离",
];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW007");
    for claim in prose.claims() {
        let Claim::Change { difference, direction, rate, rate_direction, .. } = claim else { continue };
        let Some(last) = rate.or(*difference) else { continue };
        let Some(direction) = direction.or(*rate_direction).filter(|d| *d != Direction::Level) else { continue };
        let Some(reason) = prose.reason_behind(last) else { continue };
        match opposite(&reason, direction).filter(|_| !looks_back(&reason, facts.disclosure.year)) {
            None => verdicts.pass(),
            Some(said) => {
                let location = Locator { quote: Some(reason.clone()), ..prose.locator(last) };
                let message = format!("前面写的是{}，原因却只说“{said}”：{reason}", word(direction));
                verdicts.fail(location, &reason, message);
            }
        }
    }
    headed(&mut verdicts, &prose);
    verdicts.outcome("文中没有增减的原因")
}

/// 财政拨款收入支出增加的主要原因: the words that announce a reason go the way of the changes told right before.
fn headed(verdicts: &mut Verdicts, prose: &Prose<'_>) {
    const WORDS: [(&str, Direction); 6] = [
        ("增加的主要原因", Direction::Up),
        ("增加的原因", Direction::Up),
        ("增长的主要原因", Direction::Up),
        ("减少的主要原因", Direction::Down),
        ("减少的原因", Direction::Down),
        ("下降的主要原因", Direction::Down),
    ];
    for passage in passages(prose.document) {
        for (words, said) in WORDS {
            for (at, _) in passage.text().match_indices(words) {
                let bytes = at..at + words.len();
                let told = told_before(prose, &passage, at);
                if told.is_empty() || !speaks_of_both(&passage.text()[..at]) {
                    continue;
                }
                if told.contains(&said) {
                    verdicts.pass();
                    continue;
                }
                let before = word(told[0]);
                let message = format!("前面写的都是{before}，这里却说明{}的原因，请核对", word(said));
                report(verdicts, prose.facts, &passage, Hit { bytes, message });
            }
        }
    }
}

/// True where a clause names income and expenditure together, 财政拨款收入支出: what it goes on with can only be what
/// was told of both.
fn speaks_of_both(text: &str) -> bool {
    let clause = text.rsplit(['。', '，', '；', '、', '：', '）']).next().unwrap_or(text).trim();
    let both = clause.contains("收支") || clause.contains("收入") && clause.contains("支出");
    both && clause.chars().all(|c| "财政拨款收支出入总预决算本年度部门单位".contains(c))
}

/// The directions of the changes that are told before a place of a paragraph; of those in the paragraph before where
/// its own has none.
fn told_before(prose: &Prose<'_>, passage: &Passage<'_>, at: usize) -> Vec<Direction> {
    let mentions = &prose.facts.prose.mentions;
    let changes = |block: usize, end: usize| {
        let told = prose.claims().iter().filter_map(move |claim| {
            let Claim::Change { difference, direction, rate, rate_direction, .. } = claim else { return None };
            let span = &mentions[difference.or(*rate)?].span;
            let is_told = span.block == block && span.bytes.end <= end;
            direction.or(*rate_direction).filter(|_| is_told)
        });
        told.collect::<Vec<Direction>>()
    };
    let own = changes(passage.block, at);
    let alone = own.is_empty() && !prose.facts.prose.mentions.iter().any(|m| m.span.block == passage.block);
    if alone { passage.block.checked_sub(1).map_or(own, |block| changes(block, usize::MAX)) } else { own }
}

/// The word of the other direction, where the reason holds no word of the right one.
fn opposite(reason: &str, direction: Direction) -> Option<&'static str> {
    let (right, wrong): (&[&str], &[&'static str]) = match direction {
        Direction::Up => (&UP, &DOWN[..5]),
        Direction::Down => (&DOWN, &UP[..4]),
        Direction::Level => return None,
    };
    let holds = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    wrong.iter().copied().find(|word| reason.contains(word)).filter(|_| !holds(right))
}

/// 2025年增加了设备购置: what rose last year is a reason why this year falls. 比上年增加 speaks of this year.
fn looks_back(reason: &str, year: Option<u16>) -> bool {
    let named = year.map(|year| format!("{}年", year - 1));
    let words = ["上年", "去年", "上一年"].into_iter().chain(named.as_deref());
    words
        .flat_map(|word| reason.match_indices(word))
        .any(|(at, _)| !reason[..at].ends_with(['比', '较', '与', '同', '于']))
}
