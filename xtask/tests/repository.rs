//! This repository keeps its own rules.

use std::path::Path;
use xtask::Repository;

#[test]
fn the_repository_keeps_its_rules() {
    let repository = Repository::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
    assert!(repository.files.iter().any(|file| file.path == "crates/model/src/lib.rs"), "not the repository");
    let failures: Vec<String> = xtask::check(&repository).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}
