//! [`Finding`]: what a person is told.

use crate::locator::Locator;
use crate::rule::{Basis, Severity};

/// One thing that is wrong, or worth a look. The message stands alone: it names the place, the two
/// numbers and what was expected.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The rule that says so.
    pub rule: String,
    /// The rule's English name.
    pub name: String,
    /// How bad it is.
    pub severity: Severity,
    /// The headline, written for the one who must mend it.
    pub message: String,
    /// Where it is: the likely culprit where there is one.
    pub location: Locator,
    /// What it was compared with.
    pub related: Vec<Related>,
    /// What should stand there.
    pub expected: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// The difference.
    pub difference: Option<String>,
    /// What the rule rests on.
    pub basis: Vec<Basis>,
    /// The cell that is to blame, where the numbers tell, with the value it should have.
    pub culprit: Option<Culprit>,
    /// Other rules that fail for the same cause.
    pub also: Vec<String>,
    /// A name for this finding that survives re-typesetting: rule and keys, never positions.
    pub fingerprint: String,
}

/// Another place that belongs to a finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Related {
    /// What it is to the finding.
    pub label: String,
    /// Where it is.
    pub location: Locator,
}

/// The cell that is to blame.
#[derive(Clone, PartialEq, Debug)]
pub struct Culprit {
    /// What stands in it.
    pub quote: String,
    /// What should stand in it.
    pub suggested: String,
}
