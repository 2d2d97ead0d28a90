//! From a document to facts: recognises statutory tables and gives every number its key.
//!
//! A table is recognised by its title and its header tree, never by position; its columns by their
//! headers, since forms print them in different orders; its rows by code or name. What looks like
//! money but cannot be given a key is listed as such, never dropped and never guessed.
//!
//! Absent on purpose: file formats, rules, and any judgement whether a number is right.

mod body;
mod disclosure;
mod doubt;
mod grid;
mod number;
mod open;
mod prose;
mod recognise;
mod rows;
mod statement;

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{DisclosureKind, Facts, Missing, Text};
use mingzhang_model::key::Stage;
use mingzhang_standard::form::Form;
use mingzhang_standard::words;
use recognise::Recognised;

/// All that a document states.
pub fn extract(document: &Document) -> Facts {
    let mut facts = Facts::default();
    let year = disclosure::year(document);
    let recognised = recognise::recognise(document).map(|(form, tables)| (form, understood(tables)));
    let closed = recognised.filter(|(_, tables)| !tables.is_empty());
    let found = open::found(document);
    let mut outline = None;
    let form = match closed {
        Some((form, tables)) if follows(form, &tables, &found) => {
            for table in &tables {
                // Year 0 is a year that the document does not say: such facts agree among themselves only.
                statement::add(&mut facts, document, table, year.unwrap_or(0), form.stage);
            }
            facts.missing = missing(form, &facts, document);
            facts.other_tables = open::others(&found, &facts);
            Some(form)
        }
        _ => {
            let stage = match disclosure::titled_kind(document) {
                Some(DisclosureKind::Accounts) => Stage::FinalAccounts,
                Some(DisclosureKind::Budget) | None => Stage::Initial,
            };
            open::Reader::new(document, &found, year.unwrap_or(0), stage).read(&mut facts);
            outline = open::outline(document, &found);
            facts.missing = outline.map_or_else(Vec::new, |outline| open::missing(outline, &found, document));
            None
        }
    };
    facts.disclosure = disclosure::stated(document, form, year, &facts);
    if let Some(outline) = outline {
        facts.disclosure.form = Some(outline.id);
        facts.disclosure.kind.get_or_insert(outline.kind);
    }
    facts.unrecognised = unrecognised(document, &facts);
    facts.prose = prose::prose(document, &facts.disclosure);
    if let Some(kind) = facts.disclosure.kind {
        let named = prose::named(document, &facts, kind);
        facts.prose.claims.extend(named);
        let reported = prose::reported(document, &facts, kind);
        facts.prose.claims.extend(reported);
    }
    let slots = prose::slots(document, &facts);
    facts.prose.claims.extend(slots);
    facts.doubts = doubt::doubts(document, &facts);
    facts
}

/// True when a document follows a form: it has most of the form's tables, or none that the form does not know.
/// Titles and headers of one or two tables are alike in many places.
fn follows(form: &Form, tables: &[Recognised<'_>], found: &[open::Found<'_>]) -> bool {
    let statutory = found.iter().filter(|table| !table.continues && table.concept.filter.is_some()).count();
    2 * tables.len() >= form.tables.len() || tables.len() >= statutory
}

/// The tables whose rows the form knows. A title alone proves little: other places give the same title
/// to other tables. A few empty tables prove nothing; a form of empty tables is a template.
fn understood(tables: Vec<Recognised<'_>>) -> Vec<Recognised<'_>> {
    const TEMPLATE: usize = 5;
    let rows: Vec<(usize, usize)> = tables.iter().map(statement::known_rows).collect();
    let proven = rows.iter().any(|(known, unknown)| known > unknown) || tables.len() >= TEMPLATE;
    let kept = tables.into_iter().zip(rows).filter(|(_, (known, unknown))| proven && known >= unknown);
    kept.map(|(table, _)| table).collect()
}

/// The form's tables that were not recognised, and where the document names them all the same.
fn missing(form: &'static Form, facts: &Facts, document: &Document) -> Vec<Missing> {
    let absent = form.tables.iter().filter(|table| facts.statements.iter().all(|s| s.code != table.code));
    absent
        .map(|table| Missing { code: &table.code, title: &table.title, named: named(document, &table.title_keys) })
        .collect()
}

/// Where the document names a table, for instance in its contents.
fn named(document: &Document, title_keys: &[String]) -> Option<Text> {
    document.blocks.iter().find_map(|block| {
        let Block::Paragraph(paragraph) = block else { return None };
        let key = words::title_key(paragraph.text.trim_start_matches(['-', ' ', '·', '\t']));
        let names = title_keys.iter().any(|title| key.starts_with(title.as_str()));
        names.then(|| Text { text: paragraph.text.trim().to_string(), place: paragraph.place() })
    })
}

fn unrecognised(document: &Document, facts: &Facts) -> Vec<usize> {
    let statements = facts.statements.iter().flat_map(|statement| statement.blocks.iter().copied());
    let known: Vec<usize> = statements.chain(facts.other_tables.iter().map(|table| table.block)).collect();
    let tables = document.blocks.iter().enumerate().filter(|(_, block)| matches!(block, Block::Table(_)));
    tables.map(|(i, _)| i).filter(|i| !known.contains(i)).collect()
}
