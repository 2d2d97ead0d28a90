//! PF002: a grade is the one of its score.

use super::Verdicts;
use crate::reading::performance::{Grade, Points, scores};
use crate::text::{self, Hit};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::rule::{Outcome, Severity};

/// Some places have drawn the line of the second grade here.
const OLD_LINE: Points = Points(7_500);

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF002");
    for passage in text::passages(document) {
        let text = passage.text();
        for score in scores(&passage).into_iter().filter(|score| score.points <= Points::FULL) {
            let Some((bytes, said)) = score.grade else { continue };
            let due = Grade::of(score.points);
            if said == due {
                verdicts.pass();
                continue;
            }
            let doubtful =
                said == Grade::Good && (OLD_LINE..Points::FULL).contains(&score.points) && due == Grade::Fair;
            let message = format!(
                "得分 {}，等级写为“{}”；按{}为“{}”，应为“{}”",
                &text[score.bytes.clone()],
                &text[bytes.clone()],
                due.band(),
                due.word(),
                due.word()
            );
            let around = score.bytes.start.min(bytes.start)..score.bytes.end.max(bytes.end);
            let finding = text::report(&mut verdicts, facts, &passage, Hit { bytes: around, message });
            if doubtful {
                finding.severity = Severity::Warning;
            }
        }
    }
    verdicts.outcome("文中没有得分和等级")
}
