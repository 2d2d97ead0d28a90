//! The store that the arguments name, and the year that they mean.

use std::path::{Path, PathBuf};

use mingzhang_books::ledger::{Failure, Ledger};
use mingzhang_books::names::UnitCode;
use mingzhang_books::pivot::Scope;
use mingzhang_books::state::Books;
use mingzhang_books::store::{Fault, Store};
use mingzhang_model::fact::DisclosureKind;
use mingzhang_postgres::Postgres;
use mingzhang_sqlite::Sqlite;
use mingzhang_standard::form::{Form, form, forms};

use super::args::{KeepArgs, YearArgs};
use crate::cli::Stop;
use crate::messages::Lang;
use crate::messages::books::Message;

/// The file of the books where nothing is said.
const USUAL: &str = "mingzhang.db";

/// The books in whichever store.
pub(crate) type Kept = Ledger<Box<dyn Store>>;

impl KeepArgs {
    /// The file, where the books are in one.
    pub(super) fn file(&self) -> Option<PathBuf> {
        match (&self.books, &self.database) {
            (Some(file), _) => Some(file.clone()),
            (None, Some(_)) => None,
            (None, None) => Some(PathBuf::from(USUAL)),
        }
    }

    /// Opens books that are there, to look at.
    pub(crate) fn open(&self, lang: Lang) -> Result<Kept, Stop> {
        self.ledger(|file| Sqlite::open_existing(file), lang)
    }

    /// Opens books that are there, to write in.
    pub(super) fn open_to_write(&self, lang: Lang) -> Result<Kept, Stop> {
        // Looking first, so that a wrong path is no new file.
        self.ledger(|file| Sqlite::open_existing(file).and_then(|_| Sqlite::open(file)), lang)
    }

    /// Opens books to write in, new ones where there are none.
    pub(super) fn open_or_begin(&self, lang: Lang) -> Result<Kept, Stop> {
        self.ledger(|file| Sqlite::open(file), lang)
    }

    fn ledger(&self, open: impl Fn(&Path) -> Result<Sqlite, Fault>, lang: Lang) -> Result<Kept, Stop> {
        let store: Result<Box<dyn Store>, Fault> = match (&self.database, self.file()) {
            (Some(url), _) => Postgres::connect(url).map(|store| Box::new(store) as Box<dyn Store>),
            (None, file) => open(&file.unwrap_or_default()).map(|store| Box::new(store) as Box<dyn Store>),
        };
        let ledger = store.map_err(Failure::Store).and_then(Ledger::open);
        ledger.map_err(|failure| Stop::Said(lang.books(&Message::CannotOpen(&failure.to_string()))))
    }
}

/// A year of a unit or of a department.
pub(crate) struct Chosen {
    pub(crate) scope: Scope,
    pub(crate) year: u16,
    pub(super) form: Option<&'static Form>,
}

impl YearArgs {
    /// The unit, year and form that are meant: the only unit, the last year, where nothing is said.
    pub(super) fn chosen(&self, books: &Books, lang: Lang) -> Result<Chosen, Stop> {
        let said = |message: &Message<'_>| Stop::Said(lang.books(message));
        let unit = match &self.unit {
            Some(code) => books.units().find(|unit| unit.code.as_str() == code || unit.name == *code),
            None => {
                let mut first = books.units().filter(|unit| unit.parent.is_none());
                first.next().filter(|_| first.next().is_none())
            }
        };
        let Some(unit) = unit else {
            let known: Vec<String> = books.units().map(|unit| format!("{} {}", unit.code, unit.name)).collect();
            return Err(said(&Message::WhichUnit { asked: self.unit.as_deref(), known: &known.join("、") }));
        };
        let scope = if self.own_level { Scope::Own(unit.code.clone()) } else { Scope::Consolidated(unit.code.clone()) };
        let mut years: Vec<u16> =
            scope.units(books).iter().flat_map(|unit| books.years_of(unit).map(|(year, _)| year)).collect();
        years.sort_unstable();
        // The year after a closed one is there for what was left; nothing has happened in it yet.
        let began = |year: &&u16| scope.units(books).iter().any(|unit| has_begun(books, unit, **year));
        let year = self.year.or_else(|| years.iter().rev().find(began).copied());
        let Some(year) = year.filter(|year| years.contains(year)) else {
            let known: Vec<String> = years.iter().map(ToString::to_string).collect();
            return Err(said(&Message::WhichYear { unit: &unit.name, known: &known.join("、") }));
        };
        let form = match &self.form {
            None => None,
            Some(id) => Some(form(id).ok_or_else(|| {
                let known: Vec<&str> = forms().iter().map(|form| form.id).collect();
                said(&Message::UnknownForm { asked: id, known: &known.join("、") })
            })?),
        };
        Ok(Chosen { scope, year, form })
    }

    /// The same with a form, without which there are no tables.
    pub(crate) fn with_form(&self, books: &Books, lang: Lang) -> Result<(Chosen, &'static Form), Stop> {
        let chosen = self.chosen(books, lang)?;
        let Some(form) = chosen.form else {
            let known: Vec<String> = forms().iter().map(|form| format!("{}（{}）", form.id, kind(form.kind))).collect();
            return Err(Stop::Said(lang.books(&Message::WhichForm(&known.join("、")))));
        };
        Ok((chosen, form))
    }
}

fn has_begun(books: &Books, unit: &UnitCode, year: u16) -> bool {
    books.year(unit, year).is_some_and(|kept| !kept.accounts().is_empty() || !kept.is_open())
}

fn kind(kind: DisclosureKind) -> &'static str {
    match kind {
        DisclosureKind::Budget => "预算",
        DisclosureKind::Accounts => "决算",
    }
}
