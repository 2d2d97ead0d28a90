//! Every address and every kind of person: what is open to whom.

use mingzhang_testkit::folder::Folder;
use serde_json::Value;

use crate::client::{Answer, Server, Visitor};

/// A person of the demonstration, and what they are.
struct Person {
    visitor: Visitor,
    is: Is,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Is {
    Stranger,
    /// Has a role at the unit that is asked for.
    OfUnit,
    /// Has roles, at another unit only.
    OfOther,
    Inspector,
    Administrator,
}

/// A path with its names filled in: a unit, a year, the batch and the file of the inspector, and what nobody has.
fn filled(path: &str) -> String {
    let fill = [
        ("{unit}", "140001"),
        ("{year}", "2024"),
        ("{batch}", "1"),
        ("{file}", "1"),
        ("{code}", "TA001"),
        ("{table}", "budget"),
        ("{publication}", "budget"),
        ("{login}", "nobody-of-this-name"),
        ("{token}", "4711"),
        ("{proposal}", "4711"),
        ("{link}", "0000"),
    ];
    fill.iter().fold(path.to_owned(), |path, (name, value)| path.replace(name, value))
}

fn ask(visitor: &Visitor, method: &str, path: &str) -> Answer {
    if method == "GET" { visitor.get(path) } else { visitor.post(path, &[]) }
}

/// True where a door is open: what is behind it may still find fault with what was sent.
fn is_in(answer: &Answer) -> bool {
    !matches!(answer.status, 401 | 403 | 404) && !answer.location.starts_with("/sign-in")
}

#[test]
fn every_address_is_open_to_whom_it_says_and_to_nobody_else() {
    let folder = Folder::new("serve-access");
    let server = Server::demo(&folder, &[]);
    let mut people = vec![
        Person { visitor: server.stranger(), is: Is::Stranger },
        Person { visitor: server.visitor("昆明经办"), is: Is::OfOther },
        Person { visitor: server.visitor("检查"), is: Is::Inspector },
        Person { visitor: server.visitor("管理"), is: Is::Administrator },
    ];
    // Every role, at the unit itself or above it.
    let of_unit = ["广州经办", "审核", "出纳", "负责人", "保密", "主管", "财政"];
    people.extend(of_unit.map(|login| Person { visitor: server.visitor(login), is: Is::OfUnit }));
    let routes = server.stranger().json("/api")["routes"].clone();
    let routes = routes.as_array().expect("a list of routes");
    assert!(routes.len() > 40, "only {} routes", routes.len());
    for route in routes {
        let word = |name: &str| route[name].as_str().expect("a word");
        let (method, path, access) = (word("method"), word("path"), word("access"));
        // Signing out would end what the next question needs; it has tests of its own.
        if path == "/sign-out" || path.contains("{link}") {
            continue;
        }
        for Person { visitor, is } in &people {
            let open = is_open(access, *is);
            let answer = ask(visitor, method, &filled(path));
            assert!(answer.status < 500, "{method} {path} as {is:?}: {} {}", answer.status, answer.text);
            match open {
                // Some open doors lead to nothing, such as a token that is not there.
                true => assert!(is_in(&answer) || matches!(answer.status, 403 | 404), "{method} {path} as {is:?}"),
                false => assert!(!is_in(&answer), "{method} {path} as {is:?} is open: {}", answer.status),
            }
            if open && method == "GET" && !path.contains('{') {
                assert_eq!(answer.status, 200, "{method} {path} as {is:?}");
            }
        }
    }
    assert!(server.said().contains("\"message\":\"denied\""), "refusals are in the log");
}

/// Whether what an address says of itself opens it to a person.
fn is_open(access: &str, is: Is) -> bool {
    match access {
        "everybody" => true,
        "every account" => is != Is::Stranger,
        "who sees the batch" => is == Is::Inspector,
        "administrators" => is == Is::Administrator,
        // The administrator of the demonstration has that role in the books of every unit too.
        unit if unit.ends_with("at the unit or above it") => matches!(is, Is::OfUnit | Is::Administrator),
        other => panic!("nobody knows who “{other}” is"),
    }
}

#[test]
fn what_is_anothers_looks_as_if_it_were_not_there_and_is_logged() {
    let folder = Folder::new("serve-others");
    let server = Server::demo(&folder, &[]);
    let handler = server.visitor("广州经办");
    for path in ["/checks/1", "/checks/1/files/1", "/checks/1/files/1/original", "/checks/1/checklist.xlsx"] {
        let (theirs, none) = (handler.get(path), handler.get(&path.replace("/1", "/999")));
        assert_eq!((theirs.status, none.status), (404, 404), "{path}");
    }
    // A batch of one's own does not open files of another's.
    let own = handler.upload("/checks", &[], &[("a.txt", "无".as_bytes())]);
    assert_eq!(own.status, 303, "{}", own.text);
    assert_eq!(handler.get(&own.location).status, 200);
    assert_eq!(handler.get(&format!("{}/files/1", own.location)).status, 404);
    assert_eq!(handler.post(&format!("{}/files/1/marks", own.location), &[("fingerprint", "x")]).status, 404);
    // Nor does it open to the inspector or to another unit.
    for other in ["检查", "昆明经办", "管理"] {
        assert_eq!(server.visitor(other).get(&own.location).status, 404, "{other}");
    }
    // A batch for a unit that is not one's own is refused.
    let theirs = handler.upload("/checks", &[("unit", "140002")], &[("a.txt", "无".as_bytes())]);
    assert_eq!(theirs.status, 404);
    assert!(server.said().lines().filter(|line| line.contains("\"denied\"")).count() >= 12);
}

#[test]
fn a_batch_for_a_unit_is_seen_by_its_people_and_those_above() {
    let folder = Folder::new("serve-unit-batch");
    let server = Server::demo(&folder, &[]);
    let handler = server.visitor("广州经办");
    let batch = handler.upload("/checks", &[("unit", "140001")], &[("a.txt", "无".as_bytes())]).location;
    for (who, sees) in [("广州审核", true), ("主管", true), ("昆明经办", false), ("检查", false)] {
        let status = server.visitor(who).get(&batch).status;
        assert_eq!(status == 200, sees, "{who}: {status}");
    }
}

#[test]
fn a_shared_link_shows_one_batch_and_nothing_can_be_changed_there() {
    let folder = Folder::new("serve-share");
    let server = Server::demo(&folder, &[]);
    let inspector = server.visitor("检查");
    inspector.checked("/checks/1");
    let page = inspector.post("/checks/1/share", &[]).text;
    let link = page.split("href=\"/shared/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link").to_owned();
    let stranger = server.stranger();
    let batch = stranger.get(&format!("/shared/{link}"));
    assert_eq!(batch.status, 200);
    assert!(!batch.text.contains("method=\"post\" action=\"/checks"), "nothing can be changed");
    assert_eq!(stranger.get(&format!("/shared/{link}/files/1")).status, 200);
    assert_eq!(stranger.get(&format!("/shared/{link}/checklist.xlsx")).status, 200);
    assert_eq!(stranger.get("/checks/1").status, 303, "the batch itself needs an account");
    assert_eq!(stranger.get("/shared/0000").status, 404);
    inspector.post("/checks/1/unshare", &[]);
    assert_eq!(stranger.get(&format!("/shared/{link}")).status, 404);
    assert!(!server.said().contains(&link), "the secret is in no log");
}

#[test]
fn a_token_acts_for_its_owner_until_it_is_revoked() {
    let folder = Folder::new("serve-token");
    let server = Server::demo(&folder, &[]);
    let inspector = server.visitor("检查");
    let page = inspector.post("/account/tokens", &[("name", "夜间检查")]).text;
    let token = page.split("mz_").nth(1).and_then(|rest| rest.get(..64)).expect("a token");
    let program = server.stranger();
    let with = |token: &str| {
        let request = program.agent.get(format!("{}/checks", server.base)).header("accept", "application/json");
        request.header("authorization", format!("Bearer {token}")).call().expect("an answer").status().as_u16()
    };
    assert_eq!(with(&format!("mz_{token}")), 200);
    assert_eq!(with("mz_0000"), 401);
    let account: Value = inspector.json("/account");
    let id = account["tokens"][0]["id"].as_u64().expect("a number");
    assert_eq!(server.visitor("经办").post(&format!("/account/tokens/{id}/revoke"), &[]).status, 422, "not another's");
    inspector.post(&format!("/account/tokens/{id}/revoke"), &[]);
    assert_eq!(with(&format!("mz_{token}")), 401);
}
