//! The documents of a run that belong together, and what is found when they are held against each other.
//!
//! It comes after every document was checked alone. Two files that are the halves of one disclosure are read once more
//! and checked as one document: nothing of a document is kept but what it states.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::time::Duration;

use mingzhang_model::fact::Disclosure;
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::Report;
use mingzhang_rules::bundle::{self, Bundle, Part};

use crate::ocr::Scans;
use crate::parallel;
use crate::pipeline::{self, Checked, Checkup, Detail, Failure};
use crate::tally::Tally;
use crate::walk::Source;

/// A document of a bundle.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Member {
    pub(crate) path: String,
    pub(crate) sha256: Option<String>,
    pub(crate) disclosure: Disclosure,
}

/// Documents that belong together, and what came of it.
#[derive(Debug)]
pub(crate) struct Together {
    pub(crate) members: Vec<Member>,
    /// Under the name of the body, what the rules over several documents said.
    pub(crate) checked: Checked,
}

impl Together {
    /// The name of the body.
    pub(crate) fn body(&self) -> &str {
        &self.checked.path
    }

    /// What the rules said; a bundle is always there to be read.
    pub(crate) fn checkup(&self) -> Option<&Checkup> {
        self.checked.result.as_ref().ok()
    }

    /// The document of this path.
    pub(crate) fn member(&self, path: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.path == path)
    }

    /// The document that a finding stands in; where it names none, the first.
    pub(crate) fn of(&self, finding: &Finding) -> Option<&Member> {
        let named = finding.location.document.as_deref().and_then(|path| self.member(path));
        named.or_else(|| self.members.first())
    }
}

/// What is kept of the documents of a run.
#[derive(Default)]
pub(crate) struct Kept {
    /// Where the documents can be read once more.
    sources: BTreeMap<String, Source>,
    parts: Vec<Part>,
    hashes: Vec<Option<String>>,
}

impl Kept {
    /// Nothing yet, of a run over these. Standard input cannot be read twice.
    pub(crate) fn of(sources: &[Source]) -> Kept {
        let twice = sources.iter().filter(|source| !matches!(source, Source::Stdin | Source::Nothing(..)));
        Kept { sources: twice.map(|source| (source.shown(), source.clone())).collect(), ..Kept::default() }
    }

    /// Keeps what a checked document states.
    pub(crate) fn keep(&mut self, checked: &mut Checked) {
        let Ok(checkup) = &mut checked.result else { return };
        if let Some(part) = checkup.part.take() {
            self.add(*part, checkup.sha256.clone());
        }
    }

    /// Keeps what a document states, with the hash of its file.
    pub(crate) fn add(&mut self, part: Part, sha256: Option<String>) {
        self.parts.push(part);
        self.hashes.push(sha256);
    }

    /// Holds those that belong together against each other, one bundle after the other.
    pub(crate) fn bundles(&self, limit: Duration, jobs: NonZeroUsize) -> Vec<Together> {
        let halves = bundle::halves(&self.parts);
        let mut found = Vec::new();
        let work = |bundle: Bundle| self.together(&bundle, &halves, limit);
        parallel::in_order(bundle::bundles(&self.parts), jobs, work, |together| {
            found.push(together);
            ControlFlow::Continue(())
        });
        found
    }

    fn together(&self, bundle: &Bundle, halves: &[(usize, usize)], limit: Duration) -> Together {
        let parts: Vec<&Part> = bundle.members.iter().map(|i| &self.parts[*i]).collect();
        let mut report = bundle::check(&parts);
        for (text, tables) in halves.iter().filter(|(text, _)| bundle.members.contains(text)) {
            // Files that are gone since they were read are no finding: what was said of each alone stands.
            let source = |i: &usize| self.sources.get(&self.parts[*i].name).cloned();
            let (Some(text), Some(tables)) = (source(text), source(tables)) else { continue };
            report.outcomes.extend(joined(text, tables, limit).map(|report| report.outcomes).unwrap_or_default());
        }
        let member = |i: &usize| Member {
            path: self.parts[*i].name.clone(),
            sha256: self.hashes[*i].clone(),
            disclosure: self.parts[*i].facts.disclosure.clone(),
        };
        let disclosure = Disclosure { body: Some(bundle.body.clone()), ..Disclosure::default() };
        let checkup = Checkup { disclosure, tally: Tally::of(&report), report, ..Checkup::default() };
        let checked = Checked { path: bundle.body.clone(), result: Ok(checkup) };
        Together { members: bundle.members.iter().map(member).collect(), checked }
    }
}

/// What two files say as one document that neither says alone.
fn joined(text: Source, tables: Source, limit: Duration) -> Result<Report, Failure> {
    pipeline::within(limit, move || {
        // A scan joins nothing: its numbers are not sure enough to be held against another file.
        let read =
            |source: &Source| pipeline::open(source, Detail::Findings, Scans::Unread).map(|opened| opened.document);
        let (first, second) = (read(&text)?, read(&tables)?);
        let joined = bundle::joined((&text.shown(), first), (&tables.shown(), second));
        let facts = mingzhang_extract::extract(&joined.document);
        let report = mingzhang_rules::check(&joined.document, &facts);
        Ok(joined.across(report))
    })
}
