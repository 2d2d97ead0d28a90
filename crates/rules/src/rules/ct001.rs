//! CT001: a disclosure is compared with the year before it, never with its own or a later year.

use super::Verdicts;
use crate::text::{self, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::Outcome;

/// The words right before a year that make it the base of a comparison.
const COMPARES: [&str; 4] = ["比", "较", "与", "同"];

/// The words right after it that do the same.
const CHANGES: [&str; 12] = [
    "增加",
    "减少",
    "增长",
    "下降",
    "相比",
    "持平",
    "预算增加",
    "预算减少",
    "预算相比",
    "预算持平",
    "预算数增加",
    "预算数减少",
];

/// The same for accounts, whose own year's budget is a fair base: only what can be no budget.
const OUTTURN: [&str; 10] =
    ["增加", "减少", "增长", "下降", "相比", "持平", "决算增加", "决算减少", "决算数增加", "决算数减少"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let (Some(year), Some(kind)) = (text::year(document, facts), facts.disclosure.kind) else {
        return Outcome::Undecided("没有读到年度".into());
    };
    if !is_certain(document, year) {
        return Outcome::Undecided("文中其他年份写得更多，年度不能确定".into());
    }
    let changes = match kind {
        DisclosureKind::Budget => CHANGES.as_slice(),
        DisclosureKind::Accounts => OUTTURN.as_slice(),
    };
    let mut verdicts = Verdicts::of("CT001");
    for passage in text::passages(document) {
        let text = passage.text();
        for (named, bytes) in text::bases(text, &COMPARES, changes) {
            if named < year {
                verdicts.pass();
                continue;
            }
            // A sentence about a later year may well look back at this one.
            let sentence = text::sentence(text, bytes.start);
            let later = text::years(&text[sentence]).any(|(other, _)| other > named);
            let comparable = text[..bytes.start].ends_with('可') && text[bytes.start..].starts_with('比');
            if later || comparable {
                continue;
            }
            let message =
                format!("“{}”与{named}年比，而本文是{year}年度的，应与上年即{}年比", passage.around(&bytes), year - 1);
            let what = passage.around(&bytes);
            let location = passage.locate(facts, bytes.clone());
            let expected = text[bytes.clone()].replacen(&named.to_string(), &(year - 1).to_string(), 1);
            let finding = verdicts.fail(location, &what, message);
            crate::prose::should_be(finding, expected);
        }
        if kind == DisclosureKind::Budget {
            planned(&mut verdicts, facts, &passage, year);
        }
    }
    verdicts.outcome("没有与某年的比较")
}

/// 2025年预算执行数…，2025年预算安排…，比2025年预算执行数增加 in a budget of 2026: what is planned is this year's.
fn planned(verdicts: &mut Verdicts, facts: &Facts, passage: &Passage<'_>, year: u16) {
    let text = passage.text();
    let last = format!("{}年", year - 1);
    for (at, _) in text.match_indices(&format!("{last}预算安排")) {
        let sentence = text::sentence(text, at);
        let (before, behind) = (&text[sentence.start..at], &text[at + last.len()..sentence.end]);
        let executed =
            before.contains(&last) && before.contains("执行数") && before.trim_end().ends_with(['，', ',', '；']);
        let own = text[sentence.clone()].contains(&format!("{year}年"));
        if !executed || own || !behind.contains(&format!("比{last}预算执行数")) {
            continue;
        }
        let bytes = at..at + last.len() + "预算安排".len();
        let around = passage.around(&bytes);
        let message = format!("“{around}”把本年的预算安排写成{last}的，而本文是{year}年度的");
        let location = passage.locate(facts, bytes);
        let finding = verdicts.fail(location, &around, message);
        crate::prose::should_be(finding, format!("{year}年预算安排"));
    }
}

/// True when no other year but the one before is named more often than the document's.
fn is_certain(document: &Document, year: u16) -> bool {
    let mut counts = std::collections::BTreeMap::new();
    for passage in text::passages(document) {
        for (named, _) in text::years(passage.text()) {
            *counts.entry(named).or_insert(0usize) += 1;
        }
    }
    let own = counts.get(&year).copied().unwrap_or_default();
    counts.iter().all(|(named, count)| *named + 1 == year || *count <= own)
}
