//! Books in one SQLite file.
