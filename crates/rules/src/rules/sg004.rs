//! SG004: an item of 三公 says which part of its budget was spent, and that is the part of the budget that the table
//! shows.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::percent;
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::key::Stage;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG004");
    if stated.is_accounts() {
        for (item, mention) in stated.list() {
            if item.budget().is_some() && is_completion(&stated.prose, mention + 1) {
                compare(&stated, &mut verdicts, *item, *mention);
            }
        }
    }
    verdicts.outcome("文中没有按表内预算数计算的“三公”经费完成率")
}

/// True for 完成预算的…% whose budget the sentence does not print: where it does, NA004 and NA010 look.
fn is_completion(prose: &Prose<'_>, percent: usize) -> bool {
    let Some(mention) = prose.facts.prose.mentions.get(percent) else { return false };
    let own = |claim: &Claim| matches!(claim, Claim::Completion { percent: claimed, .. } if *claimed == percent);
    matches!(mention.quantity, Quantity::Percent(_))
        && mention.lead.contains("完成")
        && !mention.lead.contains('。')
        && prose.facts.prose.mentions[percent - 1].span.block == mention.span.block
        && !prose.claims().iter().any(own)
}

fn compare(stated: &Stated<'_>, verdicts: &mut Verdicts, item: Statistic, outturn: usize) {
    let percent = outturn + 1;
    let Some(cell) = item.budget().and_then(|budget| stated.cell(budget)) else { return };
    let lead = stated.lead(percent);
    let other = match cell.key.stage {
        Stage::Initial => lead.contains("全年") || lead.contains("调整"),
        _ => lead.contains("年初"),
    };
    let (Some(part), false) = (stated.prose.interval(outturn), other) else { return };
    let name = item.term();
    if cell.printed.amount().is_zero() {
        let written = stated.prose.words(percent);
        let message = format!("{name}预算数在表中为零，没有完成率可算，文中却写完成预算的 {written}；应写无法计算");
        // Nothing of nothing is a matter of form; something of nothing contradicts the table.
        let nothing = stated.prose.figure(outturn).is_some_and(|figure| figure.amount.is_zero());
        let severity = if nothing { Severity::Warning } else { Severity::Error };
        let finding = stated.prose.fail(verdicts, severity, percent, &[outturn], message);
        finding.related.push(mingzhang_model::finding::Related {
            label: "表内的预算数".into(),
            location: stated.prose.facts.locator(cell),
        });
        return;
    }
    let reason =
        format!("{} ÷ 表内预算数 {}{}", stated.prose.words(outturn), cell_words(stated, cell), cell.unit.word());
    let said = percent::Said { what: "预算完成率", percent, others: &[outturn], reason };
    percent::hold(&stated.prose, verdicts, part, cell.interval(), said);
}

fn cell_words(stated: &Stated<'_>, cell: &mingzhang_model::fact::Fact) -> String {
    stated.prose.facts.locator(cell).quote.unwrap_or_default()
}
