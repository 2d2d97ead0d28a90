//! DW001: the word of more or less goes the way of the numbers.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::clause;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("DW001");
    for claim in prose.claims() {
        let Claim::Change { current: Some(current), base, difference, direction, rate, rate_direction } = claim else {
            continue;
        };
        let Some(base) = base else {
            if let (Some(by), Some(Direction::Up)) = (difference, direction)
                && stands_alone(&prose, *current, *by)
                && is_against_last_year(&prose, *current, *by)
            {
                risen_from_nothing(&mut verdicts, &prose, *current, *by);
            }
            continue;
        };
        let (Some(now), Some(then)) = (prose.interval(*current), prose.interval(*base)) else { continue };
        let Some((said, at)) = direction.zip(*difference).or_else(|| rate_direction.zip(*rate)) else { continue };
        let truly = match () {
            () if now.exceeds(then) => Direction::Up,
            () if then.exceeds(now) => Direction::Down,
            () => continue,
        };
        if said == truly {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "由 {} 到 {} 是{}，文中写的是{}",
            prose.words(*base),
            prose.words(*current),
            word(truly),
            word(said)
        );
        prose.fail(&mut verdicts, Severity::Error, at, &[*current, *base], message);
    }
    verdicts.outcome("文中没有同时写出本年数、上年数和增减方向")
}

/// True when the amount is the only one that its clause names before the difference: behind several nobody can tell
/// which of them has risen.
fn stands_alone(prose: &Prose<'_>, current: usize, by: usize) -> bool {
    const ENDS: [char; 6] = ['。', '；', ';', '：', ':', '、'];
    let mentions = &prose.facts.prose.mentions;
    let (own, next) = (&mentions[current].span, &mentions[by].span);
    let Some(Block::Paragraph(paragraph)) = prose.document.blocks.get(own.block) else { return false };
    let from = current.checked_sub(1).map(|before| &mentions[before].span).filter(|span| span.block == own.block);
    let before = &paragraph.text[from.map_or(0, |span| span.bytes.end)..own.bytes.start];
    let first = from.is_none() || before.contains(ENDS);
    let directly = current + 1 == by && own.block == next.block;
    directly && first && !paragraph.text[own.bytes.end..next.bytes.start].contains(ENDS)
}

/// True when the difference is said to be against last year, and the amount is of a kind that is never below nothing.
fn is_against_last_year(prose: &Prose<'_>, current: usize, by: usize) -> bool {
    const SIGNED: [&str; 7] = ["结余", "结转", "差额", "利润", "盈余", "年初", "期初"];
    let last = prose.facts.disclosure.year.map(|year| format!("{}年", year - 1));
    let (said, compared) = (clause(prose, current), clause(prose, by));
    let last_year = ["上年", "去年", "同比"].iter().any(|word| compared.contains(word))
        || last.is_some_and(|last| compared.contains(&last));
    last_year && !SIGNED.iter().any(|word| said.contains(word))
}

/// Nothing has risen by more than it is.
fn risen_from_nothing(verdicts: &mut Verdicts, prose: &Prose<'_>, current: usize, by: usize) {
    let (Some(now), Some(risen)) = (prose.interval(current), prose.interval(by)) else { return };
    if !risen.exceeds(now) {
        verdicts.pass();
        return;
    }
    let (now, risen) = (prose.words(current), prose.words(by));
    let message = format!("本年数 {now} 比增加额 {risen} 还小，上年数就成了负数；方向或者金额写错了一处");
    prose.fail(verdicts, Severity::Error, by, &[current], message);
}

/// The word that a person would use.
pub(crate) fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "增加",
        Direction::Down => "减少",
        Direction::Level => "持平",
    }
}
