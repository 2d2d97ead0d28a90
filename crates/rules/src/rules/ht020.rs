//! HT020: an office that began in the year is compared with the year before.

use super::Verdicts;
use crate::prose::Prose;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::Claim;
use mingzhang_model::rule::Outcome;
use std::ops::Range;

/// What is said of an office that began.
const BEGAN: [&str; 6] = ["新成立", "新组建", "新设立", "年成立", "年组建", "年设立"];

/// Whose beginning it is.
const OWN: [&str; 9] = ["本部门", "本单位", "我单位", "我局", "单位于", "部门于", "单位20", "部门20", "我部"];

/// How many characters may stand between the year and the end of these words.
const NEAR: usize = 8;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let prose = Prose { document, facts };
    let mut verdicts = Verdicts::of("HT020");
    let compares = prose.claims().iter().any(|claim| matches!(claim, Claim::Change { rate: Some(_), .. }));
    let Some(year) = text::year(document, facts).filter(|_| compares) else {
        return verdicts.outcome("文中没有写明年度的同比");
    };
    let mut told = false;
    for passage in text::passages(document) {
        let Some(bytes) = began(passage.text(), year) else { continue };
        if told || passage.text().contains("不可比") {
            verdicts.pass();
            continue;
        }
        told = true;
        let message = format!("“{}”，文中的同比可能不可比，请关注是否需要注明", &passage.text()[bytes.clone()]);
        text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
    }
    if !told {
        verdicts.pass();
    }
    verdicts.outcome("")
}

/// The words of a sentence that say that the office began in the year or in the one before.
fn began(text: &str, year: u16) -> Option<Range<usize>> {
    text::places_of(text, &BEGAN).into_iter().find_map(|bytes| {
        let from = text::sentence(text, bytes.start).start;
        let said = &text[from..bytes.end];
        let (named, at) = text::years(said).last()?;
        let own = OWN.iter().any(|word| said.contains(word));
        // 单位于2024年成立, 单位2024年新成立
        let near = said[at.end..].chars().count() <= NEAR;
        (own && near && (named == year || named + 1 == year)).then_some(from + at.start..bytes.end)
    })
}
