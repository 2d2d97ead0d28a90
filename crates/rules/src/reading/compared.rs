//! Pairs of amounts that a sentence compares: an outturn with its budget, this year with last year.
//!
//! Shared by the rules of the words 大于, 小于, 持平. A pair is taken only where the two amounts stand next to
//! each other directly before the words.

use crate::prose::Prose;
use crate::text::Passage;
use mingzhang_model::amount::Interval;
use mingzhang_standard::words;
use std::ops::Range;

/// An outturn and the budget that it is measured by.
pub(crate) struct Executed {
    pub(crate) budget: usize,
    pub(crate) outturn: usize,
}

/// How two amounts stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    More,
    Less,
    Equal,
    /// Rounding leaves it open.
    Open,
}

/// The mentions of a paragraph before one of its bytes, the nearest first.
pub(crate) fn before<'p>(prose: &'p Prose<'_>, passage: &Passage<'_>, at: usize) -> impl Iterator<Item = usize> + 'p {
    let mentions = &prose.facts.prose.mentions;
    let block = passage.block;
    let end = mentions.partition_point(|m| (m.span.block, m.span.bytes.end) <= (block, at));
    (0..end).rev().take_while(move |i| mentions[*i].span.block == block)
}

/// The mentions that stand in some bytes of a paragraph, in order.
pub(crate) fn within(prose: &Prose<'_>, passage: &Passage<'_>, bytes: &Range<usize>) -> Vec<usize> {
    let mut found: Vec<usize> = before(prose, passage, bytes.end)
        .take_while(|i| prose.facts.prose.mentions[*i].span.bytes.start >= bytes.start)
        .collect();
    found.reverse();
    found
}

/// The last clause of what leads to a number, folded.
pub(crate) fn clause(prose: &Prose<'_>, mention: usize) -> String {
    let lead = words::fold(&prose.facts.prose.mentions[mention].lead);
    lead.rsplit([',', ';', ':', '。']).next().unwrap_or(&lead).to_string()
}

/// The budget and the outturn that stand last before some words.
pub(crate) fn executed(prose: &Prose<'_>, passage: &Passage<'_>, at: usize) -> Option<Executed> {
    let mut amounts = before(prose, passage, at).filter(|i| prose.figure(*i).is_some());
    let (outturn, budget) = (amounts.next()?, amounts.next()?);
    let (spent, planned) = (clause(prose, outturn), clause(prose, budget));
    let own_year =
        |clause: &str| !["上年", "去年", "比", "较", "增加", "减少"].iter().any(|word| clause.contains(word));
    let is_outturn = spent.contains("决算") && !spent.contains("预算");
    let is_budget = planned.contains("预算") && !planned.contains("决算");
    let pair = is_outturn && is_budget && own_year(&spent) && own_year(&planned);
    pair.then_some(Executed { budget, outturn })
}

/// How one amount stands to another.
pub(crate) fn order(one: Interval, other: Interval) -> Order {
    if one == other {
        return Order::Equal;
    }
    match (one.exceeds(other), other.exceeds(one)) {
        (true, _) => Order::More,
        (_, true) => Order::Less,
        _ => Order::Open,
    }
}

/// Which budget some words name; none where they say 预算 only.
pub(crate) fn stage_word(clause: &str) -> Option<&'static str> {
    ["年初预算", "全年预算", "调整"].into_iter().find(|word| clause.contains(word))
}

/// What a sentence says of an outturn and its budget.
pub(crate) struct Comparison {
    /// 决算数小于年初预算数
    pub(crate) bytes: Range<usize>,
    pub(crate) said: Order,
    /// 基本持平
    pub(crate) roughly: bool,
    pub(crate) pair: Executed,
}

/// The comparisons of an outturn with its budget in a paragraph.
pub(crate) fn comparisons(prose: &Prose<'_>, passage: &Passage<'_>) -> Vec<Comparison> {
    const NEAR: usize = 60;
    let text = passage.text();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("决算") {
        let Some((said, roughly, stage, length)) = said(&text[at..]) else { continue };
        let Some(pair) = executed(prose, passage, at) else { continue };
        let between = text.get(prose.facts.prose.mentions[pair.outturn].span.bytes.end..at).unwrap_or_default();
        // 其中 and a new subject between the amounts and the words: they speak of something else.
        let other =
            between.chars().count() > NEAR || ["其中", "三公", "合计", "总"].iter().any(|w| between.contains(w));
        let planned = clause(prose, pair.budget);
        let differs = stage.is_some_and(|stage| stage_word(&planned).is_some_and(|own| own != stage));
        if !other && !differs {
            found.push(Comparison { bytes: at..at + length, said, roughly, pair });
        }
    }
    found
}

/// 决算数小于年初预算数: what it says, of which budget, and how long it is.
fn said(text: &str) -> Option<(Order, bool, Option<&'static str>, usize)> {
    const VERBS: [(&str, Order); 7] = [
        ("大于", Order::More),
        ("高于", Order::More),
        ("超过", Order::More),
        ("小于", Order::Less),
        ("低于", Order::Less),
        ("等于", Order::Equal),
        ("与", Order::Equal),
    ];
    let rest = text.strip_prefix("决算")?;
    let rest = rest.strip_prefix('数').unwrap_or(rest);
    let (verb, mut order) = VERBS.into_iter().find(|(verb, _)| rest.starts_with(verb))?;
    let behind = &rest[verb.len()..];
    // An option never chosen, 大于（小于）, says nothing.
    let until = behind.find("预算").filter(|until| *until <= "年初调整后".len())?;
    let stage = stage_word(&behind[..until + "预算".len()]);
    if behind[..until].contains(['（', '(']) {
        return None;
    }
    let tail = &behind[until + "预算".len()..];
    let tail = tail.strip_prefix('数').unwrap_or(tail);
    let mut end = text.len() - tail.len();
    let mut roughly = false;
    if verb == "与" {
        let level =
            ["基本持平", "持平", "相等", "一致", "相同", "基本一致"].into_iter().find(|word| tail.starts_with(word))?;
        roughly = level.starts_with("基本");
        order = Order::Equal;
        end += level.len();
    }
    Some((order, roughly, stage, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_comparison_are_read_with_their_budget() {
        let of = |text| said(text).map(|(order, roughly, stage, length)| (order, roughly, stage, &text[..length]));
        assert_eq!(of("决算数小于年初预算数的"), Some((Order::Less, false, Some("年初预算"), "决算数小于年初预算数")));
        assert_eq!(of("决算数与预算数基本持平。"), Some((Order::Equal, true, None, "决算数与预算数基本持平")));
        assert_eq!(of("决算数大于（小于）预算数的"), None);
        assert_eq!(of("决算数与2023年度持平"), None);
    }
}
