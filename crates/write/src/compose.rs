//! A form, its narrative, the facts of its tables and a [`Supply`] to a [`Manuscript`].
//!
//! Every number of a sentence is worked out from amounts as they are printed, so that a reader with the page before
//! them comes to the same. What only a person can say is asked for by its place; what is missing is collected, told
//! whole, and stops publishing.
//!
//! Absent on purpose: any sentence. They are in the narratives of `standard`.

mod evidence;
mod pieces;
mod sheet;
mod slots;

use crate::manuscript::Manuscript;
use evidence::Shelf;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::fact::Facts;
use mingzhang_model::supply::{Record, Supply};
use mingzhang_standard::compare::{Printing, SENTENCE};
use mingzhang_standard::form::Form;
use mingzhang_standard::narrative::Narrative;
use std::collections::BTreeSet;

/// What a disclosure is made from.
pub struct Material<'a> {
    /// The form.
    pub form: &'static Form,
    /// What the form says beside its tables.
    pub narrative: &'a Narrative,
    /// The tables, filled.
    pub facts: &'a Facts,
    /// Whoever keeps the numbers.
    pub supply: &'a dyn Supply,
}

/// Something that a disclosure lacks and that somebody has to supply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lack {
    /// What it is.
    pub what: Missing,
    /// The heading under which it stands.
    pub section: String,
    /// The words around it, with its mark: what a person has to complete.
    pub context: String,
}

/// What is lacking.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// A person's words for a place.
    Words(String),
    /// An amount of a year that was not kept: which money, in the words of a filter, and the year.
    Amount(String, u16),
    /// A figure of a register that has no rows.
    Figure(String),
    /// A field of a row that is not filled.
    Field(String),
}

impl Missing {
    /// What stands in its place.
    fn mark(&self) -> String {
        match self {
            Missing::Words(what) | Missing::Figure(what) | Missing::Field(what) => format!("【待填：{what}】"),
            Missing::Amount(what, year) => format!("【待填：{year}年 {what}】"),
        }
    }
}

/// A manuscript, and what it lacks. Where anything is lacking, a mark stands in its place: 【待填：…】.
#[derive(Clone, PartialEq, Debug)]
pub struct Composed {
    /// The manuscript.
    pub manuscript: Manuscript,
    /// What is lacking, each once, in the order of the document.
    pub lacks: Vec<Lack>,
}

/// Puts a disclosure together.
pub fn compose(material: &Material<'_>) -> Composed {
    let year = material.facts.disclosure.year.unwrap_or_default();
    let body = material.supply.body().to_owned();
    let kind = match material.form.kind {
        mingzhang_model::fact::DisclosureKind::Budget => "预算",
        mingzhang_model::fact::DisclosureKind::Accounts => "决算",
    };
    let mut composer = Composer {
        material,
        year,
        printing: SENTENCE,
        manuscript: Manuscript { title: format!("{body}{year}年度{kind}"), body, ..Manuscript::default() },
        shelf: Shelf::default(),
        around: Vec::new(),
        counters: [0; 6],
        section: String::new(),
        lacks: Vec::new(),
        told: BTreeSet::new(),
    };
    composer.pieces(&material.narrative.pieces);
    let mut manuscript = composer.manuscript;
    manuscript.evidence = composer.shelf.finish();
    Composed { manuscript, lacks: composer.lacks }
}

/// An entry of a list that words stand in.
#[derive(Clone, Debug)]
enum Entry {
    Function(FunctionalCode),
    Economic(EconomicCode),
    Row(Record),
}

/// The manuscript as it grows.
struct Composer<'a> {
    material: &'a Material<'a>,
    year: u16,
    printing: Printing,
    manuscript: Manuscript,
    shelf: Shelf,
    /// The entries of the lists around, each with its number in its list, the innermost last.
    around: Vec<(u32, Entry)>,
    /// How many headings and items of each level there were since the last of a higher one.
    counters: [u32; 6],
    /// The heading that was last.
    section: String,
    lacks: Vec<Lack>,
    /// The marks of what is lacking so far.
    told: BTreeSet<String>,
}

impl Composer<'_> {
    /// Notes what is lacking where it is met first, and gives the mark that stands in its place.
    fn lack(&mut self, what: Missing) -> String {
        let mark = what.mark();
        if self.told.insert(mark.clone()) {
            self.lacks.push(Lack { what, section: self.section.clone(), context: String::new() });
        }
        mark
    }

    /// Gives what was found lacking in a text the words around it.
    fn show_around(&mut self, text: &str) {
        const AROUND: usize = 24;
        for lack in self.lacks.iter_mut().rev().take_while(|lack| lack.context.is_empty()) {
            let mark = lack.what.mark();
            let Some((before, after)) = text.split_once(&mark) else { continue };
            let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
            let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
            lack.context = format!("{}{mark}{}", &before[from..], &after[..to]);
        }
    }
}
