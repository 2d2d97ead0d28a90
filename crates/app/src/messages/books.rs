//! What the program itself says about books, in both languages. Refusals are the books' own words and pass
//! through untouched.

use super::Lang;

/// A thing that is said about books.
pub(crate) enum Message<'a> {
    /// The store could not be opened, and why.
    CannotOpen(&'a str),
    /// New books were begun at a place.
    Begun(&'a str),
    /// A unit must be named, or none has this name.
    WhichUnit { asked: Option<&'a str>, known: &'a str },
    /// The unit keeps no such year.
    WhichYear { unit: &'a str, known: &'a str },
    /// A form must be named.
    WhichForm(&'a str),
    /// There is no such form.
    UnknownForm { asked: &'a str, known: &'a str },
    /// The form has no such table.
    UnknownTable { asked: &'a str, known: &'a str },
    /// The chain was verified.
    Verified { entries: u64, hash: &'a str },
    /// The books were copied.
    Copied { entries: u64, path: &'a str },
    /// Only a file can be copied so.
    BackupNeedsFile,
    /// There is nothing in the books yet.
    Nothing,
    /// There is no such table to import or export.
    UnknownSheet { asked: &'a str, known: &'a str },
    /// Words that should be 列=值.
    NotAPair(&'a str),
    /// A file was written.
    Written(&'a str),
    /// A csv file holds one table.
    OneTable,
    /// A folder without sheets.
    NoSheets(&'a str),
    /// A file could not be read.
    CannotReadFile { path: &'a str, why: &'a str },
    /// The person's name is none.
    NoPerson { name: &'a str, why: &'a str },
    /// Nothing was written, because it was only a preview.
    OnlyPreview,
    /// The books have all of it.
    NothingNew,
    /// Nothing was written, because something is wrong.
    NothingWritten,
    /// So many complaints are not told.
    FurtherComplaints(usize),
    /// It was carried out, as so many entries, the last of this number.
    Imported { entries: u64, last: u64 },
    /// The examples are in the books, which have so many entries.
    ExamplesThere(u64),
    /// Books that should be empty have so many entries.
    NotEmpty(u64),
    /// A disclosure has moved on to a step.
    SteppedOn { step: &'a str, edition: u16, hash: &'a str },
    /// A step was refused, and why.
    NotPublished(&'a str),
    /// A file cannot be checked, and why.
    CannotBeChecked(&'a str),
    /// A file is no disclosure of this kind in a form that is known.
    NoSuchDisclosure(&'a str),
    /// A number of the books that the file does not print.
    NotOfTheBooks(&'a str),
    /// A word that is none of a list.
    NoSuchWord { asked: &'a str, known: &'a str },
    /// Rows of a table.
    TableChange { title: &'a str, new: usize, changed: usize, unchanged: usize },
}

impl Lang {
    /// A message about books in this language.
    pub(crate) fn books(self, message: &Message<'_>) -> String {
        match self {
            Lang::Zh => zh(message),
            Lang::En => en(message),
        }
    }
}

fn zh(message: &Message<'_>) -> String {
    match message {
        Message::CannotOpen(why) => format!("打不开账簿：{why}"),
        Message::Begun(place) => format!("已建立账簿 {place}"),
        Message::WhichUnit { asked: Some(asked), known } => format!("没有单位 {asked}；现有：{known}"),
        Message::WhichUnit { asked: None, known } => format!("请用 --unit 指定单位；现有：{known}"),
        Message::WhichYear { unit, known: "" } => format!("{unit} 还没有开账的年度"),
        Message::WhichYear { unit, known } => format!("请用 --year 指定年度；{unit} 已开：{known}"),
        Message::WhichForm(known) => format!("请用 --form 指定表式：{known}"),
        Message::UnknownForm { asked, known } => format!("没有表式 {asked}；现有：{known}"),
        Message::UnknownTable { asked, known } => format!("表式中没有 {asked}；现有：{known}"),
        Message::Verified { entries, hash } => format!("账簿完整：{entries} 条分录，校验值 {hash}"),
        Message::Copied { entries, path } => format!("已备份到 {path}：{entries} 条分录"),
        Message::BackupNeedsFile => "PostgreSQL 中的账簿请用 pg_dump 备份".into(),
        Message::SteppedOn { step, edition, hash } => format!("第 {edition} 版：{step}，文件 SHA-256 {hash}"),
        Message::NotPublished(why) => (*why).to_owned(),
        Message::CannotBeChecked(why) => format!("这种文件不能机检：{why}；请检查同时生成的 pdf 或 txt"),
        Message::NoSuchDisclosure(kind) => format!("文件不是已知表式的{kind}公开文件，请核对"),
        Message::NotOfTheBooks(line) => format!("与账簿不一致：账簿为 {line}"),
        Message::NoSuchWord { asked, known } => format!("没有“{asked}”；可用：{known}"),
        Message::Nothing => "账簿里还没有单位".into(),
        Message::UnknownSheet { asked, known } => format!("没有表 {asked}；可用：{known}"),
        Message::NotAPair(words) => format!("“{words}”应写作 列名=值，例如 金额=1200.50"),
        Message::Written(path) => format!("已写入 {path}"),
        Message::OneTable => "csv 只能放一张表，请只选一张，或写成 xlsx 或文件夹".into(),
        Message::NoSheets(path) => format!("文件夹 {path} 中没有 xlsx、xls、ods 或 csv 文件"),
        Message::CannotReadFile { path, why } => format!("无法读取 {path}：{why}"),
        Message::NoPerson { name, why } => format!("--as 不能是“{name}”：{why}"),
        Message::OnlyPreview => "这是预览，没有写入".into(),
        Message::NothingNew => "账簿中都已有，没有需要写入的".into(),
        Message::NothingWritten => "没有写入任何内容".into(),
        Message::FurtherComplaints(n) => format!("另有 {n} 处问题未列出"),
        Message::Imported { entries, last } => format!("已写入 {entries} 条分录，至第 {last} 条"),
        Message::ExamplesThere(entries) => {
            format!("五个示例单位已在账簿中，共 {entries} 条分录。可看：mingzhang books show")
        }
        Message::NotEmpty(entries) => {
            format!("账簿里已有 {entries} 条分录，只能恢复到空的账簿；没有写入任何内容")
        }
        Message::TableChange { title, new, changed, unchanged } => {
            format!("{title}：新增 {new} 行，变更 {changed} 行，已有 {unchanged} 行")
        }
    }
}

fn en(message: &Message<'_>) -> String {
    match message {
        Message::CannotOpen(why) => format!("cannot open the books: {why}"),
        Message::Begun(place) => format!("new books in {place}"),
        Message::WhichUnit { asked: Some(asked), known } => format!("there is no unit {asked}; there are: {known}"),
        Message::WhichUnit { asked: None, known } => format!("name a unit with --unit; there are: {known}"),
        Message::WhichYear { unit, known: "" } => format!("{unit} keeps no year yet"),
        Message::WhichYear { unit, known } => format!("name a year with --year; {unit} keeps: {known}"),
        Message::WhichForm(known) => format!("name a form with --form: {known}"),
        Message::UnknownForm { asked, known } => format!("there is no form {asked}; there are: {known}"),
        Message::UnknownTable { asked, known } => format!("the form has no table {asked}; it has: {known}"),
        Message::Verified { entries, hash } => format!("the books are whole: {entries} entries, hash {hash}"),
        Message::Copied { entries, path } => format!("copied to {path}: {entries} entries"),
        Message::BackupNeedsFile => "books in PostgreSQL are backed up with pg_dump".into(),
        Message::SteppedOn { step, edition, hash } => format!("edition {edition}: {step}, file SHA-256 {hash}"),
        Message::NotPublished(why) => (*why).to_owned(),
        Message::CannotBeChecked(why) => {
            format!("such a file cannot be checked: {why}; check the pdf or txt written with it")
        }
        Message::NoSuchDisclosure(kind) => format!("the file is no {kind} disclosure of a known form"),
        Message::NotOfTheBooks(line) => format!("not what the books say: {line}"),
        Message::NoSuchWord { asked, known } => format!("no “{asked}”; known: {known}"),
        Message::Nothing => "there is no unit in the books yet".into(),
        Message::UnknownSheet { asked, known } => format!("there is no table {asked}; there are: {known}"),
        Message::NotAPair(words) => format!("“{words}” is not COLUMN=VALUE, such as 金额=1200.50"),
        Message::Written(path) => format!("written to {path}"),
        Message::OneTable => "csv holds one table: choose one, or write xlsx or a folder".into(),
        Message::NoSheets(path) => format!("there is no xlsx, xls, ods or csv file in {path}"),
        Message::CannotReadFile { path, why } => format!("cannot read {path}: {why}"),
        Message::NoPerson { name, why } => format!("--as cannot be “{name}”: {why}"),
        Message::OnlyPreview => "this is a preview; nothing was written".into(),
        Message::NothingNew => "the books have all of it; there was nothing to write".into(),
        Message::NothingWritten => "nothing was written".into(),
        Message::FurtherComplaints(n) => format!("{n} more complaints are not shown"),
        Message::Imported { entries, last } => format!("{entries} entries written, the last is number {last}"),
        Message::ExamplesThere(entries) => {
            format!("the five example offices are in the books, {entries} entries; see: mingzhang books show")
        }
        Message::NotEmpty(entries) => {
            format!("the books have {entries} entries already; only empty books are restored; nothing was written")
        }
        Message::TableChange { title, new, changed, unchanged } => {
            format!("{title}: {new} new, {changed} changed, {unchanged} unchanged")
        }
    }
}
