//! A finding as a row of text, for CSV and for spreadsheets.

use mingzhang_model::fact::Disclosure;
use mingzhang_model::finding::Finding;

use super::{Extent, basis_words, in_order_of_place, rule_title};
use crate::messages::{Lang, Message};
use crate::together::Together;

/// How many columns a row has.
pub(super) const COLUMNS: usize = 21;

/// The columns of the path and of the message: what a file that could not be read has.
pub(super) const PATH: usize = 0;
pub(super) const MESSAGE: usize = 7;

const HEADS_ZH: [&str; COLUMNS] = [
    "文件",
    "单位",
    "年度",
    "阶段",
    "规则",
    "规则名称",
    "级别",
    "问题",
    "页",
    "行号",
    "表格",
    "行",
    "列",
    "实为",
    "应为",
    "相差",
    "建议改为",
    "依据",
    "同因",
    "指纹",
    "不计入的原因",
];
const HEADS_EN: [&str; COLUMNS] = [
    "file",
    "body",
    "year",
    "stage",
    "rule",
    "name",
    "severity",
    "message",
    "page",
    "line",
    "table",
    "row",
    "column",
    "found",
    "expected",
    "difference",
    "suggested",
    "basis",
    "also",
    "fingerprint",
    "set aside",
];

/// The heads of the columns.
pub(super) fn heads(lang: Lang) -> [&'static str; COLUMNS] {
    match lang {
        Lang::Zh => HEADS_ZH,
        Lang::En => HEADS_EN,
    }
}

/// The rows of the findings of documents that belong together, each with the document that it stands in. What is set
/// aside is there where `extent` wants it.
pub(super) fn together(lang: Lang, together: &Together, extent: Extent) -> Vec<[String; COLUMNS]> {
    let Some(checkup) = together.checkup() else { return Vec::new() };
    let one = |finding: &Finding, aside| {
        together.of(finding).map(|member| row(lang, (&member.path, &member.disclosure), finding, aside))
    };
    let aside = checkup.set_aside.iter().filter(|_| extent == Extent::All);
    let aside = aside.filter_map(|aside| one(&aside.finding, lang.say(&Message::WhyAside(&aside.why))));
    in_order_of_place(checkup).into_iter().filter_map(|finding| one(finding, String::new())).chain(aside).collect()
}

/// The row of a finding; `aside` says why it does not count.
pub(super) fn row(
    lang: Lang,
    (path, disclosure): (&str, &Disclosure),
    finding: &Finding,
    aside: String,
) -> [String; COLUMNS] {
    let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let location = &finding.location;
    [
        path.to_owned(),
        text(&disclosure.body),
        disclosure.year.map(|year| year.to_string()).unwrap_or_default(),
        disclosure.kind.map(|kind| lang.say(&Message::Kind(kind))).unwrap_or_default(),
        finding.rule.clone(),
        match lang {
            Lang::Zh => rule_title(&finding.rule).to_owned(),
            Lang::En => finding.name.clone(),
        },
        match lang {
            Lang::Zh => finding.severity.term().to_owned(),
            Lang::En => finding.severity.word().to_owned(),
        },
        finding.message.clone(),
        number(location.place.page),
        number(location.place.line),
        text(&location.table.clone().or_else(|| location.section.clone())),
        text(&location.row),
        text(&location.column),
        text(&finding.found),
        text(&finding.expected),
        text(&finding.difference),
        finding.culprit.as_ref().map(|culprit| culprit.suggested.clone()).unwrap_or_default(),
        basis_words(&finding.basis),
        finding.also.join(" "),
        finding.fingerprint.clone(),
        aside,
    ]
}
