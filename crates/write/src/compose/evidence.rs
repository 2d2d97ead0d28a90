//! What numbers rest on, each pile of evidence once.

use crate::manuscript::{Evidence, Part};
use mingzhang_model::amount::{Unit, render};
use mingzhang_model::supply::Backing;
use std::collections::HashMap;

/// Evidence as it is gathered.
#[derive(Default)]
pub(super) struct Shelf {
    evidence: Vec<Evidence>,
    places: HashMap<Vec<Part>, usize>,
}

impl Shelf {
    /// Puts evidence down and tells where; none where nothing stands behind the number.
    pub(super) fn put(&mut self, what: &str, behind: Vec<Backing>) -> Option<usize> {
        if behind.is_empty() {
            return None;
        }
        let parts: Vec<Part> = behind.into_iter().map(part).collect();
        let next = self.evidence.len();
        let place = *self.places.entry(parts.clone()).or_insert(next);
        if place == next {
            self.evidence.push(Evidence { what: what.to_owned(), parts });
        }
        Some(place)
    }

    pub(super) fn finish(self) -> Vec<Evidence> {
        self.evidence
    }
}

fn part(backing: Backing) -> Part {
    let amount = backing.amount.map_or_else(String::new, |amount| format!("{}元", render(amount, Unit::Yuan, 2, true)));
    Part { what: backing.what, amount, entries: backing.entries }
}
