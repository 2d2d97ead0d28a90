//! NA008: an item that names its amount twice names the same amount. Tried with all that sentences say.

use mingzhang_model::fact::{DisclosureKind, Facts};
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
        if is_head(&lead) && is_money {
            head = Some(i);
        } else if let Some(first) = head.filter(same_item)
            && is_money
        {
            match told(&lead, facts) {
                Some(Told::Again) => pairs.push((first, i)),
                // The amount at the head is the budget's: what was spent is another.
                Some(Told::Budget) if mentions[first].quantity == mention.quantity => head = None,
                _ => {}
            }
        }
    }
    pairs
}

/// 行政运行（项） and 行政运行（01项）: the name of an item whose amount follows.
fn is_head(lead: &str) -> bool {
    let name = lead.trim_end_matches("科目").strip_suffix("项)");
    name.is_some_and(|name| name.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with('('))
}

/// What an item tells behind its head.
enum Told {
    /// Its own amount: 2024年预算安排 of a budget, 支出决算为 of accounts.
    Again,
    /// The budget that accounts measure it by.
    Budget,
}

fn told(lead: &str, facts: &Facts) -> Option<Told> {
    let clause = lead.rsplit([',', ';', '。']).next().unwrap_or(lead);
    let said = words::year_in(clause);
    let own_year = said.is_some() && said == facts.disclosure.year;
    let clause = clause.trim_end_matches('为');
    let ends = |words: &[&str]| words.iter().any(|word| clause.ends_with(word));
    match facts.disclosure.kind {
        Some(DisclosureKind::Accounts) if !own_year && said.is_some() || clause.contains('上') => None,
        Some(DisclosureKind::Accounts) if ends(&["年初预算", "年初预算数", "全年预算", "全年预算数"]) => {
            Some(Told::Budget)
        }
        Some(DisclosureKind::Accounts) => ends(&["支出决算", "支出决算数", "决算支出"]).then_some(Told::Again),
        _ => (own_year && (ends(&["预算安排"]) || lead.ends_with("预算为"))).then_some(Told::Again),
    }
}
