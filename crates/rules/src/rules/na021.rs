//! NA021: an average times its count is the total.

use super::Verdicts;
use crate::prose::{Prose, like, should_be};
use crate::reading::compared::within;
use crate::text::{STOPS, passages};
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA021");
    for passage in passages(document).filter(|passage| passage.text().contains("人均")) {
        let mut start = 0;
        for sentence in passage.text().split_inclusive(STOPS) {
            let numbers = within(&prose, &passage, &(start..start + sentence.len()));
            start += sentence.len();
            hold(&prose, &mut verdicts, &numbers);
        }
    }
    verdicts.outcome("文中没有同时写出人数、人均和总额")
}

/// Tries a sentence that holds one number of persons, one average and one total, and nothing else.
fn hold(prose: &Prose<'_>, verdicts: &mut Verdicts, numbers: &[usize]) {
    let [_, _, _] = numbers else { return };
    let lead = |i: usize| words::fold(&prose.facts.prose.mentions[i].lead);
    let is_average =
        |i: &usize| prose.figure(*i).is_some() && lead(*i).trim_end_matches(['约', '为']).ends_with("人均");
    let persons = numbers.iter().copied().find_map(|i| match &prose.facts.prose.mentions[i].quantity {
        Quantity::Count { number, unit } if matches!(unit.as_str(), "人" | "名" | "人次") => Some((i, *number)),
        _ => None,
    });
    let average = numbers.iter().copied().find(is_average);
    let total = numbers.iter().copied().find(|i| prose.figure(*i).is_some() && !is_average(i));
    let (Some((count, persons)), Some(average), Some(total)) = (persons, average, total) else { return };
    let (Some(each), Some(sum), Some(figure)) = (prose.interval(average), prose.interval(total), prose.figure(total))
    else {
        return;
    };
    let times = |amount: Amount| i64::try_from(i128::from(amount.0) * i128::from(persons)).unwrap_or(i64::MAX);
    let (low, high) = (times(each.low()), times(each.high()));
    let product = Interval::around(Amount(low / 2 + high / 2), (high - low) / 2 + 1);
    if !product.exceeds(sum) && !sum.exceeds(product) {
        return verdicts.pass();
    }
    let expected = like(figure, Amount(times(each.middle())));
    let message = format!(
        "{} × 人均 {} = {expected}，文中总额写为 {}",
        prose.words(count),
        prose.words(average),
        prose.words(total)
    );
    should_be(prose.fail(verdicts, Severity::Warning, total, &[count, average], message), expected);
}
