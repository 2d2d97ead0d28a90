//! CT015: a corrected version says what was corrected, and when; so does one of two versions that differ.

use super::Verdicts;
use crate::bundle::{View, differences};
use crate::text::{self, Hit, passages};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
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
    if explains(document) {
        verdicts.pass();
    } else {
        let message = format!("“{}”是更正后的版本，文中没有说明更正了什么、何时更正", title.text().trim());
        text::report(&mut verdicts, facts, &title, Hit { bytes: 0..title.text().len(), message });
    }
    verdicts.outcome("")
}

/// True when a document says what it corrects.
pub(crate) fn explains(document: &Document) -> bool {
    passages(document).any(|passage| SAYS.iter().any(|word| passage.text().contains(word)))
}

/// Two versions of one document.
pub(crate) fn versions(view: &View<'_>) -> Outcome {
    let mut verdicts = Verdicts::of("CT015");
    for (one, other) in view.versions() {
        let found = differences(one, other, |_| true);
        if found.differ.is_empty() || one.corrects || other.corrects {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{}有两个版本，{} 个数不同，都没有更正说明；应当写明更正的内容和日期",
            one.called(),
            found.differ.len()
        );
        let finding = verdicts.fail(other.front(), &format!("{}:versions", one.called()), message);
        finding.related = vec![Related { label: one.called(), location: one.front() }];
    }
    verdicts.outcome("没有同一部门（单位）同一年的两份文件")
}
