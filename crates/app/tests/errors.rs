//! What a person sees when something is wrong with the files, and the exit codes that go with it.

mod program;

use std::path::PathBuf;

use program::{run, run_with_input};

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    /// An empty folder.
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("mingzhang-program-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for temporary files");
        Folder(path)
    }

    /// The folder with one more file.
    fn with(self, file: &str, bytes: &[u8]) -> Folder {
        let path = self.0.join(file);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    /// The path of the folder.
    fn root(&self) -> String {
        self.0.to_str().expect("a path in UTF-8").to_owned()
    }

    /// The path of a file in it.
    fn path(&self, file: &str) -> String {
        self.0.join(file).to_str().expect("a path in UTF-8").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_missing_path_is_one_clear_line() {
    let done = run(&["check", "no/such/file.pdf", "--output-format", "concise"]);
    assert_eq!(done.code, 2);
    let line = "no/such/file.pdf: 无法读取，因为找不到这个文件或文件夹，请核对路径";
    assert_eq!(done.stdout.lines().next(), Some(line));
    assert_eq!(done.stdout.lines().last(), Some("有文件无法读取：0 错误，0 警告，0 通过，0 不适用"));
}

#[test]
fn an_empty_file_is_not_a_pass() {
    let folder = Folder::new("empty").with("空.pdf", b"");
    let done = run(&["check", &folder.path("空.pdf"), "--output-format", "concise"]);
    assert_eq!(done.code, 2);
    assert!(done.stdout.contains("空.pdf: 无法读取，因为文件是空的"), "{}", done.stdout);
}

#[test]
fn a_folder_without_documents_says_what_it_has() {
    let folder = Folder::new("no-documents").with("a.pptx", b"x").with("b/c.png", b"x");
    let done = run(&["check", &folder.root()]);
    assert_eq!(done.code, 2);
    assert!(done.stdout.contains("没有 PDF、Word、网页、电子表格或文本文件（另有 2 个其他文件）"), "{}", done.stdout);
    assert!(done.stderr.contains("2 个文件不是 PDF、Word、网页、电子表格或文本"), "{}", done.stderr);
}

#[test]
fn random_bytes_are_refused() {
    let bytes: Vec<u8> = (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let folder = Folder::new("random").with("x.pdf", &bytes);
    let done = run(&["check", &folder.path("x.pdf"), "--output-format", "concise"]);
    assert_eq!(done.code, 2, "{}", done.stdout);
    assert!(done.stdout.contains("x.pdf: 无法读取，因为"), "{}", done.stdout);
}

/// A PDF whose objects and cross-references were cut off on the way.
#[test]
fn a_truncated_pdf_is_one_clear_line() {
    let folder =
        Folder::new("truncated").with("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendo");
    let done = run(&["check", &folder.path("cut.pdf"), "--output-format", "concise"]);
    assert_eq!(done.code, 2, "{}", done.stdout);
    assert!(done.stdout.contains("cut.pdf: 无法读取，因为"), "{}", done.stdout);
    assert_eq!(done.stdout.lines().count(), 2, "{}", done.stdout);
}

#[test]
fn text_without_tables_cannot_be_judged() {
    let folder = Folder::new("prose").with("prose.txt", "今天天气很好。\n\n我们去公园走走。\n".as_bytes());
    let done = run(&["check", &folder.path("prose.txt"), "--output-format", "concise", "--fail-on", "never"]);
    assert_eq!(done.code, 2, "{}", done.stdout);
    assert!(done.stdout.contains("prose.txt: 未识别到法定表格，无法判断"), "{}", done.stdout);
}

#[test]
fn standard_input_is_a_document_too() {
    let done = run_with_input(&["check", "-", "--output-format", "concise", "--fail-on", "never"], "今天天气很好。\n");
    assert_eq!(done.code, 2);
    assert!(done.stdout.contains("-: 未识别到法定表格，无法判断"), "{}", done.stdout);
    let empty = run_with_input(&["check", "-", "--output-format", "concise"], "");
    assert!(empty.stdout.contains("-: 无法读取，因为文件是空的"), "{}", empty.stdout);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("secret").with("a.txt", "秘密".as_bytes());
    let path = folder.path("a.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: this account may read every file");
        return;
    }
    let done = run(&["check", &path, "--output-format", "concise"]);
    assert!(done.stdout.contains("没有读取权限"), "{}", done.stdout);
}

#[test]
fn the_run_goes_on_after_a_file_that_cannot_be_read() {
    let folder = Folder::new("goes-on").with("a.pdf", b"").with("b.txt", "今天天气很好。\n".as_bytes());
    let done = run(&["check", &folder.root(), "--output-format", "json"]);
    assert_eq!(done.code, 2);
    let value: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    let documents = value["documents"].as_array().unwrap();
    assert_eq!(documents.len(), 2);
    assert!(documents[0]["error"].as_str().unwrap().starts_with("无法读取，因为"));
    assert_eq!(documents[1]["error"], serde_json::Value::Null);
    assert_eq!(documents[1]["sha256"].as_str().unwrap().len(), 64);
    assert!(done.stderr.contains("a.pdf: 无法读取"), "{}", done.stderr);
}

#[test]
fn an_output_file_appears_complete_or_not_at_all() {
    let folder = Folder::new("output").with("a.txt", "今天天气很好。\n".as_bytes());
    let (input, output) = (folder.path("a.txt"), folder.path("out.json"));
    let done = run(&["check", &input, "--output-format", "json", "--output-file", &output]);
    assert_eq!((done.code, done.stdout.as_str()), (2, ""));
    let text = std::fs::read_to_string(&output).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    let nowhere = folder.path("no/such/folder/out.json");
    let done = run(&["check", &input, "--output-file", &nowhere]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("无法写入"), "{}", done.stderr);
    let done = run(&["check", &input, "--output-file", &input]);
    assert_eq!(done.code, 2);
    assert!(done.stderr.contains("请换一个文件名"), "{}", done.stderr);
    assert_eq!(std::fs::read_to_string(&input).unwrap(), "今天天气很好。\n");
}

#[test]
fn wrong_arguments_are_explained_in_one_line() {
    for (arguments, words) in [
        (&["check"][..], "缺少"),
        (&["chek", "x"], "没有 chek 这个命令，可用：check"),
        (&["check", "--fail-on", "bad", "x"], "不能取 bad"),
        (&["check", "--jobs", "0", "x"], "不能取 0"),
        (&["check", "--nonsense", "x"], "不认识的参数 --nonsense"),
        (&["rule"], "请给出规则编码"),
        (&["rule", "QQ999"], "没有编码为 QQ999 的规则"),
        (&["read", "no/such/file"], "找不到"),
        (&["read", ".", "--table", "1"], "--table 只用于"),
        (&["read", "."], "这是文件夹"),
    ] {
        let done = run(arguments);
        assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(done.stderr.contains(words), "{arguments:?}: {}", done.stderr);
        assert_eq!(done.stderr.lines().count(), 1, "{arguments:?}: {}", done.stderr);
    }
}

#[test]
fn help_is_chinese_first_and_english_on_demand() {
    let chinese = run(&["check", "--help"]);
    assert_eq!(chinese.code, 0);
    assert!(chinese.stdout.contains("用法：") && chinese.stdout.contains("退出码"), "{}", chinese.stdout);
    assert!(!chinese.stdout.contains("Usage") && !chinese.stdout.contains("[default"), "{}", chinese.stdout);
    let english = run(&["--lang", "en", "check", "--help"]);
    assert!(english.stdout.contains("Usage:") && english.stdout.contains("Exit codes"), "{}", english.stdout);
    assert_eq!(run(&[]).code, 2);
}

#[test]
fn facts_of_an_unreadable_file_are_none() {
    let folder = Folder::new("facts").with("a.pdf", b"");
    let done = run(&["facts", &folder.path("a.pdf")]);
    assert_eq!(done.code, 2);
    let value: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(value["documents"][0]["facts"], serde_json::json!([]));
    let csv = run(&["facts", &folder.path("a.pdf"), "--output-format", "csv"]);
    assert!(csv.stdout.starts_with("path,table,concept,title,row_code,row,column,year,"), "{}", csv.stdout);
    assert!(csv.stderr.contains("a.pdf: 无法读取"), "{}", csv.stderr);
}
