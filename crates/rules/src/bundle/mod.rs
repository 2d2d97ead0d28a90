//! Documents that belong together: which they are, how they stand to each other, and the rules over them.
//!
//! Documents belong together by what is printed in them: the body, whose money is counted, the year, budget or
//! accounts; never by the names of files. A document that does not say whose it is belongs to none. Two documents are
//! held against each other only where they count the same money: a department is not one of its units, and a document
//! that does not say which of them it is stands with its like alone.

mod across;
mod bases;
mod cells;
mod group;
mod part;
mod relations;

pub use across::{Joined, joined};
pub use group::{Bundle, bundles, halves};
pub use part::Part;

pub(crate) use bases::{Base, bases};
pub(crate) use cells::{APART, differences, narrowest, said_differently, tell};
pub(crate) use part::Value;
pub(crate) use relations::{Department, View};

use crate::rules;
use mingzhang_model::amount::{Agreement, Interval};
use mingzhang_model::rule::{Outcome, Report};

/// A rule over several documents.
pub(crate) type Check = fn(&View<'_>) -> Outcome;

/// What the rules over several documents say about some that belong together.
pub fn check(parts: &[&Part]) -> Report {
    let view = View { parts };
    let outcomes = rules::BUNDLED.iter().map(|(code, check)| (code.to_string(), check(&view)));
    Report { outcomes: outcomes.collect() }
}

/// True when both can be one amount.
pub(crate) fn overlap(one: Interval, other: Interval) -> bool {
    !matches!(one.agreement(other), Agreement::Off(_))
}
