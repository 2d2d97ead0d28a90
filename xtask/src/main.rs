//! `cargo run -p xtask -- tidy`: prints what the repository's own rules forbid, one line each.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() != Some("tidy") {
        eprintln!("usage: cargo run -p xtask -- tidy");
        return ExitCode::from(2);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let repository = match xtask::Repository::load(&root) {
        Ok(repository) => repository,
        Err(error) => {
            eprintln!("{}: {error}", root.display());
            return ExitCode::from(2);
        }
    };
    let failures = xtask::check(&repository);
    for failure in &failures {
        println!("{failure}");
    }
    eprintln!("{} files, {} failures", repository.files.len(), failures.len());
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
