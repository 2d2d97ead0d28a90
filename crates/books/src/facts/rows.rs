//! Which rows a block of a table has: the form's named rows, the codes that it lists, and the codes in
//! use.

use mingzhang_model::code::{EconomicCode, FunctionalCode};
use mingzhang_model::fact::RowCode;
use mingzhang_model::key::{Economic, Function, Key};
use mingzhang_standard::codes;
use mingzhang_standard::filter::Filter;
use mingzhang_standard::form::{BlockForm, RowForm, Stub, Total};
use std::collections::BTreeSet;

use crate::pivot::Pivot;

/// A row to be filled.
pub(super) struct Planned<'a> {
    /// Its name.
    pub(super) name: String,
    /// Its code.
    pub(super) code: Option<RowCode>,
    /// The functional class behind a row that is known by name.
    class: Option<FunctionalCode>,
    /// The form's filter, for a named row.
    filter: Option<&'a Filter>,
}

impl Planned<'_> {
    /// Narrows a key to this row.
    pub(super) fn narrow(&self, key: &mut Key) {
        if let Some(filter) = self.filter {
            filter.narrow(key);
        }
        match (self.code, self.class) {
            (Some(RowCode::Functional(code)), _) | (None, Some(code)) => key.function = Function::Code(code),
            (Some(RowCode::Economic(code)), _) => key.economic = key.economic.intersection(&Economic::of([code])),
            (None, None) => {}
        }
    }
}

/// The rows of a block, in order. `keys` are those of its columns over all rows: what they count decides
/// which codes are in use.
pub(super) fn planned<'a>(block: &'a BlockForm, keys: &[Key], pivot: &Pivot) -> Vec<Planned<'a>> {
    let named: Vec<Planned<'a>> = block.rows.iter().map(of_form).collect();
    let coded = match block.stub {
        Stub::None => return vec![Planned { name: String::new(), code: None, class: None, filter: None }],
        Stub::Label if block.classes => classes(block, keys, pivot),
        Stub::Label => return named,
        Stub::Function => functions(keys, pivot),
        Stub::Economic => economics(block, keys, pivot),
    };
    match block.total {
        Total::First => named.into_iter().chain(coded).collect(),
        Total::Last => coded.into_iter().chain(named).collect(),
    }
}

fn of_form(row: &RowForm) -> Planned<'_> {
    Planned { name: row.name.clone(), code: None, class: None, filter: Some(&row.filter) }
}

/// The functional codes with money under any of the keys.
fn functions_used(keys: &[Key], pivot: &Pivot) -> BTreeSet<FunctionalCode> {
    keys.iter().flat_map(|key| pivot.behind(key)).map(|(cell, _)| cell.function).collect()
}

fn functions<'a>(keys: &[Key], pivot: &Pivot) -> Vec<Planned<'a>> {
    let used = functions_used(keys, pivot);
    let with_parents = used.iter().flat_map(|code| std::iter::successors(Some(*code), |code| code.parent()));
    let mut rows: Vec<FunctionalCode> = with_parents.collect::<BTreeSet<_>>().into_iter().collect();
    rows.sort_by_key(ToString::to_string);
    let name = |code| codes::functional(code).map_or("", |entry| entry.name).to_owned();
    rows.into_iter()
        .map(|code| Planned { name: name(code), code: Some(RowCode::Functional(code)), class: None, filter: None })
        .collect()
}

/// The classes that the form lists and those in use.
fn classes<'a>(block: &BlockForm, keys: &[Key], pivot: &Pivot) -> Vec<Planned<'a>> {
    let used = functions_used(keys, pivot)
        .into_iter()
        .map(|code| std::iter::successors(Some(code), |code| code.parent()).last().unwrap_or(code));
    let listed = block.listed.iter().filter_map(|code| FunctionalCode::parse(code));
    let all: BTreeSet<FunctionalCode> = listed.chain(used).collect();
    let name = |code| codes::functional(code).map_or("", |entry| entry.name).to_owned();
    all.into_iter().map(|code| Planned { name: name(code), code: None, class: Some(code), filter: None }).collect()
}

/// The economic codes that the form lists and those in use, in the form's order.
fn economics<'a>(block: &BlockForm, keys: &[Key], pivot: &Pivot) -> Vec<Planned<'a>> {
    let used: BTreeSet<EconomicCode> =
        keys.iter().flat_map(|key| pivot.behind(key)).filter_map(|(cell, _)| cell.economic).collect();
    let used = used.iter().flat_map(|code| std::iter::successors(Some(*code), |code| code.parent()));
    let listed = block.listed.iter().filter_map(|code| EconomicCode::parse(code));
    let all: BTreeSet<EconomicCode> = listed.chain(used).collect();
    let mut rows: Vec<EconomicCode> = all.into_iter().collect();
    rows.sort_by_key(ToString::to_string);
    let name = |code| codes::economic(code).map_or("", |entry| entry.name).to_owned();
    rows.into_iter()
        .map(|code| Planned { name: name(code), code: Some(RowCode::Economic(code)), class: None, filter: None })
        .collect()
}
