//! PF022: one score and one grade of the whole, wherever it is told.

use super::Verdicts;
use crate::reading::performance::{Score, scores};
use crate::text::{self, Hit, Passage};
use mingzhang_model::document::Document;
use mingzhang_model::fact::Facts;
use mingzhang_model::finding::Related;
use mingzhang_model::rule::Outcome;

/// A score of the whole, and where it is told.
struct Told<'d> {
    passage: Passage<'d>,
    score: Score,
}

pub(crate) fn check(document: &Document, facts: &Facts) -> Outcome {
    let mut verdicts = Verdicts::of("PF022");
    let mut told: Vec<Told<'_>> = Vec::new();
    for passage in text::passages(document) {
        let found = scores(&passage).into_iter().filter(|score| is_whole(facts, &passage, score));
        told.extend(found.map(|score| Told { passage, score }));
    }
    let Some((first, others)) = told.split_first() else {
        return verdicts.outcome("文中没有部门整体绩效自评得分");
    };
    for other in others {
        let grades = first.score.grade.as_ref().zip(other.score.grade.as_ref());
        let grade_differs = grades.is_some_and(|((_, a), (_, b))| a != b);
        if first.score.points == other.score.points && !grade_differs {
            verdicts.pass();
            continue;
        }
        let bytes = words(&other.score);
        let message = format!(
            "部门整体绩效自评在这里写为“{}”，前面写为“{}”，应为同一得分和等级",
            &other.passage.text()[bytes.clone()],
            &first.passage.text()[words(&first.score)]
        );
        let related =
            Related { label: "前面的得分".into(), location: first.passage.locate(facts, words(&first.score)) };
        let finding = text::report(&mut verdicts, facts, &other.passage, Hit { bytes, message });
        finding.related.push(related);
    }
    verdicts.outcome("部门整体绩效自评得分只写了一次")
}

/// The bytes from the score to its grade.
fn words(score: &Score) -> std::ops::Range<usize> {
    let end = score.grade.as_ref().map_or(score.bytes.end, |(bytes, _)| bytes.end.max(score.bytes.end));
    score.bytes.start..end
}

/// True when the sentence of a score says that it is the whole's, and of no other year.
fn is_whole(facts: &Facts, passage: &Passage<'_>, score: &Score) -> bool {
    let sentence = &passage.text()[text::sentence(passage.text(), score.bytes.start)];
    let own = |year: u16| facts.disclosure.year.is_none_or(|own| own == year);
    !score.average && sentence.contains("整体") && text::years(sentence).all(|(year, _)| own(year))
}
