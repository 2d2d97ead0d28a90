//! Which documents belong together: those of one office, over the years, with the documents of the units that its
//! department lists.

use super::part::Part;
use mingzhang_model::fact::Scope;
use mingzhang_standard::name;
use std::collections::BTreeMap;

/// Documents that belong together, by their places among all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// The office, as its documents print it.
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
            let bodies = members.iter().filter_map(|i| parts[*i].facts.disclosure.body.clone());
            // As a document prints it that puts no mark behind it, such as （本级）.
            let printed = bodies.into_iter().find(|body| name::folded(body) == *office);
            Bundle { body: printed.unwrap_or_else(|| office.clone()), members }
        })
        .collect();
    bundles.sort_by_key(|bundle| bundle.members[0]);
    bundles
}

/// The pairs of a text without tables and tables without a text that are the two halves of one disclosure: the text
/// first. Where several could be a half's other one, nobody knows which is.
pub fn halves(parts: &[Part]) -> Vec<(usize, usize)> {
    let those = |test: fn(&Part) -> bool| (0..parts.len()).filter(move |i| test(&parts[*i]));
    let fits: Vec<(usize, usize)> = those(is_text)
        .flat_map(|text| those(is_tables).map(move |tables| (text, tables)))
        .filter(|(text, tables)| one_disclosure(&parts[*text], &parts[*tables]))
        .collect();
    let alone =
        |pair: &&(usize, usize)| fits.iter().filter(|other| other.0 == pair.0 || other.1 == pair.1).count() == 1;
    fits.iter().filter(alone).copied().collect()
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
    let (own, other) = (text.scope(), tables.scope());
    alike && year && kind && (own == other || own == Scope::Unstated || other == Scope::Unstated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::document::{Document, Format};
    use mingzhang_model::fact::{Disclosure, Facts};

    fn part(name: &str, body: Option<&str>) -> Part {
        let document = Document { format: Format::Text, pages: Vec::new(), blocks: Vec::new(), notes: Vec::new() };
        let disclosure = Disclosure { body: body.map(Into::into), year: Some(2025), ..Disclosure::default() };
        Part::of(name, &document, Facts { disclosure, ..Facts::default() })
    }

    fn grouped(parts: &[Part]) -> Vec<Vec<usize>> {
        bundles(parts).into_iter().map(|bundle| bundle.members).collect()
    }

    #[test]
    fn documents_of_one_body_belong_together_and_those_of_nobody_to_none() {
        let parts = [
            part("b", Some("青岚市档案局（本级）")),
            part("x", None),
            part("a", Some("青岚市水务局")),
            part("c", Some("青岚市档案局")),
            part("y", None),
        ];
        assert_eq!(grouped(&parts), [vec![0, 3]]);
    }

    #[test]
    fn a_unit_goes_to_the_department_that_lists_it() {
        use crate::reading::composition::Unit;
        let mut parts = [part("u", Some("青岚市档案馆")), part("d", Some("青岚市档案局"))];
        assert!(grouped(&parts).is_empty());
        let (own_level, merged) = (false, false);
        let name = "青岚市档案馆".to_string();
        parts[1].composition.units = vec![Unit { name, own_level, merged, location: Default::default() }];
        assert_eq!(grouped(&parts), [vec![0, 1]]);
        assert_eq!(bundles(&parts)[0].body, "青岚市档案局");
    }
}
