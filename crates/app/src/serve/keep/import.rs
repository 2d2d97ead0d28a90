//! Files of several tables: templates out, workbooks in, with a look at what they would change before anything does.
//!
//! Rows for which the sender alone answers are carried out as one request. Rows that several persons sign become
//! proposals, a sheet each, and wait; the persons that a file names for them are passed over.

use std::collections::BTreeSet;

use maud::{Markup, html};
use mingzhang_books::import::{Layout, read, tables};
use mingzhang_books::names::UnitCode;
use mingzhang_desk::entry::{Proposal, Upload};
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets::write_xlsx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::place::{name_of, unit_path};
use super::signing;
use super::tables::{is_kept, summary};
use super::trial::{Fault, Fence, Trial, trial};
use super::typed::{MOST_ROWS, Typed};
use crate::books::exchange::template_pages;
use crate::serve::call::Call;
use crate::serve::layout::{crumbs, token};
use crate::serve::problem::Problem;
use crate::serve::reply::{Reply, View};
use crate::serve::route::XLSX;

/// Under this word files are laid down that were brought to be imported.
const IMPORT: &str = "import";

/// For which year.
#[derive(Deserialize, JsonSchema, Default)]
pub(super) struct Asked {
    /// The year that proposals are for where a sheet says none; this year's first.
    #[serde(default)]
    year: Option<u16>,
}

/// The page for bringing files.
#[derive(Serialize, JsonSchema)]
pub(super) struct ImportPage {
    unit: String,
    name: String,
    year: Option<u16>,
    /// The files that were looked at.
    files: Vec<FileRow>,
    /// What their rows would do; none before files came.
    trial: Option<Trial>,
    /// The sheets that would wait for signatures: title and number of rows.
    waiting: Vec<(String, usize)>,
}

/// A file that was brought.
#[derive(Serialize, JsonSchema)]
struct FileRow {
    name: String,
    sha256: String,
}

pub(super) fn page(call: &Call<'_>) -> Result<Reply, Problem> {
    let (unit, Asked { year }) = (call.unit()?, call.asked()?);
    let name = name_of(&call.house.books(), &unit);
    let (files, waiting) = Default::default();
    Reply::view(ImportPage { unit: unit.to_string(), name, year, files, trial: None, waiting })
}

/// The templates of every table, in one workbook.
pub(super) fn template(call: &Call<'_>) -> Result<Reply, Problem> {
    let unit = call.unit()?;
    let chosen: Vec<_> = tables().iter().filter(|table| is_kept(table)).collect();
    let bytes = write_xlsx(&template_pages(&chosen)).map_err(|refusal| Problem::internal(refusal.to_string()))?;
    Reply::save(format!("明账导入模板-{unit}.xlsx"), XLSX, bytes)
}

/// What is wanted of files.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Brought {
    /// preview or post.
    #[serde(default)]
    step: super::tables::Step,
    #[serde(default)]
    year: Option<u16>,
    /// Files that were looked at before, by their hashes.
    #[serde(default)]
    known: Vec<String>,
}

pub(super) fn bring(call: &Call<'_>) -> Result<Reply, Problem> {
    let (unit, Brought { step, year, known }) = (call.unit()?, call.input()?);
    let books = call.house.books();
    let name = name_of(&books, &unit);
    let uploads = uploads(call, &unit, known)?;
    let (mut sheets, mut notes) = (Vec::new(), Vec::new());
    let mut faults = Vec::new();
    for upload in &uploads {
        match mingzhang_sheets::read(&upload.name, &call.house.files.bytes(&upload.sha256)?) {
            Ok(workbook) => {
                sheets.extend(workbook.sheets);
                notes.extend(workbook.notes);
            }
            Err(refusal) => faults.push(Fault::whole(refusal.to_string())),
        }
    }
    let parted = parted(call, sheets)?;
    let fence = Fence { unit: &unit, year: None };
    let mut found = trial(call.house, fence, &parted.plain, call.who.person()?)?;
    found.complaints.splice(0..0, faults);
    found.notes.extend(notes);
    let waiting = looked(call, (&unit, year), parted.signed, &mut found)?;
    let files = uploads.iter().map(|file| FileRow { name: file.name.clone(), sha256: file.sha256.clone() }).collect();
    let counted: Vec<(String, usize)> = waiting
        .iter()
        .map(|(_, what)| {
            let title = mingzhang_books::import::table(&what.table).map(|table| table.title.clone());
            (title.unwrap_or_default(), what.rows.len())
        })
        .collect();
    let is_nothing = found.commands.is_empty() && waiting.is_empty();
    let (commands, refused) = (found.commands.clone(), !found.is_sound());
    let page = ImportPage { unit: unit.to_string(), name, year, files, trial: Some(found), waiting: counted };
    if refused {
        return Reply::refused(page);
    }
    if step != super::tables::Step::Post || is_nothing {
        return Reply::view(page);
    }
    if !commands.is_empty() {
        call.post(commands)?;
    }
    let proposed = waiting.len();
    if proposed > 0 {
        call.record(|desk| desk.propose_all(waiting))?;
    }
    let to = if proposed > 0 { format!("{}/todo", unit_path(&unit)) } else { "/units".to_owned() };
    Reply::go(to, call.lang.of("已导入", "Imported"))
}

/// The most files of one import.
const MOST_FILES: usize = 50;

/// The files that came with the request, and those that were looked at before. What is looked at is laid down, so
/// that a hash leads to nothing that was not brought to this unit.
fn uploads(call: &Call<'_>, unit: &UnitCode, known: Vec<String>) -> Result<Vec<Upload>, Problem> {
    let mut uploads = Vec::new();
    // A file that is named twice is read once.
    let known: BTreeSet<String> = known.into_iter().collect();
    if known.len() + call.files().len() > MOST_FILES {
        return Err(Problem::bad(
            format!("一次最多导入 {MOST_FILES} 个文件，请分几次导入"),
            format!("At most {MOST_FILES} files at a time; please bring them in parts"),
        ));
    }
    for hash in known {
        let desk = call.house.desk();
        let mut filed = desk.filed(unit, 0).filter(|filed| filed.publication == IMPORT);
        let filed = filed.find(|filed| filed.file.sha256 == hash).ok_or_else(Problem::not_theirs)?;
        uploads.push(filed.file.clone());
    }
    for brought in call.files() {
        let (name, sha256, size) = (brought.name.clone(), brought.sha256.clone(), brought.size);
        let upload = Upload { name, sha256, size, corrects: None };
        call.record(|desk| desk.file_disclosure(unit.clone(), 0, IMPORT, upload.clone()))?;
        uploads.push(upload);
    }
    if uploads.is_empty() {
        return Err(Problem::bad("请选择要导入的文件", "Please choose the files to import"));
    }
    Ok(uploads)
}

/// Sheets of rows for which the sender alone answers, and those that several sign.
struct Parted {
    plain: Vec<Sheet>,
    signed: Vec<(Layout, Sheet)>,
}

fn parted(call: &Call<'_>, sheets: Vec<Sheet>) -> Result<Parted, Problem> {
    let books = call.house.books();
    let mut parted = Parted { plain: Vec::new(), signed: Vec::new() };
    for sheet in sheets {
        let layout = read(std::slice::from_ref(&sheet), &books).layouts.pop();
        match layout.filter(|layout| layout.table.hands().next().is_some()) {
            Some(layout) => parted.signed.push((layout, sheet)),
            None => parted.plain.push(sheet),
        }
    }
    Ok(parted)
}

/// The sheets that several sign as proposals, each tried; what is wrong is added to what was found.
fn looked(
    call: &Call<'_>,
    (unit, year): (&UnitCode, Option<u16>),
    sheets: Vec<(Layout, Sheet)>,
    found: &mut Trial,
) -> Result<Vec<(String, Proposal)>, Problem> {
    let mut proposals = Vec::new();
    for (layout, sheet) in sheets {
        let words = |row: &Vec<Cell>| row.iter().map(Cell::words).collect::<Vec<String>>();
        let header = sheet.rows.get(layout.header).map(words).unwrap_or_default();
        let is_help = |row: &Vec<String>| row.iter().any(|cell| cell.starts_with(mingzhang_books::import::HELP_MARK));
        let rows: Vec<Vec<String>> = sheet.rows.iter().skip(layout.header + 1).map(words).collect();
        let rows: Vec<Vec<String>> =
            rows.into_iter().filter(|row| !is_help(row) && row.iter().any(|cell| !cell.is_empty())).collect();
        if rows.is_empty() {
            continue;
        }
        if rows.len() > MOST_ROWS {
            let message = format!("要多人签字的表一次最多 {MOST_ROWS} 行，这里有 {} 行，请分几次导入", rows.len());
            found.complaints.push(Fault { sheet: sheet.name, row: 0, column: String::new(), message });
            continue;
        }
        let typed = Typed { header, rows };
        let at = layout.place(mingzhang_books::import::Is::Year);
        let stated = at.and_then(|at| typed.rows.first()?.get(at)?.trim().parse().ok());
        let Some(year) = stated.or(year) else {
            found.complaints.push(Fault {
                sheet: sheet.name,
                row: 0,
                column: "年度".to_owned(),
                message: "没有年度".to_owned(),
            });
            continue;
        };
        let what = Proposal {
            unit: unit.clone(),
            year,
            table: layout.table.id.to_owned(),
            header: typed.header.clone(),
            rows: typed.rows.clone(),
        };
        let first = layout.table.hands().min_by_key(|(hand, _)| *hand).map(|(_, column)| column.title.clone());
        let Some(first) = first else { continue };
        let signed = [(first.clone(), call.who.person()?.clone())];
        let looked = signing::look(call.house, &what, &signed)?;
        found.complaints.extend(looked.trial.complaints);
        found.further += looked.trial.further;
        found.changes.extend(looked.trial.changes);
        if !looked.trial.commands.is_empty() {
            proposals.push((first, what));
        }
    }
    Ok(proposals)
}

impl View for ImportPage {
    fn title(&self, call: &Call<'_>) -> String {
        format!("{} {}", call.lang.of("导入", "Import"), self.name)
    }

    fn html(&self, call: &Call<'_>) -> Markup {
        let lang = call.lang;
        let path = UnitCode::new(&self.unit).map(|unit| unit_path(&unit)).unwrap_or_default();
        html! {
            (crumbs(lang, &[("/units", lang.of("记账", "Keep")), ("", &View::title(self, call))]))
            h1 { (lang.of("从文件导入", "Import files")) }
            p.lead { (lang.of(
                "XLSX、ODS、XLS 或 CSV，一个文件可有多张工作表。先看会改变什么，再决定是否导入；有一处错误则全部不导入。",
                "XLSX, ODS, XLS or CSV. First see what would change; one mistake, and nothing is imported.",
            )) }
            p {
                a href=(format!("{path}/templates.xlsx")) { (lang.of("下载导入模板（XLSX）", "Download the templates (XLSX)")) }
            }
            @if let Some(trial) = &self.trial { (self.outcome(call, trial, &path)) }
            form.stack method="post" action=(format!("{path}/import")) enctype="multipart/form-data" {
                (token(call))
                input type="hidden" name="step" value="preview";
                @if let Some(year) = self.year { input type="hidden" name="year" value=(year); }
                div.drop {
                    label for="files" { (lang.of("选择文件，或拖到这里", "Choose files, or drop them here")) }
                    input #files type="file" name="files" multiple required accept=".xlsx,.xls,.ods,.csv,.tsv";
                }
                div.actions { button.primary { (lang.of("先看结果", "See what would change")) } }
            }
        }
    }
}

impl ImportPage {
    fn outcome(&self, call: &Call<'_>, trial: &Trial, path: &str) -> Markup {
        let lang = call.lang;
        let is_nothing = trial.commands.is_empty() && self.waiting.is_empty();
        html! {
            section.card {
                h2 { (self.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("、")) }
                @for note in &trial.notes { p.muted { (note) } }
                @if !trial.is_sound() {
                    p.complaint role="alert" {
                        (trial.complaints.len() + trial.further)
                        (lang.of(" 处需要改正，没有导入任何内容", " things are to be put right; nothing was imported"))
                    }
                    div.scroll tabindex="0" role="region" aria-label=(lang.of("需要改正", "To be put right")) { table {
                        thead { tr {
                            th scope="col" { (lang.of("工作表", "Sheet")) }
                            th scope="col" { (lang.of("行", "Row")) }
                            th scope="col" { (lang.of("列", "Column")) }
                            th scope="col" { (lang.of("问题", "What is wrong")) }
                        } }
                        tbody { @for fault in &trial.complaints { tr {
                            td { (fault.sheet) }
                            td.n { @if fault.row > 0 { (fault.row) } }
                            td { (fault.column) }
                            td { (fault.message) }
                        } } }
                    } }
                } @else if is_nothing {
                    p.said { (lang.of("账上已有同样的内容，没有新的可导入。", "The books say all of this already.")) }
                } @else {
                    (summary(call, trial))
                    @for (title, rows) in &self.waiting {
                        p {
                            span.chip { (title) }
                            " " (rows) (lang.of(" 行将等待其他人签字", " rows will wait for others to sign"))
                        }
                    }
                    form method="post" action=(format!("{path}/import")) {
                        (token(call))
                        input type="hidden" name="step" value="post";
                        @if let Some(year) = self.year { input type="hidden" name="year" value=(year); }
                        @for file in &self.files { input type="hidden" name="known" value=(file.sha256); }
                        div.actions { button.primary { (lang.of("导入", "Import")) } }
                    }
                }
            }
        }
    }
}
