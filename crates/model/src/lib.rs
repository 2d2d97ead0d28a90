//! The nouns of Mingzhang, and what they guarantee.
//!
//! Data flows one way: a [`Document`](document::Document) is what was on the page; a
//! [`Fact`](fact::Fact) is one printed number with its [`Key`](key::Key) and its place; an
//! [`Outcome`](rule::Outcome) is what a rule says about facts; a [`Finding`](finding::Finding)
//! is what a person is told. The stages (`read`, `extract`, `rules`) never import each other:
//! they meet here.
//!
//! Absent on purpose: files, clocks, networks, JSON, the layout of any form, and floating point
//! for money. Nothing in this crate can fail at run time except the checked constructors.

pub mod amount;
pub mod code;
pub mod date;
pub mod detail;
pub mod document;
pub mod drawing;
pub mod fact;
pub mod finding;
pub mod key;
pub mod locator;
pub mod prose;
pub mod recognition;
pub mod rule;
pub mod set;
pub mod sheet;
pub mod statistic;
pub mod supply;
