//! One line for each finding: `path:page:line CODE severity message`, for people who grep and for editors.
//! Page or line is left out where the format has none.

use std::io::{self, Write};

use mingzhang_model::document::Place;

use super::{Closing, Palette, Reporter, in_order_of_place, painted};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::Standing;
use crate::together::Together;

/// Prints one line for each finding.
pub(crate) struct Concise {
    /// The language of what is not a finding.
    pub(crate) lang: Lang,
    /// The colours.
    pub(crate) palette: Palette,
}

impl Reporter for Concise {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, _out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, standing: Standing) -> io::Result<()> {
        match &checked.result {
            Err(failure) => {
                let line = self.lang.say(&Message::CannotRead(failure));
                writeln!(out, "{}: {}", checked.path, painted(self.palette.error, &line))
            }
            Ok(checkup) => {
                self.findings(out, &checked.path, checkup)?;
                match standing {
                    Standing::Undecided => {
                        let line = self.lang.say(&undecided(checkup));
                        writeln!(out, "{}: {}", checked.path, painted(self.palette.warning, &line))
                    }
                    _ => Ok(()),
                }
            }
        }
    }

    fn bundle(&mut self, out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        match together.checkup() {
            Some(checkup) => self.findings(out, together.body(), checkup),
            None => Ok(()),
        }
    }

    fn end(&mut self, out: &mut dyn Write, closing: &Closing<'_>) -> io::Result<()> {
        closing_lines(out, self.lang, &self.palette, closing)
    }
}

impl Concise {
    fn findings(&self, out: &mut dyn Write, path: &str, checkup: &Checkup) -> io::Result<()> {
        for finding in in_order_of_place(checkup) {
            let style = self.palette.of_severity(finding.severity);
            let at = numbers(finding.location.place);
            let code = painted(style, &finding.rule);
            let path = finding.location.document.as_deref().unwrap_or(path);
            writeln!(out, "{path}{at} {code} {} {}", finding.severity.word(), finding.message)?;
        }
        Ok(())
    }
}

fn numbers(place: Place) -> String {
    [place.page, place.line, place.column, place.paragraph].into_iter().flatten().map(|n| format!(":{n}")).collect()
}

/// Why a document that was read is neither passed nor failed.
pub(super) fn undecided(checkup: &Checkup) -> Message<'static> {
    if checkup.tables.is_empty() { Message::NoTables } else { Message::NothingCompared }
}

/// The counts, the summary of several documents, and the verdict, which is the last line.
pub(super) fn closing_lines(
    out: &mut dyn Write,
    lang: Lang,
    palette: &Palette,
    closing: &Closing<'_>,
) -> io::Result<()> {
    for line in closing.lines(lang) {
        writeln!(out, "{line}")?;
    }
    let totals = closing.totals;
    if totals.documents() > 1 {
        writeln!(out, "{}", lang.say(&Message::Summary(totals)))?;
    }
    let standing = totals.standing();
    let verdict = lang.say(&Message::Verdict(standing, &totals.tally));
    writeln!(out, "{}", painted(palette.of_standing(standing), &verdict))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn concise() -> Concise {
        Concise { lang: Lang::Zh, palette: Palette::plain() }
    }

    #[test]
    fn one_line_each_in_the_order_of_the_pages() {
        let text = sample::printed(&mut concise(), &[sample::faulty()]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("a.pdf:2 TA007 warning 档案馆一行合计写为"), "{text}");
        assert!(lines[1].starts_with("a.pdf:5 TA007 error "), "{text}");
        assert!(lines[2].starts_with("a.pdf:9 TA007 note "), "{text}");
        assert_eq!(lines[3..], ["不通过：1 错误，1 警告，1 备注，12 通过，1 不适用"]);
    }

    #[test]
    fn an_unreadable_file_is_one_clear_line() {
        let text = sample::printed(&mut concise(), &[sample::clean(), sample::unreadable()]);
        let expected = "b.pdf: 无法读取，因为文件已加密\n共 2 份文件：1 份通过，1 份无法读取\n\
                        有文件无法读取：0 错误，0 警告，12 通过，0 不适用\n";
        assert_eq!(text, expected);
    }
}
