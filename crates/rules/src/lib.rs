//! From facts to findings: the four laws, the document rules, the culprit.
//!
//! A rule is a page in `rules/` and, where it is more than a name for identities, a pure function
//! beside it. Rules see facts and the document as values; they never learn which file, format or
//! office these came from, and no rule reads another rule's result.

pub mod bundle;
mod culprit;
mod doubt;
mod laws;
mod pages;
mod places;
mod prose;
mod reading;
mod registry;
mod rules;
mod sayings;
mod slip;
mod tables;
mod text;
mod trial;
mod wording;

pub use registry::registry;

use mingzhang_model::document::Document;
use mingzhang_model::fact::{Facts, Proof};
use mingzhang_model::rule::{Outcome, Report, Rule};
use reading::Reading;
use std::sync::LazyLock;
use trial::{Tally, Trial};

/// What every rule says about one document; what needs several, see [`bundle`].
pub fn check(document: &Document, facts: &Facts) -> Report {
    judge(document, facts).0
}

/// What every rule says about one document, and the proof state of each of its facts, in their order.
pub fn judge(document: &Document, facts: &Facts) -> (Report, Vec<Proof>) {
    let trial = Trial::of(facts);
    let mut tallies = trial.tallies(document);
    let reading = Reading::of(document);
    let outcomes = ALONE.iter().map(|(rule, way)| {
        let code = rule.code.as_str();
        let checked = match way {
            Way::Checked(check) => Some(check(document, facts)),
            Way::Shared(check) => Some(check(&reading, facts)),
            Way::Tried(check) => Some(check(document, &trial)),
            Way::Laws => None,
        };
        let outcome = match (checked, tallies.remove(code)) {
            (Some(checked), None) => checked,
            (Some(checked), Some(tally)) => joined(checked, tally),
            (None, tally) => outcome(facts, code, tally.unwrap_or_default()),
        };
        (rule.code.clone(), doubt::sieved(document, code, outcome))
    });
    (Report { outcomes: outcomes.collect() }, trial.proofs())
}

/// How a rule looks at a document.
enum Way {
    Checked(rules::Check),
    Shared(rules::Shared),
    Tried(rules::Tried),
    /// By the relations that it names, which are tried together with all others.
    Laws,
}

impl Way {
    fn of(code: &str) -> Way {
        fn of_code<Check: Copy>(rules: &[(&str, Check)], code: &str) -> Option<Check> {
            rules.iter().find(|(own, _)| *own == code).map(|(_, check)| *check)
        }
        let checked = || of_code(rules::CHECKS, code).map(Way::Checked);
        let shared = || of_code(rules::SHARED, code).map(Way::Shared);
        let tried = || of_code(rules::TRIED, code).map(Way::Tried);
        checked().or_else(shared).or_else(tried).unwrap_or(Way::Laws)
    }
}

/// The rules that say something of one document alone.
static ALONE: LazyLock<Vec<(&Rule, Way)>> = LazyLock::new(|| {
    let alone = registry().iter().filter(|rule| rules::is_of_one_document(&rule.code));
    alone.map(|rule| (rule, Way::of(&rule.code))).collect()
});

/// The outcome of a rule in code some of whose relations were tried with all others.
fn joined(outcome: Outcome, tally: Tally) -> Outcome {
    let (mut findings, mut passed) = (tally.findings, tally.passed);
    match outcome {
        Outcome::Failed { findings: own, passed: n } => {
            findings.extend(own);
            passed += n;
        }
        Outcome::Passed(n) => passed += n,
        Outcome::NotApplicable(_) | Outcome::Undecided(_) => {}
    }
    if findings.is_empty() { Outcome::Passed(passed) } else { Outcome::Failed { findings, passed } }
}

/// The outcome of a rule whose relations were tried together with all others.
fn outcome(facts: &Facts, code: &str, tally: Tally) -> Outcome {
    if tally.broken > 0 || !tally.findings.is_empty() {
        return Outcome::Failed { findings: tally.findings, passed: tally.passed };
    }
    if tally.passed > 0 {
        return Outcome::Passed(tally.passed);
    }
    if tally.undecided > 0 {
        return Outcome::Undecided(doubt::WHY.into());
    }
    if let Some(why) = sayings::absent(code) {
        return Outcome::NotApplicable(why.into());
    }
    if facts.statements.is_empty() {
        return Outcome::Undecided("没有识别到法定表格".into());
    }
    Outcome::NotApplicable("识别到的表格里没有这一关系".into())
}

/// The proof state of each fact, in the order of the facts.
pub fn proofs(facts: &Facts) -> Vec<Proof> {
    Trial::of(facts).proofs()
}

/// The identities of a document, for tests and benches that measure how much they cover.
pub mod coverage {
    use super::{Facts, Trial};
    use crate::laws::{Law, Verdict};

    /// How the relations between the cells of a document stand.
    #[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
    pub struct Relations {
        /// Equalities that hold to the last digit.
        pub exact: usize,
        /// Equalities that hold within rounding.
        pub rounded: usize,
        /// Equalities that do not hold.
        pub broken: usize,
        /// Bounds, whether they hold or not.
        pub bounds: usize,
    }

    /// Counts the relations of a document.
    pub fn relations(facts: &Facts) -> Relations {
        let trial = Trial::of(facts);
        let mut relations = Relations::default();
        for (identity, verdict) in trial.identities() {
            match verdict {
                _ if identity.law == Law::Within => relations.bounds += 1,
                Verdict::Exact => relations.exact += 1,
                Verdict::Rounded | Verdict::Tail(_) => relations.rounded += 1,
                Verdict::Doubtful(_) | Verdict::Broken(_) => relations.broken += 1,
            }
        }
        relations
    }

    /// True when the numbers of `changed`, which holds the same cells, break an identity that `facts`
    /// keeps: the measure of what a check can be asked to see.
    pub fn breaks(facts: &Facts, changed: &Facts) -> bool {
        let trial = Trial::of(facts);
        let broken = |verdict: Verdict| matches!(verdict, Verdict::Broken(_));
        facts.facts.len() == changed.facts.len()
            && trial.identities().any(|(identity, before)| !broken(before) && broken(identity.verdict(&changed.facts)))
    }

    /// True when the numbers of `changed`, which has the same cells and the same numbers in its text, break
    /// a relation of the text that `facts` keeps.
    pub fn breaks_text(facts: &Facts, changed: &Facts) -> bool {
        let trial = Trial::of(facts);
        let spoiled = crate::places::Places::of(changed);
        let same =
            facts.facts.len() == changed.facts.len() && facts.prose.mentions.len() == changed.prose.mentions.len();
        same && trial.sayings().any(|(saying, before)| {
            before.holds() && matches!(saying.judge(|place| spoiled.all()[place].strict), Verdict::Broken(_))
        })
    }

    /// For each number of the text, how many relations it stands in.
    pub fn cover_text(facts: &Facts) -> Vec<usize> {
        let trial = Trial::of(facts);
        let mut cover = vec![0; facts.prose.mentions.len()];
        for (saying, _) in trial.sayings() {
            let mentions = saying.places().into_iter().filter_map(|place| trial.places.mention(place));
            mentions.for_each(|mention| cover[mention] += 1);
        }
        cover
    }

    /// For each fact, how many equalities it stands in.
    pub fn cover(facts: &Facts) -> Vec<usize> {
        let trial = Trial::of(facts);
        let mut cover = vec![0; facts.facts.len()];
        for (identity, _) in trial.identities().filter(|(identity, _)| identity.law != Law::Within) {
            identity.facts().for_each(|i| cover[i] += 1);
        }
        cover
    }
}
