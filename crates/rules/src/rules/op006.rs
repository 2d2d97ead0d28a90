//! OP006: operating funds cannot grow by more than they are, nor fall by more than all of last year's; and a change
//! has a reason.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Direction};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let prose = &stated.prose;
    let mut verdicts = Verdicts::of("OP006");
    let own: Vec<usize> = stated.all(Statistic::OperatingFunds).collect();
    for claim in prose.claims() {
        let Claim::Change { current: Some(current), difference: Some(difference), direction, rate, .. } = claim else {
            continue;
        };
        if !own.contains(current) {
            continue;
        }
        let (Some(now), Some(by)) = (prose.interval(*current), prose.interval(*difference)) else { continue };
        let (own, change) = (prose.words(*current), prose.words(*difference));
        if *direction == Some(Direction::Up) && by.exceeds(now) {
            let message = format!("机关运行经费是 {own}，却写比上年增加 {change}；增加额不会大于本年数");
            stated.fail_at(&mut verdicts, Severity::Error, *difference, &[*current], message);
            continue;
        }
        let over =
            rate.filter(|rate| prose.percent(*rate).is_some_and(|p| p.digits > 100 * 10i64.pow(u32::from(p.decimals))));
        if let (Some(Direction::Down), Some(rate)) = (direction, over) {
            let message = format!("机关运行经费下降 {}，下降不会超过100%", prose.words(rate));
            stated.fail_at(&mut verdicts, Severity::Error, rate, &[*current, *difference], message);
            continue;
        }
        if by.middle().is_zero() || gives_reason(prose, &stated.paragraph(*current), *difference) {
            verdicts.pass();
            continue;
        }
        let message = format!("机关运行经费比上年增减 {change}，没有写明原因");
        stated.fail_at(&mut verdicts, Severity::Warning, *difference, &[*current], message);
    }
    verdicts.outcome("文中没有机关运行经费的增减")
}

/// True when a reason stands behind the change in its paragraph, or the paragraph is cut and may go on.
fn gives_reason(prose: &Prose<'_>, paragraph: &str, difference: usize) -> bool {
    let change = mingzhang_standard::words::fold(prose.words(difference));
    let behind = paragraph.split_once(&change).map_or(paragraph, |(_, behind)| behind);
    let reasons = ["原因", "主要是", "主要系", "主要为", "由于", "因为", "系", "因", "是"];
    reasons.iter().any(|word| behind.contains(word)) || !paragraph.ends_with('。')
}
