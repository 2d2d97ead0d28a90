//! OP013: what was awarded to small and medium firms is part of procurement, by amounts and by the shares that are
//! printed.

use super::{Verdicts, op009};
use crate::reading::percent;
use crate::reading::stated::{Money, Stated};
use crate::sayings;
use crate::trial::Trial;
use mingzhang_model::document::Document;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, trial: &Trial<'_>) -> Outcome {
    let facts = trial.space.facts;
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("OP013");
    let small = (Statistic::AwardedToSmall, "授予中小企业合同");
    op009::hold(&stated, &mut verdicts, small, (Statistic::Procurement, "政府采购总额"));
    op009::hold(&stated, &mut verdicts, (Statistic::AwardedToMicro, "授予小微企业合同"), small);
    let held: Vec<usize> = sayings::shares(facts, &trial.places)
        .iter()
        .flat_map(|list| list.shares.iter().map(|(_, percent)| *percent))
        .collect();
    for (percent, mention) in facts.prose.mentions.iter().enumerate() {
        let lead = stated.lead(percent);
        let Some((before, of)) = lead.rsplit_once('占') else { continue };
        if !matches!(mention.quantity, Quantity::Percent(_)) || !(lead.contains("采购") || lead.contains("企业合同"))
        {
            continue;
        }
        let Some(whole) = whole(of) else { continue };
        let Some(base) = stated.amount(whole) else { continue };
        if stated.is_zero(Money::Said(base)) {
            let message = format!(
                "{}为 {}，没有占比可算，却写占 {}；应写无法计算",
                whole.term(),
                stated.prose.words(base),
                stated.prose.words(percent)
            );
            stated.fail_at(&mut verdicts, Severity::Error, percent, &[base], message);
        } else if before.trim_matches([',', '(']).is_empty() && !held.contains(&percent) {
            share(&stated, &mut verdicts, percent, base);
        } else {
            verdicts.pass();
        }
    }
    verdicts.outcome("文中没有授予中小企业合同的金额和占比")
}

/// What 占……的 names.
fn whole(of: &str) -> Option<Statistic> {
    let of = of.trim_end_matches('的');
    match () {
        () if of.contains("政府采购支出总额") || of.contains("政府采购总额") || of.ends_with("采购支出") => {
            Some(Statistic::Procurement)
        }
        () if of.starts_with("授予中小企业合同") => Some(Statistic::AwardedToSmall),
        () if of.starts_with("货物") => Some(Statistic::ProcurementGoods),
        () if of.starts_with("工程") => Some(Statistic::ProcurementWorks),
        () if of.starts_with("服务") => Some(Statistic::ProcurementServices),
        () => None,
    }
}

/// A share directly behind the award that it is of.
fn share(stated: &Stated<'_>, verdicts: &mut Verdicts, percent: usize, base: usize) {
    let awards = [Statistic::AwardedToSmall, Statistic::AwardedToMicro];
    let part = stated.list().iter().find(|(statistic, m)| m + 1 == percent && awards.contains(statistic));
    let Some((_, part)) = part else { return };
    let (Some(few), Some(all)) = (stated.prose.interval(*part), stated.prose.interval(base)) else { return };
    let reason = format!("{} ÷ {}", stated.prose.words(*part), stated.prose.words(base));
    let said = percent::Said { what: "占比", percent, others: &[*part, base], reason };
    percent::hold(&stated.prose, verdicts, few, all, said);
}
