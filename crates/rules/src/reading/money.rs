//! Amounts of the statutory tables that rules of more than one family ask for.

use mingzhang_model::fact::{DisclosureKind, Fact, Facts};
use mingzhang_model::key::{Function, Key, Kind, Measure};
use mingzhang_model::set::Set;

/// The cell that shows all expenditure of one kind, or of every kind.
pub(crate) fn expenditure(facts: &Facts, kind: Option<Kind>) -> Option<&Fact> {
    let wanted = kind.map_or_else(Set::all, Set::only);
    total(facts, "B03", "A03", |key| {
        key.measures == Set::only(Measure::Expenditure)
            && (key.kinds == wanted || kind.is_none() && is_whole(facts, key))
    })
}

/// True when a key of the expenditure table leaves no kind out that the form knows.
fn is_whole(facts: &Facts, key: &Key) -> bool {
    facts.statements.iter().any(|statement| key.kinds == statement.domain.kinds)
}

/// The cell of a whole table, of a budget's or an account's, whose key is wanted.
fn total<'f>(facts: &'f Facts, budget: &str, accounts: &str, wanted: impl Fn(&Key) -> bool) -> Option<&'f Fact> {
    let code = if facts.disclosure.kind == Some(DisclosureKind::Accounts) { accounts } else { budget };
    facts.facts.iter().find(|fact| {
        let key = &fact.key;
        let whole = key.function == Function::All && key.economic.is_all() && key.units == Set::all();
        facts.statements[fact.statement].code == code && whole && wanted(key)
    })
}
