//! The 检查表 of a file and of a batch as a workbook, and the file as it was brought.

use mingzhang_desk::entry::{Id, Outcome};
use mingzhang_model::rule::Severity;

use super::XLSX;
use super::examined::examined;
use crate::pipeline::{Checked, Failure};
use crate::report::{Closing, Extent, Reporter, Xlsx};
use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;
use crate::tally::Totals;

pub(super) fn file(call: &Call<'_>) -> Result<Reply, Problem> {
    let id = call.id("file")?;
    let name = call.house.desk().file(id).map(|file| file.upload.name.clone()).ok_or_else(Problem::missing)?;
    workbook(call, &[id], &name)
}

pub(super) fn batch(call: &Call<'_>) -> Result<Reply, Problem> {
    of_batch(call, call.id("batch")?)
}

/// The workbook of a batch: the newest version of each file.
pub(super) fn of_batch(call: &Call<'_>, batch: Id) -> Result<Reply, Problem> {
    let (name, files) = {
        let desk = call.house.desk();
        let batch = desk.batch(batch).ok_or_else(Problem::missing)?;
        let newest = desk.files_of(batch).filter(|file| file.corrected_by.is_none() && file.outcome.is_some());
        (batch.name.clone(), newest.map(|file| file.id).collect::<Vec<_>>())
    };
    workbook(call, &files, &name)
}

fn workbook(call: &Call<'_>, files: &[Id], name: &str) -> Result<Reply, Problem> {
    let mut reporter = Xlsx::new(call.lang, Extent::All);
    let mut bytes = Vec::new();
    let mut totals = Totals::default();
    reporter.begin(&mut bytes, files.len())?;
    for id in files {
        let Some((name, hash, outcome)) = call
            .house
            .desk()
            .file(*id)
            .map(|file| (file.upload.name.clone(), file.upload.sha256.clone(), file.outcome.clone()))
        else {
            continue;
        };
        let checked = match outcome {
            Some(Outcome::Unreadable(why)) => Checked { path: name, result: Err(Failure::Unreadable(why)) },
            // One document that fails now is a row that says so, and the others are told all the same.
            _ => {
                let result = examined(call.house, &hash).map(|examined| examined.checkup.clone());
                Checked {
                    path: name,
                    result: result.map_err(|why| Failure::Unreadable(why.words(call.lang).to_owned())),
                }
            }
        };
        let standing = checked.standing(Severity::Error);
        totals.add(standing, checked.result.as_ref().ok().map(|checkup| &checkup.tally));
        reporter.document(&mut bytes, &checked, standing)?;
    }
    let closing = Closing { totals: &totals, suppressions: &[], against: None, statistics: None };
    reporter.end(&mut bytes, &closing)?;
    Reply::save(format!("{}-{name}.xlsx", call.lang.of("检查表", "checklist")), XLSX, bytes)
}

pub(super) fn original(call: &Call<'_>) -> Result<Reply, Problem> {
    let id = call.id("file")?;
    let (name, hash) = {
        let desk = call.house.desk();
        let file = desk.file(id).ok_or_else(Problem::missing)?;
        (file.upload.name.clone(), file.upload.sha256.clone())
    };
    Reply::save(name, "application/octet-stream", call.house.files.bytes(&hash)?)
}
