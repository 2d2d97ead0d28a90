//! Findings that a person has answered for: set aside for a reason, until a day, and counted all the same.

use std::fmt;

use mingzhang_model::date::Date;
use mingzhang_model::finding::Finding;

use crate::glob;
use crate::selection::Selection;

/// One entry of the settings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Suppression {
    /// What it sets aside.
    pub(crate) target: Target,
    /// Why.
    pub(crate) reason: String,
    /// Who answers for it.
    pub(crate) by: String,
    /// The last day on which it counts.
    pub(crate) until: Date,
    /// The line of the settings in which it begins.
    pub(crate) line: usize,
}

/// What a suppression sets aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Target {
    /// The finding of this name, in the documents whose path matches, or in all.
    Finding {
        /// As JSON gives it.
        fingerprint: String,
        /// A pattern of paths.
        document: Option<String>,
    },
    /// Every finding of a rule in the documents whose path matches.
    Rule {
        /// The whole code.
        rule: String,
        /// A pattern of paths.
        document: String,
    },
}

impl Target {
    fn covers(&self, path: &str, finding: &Finding) -> bool {
        match self {
            Target::Finding { fingerprint, document } => {
                *fingerprint == finding.fingerprint && document.as_ref().is_none_or(|glob| glob::matches(glob, path))
            }
            Target::Rule { rule, document } => *rule == finding.rule && glob::matches(document, path),
        }
    }

    /// The code of the rule; fingerprints begin with it.
    fn rule(&self) -> &str {
        match self {
            Target::Finding { fingerprint, .. } => fingerprint.split(':').next().unwrap_or_default(),
            Target::Rule { rule, .. } => rule,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Finding { fingerprint, document: None } => f.write_str(fingerprint),
            Target::Finding { fingerprint: name, document: Some(document) } | Target::Rule { rule: name, document } => {
                write!(f, "{name} @ {document}")
            }
        }
    }
}

/// What became of a suppression in a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Use {
    pub(crate) suppression: Suppression,
    pub(crate) standing: Standing,
    /// How many findings it set aside.
    pub(crate) findings: usize,
}

/// How a suppression stands after a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// It set something aside.
    Used,
    /// It counts, and there was nothing to set aside.
    Unused,
    /// Its last day is over: it sets nothing aside.
    Expired,
    /// Its rule was left out of the run, so that nothing can be said.
    NotSelected,
}

/// The suppressions of a run, and how often each was used.
#[derive(Default)]
pub(crate) struct Suppressions {
    uses: Vec<Use>,
}

impl Suppressions {
    /// The suppressions as they stand before the first document.
    pub(crate) fn new(suppressions: Vec<Suppression>, selection: &Selection, today: Date) -> Suppressions {
        let before = |suppression: Suppression| {
            let standing = if suppression.until < today {
                Standing::Expired
            } else if selection.takes(suppression.target.rule()) {
                Standing::Unused
            } else {
                Standing::NotSelected
            };
            Use { suppression, standing, findings: 0 }
        };
        Suppressions { uses: suppressions.into_iter().map(before).collect() }
    }

    /// The first suppression in force that covers a finding.
    pub(crate) fn cover(&mut self, path: &str, finding: &Finding) -> Option<&Suppression> {
        let in_force = self.uses.iter_mut().filter(|used| used.standing != Standing::Expired);
        let used = in_force.into_iter().find(|used| used.suppression.target.covers(path, finding))?;
        used.findings += 1;
        used.standing = Standing::Used;
        Some(&used.suppression)
    }

    /// What became of each, in the order of the settings.
    pub(crate) fn uses(&self) -> &[Use] {
        &self.uses
    }
}
