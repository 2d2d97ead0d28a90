//! NT021: a sum with a name of its own is told as one amount; the rest of the rule is relations of the text.

use super::Verdicts;
use crate::prose::Prose;
use crate::reading::compared::clause;
use crate::wording;
use mingzhang_model::amount::Agreement;
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Total};
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::words;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    /// A document that tells many names twice tells them of different things.
    const MOST_NAMES: usize = 2;
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("NT021");
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for mention in 0..facts.prose.mentions.len() {
        if let Some(name) = name(&prose, mention) {
            named.entry(name).or_default().push(mention);
        }
    }
    let torn: Vec<(&String, usize, usize)> =
        named.iter().filter_map(|(name, mentions)| differing(&prose, mentions).map(|(a, b)| (name, a, b))).collect();
    named.values().filter(|mentions| mentions.len() > 1).for_each(|_| verdicts.pass());
    if torn.len() <= MOST_NAMES && !is_of_several(&prose) {
        for (name, first, again) in torn {
            let lead = wording::shortened(&facts.prose.mentions[first].lead);
            let message = format!(
                "“{name}”这里写为 {}，另一处“{lead}”写为 {}；是同一笔数的应一致，口径不同的应写明",
                prose.words(again),
                prose.words(first)
            );
            prose.fail(&mut verdicts, Severity::Warning, again, &[first], message);
        }
    }
    verdicts.outcome("文中没有写了几遍的金额")
}

/// True for a document that goes through several units: it tells their expenditure one by one.
fn is_of_several(prose: &Prose<'_>) -> bool {
    const MOST_TOTALS: usize = 2;
    let totals = prose.claims().iter().filter_map(|claim| match claim {
        Claim::Total { whole, what: Total::Kinds, .. } => prose.figure(*whole).map(|figure| figure.amount),
        _ => None,
    });
    totals.collect::<BTreeSet<_>>().len() > MOST_TOTALS
}

/// The name of a sum of this year: 专项业务工作经费, with or without brackets in it.
fn name(prose: &Prose<'_>, mention: usize) -> Option<String> {
    const ENDS: [&str; 2] = ["经费", "专项资金"];
    const SHORTEST: usize = 7;
    const GENERAL: [&str; 12] =
        ["三公", "机关运行", "人员", "公用", "财政", "预算", "其他", "支出", "收入", "项目经费", "运行经费", "各类"];
    prose.figure(mention)?;
    let told = &prose.facts.prose.mentions[mention];
    let text = match prose.document.blocks.get(told.span.block)? {
        Block::Paragraph(paragraph) => paragraph.text.get(..told.span.bytes.start)?,
        Block::Table(_) => return None,
    };
    let own = clause(prose, mention);
    let beside = ["上年", "去年", "比", "较", "增加", "减少", "追加", "决算", "执行", "支出"];
    if beside.iter().any(|word| own.contains(word)) {
        return None;
    }
    let folded = words::fold(text).replace(['(', ')'], "");
    // 专项业务工作经费，2024年年初预算数为: the name stands before the words that say when.
    let year = prose.facts.disclosure.year.map(|year| format!(",{year}年年初预算数为")).unwrap_or_default();
    let before = folded.strip_suffix(year.as_str()).filter(|_| !year.is_empty()).unwrap_or(&folded);
    let name = before.rsplit([',', ';', ':', '。', '、', '与', '和']).next()?;
    let name = ["其中", "包括", "包含", "用于", "为", "的"]
        .iter()
        .fold(name, |name, word| name.strip_prefix(word).unwrap_or(name));
    let fits = ENDS.iter().any(|end| name.ends_with(end))
        && (SHORTEST..=20).contains(&name.chars().count())
        && !GENERAL.iter().any(|word| name.contains(word))
        && !name.contains(|c: char| c.is_ascii_digit());
    fits.then(|| name.to_string())
}

/// The first amount of a name and the last that is not equal to it.
fn differing(prose: &Prose<'_>, mentions: &[usize]) -> Option<(usize, usize)> {
    let first = *mentions.first()?;
    let own = prose.interval(first)?;
    let differs =
        |again: &&usize| prose.interval(**again).is_some_and(|value| matches!(own.agreement(value), Agreement::Off(_)));
    mentions[1..].iter().rev().find(differs).map(|again| (first, *again))
}
