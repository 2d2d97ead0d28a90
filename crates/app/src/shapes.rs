//! The shapes of JSON: what other programs may rely on. Fields keep their order and their meaning.

pub(crate) mod bundle;

use mingzhang_model::document::{Note, NoteKind, Place, Rect};
use mingzhang_model::fact::{Disclosure, DisclosureKind, Missing, Why};
use mingzhang_model::finding::{Culprit, Finding, Related};
use mingzhang_model::key::Stage;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::Basis;
use mingzhang_model::set::Member;
use serde::Serialize;

use crate::messages::settings::Against;
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, ProofCounts, TableSummary};
use crate::sieve::{SetAside, Why as Aside};
use crate::suppression::{Standing, Target, Use};
use crate::tally::Tally;

/// A rectangle in points from the top left corner of the page, to a hundredth of a point.
pub(crate) fn bbox(rect: Option<Rect>) -> Option<[f64; 4]> {
    let rounded = |edge: f32| (f64::from(edge) * 100.0).round() / 100.0;
    rect.map(|r| [r.x0, r.y0, r.x1, r.y1].map(rounded))
}

/// A place in a document.
#[derive(Serialize)]
pub(crate) struct LocationShape<'a> {
    page: Option<u32>,
    bbox: Option<[f64; 4]>,
    section: Option<&'a str>,
    table: Option<&'a str>,
    row: Option<&'a str>,
    column: Option<&'a str>,
    quote: Option<&'a str>,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

impl<'a> From<&'a Locator> for LocationShape<'a> {
    fn from(locator: &'a Locator) -> Self {
        LocationShape {
            page: locator.place.page,
            bbox: bbox(locator.place.rect),
            section: locator.section.as_deref(),
            table: locator.table.as_deref(),
            row: locator.row.as_deref(),
            column: locator.column.as_deref(),
            quote: locator.quote.as_deref(),
            line: locator.place.line,
            paragraph: locator.place.paragraph,
            cell: locator.place.cell(),
        }
    }
}

/// Page, rectangle, line, paragraph and cell, as fields of something else.
#[derive(Serialize)]
pub(crate) struct PlaceShape {
    page: Option<u32>,
    bbox: Option<[f64; 4]>,
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
}

impl From<Place> for PlaceShape {
    fn from(place: Place) -> Self {
        PlaceShape {
            page: place.page,
            bbox: bbox(place.rect),
            line: place.line,
            paragraph: place.paragraph,
            cell: place.cell(),
        }
    }
}

/// A statute with its article, a form, or arithmetic.
#[derive(Serialize)]
pub(crate) struct BasisShape<'a> {
    title: &'a str,
    article: Option<&'a str>,
}

impl<'a> From<&'a Basis> for BasisShape<'a> {
    fn from(basis: &'a Basis) -> Self {
        BasisShape { title: &basis.title, article: basis.article.as_deref() }
    }
}

/// The document that a finding is about.
#[derive(Serialize)]
struct AboutShape<'a> {
    path: &'a str,
    sha256: Option<&'a str>,
    body: Option<&'a str>,
    year: Option<u16>,
    stage: Option<&'static str>,
}

#[derive(Serialize)]
struct RelatedShape<'a> {
    label: &'a str,
    location: LocationShape<'a>,
    /// The document, where it is another one than the finding's.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<AboutShape<'a>>,
}

impl<'a> From<&'a Related> for RelatedShape<'a> {
    fn from(related: &'a Related) -> Self {
        RelatedShape { label: &related.label, location: (&related.location).into(), document: None }
    }
}

#[derive(Serialize)]
struct CulpritShape<'a> {
    quote: &'a str,
    suggested: &'a str,
}

impl<'a> From<&'a Culprit> for CulpritShape<'a> {
    fn from(culprit: &'a Culprit) -> Self {
        CulpritShape { quote: &culprit.quote, suggested: &culprit.suggested }
    }
}

/// A finding, together with the document it is about.
#[derive(Serialize)]
pub(crate) struct FindingShape<'a> {
    rule: &'a str,
    name: &'a str,
    severity: &'static str,
    message: &'a str,
    document: AboutShape<'a>,
    location: LocationShape<'a>,
    related: Vec<RelatedShape<'a>>,
    expected: Option<&'a str>,
    found: Option<&'a str>,
    difference: Option<&'a str>,
    basis: Vec<BasisShape<'a>>,
    culprit: Option<CulpritShape<'a>>,
    also: &'a [String],
    fingerprint: &'a str,
}

impl<'a> FindingShape<'a> {
    /// The shape of a finding in a document.
    pub(crate) fn new(path: &'a str, checkup: &'a Checkup, finding: &'a Finding) -> Self {
        let disclosure = &checkup.disclosure;
        let about = AboutShape {
            path,
            sha256: checkup.sha256.as_deref(),
            body: disclosure.body.as_deref(),
            year: disclosure.year,
            stage: disclosure.kind.map(stage_word),
        };
        FindingShape::with(about, finding, finding.related.iter().map(Into::into).collect())
    }

    fn with(document: AboutShape<'a>, finding: &'a Finding, related: Vec<RelatedShape<'a>>) -> Self {
        FindingShape {
            rule: &finding.rule,
            name: &finding.name,
            severity: finding.severity.word(),
            message: &finding.message,
            document,
            location: (&finding.location).into(),
            related,
            expected: finding.expected.as_deref(),
            found: finding.found.as_deref(),
            difference: finding.difference.as_deref(),
            basis: finding.basis.iter().map(Into::into).collect(),
            culprit: finding.culprit.as_ref().map(Into::into),
            also: &finding.also,
            fingerprint: &finding.fingerprint,
        }
    }
}

/// The word of a stage, by the kind of disclosure.
pub(crate) fn stage_word(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::Budget => Stage::Initial.word(),
        DisclosureKind::Accounts => Stage::FinalAccounts.word(),
    }
}

/// The word of a kind of disclosure.
pub(crate) fn kind_word(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::Budget => "budget",
        DisclosureKind::Accounts => "accounts",
    }
}

/// The word of the reason why a money cell is no fact.
pub(crate) fn why_word(why: Why) -> &'static str {
    match why {
        Why::NotANumber => "not_a_number",
        Why::UnknownRow => "unknown_row",
        Why::UnknownUnit => "unknown_unit",
        Why::UnknownColumn => "unknown_column",
    }
}

/// A finding that does not count, and why.
#[derive(Serialize)]
pub(crate) struct AsideShape<'a> {
    #[serde(flatten)]
    finding: FindingShape<'a>,
    suppression: Option<AnsweredShape<'a>>,
    known: bool,
}

#[derive(Serialize)]
struct AnsweredShape<'a> {
    reason: &'a str,
    by: &'a str,
    until: String,
}

impl<'a> AsideShape<'a> {
    /// The shape of a finding that does not count.
    pub(crate) fn new(path: &'a str, checkup: &'a Checkup, aside: &'a SetAside) -> Self {
        AsideShape::of(FindingShape::new(path, checkup, &aside.finding), aside)
    }

    fn of(finding: FindingShape<'a>, aside: &'a SetAside) -> Self {
        let suppression = match &aside.why {
            Aside::Suppressed { reason, by, until } => Some(AnsweredShape { reason, by, until: until.to_string() }),
            Aside::Known => None,
        };
        let known = aside.why == Aside::Known;
        AsideShape { finding, suppression, known }
    }
}

/// What became of a suppression.
#[derive(Serialize)]
pub(crate) struct SuppressionShape<'a> {
    line: usize,
    fingerprint: Option<&'a str>,
    rule: Option<&'a str>,
    document: Option<&'a str>,
    reason: &'a str,
    by: &'a str,
    until: String,
    state: &'static str,
    findings: usize,
}

impl<'a> From<&'a Use> for SuppressionShape<'a> {
    fn from(used: &'a Use) -> Self {
        let suppression = &used.suppression;
        let (fingerprint, rule, document) = match &suppression.target {
            Target::Finding { fingerprint, document } => (Some(fingerprint.as_str()), None, document.as_deref()),
            Target::Rule { rule, document } => (None, Some(rule.as_str()), Some(document.as_str())),
        };
        let state = match used.standing {
            Standing::Used => "used",
            Standing::Unused => "unused",
            Standing::Expired => "expired",
            Standing::NotSelected => "not_selected",
        };
        SuppressionShape {
            line: suppression.line,
            fingerprint,
            rule,
            document,
            reason: &suppression.reason,
            by: &suppression.by,
            until: suppression.until.to_string(),
            state,
            findings: used.findings,
        }
    }
}

/// How a run compares with its baseline.
#[derive(Serialize)]
pub(crate) struct BaselineShape {
    new: usize,
    known: usize,
    fixed: usize,
}

impl From<Against> for BaselineShape {
    fn from(against: Against) -> Self {
        BaselineShape { new: against.new, known: against.known, fixed: against.fixed }
    }
}

/// What a document says it is.
#[derive(Serialize)]
pub(crate) struct DisclosureShape {
    body: Option<String>,
    scope: &'static str,
    year: Option<u16>,
    kind: Option<&'static str>,
    form: Option<&'static str>,
}

impl From<&Disclosure> for DisclosureShape {
    fn from(disclosure: &Disclosure) -> Self {
        DisclosureShape {
            body: disclosure.body.clone(),
            scope: disclosure.scope.word(),
            year: disclosure.year,
            kind: disclosure.kind.map(kind_word),
            form: disclosure.form,
        }
    }
}

#[derive(Serialize)]
struct TableShape {
    code: &'static str,
    concept: &'static str,
    title: String,
    page: Option<u32>,
    rows: usize,
    columns: usize,
}

impl From<&TableSummary> for TableShape {
    fn from(table: &TableSummary) -> Self {
        TableShape {
            code: table.code,
            concept: table.concept,
            title: table.title.clone(),
            page: table.page,
            rows: table.rows,
            columns: table.columns,
        }
    }
}

/// A statutory table that is not there.
#[derive(Serialize)]
pub(crate) struct MissingShape {
    code: &'static str,
    title: &'static str,
    named: Option<String>,
}

impl From<&Missing> for MissingShape {
    fn from(missing: &Missing) -> Self {
        let named = missing.named.as_ref().map(|text| text.text.clone());
        MissingShape { code: missing.code, title: missing.title, named }
    }
}

#[derive(Serialize)]
struct ProofsShape {
    proven: usize,
    unproven: usize,
    contradicted: usize,
}

impl From<ProofCounts> for ProofsShape {
    fn from(counts: ProofCounts) -> Self {
        ProofsShape { proven: counts.proven, unproven: counts.unproven, contradicted: counts.contradicted }
    }
}

/// What the rules said, as counts of rules, and how many comparisons held.
#[derive(Serialize)]
struct OutcomesShape {
    passed: usize,
    failed: usize,
    not_applicable: usize,
    undecided: usize,
    comparisons_held: usize,
}

impl From<&Tally> for OutcomesShape {
    fn from(tally: &Tally) -> Self {
        OutcomesShape {
            passed: tally.rules_passed,
            failed: tally.rules_failed,
            not_applicable: tally.rules_not_applicable,
            undecided: tally.rules_undecided,
            comparisons_held: tally.held,
        }
    }
}

/// What the reader was not sure of.
#[derive(Serialize)]
pub(crate) struct NoteShape {
    kind: &'static str,
    #[serde(flatten)]
    place: PlaceShape,
    detail: String,
}

impl From<&Note> for NoteShape {
    fn from(note: &Note) -> Self {
        NoteShape { kind: note_word(note.kind), place: note.place.into(), detail: note.detail.clone() }
    }
}

/// A document of a run, readable or not.
#[derive(Serialize)]
pub(crate) struct DocumentShape {
    path: String,
    sha256: Option<String>,
    #[serde(flatten)]
    disclosure: DisclosureShape,
    tables: Vec<TableShape>,
    missing: Vec<MissingShape>,
    facts: usize,
    unkeyed: usize,
    proofs: Option<ProofsShape>,
    outcomes: Option<OutcomesShape>,
    notes: Vec<NoteShape>,
    error: Option<String>,
}

impl DocumentShape {
    /// The shape of a file and what came of it.
    pub(crate) fn new(checked: &Checked, lang: Lang) -> DocumentShape {
        let nothing = Checkup::default();
        let checkup = checked.result.as_ref().unwrap_or(&nothing);
        let error = checked.result.as_ref().err().map(|failure| lang.say(&Message::CannotRead(failure)));
        DocumentShape {
            path: checked.path.clone(),
            sha256: checkup.sha256.clone(),
            disclosure: (&checkup.disclosure).into(),
            tables: checkup.tables.iter().map(Into::into).collect(),
            missing: checkup.missing.iter().map(Into::into).collect(),
            facts: checkup.facts,
            unkeyed: checkup.unkeyed,
            proofs: error.is_none().then(|| checkup.proofs.into()),
            outcomes: error.is_none().then(|| (&checkup.tally).into()),
            notes: checkup.notes.iter().map(Into::into).collect(),
            error,
        }
    }
}

/// The word of a note's kind in JSON.
fn note_word(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::NoTextLayer => "no_text_layer",
        NoteKind::Recognised => "recognised",
        NoteKind::Doubtful => "doubtful",
        NoteKind::Unmapped => "unmapped",
        NoteKind::Clipped => "clipped",
        NoteKind::Overlapping => "overlapping",
        NoteKind::Swallowed => "swallowed",
        NoteKind::Untiled => "untiled",
        NoteKind::Damaged => "damaged",
        NoteKind::Limit => "limit",
        NoteKind::Undecodable => "undecodable",
        NoteKind::Residue => "residue",
        NoteKind::Hidden => "hidden",
        NoteKind::Unprinted => "unprinted",
        NoteKind::Comment => "comment",
        NoteKind::Uncomputed => "uncomputed",
        NoteKind::Elsewhere => "elsewhere",
        NoteKind::TrackedChange => "tracked_change",
        NoteKind::Embedded => "embedded",
    }
}
