//! The arguments of every command, and the way from them to an exit code.
//!
//! Arguments are declared here without help: their words, in both languages, are in
//! [`messages::help`](crate::messages::help).

use std::ffi::OsString;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use mingzhang_model::rule::Severity;

use crate::books::{self, BooksArgs};
use crate::messages::{Lang, Message, help};
use crate::output::aside;
use crate::serve::{self, ServeArgs};
use crate::write::{self, WriteArgs};
use crate::{check, facts_command, read_command, rule_command, watch};

#[derive(Parser)]
#[command(name = "mingzhang", version, arg_required_else_help = true)]
struct Cli {
    #[arg(long, global = true, value_enum, default_value_t)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(CheckArgs),
    Read(ReadArgs),
    Facts(FactsArgs),
    Rule(RuleArgs),
    Books(BooksArgs),
    Write(WriteArgs),
    Serve(ServeArgs),
}

#[derive(Args)]
pub(crate) struct CheckArgs {
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) output_format: Option<CheckFormat>,
    #[arg(long, value_name = "PATH")]
    pub(crate) output_file: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    #[arg(long)]
    pub(crate) show_all: bool,
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) write_baseline: Option<PathBuf>,
    #[arg(long)]
    pub(crate) statistics: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How the files of a run are worked on.
#[derive(Args)]
pub(crate) struct RunArgs {
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) time_limit: Option<u64>,
    #[arg(long)]
    pub(crate) ocr: bool,
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

impl RunArgs {
    /// How many threads.
    pub(crate) fn jobs(&self) -> NonZeroUsize {
        self.jobs.unwrap_or_else(usual_jobs)
    }

    /// How long one file may take.
    pub(crate) fn limit(&self) -> Duration {
        Duration::from_secs(self.time_limit.unwrap_or(self.usual_seconds()))
    }

    /// How long one file may take, where nothing is said.
    pub(crate) fn usual_seconds(&self) -> u64 {
        if self.ocr { USUAL_SECONDS_OF_SCANS } else { USUAL_SECONDS }
    }
}

/// How long one file may take, where nothing is said.
pub(crate) const USUAL_SECONDS: u64 = 10;

/// The same where pages that are pictures are recognised: some seconds for each.
pub(crate) const USUAL_SECONDS_OF_SCANS: u64 = 600;

/// As many threads as there are cores, where nothing is said.
pub(crate) fn usual_jobs() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

#[derive(Args)]
pub(crate) struct ReadArgs {
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: ReadFormat,
    #[arg(long, value_name = "N")]
    pub(crate) table: Option<NonZeroUsize>,
    #[arg(long)]
    pub(crate) ocr: bool,
    #[arg(long, value_name = "PATH")]
    pub(crate) output_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct FactsArgs {
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: FactsFormat,
    #[arg(long, value_name = "PATH")]
    pub(crate) output_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

#[derive(Args)]
pub(crate) struct RuleArgs {
    #[arg(value_name = "CODE", conflicts_with = "all")]
    pub(crate) code: Option<String>,
    #[arg(long)]
    pub(crate) all: bool,
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) output_format: RuleFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum)]
pub(crate) enum CheckFormat {
    #[default]
    Full,
    Concise,
    Json,
    Jsonl,
    Csv,
    Sarif,
    Junit,
    Github,
    Html,
    Xlsx,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ReadFormat {
    #[default]
    Text,
    Csv,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum FactsFormat {
    #[default]
    Json,
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum RuleFormat {
    #[default]
    Text,
    Json,
}

/// From which severity on a finding makes the exit code 1.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    /// From which severity on a document does not pass. `never` changes the exit code, not the verdict.
    pub(crate) fn threshold(self) -> Severity {
        match self {
            FailOn::Error | FailOn::Never => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Note => Severity::Note,
        }
    }
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Exit {
    /// It did what it should, and nothing is wrong.
    Clean,
    /// It found what `--fail-on` names.
    Findings,
    /// It could not do all that it should.
    Failed,
}

/// Why a command stopped.
pub(crate) enum Stop {
    /// What a person must be told.
    Said(String),
    /// Nobody reads what is printed any more.
    NobodyReads,
}

impl Stop {
    /// The results could not be written to a file, or to standard output.
    pub(crate) fn writing(error: &io::Error, file: Option<&PathBuf>, lang: Lang) -> Stop {
        if file.is_none() && error.kind() == io::ErrorKind::BrokenPipe {
            return Stop::NobodyReads;
        }
        let path = file.map_or_else(|| "-".into(), |path| path.to_string_lossy());
        Stop::Said(lang.say(&Message::CannotWrite { path: &path, why: &error.to_string() }))
    }
}

/// The commands, without their words.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    watch::remember_panics();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let lang = language(&arguments);
    let matches = help::localised(command(), lang).try_get_matches_from(arguments);
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return refused(&error, lang),
    };
    let exit = match &cli.command {
        Command::Check(args) => check::run(args, cli.lang),
        Command::Read(args) => read_command::run(args, cli.lang),
        Command::Facts(args) => facts_command::run(args, cli.lang),
        Command::Rule(args) => rule_command::run(args, cli.lang),
        Command::Books(args) => books::run(args, cli.lang),
        Command::Write(args) => write::run(args, cli.lang),
        Command::Serve(args) => serve::run(args, cli.lang),
    };
    match exit {
        Ok(Exit::Clean) | Err(Stop::NobodyReads) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Ok(Exit::Failed) => ExitCode::from(2),
        Err(Stop::Said(words)) => {
            aside(&words);
            ExitCode::from(2)
        }
    }
}

/// The language that the arguments ask for, before they are read: the help depends on it.
fn language(arguments: &[OsString]) -> Lang {
    let word = |i: usize| arguments.get(i).and_then(|argument| argument.to_str()).unwrap_or_default();
    let english = (0..arguments.len()).any(|i| word(i) == "--lang=en" || (word(i) == "--lang" && word(i + 1) == "en"));
    if english { Lang::En } else { Lang::Zh }
}

fn refused(error: &clap::Error, lang: Lang) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // Help goes to standard output; when nobody reads it, nobody misses it.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        _ => {
            aside(&help::explained(error, lang));
            ExitCode::from(2)
        }
    }
}
