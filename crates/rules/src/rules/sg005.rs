//! SG005: where 三公 in all changed, the items say how each of them did.

use super::Verdicts;
use crate::reading::stated::{ITEMS, Money, Stated};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_model::statistic::Statistic;

/// What a sentence about an item says when it compares it.
const CHANGES: [&str; 14] = [
    "增加",
    "减少",
    "增长",
    "下降",
    "降低",
    "上升",
    "持平",
    "一致",
    "相同",
    "无变化",
    "无增减",
    "等于上年",
    "减低",
    "压减",
];

/// The items as their sentences name them.
const NAMES: [&str; 6] = ["因公出国", "出国(境)", "公务用车购置", "公务用车运行", "公务接待", "公务车"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let stated = Stated::of(document, facts);
    let mut verdicts = Verdicts::of("SG005");
    let positive = ITEMS[1..].iter().filter(|item| {
        let item = **item;
        item != Statistic::VehicleCosts && stated.all(item).any(|m| stated.is_positive(Money::Said(m)))
    });
    if let Some((total, difference)) = change(&stated).filter(|_| positive.count() > 1) {
        let text = stated.about_three_public();
        let compares = |sentence: &str| {
            let named = NAMES.iter().filter_map(|name| sentence.find(name)).min();
            named.is_some_and(|at| CHANGES.iter().any(|word| sentence[at..].contains(word)))
        };
        // Where each item has a paragraph of its own, the local form may not ask for comparisons.
        let block = |mention: usize| facts.prose.mentions[mention].span.block;
        let listed = ITEMS[1..].iter().flat_map(|item| stated.all(*item)).any(|item| block(item) == block(total));
        if !listed || text.split('。').any(compares) {
            verdicts.pass();
        } else {
            let message = format!(
                "“三公”经费合计比上年增减 {}，各项都没有写与上年相比的增减；应分项写明增减额和原因",
                stated.prose.words(difference)
            );
            stated.fail_at(&mut verdicts, Severity::Note, difference, &[total], message);
        }
    }
    verdicts.outcome("文中没有写“三公”经费的增减，或没有几项有数")
}

/// The total of 三公 and by how much it changed, in one paragraph and directly behind each other.
fn change(stated: &Stated<'_>) -> Option<(usize, usize)> {
    let mentions = &stated.prose.facts.prose.mentions;
    let words = ["增加", "减少", "增长", "下降", "降低"];
    stated.list().iter().filter(|(statistic, _)| *statistic == Statistic::ThreePublic).find_map(|(_, total)| {
        let block = mentions[*total].span.block;
        let behind = (total + 1..mentions.len()).take_while(|m| mentions[*m].span.block == block);
        let changed = behind.filter(|m| {
            let lead = stated.lead(*m);
            let end = lead.trim_end_matches(['了', '为', '约', ')']);
            matches!(mentions[*m].quantity, Quantity::Money { .. })
                && (lead.contains("三公") || *m == total + 1)
                && words.iter().any(|word| end.ends_with(word))
                && !stated.prose.figure(*m).is_some_and(|figure| figure.amount.is_zero())
        });
        changed.map(|m| (*total, m)).next()
    })
}
