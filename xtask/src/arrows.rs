//! Who may import whom. Stages never import stages: they meet at the nouns.

use crate::{Failure, File, Repository};
use toml::Table;

/// A crate and what it may import of ours.
struct Layer {
    package: &'static str,
    may_import: &'static [&'static str],
}

const NOUNS: &[&str] = &["mingzhang-model"];
const NOUNS_AND_LAW: &[&str] = &["mingzhang-model", "mingzhang-standard"];
const LEFT_ARM: &[&str] =
    &["mingzhang-model", "mingzhang-standard", "mingzhang-read", "mingzhang-extract", "mingzhang-rules"];
/// A store keeps records for the books and knows nothing else.
const STORES: &[&str] = &["mingzhang-books"];
const ALL: &[&str] = &[
    "mingzhang-model",
    "mingzhang-standard",
    "mingzhang-read",
    "mingzhang-extract",
    "mingzhang-rules",
    "mingzhang-books",
    "mingzhang-desk",
    "mingzhang-catalogue",
    "mingzhang-charts",
    "mingzhang-columnar",
    "mingzhang-scan",
    "mingzhang-sheets",
    "mingzhang-sqlite",
    "mingzhang-postgres",
    "mingzhang-write",
    "mingzhang-corpus",
];

/// The allowed arrows, in the order of the layers. A crate that is not here may not exist.
const LAYERS: [Layer; 20] = [
    Layer { package: "mingzhang-model", may_import: &[] },
    Layer { package: "mingzhang-standard", may_import: NOUNS },
    // Workbooks have one reader, whoever wants them: the cells come from `sheets`, `read` makes a document of them.
    Layer { package: "mingzhang-read", may_import: &["mingzhang-model", "mingzhang-sheets"] },
    Layer { package: "mingzhang-scan", may_import: NOUNS },
    Layer { package: "mingzhang-extract", may_import: NOUNS_AND_LAW },
    Layer { package: "mingzhang-rules", may_import: NOUNS_AND_LAW },
    Layer { package: "mingzhang-books", may_import: NOUNS_AND_LAW },
    Layer { package: "mingzhang-sheets", may_import: NOUNS },
    Layer { package: "mingzhang-sqlite", may_import: STORES },
    Layer { package: "mingzhang-postgres", may_import: STORES },
    // The desk is kept in the stores of the books, and names persons and units as they do.
    Layer { package: "mingzhang-desk", may_import: STORES },
    Layer { package: "mingzhang-write", may_import: NOUNS_AND_LAW },
    Layer { package: "mingzhang-catalogue", may_import: NOUNS_AND_LAW },
    Layer { package: "mingzhang-charts", may_import: NOUNS },
    Layer { package: "mingzhang-columnar", may_import: NOUNS },
    Layer { package: "mingzhang-corpus", may_import: LEFT_ARM },
    Layer { package: "mingzhang", may_import: ALL },
    // Never shipped, so they may look at everything; nothing above may depend on them.
    Layer { package: "mingzhang-testkit", may_import: ALL },
    Layer { package: "mingzhang-fuzz", may_import: ALL },
    Layer { package: "xtask", may_import: &[] },
];

/// Checks every arrow between crates of the workspace. Dependencies of tests alone are free.
pub fn check(repository: &Repository) -> Vec<Failure> {
    repository.manifests().flat_map(|(_, file)| check_manifest(file)).collect()
}

fn check_manifest(file: &File) -> Vec<Failure> {
    let manifest: Table = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![file.failure(0, format!("not a manifest: {error}"))],
    };
    let package = manifest.get("package").and_then(|package| package.get("name")?.as_str()).unwrap_or_default();
    let Some(layer) = LAYERS.iter().find(|layer| layer.package == package) else {
        return vec![
            file.failure(0, format!("crate `{package}` has no place among the layers in xtask/src/arrows.rs")),
        ];
    };
    let is_ours = |name: &&String| LAYERS.iter().any(|layer| layer.package == *name);
    let names = dependencies(&manifest);
    let forbidden = names.iter().filter(is_ours).filter(|name| !layer.may_import.contains(&name.as_str()));
    forbidden.map(|name| file.failure(0, format!("`{package}` may not import `{name}`"))).collect()
}

/// The packages that a crate needs to be built, for any target.
pub(crate) fn dependencies(manifest: &Table) -> Vec<String> {
    let targets = manifest.get("target").and_then(|targets| targets.as_table()).into_iter().flatten();
    let tables = targets.filter_map(|(_, target)| target.as_table()).chain(std::iter::once(manifest));
    let mut names = Vec::new();
    for table in tables {
        for section in ["dependencies", "build-dependencies"] {
            let Some(dependencies) = table.get(section).and_then(|section| section.as_table()) else { continue };
            names.extend(dependencies.iter().map(|(key, value)| {
                let renamed = value.get("package").and_then(|package| package.as_str());
                renamed.unwrap_or(key).to_owned()
            }));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn messages(manifest: &str) -> Vec<String> {
        let repository = sample(&[("crates/x/Cargo.toml", manifest)]);
        check(&repository).into_iter().map(|failure| failure.message).collect()
    }

    #[test]
    fn a_stage_may_not_import_a_stage() {
        let bad = "[package]\nname = \"mingzhang-extract\"\n[dependencies]\nmingzhang-read.workspace = true\n";
        assert_eq!(messages(bad), ["`mingzhang-extract` may not import `mingzhang-read`"]);
        let renamed = bad.replace("mingzhang-read.workspace = true", "r = { package = \"mingzhang-read\" }");
        assert_eq!(messages(&renamed).len(), 1);
        let target = bad.replace("[dependencies]", "[target.'cfg(unix)'.dependencies]");
        assert_eq!(messages(&target).len(), 1);
    }

    #[test]
    fn what_is_never_shipped_is_no_normal_dependency() {
        let bad = "[package]\nname = \"mingzhang\"\n[dependencies]\nmingzhang-testkit.workspace = true\n";
        assert_eq!(messages(bad).len(), 1);
        assert!(messages(&bad.replace("[dependencies]", "[dev-dependencies]")).is_empty());
        assert_eq!(messages(&bad.replace("mingzhang-testkit", "xtask")).len(), 1);
    }

    #[test]
    fn a_crate_without_a_layer_and_a_broken_manifest_are_failures() {
        assert_eq!(messages("[package]\nname = \"mingzhang-other\"\n").len(), 1);
        assert_eq!(messages("[package\n").len(), 1);
    }

    #[test]
    fn good_manifests_pass() {
        let good =
            "[package]\nname = \"mingzhang-rules\"\n[dependencies]\nmingzhang-model.workspace = true\nserde = \"1\"\n";
        assert!(messages(good).is_empty());
    }
}
