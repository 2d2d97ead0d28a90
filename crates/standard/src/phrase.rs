//! [`Phrase`]: how the narrative names an amount that a table shows too.
//!
//! The prescribed text of a disclosure repeats the tables in words. A phrase says under which heading,
//! behind which name, an amount is which money. The longest name that fits wins.

use crate::filter::Filter;
use crate::form::{self, TableForm};
use crate::{vocabulary, words};
use mingzhang_model::fact::{DisclosureKind, Domain};
use mingzhang_model::key::Key;
use std::sync::LazyLock;

/// How the narrative names one amount.
#[derive(Clone, PartialEq, Debug)]
pub struct Phrase {
    /// The table that shows it.
    pub table: &'static str,
    /// Words that the headings over the sentence must hold, folded.
    pub under: Vec<String>,
    /// Words that they must not hold.
    pub not_under: Vec<String>,
    /// The names before the amount, folded.
    pub names: Vec<String>,
    /// Which money it is. All that comes in or goes out is all that any form knows: of what a document's own
    /// form knows, [`Phrase::narrow`] takes the rest away.
    pub filter: Filter,
}

impl Phrase {
    /// Narrows a key to the money that is named, in a document of whose form `domain` is the meaning of “all”.
    pub fn narrow(&self, key: &mut Key, domain: Option<&Domain>) {
        self.filter.narrow(key);
        let (incoming, outgoing) = vocabulary::sides();
        match domain {
            Some(domain) if key.measures == incoming => key.measures = domain.incoming,
            Some(domain) if key.measures == outgoing => key.measures = domain.outgoing,
            _ => {}
        }
    }
}

static ACCOUNTS: LazyLock<Vec<Phrase>> =
    LazyLock::new(|| parsed(include_str!("../data/phrases/accounts.tsv"), "shanghai_accounts"));
static BUDGET: LazyLock<Vec<Phrase>> =
    LazyLock::new(|| parsed(include_str!("../data/phrases/budget.tsv"), "shanghai_budget_department"));

/// The phrases of a kind of disclosure.
pub fn phrases(kind: DisclosureKind) -> &'static [Phrase] {
    match kind {
        DisclosureKind::Budget => &BUDGET,
        DisclosureKind::Accounts => &ACCOUNTS,
    }
}

fn parsed(tsv: &'static str, form: &str) -> Vec<Phrase> {
    // The files are part of the program and a test parses each: a fault here is ours, at build time.
    parse(tsv, form).unwrap_or_else(|fault| panic!("data/phrases: {fault}"))
}

/// Parses the lines; `form` tells which tables there are.
fn parse(tsv: &'static str, form: &str) -> Result<Vec<Phrase>, String> {
    let form = form::form(form).ok_or_else(|| format!("unknown form {form}"))?;
    let lines = tsv.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| phrase(line, &form.tables).map_err(|fault| format!("“{line}”: {fault}"))).collect()
}

fn phrase(line: &'static str, tables: &'static [TableForm]) -> Result<Phrase, String> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let [table, sections, names, filter] = fields.as_slice() else { return Err("not four fields".into()) };
    if !tables.iter().any(|form| form.code == *table) {
        return Err("unknown table".into());
    }
    let sections = || sections.split(',').filter(|word| !word.is_empty());
    let under = sections().filter(|word| !word.starts_with('!')).map(words::fold).collect();
    let not_under = sections().filter_map(|word| word.strip_prefix('!')).map(words::fold).collect();
    let names = names.split('|').map(words::fold).collect();
    let (incoming, outgoing) = vocabulary::sides();
    let filter = Filter::parse(filter, incoming, outgoing)?;
    Ok(Phrase { table, under, not_under, names, filter })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_phrase() {
        for kind in [DisclosureKind::Budget, DisclosureKind::Accounts] {
            assert!(phrases(kind).iter().all(|phrase| !phrase.names.is_empty() && phrase.filter != Filter::default()));
        }
        assert!(parse("#\nhead\nZ01\t\t收入\tincome", "shanghai_accounts").is_err());
        assert!(parse("#\nhead\nA01\t\t收入\tincom", "shanghai_accounts").is_err());
    }
}
