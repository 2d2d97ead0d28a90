//! Made-up books through every form and format that can be read back: the facts that come back are those that went
//! out, no number of the narrative is another, and the rules find no error.
//!
//! `MINGZHANG_BOOKS=2000` makes more of them, `MINGZHANG_BOOK=17` one alone.

use crate::support::{Disclosure, FORMATS, Format, findings, stated};
use mingzhang_model::fact::Facts;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::rule::Severity;
use mingzhang_standard::form;
use mingzhang_testkit::trips::{Made, SHAPES};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// How many books a usual run makes.
const BOOKS: u64 = 18;

/// How many faults a failing run tells.
const SHOWN: usize = 12;

/// A disclosure that asks for more than so many rounds of words and numbers never ends.
const ROUNDS: usize = 6;

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

#[test]
fn what_is_written_is_read_as_it_was_meant() {
    let books = from_environment("MINGZHANG_BOOKS").unwrap_or(BOOKS);
    let (first, last) = from_environment("MINGZHANG_BOOK").map_or((0, books), |one| (one, one + 1));
    let (next, trips) = (AtomicU64::new(first), AtomicUsize::new(0));
    let told: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let mut told = Vec::new();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= last {
                    return told;
                }
                trips.fetch_add(book(seed, &mut told), Ordering::Relaxed);
            }
        };
        let workers = [scope.spawn(work), scope.spawn(work)];
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    println!("{} books, {} trips", last - first, trips.into_inner());
    let shown: Vec<&str> = told.iter().take(SHOWN).map(String::as_str).collect();
    assert!(told.is_empty(), "{} trips went wrong:\n{}", told.len(), shown.join("\n"));
}

/// The trips of one department; how many there were.
fn book(seed: u64, told: &mut Vec<String>) -> usize {
    let shape = SHAPES[(seed % SHAPES.len() as u64) as usize];
    let mut trips = 0;
    for form in shape.forms() {
        // Each form has its own books: a department and its first unit have one code for the numbers of last year.
        let mut made = Made::new(seed, shape);
        let disclosure = filled(&mut made, form);
        for format in FORMATS {
            trips += 1;
            let name = format!("seed {seed} {} {format:?}", disclosure.name);
            told.extend(wrong(&disclosure, format).into_iter().map(|what| format!("{name}: {what}")));
        }
    }
    trips
}

/// A disclosure that lacks nothing.
fn filled(made: &mut Made, form: &str) -> Disclosure {
    let scope = Made::scope(form);
    for _ in 0..ROUNDS {
        let disclosure = Disclosure::of(&mut made.ledger, &scope, made.year, form);
        if disclosure.composed.lacks.is_empty() {
            return disclosure;
        }
        made.supply(&scope, form::form(form).unwrap(), &disclosure.composed.lacks);
    }
    let left = Disclosure::of(&mut made.ledger, &scope, made.year, form).composed.lacks;
    panic!("{form} {}: still lacking {left:?}", made.year);
}

/// What is not as it should be after a trip.
fn wrong(disclosure: &Disclosure, format: Format) -> Vec<String> {
    let (document, facts) = format.read_back(disclosure.manuscript());
    let mut told = Vec::new();
    if facts.disclosure != disclosure.facts.disclosure {
        told.push(format!("is {:?}, not {:?}", facts.disclosure, disclosure.facts.disclosure));
    }
    let ((codes, cells), (_, drafted)) = (stated(&facts), stated(&disclosure.facts));
    if codes != disclosure.tables() {
        told.push(format!("tables {codes:?}, not {:?}", disclosure.tables()));
    }
    let lost =
        drafted.iter().filter(|(cell, n)| cells.get(*cell) != Some(n)).map(|(cell, n)| format!("lost {n} {cell}"));
    told.extend(lost.take(3));
    let gained = cells.iter().filter(|(cell, n)| drafted.get(*cell) != Some(n));
    told.extend(gained.map(|(cell, n)| format!("gained {n} {cell}")).take(3));
    if !facts.unkeyed.is_empty() {
        told.push(format!("no key: {}", facts.unkeyed[0].locator.words()));
    }
    let (read, meant) = (statistics(&facts), statistics(&disclosure.facts));
    for (statistic, values) in &read {
        if meant.get(statistic).is_some_and(|meant| meant != values) {
            told.push(format!("{statistic} is {values:?}, not {:?}", meant[statistic]));
        }
    }
    let errors = findings(&document, &facts).into_iter().filter(|finding| finding.severity == Severity::Error);
    told.extend(errors.map(|finding| format!("{} {} ({})", finding.rule, finding.message, finding.location.words())));
    told
}

/// The numbers that only the narrative states.
fn statistics(facts: &Facts) -> BTreeMap<String, BTreeSet<String>> {
    let mut stated: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for claim in &facts.prose.claims {
        if let Claim::Stated { mention, statistic } = claim {
            let value = match &facts.prose.mentions[*mention].quantity {
                Quantity::Money { figure, .. } => figure.to_string(),
                Quantity::Count { number, .. } => number.to_string(),
                other => format!("{other:?}"),
            };
            stated.entry(format!("{statistic:?}")).or_default().insert(value);
        }
    }
    stated
}
