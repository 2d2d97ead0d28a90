//! NA017: a rate of two counts is that rate, and counts one thing.

use super::Verdicts;
use crate::prose::{Prose, Ratio, print, ratio, should_be};
use crate::text::sentence;
use mingzhang_model::amount::{Amount, Interval};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Quantity;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NA017");
    for percent in 2..facts.prose.mentions.len() {
        let (whole, part) = (percent - 2, percent - 1);
        let (Some(printed), Some(name)) = (prose.percent(percent), rate_name(&prose, percent)) else { continue };
        let (Some(all), Some(some)) = (prose.count(whole), prose.count(part)) else { continue };
        let told = words::fold(&facts.prose.mentions[part].lead).contains(name.as_str());
        if !told || !in_one_sentence(&prose, whole, percent) || some > all || all == 0 {
            continue;
        }
        let exact = |count: u64| Interval::around(Amount(i64::try_from(count).unwrap_or(i64::MAX)), 0);
        let fits = ratio(exact(some), exact(all), printed);
        let (all_words, some_words) = (prose.words(whole), prose.words(part));
        match (fits, unit(&prose, whole) == unit(&prose, part)) {
            (Some(Ratio::Fits | Ratio::Tail(_)), true) | (None, _) => verdicts.pass(),
            (Some(Ratio::Fits | Ratio::Tail(_)), false) => {
                let message = format!(
                    "{name}率 {} 是由 {some_words} 与 {all_words} 算出的，两个数的计量单位不同，应改为同一计量对象",
                    prose.words(percent)
                );
                let finding = prose.fail(&mut verdicts, Severity::Warning, percent, &[whole, part], message);
                finding.location.quote = between(&prose, whole, percent).or(finding.location.quote.take());
            }
            (Some(Ratio::Off(expected)), true) => {
                let expected = print(expected);
                let message = format!(
                    "{name}率写为 {}，按 {some_words} 与 {all_words} 计算应为 {expected}",
                    prose.words(percent)
                );
                should_be(prose.fail(&mut verdicts, Severity::Warning, percent, &[whole, part], message), expected);
            }
            (Some(Ratio::Off(_)), false) => {}
        }
    }
    verdicts.outcome("文中没有由两个计数算出的比率")
}

/// 化解 of 化解率 directly before a percentage.
fn rate_name(prose: &Prose<'_>, percent: usize) -> Option<String> {
    let lead = words::fold(&prose.facts.prose.mentions[percent].lead);
    let clause = lead.rsplit([',', ';', '、']).next().unwrap_or(&lead);
    let name = clause.trim_end_matches(['为', '达', '到', '约']).strip_suffix('率')?;
    let chars: Vec<char> = name.chars().collect();
    (chars.len() >= 2).then(|| chars[chars.len() - 2..].iter().collect())
}

fn unit<'p>(prose: &'p Prose<'_>, mention: usize) -> &'p str {
    match &prose.facts.prose.mentions[mention].quantity {
        Quantity::Count { unit, .. } => unit,
        Quantity::Money { .. } | Quantity::Percent(_) => "",
    }
}

fn text<'d>(prose: &Prose<'d>, mention: usize) -> Option<&'d str> {
    match prose.document.blocks.get(prose.facts.prose.mentions[mention].span.block) {
        Some(Block::Paragraph(paragraph)) => Some(&paragraph.text),
        _ => None,
    }
}

fn in_one_sentence(prose: &Prose<'_>, first: usize, last: usize) -> bool {
    let (first_span, last_span) = (&prose.facts.prose.mentions[first].span, &prose.facts.prose.mentions[last].span);
    let text = text(prose, first).filter(|_| first_span.block == last_span.block);
    text.is_some_and(|text| sentence(text, first_span.bytes.start).contains(&last_span.bytes.start))
}

/// The words from one number to another.
fn between(prose: &Prose<'_>, first: usize, last: usize) -> Option<String> {
    let (from, to) = (&prose.facts.prose.mentions[first].span.bytes, &prose.facts.prose.mentions[last].span.bytes);
    text(prose, first)?.get(from.start..to.end).map(str::to_string)
}
