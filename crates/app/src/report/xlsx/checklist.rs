//! The rows of the checklist for one document: what is checked, whether it is as required, what is wrong.
//!
//! A row says no where a finding is an error, and leaves to a person what is less than that or could not be
//! decided: a table that was not recognised may still be there.

use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Outcome, Rule, Severity};

use super::super::{basis_words, in_order_of_place, rule_title};
use crate::messages::checklist::Words;
use crate::messages::{Lang, Message};
use crate::pipeline::Checkup;

/// The rule that every prescribed table is there.
const TABLES_PRESENT: &str = "CM001";

/// Whether something is as required.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Met {
    Yes,
    No,
    Open,
}

/// A row of the checklist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Row {
    pub(super) item: String,
    pub(super) met: Met,
    pub(super) problem: String,
    pub(super) place: String,
    pub(super) basis: String,
}

impl Row {
    /// A row about something that is not a finding.
    pub(super) fn plain(item: &str, met: Met, problem: &str) -> Row {
        let (place, basis) = (String::new(), String::new());
        Row { item: item.to_owned(), met, problem: problem.to_owned(), place, basis }
    }
}

/// The rows of documents that belong together: the rules that said something.
pub(super) fn together(checkup: &Checkup, words: &Words) -> Vec<Row> {
    let spoke = checkup.report.outcomes.iter().filter(|(_, outcome)| !matches!(outcome, Outcome::NotApplicable(_)));
    let one = |(code, outcome): &(String, Outcome)| {
        let title = rule_title(code).to_owned();
        match outcome {
            Outcome::Failed { findings, .. } => row(title, &findings.iter().collect::<Vec<_>>(), words),
            Outcome::Undecided(why) | Outcome::NotApplicable(why) => Row::plain(&title, Met::Open, why),
            Outcome::Passed(_) => Row::plain(&title, Met::Yes, ""),
        }
    };
    spoke.map(one).collect()
}

/// The rows of a document: its statutory tables in the order of the form, then the rules that are not about
/// one table.
pub(super) fn rows(checkup: &Checkup, words: &Words, lang: Lang) -> Vec<Row> {
    let findings = in_order_of_place(checkup);
    let mut tables: Vec<(&str, &str, bool)> =
        checkup.tables.iter().map(|table| (table.code, table.title.as_str(), true)).collect();
    tables.extend(checkup.missing.iter().map(|missing| (missing.code, missing.title, false)));
    tables.sort_by_key(|(code, ..)| *code);
    tables.dedup_by_key(|(_, title, _)| *title);
    let mut rows = vec![Row::plain(words.readable, Met::Yes, "")];
    for (_, title, found) in &tables {
        let these = |finding: &&Finding| is_about(finding, title);
        let these: Vec<&Finding> = findings.iter().copied().filter(these).collect();
        let mut row = row(format!("《{title}》"), &these, words);
        if these.is_empty() {
            row.basis = basis_of(TABLES_PRESENT);
        }
        if !found && these.is_empty() {
            (row.met, row.problem) = (Met::Open, words.not_found.to_owned());
        }
        rows.push(row);
    }
    let rest: Vec<&Finding> =
        findings.into_iter().filter(|finding| !tables.iter().any(|(_, title, _)| is_about(finding, title))).collect();
    for (code, outcome) in &checkup.report.outcomes {
        rows.extend(of_rule(checkup, code, outcome, &rest, words, lang));
    }
    rows
}

/// True for a finding in the table, or one that says that it is missing.
fn is_about(finding: &Finding, title: &str) -> bool {
    finding.location.table.as_deref() == Some(title)
        || finding.rule == TABLES_PRESENT && finding.message.contains(title)
}

/// Rules about the numbers of one table are told by the rows of the tables.
fn is_about_tables(code: &str) -> bool {
    ["TA", "HI", "LA", "XA", "XB"].iter().any(|family| code.starts_with(family))
}

fn of_rule(
    checkup: &Checkup,
    code: &str,
    outcome: &Outcome,
    rest: &[&Finding],
    words: &Words,
    lang: Lang,
) -> Option<Row> {
    let rule = mingzhang_rules::registry().iter().find(|rule| rule.code == code)?;
    let these: Vec<&Finding> = rest.iter().copied().filter(|finding| finding.rule == code).collect();
    if is_about_tables(code) && these.is_empty() {
        return None;
    }
    let item = format!("{}（{code}）", rule.title);
    let mut row = row(item, &these, words);
    if these.is_empty() {
        row.basis = rule_basis(rule);
    }
    match outcome {
        Outcome::NotApplicable(_) => return None,
        Outcome::Undecided(why) => (row.met, row.problem) = (Met::Open, why.clone()),
        Outcome::Passed(_) => {}
        Outcome::Failed { findings, .. } => {
            // Findings in a table are told there, those that do not count here.
            let told = findings.iter().any(|finding| !these.contains(&finding));
            let aside: Vec<String> = checkup
                .set_aside
                .iter()
                .filter(|aside| aside.finding.rule == code)
                .map(|aside| format!("{}：{}", words.set_aside, lang.say(&Message::WhyAside(&aside.why))))
                .collect();
            if these.is_empty() && aside.is_empty() && (told || findings.is_empty()) {
                return None;
            }
            if !aside.is_empty() {
                row.problem = [row.problem, aside.join("\n")].join("\n").trim().to_owned();
            }
        }
    }
    Some(row)
}

fn row(item: String, findings: &[&Finding], words: &Words) -> Row {
    let met = match findings.iter().map(|finding| finding.severity).max() {
        Some(Severity::Error) => Met::No,
        Some(Severity::Warning) => Met::Open,
        Some(Severity::Note | Severity::Hint) | None => Met::Yes,
    };
    let numbered = |texts: Vec<String>| match texts.as_slice() {
        [only] => only.clone(),
        several => {
            several.iter().enumerate().map(|(i, text)| format!("{}. {text}", i + 1)).collect::<Vec<_>>().join("\n")
        }
    };
    let problem = |finding: &&Finding| match &finding.culprit {
        Some(culprit) if finding.expected.as_ref() != Some(&culprit.suggested) => {
            format!("{}（{} {}）", finding.message, words.suggested, culprit.suggested)
        }
        _ => finding.message.clone(),
    };
    let mut basis: Vec<String> = Vec::new();
    for finding in findings {
        let words = basis_words(&finding.basis);
        if !words.is_empty() && !basis.contains(&words) {
            basis.push(words);
        }
    }
    Row {
        item,
        met,
        problem: numbered(findings.iter().map(problem).collect()),
        place: numbered(findings.iter().map(|finding| finding.location.words()).collect()),
        basis: basis.join("\n"),
    }
}

fn basis_of(code: &str) -> String {
    mingzhang_rules::registry().iter().find(|rule| rule.code == code).map(rule_basis).unwrap_or_default()
}

fn rule_basis(rule: &Rule) -> String {
    basis_words(&rule.basis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::checklist::words;
    use crate::report::sample;
    use mingzhang_model::fact::Missing;

    fn of(checkup: &Checkup) -> Vec<Row> {
        rows(checkup, words(Lang::Zh), Lang::Zh)
    }

    #[test]
    fn a_table_with_an_error_is_not_as_required() {
        let mut checkup = sample::faulty().result.unwrap();
        checkup.missing.push(Missing { code: "B09", title: "三公表", named: None });
        let rows = of(&checkup);
        assert_eq!(rows[1].item, "《2025年部门支出预算总表》");
        assert_eq!(rows[1].met, Met::No);
        assert_eq!(rows[1].problem.lines().count(), 3);
        assert!(rows[1].place.starts_with("1. 第 2 页"), "{:?}", rows[1]);
        assert_eq!((rows[2].item.as_str(), rows[2].met), ("《三公表》", Met::Open));
        assert_eq!(rows.len(), 3);
    }

    #[test]
    fn what_could_not_be_decided_is_left_to_a_person() {
        let mut checkup = sample::clean().result.unwrap();
        checkup.report.outcomes.push(("CM021".into(), Outcome::Undecided("没有表头".into())));
        checkup.report.outcomes.push(("CM004".into(), Outcome::Passed(1)));
        checkup.report.outcomes.push(("CM005".into(), Outcome::NotApplicable("没有空表".into())));
        let rows = of(&checkup);
        let last: Vec<(Met, &str)> = rows[2..].iter().map(|row| (row.met, row.problem.as_str())).collect();
        assert_eq!(last, [(Met::Open, "没有表头"), (Met::Yes, "")]);
    }
}
