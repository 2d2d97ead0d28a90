//! What reviewers say of findings, and which documents they lay open to readers.

use mingzhang_desk::entry::{About, Grant, Mark};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::serve::call::Call;
use crate::serve::problem::Problem;
use crate::serve::reply::Reply;

/// What is said of a finding.
#[derive(Deserialize, JsonSchema)]
pub(super) struct NewMark {
    /// Which finding.
    fingerprint: String,
    /// confirmed, dismissed, fixed; empty takes back what was said.
    #[serde(default)]
    mark: String,
    /// Why; a finding is dismissed with a reason only.
    #[serde(default)]
    reason: String,
    /// The finding to show next.
    #[serde(default)]
    then: Option<u32>,
}

pub(super) fn mark(call: &Call<'_>) -> Result<Reply, Problem> {
    let NewMark { fingerprint, mark, reason, then } = call.input()?;
    let (batch, file) = (call.id("batch")?, call.id("file")?);
    let mark = match mark.as_str() {
        "" => None,
        word => {
            let found = Mark::ALL.into_iter().find(|mark| mark.word() == word);
            Some(found.ok_or_else(|| Problem::bad(format!("没有标记“{word}”"), format!("There is no mark “{word}”")))?)
        }
    };
    call.record(|desk| desk.mark(file, &fingerprint, mark, &reason))?;
    let next = then.map_or_else(String::new, |number| format!("?finding={number}"));
    Reply::go(format!("/checks/{batch}/files/{file}{next}"), call.lang.of("已保存", "Kept"))
}

/// Where a document comes from.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Release {
    /// Whose it is; what the document says itself where nothing is said.
    #[serde(default)]
    body: String,
    /// The place that published it.
    #[serde(default)]
    place: String,
    /// The address where it was published.
    #[serde(default)]
    source: String,
}

pub(super) fn release(call: &Call<'_>) -> Result<Reply, Problem> {
    let (batch, file, hash) = inspected(call)?;
    let Release { body, place, source } = call.input()?;
    let about = About { body: Some(body), place: Some(place), source: Some(source) };
    call.record(|desk| desk.release(&hash, about))?;
    Reply::go(format!("/checks/{batch}/files/{file}"), call.lang.of("已放入公开查阅", "Laid open to readers"))
}

pub(super) fn recall(call: &Call<'_>) -> Result<Reply, Problem> {
    let (batch, file, hash) = inspected(call)?;
    call.record(|desk| desk.recall(&hash))?;
    Reply::go(format!("/checks/{batch}/files/{file}"), call.lang.of("已从公开查阅中撤回", "Taken back from readers"))
}

/// The batch, the file and its hash, for an inspector.
fn inspected(call: &Call<'_>) -> Result<(u64, u64, String), Problem> {
    if !call.who.may(Grant::Inspector) {
        return Err(Problem::not_allowed());
    }
    let (batch, file) = (call.id("batch")?, call.id("file")?);
    let desk = call.house.desk();
    let hash = desk.file(file).map(|file| file.upload.sha256.clone()).ok_or_else(Problem::missing)?;
    Ok((batch, file, hash))
}
