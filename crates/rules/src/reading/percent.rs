//! Percentages that rules of their own hold against two amounts: those of which no sentence says which
//! amounts they are of. The others are relations, see `sayings`.

use crate::prose::{Prose, Ratio, print, ratio, should_be};
use crate::rules::Verdicts;
use mingzhang_model::amount::Interval;
use mingzhang_model::rule::Severity;

/// A percentage that a sentence states, and how it is told to a person.
pub(crate) struct Said<'a> {
    /// 占比, 预算完成率, 增减幅度
    pub(crate) what: &'static str,
    /// The mention of the percentage.
    pub(crate) percent: usize,
    /// The mentions that it follows from.
    pub(crate) others: &'a [usize],
    /// How it is computed.
    pub(crate) reason: String,
}

/// Holds a stated percentage against what it should be. One last digit off is a note.
pub(crate) fn hold(prose: &Prose<'_>, verdicts: &mut Verdicts, part: Interval, whole: Interval, said: Said<'_>) {
    let Some(printed) = prose.percent(said.percent) else { return };
    let (severity, expected) = match ratio(part, whole, printed) {
        None => return,
        Some(Ratio::Fits) => return verdicts.pass(),
        Some(Ratio::Tail(expected)) => (Severity::Note, expected),
        Some(Ratio::Off(expected)) => (Severity::Error, expected),
    };
    let expected = print(expected);
    let message = format!("{}写为 {}，应为 {expected}（{}）", said.what, prose.words(said.percent), said.reason);
    let finding = prose.fail(verdicts, severity, said.percent, said.others, message);
    should_be(finding, expected);
}
