//! NA008: an item that names its amount twice names the same amount. Tried with all that sentences say.

use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_standard::words;

/// The amounts of items that are told again, each with the first telling.
pub(crate) fn pairs(facts: &Facts) -> Vec<(usize, usize)> {
    let mentions = &facts.prose.mentions;
    let mut pairs = Vec::new();
    let mut head: Option<usize> = None;
    for (i, mention) in mentions.iter().enumerate() {
        let lead = words::fold(&mention.lead);
        let is_money = matches!(mention.quantity, Quantity::Money { .. });
        let same_item = |h: &usize| mentions[*h].span.block == mention.span.block;
        if lead.trim_end_matches("科目").ends_with("(项)") && is_money {
            head = Some(i);
        } else if let Some(first) = head.filter(same_item)
            && is_money
            && is_restated(&lead, facts.disclosure.year)
        {
            pairs.push((first, i));
        }
    }
    pairs
}

/// 2024年预算安排: the words by which an item comes back to its own amount.
fn is_restated(lead: &str, year: Option<u16>) -> bool {
    let clause = lead.rsplit([',', ';', '。']).next().unwrap_or(lead);
    let own_year = words::year_in(clause).is_some_and(|said| Some(said) == year);
    own_year && (clause.ends_with("预算安排") || clause.ends_with("预算安排为") || clause.ends_with("预算为"))
}
