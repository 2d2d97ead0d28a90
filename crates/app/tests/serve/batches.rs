//! The way of a batch: brought, checked, marked, corrected, exported; and a server that is killed on the way.

use mingzhang_testkit::folder::Folder;
use serde_json::Value;

use crate::client::{Server, Visitor};

const FAULTY: &str = include_str!("../../../../examples/yunlu_archives_2025_budget_with_mistakes.txt");
const CLEAN: &str = include_str!("../../../../examples/yunlu_archives_2025_budget.txt");

fn brought(reviewer: &Visitor, files: &[(&str, &[u8])]) -> (String, Value) {
    let batch = reviewer.upload("/checks", &[("name", "云麓")], files);
    assert_eq!(batch.status, 303, "{}", batch.text);
    let page = reviewer.checked(&batch.location);
    (batch.location, page)
}

fn file_id(page: &Value) -> u64 {
    page["bodies"][0]["files"][0]["id"].as_u64().expect("a file")
}

#[test]
fn a_finding_is_marked_and_a_corrected_version_compared() {
    let folder = Folder::new("serve-batch");
    let server = Server::demo(&folder, &[]);
    let reviewer = server.visitor("检查");
    let (batch, page) = brought(&reviewer, &[("预算.txt", FAULTY.as_bytes())]);
    let body = &page["bodies"][0];
    assert_eq!(body["name"], "云麓区档案馆", "{page}");
    assert_eq!(body["files"][0]["standing"], "failed");
    let errors = body["files"][0]["errors"].as_u64().unwrap();
    assert!(errors > 0);
    let at = format!("{batch}/files/{}", file_id(&page));
    let document = reviewer.json(&at);
    let first = &document["findings"][0];
    assert_eq!(first["severity"], "error");
    let fingerprint = first["fingerprint"].as_str().unwrap();
    // To dismiss needs a reason.
    let marks = format!("{at}/marks");
    assert_eq!(reviewer.post(&marks, &[("fingerprint", fingerprint), ("mark", "dismissed")]).status, 422);
    let reason = [("fingerprint", fingerprint), ("mark", "dismissed"), ("reason", "口径不同，见说明")];
    assert_eq!(reviewer.post(&marks, &reason).status, 303);
    let document = reviewer.json(&format!("{at}?mark=dismissed"));
    assert_eq!(document["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["findings"][0]["reason"], "口径不同，见说明");
    assert_eq!(document["findings"][0]["marked_by"], "检查");
    let counted = reviewer.json(&batch)["bodies"][0]["files"][0]["errors"].as_u64().unwrap();
    assert_eq!(counted, errors - 1, "what is dismissed is not counted");
    assert_eq!(reviewer.post(&marks, &[("fingerprint", "none/such"), ("mark", "fixed")]).status, 422);
    assert_eq!(reviewer.post(&marks, &[("fingerprint", fingerprint), ("mark", "loved")]).status, 400);
    // The corrected version.
    let corrected = reviewer.upload(&format!("{at}/corrected"), &[], &[("预算（更正）.txt", CLEAN.as_bytes())]);
    assert!(corrected.location.ends_with("/compare"), "{}", corrected.text);
    reviewer.checked(&batch);
    let compared = reviewer.json(&corrected.location);
    assert_eq!(compared["waiting"], false);
    assert!(compared["fixed"].as_array().unwrap().len() as u64 >= errors, "{compared}");
    assert!(compared["remaining"].as_array().unwrap().iter().all(|row| row["severity"] != "error"));
    let page = reviewer.json(&batch);
    assert_eq!(page["progress"]["files"], 1, "the newest version counts");
    let twice = reviewer.upload(&format!("{at}/corrected"), &[], &[("x.txt", CLEAN.as_bytes())]);
    assert_eq!(twice.status, 422, "an old version is not corrected twice");
}

#[test]
fn files_of_one_body_are_held_against_each_other() {
    let folder = Folder::new("serve-together");
    let server = Server::demo(&folder, &[]);
    let reviewer = server.visitor("检查");
    // Two files may have one name.
    let files = [("预算.txt", CLEAN.as_bytes()), ("预算.txt", FAULTY.as_bytes()), ("别的.txt", "别的".as_bytes())];
    let (batch, page) = brought(&reviewer, &files);
    let held = reviewer.json(&format!("{batch}/together"));
    assert_eq!((&held["waiting"], held["bundles"].as_array().map(Vec::len)), (&0.into(), Some(1)), "{held}");
    let bundle = &held["bundles"][0];
    assert_eq!((&bundle["body"], &bundle["documents"][1]["name"]), (&"云麓区档案馆".into(), &"预算.txt（2）".into()));
    let of_body = page["bodies"][0]["files"].as_array().unwrap();
    let numbers = bundle["documents"].as_array().unwrap().iter().map(|document| &document["file"]);
    assert!(numbers.eq(of_body.iter().map(|file| &file["id"])), "{bundle}");
    // One total differs between the two: each place leads to its own file.
    let differs =
        |finding: &&Value| finding["rule"] == "CT016" && finding["message"].as_str().unwrap().contains("8.00");
    let finding = bundle["findings"].as_array().unwrap().iter().find(differs).expect("the totals differ");
    assert_eq!(finding["places"][0]["file"], of_body[0]["id"]);
    assert_eq!(finding["places"][1]["file"], of_body[1]["id"]);
    assert!(reviewer.get(&format!("{batch}/together")).text.contains("互相核对"));
    let link = reviewer.post(&format!("{batch}/share"), &[]).text;
    let link = link.split("/shared/").nth(1).and_then(|rest| rest.split(['"', '<']).next()).expect("a link");
    let shared = server.stranger().json(&format!("/shared/{link}/together"));
    assert_eq!(shared["bundles"], held["bundles"]);
}

#[test]
fn a_document_is_laid_open_by_an_inspector_only() {
    let folder = Folder::new("serve-release");
    let server = Server::demo(&folder, &[]);
    let (inspector, handler) = (server.visitor("检查"), server.visitor("广州经办"));
    let (batch, page) = brought(&handler, &[("预算.txt", CLEAN.as_bytes())]);
    let at = format!("{batch}/files/{}", file_id(&page));
    assert_eq!(handler.post(&format!("{at}/release"), &[]).status, 403);
    let (batch, page) = brought(&inspector, &[("预算.txt", CLEAN.as_bytes())]);
    let at = format!("{batch}/files/{}", file_id(&page));
    assert_eq!(inspector.post(&format!("{at}/release"), &[("place", "某省云麓区")]).status, 303);
    assert_eq!(inspector.json(&at)["open"], true);
    assert_eq!(inspector.post(&format!("{at}/recall"), &[]).status, 303);
    assert_eq!(inspector.json(&at)["open"], false);
    assert_eq!(inspector.post(&format!("{at}/recall"), &[]).status, 422);
}

#[test]
fn a_killed_server_goes_on_and_does_nothing_twice() {
    let folder = Folder::new("serve-kill");
    let many = 60;
    let files: Vec<(String, String)> = (0..many)
        // Each differs, so that none is another's.
        .map(|i| (format!("{i}.txt"), format!("{FAULTY}\n附注第{i}号\n")))
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let server = Server::demo(&folder, &[]);
    let reviewer = server.visitor("检查");
    reviewer.checked("/checks/1");
    let batch = reviewer.upload("/checks", &[], &files).location;
    let mut deaths = 0;
    let mut server = Some(server);
    while let Some(running) = server.take() {
        let visitor = running.visitor("检查");
        let progress = visitor.json(&batch)["progress"].clone();
        if progress["waiting"] == 0 || deaths == 4 {
            let page = visitor.checked(&batch);
            assert_eq!(page["progress"]["failed"], many, "every file has come out, and alike: {}", page["progress"]);
            break;
        }
        running.kill();
        deaths += 1;
        server = Some(Server::demo(&folder, &[]));
    }
    assert!(deaths > 0, "the server was killed at least once");
    // The journal says once of each file what came of it.
    let server = Server::demo(&folder, &[]);
    let trail = server.visitor("管理").json("/admin/trail");
    let mut checked: Vec<u64> = Vec::new();
    for entry in trail["entries"].as_array().unwrap() {
        if entry["event"] == "file_checked" {
            checked.push(entry["what"]["file"].as_u64().unwrap());
        }
    }
    checked.sort_unstable();
    let all: Vec<u64> = (1..=checked.len() as u64).collect();
    assert_eq!(checked, all, "none is missing, none is there twice");
    assert_eq!(checked.len() as u64, 6 + many);
}
