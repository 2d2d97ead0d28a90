//! The machine-readable package beside a disclosure: its facts as csv and JSON, and `datapackage.json` that says
//! what they are (frictionlessdata.io).

use std::io;
use std::path::{Path, PathBuf};

use mingzhang_model::fact::Facts;
use mingzhang_standard::form::Form;
use serde_json::json;

use crate::cli::FactsFormat;
use crate::facts_command::{HEADER, print_facts};
use crate::pipeline::sha256;

/// What a package is about.
pub(super) struct About<'a> {
    pub(super) facts: &'a Facts,
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) form: &'static Form,
}

/// The files of the package and their contents.
pub(super) fn files(folder: &Path, about: &About<'_>) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let printed = |format| {
        let mut bytes = Vec::new();
        print_facts(format, about.name, about.facts, &mut bytes).map(|()| bytes)
    };
    let (csv, json) = (printed(FactsFormat::Csv)?, printed(FactsFormat::Json)?);
    let descriptor = descriptor(about, &csv, &json)?;
    let files = [("facts.csv", csv), ("facts.json", json), ("datapackage.json", descriptor)];
    Ok(files.map(|(name, bytes)| (folder.join(name), bytes)).into())
}

fn descriptor(about: &About<'_>, csv: &[u8], json: &[u8]) -> io::Result<Vec<u8>> {
    let fields: Vec<_> = HEADER.iter().map(|name| json!({"name": name, "type": "string"})).collect();
    let hash = |bytes| format!("sha256:{}", sha256(bytes));
    let package = json!({
        "profile": "data-package",
        "name": about.name.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
        "title": about.title,
        "form": about.form.id,
        "resources": [
            {
                "name": "facts",
                "path": "facts.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "format": "csv",
                "mediatype": "text/csv",
                "bytes": csv.len(),
                "hash": hash(csv),
                "schema": {"fields": fields}
            },
            {
                "name": "facts-json",
                "path": "facts.json",
                "format": "json",
                "mediatype": "application/json",
                "encoding": "utf-8",
                "bytes": json.len(),
                "hash": hash(json)
            }
        ]
    });
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok(bytes)
}
