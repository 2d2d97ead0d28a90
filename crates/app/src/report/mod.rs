//! What `check` prints: one reporter for each format. A reporter is given every document in turn and keeps
//! as little of it as it can.

mod concise;
mod csv;
mod full;
mod github;
mod html;
mod json;
mod jsonl;
mod junit;
pub(crate) mod markup;
mod rows;
mod sarif;
mod xlsx;

use std::cmp::Ordering;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Basis, Severity};

use crate::messages::settings::Against;
use crate::messages::{Lang, settings, statistics};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::statistics::Statistics;
use crate::suppression::Use;
use crate::tally::{Standing, Totals};
use crate::together::Together;

pub(crate) use concise::Concise;
pub(crate) use csv::Csv;
pub(crate) use full::{Extent, Full};
pub(crate) use github::GitHub;
pub(crate) use html::{Html, original, rule_html};
pub(crate) use json::Json;
pub(crate) use jsonl::JsonLines;
pub(crate) use junit::Junit;
pub(crate) use sarif::Sarif;
pub(crate) use xlsx::Xlsx;

/// Prints the results of a run.
pub(crate) trait Reporter {
    /// How much it prints of each document.
    fn detail(&self) -> Detail;
    /// Prints what comes before the first of so many documents.
    fn begin(&mut self, out: &mut dyn Write, documents: usize) -> io::Result<()>;
    /// Prints one document.
    fn document(&mut self, out: &mut dyn Write, checked: &Checked, standing: Standing) -> io::Result<()>;
    /// Prints what is found when documents that belong together are held against each other. It comes after the last
    /// document.
    fn bundle(&mut self, out: &mut dyn Write, together: &Together, standing: Standing) -> io::Result<()>;
    /// Prints what comes after the last document and the last bundle.
    fn end(&mut self, out: &mut dyn Write, closing: &Closing<'_>) -> io::Result<()>;
}

/// What is known once every document was checked.
pub(crate) struct Closing<'a> {
    pub(crate) totals: &'a Totals,
    /// What became of the suppressions, in the order of the settings.
    pub(crate) suppressions: &'a [Use],
    /// How the run compares with its baseline, where it has one.
    pub(crate) against: Option<Against>,
    /// The counts by rule, where they are asked for.
    pub(crate) statistics: Option<&'a Statistics>,
}

impl Closing<'_> {
    /// What a person is told before the verdict: the counts by rule, the suppressions that did not do what
    /// they should, the comparison with the baseline.
    pub(crate) fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = self.statistics.map(|counts| statistics::lines(counts, lang)).unwrap_or_default();
        lines.extend(self.suppressions.iter().filter_map(|used| settings::suppression(used, lang)));
        lines.extend(self.against.map(|against| settings::against(against, lang)));
        lines
    }
}

/// The colours of a report; none of them where no person looks at a terminal.
#[derive(Clone, Copy, Default)]
pub(crate) struct Palette {
    /// Errors, and verdicts that fail.
    pub(crate) error: Style,
    /// Warnings, and what could not be judged.
    pub(crate) warning: Style,
    /// Notes and hints.
    pub(crate) note: Style,
    /// What holds.
    pub(crate) good: Style,
    /// Headings.
    pub(crate) strong: Style,
    /// Labels.
    pub(crate) faint: Style,
}

impl Palette {
    /// No colours.
    pub(crate) fn plain() -> Palette {
        Palette::default()
    }

    /// Colours of a terminal.
    pub(crate) fn coloured() -> Palette {
        Palette {
            error: AnsiColor::Red.on_default().bold(),
            warning: AnsiColor::Yellow.on_default().bold(),
            note: AnsiColor::Cyan.on_default(),
            good: AnsiColor::Green.on_default().bold(),
            strong: Style::new().bold(),
            faint: Style::new().dimmed(),
        }
    }

    /// The colour of a severity.
    pub(crate) fn of_severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note | Severity::Hint => self.note,
        }
    }

    /// The colour of a verdict.
    pub(crate) fn of_standing(&self, standing: Standing) -> Style {
        match standing {
            Standing::Passed => self.good,
            Standing::Failed | Standing::Unreadable => self.error,
            Standing::Undecided => self.warning,
        }
    }
}

/// A text in a style.
pub(crate) fn painted(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The findings of a document in the order in which a person meets them on the pages.
pub(crate) fn in_order_of_place(checkup: &Checkup) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = checkup.report.findings().collect();
    findings.sort_by(|a, b| by_place(a, b).then_with(|| a.rule.cmp(&b.rule)));
    findings
}

fn by_place(a: &Finding, b: &Finding) -> Ordering {
    let (a, b) = (a.location.place, b.location.place);
    let corner = |rect: Option<mingzhang_model::document::Rect>| rect.map_or((0.0, 0.0), |r| (r.y0, r.x0));
    let (a_corner, b_corner) = (corner(a.rect), corner(b.rect));
    (a.page, a.line, a.column, a.paragraph)
        .cmp(&(b.page, b.line, b.column, b.paragraph))
        .then_with(|| a_corner.0.total_cmp(&b_corner.0))
        .then_with(|| a_corner.1.total_cmp(&b_corner.1))
}

/// 《预算法》第十四条；《…》
pub(crate) fn basis_words(basis: &[Basis]) -> String {
    basis_list(basis).join("；")
}

/// The same, one by one.
pub(crate) fn basis_list(basis: &[Basis]) -> Vec<String> {
    let one = |b: &Basis| format!("{}{}", b.title, b.article.as_deref().unwrap_or_default());
    basis.iter().map(one).collect()
}

/// The title of a rule.
pub(crate) fn rule_title(code: &str) -> &'static str {
    mingzhang_rules::registry().iter().find(|rule| rule.code == code).map_or("", |rule| rule.title.as_str())
}

/// Hand-made values for the tests of the reporters.
#[cfg(test)]
pub(crate) mod sample {
    use mingzhang_model::document::{Place, Rect};
    use mingzhang_model::fact::{Disclosure, DisclosureKind};
    use mingzhang_model::finding::{Culprit, Finding, Related};
    use mingzhang_model::locator::Locator;
    use mingzhang_model::rule::{Basis, Outcome, Report, Severity};

    use super::{Closing, Reporter};
    use crate::pipeline::{Checked, Checkup, Failure, ProofCounts, TableSummary};
    use crate::tally::{Tally, Totals};

    fn place(page: u32, y0: f32) -> Place {
        Place { page: Some(page), rect: Some(Rect { x0: 70.126, y0, x1: 120.0, y1: y0 + 12.0 }), ..Place::default() }
    }

    fn location(page: u32, row: &str, quote: &str) -> Locator {
        Locator {
            document: None,
            place: place(page, 100.0),
            section: None,
            table: Some("2025年部门支出预算总表".into()),
            row: Some(row.into()),
            column: Some("合计".into()),
            quote: Some(quote.into()),
        }
    }

    fn finding(severity: Severity, page: u32) -> Finding {
        Finding {
            rule: "TA007".into(),
            name: "spending-row-total".into(),
            severity,
            message: "档案馆一行合计写为 1,243，按基本支出加项目支出应为 1,234".into(),
            location: location(page, "档案馆", "1,243"),
            related: vec![Related { label: "基本支出".into(), location: location(page, "档案馆", "1,000") }],
            expected: Some("1,234".into()),
            found: Some("1,243".into()),
            difference: Some("9".into()),
            basis: vec![Basis { title: "中华人民共和国预算法".into(), article: Some("第十四条".into()) }],
            culprit: Some(Culprit { quote: "1,243".into(), suggested: "1,234".into() }),
            also: vec!["HI002".into()],
            fingerprint: "TA007:1".into(),
        }
    }

    /// A document with one error, one warning before it and one note.
    pub(crate) fn faulty() -> Checked {
        let failed = |severity, page| {
            let findings = vec![finding(severity, page)];
            ("TA007".to_owned(), Outcome::Failed { findings, passed: 4 })
        };
        let outcomes = vec![
            failed(Severity::Error, 5),
            failed(Severity::Warning, 2),
            failed(Severity::Note, 9),
            ("XB001".to_owned(), Outcome::NotApplicable("决算没有这张表".into())),
        ];
        let report = Report { outcomes };
        let table = TableSummary {
            code: "B03",
            concept: "expenditure",
            title: "2025年部门支出预算总表".into(),
            page: Some(5),
            rows: 9,
            columns: 3,
        };
        let checkup = Checkup {
            sha256: Some("ab".repeat(32)),
            disclosure: Disclosure {
                body: Some("云麓区档案馆".into()),
                year: Some(2025),
                kind: Some(DisclosureKind::Budget),
                form: Some("shanghai"),
                ..Disclosure::default()
            },
            tables: vec![table],
            facts: 27,
            proofs: ProofCounts { proven: 20, unproven: 6, contradicted: 1 },
            tally: Tally::of(&report),
            report,
            ..Checkup::default()
        };
        Checked { path: "a.pdf".into(), result: Ok(checkup) }
    }

    /// A document in which everything held.
    pub(crate) fn clean() -> Checked {
        let mut checked = faulty();
        let Ok(checkup) = &mut checked.result else { unreachable!("the sample is readable") };
        checkup.report = Report { outcomes: vec![("TA007".into(), Outcome::Passed(12))] };
        checkup.tally = Tally::of(&checkup.report);
        checked
    }

    /// A file that could not be read.
    pub(crate) fn unreadable() -> Checked {
        Checked { path: "b.pdf".into(), result: Err(Failure::Unreadable("文件已加密".into())) }
    }

    /// What a reporter prints of some documents.
    pub(crate) fn printed(reporter: &mut dyn Reporter, documents: &[Checked]) -> String {
        let mut out = Vec::new();
        let mut totals = Totals::default();
        reporter.begin(&mut out, documents.len()).unwrap();
        for checked in documents {
            let standing = checked.standing(Severity::Error);
            totals.add(standing, checked.result.as_ref().ok().map(|checkup| &checkup.tally));
            reporter.document(&mut out, checked, standing).unwrap();
        }
        let closing = Closing { totals: &totals, suppressions: &[], against: None, statistics: None };
        reporter.end(&mut out, &closing).unwrap();
        String::from_utf8(out).unwrap()
    }
}
