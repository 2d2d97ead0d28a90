//! What the server says of itself to programs, against what it does.

use mingzhang_testkit::folder::Folder;
use serde_json::{Value, json};

use crate::client::Server;

#[test]
fn every_page_is_json_of_the_shape_that_is_described() {
    let folder = Folder::new("serve-openapi");
    let server = Server::demo(&folder, &[]);
    let description = server.stranger().json("/api/openapi.json");
    let people = [server.visitor("检查"), server.visitor("经办"), server.visitor("管理")];
    people[0].checked("/checks/1");
    let mut compared = 0;
    for (path, operations) in description["paths"].as_object().expect("paths") {
        let Some(schema) = operations["get"]["responses"]["200"]["content"].get("application/json") else { continue };
        if schema["schema"].as_object().is_none_or(|schema| schema.is_empty()) || path.contains("{link}") {
            continue;
        }
        let whole = json!({ "allOf": [schema["schema"]], "components": description["components"] });
        let validator = jsonschema::validator_for(&whole).unwrap_or_else(|why| panic!("{path}: {why}"));
        for at in addresses(path) {
            let Some(answer) =
                people.iter().map(|person| person.agent.get(format!("{}{at}", server.base))).find_map(|request| {
                    let mut answer = request.header("accept", "application/json").call().ok()?;
                    (answer.status() == 200).then(|| answer.body_mut().read_json::<Value>().expect("JSON"))
                })
            else {
                continue;
            };
            let faults: Vec<String> = validator.iter_errors(&answer).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{at}: {faults:#?}");
            compared += 1;
        }
    }
    assert!(compared >= 15, "only {compared} pages were compared");
}

/// Addresses of a path that lead somewhere in the demonstration.
fn addresses(path: &str) -> Vec<String> {
    let fill = |unit: &str, file: &str| {
        let pairs = [
            ("{batch}", "1"),
            ("{file}", file),
            ("{code}", "TA001"),
            // 怀化市人民政府办公室
            ("{body}", "%E6%80%80%E5%8C%96%E5%B8%82%E4%BA%BA%E6%B0%91%E6%94%BF%E5%BA%9C%E5%8A%9E%E5%85%AC%E5%AE%A4"),
            ("{item}", "three_public"),
            ("{unit}", unit),
            ("{year}", "2024"),
            ("{table}", "budget"),
            ("{publication}", "budget"),
        ];
        pairs.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
    };
    let mut all = vec![fill("140", "6"), fill("101008", "1")];
    all.dedup();
    all
}

#[test]
fn a_page_and_its_json_are_at_one_address() {
    let folder = Folder::new("serve-json");
    let server = Server::demo(&folder, &[]);
    let visitor = server.stranger();
    assert!(visitor.get("/").header("content-type").starts_with("text/html"));
    assert!(visitor.get("/?format=json").header("content-type").starts_with("application/json"));
    assert_eq!(visitor.json("/health")["status"], "ok");
    let missing = visitor.agent.get(format!("{}/none", server.base)).header("accept", "application/json");
    let mut missing = missing.call().unwrap();
    assert_eq!(missing.status(), 404);
    assert_eq!(missing.body_mut().read_json::<Value>().unwrap()["error"]["status"], 404);
    assert!(visitor.get("/?lang=en").text.contains("Public money that adds up"));
    assert!(visitor.get("/").text.contains("lang=\"en\""), "the language is remembered");
}

#[test]
fn the_meters_count_and_need_an_administrator() {
    let folder = Folder::new("serve-meters");
    let server = Server::demo(&folder, &[]);
    assert_eq!(server.stranger().get("/metrics").status, 303);
    server.visitor("检查").checked("/checks/1");
    let text = server.visitor("管理").get("/metrics").text;
    assert!(text.contains("mingzhang_files_checked_total 6"), "{text}");
    assert!(text.contains("mingzhang_documents_open 5"), "{text}");
}

#[test]
fn a_backup_of_a_running_server_is_a_whole_server() {
    let folder = Folder::new("serve-backup");
    let server = Server::demo(&folder, &[]);
    let before = server.visitor("检查").checked("/checks/1");
    let run = |arguments: &[&str], data: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mingzhang"));
        let output = command.arg("serve").args(arguments).arg("--data").arg(folder.join(data)).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let copy = folder.join("copy");
    let copy = copy.to_str().unwrap();
    let (done, said) = run(&["backup", copy], "data");
    assert!(done, "{said}");
    assert!(!run(&["backup", copy], "data").0, "a folder that is not empty is refused");
    drop(server);
    assert!(!run(&["restore", copy], "data").0, "nothing is overwritten");
    let (done, said) = run(&["restore", copy], "again/data");
    assert!(done, "{said}");
    let again = Folder::new("serve-backup-again");
    std::fs::rename(folder.join("again/data"), again.join("data")).unwrap();
    let server = Server::demo(&again, &[]);
    assert_eq!(server.visitor("检查").checked("/checks/1")["bodies"], before["bodies"]);
    // A file of a copy that was altered is noticed.
    let files = std::fs::read_dir(format!("{copy}/files")).unwrap();
    let first = files.flatten().find(|entry| entry.file_name() != "incoming").unwrap().path();
    let file = std::fs::read_dir(first).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&file, b"altered").unwrap();
    assert!(!run(&["restore", copy], "third").0);
}

#[test]
fn a_folder_belongs_to_one_server_and_a_new_link_does_not_disturb_it() {
    let folder = Folder::new("serve-alone");
    let server = Server::demo(&folder, &[]);
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mingzhang"));
        let output = command.arg("serve").args(arguments).arg("--data").arg(folder.join("data")).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (second, said) = run(&["--listen", "127.0.0.1:0"]);
    assert!(!second && said.contains("另一个服务器"), "{said}");
    // What is half brought stays where it is while somebody asks for a link.
    let half = folder.join("data/files/incoming/half");
    std::fs::write(&half, b"half").unwrap();
    let (invited, said) = run(&["invite", "新管理员"]);
    let link = said.lines().find_map(|line| line.split_once("/enter/")).expect("a link").1;
    assert!(invited && half.exists(), "{said}");
    // The running server learns of the link by itself.
    let newcomer = server.stranger();
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while newcomer.get(&format!("/enter/{link}")).status != 200 {
        assert!(std::time::Instant::now() < end, "the server does not know the link");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    drop(server);
    let _again = Server::demo(&folder, &[]);
    assert!(!half.exists(), "what was left half brought is removed");
}
