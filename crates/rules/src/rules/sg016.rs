//! SG016: an item of 三公 that exceeded its budget says so and why.

use super::{Verdicts, sg015};
use crate::reading::stated::Stated;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Member;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    const ADMITTED: [&str; 7] =
        ["大于预算", "大于年初预算", "大于全年预算", "超预算", "超过预算", "高于预算", "超出预算"];
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG016");
    for (item, outturn, budget) in sg015::pairs(&stated) {
        let (Some(spent), Some(planned)) = (stated.interval(outturn), stated.interval(budget)) else { continue };
        // Without any budget: SG015.
        if stated.is_zero(budget) || !spent.exceeds(planned) {
            verdicts.pass();
            continue;
        }
        let text = stated.about_three_public();
        if ADMITTED.iter().any(|word| text.contains(word)) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{}决算 {} 超过预算 {}，文中没有写明超支的原因和批准的依据",
            item.term(),
            stated.words(outturn),
            stated.words(budget)
        );
        sg015::tell(&stated, &mut verdicts, item, outturn, budget, message);
    }
    verdicts.outcome("没有同时读到“三公”经费的预算数和决算数")
}
