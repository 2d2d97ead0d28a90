//! NT024: batches of receptions told in two places, with two numbers, ask for a word of explanation.

use super::Verdicts;
use crate::prose::Prose;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NT024");
    let stated = prose.claims().iter().find_map(|claim| match claim {
        Claim::Stated { mention, statistic: Statistic::ReceptionBatches } if is_of_expense(facts, *mention) => {
            Some(*mention)
        }
        _ => None,
    });
    let Some(stated) = stated else { return Outcome::NotApplicable("“三公”说明没有写接待批次".into()) };
    for (i, mention) in facts.prose.mentions.iter().enumerate() {
        let Quantity::Count { unit, .. } = &mention.quantity else { continue };
        let lead = words::fold(&mention.lead);
        let received = matches!(unit.as_str(), "批" | "批次") && lead.contains("接待") && !lead.contains("外宾");
        if i == stated || !received || is_of_expense(facts, i) || lead.contains("国(境)外") {
            continue;
        }
        if prose.count(i) == prose.count(stated) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "提示：这里接待 {}，“三公”经费说明里是 {}；如口径不同，请注明",
            prose.words(i),
            prose.words(stated)
        );
        prose.fail(&mut verdicts, Severity::Hint, i, &[stated], message);
    }
    verdicts.outcome("除“三公”说明外没有写接待批次")
}

/// True for a number under a heading of 三公.
fn is_of_expense(facts: &Facts, mention: usize) -> bool {
    let block = facts.prose.mentions[mention].span.block;
    let mut section = facts.prose.section_of.get(block).copied().flatten();
    while let Some(own) = section.map(|section| &facts.prose.sections[section]) {
        if words::fold(&own.title).contains("三公") {
            return true;
        }
        section = own.parent;
    }
    false
}
