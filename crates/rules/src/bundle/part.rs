//! [`Part`]: what is kept of a document so that it can be held against others.
//!
//! Its facts, the units it lists, and what it says of itself where another document would contradict it. The document
//! itself is not kept: hundreds of files are held against each other.

use crate::prose;
use crate::reading::composition::Composition;
use crate::rules::ct015;
use crate::text::passages;
use mingzhang_model::amount::Interval;
use mingzhang_model::document::Document;
use mingzhang_model::fact::{DisclosureKind, Fact, Facts, Printed, Scope};
use mingzhang_model::key::Key;
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::{Claim, Quantity};
use mingzhang_model::set::Member;
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::{name, words};
use std::collections::BTreeMap;

/// A document as the rules over several documents see it.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// The document's name for a person: its path.
    pub name: String,
    /// What it states.
    pub facts: Facts,
    /// The units that it lists.
    pub(crate) composition: Composition,
    /// It says that it corrects an earlier version.
    pub(crate) corrects: bool,
    /// It says that functions or units were moved.
    pub(crate) reorganised: bool,
    /// It says that the opening balance was adjusted.
    pub(crate) opening_adjusted: bool,
    /// It says that the budget it measures 三公 by is the one at the beginning of the year.
    pub(crate) initial_three_public: bool,
}

impl Part {
    /// What is kept of a document.
    pub fn of(name: impl Into<String>, document: &Document, facts: Facts) -> Part {
        const REORGANISED: [&str; 9] =
            ["机构改革", "职能划转", "划入", "划出", "划转", "撤销", "更名", "新成立", "机构调整"];
        let texts: Vec<String> = passages(document).map(|passage| words::fold(passage.text())).collect();
        let says = |test: &dyn Fn(&String) -> bool| texts.iter().any(test);
        let adjusted = |text: &String| text.contains("年初") && text.contains("结转") && text.contains("调整");
        let initial = |text: &String| {
            let whole = ["全年预算", "调整预算", "预算调整"].iter().any(|word| text.contains(word));
            text.contains("三公") && text.contains("年初预算") && !whole
        };
        Part {
            name: name.into(),
            composition: Composition::of(document, &facts),
            corrects: ct015::explains(document),
            reorganised: says(&|text| REORGANISED.iter().any(|word| text.contains(word))),
            opening_adjusted: says(&adjusted),
            initial_three_public: says(&initial),
            facts,
        }
    }

    /// The body's name by which documents are told to be of one office; none where the document names nobody.
    pub(crate) fn office(&self) -> Option<String> {
        self.facts.disclosure.body.as_deref().map(|body| name::marked(body).0)
    }

    pub(crate) fn year(&self) -> Option<u16> {
        self.facts.disclosure.year
    }

    pub(crate) fn kind(&self) -> Option<DisclosureKind> {
        self.facts.disclosure.kind
    }

    /// Whose money it counts. A document that does not say so and lists several units counts them all.
    pub(crate) fn scope(&self) -> Scope {
        match self.facts.disclosure.scope {
            Scope::Unstated if self.composition.units.len() > 1 => Scope::Department,
            scope => scope,
        }
    }

    /// True when it holds tables that are understood.
    pub(crate) fn has_tables(&self) -> bool {
        !self.facts.facts.is_empty()
    }

    /// What the document is called in a message: 2025年部门预算.
    pub(crate) fn called(&self) -> String {
        let kind = match self.kind() {
            Some(DisclosureKind::Budget) => "预算",
            Some(DisclosureKind::Accounts) => "决算",
            None => "公开文件",
        };
        let scope = match self.scope() {
            Scope::Unstated => "",
            scope => scope.term(),
        };
        format!("{}{scope}{kind}", self.year().map_or(String::new(), |year| format!("{year}年")))
    }

    /// A place in this document, for a finding that is about several.
    pub(crate) fn here(&self, locator: Locator) -> Locator {
        Locator { document: Some(self.name.clone()), ..locator }
    }

    /// Where a fact stands.
    pub(crate) fn place(&self, fact: &Fact) -> Locator {
        self.here(self.facts.locator(fact))
    }

    /// Where the document as a whole is named: its first table.
    pub(crate) fn front(&self) -> Locator {
        let first = self.facts.statements.first();
        let place = first.map(|statement| statement.title.place).unwrap_or_default();
        let quote = first.map(|statement| statement.title.text.clone());
        self.here(Locator { place, quote, ..Locator::default() })
    }

    /// The words of a mention: its number with its unit.
    pub(crate) fn words(&self, mention: usize) -> String {
        match &self.facts.prose.mentions[mention].quantity {
            Quantity::Money { figure, bare } => format!("{figure}{}", if *bare { "万" } else { figure.unit.word() }),
            Quantity::Percent(percent) => prose::print(*percent),
            Quantity::Count { number, unit } => format!("{number}{unit}"),
        }
    }

    /// Where a mention stands.
    pub(crate) fn said(&self, mention: usize) -> Locator {
        let numbers = &self.facts.prose;
        let said = &numbers.mentions[mention];
        let section = numbers.section_of.get(said.span.block).copied().flatten();
        let title = |s: usize| format!("{}{}", numbers.sections[s].number, numbers.sections[s].title);
        let quote = Some(self.words(mention));
        self.here(Locator { place: said.place, section: section.map(title), quote, ..Locator::default() })
    }

    /// What a mention can be.
    pub(crate) fn interval(&self, mention: usize) -> Option<Interval> {
        prose::interval(&self.facts.prose, mention)
    }

    /// The numbers of the tables by their money: those that are printed as numbers.
    pub(crate) fn cells(&self) -> BTreeMap<&Key, Vec<&Fact>> {
        let mut cells: BTreeMap<&Key, Vec<&Fact>> = BTreeMap::new();
        for fact in self.facts.facts.iter().filter(|fact| matches!(fact.printed, Printed::Figure(_))) {
            cells.entry(&fact.key).or_default().push(fact);
        }
        cells
    }

    /// Every number that the narrative states, where it states one value of it.
    pub(crate) fn statistics(&self) -> BTreeMap<Statistic, (usize, Value)> {
        let mut found: BTreeMap<Statistic, Option<(usize, Value)>> = BTreeMap::new();
        for claim in &self.facts.prose.claims {
            let Claim::Stated { mention, statistic } = claim else { continue };
            let Some(value) = self.value(*mention) else { continue };
            let entry = found.entry(*statistic).or_insert(Some((*mention, value)));
            if entry.is_some_and(|(_, first)| !first.agrees(value)) {
                *entry = None;
            }
        }
        found.into_iter().filter_map(|(statistic, value)| Some((statistic, value?))).collect()
    }

    fn value(&self, mention: usize) -> Option<Value> {
        match &self.facts.prose.mentions[mention].quantity {
            Quantity::Money { .. } => self.interval(mention).map(Value::Money),
            Quantity::Count { number, .. } => Some(Value::Count(*number)),
            Quantity::Percent(_) => None,
        }
    }
}

/// A number that the narrative states.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Value {
    Money(Interval),
    Count(u64),
}

impl Value {
    /// True when both can be one number.
    pub(crate) fn agrees(self, other: Value) -> bool {
        match (self, other) {
            (Value::Money(one), Value::Money(other)) => super::overlap(one, other),
            (Value::Count(one), Value::Count(other)) => one == other,
            _ => true,
        }
    }

    /// The two together; none where they are not of one kind.
    pub(crate) fn plus(self, other: Value) -> Option<Value> {
        match (self, other) {
            (Value::Money(one), Value::Money(other)) => Some(Value::Money(one + other)),
            (Value::Count(one), Value::Count(other)) => Some(Value::Count(one.checked_add(other)?)),
            _ => None,
        }
    }
}
