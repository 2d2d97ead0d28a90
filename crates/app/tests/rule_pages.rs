//! Every rule's page is its documentation and its test: the example called right must pass the rule,
//! the example called wrong must fail it.

use mingzhang_model::finding::Finding;
use mingzhang_model::rule::{Outcome, Report, Rule, Severity};
use mingzhang_rules::bundle::{Part, bundles};
use mingzhang_rules::registry;

/// A rule whose page cannot show examples.
struct Excused {
    code: &'static str,
    /// The words by which the page says why.
    says: &'static str,
}

/// A page cannot show a PDF, nor a scan, which holds no text. No form of today holds a row or a cell that the last two
/// would name: where such a thing stands, a rule of its own names it.
const EXCUSED: [Excused; 3] = [
    Excused { code: "CM027", says: "扫描件没有文字" },
    Excused { code: "LA004", says: "例子见 TA026 的页面" },
    Excused { code: "LA005", says: "例子见 TA012 的页面" },
];

/// The families whose errors an example called right must not have: the identities of the tables.
const FAMILIES_OF_TABLES: [&str; 5] = ["TA", "HI", "XB", "XA", "LA"];

/// The sections of a page, in their order.
const SECTIONS: [&str; 6] = ["查什么", "为什么", "怎么改", "什么时候不适用", "例：正确", "例：错误"];

#[test]
fn every_page_has_its_sections_in_order() {
    report(registry().iter().filter_map(|rule| {
        let found: Vec<&str> = prose(&rule.page).filter_map(|line| line.strip_prefix("## ")).collect();
        (found != SECTIONS).then(|| format!("{}：各节应为 {SECTIONS:?}，实为 {found:?}", rule.code))
    }));
}

#[test]
fn every_page_opens_with_its_title_and_its_name_is_english() {
    report(registry().iter().filter_map(|rule| {
        let titled = rule.page.lines().next() == Some(&format!("# {}", rule.title));
        let named = rule.name.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()));
        (!titled || !named)
            .then(|| format!("{}：页首应为“# {}”，英文名“{}”应为小写短语", rule.code, rule.title, rule.name))
    }));
    let mut names: Vec<&str> = registry().iter().map(|rule| rule.name.as_str()).collect();
    names.sort_unstable();
    report(names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("两条规则都叫 {}", pair[0])));
}

#[test]
fn every_page_has_one_example_of_each_kind() {
    report(registry().iter().filter_map(|rule| {
        let counts = (examples(rule, "clean").count(), examples(rule, "faulty").count());
        let excused = EXCUSED.iter().any(|e| e.code == rule.code && rule.page.contains(e.says));
        let expected = if excused { (0, 0) } else { (1, 1) };
        (counts != expected)
            .then(|| format!("{}：正确、错误的例子应各有 {expected:?} 个，实有 {counts:?} 个", rule.code))
    }));
}

#[test]
fn examples_called_right_pass() {
    report(registry().iter().flat_map(|rule| {
        examples(rule, "clean").filter_map(|example| {
            let checked = check(&example);
            let outcome = checked.outcomes.iter().find(|(code, _)| *code == rule.code).map(|(_, outcome)| outcome);
            let of_tables =
                |finding: &&Finding| FAMILIES_OF_TABLES.iter().any(|family| finding.rule.starts_with(family));
            let disturbs =
                |finding: &&Finding| names(finding, rule) || finding.severity == Severity::Error && of_tables(finding);
            let passed =
                matches!(outcome, Some(Outcome::Passed(_))) && !checked.findings().any(|finding| disturbs(&finding));
            (!passed).then(|| told(rule, "正确的例子没有通过", &checked))
        })
    }));
}

#[test]
fn examples_called_wrong_fail() {
    report(registry().iter().flat_map(|rule| {
        examples(rule, "faulty").filter_map(|example| {
            let checked = check(&example);
            let found = checked.findings().any(|finding| names(finding, rule));
            (!found).then(|| told(rule, "错误的例子没有被发现", &checked))
        })
    }));
}

fn names(finding: &Finding, rule: &Rule) -> bool {
    finding.rule == rule.code || finding.also.contains(&rule.code)
}

/// What begins the line before each document of an example that holds several: the rest of it names the document.
const DOCUMENT: &str = "=== ";

/// Checks an example: a document, or several, with what is said of those that belong together.
fn check(example: &str) -> Report {
    if !example.starts_with(DOCUMENT) {
        let document = mingzhang_read::read(example.as_bytes()).expect("an example is text");
        return mingzhang_rules::check(&document, &mingzhang_extract::extract(&document));
    }
    let mut report = Report::default();
    let parts: Vec<Part> = documents(example)
        .map(|(name, text)| {
            let document = mingzhang_read::read(text.as_bytes()).expect("an example is text");
            let facts = mingzhang_extract::extract(&document);
            report.outcomes.extend(mingzhang_rules::check(&document, &facts).outcomes);
            Part::of(name, &document, facts)
        })
        .collect();
    for bundle in bundles(&parts) {
        let members: Vec<&Part> = bundle.members.iter().map(|i| &parts[*i]).collect();
        // First: what is asked of a rule is what it says of all.
        report.outcomes.splice(0..0, mingzhang_rules::bundle::check(&members).outcomes);
    }
    report
}

/// The documents of an example that holds several.
fn documents(example: &str) -> impl Iterator<Item = (&str, &str)> {
    let marked = example.match_indices(DOCUMENT).filter(|(at, _)| *at == 0 || example.as_bytes()[at - 1] == b'\n');
    let starts: Vec<usize> = marked.map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([example.len()]).collect();
    starts.into_iter().zip(ends).filter_map(|(from, to)| example[from + DOCUMENT.len()..to].split_once('\n'))
}

/// The lines of a page outside its examples.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    page.split("```").step_by(2).flat_map(str::lines)
}

/// The fenced blocks of a page with this info string.
fn examples<'r>(rule: &'r Rule, kind: &'r str) -> impl Iterator<Item = String> + 'r {
    let blocks = rule.page.split("```").skip(1).step_by(2);
    blocks.filter_map(move |block| {
        block.split_once('\n').filter(|(info, _)| *info == kind).map(|(_, text)| text.to_string())
    })
}

/// What a page's example gave instead of what it promises.
fn told(rule: &Rule, what: &str, checked: &Report) -> String {
    let outcome = checked.outcomes.iter().find(|(code, _)| *code == rule.code).map(|(_, outcome)| match outcome {
        Outcome::Passed(n) => format!("通过 {n} 项"),
        Outcome::Failed { findings, passed } => format!("{} 项问题，通过 {passed} 项", findings.len()),
        Outcome::NotApplicable(why) => format!("不适用：{why}"),
        Outcome::Undecided(why) => format!("无法判断：{why}"),
    });
    let passed: Vec<String> = checked
        .outcomes
        .iter()
        .filter_map(|(code, outcome)| match outcome {
            Outcome::Passed(n) => Some(format!("{code}×{n}")),
            _ => None,
        })
        .collect();
    let mut lines = vec![format!("{} {}：{what}（{}）", rule.code, rule.title, outcome.unwrap_or_default())];
    lines.extend(
        checked.findings().map(|f| format!("    {} {} {} 另 {:?}", f.rule, f.severity.word(), f.message, f.also)),
    );
    lines.push(format!("    通过的规则：{}", passed.join(" ")));
    lines.join("\n")
}

/// Fails with all faults at once, one below the other.
fn report(faults: impl Iterator<Item = String>) {
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{} 处不符：\n{}", faults.len(), faults.join("\n"));
}
