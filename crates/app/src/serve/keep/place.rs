//! [`Place`]: the unit and the year that a page is about, from its address.

use maud::Markup;
use mingzhang_books::names::UnitCode;
use mingzhang_books::state::Books;

use crate::messages::Lang;
use crate::serve::call::Call;
use crate::serve::layout;
use crate::serve::outgoing::encoded;
use crate::serve::problem::Problem;

/// A unit and a year of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) unit: UnitCode,
    /// The name of the unit as it is to be printed.
    pub(super) name: String,
    pub(super) year: u16,
}

impl Place {
    /// The unit and the year of the path. A year is there where the unit keeps it, or a unit below it does.
    pub(super) fn of(call: &Call<'_>) -> Result<Place, Problem> {
        let (unit, year) = (call.unit()?, call.year()?);
        let books = call.house.books();
        let name = name_of(&books, &unit);
        if !books.department(&unit).iter().any(|unit| books.year(unit, year).is_some()) {
            return Err(Problem::missing());
        }
        Ok(Place { unit, name, year })
    }

    /// The address of the year.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", unit_path(&self.unit), self.year)
    }

    /// The address of a table.
    pub(super) fn table_path(&self, table: &str) -> String {
        format!("{}/tables/{}", self.path(), encoded(table))
    }

    /// The way from the room to a page below the year.
    pub(super) fn crumbs(&self, lang: Lang, then: &[(&str, &str)]) -> Markup {
        let (path, year) = (self.path(), self.year.to_string());
        let name = format!("{} {year}", self.name);
        let mut ways = vec![("/units", lang.of("记账", "Keep"))];
        ways.push((if then.is_empty() { "" } else { path.as_str() }, name.as_str()));
        ways.extend(then);
        layout::crumbs(lang, &ways)
    }
}

/// The address of a unit.
pub(super) fn unit_path(unit: &UnitCode) -> String {
    format!("/units/{}", encoded(unit.as_str()))
}

/// The name of a unit.
pub(super) fn name_of(books: &Books, unit: &UnitCode) -> String {
    books.unit(unit).map_or_else(|| unit.to_string(), |unit| unit.name.clone())
}
