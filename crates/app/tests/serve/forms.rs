//! Forms, sessions, passwords: what is forged, stolen or guessed is refused.

use mingzhang_testkit::folder::Folder;

use crate::client::{PASSWORD, Server};

#[test]
fn a_form_without_the_token_of_the_session_changes_nothing() {
    let folder = Folder::new("serve-csrf");
    let server = Server::demo(&folder, &[]);
    let (inspector, other) = (server.visitor("检查"), server.visitor("经办"));
    let forged = [
        inspector.post_raw("/checks/1/share", &[]),
        inspector.post_raw("/checks/1/share", &[("form_token", "0000")]),
        inspector.post_raw("/checks/1/share", &[("form_token", &other.form_token())]),
        inspector.post_raw("/checks/1/share", &[("form_token", &server.stranger().form_token())]),
        inspector.upload_raw("/checks", &[], &[("a.txt", b"x")]),
        inspector.upload_raw("/checks", &[("form_token", "0000")], &[("a.txt", b"x")]),
        server.stranger().post_raw("/sign-in", &[("login", "检查"), ("password", PASSWORD)]),
    ];
    for answer in forged {
        assert_eq!(answer.status, 403, "{}", answer.text);
    }
    assert_eq!(inspector.json("/checks")["batches"].as_array().map(Vec::len), Some(1), "no batch came of it");
    assert!(!inspector.json("/checks/1")["shared"].as_bool().unwrap());
    // With JSON the token stands in a header.
    let send = |token: &str| {
        let request = inspector.agent.post(format!("{}/checks/1/share", server.base));
        let request = request.header("x-form-token", token).content_type("application/json");
        request.send("{}").expect("an answer").status().as_u16()
    };
    assert_eq!(send("0000"), 403);
    assert_eq!(send(&inspector.form_token()), 200);
}

#[test]
fn a_form_from_another_site_is_refused_even_with_the_token() {
    let folder = Folder::new("serve-origin");
    let server = Server::demo(&folder, &[]);
    let inspector = server.visitor("检查");
    let token = inspector.form_token();
    let send = |name: &str, value: &str| {
        let request = inspector.agent.post(format!("{}/checks/1/share", server.base)).header(name, value);
        request.send_form([("form_token", token.as_str())]).expect("an answer").status().as_u16()
    };
    assert_eq!(send("origin", "http://elsewhere.example"), 403);
    assert_eq!(send("origin", "null"), 403);
    assert_eq!(send("sec-fetch-site", "cross-site"), 403);
    assert_eq!(send("origin", &server.base), 200);
}

#[test]
fn a_session_begins_with_a_new_secret_and_ends_when_it_is_left() {
    let folder = Folder::new("serve-session");
    let server = Server::demo(&folder, &[]);
    // Whoever plants a cookie before does not share the session after.
    let planted = server.stranger();
    let request = planted.agent.get(format!("{}/sign-in", server.base));
    let answer = request.header("cookie", "mingzhang_session=planted-by-another").call().expect("an answer");
    assert_eq!(answer.status(), 200);
    let signed = server.visitor("检查");
    let page = signed.get("/account");
    assert_eq!(page.status, 200);
    let with_planted = planted.agent.get(format!("{}/account", server.base));
    let with_planted = with_planted.header("cookie", "mingzhang_session=planted-by-another").call().expect("an answer");
    assert_eq!(with_planted.status(), 303, "the planted secret opens nothing");
    // Signing in again makes another secret; the cookie is for this server alone.
    let again = signed.post("/sign-in", &[("login", "检查"), ("password", PASSWORD)]);
    let cookie = again.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str());
    let cookie = cookie.clone().find(|value| value.starts_with("mingzhang_session=")).expect("a session");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    let secret = cookie.split(['=', ';']).nth(1).expect("a secret").to_owned();
    assert_eq!(signed.get("/account").status, 200);
    signed.post("/sign-out", &[]);
    assert_eq!(signed.get("/account").status, 303);
    let stolen = server.stranger().agent.get(format!("{}/account", server.base));
    let stolen = stolen.header("cookie", format!("mingzhang_session={secret}")).call().expect("an answer");
    assert_eq!(stolen.status(), 303, "an ended session opens nothing, whoever has its secret");
}

#[test]
fn guessing_a_password_leads_to_waiting() {
    let folder = Folder::new("serve-guess");
    let server = Server::demo(&folder, &[]);
    let guesser = server.stranger();
    let tries: Vec<u16> = (0..12)
        .map(|i| guesser.post("/sign-in", &[("login", "检查"), ("password", &format!("wrong password {i}"))]).status)
        .collect();
    assert_eq!(tries[0], 403);
    assert_eq!(tries.last(), Some(&429), "{tries:?}");
    let right = guesser.post("/sign-in", &[("login", "检查"), ("password", PASSWORD)]);
    assert_eq!(right.status, 429, "the right one has to wait too");
    assert_eq!(server.visitor("经办").get("/account").status, 200, "others are not concerned");
    let said = server.said();
    assert!(said.lines().filter(|line| line.contains("denied") && line.contains("/sign-in")).count() >= 12, "{said}");
    assert!(!said.contains("wrong password"), "no password is in a log");
}

#[test]
fn the_first_run_gives_a_link_that_works_once() {
    let folder = Folder::new("serve-first");
    let mut server = Server::start(&folder, &["--rate", "0"]);
    let link = server.wait_for(|line| line.split_once("/enter/").map(|(_, secret)| format!("/enter/{secret}")));
    let visitor = server.stranger();
    assert!(visitor.get(&link).text.contains("admin"));
    assert_eq!(visitor.post(&link, &[("password", "short")]).status, 422);
    let entered = visitor.post(&link, &[("password", "不舍昼夜-逝者如斯-42")]);
    assert_eq!(entered.status, 303, "{}", entered.text);
    assert_eq!(visitor.get("/admin").status, 200);
    assert_eq!(server.stranger().get(&link).status, 404, "used up");
    let again = server.stranger().post(&link, &[("password", "另一个很长的密码-4711")]);
    assert_eq!(again.status, 404);
    // The administrator invites a reviewer.
    let page = visitor.post("/admin/accounts", &[("login", "李检查"), ("grants", "inspector")]).text;
    let invitation = page.split("/enter/").nth(1).and_then(|rest| rest.get(..64)).expect("a link");
    let reviewer = server.stranger();
    assert_eq!(reviewer.post(&format!("/enter/{invitation}"), &[("password", "滴水穿石-非一日之功")]).status, 303);
    assert_eq!(reviewer.get("/checks").status, 200);
    assert_eq!(reviewer.get("/admin").status, 403);
    // The last administrator stays one.
    assert_eq!(visitor.post("/admin/accounts/admin/grants", &[]).status, 422);
    assert_eq!(visitor.post("/admin/accounts/admin/close", &[]).status, 422);
    // A closed account is out at once.
    let closed = visitor.post(&format!("/admin/accounts/{}/close", "%E6%9D%8E%E6%A3%80%E6%9F%A5"), &[]);
    assert_eq!(closed.status, 303, "{}", closed.text);
    assert_eq!(reviewer.get("/checks").status, 303);
}

#[test]
fn nobody_is_led_to_another_server() {
    let folder = Folder::new("serve-redirect");
    let server = Server::demo(&folder, &[]);
    for next in [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
    ] {
        let visitor = server.stranger();
        let answer = visitor.post("/sign-in", &[("login", "经办"), ("password", PASSWORD), ("next", next)]);
        assert_eq!((answer.status, answer.location.as_str()), (303, "/"), "{next}");
    }
    let answer = server.stranger().post("/sign-in", &[("login", "经办"), ("password", PASSWORD), ("next", "/checks")]);
    assert_eq!(answer.location, "/checks");
}

#[test]
fn many_guesses_at_once_count_as_many() {
    let folder = Folder::new("serve-guess-at-once");
    let server = Server::demo(&folder, &[]);
    let guess = || {
        let guesser = server.stranger();
        guesser.post("/sign-in", &[("login", "出纳"), ("password", "wrong password")]).status
    };
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..24).map(|_| scope.spawn(guess)).collect();
        tries.into_iter().map(|tried| tried.join().expect("an answer")).collect()
    });
    let looked_at = statuses.iter().filter(|status| **status == 403).count();
    assert!(looked_at <= 8, "{looked_at} passwords were looked at: {statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 403 | 429)), "{statuses:?}");
}

#[test]
fn what_is_typed_for_a_name_is_not_kept_and_links_are_in_no_log() {
    let folder = Folder::new("serve-names");
    let server = Server::demo(&folder, &[]);
    let stranger = server.stranger();
    let long = "长".repeat(100_000);
    assert_eq!(stranger.post("/sign-in", &[("login", &long), ("password", "x")]).status, 403);
    for path in ["/enter/secret-of-a-link/", "/shared/secret-of-a-link/files/1/original", "/shared/secret-of-a-link"] {
        assert_eq!(stranger.get(path).status, 404, "{path}");
    }
    assert_eq!(stranger.post("/shared/secret-of-a-link", &[]).status, 404);
    assert!(!server.said().contains("secret-of-a-link") && !server.said().contains(&long), "{}", server.said());
}
