//! Batches: bringing files, and the list of them by body, with how far the checking is.

use std::collections::BTreeMap;

use maud::{Markup, html};
use mingzhang_books::names::UnitCode;
use mingzhang_desk::entry::{Event, Id, Outcome, Upload};
use mingzhang_desk::state::{Batch, Desk, File};
use mingzhang_model::rule::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::unpack::uploads;
use crate::messages::Lang;
use crate::serve::call::Call;
use crate::serve::layout::{crumbs, moment, post_button, token};
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};

/// The batches that an account sees.
#[derive(Serialize, JsonSchema)]
pub(super) struct Batches {
    batches: Vec<BatchRow>,
    /// The units for which the account may bring a batch, so that others of the unit see it too.
    units: Vec<UnitRow>,
}

#[derive(Serialize, JsonSchema)]
struct BatchRow {
    id: Id,
    name: String,
    by: String,
    unit: Option<String>,
    at: u64,
    progress: Progress,
}

#[derive(Serialize, JsonSchema)]
struct UnitRow {
    code: String,
    name: String,
}

/// How far a batch is.
#[derive(Clone, Copy, Default, Serialize, JsonSchema)]
struct Progress {
    files: usize,
    waiting: usize,
    passed: usize,
    failed: usize,
    undecided: usize,
    unreadable: usize,
    errors: usize,
    warnings: usize,
}

impl Progress {
    fn of(desk: &Desk, batch: &Batch) -> Progress {
        let mut progress = Progress::default();
        for file in desk.files_of(batch).filter(|file| file.corrected_by.is_none()) {
            progress.files += 1;
            match &file.outcome {
                None => progress.waiting += 1,
                Some(Outcome::Unreadable(_)) => progress.unreadable += 1,
                Some(Outcome::Checked(checkup)) => {
                    match checkup.standing.as_str() {
                        "passed" => progress.passed += 1,
                        "failed" => progress.failed += 1,
                        _ => progress.undecided += 1,
                    }
                    progress.errors += count(file, "error");
                    progress.warnings += count(file, "warning");
                }
            }
        }
        progress
    }
}

/// How many findings of a severity are neither dismissed nor put right.
fn count(file: &File, severity: &str) -> usize {
    use mingzhang_desk::entry::Mark;
    let Some(Outcome::Checked(checkup)) = &file.outcome else { return 0 };
    let stands =
        |fingerprint: &String| file.marks.get(fingerprint).is_none_or(|marking| marking.mark == Mark::Confirmed);
    checkup.told.iter().filter(|told| told.severity == severity && stands(&told.fingerprint)).count()
}

pub(super) fn list(call: &Call<'_>) -> Result<Reply, Problem> {
    let (desk, books) = (call.house.desk(), call.house.books());
    let seen = desk.batches().rev().filter(|batch| call.who.sees(batch, &desk, &books));
    let row = |batch: &Batch| BatchRow {
        id: batch.id,
        name: batch.name.clone(),
        by: batch.by.to_string(),
        unit: batch.unit.as_ref().map(ToString::to_string),
        at: batch.at,
        progress: Progress::of(&desk, batch),
    };
    let units = books.units().filter(|unit| call.who.belongs_to(&unit.code, &books));
    Reply::view(Batches {
        batches: seen.map(row).collect(),
        units: units.map(|unit| UnitRow { code: unit.code.to_string(), name: unit.name.clone() }).collect(),
    })
}

impl View for Batches {
    fn title(&self, call: &Call<'_>) -> String {
        call.lang.of("检查", "Check").to_owned()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        html! {
            h1 { (lang.of("检查公开文件", "Check disclosures")) }
            form.stack.wide method="post" action="/checks" enctype="multipart/form-data" {
                (token(call))
                div.row {
                    div.field {
                        label for="name" { (lang.of("批次名称（可不填）", "Name of the batch (optional)")) }
                        input #name name="name" maxlength="200";
                    }
                    @if !self.units.is_empty() {
                        div.field {
                            label for="unit" { (lang.of("谁能看到", "Who sees it")) }
                            select #unit name="unit" {
                                option value="" { (lang.of("只有我", "Only I")) }
                                @for unit in &self.units { option value=(unit.code) { (unit.code) " " (unit.name) } }
                            }
                        }
                    }
                }
                (drop(lang))
                div.actions { button.primary { (lang.of("上传并检查", "Upload and check")) } }
            }
            h2 { (lang.of("批次", "Batches")) }
            @if self.batches.is_empty() {
                p.muted { (lang.of("还没有批次。选择文件后点“上传并检查”。", "No batch yet. Choose files and upload them.")) }
            } @else {
                (self.table(lang))
            }
        }
    }
}

impl Batches {
    fn table(&self, lang: Lang) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(lang.of("批次", "Batches")) { table {
                thead { tr {
                    th scope="col" { (lang.of("批次", "Batch")) }
                    th scope="col" { (lang.of("时间", "When")) }
                    th scope="col" { (lang.of("上传人", "By")) }
                    th scope="col" { (lang.of("结果", "Result")) }
                    th.n scope="col" { (lang.of("错误", "Errors")) }
                    th.n scope="col" { (lang.of("警告", "Warnings")) }
                } }
                tbody { @for row in &self.batches { tr {
                    th scope="row" {
                        a href=(format!("/checks/{}", row.id)) { (row.name) }
                        @if let Some(unit) = &row.unit { " " span.muted { (unit) } }
                    }
                    td { (moment(row.at)) }
                    td { (row.by) }
                    td { (standings(lang, row.progress)) }
                    td.n { (row.progress.errors) }
                    td.n { (row.progress.warnings) }
                } } }
            } }
        }
    }
}

fn standings(lang: Lang, progress: Progress) -> Markup {
    let parts = [
        ("waiting", progress.waiting),
        ("failed", progress.failed),
        ("undecided", progress.undecided),
        ("unreadable", progress.unreadable),
        ("passed", progress.passed),
    ];
    html! {
        @for (word, many) in parts {
            @if many > 0 { span class=(format!("chip {word}")) { (standing(lang, word)) " " (many) } " " }
        }
    }
}

/// How a document came out, in words.
pub(super) fn standing(lang: Lang, word: &str) -> &'static str {
    match word {
        "waiting" => lang.of("等待检查", "waiting"),
        "passed" => lang.of("通过", "passed"),
        "failed" => lang.of("不通过", "failed"),
        "undecided" => lang.of("无法判断", "undecided"),
        _ => lang.of("无法读取", "unreadable"),
    }
}

fn drop(lang: Lang) -> Markup {
    html! {
        div.drop {
            label for="files" { (lang.of("把文件拖到这里，或选择文件", "Drop files here, or choose them")) }
            input #files type="file" name="files" multiple required;
            small { (lang.of(
                "PDF、Word、WPS、网页、电子表格、文本，或它们的 zip 压缩包；一次一份到几百份。",
                "PDF, Word, WPS, web pages, workbooks, text, or zip archives of them; one or hundreds at a time.",
            )) }
        }
    }
}

/// What comes with the files of a new batch.
#[derive(Deserialize, JsonSchema)]
pub(super) struct NewBatch {
    /// Its name; the name of the first file where nothing is said.
    #[serde(default)]
    name: String,
    /// The code of the unit whose persons see it too.
    #[serde(default)]
    unit: String,
}

pub(super) fn open(call: &Call<'_>) -> Result<Reply, Problem> {
    let NewBatch { name, unit } = call.input()?;
    let unit = match unit.as_str() {
        "" => None,
        code => {
            let books = call.house.books();
            let unit = UnitCode::new(code).ok().filter(|unit| call.who.belongs_to(unit, &books));
            Some(unit.ok_or_else(Problem::not_theirs)?)
        }
    };
    let files = uploads(call)?;
    let name = match (name.trim(), files.first()) {
        ("", Some(first)) if files.len() == 1 => first.name.clone(),
        ("", _) => format!("{}（{}）", moment(call.now), files.len()),
        (name, _) => name.to_owned(),
    };
    let events = call.record(|desk| desk.open_batch(&name, unit, files))?;
    call.house.queue.call();
    let batch = events.iter().find_map(|event| match event {
        Event::BatchOpened { batch, .. } => Some(*batch),
        _ => None,
    });
    let to = batch.map_or_else(|| "/checks".to_owned(), |batch| format!("/checks/{batch}"));
    Reply::go(to, call.lang.of("文件已收到，正在检查", "The files have come and are being checked"))
}

/// What comes with more files.
#[derive(Deserialize, JsonSchema)]
pub(super) struct More {}

pub(super) fn extend(call: &Call<'_>) -> Result<Reply, Problem> {
    let (batch, files) = (call.id("batch")?, uploads(call)?);
    call.record(|desk| desk.extend_batch(batch, files))?;
    call.house.queue.call();
    Reply::go(
        format!("/checks/{batch}"),
        call.lang.of("文件已收到，正在检查", "The files have come and are being checked"),
    )
}

pub(super) fn correct(call: &Call<'_>) -> Result<Reply, Problem> {
    let (batch, file) = (call.id("batch")?, call.id("file")?);
    let [brought] = call.files() else {
        return Err(Problem::bad("请选择一个文件作为更正稿", "Please choose one file as the corrected version"));
    };
    let (name, sha256, size) = (brought.name.clone(), brought.sha256.clone(), brought.size);
    let corrected = Upload { name, sha256, size, corrects: Some(file) };
    let events = call.record(|desk| desk.extend_batch(batch, vec![corrected]))?;
    call.house.queue.call();
    let first = events.iter().find_map(|event| match event {
        Event::BatchExtended { first, .. } => Some(*first),
        _ => None,
    });
    let to = first.map_or_else(|| format!("/checks/{batch}"), |file| format!("/checks/{batch}/files/{file}/compare"));
    Reply::go(to, call.lang.of("更正稿已收到", "The corrected version has come"))
}

/// Which files of a batch are asked for.
#[derive(Default, Deserialize, JsonSchema)]
pub(super) struct Shown {
    /// passed, failed, undecided, unreadable or waiting; all where nothing is said.
    #[serde(default)]
    standing: String,
}

/// A batch.
#[derive(Serialize, JsonSchema)]
pub(super) struct BatchPage {
    id: Id,
    name: String,
    by: String,
    at: u64,
    progress: Progress,
    /// Files by body, in the order of the names; files whose body is not known come last.
    bodies: Vec<Body>,
    /// True while a link shows the batch to whoever has it.
    shared: bool,
    /// Where its pages are: one's own, or below the link.
    #[serde(skip)]
    base: String,
    #[serde(skip)]
    is_own: bool,
    #[serde(skip)]
    standing: String,
}

#[derive(Serialize, JsonSchema)]
struct Body {
    /// As the documents say it; none where they do not.
    name: Option<String>,
    files: Vec<FileRow>,
}

#[derive(Serialize, JsonSchema)]
struct FileRow {
    id: Id,
    name: String,
    year: Option<u16>,
    /// budget or accounts.
    kind: Option<String>,
    pages: u32,
    /// waiting, passed, failed, undecided, unreadable.
    standing: String,
    /// Why it could not be read.
    why: Option<String>,
    errors: usize,
    warnings: usize,
    notes: usize,
    hints: usize,
    /// How many findings were marked.
    marked: usize,
    /// The file that it corrects.
    corrects: Option<Id>,
    /// True where readers may see it.
    open: bool,
}

impl FileRow {
    fn of(desk: &Desk, file: &File) -> FileRow {
        let checkup = match &file.outcome {
            Some(Outcome::Checked(checkup)) => Some(checkup),
            _ => None,
        };
        let (standing, why) = match &file.outcome {
            None => ("waiting".to_owned(), None),
            Some(Outcome::Checked(checkup)) => (checkup.standing.clone(), None),
            Some(Outcome::Unreadable(why)) => ("unreadable".to_owned(), Some(why.clone())),
        };
        let [errors, warnings, notes, hints] = Severity::ALL.map(|severity| count(file, severity.word()));
        FileRow {
            id: file.id,
            name: file.upload.name.clone(),
            year: checkup.and_then(|checkup| checkup.year),
            kind: checkup.and_then(|checkup| checkup.kind.clone()),
            pages: checkup.map_or(0, |checkup| checkup.pages),
            standing,
            why,
            errors,
            warnings,
            notes,
            hints,
            marked: file.marks.len(),
            corrects: file.upload.corrects,
            open: desk.is_open(&file.upload.sha256),
        }
    }
}

/// The page of a batch, at its own address or below a link.
pub(super) fn page(call: &Call<'_>, batch: Id, base: String, is_own: bool) -> Result<BatchPage, Problem> {
    let Shown { standing } = call.asked()?;
    let desk = call.house.desk();
    let batch = desk.batch(batch).ok_or_else(Problem::missing)?;
    let mut bodies: BTreeMap<(bool, Option<String>), Vec<FileRow>> = BTreeMap::new();
    for file in desk.files_of(batch).filter(|file| file.corrected_by.is_none()) {
        let body = match &file.outcome {
            Some(Outcome::Checked(checkup)) => checkup.body.clone(),
            _ => None,
        };
        let row = FileRow::of(&desk, file);
        if standing.is_empty() || standing == row.standing {
            bodies.entry((body.is_none(), body)).or_default().push(row);
        }
    }
    let bodies = bodies.into_iter().map(|((_, name), files)| Body { name, files }).collect();
    Ok(BatchPage {
        id: batch.id,
        name: batch.name.clone(),
        by: batch.by.to_string(),
        at: batch.at,
        progress: Progress::of(&desk, batch),
        bodies,
        shared: batch.share.as_ref().is_some_and(|(_, until)| call.now < *until),
        base,
        is_own,
        standing,
    })
}

pub(super) fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let batch = call.id("batch")?;
    Reply::view(page(call, batch, format!("/checks/{batch}"), true)?)
}

impl View for BatchPage {
    fn title(&self, _: &Call<'_>) -> String {
        self.name.clone()
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let done = self.progress.files - self.progress.waiting;
        html! {
            @if self.is_own { (crumbs(lang, &[("/checks", lang.of("检查", "Check")), ("", &self.name)])) }
            h1 { (self.name) }
            p.muted { (self.by) " · " (moment(self.at)) " · " (self.progress.files) (lang.of(" 个文件", " files")) }
            @if self.progress.waiting > 0 {
                div data-refresh="2" role="status" {
                    label for="progress" { (lang.of("已检查 ", "Checked ")) (done) " / " (self.progress.files) }
                    progress #progress max=(self.progress.files) value=(done) {}
                    p.muted { a href=(self.base) { (lang.of("刷新", "Look again")) } }
                }
            }
            (self.filters(lang))
            (self.files(lang))
            div.actions {
                @if self.progress.files > 1 {
                    a.button href=(format!("{}/together", self.base)) {
                        (lang.of("互相核对", "Hold against each other"))
                    }
                }
                a.button href=(format!("{}/checklist.xlsx", self.base)) {
                    (lang.of("导出检查表（xlsx）", "Export the checklist (xlsx)"))
                }
                @if self.is_own {
                    (post_button(call, &format!("{}/share", self.base), lang.of("生成分享链接", "Make a link to share"), ""))
                    @if self.shared {
                        (post_button(call, &format!("{}/unshare", self.base), lang.of("停止分享", "Stop sharing"), ""))
                    }
                }
            }
            @if self.is_own {
                details {
                    summary { (lang.of("加入更多文件", "Bring more files")) }
                    form.stack method="post" action=(format!("{}/files", self.base)) enctype="multipart/form-data" {
                        (token(call))
                        (drop(lang))
                        div.actions { button { (lang.of("上传并检查", "Upload and check")) } }
                    }
                }
            }
        }
    }
}

impl BatchPage {
    fn filters(&self, lang: Lang) -> Markup {
        let progress = &self.progress;
        let all = [
            ("", lang.of("全部", "all"), progress.files),
            ("failed", standing(lang, "failed"), progress.failed),
            ("undecided", standing(lang, "undecided"), progress.undecided),
            ("unreadable", standing(lang, "unreadable"), progress.unreadable),
            ("passed", standing(lang, "passed"), progress.passed),
        ];
        html! {
            nav.filters aria-label=(lang.of("按结果筛选", "By result")) {
                @for (word, name, many) in all { @if many > 0 || word.is_empty() {
                    @let is_shown = (self.standing == word).then_some("true");
                    a href=(format!("{}?standing={word}", self.base)) aria-current=[is_shown] {
                        (name) " " (many)
                    }
                } }
            }
        }
    }

    /// The files, each body's under its name.
    fn files(&self, lang: Lang) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(lang.of("文件", "Files")) { table.bodies {
                thead { tr {
                    th scope="col" { (lang.of("文件", "File")) }
                    th scope="col" { (lang.of("年度", "Year")) }
                    th scope="col" { (lang.of("结论", "Result")) }
                    th.n scope="col" { (lang.of("错误", "Errors")) }
                    th.n scope="col" { (lang.of("警告", "Warnings")) }
                    th.n scope="col" { (lang.of("备注", "Notes")) }
                    th.n scope="col" { (lang.of("提示", "Hints")) }
                    th.n scope="col" { (lang.of("已标记", "Marked")) }
                } }
                @for body in &self.bodies { tbody {
                    tr.group {
                        th scope="rowgroup" colspan="8" {
                            (body.name.as_deref().unwrap_or(lang.of("未识别出部门名称", "Body not known")))
                        }
                    }
                    @for row in &body.files { tr { (self.file(lang, row)) } }
                } }
            } }
        }
    }

    fn file(&self, lang: Lang, row: &FileRow) -> Markup {
        let at = format!("{}/files/{}", self.base, row.id);
        let kind = row
            .kind
            .as_deref()
            .map(|kind| if kind == "budget" { lang.of("预算", "budget") } else { lang.of("决算", "accounts") });
        html! {
            th scope="row" {
                @if row.standing == "unreadable" || row.standing == "waiting" { (row.name) } @else {
                    a href=(at) { (row.name) }
                }
                @if row.corrects.is_some() {
                    " "
                    @if self.is_own { a href=(format!("{at}/compare")) { (lang.of("更正稿", "corrected")) } } @else {
                        span.muted { (lang.of("更正稿", "corrected")) }
                    }
                }
                @if row.open { " " span.chip.passed { (lang.of("已公开", "open")) } }
                @if let Some(why) = &row.why { br; small { (why) } }
            }
            td { @if let Some(year) = row.year { (year) } " " @if let Some(kind) = kind { (kind) } }
            td { span class=(format!("chip {}", row.standing)) { (standing(lang, &row.standing)) } }
            @for many in [row.errors, row.warnings, row.notes, row.hints, row.marked] { td.n { (many) } }
        }
    }
}
