//! Files in and out, as whole files.

mod bad_input;
mod delimited;
mod made;
mod pages;
mod round_trip;
mod workbooks;
