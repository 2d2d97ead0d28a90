//! OP007: what operating funds are listed to be spent on does not exceed them, and makes them up where the list is
//! whole.

use super::Verdicts;
use crate::prose::like;
use crate::reading::stated::Stated;
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let prose = &stated.prose;
    let mut verdicts = Verdicts::of("OP007");
    let totals: Vec<usize> = stated.all(Statistic::OperatingFunds).collect();
    for total in totals {
        let parts = parts(&stated, total);
        let sum: Option<Interval> = parts.iter().map(|part| prose.interval(*part)).sum();
        let (Some(sum), Some(whole), Some(figure)) = (sum, prose.interval(total), prose.figure(total)) else {
            continue;
        };
        if parts.len() < 2 {
            continue;
        }
        let list: Vec<&str> = parts.iter().map(|part| prose.words(*part)).collect();
        let (listed, added) = (list.join(" + "), like(figure_of(prose, &parts, figure), sum.middle()));
        let severity = if sum.exceeds(whole) {
            Severity::Error
        } else if matches!(sum.agreement(whole), Agreement::Off(_)) && is_whole(&stated, document, &parts) {
            Severity::Warning
        } else {
            verdicts.pass();
            continue;
        };
        let message = format!("机关运行经费写为 {}，列出的各项之和为 {added}（{listed}），请核对", prose.words(total));
        stated.fail_at(&mut verdicts, severity, total, &parts, message);
    }
    verdicts.outcome("文中没有列出机关运行经费的构成")
}

/// The most precise of the figures, by which the sum is told.
fn figure_of(
    prose: &crate::prose::Prose<'_>,
    parts: &[usize],
    total: mingzhang_model::amount::Figure,
) -> mingzhang_model::amount::Figure {
    let figures = parts.iter().filter_map(|part| prose.figure(*part)).filter(|figure| figure.unit == total.unit);
    figures.fold(total, |most, figure| if figure.decimals > most.decimals { figure } else { most })
}

/// The expenses listed behind the total in its paragraph, once 主要用于 or 其中 begins the list.
fn parts(stated: &Stated<'_>, total: usize) -> Vec<usize> {
    const BEGIN: [&str; 6] = ["主要用于", "其中", "包括", "具体", "用于", "主要支出"];
    const OTHERS: [&str; 9] = ["增加", "减少", "增长", "下降", "上年", "去年", "比20", "较", "同比"];
    let mentions = &stated.prose.facts.prose.mentions;
    let block = mentions[total].span.block;
    let mut parts = Vec::new();
    for mention in (total + 1..mentions.len()).take_while(|m| mentions[*m].span.block == block) {
        let lead = stated.lead(mention);
        let name = lead.trim_end_matches(['为', ',', '共', '约']);
        let begins = parts.is_empty() && BEGIN.iter().any(|word| lead.contains(word));
        // A short name of an expense; anything longer is another sentence.
        let short = begins || lead.chars().count() <= 20;
        let expense = (name.ends_with('费') || name.ends_with("支出") || name.ends_with("费用")) && short;
        let other = OTHERS.iter().any(|word| lead.contains(word));
        if stated.prose.figure(mention).is_some() && expense && !other && (begins || !parts.is_empty()) {
            parts.push(mention);
        } else if !parts.is_empty() {
            break;
        }
    }
    parts
}

/// True when the list says or shows that it is whole: no 等 behind it, or an item 其他 that takes up the rest.
fn is_whole(stated: &Stated<'_>, document: &Document, parts: &[usize]) -> bool {
    let Some(last) = parts.last() else { return false };
    let span = &stated.prose.facts.prose.mentions[*last].span;
    let Some(Block::Paragraph(paragraph)) = document.blocks.get(span.block) else { return false };
    let behind = paragraph.text.get(span.bytes.end..).unwrap_or_default().trim_start();
    let rest =
        parts.iter().any(|part| stated.lead(*part).contains("其他商品") || stated.lead(*part).contains("其他支出"));
    let closed = behind.starts_with('。') && parts.len() > 5;
    rest && (behind.starts_with('等') || behind.starts_with('。')) || closed
}
