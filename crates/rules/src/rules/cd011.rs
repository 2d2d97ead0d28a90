//! CD011: contributions for staff are printed twice: by what they are for, and by what they are spent as.

use super::Verdicts;
use crate::reading::money;
use crate::wording;
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::key::Kind;
use mingzhang_model::rule::Outcome;

/// The economic code, the functional code, and their name.
const PAIRS: [(&str, &str, &str); 3] = [
    ("30108", "2080505", "基本养老保险缴费"),
    ("30109", "2080506", "职业年金缴费"),
    ("30113", "2210201", "住房公积金"),
];

pub(crate) fn check(_: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("CD011");
    for (economic, functional, name) in PAIRS {
        let spent = money::economic(facts, economic);
        let (basic, all) =
            (money::functional(facts, functional, Some(Kind::Basic)), money::functional(facts, functional, None));
        let Some(cell) = spent.filter(|fact| !fact.printed.amount().is_zero()) else { continue };
        // A table that does not list the item has none of it.
        let shown = basic.or(all);
        let near = |other: i64| {
            let by = (cell.printed.amount().0 - other).abs();
            // One in a hundred, and never less than the rounding of a table in 万元.
            by * 100 <= cell.printed.amount().0.abs() || by <= 30_000
        };
        if [basic, all].iter().any(|fact| near(money::amount(*fact).0)) {
            verdicts.pass();
            continue;
        }
        if !facts.statements.iter().any(|statement| statement.concept == "general_public_expenditure") {
            continue;
        }
        let location = facts.locator(cell);
        let printed = shown.map(|fact| (facts.locator(fact), fact.unit));
        let other = printed.as_ref().map_or("没有列出".to_string(), |(place, unit)| {
            format!("为 {}{}", place.quote.clone().unwrap_or_default(), unit.word())
        });
        let message = format!(
            "请关注：{}为 {}{}，功能分类的{name}（{functional}）{other}，两者通常相等",
            wording::cell(&location),
            location.quote.clone().unwrap_or_default(),
            cell.unit.word()
        );
        let finding = verdicts.fail(location, economic, message);
        if let Some((place, _)) = printed {
            finding.related.push(Related { label: "功能分类".into(), location: place });
        }
    }
    verdicts.outcome("没有可对应的缴费科目")
}
