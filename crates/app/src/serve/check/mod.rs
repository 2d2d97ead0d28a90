//! The room for checking: batches of disclosures, what was found in them, and what reviewers say of it.

use super::route::Route;

pub(crate) const ROUTES: &[Route] = &[];
