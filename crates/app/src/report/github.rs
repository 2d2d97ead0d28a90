//! Workflow commands: a run on GitHub shows each finding at its file and line.

use std::io::{self, Write};

use mingzhang_model::rule::Severity;

use super::{Closing, Reporter, in_order_of_place, rule_title};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::Standing;
use crate::together::Together;

/// Prints one workflow command for each finding.
pub(crate) struct GitHub {
    pub(crate) lang: Lang,
}

impl Reporter for GitHub {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, _out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        let file = property(&checked.path);
        let checkup = match &checked.result {
            Ok(checkup) => checkup,
            Err(failure) => {
                let words = self.lang.say(&Message::CannotRead(failure));
                return writeln!(out, "::error file={file}::{}", data(&words));
            }
        };
        findings(out, &file, checkup)
    }

    fn bundle(&mut self, out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        match together.checkup() {
            Some(checkup) => findings(out, &property(together.body()), checkup),
            None => Ok(()),
        }
    }

    fn end(&mut self, _out: &mut dyn Write, _closing: &Closing<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// One command for each finding, at its own document where it names one.
fn findings(out: &mut dyn Write, file: &str, checkup: &Checkup) -> io::Result<()> {
    for finding in in_order_of_place(checkup) {
        let own = finding.location.document.as_deref().map(property);
        let file = own.as_deref().unwrap_or(file);
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note | Severity::Hint => "notice",
        };
        let line = finding.location.place.line.map(|line| format!(",line={line}")).unwrap_or_default();
        let title = property(&format!("{} {}", finding.rule, rule_title(&finding.rule)));
        let message = data(&format!("{}\n{}", finding.message, finding.location.words()));
        writeln!(out, "::{command} file={file}{line},title={title}::{message}")?;
    }
    Ok(())
}

/// What stands after the two colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn each_finding_is_a_command() {
        let text = sample::printed(&mut GitHub { lang: Lang::Zh }, &[sample::faulty(), sample::unreadable()]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("::warning file=a.pdf,title=TA007 支出总表行合计::档案馆一行"), "{text}");
        assert!(lines[0].ends_with("%0A第 2 页，《2025年部门支出预算总表》，“档案馆”行，“合计”列"), "{text}");
        assert!(lines[1].starts_with("::error ") && lines[2].starts_with("::notice "), "{text}");
        assert_eq!(lines[3], "::error file=b.pdf::无法读取，因为文件已加密");
    }

    #[test]
    fn nothing_ends_a_value_early() {
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(data("a::b,%\r\n"), "a::b,%25%0D%0A");
    }
}
