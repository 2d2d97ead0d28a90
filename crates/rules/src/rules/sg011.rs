//! SG011: receptions of foreign guests are part of all receptions, in money, batches and guests.

use super::Verdicts;
use crate::prose::like;
use crate::reading::stated::{Money, Stated};
use mingzhang_model::amount::Agreement;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG011");
    if let Some(all) = stated.money(Statistic::Receptions) {
        for part in [Statistic::ForeignReception, Statistic::DomesticReception] {
            if let Some(mention) = stated.amount(part) {
                within(&stated, &mut verdicts, part, mention, all);
            }
        }
        sum(&stated, &mut verdicts, all);
    }
    for (part, all) in [
        (Statistic::ForeignBatches, Statistic::ReceptionBatches),
        (Statistic::ForeignGuests, Statistic::ReceptionGuests),
    ] {
        if let (Some((part_at, few)), Some((all_at, many))) = (stated.count(part), stated.count(all))
            && is_contained(&stated, part)
        {
            if few <= many {
                verdicts.pass();
                continue;
            }
            let (words, whole) = (stated.prose.words(part_at), stated.prose.words(all_at));
            let message = format!("{} {words} 多于所属的{} {whole}", part.term(), all.term());
            stated.fail_at(&mut verdicts, Severity::Error, part_at, &[all_at], message);
        }
    }
    verdicts.outcome("文中没有写出外宾接待")
}

fn within(stated: &Stated<'_>, verdicts: &mut Verdicts, part: Statistic, mention: usize, all: Money<'_>) {
    let (Some(said), Some(whole)) = (stated.prose.interval(mention), stated.interval(all)) else { return };
    if !said.exceeds(whole) {
        return verdicts.pass();
    }
    let message = format!("{} {} 超过了公务接待费 {}", part.term(), stated.prose.words(mention), stated.words(all));
    let finding = stated.fail_at(verdicts, Severity::Error, mention, &[], message);
    finding.related.push(stated.related(Statistic::Receptions, all));
}

/// True where the sentence says that the foreign guests are counted in: 含外宾接待, 其中:接待外宾.
fn is_contained(stated: &Stated<'_>, part: Statistic) -> bool {
    stated.all(part).next().is_some_and(|mention| {
        let lead = stated.lead(mention);
        let behind_first =
            matches!(part, Statistic::ForeignGuests) && stated.all(Statistic::ForeignBatches).count() == 1;
        lead.contains('含')
            || lead.contains("其中")
            || lead.contains("包括")
            || behind_first && is_contained(stated, Statistic::ForeignBatches)
    })
}

/// Where the foreign ones are listed beside the domestic ones, the two make up all.
fn sum(stated: &Stated<'_>, verdicts: &mut Verdicts, all: Money<'_>) {
    let (Some(domestic), Some(foreign)) =
        (stated.amount(Statistic::DomesticReception), stated.amount(Statistic::ForeignReception))
    else {
        return;
    };
    if is_contained(stated, Statistic::ForeignReception) {
        return;
    }
    let (Some(a), Some(b), Some(whole)) =
        (stated.prose.interval(domestic), stated.prose.interval(foreign), stated.interval(all))
    else {
        return;
    };
    if !matches!((a + b).agreement(whole), Agreement::Off(_)) || a.exceeds(whole) || b.exceeds(whole) {
        return verdicts.pass();
    }
    let Some(figure) = stated.prose.figure(domestic) else { return };
    let message = format!(
        "国内接待 {} 与外宾（国（境）外）接待 {} 之和为 {}，公务接待费却是 {}",
        stated.prose.words(domestic),
        stated.prose.words(foreign),
        like(figure, (a + b).middle()),
        stated.words(all)
    );
    let finding = stated.fail_at(verdicts, Severity::Error, domestic, &[foreign], message);
    finding.related.push(stated.related(Statistic::Receptions, all));
}
