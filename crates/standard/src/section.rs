//! [`Required`]: what the narrative of a disclosure has to speak of, and the words by which it is known.
//!
//! Places order and title the sections of their narrative as they like; what has to be there is the same
//! everywhere. A line of `data/sections.tsv` gives the words of headings and of sentences that show it.

use crate::words;
use mingzhang_model::fact::DisclosureKind;
use std::sync::LazyLock;

/// A subject that the narrative has to speak of.
#[derive(Clone, PartialEq, Debug)]
pub struct Required {
    /// The rule that asks for it.
    pub rule: &'static str,
    /// The kind of disclosure; none for both.
    pub kind: Option<DisclosureKind>,
    /// The first budget year of which it is asked.
    pub since: Option<u16>,
    /// Its name, for people.
    pub name: &'static str,
    /// Words of which a heading over it holds one, folded.
    pub headings: Vec<String>,
    /// Sets of words of which a paragraph about it holds one whole, folded.
    pub statements: Vec<Vec<String>>,
}

impl Required {
    /// Whether a disclosure of a kind and year has to speak of it.
    pub fn concerns(&self, kind: DisclosureKind, year: u16) -> bool {
        self.kind.is_none_or(|own| own == kind) && self.since.is_none_or(|since| year >= since)
    }

    /// Whether a folded heading is one over it.
    pub fn is_headed(&self, heading: &str) -> bool {
        self.headings.iter().any(|word| heading.contains(word.as_str()))
    }

    /// Whether a folded paragraph speaks of it.
    pub fn is_stated(&self, paragraph: &str) -> bool {
        self.statements.iter().any(|set| set.iter().all(|word| paragraph.contains(word.as_str())))
    }
}

/// Every subject, in the order in which disclosures usually have them.
pub fn required() -> &'static [Required] {
    static REQUIRED: LazyLock<Vec<Required>> = LazyLock::new(|| {
        // The file is part of the program and a test parses it: a fault here is ours, at build time.
        parse(include_str!("../data/sections.tsv")).unwrap_or_else(|fault| panic!("sections.tsv: {fault}"))
    });
    &REQUIRED
}

fn parse(tsv: &'static str) -> Result<Vec<Required>, String> {
    let lines = tsv.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| subject(line).map_err(|fault| format!("“{line}”: {fault}"))).collect()
}

fn subject(line: &'static str) -> Result<Required, String> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let [rule, kind, since, name, headings, statements] = fields.as_slice() else {
        return Err("not six fields".into());
    };
    let kind = match *kind {
        "budget" => Some(DisclosureKind::Budget),
        "accounts" => Some(DisclosureKind::Accounts),
        "both" => None,
        other => return Err(format!("no kind is called {other}")),
    };
    let since = if since.is_empty() { None } else { Some(since.parse().map_err(|_| "no year")?) };
    let split = |field: &'static str| field.split('|').filter(|words| !words.is_empty());
    let headings = split(headings).map(words::fold).collect();
    let statements = split(statements).map(|set| set.split('&').map(words::fold).collect()).collect();
    Ok(Required { rule, kind, since, name, headings, statements })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_subject() {
        assert!(required().len() > 5 && required().iter().all(|subject| !subject.headings.is_empty()));
        assert!(parse("head\nCM002\tnone\t\tX\tX\t").is_err());
        let assets = required().iter().find(|subject| subject.rule == "CM012").unwrap();
        assert!(assets.is_stated("本单位共有车辆3辆") && !assets.is_stated("负责国有资产监督管理"));
        assert!(!assets.concerns(DisclosureKind::Budget, 2017));
    }
}
