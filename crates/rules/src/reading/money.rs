//! Amounts of the statutory tables that several rules ask for: whole tables, and by code what an item of the
//! general public budget spends and what a 款 of the economic classification takes of basic expenditure.

use mingzhang_model::amount::Amount;
use mingzhang_model::code::{EconomicCode, FunctionalCode};
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
        facts.statements[fact.statement].code == code && whole && facts.is_plain(fact) && wanted(key)
    })
}

/// The cell of the table of general public expenditure for a functional code and a kind; every kind for none.
pub(crate) fn functional<'f>(facts: &'f Facts, code: &str, kind: Option<Kind>) -> Option<&'f Fact> {
    let code = FunctionalCode::parse(code)?;
    functional_of(facts, code, kind)
}

/// The same for a parsed code.
pub(crate) fn functional_of(facts: &Facts, code: FunctionalCode, kind: Option<Kind>) -> Option<&Fact> {
    facts.facts.iter().find(|fact| {
        let own = facts.statements[fact.statement].concept == "general_public_expenditure";
        let kinds = match kind {
            Some(kind) => fact.key.kinds == Set::only(kind),
            None => fact.key.kinds != Set::only(Kind::Basic) && fact.key.kinds != Set::only(Kind::Project),
        };
        own && kinds && fact.key.function == Function::Code(code)
    })
}

/// The cell of the table of basic expenditure for an economic code: the first that holds money.
pub(crate) fn economic<'f>(facts: &'f Facts, code: &str) -> Option<&'f Fact> {
    let code = EconomicCode::parse(code)?;
    let cells = facts.facts.iter().filter(|fact| {
        facts.statements[fact.statement].concept == "general_public_basic_expenditure"
            && fact.key.economic.codes() == [code]
    });
    cells.max_by_key(|fact| fact.printed.amount())
}

/// The amount of a cell; nothing where there is none.
pub(crate) fn amount(fact: Option<&Fact>) -> Amount {
    fact.map_or(Amount::ZERO, |fact| fact.printed.amount())
}
