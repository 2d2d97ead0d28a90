//! `mingzhang check`: files to findings, a verdict and an exit code.

use std::fs;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{CheckArgs, CheckFormat, Exit, FailOn, RunArgs, Stop};
use crate::messages::{Lang, Message};
use crate::output::{Output, aside};
use crate::parallel;
use crate::pipeline::{self, Checked};
use crate::report::{Concise, Extent, Full, Json, Reporter};
use crate::tally::Totals;
use crate::walk::{self, Source};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Stop> {
    let found = walk::walk(&args.paths);
    let file = args.output_file.as_ref();
    refuse_to_overwrite(&found.sources, file.map(AsRef::as_ref), lang)?;
    let cannot_write = |error: io::Error| Stop::writing(&error, file, lang);
    let mut output = Output::open(file.map(AsRef::as_ref)).map_err(cannot_write)?;
    let mut reporter = reporter(args, lang, &output);
    if found.passed_over > 0 && !args.run.quiet {
        aside(&lang.say(&Message::PassedOver(found.passed_over)));
    }
    let totals = check_all(args, lang, found.sources, reporter.as_mut(), &mut output).map_err(cannot_write)?;
    output.finish().map_err(cannot_write)?;
    if prints_aside(args) && !args.run.quiet {
        aside(&lang.say(&Message::Verdict(totals.standing(), &totals.tally)));
    }
    Ok(exit(&totals, args.fail_on))
}

/// True when nobody sees the results go by: then errors and the verdict are said on standard error.
fn prints_aside(args: &CheckArgs) -> bool {
    args.output_file.is_some() || args.output_format == CheckFormat::Json
}

fn reporter(args: &CheckArgs, lang: Lang, output: &Output) -> Box<dyn Reporter> {
    let extent = if args.show_all { Extent::All } else { Extent::Grave };
    match args.output_format {
        CheckFormat::Full => Box::new(Full::new(lang, output.palette(), extent)),
        CheckFormat::Concise => Box::new(Concise { lang, palette: output.palette() }),
        CheckFormat::Json => Box::new(Json::new(lang)),
    }
}

fn check_all(
    args: &CheckArgs,
    lang: Lang,
    sources: Vec<Source>,
    reporter: &mut dyn Reporter,
    output: &mut Output,
) -> io::Result<Totals> {
    let progress = progress(sources.len(), &args.run, lang);
    let (detail, limit, threshold) = (reporter.detail(), args.run.limit(), args.fail_on.threshold());
    let mut totals = Totals::default();
    let mut written = reporter.begin(output.writer(), sources.len());
    let work = |source| pipeline::check(source, detail, limit);
    parallel::in_order(sources, args.run.jobs(), work, |checked: Checked| {
        let standing = checked.standing(threshold);
        totals.add(standing, checked.result.as_ref().ok().map(|checkup| &checkup.tally));
        progress.inc(1);
        written = progress.suspend(|| {
            if let (Err(failure), true) = (&checked.result, prints_aside(args)) {
                aside(&format!("{}: {}", checked.path, lang.say(&Message::CannotRead(failure))));
            }
            reporter.document(output.writer(), &checked, standing)?;
            output.show()
        });
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    progress.finish_and_clear();
    written.and_then(|()| reporter.end(output.writer(), &totals)).map(|()| totals)
}

/// A bar where a person waits for several files, and nothing elsewhere.
pub(crate) fn progress(files: usize, run: &RunArgs, lang: Lang) -> ProgressBar {
    if files < 2 || run.quiet || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    match ProgressStyle::with_template(&lang.say(&Message::Progress)) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A result must not replace the document it is about.
pub(crate) fn refuse_to_overwrite(sources: &[Source], file: Option<&Path>, lang: Lang) -> Result<(), Stop> {
    let Some(target) = file.and_then(|file| fs::canonicalize(file).ok()) else { return Ok(()) };
    let is_target = |source: &Source| match source {
        Source::File(path) => fs::canonicalize(path).is_ok_and(|real| real == target),
        Source::Stdin | Source::Nothing(..) => false,
    };
    match sources.iter().find(|source| is_target(source)) {
        Some(source) => Err(Stop::Said(lang.say(&Message::WouldOverwrite(&source.shown())))),
        None => Ok(()),
    }
}

/// Findings come first: a run that found something wrong says so, whatever else it could not read.
fn exit(totals: &Totals, fail_on: FailOn) -> Exit {
    if totals.failed > 0 && fail_on != FailOn::Never {
        Exit::Findings
    } else if totals.unreadable > 0 || totals.nothing_decided() {
        Exit::Failed
    } else {
        Exit::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_follow_the_worst_that_happened() {
        let passed = Totals { passed: 1, ..Totals::default() };
        assert_eq!(exit(&passed, FailOn::Error), Exit::Clean);
        assert_eq!(exit(&Totals { undecided: 1, ..passed }, FailOn::Error), Exit::Clean);
        assert_eq!(exit(&Totals { undecided: 1, ..Totals::default() }, FailOn::Error), Exit::Failed);
        assert_eq!(exit(&Totals { unreadable: 1, ..passed }, FailOn::Error), Exit::Failed);
        assert_eq!(exit(&Totals { failed: 1, unreadable: 1, ..passed }, FailOn::Error), Exit::Findings);
        assert_eq!(exit(&Totals { failed: 1, ..passed }, FailOn::Never), Exit::Clean);
        assert_eq!(exit(&Totals::default(), FailOn::Error), Exit::Failed);
    }
}
