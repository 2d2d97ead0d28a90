//! `books check` and `books facts`: the books looked at as if they were printed, before anything is.

use std::io;

use mingzhang_books::facts::{Draft, draft};
use mingzhang_model::rule::Severity;

use super::args::{BooksCheckArgs, BooksFactsArgs};
use crate::check::plain_reporter;
use crate::cli::{Exit, Stop};
use crate::facts_command::print_facts;
use crate::messages::{Lang, Message};
use crate::output::Output;
use crate::pipeline::{Checked, judged};
use crate::report::{Closing, Extent};
use crate::selection::Selection;
use crate::sieve::Sieve;
use crate::tally::{Standing, Totals};

/// The families of rules that look at a narrative, a layout or a template, of which books have none: they
/// are for the document that is written.
const ABOUT_TEXT: [&str; 5] = ["CM", "TX", "NT", "DW", "UM"];

/// Runs `books check`.
pub(super) fn check(args: &BooksCheckArgs, lang: Lang) -> Result<Exit, Stop> {
    let ledger = args.keep.open(lang)?;
    let (chosen, form) = args.year.with_form(ledger.books(), lang)?;
    let Draft { document, facts } = draft(ledger.books(), &chosen.scope, chosen.year, form);
    let file = args.output_file.as_ref();
    let cannot_write = |error: io::Error| Stop::writing(&error, file, lang);
    let mut output = Output::open(file.map(AsRef::as_ref)).map_err(cannot_write)?;
    let extent = if args.show_all { Extent::All } else { Extent::Grave };
    let mut reporter = plain_reporter(args.output_format, extent, lang, &output);
    let path = format!("{} {}", chosen.scope.unit(), chosen.year);
    let checkup = judged(document, facts, None, reporter.detail());
    let mut checked = Checked { path, result: Ok(checkup) };
    let ignored = ABOUT_TEXT.map(str::to_owned);
    let mut sieve = Sieve { selection: Selection::new(&[], &ignored), ..Sieve::default() };
    sieve.sift(&mut checked);
    let standing = checked.standing(Severity::Error);
    let mut totals = Totals::default();
    totals.add(standing, checked.result.as_ref().ok().map(|checkup| &checkup.tally));
    let closing = Closing { totals: &totals, suppressions: &[], against: None, statistics: None };
    let out = output.writer();
    reporter
        .begin(out, 1)
        .and_then(|()| reporter.document(out, &checked, standing))
        .and_then(|()| reporter.end(out, &closing))
        .map_err(cannot_write)?;
    output.finish().map_err(cannot_write)?;
    if file.is_some() {
        crate::output::aside(&lang.say(&Message::Verdict(standing, &totals.tally)));
    }
    Ok(if standing == Standing::Failed { Exit::Findings } else { Exit::Clean })
}

/// Runs `books facts`.
pub(super) fn facts(args: &BooksFactsArgs, lang: Lang) -> Result<Exit, Stop> {
    let ledger = args.keep.open(lang)?;
    let (chosen, form) = args.year.with_form(ledger.books(), lang)?;
    let Draft { facts, .. } = draft(ledger.books(), &chosen.scope, chosen.year, form);
    let file = args.output_file.as_ref();
    let cannot_write = |error: io::Error| Stop::writing(&error, file, lang);
    let mut output = Output::open(file.map(AsRef::as_ref)).map_err(cannot_write)?;
    let name = format!("{} {}", chosen.scope.unit(), chosen.year);
    print_facts(args.output_format, &name, &facts, output.writer()).map_err(cannot_write)?;
    output.finish().map_err(cannot_write)?;
    Ok(Exit::Clean)
}
