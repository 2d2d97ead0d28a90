//! The report for people: each document with what it is, then its findings, the gravest first, each with
//! its place in words, both numbers and what it rests on.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;
use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Outcome, Severity};

use super::concise::{closing_lines, undecided};
use super::{Closing, Palette, Reporter, basis_words, in_order_of_place, painted};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::Standing;
use crate::together::Together;
use crate::wide;

/// How many columns a line has.
const LINE: usize = 100;

/// What stands before the lines of a finding: as much as its code takes.
const INDENT: &str = "         ";

/// How many of the places that a finding was compared with are shown at first.
const RELATED_AT_FIRST: usize = 4;

/// What is written out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Extent {
    /// Errors and warnings with the first places they were compared with; the rest is a count.
    Grave,
    /// Everything.
    All,
}

/// Prints the report for people.
pub(crate) struct Full {
    lang: Lang,
    palette: Palette,
    extent: Extent,
    documents: usize,
}

impl Reporter for Full {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, _out: &mut dyn Write, documents: usize) -> io::Result<()> {
        self.documents = documents;
        Ok(())
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, standing: Standing) -> io::Result<()> {
        writeln!(out, "{}", painted(self.palette.strong, &checked.path))?;
        match &checked.result {
            Err(failure) => {
                let line = self.lang.say(&Message::CannotRead(failure));
                writeln!(out, "  {}", painted(self.palette.error, &line))?;
            }
            Ok(checkup) => {
                self.header(out, checkup)?;
                self.findings(out, checkup)?;
                if self.extent == Extent::All {
                    self.undecided_rules(out, checkup)?;
                }
                self.verdict(out, checkup, standing)?;
            }
        }
        writeln!(out)
    }

    fn bundle(&mut self, out: &mut dyn Write, together: &Together, standing: Standing) -> io::Result<()> {
        let Some(checkup) = together.checkup() else { return Ok(()) };
        let heading = self.lang.say(&Message::Together { body: together.body(), documents: together.members.len() });
        writeln!(out, "{}", painted(self.palette.strong, &heading))?;
        for member in &together.members {
            writeln!(out, "  {}", member.path)?;
        }
        self.findings(out, checkup)?;
        // What is lacking is the next thing to look for, so it is always said.
        self.undecided_rules(out, checkup)?;
        let message = match standing {
            Standing::Undecided => Message::NothingTogether,
            _ => Message::Verdict(standing, &checkup.tally),
        };
        let line = painted(self.palette.of_standing(standing), &self.lang.say(&message));
        writeln!(out, "\n  {line}\n")
    }

    fn end(&mut self, out: &mut dyn Write, closing: &Closing<'_>) -> io::Result<()> {
        closing_lines(out, self.lang, &self.palette, closing)
    }
}

impl Full {
    /// A reporter that has printed nothing yet.
    pub(crate) fn new(lang: Lang, palette: Palette, extent: Extent) -> Full {
        Full { lang, palette, extent, documents: 0 }
    }

    fn header(&self, out: &mut dyn Write, checkup: &Checkup) -> io::Result<()> {
        let disclosure = &checkup.disclosure;
        let say = |message| self.lang.say(&message);
        let mut parts = vec![
            disclosure.body.clone().unwrap_or_else(|| say(Message::UnknownBody)),
            say(Message::Disclosure { year: disclosure.year, kind: disclosure.kind }),
        ];
        parts.extend(disclosure.form.map(|form| say(Message::Form(form))));
        parts.push(say(Message::Extent { tables: checkup.tables.len(), facts: checkup.facts }));
        parts.extend(checkup.by_words.then(|| say(Message::ByWords(checkup.coverage))));
        writeln!(out, "  {}", parts.join(" · "))?;
        self.reading_notes(out, checkup)
    }

    /// What the reader was not sure of, by kind: a person must know what was not seen.
    fn reading_notes(&self, out: &mut dyn Write, checkup: &Checkup) -> io::Result<()> {
        let mut counts = BTreeMap::new();
        for note in &checkup.notes {
            *counts.entry(note.kind).or_insert(0) += 1;
        }
        for (kind, count) in counts {
            let label = painted(self.palette.note, self.lang.labels().reading);
            writeln!(out, "  {label}  {}", self.lang.say(&Message::Reading(kind, count)))?;
        }
        Ok(())
    }

    fn findings(&self, out: &mut dyn Write, checkup: &Checkup) -> io::Result<()> {
        let findings = in_order_of_place(checkup);
        for severity in Severity::ALL {
            let these: Vec<&Finding> = findings.iter().copied().filter(|f| f.severity == severity).collect();
            if these.is_empty() || !self.shows(severity) {
                continue;
            }
            let heading = self.lang.say(&Message::Heading(severity, these.len()));
            writeln!(out, "\n{}", painted(self.palette.of_severity(severity), &heading))?;
            for finding in these {
                self.finding(out, finding)?;
            }
        }
        let (notes, hints) = (checkup.tally.notes, checkup.tally.hints);
        if notes + hints > 0 && !self.shows(Severity::Note) {
            let line = self.lang.say(&Message::Collapsed { notes, hints });
            writeln!(out, "\n  {}", painted(self.palette.faint, &line))?;
        }
        self.set_aside(out, checkup)
    }

    /// The findings that do not count, each with why.
    fn set_aside(&self, out: &mut dyn Write, checkup: &Checkup) -> io::Result<()> {
        if checkup.set_aside.is_empty() || self.extent != Extent::All {
            return Ok(());
        }
        let heading = self.lang.say(&Message::SetAside(checkup.set_aside.len()));
        writeln!(out, "\n{}", painted(self.palette.note, &heading))?;
        for aside in &checkup.set_aside {
            self.finding(out, &aside.finding)?;
            let why = self.lang.say(&Message::WhyAside(&aside.why));
            self.line(out, self.lang.labels().aside, &why)?;
        }
        Ok(())
    }

    /// The rules that could not be decided, by their reasons.
    fn undecided_rules(&self, out: &mut dyn Write, checkup: &Checkup) -> io::Result<()> {
        let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (code, outcome) in &checkup.report.outcomes {
            if let Outcome::Undecided(why) = outcome {
                reasons.entry(why).or_default().push(code);
            }
        }
        if reasons.is_empty() {
            return Ok(());
        }
        let heading = self.lang.say(&Message::UndecidedRules(checkup.tally.rules_undecided));
        writeln!(out, "\n{}", painted(self.palette.warning, &heading))?;
        for (why, codes) in reasons {
            writeln!(out, "  {why}: {}", codes.join(" "))?;
        }
        Ok(())
    }

    fn shows(&self, severity: Severity) -> bool {
        severity >= Severity::Warning || self.extent == Extent::All
    }

    fn finding(&self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        let labels = self.lang.labels();
        let code = painted(self.palette.of_severity(finding.severity), &finding.rule);
        let message = wide::wrapped(&finding.message, LINE - INDENT.len());
        for (i, line) in message.iter().enumerate() {
            let margin = if i == 0 { format!("  {code}  ") } else { INDENT.to_owned() };
            writeln!(out, "{margin}{}", painted(self.palette.strong, line))?;
        }
        self.line(out, labels.place, &finding.location.words())?;
        self.numbers(out, finding)?;
        self.related(out, finding)?;
        self.line(out, labels.also, &finding.also.join("、"))?;
        self.line(out, labels.basis, &basis_words(&finding.basis))
    }

    fn related(&self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        let label = self.lang.labels().related;
        let shown = match self.extent {
            Extent::Grave => finding.related.len().min(RELATED_AT_FIRST),
            Extent::All => finding.related.len(),
        };
        for related in &finding.related[..shown] {
            let quote = related.location.quote.as_deref().unwrap_or_default();
            let parts = [related.label.as_str(), quote, &seen_from(&finding.location, &related.location)];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            self.line(out, label, &parts.join("  "))?;
        }
        match finding.related.len() - shown {
            0 => Ok(()),
            more => self.line(out, label, &self.lang.say(&Message::MoreRelated(more))),
        }
    }

    /// Expected, found and difference on one line, and the value to write where it is known.
    fn numbers(&self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        let labels = self.lang.labels();
        let numbers = [
            (labels.expected, &finding.expected, self.palette.good),
            (labels.found, &finding.found, self.palette.error),
            (labels.difference, &finding.difference, Style::new()),
        ];
        let mut parts = Vec::new();
        for (label, value, style) in numbers {
            if let Some(value) = value {
                parts.push(format!("{}  {}", self.label(label), painted(style, value)));
            }
        }
        if !parts.is_empty() {
            writeln!(out, "{INDENT}{}", parts.join("    "))?;
        }
        match &finding.culprit {
            Some(culprit) if finding.expected.as_ref() != Some(&culprit.suggested) => {
                self.line(out, labels.culprit, &format!("{} → {}", culprit.quote, culprit.suggested))
            }
            _ => Ok(()),
        }
    }

    fn line(&self, out: &mut dyn Write, label: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let label = self.label(label);
        let margin = " ".repeat(INDENT.len() + self.label_width() + 2);
        for (i, line) in wide::wrapped(text, LINE - margin.len()).iter().enumerate() {
            match i {
                0 => writeln!(out, "{INDENT}{label}  {line}")?,
                _ => writeln!(out, "{margin}{line}")?,
            }
        }
        Ok(())
    }

    fn label(&self, label: &str) -> String {
        painted(self.palette.faint, &wide::padded(label, self.label_width()))
    }

    /// As wide as the widest label of the language.
    fn label_width(&self) -> usize {
        match self.lang {
            Lang::Zh => 4,
            Lang::En => 11,
        }
    }

    /// The verdict on one document; the only document of a run has it as the last line of all.
    fn verdict(&self, out: &mut dyn Write, checkup: &Checkup, standing: Standing) -> io::Result<()> {
        let message = match standing {
            Standing::Undecided => undecided(checkup),
            _ if self.documents == 1 => return Ok(()),
            _ => Message::Verdict(standing, &checkup.tally),
        };
        let line = self.lang.say(&message);
        writeln!(out, "\n  {}", painted(self.palette.of_standing(standing), &line))
    }
}

/// A place in words, without the table where the reader is already there.
pub(super) fn seen_from(here: &Locator, there: &Locator) -> String {
    let same_table = there.table.is_some() && there.table == here.table;
    if same_table { Locator { table: None, ..there.clone() }.words() } else { there.words() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn full(extent: Extent) -> Full {
        Full::new(Lang::Zh, Palette::plain(), extent)
    }

    #[test]
    fn the_gravest_come_first_and_notes_are_a_count() {
        let text = sample::printed(&mut full(Extent::Grave), &[sample::faulty()]);
        let expected = "\
a.pdf
  云麓区档案馆 · 2025 年 · 预算公开 · 表式 shanghai · 1 张法定表格，27 个数

错误 1
  TA007  档案馆一行合计写为 1,243，按基本支出加项目支出应为 1,234
         位置  第 5 页，《2025年部门支出预算总表》，“档案馆”行，“合计”列
         应为  1,234    实为  1,243    相差  9
         对照  基本支出  1,000  第 5 页，“档案馆”行，“合计”列
         同因  HI002
         依据  中华人民共和国预算法第十四条

警告 1
  TA007  档案馆一行合计写为 1,243，按基本支出加项目支出应为 1,234
         位置  第 2 页，《2025年部门支出预算总表》，“档案馆”行，“合计”列
         应为  1,234    实为  1,243    相差  9
         对照  基本支出  1,000  第 2 页，“档案馆”行，“合计”列
         同因  HI002
         依据  中华人民共和国预算法第十四条

  另有 1 备注，用 --show-all 展开

不通过：1 错误，1 警告，1 备注，12 通过，1 不适用
";
        assert_eq!(text, expected);
    }

    #[test]
    fn notes_are_written_out_on_demand() {
        let text = sample::printed(&mut full(Extent::All), &[sample::faulty()]);
        assert!(text.contains("\n备注 1\n") && !text.contains("--show-all"), "{text}");
    }

    #[test]
    fn rules_without_a_decision_are_named_with_their_reason() {
        let mut checked = sample::clean();
        if let Ok(checkup) = &mut checked.result {
            let undecided = |code: &str| (code.to_owned(), Outcome::Undecided("没有读到支出预算总表".into()));
            checkup.report.outcomes.extend([undecided("TA007"), undecided("XB003")]);
            checkup.tally = crate::tally::Tally::of(&checkup.report);
        }
        let text = sample::printed(&mut full(Extent::All), &[checked]);
        assert!(text.contains("\n无法判断 2\n  没有读到支出预算总表: TA007 XB003\n"), "{text}");
    }

    #[test]
    fn colours_only_where_they_are_wanted() {
        let plain = sample::printed(&mut full(Extent::All), &[sample::faulty(), sample::unreadable()]);
        assert!(!plain.contains('\u{1b}'));
        let mut coloured = Full::new(Lang::Zh, Palette::coloured(), Extent::All);
        assert!(sample::printed(&mut coloured, &[sample::faulty()]).contains("\u{1b}[1m\u{1b}[31m"));
    }

    #[test]
    fn what_cannot_be_judged_is_no_pass() {
        let mut nothing = sample::clean();
        if let Ok(checkup) = &mut nothing.result {
            checkup.tables.clear();
        }
        let text = sample::printed(&mut full(Extent::Grave), &[nothing, sample::unreadable(), sample::faulty()]);
        assert!(text.contains("\n  不通过：1 错误"), "{text}");
        assert!(text.contains("  未识别到法定表格，无法判断\n"), "{text}");
        assert!(text.contains("b.pdf\n  无法读取，因为文件已加密\n"), "{text}");
        assert!(text.contains("共 3 份文件：1 份不通过，1 份无法判断，1 份无法读取\n"), "{text}");
    }
}
