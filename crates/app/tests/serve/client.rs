//! A server for tests, and persons who ask it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mingzhang_testkit::folder::Folder;
use serde_json::Value;
use ureq::Agent;
use ureq::http::Response;

/// The password of every account of the demonstration.
pub(crate) const PASSWORD: &str = "mingzhang-demo-2024";

/// A server with a folder of its own. It is killed when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) base: String,
    said: Arc<Mutex<String>>,
}

impl Server {
    /// The demonstration in a folder, with arguments more.
    pub(crate) fn demo(folder: &Folder, more: &[&str]) -> Server {
        Server::start(folder, &[&["--demo", "--rate", "0"], more].concat())
    }

    /// A server in a folder.
    pub(crate) fn start(folder: &Folder, arguments: &[&str]) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--data"])
            .arg(folder.join("data"))
            .args(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = BufReader::new(child.stderr.take().expect("standard error"));
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut said = heard.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
            }
        });
        let mut server = Server { child, base: String::new(), said };
        server.base = server.wait_for(|line| line.strip_prefix("明账已就绪：")?.strip_suffix('/').map(str::to_owned));
        server
    }

    /// Waits for a line of standard error.
    pub(crate) fn wait_for<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> T {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            if let Some(found) = self.said().lines().find_map(&find) {
                return found;
            }
            let ended = self.child.try_wait().expect("the state of the child");
            assert!(ended.is_none() && Instant::now() < end, "the server did not say it:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Everything that the server has said so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Kills the server in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Somebody who has not signed in.
    pub(crate) fn stranger(&self) -> Visitor {
        let config =
            Agent::config_builder().http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
        Visitor { agent: config.build().into(), base: self.base.clone() }
    }

    /// Somebody who has signed in.
    pub(crate) fn visitor(&self, login: &str) -> Visitor {
        let visitor = self.stranger();
        let answer = visitor.post("/sign-in", &[("login", login), ("password", PASSWORD)]);
        assert_eq!(answer.status, 303, "{login} signs in: {}", answer.text);
        visitor
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that ended by itself is not there to be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser without a screen: it keeps cookies and does not follow redirections.
pub(crate) struct Visitor {
    pub(crate) agent: Agent,
    pub(crate) base: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
    pub(crate) location: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl Answer {
    fn of(mut response: Response<ureq::Body>) -> Answer {
        let header = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.to_string(), header(value)));
        let headers: Vec<(String, String)> = headers.collect();
        let location = headers.iter().find(|(name, _)| name == "location").map(|(_, value)| value.clone());
        let mut bytes = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut bytes).expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: response.status().as_u16(), text, location: location.unwrap_or_default(), headers }
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|why| panic!("{why}: {}", self.text))
    }
}

impl Visitor {
    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Asks for a page.
    pub(crate) fn get(&self, path: &str) -> Answer {
        Answer::of(self.agent.get(self.at(path)).call().expect("an answer"))
    }

    /// Asks for the same as JSON.
    pub(crate) fn json(&self, path: &str) -> Value {
        let response = self.agent.get(self.at(path)).header("accept", "application/json").call().expect("an answer");
        let answer = Answer::of(response);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// The token that forms must carry, from a page that has a form.
    pub(crate) fn form_token(&self) -> String {
        let page = self.get("/sign-in").text;
        let after = page.split("name=\"form_token\" value=\"").nth(1).expect("a form");
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends a form with its token.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token();
        self.post_raw(path, &[&[("form_token", token.as_str())], fields].concat())
    }

    /// Sends a form as it is.
    pub(crate) fn post_raw(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        Answer::of(self.agent.post(self.at(path)).send_form(fields.to_vec()).expect("an answer"))
    }

    /// Sends files with a form and its token.
    pub(crate) fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let token = self.form_token();
        self.upload_raw(path, &[&[("form_token", token.as_str())], fields].concat(), files)
    }

    /// Sends files with a form as it is.
    pub(crate) fn upload_raw(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let edge = "----mingzhang-test-edge";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        for (name, bytes) in files {
            let head = format!(
                "--{edge}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{edge}--\r\n").into_bytes());
        let request = self.agent.post(self.at(path)).content_type(format!("multipart/form-data; boundary={edge}"));
        Answer::of(request.send(&body).expect("an answer"))
    }

    /// Waits until nothing of a batch waits any more. Its page as JSON.
    pub(crate) fn checked(&self, batch: &str) -> Value {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let page = self.json(batch);
            if page["progress"]["waiting"] == 0 {
                return page;
            }
            assert!(Instant::now() < end, "the batch is not checked: {page}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
