//! JUnit's XML: a document is a test suite, and what a rule said of it a test case. A case fails where a
//! finding fails the document; lesser findings are its output. What does not apply, could not be decided or
//! does not count is skipped, with the reason.

use std::fmt::Write as _;
use std::io::{self, Write};

use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Outcome, Severity};

use super::markup::escaped;
use super::{Closing, Reporter, rule_title};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::tally::Standing;
use crate::together::Together;

/// Prints JUnit's XML, when every document was checked: the totals stand at the top.
pub(crate) struct Junit {
    lang: Lang,
    threshold: Severity,
    suites: String,
    counts: Counts,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn attributes(self) -> String {
        let Counts { tests, failures, errors, skipped } = self;
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"")
    }
}

/// What a test case came to.
enum Case {
    Passed,
    Failed { message: String, text: String },
    Remarked(String),
    Skipped(String),
}

impl Junit {
    /// A reporter that has printed nothing yet; findings from `threshold` on fail a case.
    pub(crate) fn new(lang: Lang, threshold: Severity) -> Junit {
        Junit { lang, threshold, suites: String::new(), counts: Counts::default() }
    }

    fn suite(&mut self, path: &str, checkup: &Checkup) {
        let (mut counts, mut cases) = (Counts::default(), String::new());
        for (code, outcome) in &checkup.report.outcomes {
            counts.tests += 1;
            let name = format!("{code} {}", rule_title(code));
            let (name, class) = (escaped(name.trim_end()), escaped(path));
            let start = format!("    <testcase classname=\"{class}\" name=\"{name}\"");
            // Writing to a String cannot fail.
            let _ = match self.case(checkup, code, outcome) {
                Case::Passed => writeln!(cases, "{start}/>"),
                Case::Remarked(text) => {
                    writeln!(cases, "{start}><system-out>{}</system-out></testcase>", escaped(&text))
                }
                Case::Skipped(why) => {
                    counts.skipped += 1;
                    writeln!(cases, "{start}><skipped message=\"{}\"/></testcase>", escaped(&why))
                }
                Case::Failed { message, text } => {
                    counts.failures += 1;
                    let (message, text) = (escaped(&message), escaped(&text));
                    writeln!(
                        cases,
                        "{start}><failure type=\"{code}\" message=\"{message}\">{text}</failure></testcase>"
                    )
                }
            };
        }
        self.push_suite(path, counts, &cases);
    }

    fn case(&self, checkup: &Checkup, code: &str, outcome: &Outcome) -> Case {
        let findings = match outcome {
            Outcome::Passed(_) => return Case::Passed,
            Outcome::NotApplicable(why) | Outcome::Undecided(why) => return Case::Skipped(why.clone()),
            Outcome::Failed { findings, .. } => findings,
        };
        let told_elsewhere = checkup.report.findings().filter(|finding| finding.also.iter().any(|also| also == code));
        let all: Vec<&Finding> = findings.iter().chain(told_elsewhere).collect();
        let lines: Vec<String> = all.iter().map(|f| format!("{}（{}）", f.message, f.location.words())).collect();
        let text = lines.join("\n");
        match all.iter().find(|finding| finding.severity >= self.threshold) {
            Some(first) => Case::Failed { message: first.message.clone(), text },
            None if all.is_empty() => Case::Skipped(self.lang.say(&Message::SetAside(checkup.set_aside.len()))),
            None => Case::Remarked(text),
        }
    }

    fn push_suite(&mut self, path: &str, counts: Counts, cases: &str) {
        self.counts.tests += counts.tests;
        self.counts.failures += counts.failures;
        self.counts.errors += counts.errors;
        self.counts.skipped += counts.skipped;
        let (name, attributes) = (escaped(path), counts.attributes());
        let suite = format!("  <testsuite name=\"{name}\" {attributes}>\n{cases}  </testsuite>\n");
        self.suites.push_str(&suite);
    }
}

impl Reporter for Junit {
    fn detail(&self) -> Detail {
        Detail::Findings
    }

    fn begin(&mut self, _out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, _out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        match &checked.result {
            Ok(checkup) => self.suite(&checked.path, checkup),
            Err(failure) => {
                let words = escaped(&self.lang.say(&Message::CannotRead(failure)));
                let path = escaped(&checked.path);
                let error = format!("<error type=\"unreadable\" message=\"{words}\"/>");
                let case = format!("    <testcase classname=\"{path}\" name=\"{path}\">{error}</testcase>\n");
                self.push_suite(&checked.path, Counts { tests: 1, errors: 1, ..Counts::default() }, &case);
            }
        }
        Ok(())
    }

    fn bundle(&mut self, _out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        let name = self.lang.say(&Message::Together { body: together.body(), documents: together.members.len() });
        if let Some(checkup) = together.checkup() {
            self.suite(&name, checkup);
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _closing: &Closing<'_>) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites name=\"mingzhang\" {}>", self.counts.attributes())?;
        write!(out, "{}", self.suites)?;
        writeln!(out, "</testsuites>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_is_not_grave_enough_is_output() {
        let of = |threshold| sample::printed(&mut Junit::new(Lang::Zh, threshold), &[sample::faulty()]);
        let error = of(Severity::Error);
        assert!(error.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\""), "{error}");
        assert_eq!(error.matches("<system-out>").count(), 2, "{error}");
        assert!(error.contains("<skipped message=\"决算没有这张表\"/>"), "{error}");
        assert!(of(Severity::Note).contains("failures=\"3\""));
    }

    #[test]
    fn an_unreadable_file_is_an_error() {
        let text = sample::printed(&mut Junit::new(Lang::Zh, Severity::Error), &[sample::unreadable()]);
        assert!(text.contains("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""), "{text}");
    }
}
