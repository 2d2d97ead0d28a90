//! What the program says when it writes a disclosure, in both languages.

use mingzhang_write::compose::{Lack, Missing};

use super::Lang;

/// A thing that is said about writing.
pub(crate) enum Message<'a> {
    /// The form says no sentences.
    NoNarrative(&'a str),
    /// The ending of a file's name is no format.
    UnknownFormat { path: &'a str, known: &'a str },
    /// A font could not be read.
    NoFont { path: &'a str, why: &'a str },
    /// So many things are lacking.
    Lacking(usize),
    /// One of them.
    Lack(&'a Lack),
    /// How a person's words are entered.
    HowToExplain { unit: &'a str, year: u16, place: &'a str },
    /// They are marked in the draft.
    MarkedInDraft,
    /// Nothing was written.
    NotWritten,
    /// A file was written.
    Written { path: &'a str, hash: &'a str },
}

impl Lang {
    /// A message about writing in this language.
    pub(crate) fn write(self, message: &Message<'_>) -> String {
        match self {
            Lang::Zh => zh(message),
            Lang::En => en(message),
        }
    }
}

fn zh(message: &Message<'_>) -> String {
    match message {
        Message::NoNarrative(form) => format!("表式 {form} 没有文字部分，不能生成公开文件"),
        Message::UnknownFormat { path, known } => format!("{path}：不认识这种文件，请用扩展名 {known}"),
        Message::NoFont { path, why } => format!("读不了字体 {path}：{why}"),
        Message::Lacking(count) => format!("还缺 {count} 项内容："),
        Message::Lack(Lack { what, section, context }) => {
            let what = match what {
                Missing::Words(place) => format!("说明 {place}"),
                Missing::Amount(what, year) => {
                    format!("{year} 年的数 {what}：账簿中没有这一年，请在“以前年度数”（known）中录入")
                }
                Missing::Figure(name) => format!("台账数 {name}：台账没有登记；确实没有的，请录入说明 none/台账名"),
                Missing::Field(name) => format!("台账栏目 {name} 没有填写"),
            };
            told(&what, section, context)
        }
        Message::HowToExplain { unit, year, place } => format!(
            "录入说明：mingzhang books enter explanations 单位编码={unit} 年度={year} 位置={place} 内容=… --as 经办人"
        ),
        Message::MarkedInDraft => "草稿中这些地方标为【待填：…】".into(),
        Message::NotWritten => "没有写出文件（--draft 可以先出草稿）".into(),
        Message::Written { path, hash } => format!("已写入 {path}（SHA-256 {hash}）"),
    }
}

fn en(message: &Message<'_>) -> String {
    match message {
        Message::NoNarrative(form) => format!("the form {form} has no sentences, so no disclosure can be written"),
        Message::UnknownFormat { path, known } => format!("{path}: not a format that can be written; endings: {known}"),
        Message::NoFont { path, why } => format!("cannot read the font {path}: {why}"),
        Message::Lacking(count) => format!("{count} things are lacking:"),
        Message::Lack(Lack { what, section, context }) => {
            let what = match what {
                Missing::Words(place) => format!("words for {place}"),
                Missing::Amount(what, year) => format!("an amount of {year}, {what}: enter it in the table known"),
                Missing::Figure(name) => {
                    format!("the figure {name}: its register is empty; if there was nothing, explain none/REGISTER")
                }
                Missing::Field(name) => format!("the field {name} of a register"),
            };
            told(&what, section, context)
        }
        Message::HowToExplain { unit, year, place } => format!(
            "to explain: mingzhang books enter explanations 单位编码={unit} 年度={year} 位置={place} 内容=… --as PERSON"
        ),
        Message::MarkedInDraft => "the draft marks these places 【待填：…】".into(),
        Message::NotWritten => "nothing was written (--draft writes a draft)".into(),
        Message::Written { path, hash } => format!("wrote {path} (SHA-256 {hash})"),
    }
}

/// What is lacking, the heading that it stands under, and the sentence to be completed.
fn told(what: &str, section: &str, context: &str) -> String {
    let heading = if section.is_empty() { String::new() } else { format!("  [{section}]") };
    format!("  {what}{heading}\n      …{context}…")
}
