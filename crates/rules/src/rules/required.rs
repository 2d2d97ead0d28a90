//! What the narrative has to speak of: shared by the rules that ask for a section each.
//!
//! Tables and narrative are often separate files, and a narrative may be cut in parts. So a section is
//! called missing only in a document that has most of its siblings; and where the contents promise it or
//! a part of the document could not be read, nothing is certain.

use super::Verdicts;
use crate::reading::Reading;
use crate::reading::body::{self, Body};
use mingzhang_model::fact::Facts;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};
use mingzhang_standard::section::{Required, required};

/// A narrative that speaks of at least this many of the other subjects is meant whole.
const MEANT_WHOLE: usize = 5;

/// A document with at least this many statutory tables shows that it is not the narrative alone.
const WITH_TABLES: usize = 5;

/// Looks for every subject that a rule asks for.
pub(crate) fn check(code: &'static str, reading: &Reading<'_>, facts: &Facts) -> Outcome {
    let subjects = || required().iter().filter(|subject| subject.rule == code);
    hold(code, reading, facts, subjects().collect())
}

fn hold(code: &'static str, reading: &Reading<'_>, facts: &Facts, subjects: Vec<&'static Required>) -> Outcome {
    let (Some(kind), Some(year)) = (facts.disclosure.kind, facts.disclosure.year) else {
        return Outcome::Undecided("没有读出是哪一年的预算或决算".into());
    };
    let (document, body) = (reading.document, reading.body());
    let asked: Vec<&Required> = required().iter().filter(|subject| subject.concerns(kind, year)).collect();
    let found: Vec<&Required> = asked.iter().copied().filter(|subject| body.first_about(subject).is_some()).collect();
    let mut verdicts = Verdicts::of(code);
    let mut undecided = None;
    for subject in subjects.into_iter().filter(|subject| subject.concerns(kind, year)) {
        let siblings = found.iter().filter(|other| other.name != subject.name).count();
        if found.iter().any(|other| other.name == subject.name) {
            verdicts.pass();
        } else if siblings < MEANT_WHOLE {
            undecided = Some(format!("文字部分只读到 {siblings} 项应说明的内容，不能判断是否缺“{}”", subject.name));
        } else if body.promises(subject).any(body::is_table_title) {
            undecided = Some(format!("“{}”列为表，表可能在另外的文件里", subject.name));
        } else if body::is_partly_unread(document) || body::is_in_a_table(document, facts, subject) {
            undecided = Some(format!("有的页面未能读出文字，不能判断是否缺“{}”", subject.name));
        } else {
            report(&mut verdicts, facts, body, subject, &found);
        }
    }
    match (undecided, verdicts.outcome("本年度、本类公开文件不要求这些内容")) {
        (Some(why), Outcome::NotApplicable(_)) => Outcome::Undecided(why),
        (_, outcome) => outcome,
    }
}

fn report(verdicts: &mut Verdicts, facts: &Facts, body: &Body<'_>, subject: &Required, found: &[&Required]) {
    if let Some(promise) = body.promises(subject).next() {
        let message = format!(
            "目录列有“{}”，正文里却没有读到“{}”的内容，请核对是否漏写",
            promise.passage.text().trim(),
            subject.name
        );
        let location = promise.passage.locate(facts, 0..promise.passage.text().len());
        verdicts.fail_as(Severity::Warning, location, subject.name, message);
        return;
    }
    // It belongs behind the subject that usually stands before it.
    let place = required().iter().take_while(|other| other.name != subject.name).filter(|other| found.contains(other));
    let line = place.last().or(found.first().copied()).and_then(|other| body.first_about(other));
    let location = line.map_or_else(Locator::default, |line| {
        let end = line.passage.text().char_indices().nth(30).map_or(line.passage.text().len(), |(at, _)| at);
        line.passage.locate(facts, 0..end)
    });
    let others: Vec<&str> = found.iter().map(|other| other.name).collect();
    let message = format!("没有读到“{}”的说明（已有：{}）；没有发生的也应写明“无”", subject.name, others.join("、"));
    if facts.statements.len() >= WITH_TABLES || !body.contents.is_empty() {
        verdicts.fail(location, subject.name, message);
    } else {
        verdicts.fail_as(Severity::Warning, location, subject.name, message);
    }
}
