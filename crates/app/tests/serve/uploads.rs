//! What is brought: archives, sizes, names, and words of documents that would like to be markup or formulas.

use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};
use mingzhang_testkit::folder::Folder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::client::Server;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const EXAMPLE: &str = include_str!("../../../../examples/yunlu_archives_2025_budget_with_mistakes.txt");

#[test]
fn an_archive_is_taken_apart_and_its_names_lead_nowhere() {
    let folder = Folder::new("serve-zip");
    let server = Server::demo(&folder, &[]);
    let reviewer = server.visitor("检查");
    let bytes = archive(&[
        ("../../../escape.txt", b"a"),
        ("/absolute.txt", b"b"),
        ("folder/inner.txt", EXAMPLE.as_bytes()),
        ("__MACOSX/._inner.txt", b"c"),
    ]);
    let batch = reviewer.upload("/checks", &[("name", "压缩包")], &[("all.zip", &bytes)]);
    assert_eq!(batch.status, 303, "{}", batch.text);
    let page = reviewer.checked(&batch.location);
    let files = page["bodies"].as_array().unwrap().iter().flat_map(|body| body["files"].as_array().unwrap());
    let mut names: Vec<&str> = files.map(|file| file["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["absolute.txt", "escape.txt", "inner.txt"]);
    assert!(!folder.join("escape.txt").exists() && !std::path::Path::new("/absolute.txt").exists());
}

#[test]
fn an_archive_that_is_a_bomb_is_refused_and_nothing_is_kept() {
    let folder = Folder::new("serve-bomb");
    let server = Server::demo(&folder, &["--largest-file", "2", "--largest-upload", "5"]);
    let reviewer = server.visitor("检查");
    let zeros = vec![b'0'; 3 << 20];
    let bomb = archive(&[("bomb.txt", &zeros)]);
    assert!(bomb.len() < 10_000, "{}", bomb.len());
    let million = vec![b'0'; 1 << 20];
    let many: Vec<(String, &[u8])> = (0..7).map(|i| (format!("{i}.txt"), million.as_slice())).collect();
    let many = archive(&many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect::<Vec<_>>());
    for (name, bytes) in [("bomb.zip", &bomb), ("many.zip", &many)] {
        let answer = reviewer.upload("/checks", &[], &[(name, bytes)]);
        assert_eq!(answer.status, 413, "{name}: {}", answer.text);
    }
    let broken = reviewer.upload("/checks", &[], &[("broken.zip", &bomb[..bomb.len() / 2])]);
    assert_eq!(broken.status, 400, "{}", broken.text);
    assert_eq!(reviewer.json("/checks")["batches"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        std::fs::read_dir(folder.join("data/files/incoming")).unwrap().count(),
        0,
        "nothing half brought is left"
    );
    assert!(server.said().contains("denied"));
}

#[test]
fn more_than_the_limit_is_refused_before_it_is_read() {
    let folder = Folder::new("serve-large");
    let server = Server::demo(&folder, &["--largest-file", "1", "--largest-upload", "2"]);
    let reviewer = server.visitor("检查");
    let large = vec![b'0'; (1 << 20) + 1];
    assert_eq!(reviewer.upload("/checks", &[], &[("large.txt", &large)]).status, 413);
    // What says of itself that it has 500 MB is refused by its head alone.
    let said = declared(&server.base, 500 << 20);
    assert!(said.starts_with("HTTP/1.1 3") || said.starts_with("HTTP/1.1 4"), "{said}");
    assert_eq!(reviewer.json("/checks")["batches"].as_array().map(Vec::len), Some(1));
}

/// The first line that comes back on a request that says how long it is and sends nothing.
fn declared(base: &str, length: usize) -> String {
    use std::io::Read;
    let host = base.strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    let head = format!(
        "POST /checks HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=x\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).unwrap();
    String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
}

#[test]
fn words_of_a_document_stay_words() {
    let folder = Folder::new("serve-markup");
    let server = Server::demo(&folder, &[]);
    let reviewer = server.visitor("检查");
    let evil = EXAMPLE.replace("云麓区档案馆", "<script>alert(1)</script>");
    let name = "=cmd|'calc'!A0<img src=x onerror=alert(1)>.txt";
    let batch = reviewer.upload("/checks", &[("name", "<b>批次</b>")], &[(name, evil.as_bytes())]).location;
    let page = reviewer.checked(&batch);
    let file = page["bodies"][0]["files"][0]["id"].as_u64().expect("a file");
    for path in [batch.clone(), format!("{batch}/files/{file}"), "/checks".to_owned()] {
        let answer = reviewer.get(&path);
        assert_eq!(answer.status, 200);
        for markup in ["<script>alert", "<img src=x", "<b>批次"] {
            assert!(!answer.text.contains(markup), "{markup} in {path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    }
    let sheet = reviewer.agent.get(format!("{}{batch}/checklist.xlsx", server.base)).call().unwrap();
    let bytes = sheet.into_body().read_to_vec().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut cells = 0;
    for name in book.sheet_names() {
        assert_eq!(book.worksheet_formula(&name).unwrap().used_cells().count(), 0, "a formula in {name}");
        let is_text = |cell: &Data| matches!(cell, Data::String(text) if text.contains("=cmd"));
        cells += book.worksheet_range(&name).unwrap().used_cells().filter(|(.., cell)| is_text(cell)).count();
    }
    assert!(cells > 0, "the name is there, as text");
}

#[test]
fn strange_uploads_get_an_answer() {
    let folder = Folder::new("serve-strange");
    let server = Server::demo(&folder, &[]);
    let reviewer = server.visitor("检查");
    assert_eq!(reviewer.upload("/checks", &[], &[]).status, 422, "no file");
    assert_eq!(reviewer.upload("/checks/1/files/1/corrected", &[], &[]).status, 400);
    let batch =
        reviewer.upload("/checks", &[], &[("empty.pdf", b""), ("noise.pdf", &[0, 159, 146, 150]), ("x.docx", b"PK")]);
    let page = reviewer.checked(&batch.location);
    // What is no document at all can be read as text and says nothing.
    assert_eq!((&page["progress"]["unreadable"], &page["progress"]["undecided"]), (&2.into(), &1.into()), "{page}");
    let why = page["bodies"][0]["files"][0]["why"].as_str().expect("a reason");
    assert!(!why.is_empty());
    let broken = reviewer.agent.post(format!("{}/checks", server.base)).content_type("multipart/form-data; boundary=x");
    assert_eq!(
        broken.send("--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n").unwrap().status(),
        400
    );
}

#[test]
fn strangers_leave_nothing_behind() {
    let folder = Folder::new("serve-strangers");
    let server = Server::demo(&folder, &[]);
    let stranger = server.stranger();
    let files = || walk(&folder.join("data/files"));
    let before = files();
    let answer = stranger.upload("/sign-in", &[], &[("a.bin", &vec![7; 1 << 15])]);
    assert_eq!(answer.status, 400, "{}", answer.text);
    // More than the system holds between the two ends: who sends it all before reading learns why it was in vain.
    let answer = stranger.upload("/checks", &[], &[("a.bin", &vec![7; 40 << 20])]);
    assert!(answer.location.starts_with("/sign-in"), "{} {}", answer.status, answer.location);
    let large = "x".repeat(1 << 20);
    let answer = server.visitor("检查").upload("/checks", &[("name", &large)], &[("a.txt", b"a")]);
    assert_eq!(answer.status, 413, "{}", answer.text);
    assert_eq!(files(), before, "no file was kept");
}

/// The files of a folder, at any depth, in order.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let inner: Vec<_> = found.iter().filter(|path| path.is_dir()).flat_map(|path| walk(path)).collect();
    found.retain(|path| path.is_file());
    found.extend(inner);
    found.sort();
    found
}

#[test]
fn several_archives_have_the_measure_of_one_and_many_files_are_no_trouble() {
    let folder = Folder::new("serve-archives");
    let server = Server::demo(&folder, &["--largest-file", "2", "--largest-upload", "5"]);
    let reviewer = server.visitor("检查");
    let contents: Vec<Vec<u8>> = (0..4).map(|n| vec![b'0' + n; (3 << 20) / 2]).collect();
    let archives: Vec<Vec<u8>> = contents.iter().map(|bytes| archive(&[("a.txt", bytes)])).collect();
    let files: Vec<(&str, &[u8])> = archives.iter().map(|bytes| ("a.zip", bytes.as_slice())).collect();
    assert_eq!(reviewer.upload("/checks", &[], &files).status, 413, "6 MB of four archives");
    assert_eq!(reviewer.upload("/checks", &[], &files[..3]).status, 303);
    let many: Vec<(String, String)> = (0..1_500).map(|i| (format!("{i}.txt"), format!("第{i}份"))).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let answer = reviewer.upload("/checks", &[], &[("many.zip", &archive(&many))]);
    assert_eq!(answer.status, 303, "{}", answer.text);
}
