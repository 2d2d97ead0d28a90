//! From a document to facts: recognises statutory tables and gives every number its key.
//!
//! A table is recognised by its title and its header tree, never by position; its columns by their
//! headers, since forms print them in different orders; its rows by code or name. What looks like
//! money but cannot be given a key is listed as such, never dropped and never guessed.
//!
//! Absent on purpose: file formats, rules, and any judgement whether a number is right.

mod disclosure;
mod grid;
mod number;
mod recognise;
mod rows;
mod statement;

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Facts, Missing, Text};
use mingzhang_standard::form::Form;
use mingzhang_standard::words;

/// All that a document states.
pub fn extract(document: &Document) -> Facts {
    let mut facts = Facts::default();
    let year = disclosure::year(document);
    let recognised = recognise::recognise(document);
    let form = recognised.as_ref().map(|(form, _)| *form);
    if let Some((form, tables)) = &recognised {
        for table in tables.iter().filter(|table| statement::has_known_rows(table)) {
            // Year 0 is a year that the document does not say: such facts agree among themselves only.
            statement::add(&mut facts, document, table, year.unwrap_or(0), form.stage);
        }
        facts.missing = missing(form, &facts, document);
    }
    let form = form.filter(|_| !facts.statements.is_empty());
    facts.disclosure = disclosure::stated(document, form, year, &facts);
    facts.unrecognised = unrecognised(document, &facts);
    facts
}

/// The form's tables that were not recognised, and where the document names them all the same.
fn missing(form: &'static Form, facts: &Facts, document: &Document) -> Vec<Missing> {
    let absent = form.tables.iter().filter(|table| facts.statements.iter().all(|s| s.code != table.code));
    absent
        .map(|table| {
            let named = document.blocks.iter().find_map(|block| {
                let Block::Paragraph(paragraph) = block else { return None };
                let key = words::title_key(paragraph.text.trim_start_matches(['-', ' ', '·', '\t']));
                let names = table.title_keys.iter().any(|title| key.starts_with(title.as_str()));
                names.then(|| Text { text: paragraph.text.trim().to_string(), place: paragraph.place() })
            });
            Missing { code: &table.code, title: &table.title, named }
        })
        .collect()
}

fn unrecognised(document: &Document, facts: &Facts) -> Vec<usize> {
    let known: Vec<usize> = facts.statements.iter().flat_map(|statement| statement.blocks.iter().copied()).collect();
    let tables = document.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Table(_)));
    tables.map(|(i, _)| i).filter(|i| !known.contains(i)).collect()
}
