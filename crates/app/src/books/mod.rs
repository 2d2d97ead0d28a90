//! `mingzhang books`: the books of an office at the terminal.
//!
//! What may happen and what a number is, `mingzhang-books` says; here are paths, the clock, and the shapes
//! of what is printed.

mod args;
pub(crate) mod exchange;
mod inspect;
pub(crate) mod keeper;
pub(crate) mod publish;
mod show;

pub(crate) use args::{BooksArgs, KeepArgs, YearArgs};

use std::io;

use args::{BackupArgs, BooksCommand};
use mingzhang_sqlite::Sqlite;

use crate::cli::{Exit, Stop};
use crate::messages::Lang;
use crate::messages::books::Message;
use crate::output::{Output, aside};

/// Runs the command.
pub(crate) fn run(args: &BooksArgs, lang: Lang) -> Result<Exit, Stop> {
    match &args.command {
        BooksCommand::Init(keep) => init(keep, lang),
        BooksCommand::Examples(keep) => exchange::run_examples(keep, lang),
        BooksCommand::Template(args) => exchange::run_template(args, lang),
        BooksCommand::Import(args) => exchange::run_import(args, lang),
        BooksCommand::Enter(args) => exchange::run_enter(args, lang),
        BooksCommand::Export(args) => exchange::run_export(args, lang),
        BooksCommand::Restore(args) => exchange::run_restore(args, lang),
        BooksCommand::Show(args) => show::run(args, lang),
        BooksCommand::Check(args) => inspect::check(args, lang),
        BooksCommand::Facts(args) => inspect::facts(args, lang),
        BooksCommand::Publish(args) => publish::run(args, lang),
        BooksCommand::Verify(keep) => verify(keep, lang),
        BooksCommand::Backup(args) => backup(args, lang),
    }
}

fn init(keep: &KeepArgs, lang: Lang) -> Result<Exit, Stop> {
    keep.open_or_begin(lang)?;
    aside(&lang.books(&Message::Begun(&shown(keep))));
    Ok(Exit::Clean)
}

/// The place of the books without a password.
fn shown(keep: &KeepArgs) -> String {
    match keep.file() {
        Some(file) => file.to_string_lossy().into_owned(),
        None => "PostgreSQL".to_owned(),
    }
}

/// Opening reads every entry and verifies the chain.
fn verify(keep: &KeepArgs, lang: Lang) -> Result<Exit, Stop> {
    let ledger = keep.open(lang)?;
    let (entries, hash) = (ledger.books().count(), ledger.books().hash().to_string());
    let cannot_write = |error: io::Error| Stop::writing(&error, None, lang);
    let mut output = Output::open(None).map_err(cannot_write)?;
    let words = lang.books(&Message::Verified { entries, hash: &hash });
    writeln!(output.writer(), "{words}").and_then(|()| output.finish()).map_err(cannot_write)?;
    Ok(Exit::Clean)
}

fn backup(args: &BackupArgs, lang: Lang) -> Result<Exit, Stop> {
    let Some(file) = args.keep.file() else { return Err(Stop::Said(lang.books(&Message::BackupNeedsFile))) };
    let copied = Sqlite::open_existing(&file).and_then(|store| store.backup(&args.to));
    let entries = copied.map_err(|fault| Stop::Said(fault.to_string()))?;
    aside(&lang.books(&Message::Copied { entries, path: &args.to.to_string_lossy() }));
    Ok(Exit::Clean)
}
