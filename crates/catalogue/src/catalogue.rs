//! [`Catalogue`]: the holdings, body by body, and the search.
//!
//! Words and sets of codes are held once for all holdings; every list is in the order of addresses, years and ids, so
//! the same holdings give the same answers whatever the order they came in.

use crate::amount::{DocumentHead, Period};
use crate::holding::{Heading, Holding};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_model::fact::Scope;
use mingzhang_model::key::Economic;
use mingzhang_model::set::Member;
use mingzhang_standard::name;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The disclosures that are open to readers.
#[derive(Clone, Default, Debug)]
pub struct Catalogue {
    holdings: BTreeMap<String, Holding>,
    /// The ids of each body's holdings, by its address.
    bodies: BTreeMap<String, BTreeSet<String>>,
    words: HashSet<Arc<str>>,
    economic: HashSet<Economic>,
}

/// What a reader looks for. Everything that is said must hold.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Search {
    /// Words of the body's name, in any order.
    pub query: String,
    /// The place.
    pub place: Option<String>,
    /// The year of a document.
    pub year: Option<u16>,
    /// The kind of a document.
    pub kind: Option<DisclosureKind>,
    /// Which page of the list, counted from 0.
    pub page: usize,
    /// How many bodies on one; 0 is [`PER_PAGE`].
    pub per_page: usize,
}

/// How many bodies a page of the list has unless more or fewer are asked for.
pub const PER_PAGE: usize = 50;

/// A page of what was found.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct Found {
    /// How many bodies were found.
    pub total: usize,
    /// Which page this is, counted from 0.
    pub page: usize,
    /// How many bodies a page has.
    pub per_page: usize,
    /// The bodies of this page.
    pub bodies: Vec<BodyHead>,
}

/// A body, in short.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct BodyHead {
    /// The address of its page: its name, folded, and whether it is a unit beside a department of the same name.
    pub address: String,
    /// Its name, as its latest document prints it.
    pub name: String,
    /// `department`, `unit` or `unstated`.
    pub scope: &'static str,
    /// The places of its documents.
    pub places: Vec<String>,
    /// The years of its documents, each with the kinds there are.
    pub years: Vec<YearKinds>,
    /// How many documents it has.
    pub documents: usize,
}

/// What there is of a year.
#[derive(Clone, PartialEq, Serialize, JsonSchema, Debug)]
pub struct YearKinds {
    /// The year.
    pub year: u16,
    /// `budget`, `accounts` or both.
    pub kinds: Vec<&'static str>,
}

impl Catalogue {
    /// A catalogue without holdings.
    pub fn new() -> Catalogue {
        Catalogue::default()
    }

    /// Opens a document to readers, in place of one with the same id.
    pub fn put(&mut self, mut holding: Holding) {
        self.remove(holding.id());
        self.share(&mut holding);
        let id = holding.id().to_owned();
        if let Some(address) = address(&holding) {
            self.bodies.entry(address).or_default().insert(id.clone());
        }
        self.holdings.insert(id, holding);
    }

    /// Closes a document to readers and gives it back; none where it was not open.
    pub fn remove(&mut self, id: &str) -> Option<Holding> {
        let holding = self.holdings.remove(id)?;
        let address = address(&holding).unwrap_or_default();
        if let Some(ids) = self.bodies.get_mut(&address) {
            ids.remove(id);
            if ids.is_empty() {
                self.bodies.remove(&address);
            }
        }
        self.forget(&holding);
        Some(holding)
    }

    /// Drops the words that only this holding, which is no longer here, has in common with the pool.
    fn forget(&mut self, holding: &Holding) {
        let mut uses: HashMap<&Arc<str>, usize> = HashMap::new();
        for word in holding.all_words() {
            *uses.entry(word).or_default() += 1;
        }
        for (word, uses) in uses {
            if self.words.get(word).is_some_and(|own| Arc::strong_count(own) <= uses + 1) {
                self.words.remove(word);
            }
        }
    }

    /// The document of an id.
    pub fn holding(&self, id: &str) -> Option<&Holding> {
        self.holdings.get(id)
    }

    /// Every document, by id.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.holdings.values()
    }

    /// The documents that name no body. They are on no body's page until a person says whose they are.
    pub fn unnamed(&self) -> Vec<DocumentHead> {
        self.holdings.values().filter(|holding| holding.body().is_none()).map(DocumentHead::of).collect()
    }

    /// The addresses of all bodies, ascending.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.bodies.keys().map(String::as_str)
    }

    /// The years that documents say they are of, ascending.
    pub fn years(&self) -> Vec<u16> {
        let years: BTreeSet<u16> = self.holdings.values().filter_map(Holding::year).collect();
        years.into_iter().collect()
    }

    /// The places of all documents.
    pub fn places(&self) -> Vec<String> {
        let places: BTreeSet<&str> = self.holdings.values().filter_map(Holding::place).collect();
        places.into_iter().map(str::to_owned).collect()
    }

    /// The years and stages of which documents print a number, ascending.
    pub fn periods(&self) -> Vec<Period> {
        let periods: BTreeSet<Period> = self.holdings.values().flat_map(Holding::periods).collect();
        periods.into_iter().collect()
    }

    /// The years and stages of which a body's documents print a number, ascending.
    pub fn periods_of(&self, address: &str) -> Vec<Period> {
        crate::body::periods(&self.of_body(address))
    }

    /// The address of the body that a document is about; none where the document is not open or names none.
    pub fn address_of(&self, id: &str) -> Option<String> {
        address(self.holding(id)?)
    }

    /// The functional codes for which documents print expenditure, each with its name, as a tree reads: 201, 20101,
    /// 202. It looks at every key of every document.
    pub fn functions(&self) -> Vec<(String, String)> {
        let all: Vec<&Holding> = self.holdings.values().collect();
        let codes = crate::functions::codes(&all, crate::functions::Money::All).into_iter();
        let mut named: Vec<(String, String)> =
            codes.map(|code| (code.to_string(), crate::functions::name(&all, code))).collect();
        named.sort();
        named
    }

    /// The ids of a body's documents, by year, kind and id; none where no document is about it.
    pub fn documents_of(&self, address: &str) -> Vec<String> {
        self.of_body(address).into_iter().map(|holding| holding.id().to_owned()).collect()
    }

    /// The documents of a body, by year, kind and id.
    pub(crate) fn of_body(&self, address: &str) -> Vec<&Holding> {
        let ids = self.bodies.get(address).into_iter().flatten();
        let mut holdings: Vec<&Holding> = ids.filter_map(|id| self.holdings.get(id)).collect();
        holdings.sort_by_key(|holding| (holding.year(), holding.kind(), holding.id()));
        holdings
    }

    /// A body, in short; none where no document is about it.
    pub fn head(&self, address: &str) -> Option<BodyHead> {
        let holdings = self.of_body(address);
        let latest = holdings.last()?;
        let mut years: BTreeMap<u16, BTreeSet<&'static str>> = BTreeMap::new();
        for holding in &holdings {
            let Some(year) = holding.year() else { continue };
            years.entry(year).or_default().extend(holding.kind().map(crate::shape::kind_word));
        }
        // The budget comes before the accounts.
        let kinds = |kinds: BTreeSet<&'static str>| kinds.into_iter().rev().collect();
        let places: BTreeSet<&str> = holdings.iter().filter_map(|holding| holding.place()).collect();
        let scope = holdings.iter().map(|holding| holding.scope()).min().unwrap_or(Scope::Unstated);
        Some(BodyHead {
            address: address.to_owned(),
            name: latest.body().unwrap_or_default().to_owned(),
            scope: scope.word(),
            places: places.into_iter().map(str::to_owned).collect(),
            years: years.into_iter().map(|(year, of)| YearKinds { year, kinds: kinds(of) }).collect(),
            documents: holdings.len(),
        })
    }

    /// The bodies whose name holds every word of the query, and that have a document of the place, year and kind.
    /// （本级） behind a word asks for units, （汇总） for others.
    pub fn search(&self, search: &Search) -> Found {
        let terms: Vec<(String, Scope)> = search.query.split_whitespace().map(name::marked).collect();
        let asked = |address: &str, scope| scope == Scope::Unstated || name::is_unit(address) == (scope == Scope::Unit);
        let has_term = |address: &str, (term, scope): &(String, Scope)| {
            name::named(address).contains(term.as_str()) && asked(address, *scope)
        };
        let of_name = |address: &str| terms.iter().all(|term| has_term(address, term));
        let wanted = |holding: &&Holding| {
            search.place.as_deref().is_none_or(|place| holding.place() == Some(place))
                && search.year.is_none_or(|year| holding.year() == Some(year))
                && search.kind.is_none_or(|kind| holding.kind() == Some(kind))
        };
        let has = |ids: &BTreeSet<String>| ids.iter().filter_map(|id| self.holdings.get(id)).any(|h| wanted(&h));
        let found = self.bodies.iter().filter(|(address, ids)| of_name(address) && has(ids));
        let found: Vec<&str> = found.map(|(address, _)| address.as_str()).collect();
        let per_page = if search.per_page == 0 { PER_PAGE } else { search.per_page };
        let page = found.iter().skip(search.page.saturating_mul(per_page)).take(per_page);
        let bodies = page.filter_map(|address| self.head(address)).collect();
        Found { total: found.len(), page: search.page, per_page, bodies }
    }

    /// Gives the holding the catalogue's own words and sets of codes in place of equal ones.
    fn share(&mut self, holding: &mut Holding) {
        let words = &mut self.words;
        let mut share = |word: &mut Arc<str>| match words.get(word) {
            Some(own) => *word = own.clone(),
            None => {
                words.insert(word.clone());
            }
        };
        holding.words.iter_mut().for_each(&mut share);
        for Heading { code, concept, title } in &mut holding.headings {
            [code, concept, title].into_iter().for_each(&mut share);
        }
        for key in &mut holding.keys {
            match self.economic.get(&key.economic) {
                Some(own) => key.economic = own.clone(),
                None => {
                    self.economic.insert(key.economic.clone());
                }
            }
        }
        holding.keys.shrink_to_fit();
        holding.entries.shrink_to_fit();
        holding.words.shrink_to_fit();
    }
}

fn address(holding: &Holding) -> Option<String> {
    holding.body().map(|body| name::address(body, holding.scope()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holding::About;
    use mingzhang_model::fact::Facts;

    #[test]
    fn words_are_held_once_and_go_with_the_last_document_that_has_them() {
        let holding = |id: &str, word: &str| {
            let about = About { id: id.into(), ..About::default() };
            let mut holding = Holding::of(&Facts::default(), &[], about);
            holding.words = [word, "合计"].map(Arc::from).to_vec();
            let heading = Heading { code: "B01".into(), concept: "revenue".into(), title: word.into() };
            Holding { headings: vec![heading], ..holding }
        };
        let mut catalogue = Catalogue::new();
        catalogue.put(holding("a", "甲"));
        catalogue.put(holding("b", "乙"));
        let words = |catalogue: &Catalogue| {
            let mut words: Vec<String> = catalogue.words.iter().map(|word| word.to_string()).collect();
            words.sort_unstable();
            words
        };
        assert_eq!(words(&catalogue), ["B01", "revenue", "乙", "合计", "甲"]);
        assert!(catalogue.remove("a").is_some());
        assert_eq!(words(&catalogue), ["B01", "revenue", "乙", "合计"]);
        catalogue.put(holding("b", "丙"));
        assert_eq!(words(&catalogue), ["B01", "revenue", "丙", "合计"]);
        catalogue.remove("b");
        assert_eq!(words(&catalogue), [] as [&str; 0]);
    }
}
