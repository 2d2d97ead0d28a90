//! `mingzhang rule`: the page of a rule, or of every rule.

use std::io::{self, Write};

use mingzhang_model::rule::{Basis, Rule};
use serde::Serialize;

use crate::cli::{Exit, RuleArgs, RuleFormat, Stop};
use crate::messages::{Lang, Message};
use crate::output::Output;
use crate::shapes::BasisShape;

/// Codes further away than this are no suggestion.
const NEAR: usize = 2;

/// Runs the command.
pub(crate) fn run(args: &RuleArgs, lang: Lang) -> Result<Exit, Stop> {
    let registry = mingzhang_rules::registry();
    let rules = chosen(args, registry).map_err(|message| Stop::Said(lang.say(&message)))?;
    let cannot_write = |error: io::Error| Stop::writing(&error, None, lang);
    let mut output = Output::open(None).map_err(cannot_write)?;
    let printed = match args.output_format {
        RuleFormat::Json => json(output.writer(), &rules),
        RuleFormat::Text if args.all => list(output.writer(), &rules),
        RuleFormat::Text => rules.iter().try_for_each(|rule| page(output.writer(), rule, lang)),
    };
    printed.and_then(|()| output.finish()).map_err(cannot_write)?;
    Ok(Exit::Clean)
}

fn chosen<'a>(args: &'a RuleArgs, registry: &'a [Rule]) -> Result<Vec<&'a Rule>, Message<'a>> {
    let Some(code) = &args.code else {
        return if args.all { Ok(registry.iter().collect()) } else { Err(Message::NoRuleNamed) };
    };
    let is_meant = |rule: &&Rule| rule.code.eq_ignore_ascii_case(code) || rule.name.eq_ignore_ascii_case(code);
    match registry.iter().find(is_meant) {
        Some(rule) => Ok(vec![rule]),
        None => Err(Message::UnknownRule { code, nearest: nearest(code, registry) }),
    }
}

fn nearest<'a>(code: &str, registry: &'a [Rule]) -> Option<&'a str> {
    let code = code.to_uppercase();
    let distances = registry.iter().map(|rule| (distance(&code, &rule.code), rule.code.as_str()));
    distances.filter(|(distance, _)| *distance <= NEAR).min().map(|(_, code)| code)
}

/// How many characters must be put in, left out or changed to make one text the other (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// One line for each rule.
fn list(out: &mut dyn Write, rules: &[&Rule]) -> io::Result<()> {
    for rule in rules {
        writeln!(out, "{}  {}  {}  {}", rule.code, rule.severity.term(), rule.title, rule.name)?;
    }
    Ok(())
}

/// The page as it was written, under a head that says what the registry knows.
fn page(out: &mut dyn Write, rule: &Rule, lang: Lang) -> io::Result<()> {
    let labels = lang.labels();
    writeln!(out, "{}  {}  {}", rule.code, rule.title, rule.name)?;
    writeln!(out, "{}  {}", labels.severity, rule.severity.term())?;
    for Basis { title, article } in &rule.basis {
        writeln!(out, "{}  {title}{}", labels.basis, article.as_deref().unwrap_or_default())?;
    }
    // The page opens with the title, which stands above already.
    let page = rule.page.trim();
    let page = page.strip_prefix(&format!("# {}\n", rule.title)).unwrap_or(page);
    writeln!(out, "\n{}", page.trim())
}

#[derive(Serialize)]
struct RuleShape<'a> {
    code: &'a str,
    name: &'a str,
    title: &'a str,
    severity: &'static str,
    basis: Vec<BasisShape<'a>>,
    page: &'a str,
}

fn json(out: &mut dyn Write, rules: &[&Rule]) -> io::Result<()> {
    let shape = |rule: &&'_ Rule| -> serde_json::Result<String> {
        serde_json::to_string(&RuleShape {
            code: &rule.code,
            name: &rule.name,
            title: &rule.title,
            severity: rule.severity.word(),
            basis: rule.basis.iter().map(Into::into).collect(),
            page: &rule.page,
        })
    };
    let shapes: Vec<String> = rules.iter().map(shape).collect::<Result<_, _>>()?;
    writeln!(out, "{{\"rules\": [\n{}\n]}}", shapes.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingzhang_model::rule::Severity;

    fn rule(code: &str) -> Rule {
        Rule {
            code: code.into(),
            name: format!("name-of-{}", code.to_lowercase()),
            title: "支出总表行合计".into(),
            severity: Severity::Error,
            basis: vec![Basis { title: "中华人民共和国预算法".into(), article: None }],
            page: "# 支出总表行合计\n\n正文\n".into(),
        }
    }

    fn args(code: Option<&str>, all: bool) -> RuleArgs {
        RuleArgs { code: code.map(Into::into), all, output_format: RuleFormat::Text }
    }

    #[test]
    fn a_rule_is_found_by_code_and_by_name() {
        let registry = [rule("TA007"), rule("XB003")];
        for code in ["XB003", "xb003", "name-of-xb003"] {
            let args = args(Some(code), false);
            assert_eq!(chosen(&args, &registry).ok(), Some(vec![&registry[1]]));
        }
        assert_eq!(chosen(&args(None, true), &registry).ok().map(|rules| rules.len()), Some(2));
        assert!(matches!(chosen(&args(None, false), &registry), Err(Message::NoRuleNamed)));
    }

    #[test]
    fn an_unknown_code_gets_the_nearest() {
        let registry = [rule("TA007"), rule("XB003")];
        assert_eq!(nearest("ta07", &registry), Some("TA007"));
        assert_eq!(nearest("ZZ999", &registry), None);
        assert_eq!((distance("", "ab"), distance("kitten", "sitting")), (2, 3));
    }

    #[test]
    fn pages_print_as_text_and_as_json() {
        let rule = rule("TA007");
        let mut text = Vec::new();
        page(&mut text, &rule, Lang::Zh).unwrap();
        let text = String::from_utf8(text).unwrap();
        let expected = "TA007  支出总表行合计  name-of-ta007\n级别  错误\n依据  中华人民共和国预算法\n\n正文\n";
        assert_eq!(text, expected);
        let mut out = Vec::new();
        json(&mut out, &[&rule]).unwrap();
        let value: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(value["rules"][0]["severity"], "error");
    }
}
