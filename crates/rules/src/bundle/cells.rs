//! Holding the numbers of two documents against each other, and telling how they differ.
//!
//! Numbers with one key are one number: they agree as intervals, whatever units and decimals they are printed in. Where
//! a document prints a number several times and differently, any print may be the right one, so one that agrees is
//! enough: the difference inside the document is another rule's.

use super::part::Part;
use crate::rules::Verdicts;
use crate::wording;
use mingzhang_model::amount::Amount;
use mingzhang_model::fact::Fact;
use mingzhang_model::finding::{Finding, Related};
use mingzhang_model::key::Key;
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;

/// Two prints of one number in two documents.
#[derive(Clone, Copy)]
pub(crate) struct Pair<'p> {
    pub(crate) one: &'p Fact,
    pub(crate) other: &'p Fact,
}

/// What was compared of two documents.
#[derive(Default)]
pub(crate) struct Differences<'p> {
    pub(crate) held: usize,
    pub(crate) differ: Vec<Pair<'p>>,
}

/// Holds every number that both print against each other.
pub(crate) fn differences<'p>(one: &'p Part, other: &'p Part, takes: impl Fn(&Key) -> bool) -> Differences<'p> {
    let (cells, others) = (one.cells(), other.cells());
    let mut found = Differences::default();
    for (key, prints) in cells.into_iter().filter(|(key, _)| takes(key)) {
        let Some(twins) = others.get(key) else { continue };
        let agree = |fact: &&Fact| twins.iter().any(|twin| super::overlap(fact.loosely(), twin.loosely()));
        if prints.iter().any(agree) {
            found.held += 1;
        } else {
            found.differ.push(Pair { one: prints[0], other: twins[0] });
        }
    }
    found
}

/// More different numbers than so many are told as one finding.
pub(crate) const APART: usize = 6;

/// How many of them it then names.
const NAMED: usize = 12;

/// Tells the differences of two documents: each, or all in one where they are many. `why` says why they should agree.
pub(crate) fn tell(verdicts: &mut Verdicts, one: &Part, other: &Part, found: Differences<'_>, why: &str) {
    (0..found.held).for_each(|_| verdicts.pass());
    let pairs = gathered(found.differ);
    if pairs.len() <= APART {
        pairs.into_iter().for_each(|pair| tell_one(verdicts, one, other, pair, why));
        return;
    }
    let first = pairs[0];
    let message = format!(
        "{}与{}有 {} 个数不同，例如{}{}，对方{}；{why}",
        one.called(),
        other.called(),
        pairs.len(),
        wording::cell(&one.facts.locator(first.one)),
        wording::found(first.one),
        wording::found(first.other),
    );
    let what = format!("{}:{}:{}", one.called(), other.called(), "differ");
    let finding = verdicts.fail(one.place(first.one), &what, message);
    finding.related = pairs.iter().take(NAMED).flat_map(|pair| both(one, other, pair)).skip(1).collect();
}

/// The fewest numbers that tell what differs.
fn gathered(pairs: Vec<Pair<'_>>) -> Vec<Pair<'_>> {
    let by = |pair: &Pair<'_>| Amount(pair.one.printed.amount().0 - pair.other.printed.amount().0);
    let told: Vec<(&Key, Amount)> = pairs.iter().map(|pair| (&pair.one.key, by(pair))).collect();
    narrowest(&told).into_iter().map(|i| pairs[i]).collect()
}

/// Of some differences, each of some money, those that are not told by another: a total, or the same money of more
/// funds or kinds, that is off by as much as one of its parts is off for its sake.
pub(crate) fn narrowest(told: &[(&Key, Amount)]) -> Vec<usize> {
    let by_part = |i: usize| {
        let (key, by) = told[i];
        told.iter().any(|(inner, other)| *other == by && *inner != key && inner.within(key))
    };
    (0..told.len()).filter(|i| !by_part(*i)).collect()
}

fn both<'p>(one: &'p Part, other: &'p Part, pair: &Pair<'p>) -> [Related; 2] {
    let related = |part: &Part, fact: &Fact| Related { label: part.called(), location: part.place(fact) };
    [related(one, pair.one), related(other, pair.other)]
}

fn tell_one(verdicts: &mut Verdicts, one: &Part, other: &Part, pair: Pair<'_>, why: &str) {
    let here = one.place(pair.one);
    let message = format!(
        "{}的{}{}{}，{}{}{}；{why}",
        one.called(),
        wording::cell(&here),
        wording::found(pair.one),
        pair.one.unit.word(),
        other.called(),
        wording::found(pair.other),
        pair.other.unit.word(),
    );
    let what = format!("{}:{}:{}", one.called(), other.called(), pair.one.key);
    let finding = verdicts.fail(here, &what, message);
    numbers(finding, &pair);
    finding.related = vec![Related { label: other.called(), location: other.place(pair.other) }];
}

/// What stands there, and by how much the two differ. Which of them is right, nobody knows.
fn numbers(finding: &mut Finding, pair: &Pair<'_>) {
    let (own, other) = (pair.one.printed.amount(), pair.other.printed.amount());
    finding.expected = Some(wording::amount(pair.one, other));
    finding.difference = Some(wording::difference(pair.one, Amount(own.0 - other.0)));
}

/// Numbers that the narratives of two documents state differently.
pub(crate) fn said_differently(
    verdicts: &mut Verdicts,
    one: &Part,
    other: &Part,
    takes: impl Fn(Statistic) -> bool,
    why: &str,
) {
    let (own, others) = (one.statistics(), other.statistics());
    for (statistic, (mention, value)) in own.into_iter().filter(|(statistic, _)| takes(*statistic)) {
        let Some((twin, stated)) = others.get(&statistic) else { continue };
        if value.agrees(*stated) {
            verdicts.pass();
            continue;
        }
        let message = format!(
            "{}的{}写为 {}，{}写为 {}；{why}",
            one.called(),
            statistic.term(),
            one.words(mention),
            other.called(),
            other.words(*twin)
        );
        let what = format!("{}:{}:{}", one.called(), other.called(), statistic.word());
        let finding = verdicts.fail(one.said(mention), &what, message);
        finding.expected = Some(other.words(*twin));
        finding.related = vec![Related { label: other.called(), location: other.said(*twin) }];
    }
}
