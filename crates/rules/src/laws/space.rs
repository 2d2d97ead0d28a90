//! [`Space`]: the facts of a document laid out by their keys.
//!
//! Keys are made comparable first: in a form whose year neither opens nor closes with money, what
//! comes in *is* what goes out, so 收入总计 and 支出总计 are one number printed twice; and the totals
//! of either side of any form are one and the same turnover.

use foldhash::{HashMap, HashMapExt};
use mingzhang_model::fact::{Domain, Fact, Facts};
use mingzhang_model::key::{Function, Key};
use mingzhang_model::set::Set;

/// The facts by key.
pub(crate) struct Space<'f> {
    pub(crate) facts: &'f Facts,
    /// The comparable key of each fact.
    pub(crate) keys: Vec<Key>,
    /// The facts of each comparable key, in reading order.
    pub(crate) nodes: HashMap<Key, Vec<usize>>,
    /// The nodes in the order in which they are first printed.
    pub(crate) order: Vec<Key>,
}

impl<'f> Space<'f> {
    pub(crate) fn of(facts: &'f Facts) -> Space<'f> {
        let keys: Vec<Key> =
            facts.facts.iter().map(|fact| comparable(&fact.key, &facts.statements[fact.statement].domain)).collect();
        let mut nodes: HashMap<Key, Vec<usize>> = HashMap::new();
        let mut order = Vec::new();
        for (i, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
            let node = nodes.entry(key.clone()).or_default();
            if node.is_empty() {
                order.push(key.clone());
            }
            node.push(i);
        }
        Space { facts, keys, nodes, order }
    }

    pub(crate) fn fact(&self, i: usize) -> &'f Fact {
        &self.facts.facts[i]
    }

    /// The first print of a key.
    pub(crate) fn print(&self, key: &Key) -> Option<usize> {
        self.nodes.get(key).map(|prints| prints[0])
    }

    pub(crate) fn domain(&self, i: usize) -> Domain {
        self.facts.statements[self.fact(i).statement].domain
    }

    /// True when no table prints this money, but some table that lists every code in use would have to
    /// if there were any: so the document says by silence that there is none.
    pub(crate) fn is_listed_nowhere(&self, key: &Key) -> bool {
        let mut all = key.clone();
        all.function = Function::All;
        let totals = self.nodes.get(&all).map_or(&[][..], Vec::as_slice);
        !self.nodes.contains_key(key) && totals.iter().any(|total| self.lists_functions(*total))
    }

    /// True when the money of a total is listed by function in its own column, or the table is empty.
    fn lists_functions(&self, total: usize) -> bool {
        let (fact, key) = (self.fact(total), &self.keys[total]);
        let mut cells = (0..self.keys.len()).filter(|i| self.fact(*i).statement == fact.statement);
        let listed = |i: usize| {
            let mut of_total = self.keys[i].clone();
            let coded = matches!(of_total.function, Function::Code(_));
            of_total.function = Function::All;
            coded && self.fact(i).column == fact.column && of_total == *key
        };
        let empty = cells.clone().all(|i| self.fact(i).printed.amount().is_zero());
        self.facts.statements[fact.statement].closed && (empty || cells.any(listed))
    }
}

/// The key in which equal money has equal keys.
fn comparable(key: &Key, domain: &Domain) -> Key {
    let mut key = key.clone();
    if key.measures == domain.incoming || key.measures == domain.outgoing {
        key.measures = Set::all();
    }
    if !key.kinds.is_empty() && domain.kinds.within(key.kinds) {
        key.kinds = Set::all();
    }
    if !key.funds.is_empty() && domain.funds.within(key.funds) {
        key.funds = Set::all();
    }
    key
}
