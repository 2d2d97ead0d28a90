//! CM024: no page is blank, and nothing is printed twice over.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::body::Line;
use mingzhang_model::document::{Document, Format, Place};
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Outcome;
use std::collections::BTreeMap;

/// A paragraph of at least so many characters does not come twice by chance.
const LONG: usize = 40;

pub(crate) fn check(reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let document = reading.document;
    let mut verdicts = Verdicts::of("CM024");
    blank_pages(&mut verdicts, document);
    let body = reading.body();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, line) in body.text.iter().enumerate() {
        let long = line.folded.chars().count() >= LONG && line.folded.ends_with('。');
        let before = if long { seen.get(line.folded.as_str()).copied() } else { None };
        // Two sections may rightly say the same; one section does not say it twice.
        let section = |line: &Line<'_>| facts.prose.section_of.get(line.passage.block).copied().flatten();
        let again = before.filter(|before| *before + 1 == i || section(&body.text[*before]) == section(line));
        if let Some(before) = again {
            let message = "这一段与前面一段一字不差，像是重复粘贴，请核对后删去一处".to_string();
            let location = line.passage.locate(facts, 0..line.passage.text().len());
            let finding = verdicts.fail(location, &line.folded, message);
            let first = &body.text[before].passage;
            let location = first.locate(facts, 0..first.text().len());
            finding.related.push(Related { label: "前面一段".into(), location });
        } else if long {
            verdicts.pass();
        }
        if long {
            seen.entry(line.folded.as_str()).or_insert(i);
        }
    }
    verdicts.outcome("没有正文")
}

/// Pages inside the document that show nothing.
fn blank_pages(verdicts: &mut Verdicts, document: &Document) {
    if document.format != Format::Pdf {
        return;
    }
    let inside = document.pages.iter().skip(1).rev().skip(1).rev();
    let blank: Vec<u32> =
        inside.filter(|page| page.characters == 0 && page.pictures == 0).map(|page| page.number).collect();
    let Some(first) = blank.first() else { return };
    let pages: Vec<String> = blank.iter().map(ToString::to_string).collect();
    let message = format!("第 {} 页是空白页，请核对是否漏了内容，或删去", pages.join("、"));
    let place = Place { page: Some(*first), ..Place::default() };
    verdicts.fail(Locator { place, ..Locator::default() }, "blank", message);
}
