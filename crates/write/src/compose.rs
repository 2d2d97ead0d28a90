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
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Lack {
    /// A person's words for a place.
    Words {
        /// The place.
        place: String,
        /// The heading under which they stand.
        section: String,
    },
    /// An amount of a year that was not kept.
    Amount {
        /// Which money, in the words of a filter, and the year.
        what: String,
        /// The year.
        year: u16,
        /// The heading under which it stands.
        section: String,
    },
    /// A figure of a register that has no rows.
    Figure {
        /// Its name.
        name: String,
        /// The heading under which it stands.
        section: String,
    },
    /// A field of a row that is not filled.
    Field {
        /// Its name.
        name: String,
        /// The heading under which it stands.
        section: String,
    },
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
    /// Notes a lack where it is met first, and gives the mark that stands in its place.
    fn lack(&mut self, lack: Lack) -> String {
        let mark = match &lack {
            Lack::Words { place, .. } => format!("【待填：{place}】"),
            Lack::Amount { what, year, .. } => format!("【待填：{year}年 {what}】"),
            Lack::Figure { name, .. } | Lack::Field { name, .. } => format!("【待填：{name}】"),
        };
        if self.told.insert(mark.clone()) {
            self.lacks.push(lack);
        }
        mark
    }
}
