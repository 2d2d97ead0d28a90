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
        Message::Nothing => "账簿里还没有单位".into(),
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
        Message::Nothing => "there is no unit in the books yet".into(),
    }
}
