//! CM003: the contents name the headings as the body has them.
//!
//! An entry without its like in the body is not told: its heading may have been read otherwise. Told is
//! an entry whose number stands in the body over a title that is almost the same.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::body::{self, Line};
use crate::text::ListNumber;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let body = reading.body();
    let mut verdicts = Verdicts::of("CM003");
    let headings: Vec<&Line<'_>> =
        body.text.iter().chain(&body.terms).chain(&body.titles).filter(|line| line.is_short()).collect();
    for entry in &body.contents {
        let Some(title) = title(entry) else { continue };
        if headings.iter().any(|heading| self::title(heading).as_ref() == Some(&title)) {
            verdicts.pass();
            continue;
        }
        let number = ListNumber::of(&entry.folded).map(|number| (number.level, number.value));
        let mut alike = headings.iter().filter(|heading| {
            let own = ListNumber::of(&heading.folded).map(|number| (number.level, number.value));
            own == number && self::title(heading).is_some_and(|other| is_almost(&title, &other))
        });
        let (Some(heading), None) = (alike.next(), alike.next()) else { continue };
        let message =
            format!("目录写“{}”，正文标题是“{}”，应当一致", entry.passage.text().trim(), heading.passage.text().trim());
        let location = heading.passage.locate(facts, 0..heading.passage.text().len());
        let finding = verdicts.fail(location, &title, message);
        let of_entry = entry.passage.locate(facts, 0..entry.passage.text().len());
        finding.related.push(Related { label: "目录".into(), location: of_entry });
    }
    verdicts.outcome("没有目录")
}

/// The words of a heading, without number, page and year.
fn title(line: &Line<'_>) -> Option<String> {
    let number = ListNumber::of(&line.folded)?;
    let title = words::header_key(&body::entry_key(&line.folded[number.length..]));
    let title = title.trim_end_matches([':', ';']).to_string();
    (title.chars().count() >= 4).then_some(title)
}

/// True when one title holds all words of the other in their order, and little more; and does not end
/// differently because the line was broken.
fn is_almost(a: &str, b: &str) -> bool {
    const MOST: usize = 4;
    let (long, short) = if a.chars().count() >= b.chars().count() { (a, b) } else { (b, a) };
    let more = long.chars().count() - short.chars().count();
    let mut rest = long.chars();
    let inside = short.chars().all(|c| rest.any(|other| other == c));
    inside && (1..=MOST).contains(&more) && !long.starts_with(short)
}
