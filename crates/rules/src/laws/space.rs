//! [`Space`]: the facts of a document laid out by their keys.
//!
//! Keys are made comparable first: in a form whose year neither opens nor closes with money, what
//! comes in *is* what goes out, so 收入总计 and 支出总计 are one number printed twice; and the totals
//! of either side of any form are one and the same turnover.

use mingzhang_model::fact::{Domain, Fact, Facts};
use mingzhang_model::key::{Function, Key};
use mingzhang_model::set::Set;
use std::collections::HashMap;

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

    /// True when some table that lists every code in use shows this money, and so says by leaving
    /// the row out that there is none.
    pub(crate) fn is_listed_nowhere(&self, key: &Key) -> bool {
        let mut all = key.clone();
        all.function = Function::All;
        let prints = self.nodes.get(&all).map_or(&[][..], Vec::as_slice);
        prints.iter().any(|i| {
            let statement = &self.facts.statements[self.fact(*i).statement];
            statement.closed && self.lists_functions(self.fact(*i).statement, self.fact(*i).column)
        })
    }

    /// True when a column holds functional rows, or holds no money at all.
    fn lists_functions(&self, statement: usize, column: usize) -> bool {
        let mut cells = self.facts.facts.iter().filter(|f| f.statement == statement && f.column == column).peekable();
        let coded = |fact: &&Fact| matches!(fact.key.function, Function::Code(_));
        let any_money = cells.clone().any(|fact| !fact.printed.amount().is_zero());
        cells.peek().is_some() && (!any_money || cells.any(|fact| coded(&fact)))
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
