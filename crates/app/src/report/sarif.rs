//! SARIF 2.1.0, for the services that show findings of many tools. The rules carry their pages. SARIF knows
//! lines but no pages: a page and its rectangle are properties of the location, with the words that a person
//! uses as its message.

use std::collections::BTreeMap;
use std::io::{self, Write};

use mingzhang_model::finding::Finding;
use mingzhang_model::locator::Locator;
use mingzhang_model::rule::{Rule, Severity};
use serde::Serialize;

use super::{Closing, Extent, Reporter, in_order_of_place};
use crate::messages::{Lang, Message};
use crate::pipeline::{Checked, Checkup, Detail};
use crate::shapes::LocationShape;
use crate::sieve::Why;
use crate::tally::Standing;
use crate::together::Together;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name of the fingerprint, with the version of how it is made.
const FINGERPRINT: &str = "mingzhang/v1";

/// Prints one SARIF log with one run.
pub(crate) struct Sarif {
    lang: Lang,
    extent: Extent,
    has_baseline: bool,
    artifacts: Vec<Artifact>,
    notifications: Vec<Notification>,
    results: usize,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    #[serde(rename = "semanticVersion")]
    semantic_version: &'a str,
    language: &'a str,
    rules: Vec<Descriptor<'a>>,
}

/// A rule. Its name is in Pascal case, as SARIF asks for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    name: String,
    short_description: Text,
    help: Help<'a>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: Vec<Location<'a>>,
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    severity: &'static str,
    expected: Option<&'a str>,
    found: Option<&'a str>,
    difference: Option<&'a str>,
    suggested: Option<&'a str>,
    also: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    message: Text,
    properties: LocationShape<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Serialize)]
struct ArtifactLocation {
    uri: String,
    index: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text>,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    hashes: BTreeMap<&'static str, String>,
}

/// A file that could not be read.
#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    locations: Vec<BareLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BareLocation {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    tool_execution_notifications: &'a [Notification],
}

impl Sarif {
    /// A reporter that has printed nothing yet.
    pub(crate) fn new(lang: Lang, extent: Extent, has_baseline: bool) -> Sarif {
        let (artifacts, notifications) = (Vec::new(), Vec::new());
        Sarif { lang, extent, has_baseline, artifacts, notifications, results: 0 }
    }

    fn result<'a>(&self, at: &ArtifactLocation, finding: &'a Finding, why: Option<&Why>) -> SarifResult<'a> {
        let suppressions = match why {
            Some(why @ Why::Suppressed { .. }) => {
                let justification = self.lang.say(&Message::WhyAside(why));
                vec![Suppression { kind: "external", status: "accepted", justification }]
            }
            Some(Why::Known) | None => Vec::new(),
        };
        let state = if why == Some(&Why::Known) { "unchanged" } else { "new" };
        let related = finding.related.iter().enumerate();
        SarifResult {
            rule_id: &finding.rule,
            rule_index: mingzhang_rules::registry().iter().position(|rule| rule.code == finding.rule),
            level: level(finding.severity),
            message: Text { text: finding.message.clone() },
            locations: vec![location(
                self.of(at, &finding.location),
                &finding.location,
                finding.location.words(),
                None,
            )],
            related_locations: related
                .map(|(i, r)| location(self.of(at, &r.location), &r.location, r.label.clone(), Some(i + 1)))
                .collect(),
            partial_fingerprints: BTreeMap::from([(FINGERPRINT, finding.fingerprint.as_str())]),
            baseline_state: self.has_baseline.then_some(state),
            suppressions,
            properties: Properties {
                severity: finding.severity.word(),
                expected: finding.expected.as_deref(),
                found: finding.found.as_deref(),
                difference: finding.difference.as_deref(),
                suggested: finding.culprit.as_ref().map(|culprit| culprit.suggested.as_str()),
                also: &finding.also,
            },
        }
    }

    /// The file that a place stands in: its own where it names one that was printed.
    fn of<'s>(&'s self, at: &'s ArtifactLocation, locator: &Locator) -> &'s ArtifactLocation {
        let own = locator.document.as_deref().map(uri);
        let named = own.and_then(|own| self.artifacts.iter().find(|artifact| artifact.location.uri == own));
        named.map_or(at, |artifact| &artifact.location)
    }

    fn results(&mut self, out: &mut dyn Write, at: &ArtifactLocation, checkup: &Checkup) -> io::Result<()> {
        let set_aside = checkup.set_aside.iter().filter(|_| self.extent == Extent::All);
        let set_aside = set_aside.map(|aside| (&aside.finding, Some(&aside.why)));
        let findings = in_order_of_place(checkup).into_iter().map(|finding| (finding, None)).chain(set_aside);
        for (finding, why) in findings.collect::<Vec<_>>() {
            out.write_all(if self.results == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &self.result(at, finding, why))?;
            self.results += 1;
        }
        Ok(())
    }
}

impl Reporter for Sarif {
    fn detail(&self) -> Detail {
        Detail::Everything
    }

    fn begin(&mut self, out: &mut dyn Write, _documents: usize) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        let driver = serde_json::to_string(&Driver {
            name: "mingzhang",
            version,
            semantic_version: version,
            language: "zh-CN",
            rules: mingzhang_rules::registry().iter().map(descriptor).collect(),
        })?;
        writeln!(out, "{{\"$schema\": \"{SCHEMA}\", \"version\": \"2.1.0\", \"runs\": [{{")?;
        writeln!(out, "\"tool\": {{\"driver\": {driver}}},")?;
        write!(out, "\"results\": [")
    }

    fn document(&mut self, out: &mut dyn Write, checked: &Checked, _standing: Standing) -> io::Result<()> {
        let at = ArtifactLocation { uri: uri(&checked.path), index: self.artifacts.len() };
        let mut hashes = BTreeMap::new();
        match &checked.result {
            Ok(checkup) => {
                self.results(out, &at, checkup)?;
                hashes.extend(checkup.sha256.clone().map(|hash| ("sha-256", hash)));
            }
            Err(failure) => {
                let message = Text { text: self.lang.say(&Message::CannotRead(failure)) };
                let physical_location = PhysicalLocation { artifact_location: at.clone(), region: None };
                let locations = vec![BareLocation { physical_location }];
                self.notifications.push(Notification { level: "error", message, locations });
            }
        }
        self.artifacts.push(Artifact { location: at, hashes });
        Ok(())
    }

    fn bundle(&mut self, out: &mut dyn Write, together: &Together, _standing: Standing) -> io::Result<()> {
        let first = together.members.first().map(|member| uri(&member.path));
        let at = self.artifacts.iter().find(|artifact| Some(&artifact.location.uri) == first.as_ref());
        let at = at.map(|artifact| artifact.location.clone());
        match (at, together.checkup()) {
            (Some(at), Some(checkup)) => self.results(out, &at, checkup),
            _ => Ok(()),
        }
    }

    fn end(&mut self, out: &mut dyn Write, _closing: &Closing<'_>) -> io::Result<()> {
        let invocation = Invocation {
            execution_successful: self.notifications.is_empty(),
            tool_execution_notifications: &self.notifications,
        };
        writeln!(out, "\n],\n\"artifacts\": {},", serde_json::to_string(&self.artifacts)?)?;
        writeln!(out, "\"invocations\": [{}],", serde_json::to_string(&invocation)?)?;
        writeln!(out, "\"columnKind\": \"unicodeCodePoints\"}}]}}")
    }
}

fn descriptor(rule: &Rule) -> Descriptor<'_> {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    Descriptor {
        id: &rule.code,
        name: rule.name.split('-').map(word).collect(),
        short_description: Text { text: rule.title.clone() },
        help: Help { text: &rule.page, markdown: &rule.page },
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note | Severity::Hint => "note",
    }
}

fn location<'a>(at: &ArtifactLocation, locator: &'a Locator, words: String, id: Option<usize>) -> Location<'a> {
    let snippet = || locator.quote.clone().filter(|quote| !quote.is_empty()).map(|text| Text { text });
    let region = locator.place.line.map(|start_line| Region { start_line, snippet: snippet() });
    let physical_location = PhysicalLocation { artifact_location: at.clone(), region };
    Location { id, physical_location, message: Text { text: words }, properties: locator.into() }
}

/// A path as a relative or `file:` address; what may not stand in one is percent-encoded.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut uri = String::new();
    match path.as_bytes() {
        [b'/', ..] => uri.push_str("file://"),
        [_, b':', b'/', ..] => uri.push_str("file:///"),
        _ => {}
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(uri("a b/预.pdf"), "a%20b/%E9%A2%84.pdf");
        assert_eq!(uri("/tmp/a.pdf"), "file:///tmp/a.pdf");
        assert_eq!(uri(r"C:\a.pdf"), "file:///C%3A/a.pdf");
    }

    #[test]
    fn pages_are_properties_and_unreadable_files_notifications() {
        let mut sarif = Sarif::new(Lang::Zh, Extent::Grave, true);
        let text = sample::printed(&mut sarif, &[sample::faulty(), sample::unreadable()]);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let run = &value["runs"][0];
        let location = &run["results"][0]["locations"][0];
        assert_eq!((&location["properties"]["page"], location["physicalLocation"].get("region")), (&2.into(), None));
        assert_eq!(run["results"][0]["baselineState"], "new");
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
        assert_eq!(notification["locations"][0]["physicalLocation"]["artifactLocation"]["index"], 1);
    }
}
