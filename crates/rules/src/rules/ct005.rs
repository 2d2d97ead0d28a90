//! CT005: the budget at the beginning of the year, as the accounts tell it, is the one that was disclosed.

use super::Verdicts;
use crate::bundle::{Part, View, differences, overlap, tell};
use mingzhang_model::fact::Fact;
use mingzhang_model::finding::Related;
use mingzhang_model::key::{Key, Stage};
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;
use std::collections::BTreeMap;

pub(crate) fn check(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT005");
    for (budget, accounts) in view.budgets_and_accounts() {
        let cells = budget.cells();
        for (mention, key) in initial(accounts) {
            let Some(prints) = cells.get(&key) else { continue };
            let Some(told) = accounts.interval(mention) else { continue };
            if prints.iter().any(|fact| overlap(fact.loosely(), told)) {
                verdicts.pass();
            } else {
                fail(&mut verdicts, (budget, prints[0]), (accounts, mention));
            }
        }
        // 三公 is another rule's: its column may show the budget of the whole year.
        let three_public = three_public(accounts);
        let takes = |key: &Key| key.stage == Stage::Initial && !three_public.contains(&key);
        tell(&mut verdicts, accounts, budget, differences(accounts, budget, takes), "年初预算数应当与已公开的预算一致");
    }
    verdicts.outcome("没有同一部门（单位）同一年的预算与决算，或决算没有写年初预算数")
}

/// The amounts that sentences call 年初预算, with their money.
fn initial(accounts: &Part) -> Vec<(usize, Key)> {
    let claims = &accounts.facts.prose.claims;
    let mut named: BTreeMap<usize, &Key> = BTreeMap::new();
    for claim in claims {
        if let Claim::Named { mention, key, .. } = claim {
            named.insert(*mention, key);
        }
    }
    let budgets = claims.iter().filter_map(|claim| {
        let Claim::Completion { budget, outturn, .. } = claim else { return None };
        let lead = words::fold(&accounts.facts.prose.mentions[*budget].lead);
        let key = named.get(outturn)?;
        lead.contains("年初预算").then(|| (*budget, Key { stage: Stage::Initial, ..(*key).clone() }))
    });
    budgets.collect()
}

/// The money of the table of 三公.
fn three_public(accounts: &Part) -> Vec<&Key> {
    let statements = &accounts.facts.statements;
    let of_table = accounts.facts.facts.iter().filter(|fact| statements[fact.statement].concept == "three_public");
    of_table.map(|fact| &fact.key).collect()
}

fn fail(verdicts: &mut Verdicts, (budget, fact): (&Part, &Fact), (accounts, mention): (&Part, usize)) {
    let place = budget.place(fact);
    let printed = format!("{}{}", place.quote.as_deref().unwrap_or_default(), fact.unit.word());
    let message = format!(
        "决算写年初预算为 {}，而已公开的{}里{}为 {printed}",
        accounts.words(mention),
        budget.called(),
        crate::wording::cell(&place)
    );
    let finding = verdicts.fail(accounts.said(mention), &format!("{}:{}", accounts.called(), fact.key), message);
    finding.expected = Some(printed);
    finding.related = vec![Related { label: budget.called(), location: place }];
}
