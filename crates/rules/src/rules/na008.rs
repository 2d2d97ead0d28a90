//! NA008: an item that names its amount twice names the same amount.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use mingzhang_model::amount::Agreement;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA008");
    let mentions = &facts.prose.mentions;
    let mut head: Option<usize> = None;
    for (i, mention) in mentions.iter().enumerate() {
        let lead = words::fold(&mention.lead);
        let same_item = |h: &usize| mentions[*h].span.block == mention.span.block;
        if lead.trim_end_matches("科目").ends_with("(项)") && prose.figure(i).is_some() {
            head = Some(i);
        } else if let Some(first) = head.filter(same_item)
            && is_restated(&lead, facts.disclosure.year)
        {
            compare(&prose, &mut verdicts, first, i);
        }
    }
    verdicts.outcome("文中没有重复写出预算安排数的科目")
}

/// 2024年预算安排: the words by which an item comes back to its own amount.
fn is_restated(lead: &str, year: Option<u16>) -> bool {
    let clause = lead.rsplit([',', ';', '。']).next().unwrap_or(lead);
    let own_year = words::year_in(clause).is_some_and(|said| Some(said) == year);
    own_year && (clause.ends_with("预算安排") || clause.ends_with("预算安排为") || clause.ends_with("预算为"))
}

fn compare(prose: &Prose<'_>, verdicts: &mut Verdicts, first: usize, again: usize) {
    let (Some(a), Some(b), Some(figure)) = (prose.interval(first), prose.interval(again), prose.figure(again)) else {
        return;
    };
    if !matches!(a.agreement(b), Agreement::Off(_)) {
        return verdicts.pass();
    }
    let expected = like(figure, a.middle());
    let message = format!("同一科目先写 {}，后写预算安排 {}，前后不一", prose.words(first), prose.words(again));
    should_be(prose.fail(verdicts, Severity::Error, again, &[first], message), expected);
}
