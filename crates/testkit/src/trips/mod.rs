//! [`Made`]: the books of a made-up department, for disclosures that nobody wrote by hand.
//!
//! Chance comes from a seed: the same seed, the same books. What is made is sensible, not likely: every line is one
//! that the books allow, every count has its rows, and last year is another such department, so that what is said of
//! it adds up too. What only a person can say is said when a disclosure lacks it.
//!
//! Absent on purpose: faults. Whoever wants one plants it.

mod codes;
mod fill;
mod plan;
mod post;
mod registers;

use crate::simulation::Random;
use mingzhang_books::ledger::Ledger;
use mingzhang_books::names::UnitCode;
use mingzhang_books::pivot::{Pivot, Scope};
use mingzhang_books::store::Memory;
use plan::Plan;

/// The department's code; its first unit has the same.
pub const CODE: &str = "101";

/// What a department has, and so which forms fit it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Shape {
    /// A budget with nothing left of earlier years and no money from other units: every form of budgets fits.
    Plain,
    /// A budget with money of every kind.
    Whole,
    /// A year that is over.
    Accounts,
}

impl Shape {
    /// The forms that fit, each with the scope that it is for.
    pub fn forms(self) -> &'static [&'static str] {
        match self {
            Shape::Plain => {
                &["shanghai_city_budget", "shanghai_budget_department", "shanghai_budget_unit", "hunan_budget"]
            }
            Shape::Whole => &["hunan_budget"],
            Shape::Accounts => &["shanghai_accounts", "hunan_accounts"],
        }
    }
}

/// Every shape.
pub const SHAPES: [Shape; 3] = [Shape::Plain, Shape::Whole, Shape::Accounts];

/// A department with its books.
pub struct Made {
    /// The books.
    pub ledger: Ledger<Memory>,
    /// The year.
    pub year: u16,
    /// What it has.
    pub shape: Shape,
    /// The year before, as another office kept it.
    before: Ledger<Memory>,
    random: Random,
    sent: u64,
}

impl Made {
    /// The department of a seed.
    pub fn new(seed: u64, shape: Shape) -> Made {
        let mut random = Random::new(seed);
        let year = 2022 + random.below(4) as u16;
        let plan = Plan::new(&mut random, shape, year);
        let last = plan.year_before(&mut random, year - 1);
        let (ledger, before) = (post::posted(&plan), post::posted(&last));
        Made { ledger, year, shape, before, random, sent: 0 }
    }

    /// The scope that a form is for: a unit by itself, or the department.
    pub fn scope(form: &str) -> Scope {
        let unit = UnitCode::new(CODE).unwrap();
        if form.ends_with("_unit") { Scope::Own(unit) } else { Scope::Consolidated(unit) }
    }

    fn last_year(&self, scope: &Scope) -> Pivot {
        Pivot::of(self.before.books(), scope)
    }
}
