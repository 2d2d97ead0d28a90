//! One row for each finding, for spreadsheets: UTF-8 with the mark that Excel needs to know it, and no cell
//! that a spreadsheet would take for a formula.

use std::io::{self, Write};

use mingzhang_model::finding::Finding;

use super::{Closing, Extent, Reporter, basis_words, in_order_of_place, rule_title};
use crate::csv::{harmless, record};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::Standing;

/// Tells Excel that the bytes are UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const HEADS_ZH: [&str; 21] = [
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
const HEADS_EN: [&str; 21] = [
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

/// Prints one row for each finding.
pub(crate) struct Csv {
    pub(crate) lang: Lang,
    pub(crate) extent: Extent,
}

impl Reporter for Csv {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        record(
            out,
            match self.lang {
                Lang::Zh => HEADS_ZH,
                Lang::En => HEADS_EN,
            },
        )
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        let checkup = match &checked.result {
            Ok(checkup) => checkup,
            Err(failure) => {
                let mut row = [const { String::new() }; 21];
                row[0] = harmless(&checked.path);
                row[7] = self.lang.say(&Message::CannotRead(failure));
                return record(out, row);
            }
        };
        for finding in in_order_of_place(checkup) {
            record(out, self.row(&checked.path, checkup, finding, String::new()))?;
        }
        for aside in checkup.set_aside.iter().filter(|_| self.extent == Extent::All) {
            let why = self.lang.say(&Message::WhyAside(&aside.why));
            record(out, self.row(&checked.path, checkup, &aside.finding, why))?;
        }
        Ok(())
    }

    fn end(&mut self, _out: &mut dyn Write, _closing: &Closing<'_>) -> io::Result<()> {
        Ok(())
    }
}

impl Csv {
    fn row(&self, path: &str, checkup: &Checkup, finding: &Finding, aside: String) -> [String; 21] {
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (location, disclosure) = (&finding.location, &checkup.disclosure);
        let row = [
            path.to_owned(),
            text(&disclosure.body),
            disclosure.year.map(|year| year.to_string()).unwrap_or_default(),
            disclosure.kind.map(|kind| self.lang.say(&Message::Kind(kind))).unwrap_or_default(),
            finding.rule.clone(),
            match self.lang {
                Lang::Zh => rule_title(&finding.rule).to_owned(),
                Lang::En => finding.name.clone(),
            },
            match self.lang {
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
        ];
        row.map(|field| harmless(&field))
    }
}
