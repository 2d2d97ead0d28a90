//! Books in PostgreSQL.
