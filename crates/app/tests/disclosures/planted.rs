//! One wrong number in a published disclosure of an example office, in a table or in a sentence, is reported.
//!
//! A planting counts when it breaks a relation that the disclosure keeps: nobody can see an error that contradicts
//! nothing. Printed are, for each slip, how many were planted, counted and reported. A usual run takes a sample;
//! `MINGZHANG_PLANTINGS=1000000` plants every number.

use crate::support::{Format, findings, is_grave, published};
use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Facts, Printed};
use mingzhang_model::prose::Quantity;
use mingzhang_rules::coverage;
use mingzhang_testkit::plant::{CHANGES, Slip, slipped, with_cells, with_words};
use mingzhang_testkit::simulation::Random;
use std::collections::BTreeMap;
use std::sync::Mutex;

const OFFICES: [&str; 5] = ["140", "101008", "101012", "101001", "101009"];

/// How many numbers of each office's tables, and of its sentences, a usual run spoils.
const SAMPLE: usize = 16;

#[derive(Clone, Copy, Default, Debug)]
struct Score {
    planted: usize,
    breaking: usize,
    reported: usize,
}

type Scores = BTreeMap<Slip, Score>;

fn sample_size() -> usize {
    std::env::var("MINGZHANG_PLANTINGS").ok().map_or(SAMPLE, |number| number.parse().expect("a number of plantings"))
}

/// Every office's own scores, added up, two offices at a time.
fn scores(of: impl Fn(&str) -> Scores + Sync) -> Scores {
    let (queue, sum) = (Mutex::new(OFFICES.to_vec()), Mutex::new(Scores::new()));
    let work = || {
        while let Some(office) = { queue.lock().unwrap().pop() } {
            for (slip, own) in of(office) {
                let mut sum = sum.lock().unwrap();
                let all: &mut Score = sum.entry(slip).or_default();
                all.planted += own.planted;
                all.breaking += own.breaking;
                all.reported += own.reported;
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    sum.into_inner().unwrap()
}

fn print(what: &str, scores: &Scores) {
    println!("{what:<16} planted  breaking  reported");
    for (slip, score) in scores {
        let share = 100.0 * score.reported as f64 / score.breaking.max(1) as f64;
        println!("{:<16} {:>7} {:>9} {share:>8.2}%", format!("{slip:?}"), score.planted, score.breaking);
    }
}

#[test]
fn a_wrong_number_in_a_table_is_reported() {
    let scores = scores(tables);
    print("tables", &scores);
    for (slip, score) in &scores {
        assert!(score.breaking >= 20, "{slip:?}: only {} plantings break anything", score.breaking);
        assert_eq!(score.reported, score.breaking, "{slip:?}: not every wrong number that breaks an equality is told");
    }
}

#[test]
fn a_wrong_number_in_a_sentence_is_reported() {
    let scores = scores(sentences);
    print("sentences", &scores);
    for (slip, score) in &scores {
        assert!(score.breaking >= 20, "{slip:?}: only {} plantings break anything", score.breaking);
        assert!(score.reported * 100 >= score.breaking * 97, "{slip:?}: {} of {}", score.reported, score.breaking);
    }
}

/// Some of the numbers, as chance has it; the same for the same office.
fn some<T>(office: &str, mut all: Vec<T>) -> Vec<T> {
    let seed = office.bytes().fold(1, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(byte));
    let mut random = Random::new(seed);
    while all.len() > sample_size() {
        all.swap_remove(random.below(all.len() as u64) as usize);
    }
    all
}

fn has_grave(document: &Document, facts: &Facts) -> bool {
    findings(document, facts).iter().any(is_grave)
}

fn tables(office: &str) -> Scores {
    let (document, facts) = Format::Text.read_back(published(office).manuscript());
    let is_something = |i: &usize| !facts.facts[*i].printed.amount().is_zero();
    let mut scores = Scores::new();
    for i in some(office, (0..facts.facts.len()).filter(is_something).collect()) {
        let fact = &facts.facts[i];
        let Printed::Figure(figure) = fact.printed else { continue };
        for slip in CHANGES {
            let Some(text) = slipped(&figure.to_string(), slip, i) else { continue };
            let planted = with_cells(&document, &[(fact.cell, text.clone())]);
            let spoiled = mingzhang_extract::extract(&planted);
            let score = scores.entry(slip).or_default();
            score.planted += 1;
            if spoiled.facts.len() == facts.facts.len() && !coverage::breaks(&facts, &spoiled) {
                continue;
            }
            score.breaking += 1;
            let is_told = has_grave(&planted, &spoiled);
            score.reported += usize::from(is_told);
            if !is_told {
                println!("missed: {office} {slip:?} {} => {text}", facts.locator(fact).words());
            }
        }
    }
    scores
}

fn sentences(office: &str) -> Scores {
    let (document, facts) = Format::Text.read_back(published(office).manuscript());
    let mut scores = Scores::new();
    let is_something = |i: &usize| match &facts.prose.mentions[*i].quantity {
        Quantity::Money { figure, .. } => !figure.amount.is_zero(),
        Quantity::Percent(percent) => percent.digits != 0,
        Quantity::Count { .. } => true,
    };
    for i in some(office, (0..facts.prose.mentions.len()).filter(is_something).collect()) {
        let mention = &facts.prose.mentions[i];
        let Some(Block::Paragraph(paragraph)) = document.blocks.get(mention.span.block) else { continue };
        let words = &paragraph.text[mention.span.bytes.clone()];
        for slip in [Slip::Digit, Slip::Transposition, Slip::TenThousandfold] {
            // Nobody copies a percentage or a count from a column of 元.
            let is_money = matches!(mention.quantity, Quantity::Money { .. });
            if slip == Slip::TenThousandfold && !is_money {
                continue;
            }
            let Some(text) = slipped(words, slip, i) else { continue };
            let planted = with_words(&document, mention.span.block, mention.span.bytes.clone(), &text);
            let spoiled = mingzhang_extract::extract(&planted);
            let score = scores.entry(slip).or_default();
            score.planted += 1;
            if !coverage::breaks_text(&facts, &spoiled) {
                continue;
            }
            score.breaking += 1;
            let is_told = has_grave(&planted, &spoiled);
            score.reported += usize::from(is_told);
            if !is_told {
                println!("missed: {office} {slip:?} {} [{words} => {text}]", paragraph.text);
            }
        }
    }
    scores
}
