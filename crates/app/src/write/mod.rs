//! `mingzhang write`: a disclosure from books, in the form that a place prescribes.
//!
//! What only a person can say and nobody has said stops it, with the whole list; so does an error that the rules
//! find in what would be written. Files appear only when all of them are ready, and the same books give the same
//! bytes.

mod drafted;
mod package;
mod target;

pub(crate) use drafted::{Drafted, Words};
pub(crate) use target::Kind;

use std::io;
use std::path::PathBuf;

use clap::Args;
use mingzhang_books::pivot::Scope;
use mingzhang_books::trail::Trail;
use mingzhang_model::rule::Severity;
use mingzhang_write::compose::{Composed, Missing};
use mingzhang_write::pdf::Faces;

use crate::books::{KeepArgs, YearArgs};
use crate::check::plain_reporter;
use crate::cli::{CheckFormat, Exit, Stop};
use crate::messages::Lang;
use crate::messages::Message as Said;
use crate::messages::write::Message;
use crate::output::{Output, aside};
use crate::pipeline::{Checked, sha256};
use crate::report::{Closing, Extent};
use crate::tally::{Standing, Totals};

#[derive(Args)]
pub(crate) struct WriteArgs {
    #[command(flatten)]
    keep: KeepArgs,
    #[command(flatten)]
    year: YearArgs,
    #[arg(long, short = 'o', required = true, value_name = "PATH")]
    to: Vec<PathBuf>,
    #[arg(long, value_name = "FOLDER")]
    package: Option<PathBuf>,
    #[arg(long)]
    draft: bool,
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &WriteArgs, lang: Lang) -> Result<Exit, Stop> {
    let targets = target::targets(&args.to, lang)?;
    let mut ledger = args.keep.open(lang)?;
    let trail = Trail::of(&mut ledger).map_err(|failure| Stop::Said(failure.to_string()))?;
    let (chosen, form) = args.year.with_form(ledger.books(), lang)?;
    let drafted = Drafted::of((ledger.books(), &trail), &chosen.scope, chosen.year, form, Words::Kept);
    let Some(drafted) = drafted else {
        return Err(Stop::Said(lang.write(&Message::NoNarrative(form.id))));
    };
    let Drafted { facts, composed, printed } = &drafted;
    refuse_lacks(args, composed, &chosen.scope, chosen.year, lang)?;
    let name = format!("{} {}", chosen.scope.unit(), chosen.year);
    let (standing, checkup) = checked(&name, &drafted, args.draft, lang)?;
    if standing != Standing::Passed && !args.draft {
        aside(&lang.write(&Message::NotWritten));
        return Ok(Exit::Findings);
    }
    let faces = faces(&args.font, lang)?;
    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for target in &targets {
        let bytes = target.kind.bytes(&composed.manuscript, &faces, printed).map_err(Stop::Said)?;
        written.push((target.path.clone(), bytes));
    }
    if let Some(folder) = &args.package {
        let about = package::About { facts, name: &name, title: &composed.manuscript.title, form };
        written.extend(package::files(folder, &about).map_err(|error| Stop::writing(&error, Some(folder), lang))?);
    }
    write_all(&written, lang)?;
    for (path, bytes) in &written {
        let (path, hash) = (path.to_string_lossy(), sha256(bytes));
        aside(&lang.write(&Message::Written { path: &path, hash: &hash }));
    }
    aside(&checkup);
    Ok(if standing == Standing::Passed && composed.lacks.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// A disclosure that lacks something is written as a draft only.
fn refuse_lacks(args: &WriteArgs, composed: &Composed, scope: &Scope, year: u16, lang: Lang) -> Result<(), Stop> {
    if composed.lacks.is_empty() {
        return Ok(());
    }
    let mut lines = vec![lang.write(&Message::Lacking(composed.lacks.len()))];
    lines.extend(composed.lacks.iter().map(|lack| lang.write(&Message::Lack(lack))));
    let words = composed.lacks.iter().find_map(|lack| match &lack.what {
        Missing::Words(place) => Some(place),
        _ => None,
    });
    if let Some(place) = words {
        lines.push(lang.write(&Message::HowToExplain { unit: scope.unit().as_str(), year, place }));
    }
    if args.draft {
        lines.push(lang.write(&Message::MarkedInDraft));
        aside(&lines.join("\n"));
        return Ok(());
    }
    lines.push(lang.write(&Message::NotWritten));
    Err(Stop::Said(lines.join("\n")))
}

/// What the rules say of the disclosure as it is printed, and the verdict. Findings go to standard error.
fn checked(name: &str, drafted: &Drafted, is_draft: bool, lang: Lang) -> Result<(Standing, String), Stop> {
    let checkup = drafted.checkup().map_err(Stop::Said)?;
    let checked = Checked { path: name.to_owned(), result: Ok(checkup) };
    let standing = checked.standing(Severity::Warning);
    let mut totals = Totals::default();
    totals.add(standing, checked.result.as_ref().ok().map(|checkup| &checkup.tally));
    if standing != Standing::Passed || is_draft {
        let mut shown = Vec::new();
        let output = Output::open(None).map_err(|error| Stop::writing(&error, None, lang))?;
        let mut reporter = plain_reporter(CheckFormat::Full, Extent::Grave, lang, &output);
        let closing = Closing { totals: &totals, suppressions: &[], against: None, statistics: None };
        let reported = reporter
            .begin(&mut shown, 1)
            .and_then(|()| reporter.document(&mut shown, &checked, standing))
            .and_then(|()| reporter.end(&mut shown, &closing));
        reported.map_err(|error| Stop::writing(&error, None, lang))?;
        aside(String::from_utf8_lossy(&shown).trim_end());
        return Ok((standing, String::new()));
    }
    Ok((standing, lang.say(&Said::Verdict(standing, &totals.tally))))
}

fn faces(fonts: &[PathBuf], lang: Lang) -> Result<Faces, Stop> {
    let mut faces = Faces::built_in().map_err(|fault| Stop::Said(fault.to_string()))?;
    for path in fonts {
        let bytes = std::fs::read(path).map_err(|error| {
            let (path, why) = (path.to_string_lossy(), error.to_string());
            Stop::Said(lang.write(&Message::NoFont { path: &path, why: &why }))
        })?;
        faces = faces.with(bytes).map_err(|fault| Stop::Said(fault.to_string()))?;
    }
    Ok(faces)
}

/// Every file is complete before the first gets its name.
fn write_all(files: &[(PathBuf, Vec<u8>)], lang: Lang) -> Result<(), Stop> {
    let mut pending = Vec::new();
    for (path, bytes) in files {
        let cannot_write = |error: io::Error| Stop::writing(&error, Some(path), lang);
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(cannot_write)?;
        }
        let mut output = Output::open(Some(path)).map_err(cannot_write)?;
        output.writer().write_all(bytes).map_err(cannot_write)?;
        pending.push((path, output));
    }
    for (path, output) in pending {
        output.finish().map_err(|error| Stop::writing(&error, Some(path), lang))?;
    }
    Ok(())
}
