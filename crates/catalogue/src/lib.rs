//! The disclosures that are open to readers: who publishes, how much, for what, and where it is printed.
//!
//! A [`Holding`] is one document as readers need it. The [`Catalogue`] holds many and answers: which bodies there are
//! ([`Catalogue::search`]), one body over the years ([`Catalogue::body`]), several side by side
//! ([`Catalogue::compare`]), one item across all ([`Catalogue::item`]), and all of it as a flat table
//! ([`Catalogue::rows`]). The answers are JSON as they are: amounts are strings of yuan with two decimals, so that no
//! reader's program turns them into floating point.
//!
//! Absent on purpose: files and addresses of the web, an opinion whether a document is right, an amount without the
//! place that prints it, a sum that nobody printed, and any guess that two names are one body.

mod amount;
mod body;
mod catalogue;
mod compare;
mod concept;
mod functions;
mod holding;
mod item;
mod place;
mod rows;
mod shape;
mod spelling;

pub use amount::{Amount, Derived, DocumentHead, Operand, Other, Period, Row, Source, True};
pub use body::{BodyPage, Execution};
pub use catalogue::{BodyHead, Catalogue, Found, PER_PAGE, Search, YearKinds};
pub use compare::{Compared, ComparedRow, Comparison, MOST_BODIES};
pub use concept::{Concept, Part, concepts};
pub use functions::FunctionRow;
pub use holding::{About, Holding};
pub use item::{Item, ItemPage, ItemQuery, ItemRow};
pub use mingzhang_model::fact::Scope;
pub use place::Bbox;
pub use rows::FlatRow;
pub use shape::{Refusal, VERSION};
