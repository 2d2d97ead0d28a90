//! [`Rule`]: what a check is; [`Outcome`]: what it said. Silence is not a pass.

use crate::finding::Finding;

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// 提示: worth attention, never called a mistake.
    Hint,
    /// 备注: a tail of rounding, a matter of format.
    Note,
    /// 警告: very likely wrong, a person must look.
    Warning,
    /// 错误: two printed facts cannot both be true, or what the law demands is absent.
    Error,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Note, Severity::Hint];

    /// The word in commands and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
            Severity::Hint => "hint",
        }
    }

    /// The word that a reader is shown.
    pub const fn term(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Note => "备注",
            Severity::Hint => "提示",
        }
    }
}

/// What a rule rests on: a statute with its article, the form itself, or arithmetic.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Basis {
    /// The title of the document.
    pub title: String,
    /// The article, only where it was read in the primary text.
    pub article: Option<String>,
}

/// A check: what it is called and what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The permanent code: TA007.
    pub code: String,
    /// The name in English: `spending-row-total`.
    pub name: String,
    /// The name in Chinese.
    pub title: String,
    /// How bad it is when it fails.
    pub severity: Severity,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// The page: what, why, how to mend, when not applicable, and examples.
    pub page: String,
}

/// What a rule says about one document.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// So many comparisons were made and all held.
    Passed(usize),
    /// What does not hold.
    Failed {
        /// What a person is told.
        findings: Vec<Finding>,
        /// How many other comparisons held.
        passed: usize,
    },
    /// The rule says nothing about such a document, and why.
    NotApplicable(String),
    /// The rule would apply, but what it needs was not read.
    Undecided(String),
}

/// What every rule said about one document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    /// Code and outcome, in the order of the registry.
    pub outcomes: Vec<(String, Outcome)>,
}

impl Report {
    /// Every finding, in the order of the rules.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.outcomes.iter().flat_map(|(_, outcome)| match outcome {
            Outcome::Failed { findings, .. } => findings.as_slice(),
            _ => &[],
        })
    }

    /// How many comparisons held.
    pub fn passed(&self) -> usize {
        self.outcomes
            .iter()
            .map(|(_, outcome)| match outcome {
                Outcome::Passed(n) | Outcome::Failed { passed: n, .. } => *n,
                Outcome::NotApplicable(_) | Outcome::Undecided(_) => 0,
            })
            .sum()
    }
}
