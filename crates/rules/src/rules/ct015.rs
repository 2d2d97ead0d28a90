//! CT015: a corrected version says what was corrected, and when.

use super::Verdicts;
use crate::text::{self, Hit, passages};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;
use mingzhang_standard::words;

/// How a title says that it is not the first version.
const MARKS: [&str; 7] = ["(更正)", "(更正版)", "(更新)", "(更新版)", "(修订)", "(修订版)", "(修改版)"];

/// How a document explains it.
const SAYS: [&str; 6] = ["更正说明", "更正如下", "更正内容", "予以更正", "修订说明", "原公开"];

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    const FRONT: usize = 15;
    const LONGEST: usize = 50;
    let titled = passages(document).take(FRONT).find(|passage| {
        let folded = words::fold(passage.text());
        let short = folded.chars().count() <= LONGEST;
        short && MARKS.iter().any(|mark| folded.contains(mark))
    });
    let Some(title) = titled else { return Outcome::NotApplicable("标题没有写明是更正的版本".into()) };
    let mut verdicts = Verdicts::of("CT015");
    if passages(document).any(|passage| SAYS.iter().any(|word| passage.text().contains(word))) {
        verdicts.pass();
    } else {
        let message = format!("“{}”是更正后的版本，文中没有说明更正了什么、何时更正", title.text().trim());
        text::report(&mut verdicts, facts, &title, Hit { bytes: 0..title.text().len(), message });
    }
    verdicts.outcome("")
}
