//! How far the tables of a document were understood: how many were recognised, how many of their money cells
//! have a key, how many of those the document itself proves or contradicts.

use mingzhang_model::document::{Block, Document};
use mingzhang_model::fact::{Facts, Printed, Proof, Reading};
use mingzhang_standard::outline;
use serde::Serialize;

/// How far tables were understood, of one document or of several.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize)]
pub(crate) struct Coverage {
    /// How many documents.
    pub(crate) documents: usize,
    /// How many tables they show.
    pub(crate) tables: usize,
    /// Of how many of them the form or the concept is known.
    pub(crate) recognised: usize,
    /// How many money cells: numbers in money columns, and numbers with decimals in tables that are not known.
    pub(crate) cells: usize,
    /// Of how many of them the key is known.
    pub(crate) keyed: usize,
    /// Of how many of those an identity holds.
    pub(crate) proven: usize,
    /// How many of those stand in an identity that does not hold.
    pub(crate) contradicted: usize,
}

impl Coverage {
    pub(crate) fn of(document: &Document, facts: &Facts, proofs: &[Proof]) -> Coverage {
        let tables = document.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
        let printed = || {
            let numbers = facts.facts.iter().zip(proofs);
            numbers.filter(|(fact, _)| matches!(fact.printed, Printed::Figure(_))).map(|(_, proof)| *proof)
        };
        let keyed = printed().count();
        let lost: usize = facts.unrecognised.iter().map(|block| amounts(&document.blocks[*block])).sum();
        Coverage {
            documents: 1,
            tables,
            recognised: tables - facts.unrecognised.len(),
            cells: keyed + facts.unkeyed.len() + lost,
            keyed,
            proven: printed().filter(|proof| *proof == Proof::Proven).count(),
            contradicted: printed().filter(|proof| *proof == Proof::Contradicted).count(),
        }
    }

    pub(crate) fn add(&mut self, other: Coverage) {
        self.documents += other.documents;
        self.tables += other.tables;
        self.recognised += other.recognised;
        self.cells += other.cells;
        self.keyed += other.keyed;
        self.proven += other.proven;
        self.contradicted += other.contradicted;
    }

    /// How many tables nobody knows.
    pub(crate) fn unrecognised(&self) -> usize {
        self.tables - self.recognised
    }
}

/// The numbers with decimals in a table that is not known: its money, as far as that can be told.
fn amounts(block: &Block) -> usize {
    let Block::Table(table) = block else { return 0 };
    let is_amount = |text: &str| {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let number = digits.trim_start_matches('-');
        number.contains('.')
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
    };
    table.cells().iter().filter(|cell| is_amount(&cell.text)).count()
}

/// The place whose form or outline a document follows.
pub(crate) fn place(form: Option<&str>) -> Option<&'static str> {
    outline::named(form?).map(|(place, _)| place)
}

/// True where the words of tables were all that told what they show.
pub(crate) fn by_words(facts: &Facts) -> bool {
    facts.statements.iter().any(|statement| statement.reading == Reading::Words)
}
