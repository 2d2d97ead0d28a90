//! `mingzhang check`: files to findings, a verdict and an exit code.

use std::fs;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use crate::baseline::{Baseline, Met};
use crate::cli::{CheckArgs, CheckFormat, Exit, FailOn, RunArgs, Stop};
use crate::date;
use crate::messages::settings::{Trouble, complaint as complained};
use crate::messages::{Lang, Message};
use crate::ocr::Scans;
use crate::output::{Output, aside};
use crate::parallel;
use crate::pipeline::{self, Checked, Company};
use crate::report::{Closing, Concise, Csv, Extent, Full, GitHub, Html, Json, JsonLines, Junit, Reporter, Sarif, Xlsx};
use crate::settings::{self, Complaint, Settings};
use crate::sieve::Sieve;
use crate::statistics::Statistics;
use crate::suppression::Suppressions;
use crate::tally::{Standing, Totals};
use crate::together::Kept;
use crate::walk::{self, Source};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, lang: Lang) -> Result<Exit, Stop> {
    let said = |complaint: Complaint| Stop::Said(complained(&complaint, lang));
    let settings = settings::settle(args).map_err(said)?;
    let found = walk::walk(&args.paths);
    let file = args.output_file.as_ref();
    for target in [file, args.write_baseline.as_ref()] {
        refuse_to_overwrite(&found.sources, target.map(AsRef::as_ref), lang)?;
    }
    if settings.format == CheckFormat::Xlsx && file.is_none() && io::stdout().is_terminal() {
        return Err(Stop::Said(lang.say(&Message::NotForTerminals)));
    }
    let sieve = sieve(args, &settings).map_err(said)?;
    let cannot_write = |error: io::Error| Stop::writing(&error, file, lang);
    let mut output = Output::open(file.map(AsRef::as_ref)).map_err(cannot_write)?;
    if found.passed_over > 0 && !args.run.quiet {
        aside(&lang.say(&Message::PassedOver(found.passed_over)));
    }
    let reporter = reporter(args, &settings, lang, &output);
    let scans = Scans::asked(args.run.ocr, lang)?;
    let mut run = Run {
        args,
        lang,
        scans,
        reporter,
        sieve,
        totals: Totals::default(),
        statistics: Statistics::default(),
        kept: Kept::default(),
    };
    run.check_all(&settings, found.sources, &mut output).map_err(cannot_write)?;
    output.finish().map_err(cannot_write)?;
    run.write_baseline()?;
    if prints_aside(args, settings.format) && !args.run.quiet {
        aside(&lang.say(&Message::Verdict(run.totals.standing(), &run.totals.tally)));
    }
    Ok(exit(&run.totals, settings.fail_on))
}

/// True when nobody sees the results go by: then errors and the verdict are said on standard error.
fn prints_aside(args: &CheckArgs, format: CheckFormat) -> bool {
    args.output_file.is_some() || !matches!(format, CheckFormat::Full | CheckFormat::Concise)
}

fn reporter(args: &CheckArgs, settings: &Settings, lang: Lang, output: &Output) -> Box<dyn Reporter> {
    let extent = if args.show_all { Extent::All } else { Extent::Grave };
    match settings.format {
        CheckFormat::Sarif => Box::new(Sarif::new(lang, extent, args.baseline.is_some())),
        CheckFormat::Junit => Box::new(Junit::new(lang, settings.fail_on.threshold())),
        format => plain_reporter(format, extent, lang, output),
    }
}

/// The reporter of a format, for a run without baseline that fails on errors.
pub(crate) fn plain_reporter(format: CheckFormat, extent: Extent, lang: Lang, output: &Output) -> Box<dyn Reporter> {
    match format {
        CheckFormat::Full => Box::new(Full::new(lang, output.palette(), extent)),
        CheckFormat::Concise => Box::new(Concise { lang, palette: output.palette() }),
        CheckFormat::Json => Box::new(Json::new(lang, extent)),
        CheckFormat::Jsonl => Box::new(JsonLines { lang, extent }),
        CheckFormat::Csv => Box::new(Csv { lang, extent }),
        CheckFormat::Sarif => Box::new(Sarif::new(lang, extent, false)),
        CheckFormat::Junit => Box::new(Junit::new(lang, FailOn::Error.threshold())),
        CheckFormat::Html => Box::new(Html::new(lang, extent)),
        CheckFormat::Xlsx => Box::new(Xlsx::new(lang, extent)),
        CheckFormat::Github => Box::new(GitHub { lang }),
    }
}

/// What takes from the reports what this run is not about. The clock matters only to suppressions.
fn sieve(args: &CheckArgs, settings: &Settings) -> Result<Sieve, Complaint> {
    let no_day = |words| Complaint { path: None, line: None, trouble: Trouble::NoDay(words) };
    let suppressions = match settings.suppressions.as_slice() {
        [] => Suppressions::default(),
        some => Suppressions::new(some.to_vec(), &settings.selection, date::today().map_err(no_day)?),
    };
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    Ok(Sieve { selection: settings.selection.clone(), suppressions, baseline, met: Met::default() })
}

/// A run under way.
struct Run<'a> {
    args: &'a CheckArgs,
    lang: Lang,
    scans: Scans,
    reporter: Box<dyn Reporter>,
    sieve: Sieve,
    totals: Totals,
    statistics: Statistics,
    kept: Kept,
}

impl Run<'_> {
    fn check_all(&mut self, settings: &Settings, sources: Vec<Source>, output: &mut Output) -> io::Result<()> {
        let progress = progress(sources.len(), &self.args.run, self.lang);
        let (detail, limit, threshold) = (self.reporter.detail(), settings.limit, settings.fail_on.threshold());
        let scans = self.scans;
        let mut written = self.reporter.begin(output.writer(), sources.len());
        let company = if sources.len() > 1 { Company::Several } else { Company::Alone };
        self.kept = Kept::of(&sources);
        let work = |source| pipeline::check(source, detail, company, scans, limit);
        parallel::in_order(sources, settings.jobs, work, |mut checked: Checked| {
            self.sieve.sift(&mut checked);
            self.kept.keep(&mut checked);
            let standing = checked.standing(threshold);
            self.count(&checked, standing);
            progress.inc(1);
            written = progress.suspend(|| self.print(&checked, standing, settings.format, output));
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        progress.finish_and_clear();
        written?;
        self.bundles(settings, output)?;
        let statistics = self.args.statistics.then_some(&self.statistics);
        let (suppressions, against) = (self.sieve.uses(), self.sieve.against());
        let closing = Closing { totals: &self.totals, suppressions, against, statistics };
        if prints_aside(self.args, settings.format) && !self.args.run.quiet {
            closing.lines(self.lang).iter().for_each(|line| aside(line));
        }
        self.reporter.end(output.writer(), &closing)
    }

    /// Holds the documents that belong together against each other.
    fn bundles(&mut self, settings: &Settings, output: &mut Output) -> io::Result<()> {
        for mut together in self.kept.bundles(settings.limit, settings.jobs) {
            self.sieve.sift(&mut together.checked);
            let Ok(checkup) = &together.checked.result else { continue };
            let standing = checkup.standing_together(settings.fail_on.threshold());
            self.totals.add_bundle(standing, &checkup.tally);
            self.reporter.bundle(output.writer(), &together, standing)?;
            output.show()?;
        }
        Ok(())
    }

    fn count(&mut self, checked: &Checked, standing: Standing) {
        let checkup = checked.result.as_ref().ok();
        self.totals.add(standing, checkup.map(|checkup| &checkup.tally));
        if let (Some(checkup), true) = (checkup, self.args.statistics) {
            self.statistics.add(&checked.path, checkup);
        }
    }

    fn print(
        &mut self,
        checked: &Checked,
        standing: Standing,
        format: CheckFormat,
        output: &mut Output,
    ) -> io::Result<()> {
        if let (Err(failure), true) = (&checked.result, prints_aside(self.args, format)) {
            aside(&format!("{}: {}", checked.path, self.lang.say(&Message::CannotRead(failure))));
        }
        self.reporter.document(output.writer(), checked, standing)?;
        output.show()
    }

    fn write_baseline(&self) -> Result<(), Stop> {
        let Some(path) = &self.args.write_baseline else { return Ok(()) };
        let written = Output::open(Some(path)).and_then(|mut output| {
            self.sieve.met.write(output.writer(), self.sieve.baseline.as_ref())?;
            output.finish()
        });
        written.map_err(|error| Stop::writing(&error, Some(path), self.lang))
    }
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
        Source::File(path) | Source::Stored { path, .. } => fs::canonicalize(path).is_ok_and(|real| real == target),
        Source::Inside(inside) => fs::canonicalize(&inside.archive).is_ok_and(|real| real == target),
        Source::Stdin | Source::Nothing(..) => false,
    };
    match sources.iter().find(|source| is_target(source)) {
        Some(source) => Err(Stop::Said(lang.say(&Message::WouldOverwrite(&source.shown())))),
        None => Ok(()),
    }
}

/// Findings come first: a run that found something wrong says so, whatever else it could not read.
fn exit(totals: &Totals, fail_on: FailOn) -> Exit {
    if totals.failed + totals.bundles_failed > 0 && fail_on != FailOn::Never {
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
