//! A finding as a page and a program see it, with what a reviewer said of it.

use mingzhang_desk::state::File;
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use schemars::JsonSchema;
use serde::Serialize;

use crate::report::basis_list;
use crate::shapes::bbox;

/// A finding.
#[derive(Serialize, JsonSchema)]
pub(super) struct FindingRow {
    /// Its number on the page, from 1, in the order of the places.
    pub(super) number: usize,
    pub(super) rule: String,
    pub(super) name: String,
    /// error, warning, note, hint.
    pub(super) severity: &'static str,
    pub(super) message: String,
    pub(super) place: PlaceRow,
    /// What it was compared with.
    pub(super) related: Vec<RelatedRow>,
    pub(super) expected: Option<String>,
    pub(super) found: Option<String>,
    pub(super) difference: Option<String>,
    /// The number to change, as printed.
    pub(super) culprit: Option<String>,
    /// What it should be.
    pub(super) suggested: Option<String>,
    pub(super) basis: Vec<String>,
    /// Rule and key of the numbers, the same in a corrected version.
    pub(super) fingerprint: String,
    /// confirmed, dismissed, fixed.
    pub(super) mark: Option<&'static str>,
    pub(super) reason: Option<String>,
    pub(super) marked_by: Option<String>,
    pub(super) marked_at: Option<u64>,
}

/// A place in the document.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlaceRow {
    pub(super) words: String,
    pub(super) page: Option<u32>,
    /// Points from the top left corner of the page: left, top, right, bottom.
    pub(super) bbox: Option<[f64; 4]>,
    pub(super) quote: Option<String>,
}

impl PlaceRow {
    pub(super) fn of(locator: &Locator) -> PlaceRow {
        PlaceRow {
            words: locator.words(),
            page: locator.place.page,
            bbox: bbox(locator.place.rect),
            quote: locator.quote.clone(),
        }
    }
}

/// A place that a finding was compared with.
#[derive(Serialize, JsonSchema)]
pub(super) struct RelatedRow {
    pub(super) label: String,
    pub(super) place: PlaceRow,
}

impl FindingRow {
    /// A finding and its mark.
    pub(super) fn of(number: usize, finding: &Finding, file: &File) -> FindingRow {
        let marking = file.marks.get(&finding.fingerprint);
        let related = finding
            .related
            .iter()
            .map(|related| RelatedRow { label: related.label.clone(), place: PlaceRow::of(&related.location) });
        FindingRow {
            number,
            rule: finding.rule.clone(),
            name: finding.name.clone(),
            severity: finding.severity.word(),
            message: finding.message.clone(),
            place: PlaceRow::of(&finding.location),
            related: related.collect(),
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            difference: finding.difference.clone(),
            culprit: finding.culprit.as_ref().map(|culprit| culprit.quote.clone()),
            suggested: finding.culprit.as_ref().map(|culprit| culprit.suggested.clone()),
            basis: basis_list(&finding.basis),
            fingerprint: finding.fingerprint.clone(),
            mark: marking.map(|marking| marking.mark.word()),
            reason: marking.map(|marking| marking.reason.clone()).filter(|reason| !reason.is_empty()),
            marked_by: marking.and_then(|marking| marking.by.as_ref()).map(ToString::to_string),
            marked_at: marking.map(|marking| marking.at),
        }
    }

    /// The pages on which it has places, in order.
    pub(super) fn pages(&self) -> Vec<u32> {
        let mut pages: Vec<u32> = self.related.iter().filter_map(|related| related.place.page).collect();
        pages.extend(self.place.page);
        pages.sort_unstable();
        pages.dedup();
        pages
    }
}
