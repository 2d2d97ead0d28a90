//! SG010: receptions cost money, money for receptions feeds guests, and every batch has a guest.

use super::{Verdicts, sg009};
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG010");
    let batches = (Statistic::ReceptionBatches, "公务接待批次");
    sg009::pair(&stated, &mut verdicts, batches, Statistic::ReceptionGuests);
    let foreign = (Statistic::ForeignBatches, "外宾接待批次");
    sg009::pair(&stated, &mut verdicts, foreign, Statistic::ForeignGuests);
    if let (Some(money), Some(number)) =
        (stated.money(Statistic::Receptions), stated.count(Statistic::ReceptionBatches))
    {
        // 国内公务接待0批次 beside receptions of foreign guests only.
        let only_foreign = number.1 == 0
            && stated
                .all(Statistic::ForeignReception)
                .any(|m| stated.prose.interval(m).is_some_and(|said| said.low().0 > 0));
        if !only_foreign {
            let told = (Statistic::Receptions, "公务接待批次");
            sg009::against(&stated, &mut verdicts, told, money, number, Severity::Error);
        }
    }
    verdicts.outcome("文中没有写出公务接待的批次和人次")
}
