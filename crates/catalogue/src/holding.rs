//! [`Holding`]: one document as readers need it. Every number that was given a key, as printed, with its proof and
//! its place; and of the running text the amounts that say which money they are.
//!
//! A holding is made once, when a document is opened to readers, and is kept as JSON (see `shape`). It holds no
//! number that is not printed, and no text of the document but titles, rows and columns.
//!
//! Absent on purpose: the document itself, counts of the registers, amounts whose money is not known, and what a
//! sentence says about another year without saying which money it means.

use crate::amount::{Period, Source};
use crate::place::Spot;
use mingzhang_model::amount::{Figure, Unit};
use mingzhang_model::fact::Scope;
use mingzhang_model::fact::{DisclosureKind, Facts, Printed, Proof};
use mingzhang_model::key::{Key, Measure, Stage};
use mingzhang_model::locator::Locator;
use mingzhang_model::prose::{Claim, Mention, Prose, Quantity};
use mingzhang_model::set::Set;
use mingzhang_model::statistic::Statistic;
use mingzhang_standard::filter::Filter;
use mingzhang_standard::{form, name};
use std::collections::HashMap;
use std::sync::Arc;

/// What the document does not say of itself, or says less surely than whoever files it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct About {
    /// The SHA-256 of the file, in hexadecimal: the name of the document.
    pub id: String,
    /// The place whose office it is.
    pub place: Option<String>,
    /// Where it was published, or what its file is called.
    pub source: Option<String>,
    /// The body, where a person names it; otherwise the one that the document prints.
    pub body: Option<String>,
    /// Whose money it counts, where a person or the document says so; otherwise what the form says.
    pub scope: Option<Scope>,
}

/// A table, or a section of the running text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Heading {
    /// B01 and its like; empty for running text.
    pub(crate) code: Arc<str>,
    /// What the table is about; `narrative` for running text.
    pub(crate) concept: Arc<str>,
    /// Its title as printed.
    pub(crate) title: Arc<str>,
}

/// What running text is about.
pub(crate) const NARRATIVE: &str = "narrative";

/// One number of a document. Indices are those of the holding's own lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry {
    pub(crate) key: u32,
    pub(crate) heading: u32,
    /// The words of row and column; word 0 is empty.
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) printed: Printed,
    /// The unit of its table, and the most decimals of its column.
    pub(crate) unit: Unit,
    pub(crate) decimals: u8,
    pub(crate) proof: Proof,
    pub(crate) spot: Spot,
}

/// One document, open to readers.
#[derive(Clone, PartialEq, Debug)]
pub struct Holding {
    pub(crate) about: About,
    pub(crate) year: Option<u16>,
    pub(crate) kind: Option<DisclosureKind>,
    pub(crate) form: Option<String>,
    /// The body that the document prints.
    pub(crate) printed_body: Option<String>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) words: Vec<Arc<str>>,
    /// Ascending, each once.
    pub(crate) keys: Vec<Key>,
    /// Tables first, in reading order; then running text.
    pub(crate) entries: Vec<Entry>,
    /// The entries of each key: those of `keys[i]` are `by_key[starts[i]..starts[i + 1]]`.
    pub(crate) by_key: Vec<u32>,
    pub(crate) starts: Vec<u32>,
}

impl Holding {
    /// What a document states, with the proof state of each of its facts in their order. Proofs that are lacking count
    /// as [`Proof::Unproven`].
    pub fn of(facts: &Facts, proofs: &[Proof], about: About) -> Holding {
        let mut making = Making::default();
        making.word("");
        for (i, fact) in facts.facts.iter().enumerate() {
            let (statement, locator) = (&facts.statements[fact.statement], facts.locator(fact));
            let entry = Entry {
                key: making.key(&fact.key),
                heading: making.heading(statement.code, statement.concept, &statement.title.text),
                row: making.word(locator.row.as_deref().unwrap_or_default()),
                column: making.word(locator.column.as_deref().unwrap_or_default()),
                printed: fact.printed,
                unit: fact.unit,
                decimals: fact.decimals,
                proof: proofs.get(i).copied().unwrap_or(Proof::Unproven),
                spot: fact.place.into(),
            };
            making.entries.push(entry);
        }
        making.running_text(facts);
        let disclosure = &facts.disclosure;
        let printed = Some(disclosure.scope).filter(|scope| *scope != Scope::Unstated);
        Holding {
            about: About { scope: about.scope.or(printed), ..about },
            year: disclosure.year,
            kind: disclosure.kind,
            form: disclosure.form.map(str::to_owned),
            printed_body: disclosure.body.clone(),
            headings: making.headings,
            words: making.words,
            keys: making.keys,
            entries: making.entries,
            by_key: Vec::new(),
            starts: Vec::new(),
        }
        .ordered()
    }

    /// With the keys ascending and the entries of each key found.
    pub(crate) fn ordered(mut self) -> Holding {
        let mut order: Vec<u32> = (0..self.keys.len() as u32).collect();
        order.sort_by(|a, b| self.keys[*a as usize].cmp(&self.keys[*b as usize]));
        let mut rank = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| rank[*old as usize] = new as u32);
        self.keys = order.iter().map(|old| self.keys[*old as usize].clone()).collect();
        self.entries.iter_mut().for_each(|entry| entry.key = rank[entry.key as usize]);
        self.by_key = (0..self.entries.len() as u32).collect();
        self.by_key.sort_by_key(|entry| self.entries[*entry as usize].key);
        let before = |key: u32| self.by_key.partition_point(|entry| self.entries[*entry as usize].key < key) as u32;
        self.starts = (0..=self.keys.len() as u32).map(before).collect();
        self
    }

    /// The SHA-256 of the file, in hexadecimal.
    pub fn id(&self) -> &str {
        &self.about.id
    }

    /// The body: as a person named it, or else as the document prints it.
    pub fn body(&self) -> Option<&str> {
        self.about.body.as_deref().or(self.printed_body.as_deref()).filter(|name| !name.trim().is_empty())
    }

    /// Whose money it counts: as a person said, or else as its form says.
    pub fn scope(&self) -> Scope {
        self.about.scope.unwrap_or_else(|| name::scope_of_form(self.form.as_deref()))
    }

    /// The budget year that it says it is of.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// Budget or accounts.
    pub fn kind(&self) -> Option<DisclosureKind> {
        self.kind
    }

    /// The name of the form that it follows.
    pub fn form(&self) -> Option<&str> {
        self.form.as_deref()
    }

    /// The place whose office it is: as a person said, or else that of its form.
    pub fn place(&self) -> Option<&str> {
        let prescribed = || self.form().and_then(form::form).map(|form| form.place.as_str());
        self.about.place.as_deref().or_else(prescribed)
    }

    /// Where it was published, or what its file is called.
    pub fn source(&self) -> Option<&str> {
        self.about.source.as_deref()
    }

    /// How many numbers it holds.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when no number of it is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Which money each number is about, in reading order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.entries.iter().map(|entry| &self.keys[entry.key as usize])
    }

    /// The years and stages of which it prints a number, ascending. A year that it does not say is none.
    pub fn periods(&self) -> Vec<Period> {
        // Keys are in the order of year and stage: each period begins where the one before ends.
        let mut periods = Vec::new();
        let mut rest = self.keys.as_slice();
        while let Some(first) = rest.first() {
            let period = Period { year: first.year, stage: first.stage };
            rest = &rest[rest.partition_point(|key| (key.year, key.stage) <= (period.year, period.stage))..];
            periods.extend((period.year != 0).then_some(period));
        }
        periods
    }

    /// The same document filed anew: what a person says of it may change.
    pub fn filed(self, about: About) -> Holding {
        Holding { about, ..self }
    }

    /// A number of the document and where it stands, by its place in reading order; none where there are fewer.
    pub fn printed_at(&self, figure: usize) -> Option<Source> {
        let figure = u32::try_from(figure).ok().filter(|figure| (*figure as usize) < self.entries.len())?;
        Some(Source::of(self, figure))
    }

    /// The tables in reading order: the title, and the page and line of its first number.
    pub fn tables(&self) -> Vec<(&str, Option<u32>, Option<u32>)> {
        let mut tables: Vec<(u32, &str, Option<u32>, Option<u32>)> = Vec::new();
        for entry in &self.entries {
            let heading = self.heading(entry);
            if &*heading.concept == NARRATIVE || tables.iter().any(|(own, ..)| *own == entry.heading) {
                continue;
            }
            let place = mingzhang_model::document::Place::from(entry.spot);
            tables.push((entry.heading, &heading.title, place.page, place.line));
        }
        tables.into_iter().map(|(_, title, page, line)| (title, page, line)).collect()
    }

    /// The numbers of a key with their places in reading order.
    pub(crate) fn of_key(&self, key: &Key) -> impl Iterator<Item = (u32, &Entry)> {
        let range = self.keys.binary_search(key).map_or(0..0, |i| self.starts[i] as usize..self.starts[i + 1] as usize);
        self.by_key[range].iter().map(|figure| (*figure, &self.entries[*figure as usize]))
    }

    pub(crate) fn heading(&self, entry: &Entry) -> &Heading {
        &self.headings[entry.heading as usize]
    }

    /// Every word that it holds, those of its headings too.
    pub(crate) fn all_words(&self) -> impl Iterator<Item = &Arc<str>> {
        let headings = self.headings.iter().flat_map(|heading| [&heading.code, &heading.concept, &heading.title]);
        self.words.iter().chain(headings)
    }

    pub(crate) fn word(&self, word: u32) -> &str {
        &self.words[word as usize]
    }

    /// Where a number stands, in a person's terms too.
    pub(crate) fn locator(&self, entry: &Entry) -> Locator {
        let heading = self.heading(entry);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (section, table) = match &*heading.concept {
            NARRATIVE => (some(&heading.title), None),
            _ => (None, some(&heading.title)),
        };
        Locator {
            document: None,
            place: entry.spot.into(),
            section,
            table,
            row: some(self.word(entry.row)),
            column: some(self.word(entry.column)),
            quote: Some(quote(entry)),
        }
    }
}

/// A number as it is printed. A sentence prints its unit behind it.
pub(crate) fn quote(entry: &Entry) -> String {
    match entry.printed {
        Printed::Figure(figure) => figure.to_string(),
        Printed::Nil => "无".into(),
        Printed::Dash => "-".into(),
        Printed::Blank => String::new(),
    }
}

/// Lists under construction: each word, key and heading once.
#[derive(Default)]
struct Making {
    headings: Vec<Heading>,
    words: Vec<Arc<str>>,
    keys: Vec<Key>,
    entries: Vec<Entry>,
    word_ids: HashMap<Arc<str>, u32>,
    key_ids: HashMap<Key, u32>,
}

impl Making {
    fn word(&mut self, text: &str) -> u32 {
        if let Some(id) = self.word_ids.get(text) {
            return *id;
        }
        let (id, word) = (self.words.len() as u32, Arc::<str>::from(text));
        self.words.push(word.clone());
        self.word_ids.insert(word, id);
        id
    }

    fn key(&mut self, key: &Key) -> u32 {
        if let Some(id) = self.key_ids.get(key) {
            return *id;
        }
        let id = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.key_ids.insert(key.clone(), id);
        id
    }

    /// Tables follow each other, so a heading is almost always the last one.
    fn heading(&mut self, code: &str, concept: &str, title: &str) -> u32 {
        let same = |own: &Heading| &*own.code == code && &*own.concept == concept && &*own.title == title;
        let found = self.headings.iter().rposition(same);
        let at = found.unwrap_or_else(|| {
            self.headings.push(Heading { code: code.into(), concept: concept.into(), title: title.into() });
            self.headings.len() - 1
        });
        at as u32
    }

    /// The amounts of the running text that say which money they are. An amount may be claimed twice and is taken once.
    fn running_text(&mut self, facts: &Facts) {
        let prose = &facts.prose;
        let mut taken = vec![false; prose.mentions.len()];
        for claim in &prose.claims {
            let named = match claim {
                Claim::Named { mention, key, .. } => Some((*mention, key.clone())),
                Claim::Stated { mention, statistic } => stated_key(facts, *statistic).map(|key| (*mention, key)),
                _ => None,
            };
            let Some((mention, key)) = named.filter(|(_, key)| facts.disclosure.form.is_some() || !is_whole(key))
            else {
                continue;
            };
            let Quantity::Money { figure, .. } = prose.mentions[mention].quantity else { continue };
            if !std::mem::replace(&mut taken[mention], true) {
                self.amount(prose, &prose.mentions[mention], figure, &key);
            }
        }
    }

    fn amount(&mut self, prose: &Prose, mention: &Mention, figure: Figure, key: &Key) {
        let section = prose.section_of.get(mention.span.block).copied().flatten();
        let title = section.map_or("", |section| prose.sections[section].title.as_str());
        let entry = Entry {
            key: self.key(key),
            heading: self.heading("", NARRATIVE, title),
            row: 0,
            column: 0,
            printed: Printed::Figure(figure),
            unit: figure.unit,
            decimals: figure.decimals,
            proof: Proof::Unproven,
            spot: mention.place.into(),
        };
        self.entries.push(entry);
    }
}

/// True for a total of all money. What “all” means, and whether 收入预算 counts what was carried over, only a form
/// says: without one such an amount of a sentence is left out.
fn is_whole(key: &Key) -> bool {
    *key == Key::everything(key.year, key.stage, key.measures)
}

/// The money that narratives state by name, in the words of the forms' filters.
const STATED: [(Statistic, &str); 7] = [
    (Statistic::ThreePublic, "fiscal three_public"),
    (Statistic::OverseasTrips, "fiscal overseas_trips"),
    (Statistic::VehicleCosts, "fiscal vehicles"),
    (Statistic::VehiclePurchase, "fiscal vehicle_purchase"),
    (Statistic::VehicleRunning, "fiscal vehicle_running"),
    (Statistic::Receptions, "fiscal receptions"),
    (Statistic::OperatingFunds, "general_public basic operating administrative"),
];

/// Which money a statistic is, at the document's own stage. The budget that accounts measure 三公 by is the first
/// budget in some places and the adjusted one in others: it is known where the form's table says so.
fn stated_key(facts: &Facts, statistic: Statistic) -> Option<Key> {
    let own = |statistic: Statistic| STATED.iter().find(|(own, _)| *own == statistic).map(|(_, words)| *words);
    let stage = match facts.disclosure.kind? {
        DisclosureKind::Budget => Stage::Initial,
        DisclosureKind::Accounts => Stage::FinalAccounts,
    };
    let (words, stage) = match own(statistic) {
        Some(words) => (words, stage),
        None => {
            let (own, _) = STATED.iter().find(|(own, _)| own.budget() == Some(statistic))?;
            (STATED.iter().find(|(other, _)| other == own)?.1, measuring_stage(facts.disclosure.form?)?)
        }
    };
    let mut key = Key::everything(facts.disclosure.year?, stage, Set::only(Measure::Expenditure));
    Filter::parse(words, Set::EMPTY, Set::EMPTY).ok()?.narrow(&mut key);
    Some(key)
}

/// The stage of the budget columns in the 三公 table of a form.
fn measuring_stage(form: &str) -> Option<Stage> {
    let tables = form::form(form)?.tables.iter().filter(|table| table.concept == "three_public");
    let mut columns = tables.flat_map(|table| &table.blocks).flat_map(|block| &block.columns);
    columns.find_map(|column| column.filter.stage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::amount::Amount;
    use mingzhang_model::document::Place;
    use mingzhang_model::fact::Disclosure;
    use mingzhang_model::key::Fund;
    use mingzhang_model::prose::Span;

    #[test]
    fn every_sum_that_narratives_state_is_a_filter() {
        for (_, words) in STATED {
            Filter::parse(words, Set::EMPTY, Set::EMPTY).unwrap();
        }
    }

    #[test]
    fn a_total_in_a_sentence_is_taken_only_where_a_form_says_what_it_counts() {
        let figure = Figure { amount: Amount(1_037_000_000), unit: Unit::WanYuan, decimals: 2 };
        let mention = Mention {
            quantity: Quantity::Money { figure, bare: false },
            span: Span::default(),
            place: Place::default(),
            lead: "收入预算".into(),
        };
        let whole = Key::everything(2024, Stage::Initial, Set::only(Measure::Income));
        let part = Key { funds: Set::only(Fund::Service), ..whole.clone() };
        let named = |mention, key: &Key| Claim::Named { mention, table: "B01", key: key.clone() };
        let facts = |form| Facts {
            disclosure: Disclosure {
                year: Some(2024),
                kind: Some(DisclosureKind::Budget),
                form,
                ..Disclosure::default()
            },
            prose: Prose {
                section_of: vec![None],
                mentions: vec![mention.clone(), mention.clone()],
                // The second amount is claimed twice and stands there once.
                claims: vec![named(0, &whole), named(1, &part), named(1, &part)],
                ..Prose::default()
            },
            ..Facts::default()
        };
        let keys = |form| Holding::of(&facts(form), &[], About::default()).keys().cloned().collect::<Vec<_>>();
        let (with, without) = (keys(Some("shanghai_city_budget")), keys(None));
        assert_eq!((with, without), (vec![whole, part.clone()], vec![part]));
    }

    #[test]
    fn the_budget_of_accounts_has_the_stage_that_the_form_says() {
        let facts = |form| {
            let kind = Some(DisclosureKind::Accounts);
            Facts {
                disclosure: Disclosure { year: Some(2024), kind, form, ..Disclosure::default() },
                ..Facts::default()
            }
        };
        let stage = |form, statistic| stated_key(&facts(form), statistic).map(|key| key.stage);
        assert_eq!(stage(Some("shanghai_accounts"), Statistic::ReceptionsBudget), Some(Stage::Initial));
        assert_eq!(stage(Some("hunan_accounts"), Statistic::ReceptionsBudget), Some(Stage::Adjusted));
        assert_eq!(stage(None, Statistic::ReceptionsBudget), None);
        assert_eq!(stage(None, Statistic::Receptions), Some(Stage::FinalAccounts));
        assert_eq!(stage(None, Statistic::TripGroups), None);
    }
}
