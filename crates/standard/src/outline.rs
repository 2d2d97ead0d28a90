//! [`Outline`]: which tables one place's disclosure consists of, and under which titles.
//!
//! Where a [`Form`](crate::form::Form) lists the cells of every table, an outline lists the tables alone: what
//! they show, their words say ([`vocabulary`](crate::vocabulary)). So a place needs no more than its titles to
//! be known, and a table that it prescribes can be missed. The files in `data/outlines/` are the outlines.

use crate::{vocabulary, words};
use mingzhang_model::fact::DisclosureKind;
use serde::Deserialize;
use std::sync::LazyLock;

/// What one place's disclosure consists of.
#[derive(Clone, PartialEq, Debug)]
pub struct Outline {
    /// The name of its file.
    pub id: &'static str,
    /// Its name in Chinese.
    pub name: String,
    /// The place that prescribes it.
    pub place: String,
    /// Budget or accounts.
    pub kind: DisclosureKind,
    /// Words that such a document prints, folded.
    pub clues: Vec<String>,
    /// The tables that every such disclosure has, in order.
    pub tables: Vec<Listed>,
    /// Those that only some have.
    pub optional: Vec<Listed>,
}

/// A table of an outline.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// The code that rules use: B01, or P1 for targets.
    pub code: String,
    /// What it is about.
    pub concept: &'static str,
    /// The title without year.
    pub title: String,
    /// The folded titles by which it is known.
    pub keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    place: String,
    disclosure: String,
    clues: Vec<String>,
    tables: Vec<String>,
    #[serde(default)]
    optional: Vec<String>,
}

/// The outlines compiled in: name of the file, text of the file.
const FILES: [(&str, &str); 12] = [
    ("beijing_budget", include_str!("../data/outlines/beijing_budget.toml")),
    ("changchun_budget", include_str!("../data/outlines/changchun_budget.toml")),
    ("changsha_budget", include_str!("../data/outlines/changsha_budget.toml")),
    ("chongqing_budget", include_str!("../data/outlines/chongqing_budget.toml")),
    ("guangzhou_budget", include_str!("../data/outlines/guangzhou_budget.toml")),
    ("jiangsu_city_budget", include_str!("../data/outlines/jiangsu_city_budget.toml")),
    ("jiangsu_province_budget", include_str!("../data/outlines/jiangsu_province_budget.toml")),
    ("kunming_budget", include_str!("../data/outlines/kunming_budget.toml")),
    ("shenzhen_budget", include_str!("../data/outlines/shenzhen_budget.toml")),
    ("university_accounts", include_str!("../data/outlines/university_accounts.toml")),
    ("university_budget", include_str!("../data/outlines/university_budget.toml")),
    ("xian_budget", include_str!("../data/outlines/xian_budget.toml")),
];

static OUTLINES: LazyLock<Vec<Outline>> = LazyLock::new(|| {
    // The files are part of the program and a test parses each: a fault here is ours, at build time.
    let parsed = FILES.iter().map(|(id, text)| parse(id, text).map_err(|fault| format!("{id}.toml: {fault}")));
    parsed.collect::<Result<_, _>>().unwrap_or_else(|fault| panic!("data/outlines: {fault}"))
});

/// Every outline.
pub fn outlines() -> &'static [Outline] {
    &OUTLINES
}

/// The outline of a name.
pub fn outline(id: &str) -> Option<&'static Outline> {
    OUTLINES.iter().find(|outline| outline.id == id)
}

fn parse(id: &'static str, text: &str) -> Result<Outline, String> {
    let file: File = toml::from_str(text).map_err(|fault| fault.to_string())?;
    let kind = match file.disclosure.as_str() {
        "budget" => DisclosureKind::Budget,
        "accounts" => DisclosureKind::Accounts,
        other => return Err(format!("disclosure “{other}” is neither budget nor accounts")),
    };
    let listed = |titles: &[String]| titles.iter().map(|title| listed(title, kind)).collect::<Result<Vec<_>, _>>();
    Ok(Outline {
        id,
        clues: file.clues.iter().map(|clue| words::fold(clue)).collect(),
        tables: listed(&file.tables)?,
        optional: listed(&file.optional)?,
        name: file.name,
        place: file.place,
        kind,
    })
}

/// A title and, behind `|`, the other titles of the same table.
fn listed(titles: &str, kind: DisclosureKind) -> Result<Listed, String> {
    let title = titles.split('|').next().unwrap_or_default();
    let (concept, _) = vocabulary::titled(title).ok_or_else(|| format!("“{title}” says no concept"))?;
    let code = match kind {
        DisclosureKind::Budget => &concept.codes.0,
        DisclosureKind::Accounts => &concept.codes.1,
    };
    Ok(Listed {
        code: code.clone(),
        concept: concept.id,
        title: title.to_owned(),
        keys: titles.split('|').map(words::title_key).collect(),
    })
}

/// The place that a form or an outline of a name is of, and the name in Chinese.
pub fn named(id: &str) -> Option<(&'static str, &'static str)> {
    let form = crate::form::form(id).map(|form| (form.place.as_str(), form.name.as_str()));
    form.or_else(|| outline(id).map(|outline| (outline.place.as_str(), outline.name.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_lists_tables_whose_titles_say_what_they_are() {
        for outline in outlines() {
            assert!(outline.tables.len() >= 4, "{}", outline.id);
            assert!(outline.tables.iter().chain(&outline.optional).all(|table| !table.code.is_empty()));
            assert!(!outline.clues.is_empty());
        }
    }

    #[test]
    fn forms_and_outlines_are_named_alike() {
        assert_eq!(named("beijing_budget"), Some(("北京", "北京市部门预算")));
        assert!(named("hunan_budget").is_some());
        assert_eq!(named("nowhere"), None);
    }
}
