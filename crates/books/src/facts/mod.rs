//! Books to facts: the tables of a form, filled from the books.
//!
//! The same form that reads a table here says what each of its cells holds. What comes out is what a
//! reader would get from the printed tables: a [`Document`] with them and its [`Facts`], so that the
//! rules can look at the books before anything is written. How a document is laid out and what it says
//! in sentences is not this module's matter.

mod rows;
mod statistics;
mod supply;
mod table;

pub use statistics::{Stated, statistics};
pub use supply::Kept;

use crate::names::UnitCode;
use crate::pivot::{Pivot, Scope};
use crate::state::Books;
use mingzhang_model::document::{Block, Document, Format, Line, Page, Paragraph, Place};
use mingzhang_model::fact::{Disclosure, Facts, Text};
use mingzhang_model::prose::{Claim, Mention, Span};
use mingzhang_model::set::Member;
use mingzhang_standard::form::Form;
use mingzhang_standard::name::scope_of_form;

/// The tables of a form, filled, and what they state.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// The tables, each under its title.
    pub document: Document,
    /// What they state.
    pub facts: Facts,
}

/// The tables of a form for one year of a scope.
pub fn draft(books: &Books, scope: &Scope, year: u16, form: &'static Form) -> Draft {
    let pivot = Pivot::of(books, scope);
    let mut print = Print::new(name(books, scope.unit()));
    print.facts.disclosure = Disclosure {
        body: Some(print.body.clone()),
        scope: scope_of_form(Some(form.id)),
        year: Some(year),
        kind: Some(form.kind),
        form: Some(form.id),
    };
    for table in &form.tables {
        table::Filling { print: &mut print, pivot: &pivot, form, table, year }.fill();
    }
    print.state(statistics::of_pivot(books, scope, year, form, &pivot));
    print.finish()
}

fn name(books: &Books, unit: &UnitCode) -> String {
    books.unit(unit).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
}

/// A document as it grows, line by line.
struct Print {
    body: String,
    blocks: Vec<Block>,
    lines: u32,
    facts: Facts,
}

impl Print {
    fn new(body: String) -> Print {
        Print { body, blocks: Vec::new(), lines: 0, facts: Facts::default() }
    }

    /// The next line's place.
    fn place(&mut self) -> Place {
        self.lines += 1;
        Place { line: Some(self.lines), ..Place::default() }
    }

    /// A paragraph of one line.
    fn paragraph(&mut self, text: String) -> Text {
        let place = self.place();
        let lines = vec![Line { start: 0, place, edges: Vec::new() }];
        self.blocks.push(Block::Paragraph(Paragraph { text: text.clone(), lines }));
        Text { text, place }
    }

    /// A sentence for every number that only a narrative states.
    fn state(&mut self, stated: Vec<Stated>) {
        for one in stated {
            let lead = one.statistic.term().to_owned();
            let (number, quantity) = one.quantity();
            let (block, start) = (self.blocks.len(), lead.len());
            let text = self.paragraph(format!("{lead}{number}。"));
            let span = Span { block, bytes: start..start + number.len() };
            let mention = self.facts.prose.mentions.len();
            self.facts.prose.mentions.push(Mention { quantity, span, place: text.place, lead });
            self.facts.prose.claims.push(Claim::Stated { mention, statistic: one.statistic });
        }
    }

    fn finish(mut self) -> Draft {
        self.facts.prose.section_of = vec![None; self.blocks.len()];
        let page = Page { number: 1, ..Page::default() };
        let document = Document { format: Format::Text, pages: vec![page], blocks: self.blocks, notes: Vec::new() };
        Draft { document, facts: self.facts }
    }
}
