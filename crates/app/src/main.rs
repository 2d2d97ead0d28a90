//! The program `mingzhang`: it puts the stages together and is the only place that knows paths, clocks,
//! terminals and the shapes of JSON.
//!
//! A command reads its arguments in [`cli`], sends files through [`pipeline`] and prints what comes back.
//! Everything a person reads in two languages is in [`messages`]. Results go to standard output, progress
//! and notes to standard error.
//!
//! Absent on purpose: any judgement about a number. What is wrong is for the rules to say.

mod archive;
mod baseline;
mod books;
mod check;
mod cli;
mod coverage;
mod csv;
mod date;
mod facts_command;
mod glob;
mod grid;
mod messages;
mod ocr;
mod output;
mod parallel;
mod pipeline;
mod read_command;
mod report;
mod rule_command;
mod selection;
mod serve;
mod settings;
mod shapes;
mod sieve;
mod spots;
mod statistics;
mod suppression;
mod tally;
mod together;
mod walk;
mod watch;
mod wide;
mod write;

fn main() -> std::process::ExitCode {
    cli::main()
}
