//! Findings that were there before: a file of fingerprints, so that a run shows only what is new.
//!
//! A fingerprint says which rule and which money, not whose: the document belongs to the name. It is known
//! by its body, year and stage, so that a file may be renamed and set anew, and by the name of the file
//! where it does not say whose it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use mingzhang_model::finding::Finding;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::messages::settings::{Against, Trouble};
use crate::pipeline::Checkup;
use crate::selection::Selection;
use crate::settings::Complaint;
use crate::shapes;

/// An earlier finding.
#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    fingerprint: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    document: About,
    #[serde(default)]
    message: String,
}

/// The document of an earlier finding.
#[derive(Clone, Default, Serialize, Deserialize)]
struct About {
    path: Option<String>,
    body: Option<String>,
    year: Option<u16>,
    stage: Option<String>,
}

impl About {
    fn new(path: &str, checkup: &Checkup) -> About {
        let disclosure = &checkup.disclosure;
        About {
            path: Some(path.to_owned()),
            body: disclosure.body.clone(),
            year: disclosure.year,
            stage: disclosure.kind.map(|kind| shapes::stage_word(kind).to_owned()),
        }
    }

    /// What tells one document from another.
    fn identity(&self) -> String {
        match (&self.body, &self.path) {
            (Some(body), _) => {
                let year = self.year.map(|year| year.to_string()).unwrap_or_default();
                format!("{body}|{year}|{}", self.stage.as_deref().unwrap_or_default())
            }
            (None, Some(path)) => path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            (None, None) => String::new(),
        }
    }
}

/// The findings of an earlier run, and what became of them.
pub(crate) struct Baseline {
    /// How often each was there, and not yet met in this run.
    left: BTreeMap<(String, String), usize>,
    entries: Vec<Entry>,
    against: Against,
}

impl Baseline {
    /// Reads the file that `--write-baseline`, or the formats json and jsonl, wrote.
    pub(crate) fn read(path: &Path) -> Result<Baseline, Complaint> {
        let complain = |trouble| Complaint { path: Some(path.to_owned()), line: None, trouble };
        let bytes = std::fs::read(path).map_err(|error| complain(Trouble::Unreadable(error.to_string())))?;
        let text = String::from_utf8(bytes).map_err(|_| complain(Trouble::NotUtf8))?;
        let entries = entries(&text).map_err(|error| complain(Trouble::NotABaseline(error.to_string())))?;
        let mut left = BTreeMap::new();
        for entry in &entries {
            *left.entry((entry.document.identity(), entry.fingerprint.clone())).or_insert(0) += 1;
        }
        Ok(Baseline { left, entries, against: Against::default() })
    }

    /// True when the finding was there before; each counts once.
    pub(crate) fn knows(&mut self, path: &str, checkup: &Checkup, finding: &Finding) -> bool {
        let identity = About::new(path, checkup).identity();
        let of_document = [(identity, finding.fingerprint.clone()), (String::new(), finding.fingerprint.clone())];
        let known = of_document.iter().any(|key| match self.left.get_mut(key) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        });
        *(if known { &mut self.against.known } else { &mut self.against.new }) += 1;
        known
    }

    /// How the run compares. Gone is only what could have been met: in a document that was read, of a rule
    /// that was asked for.
    pub(crate) fn against(&self, met: &Met, selection: &Selection) -> Against {
        let could_be_met = |(identity, fingerprint): &(String, String)| {
            let rule = fingerprint.split(':').next().unwrap_or_default();
            (identity.is_empty() || met.documents.contains(identity)) && selection.takes(rule)
        };
        let left = self.left.iter().filter(|(key, _)| could_be_met(key));
        Against { fixed: left.map(|(_, left)| left).sum(), ..self.against }
    }
}

/// The findings in a text: one JSON object with a list of them, or one to a line.
fn entries(text: &str) -> serde_json::Result<Vec<Entry>> {
    #[derive(Deserialize)]
    struct Whole {
        findings: Vec<Entry>,
    }
    let whole = match serde_json::from_str::<Whole>(text) {
        Ok(whole) => return Ok(whole.findings),
        Err(error) => error,
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let values: Vec<Value> = lines.map(serde_json::from_str).collect::<Result<_, _>>().map_err(|_| whole)?;
    let is_finding = |value: &&Value| value.get("type").is_none_or(|kind| kind == "finding");
    values.iter().filter(is_finding).map(Entry::deserialize).collect()
}

/// What this run met, to be the baseline of later ones.
#[derive(Default)]
pub(crate) struct Met {
    documents: BTreeSet<String>,
    entries: Vec<Entry>,
}

impl Met {
    /// A document was read.
    pub(crate) fn document(&mut self, path: &str, checkup: &Checkup) {
        self.documents.insert(About::new(path, checkup).identity());
    }

    /// A finding stands, new or known.
    pub(crate) fn finding(&mut self, path: &str, checkup: &Checkup, finding: &Finding) {
        self.entries.push(Entry {
            fingerprint: finding.fingerprint.clone(),
            rule: finding.rule.clone(),
            document: About::new(path, checkup),
            message: finding.message.clone(),
        });
    }

    /// Writes what was met, and what an earlier baseline says of documents that were not read this time.
    pub(crate) fn write(&self, out: &mut dyn Write, earlier: Option<&Baseline>) -> io::Result<()> {
        let not_read = |entry: &&Entry| !self.documents.contains(&entry.document.identity());
        let kept = earlier.into_iter().flat_map(|baseline| baseline.entries.iter().filter(not_read));
        out.write_all(b"{\"findings\": [")?;
        for (i, entry) in kept.chain(&self.entries).enumerate() {
            out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, entry)?;
        }
        out.write_all(b"\n]}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_found_in_json_and_in_lines() {
        let whole = "{\"findings\": [{\"fingerprint\": \"TA007:1\"}], \"documents\": []}";
        let lines = "{\"type\":\"finding\",\"fingerprint\":\"TA007:1\"}\n{\"type\":\"document\",\"path\":\"a\"}\n\n";
        for text in [whole, lines] {
            let found = entries(text).unwrap();
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].fingerprint, "TA007:1");
        }
        assert!(entries("").is_ok_and(|found| found.is_empty()));
        for text in ["x", "{\"findings\": [{}]}", "{\"type\":\"finding\"}\n", "[1]"] {
            assert!(entries(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_document_is_known_by_its_body_or_else_by_its_name() {
        let about = |path: &str, body: Option<&str>| About {
            path: Some(path.into()),
            body: body.map(Into::into),
            year: Some(2025),
            stage: Some("initial".into()),
        };
        assert_eq!(about("a/x.pdf", Some("财政局")).identity(), about("b.pdf", Some("财政局")).identity());
        assert_eq!(about("a/x.pdf", None).identity(), about("b\\x.pdf", None).identity());
        assert_ne!(about("a/x.pdf", Some("财政局")).identity(), about("a/x.pdf", Some("档案馆")).identity());
    }
}
