//! A corrected version beside the one before it: what was put right, what is new, what remains.

use std::collections::BTreeSet;

use maud::{Markup, html};
use mingzhang_desk::entry::{Id, Outcome, Told};
use mingzhang_desk::state::File;
use schemars::JsonSchema;
use serde::Serialize;

use crate::serve::call::Call;
use crate::serve::interface::severity_chip;
use crate::serve::layout::crumbs;
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// Two versions of a document.
#[derive(Serialize, JsonSchema)]
pub(super) struct Comparison {
    batch: Id,
    batch_name: String,
    before: Version,
    after: Version,
    /// True while the corrected version waits to be checked.
    waiting: bool,
    fixed: Vec<Row>,
    new: Vec<Row>,
    remaining: Vec<Row>,
}

#[derive(Serialize, JsonSchema)]
struct Version {
    file: Id,
    name: String,
}

/// A finding, in short.
#[derive(Serialize, JsonSchema)]
struct Row {
    rule: String,
    severity: String,
    message: String,
    place: String,
    fingerprint: String,
}

impl Row {
    fn of(told: &Told) -> Row {
        let Told { rule, severity, message, place, fingerprint, .. } = told.clone();
        Row { rule, severity, message, place, fingerprint }
    }
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let desk = call.house.desk();
    let file = desk.file(call.id("file")?).ok_or_else(Problem::missing)?;
    let before = file.upload.corrects.and_then(|before| desk.file(before)).ok_or_else(Problem::missing)?;
    let batch = desk.batch(file.batch).ok_or_else(Problem::missing)?;
    let (old, new) = (told(before), told(file));
    let names = |list: &[Told]| list.iter().map(|told| told.fingerprint.clone()).collect::<BTreeSet<_>>();
    let (in_old, in_new) = (names(&old), names(&new));
    let rows = |list: &[Told], keep: &dyn Fn(&String) -> bool| {
        list.iter().filter(|told| keep(&told.fingerprint)).map(Row::of).collect::<Vec<_>>()
    };
    let waiting = file.outcome.is_none();
    let version = |file: &File| Version { file: file.id, name: file.upload.name.clone() };
    Reply::view(Comparison {
        batch: batch.id,
        batch_name: batch.name.clone(),
        before: version(before),
        after: version(file),
        waiting,
        fixed: if waiting { Vec::new() } else { rows(&old, &|name| !in_new.contains(name)) },
        new: rows(&new, &|name| !in_old.contains(name)),
        remaining: rows(&new, &|name| in_old.contains(name)),
    })
}

fn told(file: &File) -> Vec<Told> {
    match &file.outcome {
        Some(Outcome::Checked(checkup)) => checkup.told.clone(),
        _ => Vec::new(),
    }
}

impl View for Comparison {
    fn title(&self, call: &Call<'_>) -> String {
        format!("{} · {}", call.lang.of("更正对照", "Corrected"), self.after.name)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let base = format!("/checks/{}", self.batch);
        let at = |version: &Version| format!("{base}/files/{}", version.file);
        let parts = [
            (lang.of("已改正", "Put right"), "fixed", &self.fixed),
            (lang.of("新出现", "New"), "failed", &self.new),
            (lang.of("仍存在", "Remaining"), "undecided", &self.remaining),
        ];
        html! {
            (crumbs(lang, &[("/checks", lang.of("检查", "Check")), (&base, &self.batch_name), ("", &self.after.name)]))
            h1 { (lang.of("更正对照", "The corrected version")) }
            p { a href=(at(&self.before)) { (self.before.name) } " → " a href=(at(&self.after)) { (self.after.name) } }
            @if self.waiting {
                p data-refresh="2" role="status" {
                    (lang.of("更正稿正在检查，稍后刷新。", "The corrected version is being checked; look again in a moment."))
                }
            } @else {
                p {
                    @for (name, class, rows) in &parts {
                        span class=(format!("chip {class}")) { (name) " " (rows.len()) } " "
                    }
                }
                @for (name, _, rows) in &parts { @if !rows.is_empty() {
                    h2 { (name) " " (rows.len()) }
                    ul.findings { @for row in *rows { li {
                        (severity_chip(&row.severity))
                        " "
                        a href=(format!("/rules/{}", row.rule)) { (row.rule) }
                        " "
                        (row.message)
                        br; small { (row.place) }
                    } } }
                } }
            }
        }
    }
}
