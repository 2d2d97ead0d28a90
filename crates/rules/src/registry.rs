//! The rules, and which rule names which identity.
//!
//! A rule is a page in `rules/`: its head says code, name, severity, basis and, for a rule of the
//! tables, the identities that it names; its body is the documentation. An identity takes the name of
//! the rule whose description of it is the narrowest.

use crate::laws::{Along, Identity, Law, Space};
use crate::pages::PAGES;
use mingzhang_model::code::Level;
use mingzhang_model::key::{Function, Key};
use mingzhang_model::rule::{Basis, Rule, Severity};
use mingzhang_model::set::Set;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A rule and the identities that it names.
pub(crate) struct Entry {
    pub(crate) rule: Rule,
    pub(crate) patterns: Vec<Pattern>,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    // The pages are part of the program and a test parses each: a fault here is ours, at build time.
    PAGES.iter().map(|page| parse(page).unwrap_or_else(|fault| panic!("{fault}"))).collect()
});
/// The descriptions and what they name, the narrowest first.
static PATTERNS: LazyLock<Vec<(&Pattern, &Rule)>> = LazyLock::new(|| {
    let of_rule = |entry: &'static Entry| entry.patterns.iter().map(move |pattern| (pattern, &entry.rule));
    let mut patterns: Vec<(&Pattern, &Rule)> = ENTRIES.iter().flat_map(of_rule).collect();
    patterns.sort_by_key(|(pattern, _)| Reverse(pattern.narrowness()));
    patterns
});
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| ENTRIES.iter().map(|entry| entry.rule.clone()).collect());

/// Every rule, in the order of its code.
pub fn registry() -> &'static [Rule] {
    &RULES
}

/// The rule of a code. Every code in the program has a page; a test holds it so.
pub(crate) fn rule(code: &str) -> &'static Rule {
    static BY_CODE: LazyLock<HashMap<&str, &Rule>> =
        LazyLock::new(|| RULES.iter().map(|rule| (rule.code.as_str(), rule)).collect());
    BY_CODE.get(code).unwrap_or_else(|| panic!("rule {code} has no page"))
}

/// The rule that names an identity: the one whose description is the narrowest; of equally narrow ones the first.
pub(crate) fn name(space: &Space<'_>, identity: &Identity) -> &'static Rule {
    let known = Known::of(space, identity);
    let best = PATTERNS.iter().find(|(pattern, _)| pattern.fits(&known));
    best.map_or_else(|| rule(fallback(identity.law)), |(_, rule)| rule)
}

/// The rule of a law as such, for identities that no rule of a form names.
fn fallback(law: Law) -> &'static str {
    match law {
        Law::Agree => "LA001",
        Law::Sum => "LA002",
        Law::Within => "LA003",
        Law::Flow => "LA004",
        Law::Nothing => "LA005",
    }
}

/// A description of identities: `sum B03 along kinds`, `agree B01 ~ B02 level total`.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Pattern {
    law: Law,
    left: Vec<String>,
    /// None: the same table as the left side's.
    right: Option<Vec<String>>,
    along: Option<Along>,
    level: Option<Depth>,
    funds: Option<Funds>,
    side: Option<Side>,
    /// The whole has one part only.
    single: bool,
}

/// Whether the left side is money that comes in, or any other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Incoming,
    Outgoing,
}

/// The depth of the left side's key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Depth {
    Total,
    Function(Level),
    Economic,
}

/// Whose money the left side is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Funds {
    All,
    One,
    Several,
}

impl Pattern {
    /// Parses a `law:` line of a page.
    fn parse(line: &str) -> Result<Pattern, String> {
        let mut words = line.split_whitespace().peekable();
        let unknown = |word: &str| format!("“{word}” in “{line}” is not understood");
        let law = match words.next().unwrap_or_default() {
            "agree" => Law::Agree,
            "sum" => Law::Sum,
            "within" => Law::Within,
            "flow" => Law::Flow,
            "nothing" => Law::Nothing,
            other => return Err(unknown(other)),
        };
        let tables =
            |word: Option<&str>| -> Vec<String> { word.unwrap_or("*").split(',').map(ToString::to_string).collect() };
        let left = tables(words.next());
        let right = words.next_if_eq(&"~").is_some().then(|| tables(words.next()));
        let mut pattern =
            Pattern { law, left, right, along: None, level: None, funds: None, side: None, single: false };
        while let Some(word) = words.next() {
            match word {
                "along" => {
                    pattern.along = Some(along(words.next().unwrap_or_default()).ok_or_else(|| unknown("along"))?)
                }
                "level" => {
                    pattern.level = Some(depth(words.next().unwrap_or_default()).ok_or_else(|| unknown("level"))?)
                }
                "funds" => {
                    pattern.funds = Some(funds(words.next().unwrap_or_default()).ok_or_else(|| unknown("funds"))?)
                }
                "side" => pattern.side = Some(side(words.next().unwrap_or_default()).ok_or_else(|| unknown("side"))?),
                "single" => pattern.single = true,
                other => return Err(unknown(other)),
            }
        }
        Ok(pattern)
    }

    /// How many things it demands.
    fn narrowness(&self) -> usize {
        let named = |tables: &[String]| usize::from(tables != ["*"]) * 2;
        named(&self.left)
            + self.right.as_deref().map_or(1, named)
            + usize::from(self.along.is_some())
            + usize::from(self.level.is_some())
            + usize::from(self.funds.is_some())
            + usize::from(self.side.is_some())
            + usize::from(self.single)
    }

    fn fits(&self, known: &Known) -> bool {
        self.law == known.law
            && self.along.is_none_or(|along| along == known.along)
            && self.level.is_none_or(|level| level == known.level)
            && self.funds.is_none_or(|funds| funds == known.funds)
            && self.side.is_none_or(|side| side == known.side)
            && (!self.single || known.right.len() == 1)
            && self.fits_tables(&known.left, &known.right)
    }

    fn fits_tables(&self, left: &[&str], right: &[&str]) -> bool {
        let all_in =
            |codes: &[&str], tables: &[String]| tables == ["*"] || codes.iter().all(|c| tables.iter().any(|t| t == c));
        match &self.right {
            None => all_in(left, &self.left) && right.iter().all(|code| *code == left[0]),
            Some(tables) => {
                let across = right.iter().any(|code| *code != left[0]) || *tables == self.left;
                let straight = all_in(left, &self.left) && all_in(right, tables);
                let crossed = self.law == Law::Agree && all_in(right, &self.left) && all_in(left, tables);
                across && (straight || crossed)
            }
        }
    }
}

/// What descriptions ask of an identity.
struct Known {
    law: Law,
    along: Along,
    level: Depth,
    funds: Funds,
    side: Side,
    /// The tables of either side's cells, one for each cell.
    left: Vec<&'static str>,
    right: Vec<&'static str>,
}

impl Known {
    fn of(space: &Space<'_>, identity: &Identity) -> Known {
        let codes = |side: &[usize]| -> Vec<&'static str> {
            side.iter().map(|i| space.facts.statements[space.fact(*i).statement].code).collect()
        };
        let key = &space.keys[identity.left[0]];
        Known {
            law: identity.law,
            along: identity.along,
            level: depth_of(key),
            funds: funds_of(key),
            side: side_of(space, identity.left[0]),
            left: codes(&identity.left),
            right: codes(&identity.right),
        }
    }
}

fn along(word: &str) -> Option<Along> {
    Some(match word {
        "function" => Along::Function,
        "economic" => Along::Economic,
        "funds" => Along::Funds,
        "kinds" => Along::Kinds,
        "categories" => Along::Categories,
        "incoming" => Along::Incoming,
        "outgoing" => Along::Outgoing,
        _ => return None,
    })
}

fn depth(word: &str) -> Option<Depth> {
    Some(match word {
        "total" => Depth::Total,
        "class" => Depth::Function(Level::Class),
        "subclass" => Depth::Function(Level::Subclass),
        "item" => Depth::Function(Level::Item),
        "economic" => Depth::Economic,
        _ => return None,
    })
}

fn funds(word: &str) -> Option<Funds> {
    Some(match word {
        "all" => Funds::All,
        "one" => Funds::One,
        "several" => Funds::Several,
        _ => return None,
    })
}

fn side(word: &str) -> Option<Side> {
    Some(match word {
        "incoming" => Side::Incoming,
        "outgoing" => Side::Outgoing,
        _ => return None,
    })
}

fn side_of(space: &Space<'_>, fact: usize) -> Side {
    if space.keys[fact].measures.within(space.domain(fact).incoming) { Side::Incoming } else { Side::Outgoing }
}

fn depth_of(key: &Key) -> Depth {
    match key.function {
        Function::Code(code) => Depth::Function(code.level()),
        Function::All if key.economic.codes().len() == 1 => Depth::Economic,
        Function::All => Depth::Total,
    }
}

fn funds_of(key: &Key) -> Funds {
    match key.funds {
        all if all == Set::all() => Funds::All,
        one if one.len() == 1 => Funds::One,
        _ => Funds::Several,
    }
}

/// Parses a page: `key: value` lines between two lines of `---`, then the documentation.
fn parse(page: &str) -> Result<Entry, String> {
    let body = page.strip_prefix("---\n").ok_or("a page must begin with ---")?;
    let (head, body) = body.split_once("\n---\n").ok_or("the head of a page must end with ---")?;
    let fields: Vec<(&str, &str)> =
        head.lines().filter_map(|line| line.split_once(':')).map(|(key, value)| (key.trim(), value.trim())).collect();
    let one = |key: &str| {
        let found = fields.iter().find(|(k, _)| *k == key).map(|(_, value)| value.to_string());
        found.ok_or_else(|| format!("a page says no {key}: {}", head.lines().next().unwrap_or_default()))
    };
    let all = |key: &'static str| fields.iter().filter(move |(k, _)| *k == key).map(|(_, value)| *value);
    let severity = one("severity")?;
    let severity = Severity::ALL
        .into_iter()
        .find(|s| s.word() == severity)
        .ok_or_else(|| format!("unknown severity {severity}"))?;
    let rule = Rule {
        code: one("code")?,
        name: one("name")?,
        title: one("title")?,
        severity,
        basis: all("basis").map(basis).collect(),
        page: body.trim().to_string(),
    };
    let patterns = all("law").map(Pattern::parse).collect::<Result<_, _>>()?;
    Ok(Entry { rule, patterns })
}

/// `中华人民共和国预算法 第三十二条`: the title, and the article where one is given.
fn basis(line: &str) -> Basis {
    match line.rsplit_once(' ') {
        Some((title, article)) if article.starts_with('第') => {
            Basis { title: title.to_string(), article: Some(article.to_string()) }
        }
        _ => Basis { title: line.to_string(), article: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_parses_and_codes_run_in_order() {
        let codes: Vec<&str> = ENTRIES.iter().map(|entry| entry.rule.code.as_str()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted, "pages are listed in the order of their codes, each once");
    }

    #[test]
    fn descriptions_of_identities_are_understood_or_refused() {
        let pattern = Pattern::parse("sum B05,B06 ~ B03 along kinds level item funds one single").unwrap();
        assert_eq!((pattern.law, pattern.left.len(), pattern.single), (Law::Sum, 2, true));
        assert!(pattern.narrowness() > Pattern::parse("sum *").unwrap().narrowness());
        assert!(Pattern::parse("sum B01 along colour").is_err());
        assert!(Pattern::parse("add B01").is_err());
    }
}
