//! Which documents belong together: those of one office, over the years, with the documents of the units that its
//! department lists.

use super::part::Part;
use mingzhang_standard::name;
use std::collections::BTreeMap;

/// Documents that belong together, by their places among all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// The office, as its first document prints it.
    pub body: String,
    /// Which documents, in their order.
    pub members: Vec<usize>,
}

/// The bundles of at least two documents, in the order of their first ones.
pub fn bundles(parts: &[Part]) -> Vec<Bundle> {
    let mut offices: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, part) in parts.iter().enumerate() {
        if let Some(office) = part.office() {
            offices.entry(office).or_default().push(i);
        }
    }
    // A unit goes to the first department that lists it.
    let mut home: BTreeMap<String, String> = BTreeMap::new();
    for part in parts {
        let Some(own) = part.office() else { continue };
        for unit in part.composition.units.iter().filter(|unit| !unit.own_level) {
            let (unit, _) = name::marked(&unit.name);
            if unit != own && offices.contains_key(&unit) {
                home.entry(unit).or_insert_with(|| own.clone());
            }
        }
    }
    let mut grouped: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (office, members) in &offices {
        // A unit that is itself the department of others stays where it is listed: one step only.
        let at = home.get(office).filter(|at| !home.contains_key(*at)).unwrap_or(office);
        grouped.entry(at).or_default().extend(members);
    }
    let mut bundles: Vec<Bundle> = grouped
        .into_iter()
        .filter(|(_, members)| members.len() > 1)
        .map(|(office, mut members)| {
            members.sort_unstable();
            let of_office = members.iter().map(|i| &parts[*i]).find(|part| part.office().as_ref() == Some(office));
            let body = of_office.and_then(|part| part.facts.disclosure.body.clone());
            Bundle { body: body.unwrap_or_else(|| office.clone()), members }
        })
        .collect();
    bundles.sort_by_key(|bundle| bundle.members[0]);
    bundles
}

/// The pairs of a text without tables and tables without a text that are the two halves of one disclosure: the text
/// first.
pub fn halves(parts: &[Part]) -> Vec<(usize, usize)> {
    let texts = parts.iter().enumerate().filter(|(_, part)| is_text(part));
    let pairs = texts.filter_map(|(text, part)| {
        let mut tables = parts.iter().enumerate().filter(|(_, other)| is_tables(other) && one_disclosure(part, other));
        let (first, _) = tables.next()?;
        // Where two files could be the tables, nobody knows which are the text's.
        tables.next().is_none().then_some((text, first))
    });
    pairs.collect()
}

fn is_text(part: &Part) -> bool {
    part.facts.statements.is_empty() && part.facts.unrecognised.is_empty() && part.facts.prose.amounts() > 0
}

/// Tables, with no more running text than titles and notes.
fn is_tables(part: &Part) -> bool {
    part.has_tables() && part.facts.prose.claims.is_empty()
}

fn one_disclosure(text: &Part, tables: &Part) -> bool {
    let alike = text.office().is_some() && text.office() == tables.office();
    // Tables alone often do not say the year or whose they are; what they say must fit.
    let year = tables.year().is_none() || tables.year() == text.year();
    let kind = tables.kind().is_none() || tables.kind() == text.kind();
    let (own, other) = (text.facts.disclosure.scope, tables.facts.disclosure.scope);
    alike && year && kind && (own == other || text.scope() == tables.scope())
}
