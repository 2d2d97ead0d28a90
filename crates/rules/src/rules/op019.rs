//! OP019: the stock of assets is told of the day that the form wants.

use super::Verdicts;
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Facts};
use mingzhang_model::rule::{Outcome, Severity};
use std::ops::Range;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("OP019");
    let (Some(year), Some(kind)) = (text::year(document, facts), facts.disclosure.kind) else {
        return Outcome::Undecided("不知道是哪一年的预算或决算".into());
    };
    let shanghai = facts.disclosure.form.is_some_and(|form| form.starts_with("shanghai"));
    for passage in text::passages(document) {
        let Some(date) = date(&passage) else { continue };
        let (severity, wanted) = match kind {
            DisclosureKind::Accounts if date.year != year || date.month.is_some_and(|month| month != 12) => {
                (Severity::Error, format!("{year}年12月31日"))
            }
            DisclosureKind::Budget if shanghai && (date.year + 1 != year || date.month.is_some_and(|m| m != 8)) => {
                let severity = if date.year + 1 == year { Severity::Warning } else { Severity::Error };
                (severity, format!("{}年8月31日", year - 1))
            }
            // Elsewhere any day of the year before, or the first days of the year itself. Two years before may
            // be the last annual report on assets that was ready.
            DisclosureKind::Budget if date.year + 1 < year || date.year > year || is_ahead(&date, year) => {
                let severity = if date.year + 2 == year { Severity::Warning } else { Severity::Error };
                (severity, format!("{}年末", year - 1))
            }
            _ => {
                verdicts.pass();
                continue;
            }
        };
        let quote = &passage.text()[date.bytes.clone()];
        let kind = if kind == DisclosureKind::Accounts { "决算" } else { "预算" };
        let message =
            format!("{year}年度{kind}的资产情况截止日写为“{quote}”，应为{wanted}；请核对日期和数据是否沿用了旧的");
        text::report(&mut verdicts, facts, &passage, Hit { bytes: date.bytes, message });
        if let Some(finding) = verdicts.last() {
            finding.severity = severity;
        }
    }
    verdicts.outcome("文中没有资产情况的截止日")
}

/// A day in the budget's own year that had not come when the budget was made.
fn is_ahead(date: &Date, year: u16) -> bool {
    const MADE: u32 = 4;
    date.year == year && date.month.is_none_or(|month| month > MADE)
}

struct Date {
    bytes: Range<usize>,
    year: u16,
    month: Option<u32>,
}

/// 截至2024年12月31日, at the head of a paragraph about vehicles and equipment held.
fn date(passage: &Passage<'_>) -> Option<Date> {
    const NEAR: usize = 150;
    let text = passage.text();
    let at = text.match_indices("截").map(|(at, _)| at).find(|at| {
        let rest = &text[*at..];
        let near: String = rest.chars().take(NEAR).collect();
        let assets = ["共有车辆", "共有公务用车", "占有使用车辆", "共有房屋"].iter().any(|word| near.contains(word));
        (rest.starts_with("截至") || rest.starts_with("截止")) && assets && !near.contains("保有量")
    })?;
    let (year, digits) = text::years(&text[at..]).next()?;
    let (start, end) = (at + digits.start, at + digits.end);
    if text[at..start].chars().count() > 4 {
        return None;
    }
    let rest = text[end..].trim_start().strip_prefix('年')?.trim_start();
    let month: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let behind = rest[month.len()..].trim_start();
    let month = month.parse().ok().filter(|_| behind.starts_with('月'));
    let until = text[at..].find(['，', ',', '共', '本']).map_or(end, |i| at + i);
    Some(Date { bytes: at..until.max(end), year, month })
}
