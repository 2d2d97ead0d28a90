//! The shapes of documents that belong together, and of what is found about several of them.

use mingzhang_model::finding::{Finding, Related};
use mingzhang_model::rule::Outcome;
use mingzhang_model::set::Member as _;
use serde::Serialize;

use super::{AboutShape, AsideShape, FindingShape, LocationShape, RelatedShape, stage_word};
use crate::report::{Extent, in_order_of_place};
use crate::together::{Member, Together};

/// Documents that belong together.
#[derive(Serialize)]
pub(crate) struct BundleShape<'a> {
    body: &'a str,
    documents: Vec<MemberShape<'a>>,
    findings: Vec<FindingShape<'a>>,
    /// The rules that could not be decided, each with what is lacking.
    undecided: Vec<UndecidedShape<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    set_aside: Vec<AsideShape<'a>>,
    comparisons_held: usize,
}

/// A document among others.
#[derive(Serialize)]
struct MemberShape<'a> {
    #[serde(flatten)]
    about: AboutShape<'a>,
    scope: &'static str,
}

#[derive(Serialize)]
struct UndecidedShape<'a> {
    rule: &'a str,
    why: &'a str,
}

impl<'a> BundleShape<'a> {
    /// The shape of documents that belong together.
    pub(crate) fn new(together: &'a Together, extent: Extent) -> Option<Self> {
        let checkup = together.checkup()?;
        let undecided = checkup.report.outcomes.iter().filter_map(|(rule, outcome)| match outcome {
            Outcome::Undecided(why) => Some(UndecidedShape { rule, why }),
            _ => None,
        });
        let member = |member| MemberShape { about: about(member), scope: member.disclosure.scope.word() };
        let aside = checkup.set_aside.iter().filter(|_| extent == Extent::All);
        Some(BundleShape {
            body: together.body(),
            documents: together.members.iter().map(member).collect(),
            findings: in_order_of_place(checkup).into_iter().filter_map(|f| finding(together, f)).collect(),
            undecided: undecided.collect(),
            set_aside: aside
                .filter_map(|aside| Some(AsideShape::of(finding(together, &aside.finding)?, aside)))
                .collect(),
            comparisons_held: checkup.tally.held,
        })
    }
}

fn about(member: &Member) -> AboutShape<'_> {
    AboutShape {
        path: &member.path,
        sha256: member.sha256.as_deref(),
        body: member.disclosure.body.as_deref(),
        year: member.disclosure.year,
        stage: member.disclosure.kind.map(stage_word),
    }
}

fn finding<'a>(together: &'a Together, finding: &'a Finding) -> Option<FindingShape<'a>> {
    let related = finding.related.iter().map(|other| related(together, other)).collect();
    Some(FindingShape::with(about(together.of(finding)?), finding, related))
}

/// A place in another document names that document.
fn related<'a>(together: &'a Together, related: &'a Related) -> RelatedShape<'a> {
    let document = related.location.document.as_deref().and_then(|path| together.member(path)).map(about);
    RelatedShape { label: &related.label, location: LocationShape::from(&related.location), document }
}
