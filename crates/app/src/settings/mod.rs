//! What a run of `check` goes by: the arguments, then `mingzhang.toml`, then what is usual.
//!
//! There is no setting that changes arithmetic or how bad a finding is: a rule is heeded or left out, a
//! finding stands or is set aside by a named person for a reason and a time.

mod file;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cli::{CheckArgs, CheckFormat, FailOn};
use crate::messages::settings::Trouble;
use crate::selection::{Selection, names_a_rule};
use crate::suppression::Suppression;

/// The name of the file that is looked for.
const FILE_NAME: &str = "mingzhang.toml";

/// What a run goes by.
pub(crate) struct Settings {
    pub(crate) format: CheckFormat,
    pub(crate) fail_on: FailOn,
    pub(crate) jobs: NonZeroUsize,
    pub(crate) limit: Duration,
    pub(crate) selection: Selection,
    pub(crate) suppressions: Vec<Suppression>,
}

/// Something wrong with the settings, and where.
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Complaint {
    /// The file, where it is about one.
    pub(crate) path: Option<PathBuf>,
    /// The line of the file, counted from 1.
    pub(crate) line: Option<usize>,
    /// What is wrong.
    pub(crate) trouble: Trouble,
}

/// Puts the arguments over the file, and the file over what is usual.
pub(crate) fn settle(args: &CheckArgs) -> Result<Settings, Complaint> {
    let registry = mingzhang_rules::registry();
    let unknown = args.select.iter().chain(&args.ignore).find(|word| !names_a_rule(word, registry));
    if let Some(word) = unknown {
        return Err(Complaint { path: None, line: None, trouble: Trouble::NoSuchRule(word.clone()) });
    }
    let file = match args.config.clone().or_else(found_above) {
        Some(path) => read(&path)?,
        None => file::File::default(),
    };
    let over = |argument: &Vec<String>, file: Vec<String>| if argument.is_empty() { file } else { argument.clone() };
    Ok(Settings {
        format: args.output_format.or(file.output_format).unwrap_or_default(),
        fail_on: args.fail_on.or(file.fail_on).unwrap_or_default(),
        jobs: args.run.jobs.or(file.jobs).unwrap_or_else(crate::cli::usual_jobs),
        limit: Duration::from_secs(args.run.time_limit.or(file.time_limit).unwrap_or(args.run.usual_seconds())),
        selection: Selection::new(&over(&args.select, file.select), &over(&args.ignore, file.ignore)),
        suppressions: file.suppressions,
    })
}

/// The nearest settings file in the current folder or one above it.
fn found_above() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

fn read(path: &Path) -> Result<file::File, Complaint> {
    let complain = |(line, trouble)| Complaint { path: Some(path.to_owned()), line, trouble };
    let bytes = fs::read(path).map_err(|error| complain((None, Trouble::Unreadable(error.to_string()))))?;
    let text = String::from_utf8(bytes).map_err(|_| complain((None, Trouble::NotUtf8)))?;
    file::parse(&text, mingzhang_rules::registry()).map_err(|(line, trouble)| complain((Some(line), trouble)))
}
