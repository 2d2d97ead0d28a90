//! What several rules look at, one module for each thing, so that all of them see it in one way: the numbers
//! that the narrative states, tables of indicators, lists, rates, headings of one list, near-misses of terms.

pub(crate) mod body;
pub(crate) mod compared;
pub(crate) mod composition;
pub(crate) mod hints;
pub(crate) mod indicators;
pub(crate) mod lists;
pub(crate) mod money;
pub(crate) mod percent;
pub(crate) mod performance;
pub(crate) mod projects;
pub(crate) mod rates;
pub(crate) mod siblings;
pub(crate) mod spelling;
pub(crate) mod stated;
pub(crate) mod three_public;
pub(crate) mod values;
