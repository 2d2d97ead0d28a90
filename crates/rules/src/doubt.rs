//! Nothing rests on what may have been misread.
//!
//! Relations with a doubtful number are kept out of the trial ([`crate::trial`]). Rules in code compare numbers by
//! themselves and look at words; what they find where a reader had doubts, or in how words and figures are
//! written that were recognised on a picture, is undecided: it may as well be a slip of the recogniser.

use mingzhang_model::document::{Document, NoteKind, Place};
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::Outcome;

/// Why a comparison with a doubtful number says nothing.
pub(crate) const WHY: &str = "所涉数字或文字是从图片识别的，识别没有把握，请对照原件核对";

/// The families of rules about how words and figures are written.
const WRITING: [&str; 2] = ["TX", "UM"];

/// An outcome without the findings that rest on what may have been misread.
pub(crate) fn sieved(document: &Document, code: &str, outcome: Outcome) -> Outcome {
    let Outcome::Failed { mut findings, passed } = outcome else { return outcome };
    if document.notes.iter().all(|note| note.kind != NoteKind::Recognised) {
        return Outcome::Failed { findings, passed };
    }
    let before = findings.len();
    findings.retain(|finding| !rests_on_doubt(document, code, finding));
    match (findings.len(), passed) {
        (0, 0) if before > 0 => Outcome::Undecided(WHY.into()),
        (0, _) if before > 0 => Outcome::Passed(passed),
        _ => Outcome::Failed { findings, passed },
    }
}

fn rests_on_doubt(document: &Document, code: &str, finding: &Finding) -> bool {
    let related = finding.related.iter().map(|related| &related.location.place);
    let mut places = std::iter::once(&finding.location.place).chain(related);
    let is_writing = WRITING.iter().any(|family| code.starts_with(family));
    let misspelt = |place: &Place| is_writing && place.page.is_some_and(|p| document.is_recognised(p));
    places.any(|place| misspelt(place) || document.doubts().any(|doubt| doubt.lies_over(place)))
}
