//! Every row 1 to 44 of the requirements, shown by the books: what is registered, what is computed from
//! it, what comes out, and what is refused or noticed. `rows.tsv` lists the rows with their tests.
//!
//! Figures that a published document states come out of the example offices, which are brought in as the
//! program does; behaviour that no example has is shown with small offices.

mod group_a;
mod group_b;
mod group_c;
mod group_d;
mod group_e;
mod group_f;
mod group_g;
mod group_h;
mod group_i;
mod rows;
mod support;
