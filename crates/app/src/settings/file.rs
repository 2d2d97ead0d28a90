//! `mingzhang.toml`: keys and values with their lines, so that a mistake in it is named where it stands.

use std::num::NonZeroUsize;
use std::ops::Range;

use clap::ValueEnum;
use mingzhang_model::date::Date;
use mingzhang_model::rule::Rule;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::{CheckFormat, FailOn};
use crate::messages::settings::{Trouble, Wanted};
use crate::selection::names_a_rule;
use crate::suppression::{Suppression, Target};

const KEYS: [&str; 7] = ["select", "ignore", "fail-on", "output-format", "jobs", "time-limit", "suppress"];
const SUPPRESS_KEYS: [&str; 6] = ["fingerprint", "rule", "document", "reason", "by", "until"];

/// What the file says.
#[derive(Default, Debug)]
pub(super) struct File {
    pub(super) select: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) fail_on: Option<FailOn>,
    pub(super) output_format: Option<CheckFormat>,
    pub(super) jobs: Option<NonZeroUsize>,
    pub(super) time_limit: Option<u64>,
    pub(super) suppressions: Vec<Suppression>,
}

/// A mistake and its line.
type Wrong = (usize, Trouble);

/// Reads the file; the first mistake in it ends that.
pub(super) fn parse(text: &str, registry: &[Rule]) -> Result<File, Wrong> {
    let source = Source { text, registry };
    let table = DeTable::parse(text).map_err(|error| {
        let line = source.line(error.span().unwrap_or_default());
        (line, Trouble::NotToml(error.message().to_owned()))
    })?;
    let mut file = File::default();
    for entry in entries(table.get_ref()) {
        match entry.key {
            "select" => file.select = source.codes(&entry)?,
            "ignore" => file.ignore = source.codes(&entry)?,
            "fail-on" => file.fail_on = Some(source.one_of(&entry)?),
            "output-format" => file.output_format = Some(source.one_of(&entry)?),
            "jobs" => file.jobs = Some(source.number(&entry)?),
            "time-limit" => file.time_limit = Some(source.number(&entry)?.get() as u64),
            "suppress" => file.suppressions = source.suppressions(&entry)?,
            _ => return Err(source.wrong(&entry, Trouble::UnknownKey(entry.key.to_owned(), &KEYS))),
        }
    }
    Ok(file)
}

/// A key with its value and its place in the text.
struct Entry<'a> {
    key: &'a str,
    at: Range<usize>,
    value: &'a Spanned<DeValue<'a>>,
}

/// The entries of a table as they stand in the text, from the top.
fn entries<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let entry = |(key, value): (&'a Spanned<_>, _)| {
        let name: &'a std::borrow::Cow<'a, str> = key.get_ref();
        Entry { key: name.as_ref(), at: key.span(), value }
    };
    let mut entries: Vec<Entry<'a>> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.at.start);
    entries
}

struct Source<'t> {
    text: &'t str,
    registry: &'t [Rule],
}

impl Source<'_> {
    /// The line in which a stretch of the text begins, counted from 1.
    fn line(&self, at: Range<usize>) -> usize {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        before.bytes().filter(|b| *b == b'\n').count() + 1
    }

    fn wrong(&self, entry: &Entry<'_>, trouble: Trouble) -> Wrong {
        (self.line(entry.at.clone()), trouble)
    }

    fn not(&self, entry: &Entry<'_>, wanted: Wanted) -> Wrong {
        self.wrong(entry, Trouble::WrongValue(entry.key.to_owned(), wanted))
    }

    /// Words that are not blank.
    fn words(&self, entry: &Entry<'_>) -> Result<String, Wrong> {
        match entry.value.get_ref() {
            DeValue::String(words) if !words.trim().is_empty() => Ok(words.trim().to_owned()),
            _ => Err(self.not(entry, Wanted::Words)),
        }
    }

    fn codes(&self, entry: &Entry<'_>) -> Result<Vec<String>, Wrong> {
        let DeValue::Array(items) = entry.value.get_ref() else { return Err(self.not(entry, Wanted::Codes)) };
        let code = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::String(code) if names_a_rule(code, self.registry) => Ok(code.to_string()),
            DeValue::String(code) => Err((self.line(item.span()), Trouble::NoSuchRule(code.to_string()))),
            _ => Err(self.not(entry, Wanted::Codes)),
        };
        items.iter().map(code).collect()
    }

    fn one_of<T: ValueEnum>(&self, entry: &Entry<'_>) -> Result<T, Wrong> {
        let chosen = match entry.value.get_ref() {
            DeValue::String(word) => T::from_str(word, false).ok(),
            _ => None,
        };
        let name = |variant: &T| variant.to_possible_value().map(|value| value.get_name().to_owned());
        let names = || T::value_variants().iter().filter_map(name).collect();
        chosen.ok_or_else(|| self.not(entry, Wanted::OneOf(names())))
    }

    fn number(&self, entry: &Entry<'_>) -> Result<NonZeroUsize, Wrong> {
        match entry.value.get_ref() {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            _ => None,
        }
        .ok_or_else(|| self.not(entry, Wanted::Number))
    }

    fn date(&self, entry: &Entry<'_>) -> Result<Date, Wrong> {
        match entry.value.get_ref() {
            DeValue::Datetime(day) => Date::parse(&day.to_string()),
            DeValue::String(day) => Date::parse(day),
            _ => None,
        }
        .ok_or_else(|| self.not(entry, Wanted::Day))
    }

    fn suppressions(&self, entry: &Entry<'_>) -> Result<Vec<Suppression>, Wrong> {
        let DeValue::Array(items) = entry.value.get_ref() else { return Err(self.not(entry, Wanted::Tables)) };
        let one = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::Table(table) => self.suppression(table, self.line(item.span())),
            _ => Err(self.not(entry, Wanted::Tables)),
        };
        items.iter().map(one).collect()
    }

    fn suppression(&self, table: &DeTable<'_>, line: usize) -> Result<Suppression, Wrong> {
        let (mut fingerprint, mut rule, mut document) = (None, None, None);
        let (mut reason, mut by, mut until) = (None, None, None);
        for entry in entries(table) {
            match entry.key {
                "fingerprint" => fingerprint = Some(self.words(&entry)?),
                "rule" => rule = Some(self.code(&entry)?),
                "document" => document = Some(self.words(&entry)?),
                "reason" => reason = Some(self.words(&entry)?),
                "by" => by = Some(self.words(&entry)?),
                "until" => until = Some(self.date(&entry)?),
                key => return Err(self.wrong(&entry, Trouble::UnknownKey(key.to_owned(), &SUPPRESS_KEYS))),
            }
        }
        let missing = |key| (line, Trouble::Missing(key));
        let target = match (fingerprint, rule, document) {
            (Some(fingerprint), None, document) => Target::Finding { fingerprint, document },
            (None, Some(rule), Some(document)) => Target::Rule { rule, document },
            _ => return Err((line, Trouble::NoTarget)),
        };
        Ok(Suppression {
            target,
            reason: reason.ok_or(missing("reason"))?,
            by: by.ok_or(missing("by"))?,
            until: until.ok_or(missing("until"))?,
            line,
        })
    }

    /// The whole code of one rule.
    fn code(&self, entry: &Entry<'_>) -> Result<String, Wrong> {
        let code = self.words(entry)?.to_uppercase();
        match self.registry.iter().any(|rule| rule.code == code) {
            true => Ok(code),
            false => Err(self.wrong(entry, Trouble::NoSuchRule(code))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> Wrong {
        parse(text, mingzhang_rules::registry()).expect_err("a mistake")
    }

    #[test]
    fn every_key_is_understood() {
        let text = "select = ['TA', 'HI001']\nignore = ['TA007']\nfail-on = 'warning'\noutput-format = 'json'\n\
                    jobs = 2\ntime-limit = 30\n\n[[suppress]]\nfingerprint = 'TA007:x'\nreason = 'r'\nby = 'b'\n\
                    until = 2026-12-31\n\n[[suppress]]\nrule = 'TA029'\ndocument = '*.pdf'\nreason = 'r'\nby = 'b'\n\
                    until = '2026-12-31'\n";
        let file = parse(text, mingzhang_rules::registry()).unwrap();
        assert_eq!((file.select.len(), file.ignore.len()), (2, 1));
        assert!(file.fail_on == Some(FailOn::Warning) && file.output_format == Some(CheckFormat::Json));
        assert_eq!((file.jobs, file.time_limit), (NonZeroUsize::new(2), Some(30)));
        let lines: Vec<usize> = file.suppressions.iter().map(|s| s.line).collect();
        assert_eq!(lines, [8, 14]);
        assert_eq!(file.suppressions[0].until, file.suppressions[1].until);
    }

    #[test]
    fn mistakes_are_named_with_their_lines() {
        let unknown = |key: &str, keys| Trouble::UnknownKey(key.into(), keys);
        let value = |key: &str, wanted| Trouble::WrongValue(key.into(), wanted);
        assert_eq!(wrong("jobs = 2\nseverity = 'x'\n"), (2, unknown("severity", &KEYS)));
        assert_eq!(wrong("jobs = 0\n"), (1, value("jobs", Wanted::Number)));
        assert_eq!(wrong("jobs = 0x10\n"), (1, value("jobs", Wanted::Number)));
        assert_eq!(wrong("\ntime-limit = '3'\n"), (2, value("time-limit", Wanted::Number)));
        assert_eq!(wrong("select = 'TA'\n"), (1, value("select", Wanted::Codes)));
        assert_eq!(wrong("select = [\n'TA',\n'ZZ']\n"), (3, Trouble::NoSuchRule("ZZ".into())));
        assert!(
            matches!(wrong("fail-on = 'bad'\n"), (1, Trouble::WrongValue(_, Wanted::OneOf(names))) if names.len() == 4)
        );
        assert!(matches!(wrong("jobs = 1\njobs = 2\n"), (2, Trouble::NotToml(_))));
        assert!(matches!(wrong("\n\nselect = [\n"), (3.., Trouble::NotToml(_))));
    }

    #[test]
    fn a_suppression_needs_a_reason_a_person_and_a_day() {
        let all = [("fingerprint", "'x'"), ("reason", "'r'"), ("by", "'b'"), ("until", "2026-01-01")];
        let without = |left_out: &str| {
            let lines = all.iter().filter(|(key, _)| *key != left_out).map(|(key, value)| format!("{key} = {value}\n"));
            format!("jobs = 1\n[[suppress]]\n{}", lines.collect::<String>())
        };
        assert!(parse(&without(""), &[]).is_ok());
        assert_eq!(wrong(&without("fingerprint")), (2, Trouble::NoTarget));
        for key in ["reason", "by", "until"] {
            assert_eq!(wrong(&without(key)), (2, Trouble::Missing(key)));
        }
        let day = |text: &str| wrong(&without("").replace("2026-01-01", text));
        assert_eq!(day("2026-02-30T00:00:00").0, 6);
        assert_eq!(day("'soon'"), (6, Trouble::WrongValue("until".into(), Wanted::Day)));
        assert_eq!(wrong("suppress = 1\n"), (1, Trouble::WrongValue("suppress".into(), Wanted::Tables)));
        assert_eq!(wrong(&without("").replace("'r'", "' '")).0, 4);
    }
}
