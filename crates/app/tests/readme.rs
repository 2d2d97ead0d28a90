//! What the READMEs show is what the program prints. To bring them up to date after a change:
//! `MINGZHANG_UPDATE=1 cargo test -p mingzhang --test readme`.

use std::path::{Path, PathBuf};
use std::process::Command;

const COMMAND: &str = "cargo run --release -- check examples/yunlu_archives_2025_budget_with_mistakes.txt\n";
const BEGIN: &str = "```text\n";
const END: &str = "```\n";

/// The settings that the READMEs show name every key, are understood, and do what they say.
#[test]
fn the_settings_of_the_readmes_are_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for name in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root.join(name)).expect("the README is there");
        let settings = text.split("```toml\n").nth(1).and_then(|rest| rest.split(END).next()).expect("a block of TOML");
        let file = std::env::temp_dir().join(format!("mingzhang-readme-{}-{name}.toml", std::process::id()));
        std::fs::write(&file, settings).expect("a file for the test");
        let output = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
            .args(["check", "examples/yunlu_archives_2025_budget_with_mistakes.txt", "--config"])
            .arg(&file)
            .env("MINGZHANG_TODAY", "2027-07-01")
            .current_dir(&root)
            .output()
            .expect("the program starts");
        std::fs::remove_file(&file).expect("the file is there");
        let said = String::from_utf8(output.stdout).expect("standard output is UTF-8");
        assert_eq!(output.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(said.trim_end().ends_with("1 已豁免") && said.contains("的豁免已于 2027-06-30 到期"), "{name}: {said}");
    }
}

#[test]
fn the_readmes_show_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let printed = printed(&root);
    for name in ["README.md", "README.zh-CN.md"] {
        let path: PathBuf = root.join(name);
        let text = std::fs::read_to_string(&path).expect("the README is there");
        let expected = with_output(&text, &printed);
        if std::env::var_os("MINGZHANG_UPDATE").is_some() {
            std::fs::write(&path, &expected).expect("the README can be written");
        } else {
            assert!(
                text == expected,
                "{name} is out of date: MINGZHANG_UPDATE=1 cargo test -p mingzhang --test readme"
            );
        }
    }
}

/// What the command of the READMEs prints, from the root of the repository as there.
fn printed(root: &Path) -> String {
    let arguments = COMMAND.trim().split(" -- ").nth(1).expect("the command has arguments").split(' ');
    let output = Command::new(env!("CARGO_BIN_EXE_mingzhang")).args(arguments).current_dir(root).output();
    String::from_utf8(output.expect("the program starts").stdout).expect("standard output is UTF-8")
}

/// The text with the block after the command replaced.
fn with_output(text: &str, printed: &str) -> String {
    let (before, after) = text.split_once(COMMAND).expect("the README has the command");
    let (between, after) = after.split_once(BEGIN).expect("the README has a block of output");
    let (_, after) = after.split_once(END).expect("the block ends");
    format!("{before}{COMMAND}{between}{BEGIN}{printed}{END}{after}")
}
