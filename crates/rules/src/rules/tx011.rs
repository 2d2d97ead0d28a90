//! TX011: the text speaks of the level of government that the cover prints.

use crate::rules::Verdicts;
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

const LEVELS: [&str; 4] = ["省级", "市级", "区级", "县级"];

/// What is always of the document's own level: 区级预算主管部门.
const OWN: [&str; 2] = ["预算主管部门", "预算部门及所属预算单位"];

/// How the cover goes on after the level: 区级部门预算.
const COVER: [&str; 3] = ["部门预算", "单位预算", "部门决算"];

/// How many paragraphs the cover may have.
const COVER_PARAGRAPHS: usize = 12;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let Some(level) = printed(document).or_else(|| named(facts)) else {
        return Outcome::NotApplicable("封面和单位名称没有写明级次".into());
    };
    let mut verdicts = Verdicts::of("TX011");
    for passage in text::passages(document) {
        let text = passage.text();
        for (at, word) in OWN.iter().flat_map(|word| text.match_indices(word)) {
            let Some(found) = LEVELS.iter().find(|found| text[..at].ends_with(**found)) else { continue };
            if *found == level {
                verdicts.pass();
                continue;
            }
            let bytes = at - found.len()..at + word.len();
            let message =
                format!("“{}”写作“{found}”，而封面和名称表明这是{level}部门，应改为“{level}”", passage.around(&bytes));
            text::report(&mut verdicts, facts, &passage, Hit { bytes, message });
        }
    }
    verdicts.outcome("正文没有写到预算主管部门的级次")
}

/// The level that the cover prints.
fn printed(document: &Document) -> Option<&'static str> {
    text::passages(document).take(COVER_PARAGRAPHS).find_map(|passage| {
        let folded = words::fold(passage.text());
        LEVELS.into_iter().find(|level| COVER.iter().any(|cover| folded.contains(&format!("{level}{cover}"))))
    })
}

/// The level that the name shows: a district of a city.
fn named(facts: &Facts) -> Option<&'static str> {
    let body = facts.disclosure.body.as_deref()?;
    let (_, rest) = body.split_once('市')?;
    let district = rest.find('区').is_some_and(|at| (6..=12).contains(&at));
    district.then_some("区级")
}
