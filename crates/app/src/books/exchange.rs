//! `books template`, `import`, `enter`, `export` and `examples`: what goes in and out as sheets.
//!
//! Whatever goes in is one request: all of it or nothing, after a preview that says what would change and
//! complains with row and column.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use mingzhang_books::command::Request;
use mingzhang_books::export;
use mingzhang_books::import::preview::{Preview, complaint, preview};
use mingzhang_books::import::{Complaints, GUIDE, Holds, Reading, Table, read, table, tables, template};
use mingzhang_books::ledger::Failure;
use mingzhang_books::names::{Person, RequestId};
use mingzhang_books::offices::{SENDER, offices};
use mingzhang_books::store::{Fault, Store};
use mingzhang_model::sheet::{Cell, Sheet};
use mingzhang_sheets::{Column, Help, Page, Style, write_csv, write_xlsx};
use sha2::{Digest, Sha256};

use super::args::{EnterArgs, ExportArgs, ImportArgs, KeepArgs, RestoreArgs, TemplateArgs};
use super::keeper::Kept;
use crate::cli::{Exit, Stop};
use crate::date;
use crate::messages::Lang;
use crate::messages::books::Message;
use crate::output::{Output, aside};

/// What may be written to: a workbook, a file of one table, lines of JSON, or a folder of tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Workbook,
    Csv,
    Lines,
    Folder,
}

impl Target {
    fn of(path: &Path) -> Target {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("xlsx") => Target::Workbook,
            Some("csv") => Target::Csv,
            Some("jsonl") => Target::Lines,
            _ => Target::Folder,
        }
    }
}

/// Runs `books template`.
pub(super) fn run_template(args: &TemplateArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut chosen: Vec<&Table> = Vec::new();
    for name in &args.tables {
        chosen.push(table_named(name, lang)?);
    }
    if chosen.is_empty() {
        chosen = tables().iter().collect();
    }
    let pages = match Target::of(&args.to) {
        Target::Workbook => template_pages(&chosen),
        _ => chosen.iter().map(|table| page(table)).collect(),
    };
    write_pages(&args.to, &pages, lang)?;
    aside(&lang.books(&Message::Written(&args.to.to_string_lossy())));
    Ok(Exit::Clean)
}

/// The pages of a workbook of templates: what to fill in, and how.
pub(crate) fn template_pages(chosen: &[&Table]) -> Vec<Page> {
    std::iter::once(guide(chosen)).chain(chosen.iter().map(|table| page(table))).collect()
}

/// The table that a person names.
fn table_named(name: &str, lang: Lang) -> Result<&'static Table, Stop> {
    table(name).ok_or_else(|| {
        let known: Vec<String> = tables().iter().map(|table| format!("{} {}", table.id, table.title)).collect();
        Stop::Said(lang.books(&Message::UnknownSheet { asked: name, known: &known.join("、") }))
    })
}

/// The first sheet of a workbook of templates: which tables there are, and in which order they are filled.
fn guide(chosen: &[&Table]) -> Page {
    let mut paragraphs = vec![
        GUIDE.to_owned(),
        "每张工作表是一种数据，用不到的留空即可。表头不要改动；表头下一行是填写提示，可以保留。".to_owned(),
        "金额以元为单位，最多两位小数；日期写作 2024-03-05；不要使用公式，不要加合计行。".to_owned(),
        "导入前先看结果：mingzhang books import 文件 --as 姓名 --preview。有一处错误则全部不导入。".to_owned(),
    ];
    paragraphs.extend(chosen.iter().map(|table| format!("{}（{}）：{}", table.title, table.id, table.row)));
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    Page::guide(GUIDE, &paragraphs)
}

fn page(table: &Table) -> Page {
    let template = template(table);
    let helps = template.columns.iter().enumerate().filter(|(_, column)| !column.help.is_empty());
    Page {
        head: template.head,
        columns: template.columns.iter().map(|column| looks(&column.title, &column.holds, column.choices())).collect(),
        helps: helps.map(|(at, column)| Help { row: 0, column: at, text: column.help.clone() }).collect(),
        sheet: template.sheet,
    }
}

fn looks(title: &str, holds: &Holds, choices: &[String]) -> Column {
    let style = match holds {
        Holds::Code => Style::Code,
        Holds::Money => Style::Money,
        Holds::Day => Style::Date,
        Holds::Words | Holds::Year | Holds::Count | Holds::List(_) => Style::Plain,
    };
    let width = (title.chars().count() * 2 + 4).clamp(10, 40);
    Column { width: u8::try_from(width).unwrap_or(10), style, choices: choices.to_vec() }
}

/// Runs `books import`.
pub(super) fn run_import(args: &ImportArgs, lang: Lang) -> Result<Exit, Stop> {
    let by = person(&args.by, lang)?;
    let (mut sheets, mut digest) = (Vec::new(), Sha256::new());
    for path in files(&args.paths, lang)? {
        let bytes = fs::read(&path).map_err(|error| cannot_read(&path, &error, lang))?;
        digest.update(&bytes);
        let workbook =
            mingzhang_sheets::read(&name_of(&path), &bytes).map_err(|refusal| Stop::Said(refusal.to_string()))?;
        workbook.notes.iter().for_each(|note| aside(note));
        sheets.extend(workbook.sheets);
    }
    let mut ledger = args.keep.open_or_begin(lang)?;
    // What is in the books already is left out by the preview, so the same file may be meant again.
    digest.update(ledger.books().count().to_be_bytes());
    let id = request_id("import", digest);
    bring_in(&mut ledger, &sheets, (by, id), Wish::of(args.preview), lang)
}

/// Runs `books enter`: one row of a table, as words on the command line.
pub(super) fn run_enter(args: &EnterArgs, lang: Lang) -> Result<Exit, Stop> {
    let by = person(&args.by, lang)?;
    let found = table_named(&args.table, lang)?;
    let mut rows = vec![Vec::new(), Vec::new()];
    let mut digest = Sha256::new();
    for pair in &args.values {
        let Some((title, words)) = pair.split_once('=') else {
            return Err(Stop::Said(lang.books(&Message::NotAPair(pair))));
        };
        digest.update(pair.as_bytes());
        rows[0].push(Cell::Text(title.trim().to_owned()));
        rows[1].push(if words.trim().is_empty() { Cell::Empty } else { Cell::Text(words.trim().to_owned()) });
    }
    let mut ledger = args.keep.open_to_write(lang)?;
    digest.update(ledger.books().count().to_be_bytes());
    let sheet = Sheet { name: found.title.clone(), rows };
    bring_in(&mut ledger, &[sheet], (by, request_id("enter", digest)), Wish::of(args.preview), lang)
}

/// Runs `books examples`.
pub(super) fn run_examples(keep: &KeepArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut ledger = keep.open_or_begin(lang)?;
    bring_examples(&mut ledger, lang)?;
    for example in offices() {
        aside(&format!("{} {} {}", example.unit, example.year, example.name));
    }
    aside(&lang.books(&Message::ExamplesThere(ledger.books().count())));
    Ok(Exit::Clean)
}

/// Brings the books of the example offices in, as far as they are not there.
pub(crate) fn bring_examples(ledger: &mut Kept, lang: Lang) -> Result<(), Stop> {
    for example in offices() {
        let mut sheets = Vec::new();
        for file in example.files {
            let workbook = mingzhang_sheets::read(&format!("{}.csv", file.table), file.text.as_bytes());
            sheets.extend(workbook.map_err(|refusal| Stop::Said(refusal.to_string()))?.sheets);
        }
        let id = RequestId::new(&format!("example-{}", example.id)).map_err(|why| Stop::Said(why.to_string()))?;
        if ledger.books().done(&id).is_none() {
            bring_in(ledger, &sheets, (person(SENDER, lang)?, id), Wish::Silent, lang)?;
        }
    }
    Ok(())
}

/// What is wanted of sheets.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Only to know what would change.
    Preview,
    /// To be carried out, and told what changes.
    Told,
    /// To be carried out.
    Silent,
}

impl Wish {
    fn of(args_preview: bool) -> Wish {
        if args_preview { Wish::Preview } else { Wish::Told }
    }
}

/// Reads, previews, and carries out unless only a preview is wanted.
fn bring_in(
    ledger: &mut Kept,
    sheets: &[Sheet],
    (by, id): (Person, RequestId),
    wish: Wish,
    lang: Lang,
) -> Result<Exit, Stop> {
    let failed = |failure: &Failure| Stop::Said(failure.to_string());
    let reading = read(sheets, ledger.books());
    reading.notes.iter().for_each(|note| aside(note));
    let previewed = preview(ledger, &reading, &by).map_err(|failure| failed(&failure))?;
    let complaints = if reading.complaints.is_empty() { &previewed.complaints } else { &reading.complaints };
    if !complaints.is_empty() {
        return Err(Stop::Said(complained(complaints, lang)));
    }
    if wish != Wish::Silent {
        print(&summary(&previewed, lang), lang)?;
    }
    if wish == Wish::Preview || previewed.commands.is_empty() {
        aside(&lang.books(if wish == Wish::Preview { &Message::OnlyPreview } else { &Message::NothingNew }));
        return Ok(Exit::Clean);
    }
    let request = Request { id, by, at: date::now(), commands: previewed.commands.clone() };
    match ledger.post(&request) {
        Ok(done) => {
            let entries = (done.last + 1).saturating_sub(done.first);
            if wish == Wish::Told {
                aside(&lang.books(&Message::Imported { entries, last: done.last }));
            }
            Ok(Exit::Clean)
        }
        // Somebody else wrote between the preview and now.
        Err(Failure::Refused { command, refusal }) => {
            Err(Stop::Said(told(&reading, &previewed, command, &refusal, lang)))
        }
        Err(failure) => Err(failed(&failure)),
    }
}

fn told(
    reading: &Reading,
    preview: &Preview,
    command: usize,
    refusal: &mingzhang_books::refusal::Refusal,
    lang: Lang,
) -> String {
    format!("{}\n{}", complaint(reading, preview, command, refusal), lang.books(&Message::NothingWritten))
}

fn complained(complaints: &Complaints, lang: Lang) -> String {
    let mut lines: Vec<String> = complaints.told().iter().map(ToString::to_string).collect();
    if complaints.further() > 0 {
        lines.push(lang.books(&Message::FurtherComplaints(complaints.further())));
    }
    lines.push(lang.books(&Message::NothingWritten));
    lines.join("\n")
}

fn summary(preview: &Preview, lang: Lang) -> Vec<String> {
    let changes = preview.tables.iter().map(|table| {
        lang.books(&Message::TableChange {
            title: &table.title,
            new: table.new,
            changed: table.changed,
            unchanged: table.unchanged,
        })
    });
    changes.chain(preview.budgets.iter().map(|budget| budget.words())).collect()
}

/// Runs `books export`.
pub(super) fn run_export(args: &ExportArgs, lang: Lang) -> Result<Exit, Stop> {
    let mut ledger = args.keep.open(lang)?;
    let failed = |failure: Failure| Stop::Said(failure.to_string());
    if Target::of(&args.to) == Target::Lines {
        let cannot_write = |error: io::Error| Stop::writing(&error, Some(&args.to), lang);
        let mut output = Output::open(Some(&args.to)).map_err(cannot_write)?;
        let mut written = Ok(());
        let each = |line: &str| {
            if written.is_ok() {
                written = writeln!(output.writer(), "{line}");
            }
        };
        export::lines::lines(&mut ledger, each).map_err(failed)?;
        written.and_then(|()| output.finish()).map_err(cannot_write)?;
    } else {
        let sheets = export::sheets(&mut ledger).map_err(failed)?;
        let pages: Vec<Page> = sheets.into_iter().map(exported).collect();
        write_pages(&args.to, &pages, lang)?;
    }
    aside(&lang.books(&Message::Written(&args.to.to_string_lossy())));
    Ok(Exit::Clean)
}

/// How many records are appended in one turn of the store.
const PAGE: usize = 20_000;

/// Runs `books restore`: the journal from its lines, record for record, into books that are empty.
pub(super) fn run_restore(args: &RestoreArgs, lang: Lang) -> Result<Exit, Stop> {
    let text = fs::read_to_string(&args.from).map_err(|error| cannot_read(&args.from, &error, lang))?;
    let mut records = Vec::new();
    let verified = export::lines::verify_lines(text.lines(), |record, _| records.push(record));
    let verified = verified.map_err(|fault| Stop::Said(format!("{}: {fault}", args.from.to_string_lossy())))?;
    let mut ledger = args.keep.open_or_begin(lang)?;
    if ledger.books().count() > 0 {
        return Err(Stop::Said(lang.books(&Message::NotEmpty(ledger.books().count()))));
    }
    let failed = |fault: Fault| Stop::Said(fault.to_string());
    let mut turn = ledger.store().turn().map_err(failed)?;
    for page in records.chunks(PAGE) {
        turn.append(page).map_err(failed)?;
    }
    turn.commit().map_err(failed)?;
    let (entries, hash) = (verified.count, verified.hash.to_string());
    aside(&lang.books(&Message::Verified { entries, hash: &hash }));
    Ok(Exit::Clean)
}

/// A sheet of the export with the looks of its template.
fn exported(sheet: Sheet) -> Page {
    let columns = table(&sheet.name)
        .map_or_else(Vec::new, |table| table.shown().map(|column| looks(&column.title, &column.holds, &[])).collect());
    Page { sheet, head: 1, columns, helps: Vec::new() }
}

/// Writes pages to a workbook, to one csv file, or to a folder of csv files.
fn write_pages(to: &Path, pages: &[Page], lang: Lang) -> Result<(), Stop> {
    let refused = |refusal: mingzhang_sheets::Refusal| Stop::Said(refusal.to_string());
    match (Target::of(to), pages) {
        (Target::Workbook, pages) => write(to, &write_xlsx(pages).map_err(refused)?, lang),
        (Target::Csv, [page]) => write(to, &write_csv(&page.sheet).map_err(refused)?, lang),
        (Target::Csv | Target::Lines, _) => Err(Stop::Said(lang.books(&Message::OneTable))),
        (Target::Folder, pages) => {
            fs::create_dir_all(to).map_err(|error| Stop::writing(&error, Some(&to.to_owned()), lang))?;
            pages.iter().try_for_each(|page| {
                let path = to.join(format!("{}.csv", page.sheet.name));
                write(&path, &write_csv(&page.sheet).map_err(refused)?, lang)
            })
        }
    }
}

fn write(to: &Path, bytes: &[u8], lang: Lang) -> Result<(), Stop> {
    let to = to.to_owned();
    let written = Output::open(Some(&to)).and_then(|mut output| {
        output.writer().write_all(bytes)?;
        output.finish()
    });
    written.map_err(|error| Stop::writing(&error, Some(&to), lang))
}

/// The files that are meant, those of a folder in the order of their names.
fn files(paths: &[PathBuf], lang: Lang) -> Result<Vec<PathBuf>, Stop> {
    const KINDS: [&str; 5] = ["xlsx", "xls", "ods", "csv", "tsv"];
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let listed = fs::read_dir(path).map_err(|error| cannot_read(path, &error, lang))?;
        let mut inside: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
        inside.retain(|path| path.extension().and_then(|e| e.to_str()).is_some_and(|e| KINDS.contains(&e)));
        inside.sort();
        if inside.is_empty() {
            return Err(Stop::Said(lang.books(&Message::NoSheets(&path.to_string_lossy()))));
        }
        files.extend(inside);
    }
    Ok(files)
}

pub(super) fn cannot_read(path: &Path, error: &io::Error, lang: Lang) -> Stop {
    Stop::Said(lang.books(&Message::CannotReadFile { path: &path.to_string_lossy(), why: &error.to_string() }))
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

pub(super) fn person(name: &str, lang: Lang) -> Result<Person, Stop> {
    Person::new(name).map_err(|why| Stop::Said(lang.books(&Message::NoPerson { name, why: &why.to_string() })))
}

/// The number of a request: the same content, sent again while nothing else has happened, is the same.
pub(super) fn request_id(kind: &str, digest: Sha256) -> RequestId {
    let hash: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // Letters and digits, well below the longest name.
    RequestId::new(&format!("{kind}-{hash}")).unwrap_or_else(|_| unreachable!("a hash is a name"))
}

fn print(lines: &[String], lang: Lang) -> Result<(), Stop> {
    let cannot_write = |error: io::Error| Stop::writing(&error, None, lang);
    let mut output = Output::open(None).map_err(cannot_write)?;
    lines.iter().try_for_each(|line| writeln!(output.writer(), "{line}")).map_err(cannot_write)?;
    output.finish().map_err(cannot_write)
}
