//! DU012: no more units report performance goals than the department has.

use super::Verdicts;
use crate::reading::composition::Composition;
use crate::text::{self, Hit, passages};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::Outcome;

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let composition = Composition::of(document, facts);
    let listed = composition.units.len();
    if listed == 0 {
        return Outcome::NotApplicable("没有读到预算单位的清单".into());
    }
    let mut verdicts = Verdicts::of("DU012");
    for passage in passages(document) {
        for bytes in text::places_of(passage.text(), &["单位编报", "单位填报"]) {
            let head = passage.text()[..bytes.start].trim_end_matches(['个', '家', '预', '算']);
            let from = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let Ok(number) = head[from..].parse::<usize>() else { continue };
            if number <= listed {
                verdicts.pass();
                continue;
            }
            let message = format!("{number} 个单位编报绩效目标，而本部门的清单只有 {listed} 家预算单位");
            text::report(&mut verdicts, facts, &passage, Hit { bytes: from..bytes.end, message });
        }
    }
    verdicts.outcome("文中没有写几个单位编报绩效目标")
}
