//! NA008: an item that names its amount twice names the same amount. Tried with all that sentences say.

use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::prose::Quantity;
use mingzhang_standard::words;

/// The amounts of items that are told again, each with the first telling.
pub(crate) fn pairs(facts: &Facts) -> Vec<(usize, usize)> {
    let mentions = &facts.prose.mentions;
    let mut pairs = Vec::new();
    let mut head: Option<usize> = None;
    let mut measured = false;
    for (i, mention) in mentions.iter().enumerate() {
        let lead = words::fold(&mention.lead);
        let is_money = matches!(mention.quantity, Quantity::Money { .. });
        if is_head(&lead) && is_money {
            (head, measured) = (Some(i), false);
            continue;
        }
        let Some(first) = head.filter(|head| mentions[*head].span.block == mention.span.block) else { continue };
        // 其中 begins to tell parts of it.
        if lead.contains("其中") {
            head = None;
        } else if is_money {
            match told(&lead, facts) {
                Some(Told::Planned) => pairs.push((first, i)),
                // Without a budget the amount at the head may be it.
                Some(Told::Spent) if measured => {
                    pairs.push((first, i));
                    head = None;
                }
                Some(Told::Budget) if mentions[first].quantity == mention.quantity => head = None,
                Some(Told::Budget) => measured = true,
                Some(Told::Spent) | None => {}
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
    /// Its own amount in a budget: 2024年预算安排.
    Planned,
    /// Its own amount in accounts: 支出决算为.
    Spent,
    /// The budget that accounts measure it by.
    Budget,
}

fn told(lead: &str, facts: &Facts) -> Option<Told> {
    const BUDGETS: [&str; 4] = ["年初预算", "年初预算数", "全年预算", "全年预算数"];
    let clause = lead.rsplit([',', ';', '。']).next().unwrap_or(lead);
    let said = words::year_in(clause);
    let own_year = said.is_some() && said == facts.disclosure.year;
    let clause = clause.trim_end_matches('为');
    match facts.disclosure.kind {
        Some(DisclosureKind::Accounts) if said.is_some() && !own_year || clause.contains('上') => None,
        Some(DisclosureKind::Accounts) if BUDGETS.iter().any(|word| clause.ends_with(word)) => Some(Told::Budget),
        Some(DisclosureKind::Accounts) => {
            let name = clause.trim_start_matches(|c: char| c.is_ascii_digit() || "年度本".contains(c));
            matches!(name, "支出决算" | "支出决算数" | "决算支出").then_some(Told::Spent)
        }
        _ => (own_year && (clause.ends_with("预算安排") || lead.ends_with("预算为"))).then_some(Told::Planned),
    }
}
