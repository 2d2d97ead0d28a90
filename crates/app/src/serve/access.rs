//! Who asks, and what is open to whom.
//!
//! Every route names its [`Access`]; the server asks here before a page is made, so that no page can forget to.
//! What is another's is answered as what is not there.

use std::collections::BTreeSet;

use mingzhang_books::names::{Person, UnitCode};
use mingzhang_books::state::Books;
use mingzhang_books::unit::Role;
use mingzhang_desk::entry::{Grant, Id};
use mingzhang_desk::state::{Batch, Desk};

use super::house::House;
use super::problem::Problem;

/// By what somebody is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Via {
    /// By nothing.
    Nothing,
    /// By a session; the hash of its secret.
    Session(String),
    /// By a token for programs.
    Token,
}

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Who {
    /// The account.
    pub(crate) login: Option<Person>,
    /// What it may do beside its roles.
    pub(crate) grants: BTreeSet<Grant>,
    /// By what it is known.
    pub(crate) via: Via,
}

impl Who {
    /// A stranger.
    pub(crate) fn nobody() -> Who {
        Who { login: None, grants: BTreeSet::new(), via: Via::Nothing }
    }

    /// The account, where there must be one.
    pub(crate) fn person(&self) -> Result<&Person, Problem> {
        self.login.as_ref().ok_or_else(Problem::sign_in)
    }

    pub(crate) fn may(&self, grant: Grant) -> bool {
        self.grants.contains(&grant)
    }

    /// True where the account has a role at the unit or above it.
    pub(crate) fn belongs_to(&self, unit: &UnitCode, books: &Books) -> bool {
        let Some(login) = &self.login else { return false };
        books.ancestors(unit).any(|unit| !books.roles(login, unit).is_empty())
    }

    /// True where the account has one of these roles at the unit or above it.
    pub(crate) fn signs_at(&self, unit: &UnitCode, roles: &[Role], books: &Books) -> bool {
        self.login.as_ref().is_some_and(|login| roles.iter().any(|role| books.may(login, *role, unit)))
    }

    /// True where the account may look at a batch: its own, its unit's, or, for an inspector, an inspector's.
    pub(crate) fn sees(&self, batch: &Batch, desk: &Desk, books: &Books) -> bool {
        let Some(login) = &self.login else { return false };
        let by_inspector = || desk.account(&batch.by).is_some_and(|by| by.grants.contains(&Grant::Inspector));
        batch.by == *login
            || batch.unit.as_ref().is_some_and(|unit| self.belongs_to(unit, books))
            || (self.may(Grant::Inspector) && by_inspector())
    }
}

/// Who may ask for a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Access {
    /// Everybody.
    Public,
    /// Everybody who has signed in.
    Signed,
    /// Who sees the batch `{batch}` and, where the path names one, its file `{file}`.
    Batch,
    /// Who has one of these roles at the unit `{unit}` or above it; any role where none is named.
    Unit(&'static [Role]),
    /// Administrators of accounts.
    Administrator,
}

impl Access {
    /// Whether it is open, with the parameters of the path.
    ///
    /// # Errors
    /// What to answer where it is not.
    pub(crate) fn check(self, who: &Who, house: &House, params: &[(String, String)]) -> Result<(), Problem> {
        if self == Access::Public {
            return Ok(());
        }
        if who.login.is_none() {
            return Err(Problem::sign_in());
        }
        let param = |name: &str| params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let is_open = match self {
            Access::Public | Access::Signed => true,
            Access::Administrator => return needed(who.may(Grant::Administrator)),
            Access::Batch => {
                let number = |name: &str| param(name).and_then(|words| words.parse::<Id>().ok());
                let (desk, books) = (house.desk(), house.books());
                let batch = number("batch").and_then(|id| desk.batch(id));
                let is_file = param("file").is_none()
                    || batch.is_some_and(|batch| number("file").is_some_and(|file| batch.files.contains(&file)));
                batch.is_some_and(|batch| is_file && who.sees(batch, &desk, &books))
            }
            Access::Unit(roles) => {
                let books = house.books();
                let unit = param("unit").and_then(|code| UnitCode::new(code).ok());
                let Some(unit) = unit.filter(|unit| books.unit(unit).is_some() && who.belongs_to(unit, &books)) else {
                    return Err(Problem::not_theirs());
                };
                return needed(roles.is_empty() || who.signs_at(&unit, roles, &books));
            }
        };
        if is_open { Ok(()) } else { Err(Problem::not_theirs()) }
    }
}

fn needed(has: bool) -> Result<(), Problem> {
    if has { Ok(()) } else { Err(Problem::not_allowed()) }
}
