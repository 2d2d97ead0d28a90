//! Sheets of xlsx and csv files, in and out.
