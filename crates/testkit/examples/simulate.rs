//! Simulates offices and holds every step against the laws.
//!
//!     cargo run --release -p mingzhang-testkit --example simulate -- --commands 1000000 --seed 1
//!
//! Each office has a seed of its own, the first the one given, and 20,000 commands. After a violation
//! `--seed N --stop-at STEP` shows it again.

use mingzhang_testkit::simulation::{Options, Report, run};
use std::time::Instant;

/// The commands of one office: it crashes often, and after each crash everything is read again.
const OFFICE: u64 = 20_000;

fn number(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    let value = arguments.nth(1)?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} {value} is no number")))
}

fn main() {
    let commands = number("--commands").unwrap_or(100_000);
    let (mut seed, stop_at) = (number("--seed").unwrap_or(1), number("--stop-at"));
    let (start, mut report, mut offices) = (Instant::now(), Report::default(), 0);
    while report.total().sent < commands {
        let wanted = (commands - report.total().sent).min(OFFICE);
        match run(&Options { stop_at, ..Options::new(seed, wanted) }) {
            Ok(one) => report.add(&one),
            Err(found) => {
                eprintln!("{found}");
                std::process::exit(1);
            }
        }
        offices += 1;
        if stop_at.is_some() {
            break;
        }
        seed += 1;
    }
    println!("{report}");
    println!("{offices} offices, 0 violations, {:.1} s", start.elapsed().as_secs_f64());
}
