//! A browser without a screen, driven as a person drives one, and what is asked of every page it shows.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

/// Looks for faults of accessibility in the page: axe-core, by Deque Systems, under the Mozilla Public License.
const AXE: &str = include_str!("axe.min.js");

/// Whether pages may run scripts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Script {
    On,
    Off,
}

/// A browser. It ends when this is dropped.
pub(crate) struct Browser {
    runtime: Runtime,
    client: Client,
    driver: Child,
    base: String,
    script: Script,
    journey: String,
    shots: u32,
}

/// Whether there is a browser on this machine.
pub(crate) fn is_there() -> bool {
    let is_there = ["chromedriver", "chromium"]
        .iter()
        .all(|program| Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success()));
    if !is_there {
        eprintln!("skipped: journeys in a browser, because chromium and chromedriver are not installed");
    }
    is_there
}

impl Browser {
    /// Opens a browser for a journey on a server.
    pub(crate) fn open(base: &str, journey: &str, script: Script) -> Browser {
        let mut driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().expect("a driver");
        let lines = BufReader::new(driver.stdout.take().expect("its words"));
        let port = lines.lines().map_while(Result::ok).find_map(|line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")?
                .trim_end_matches('.')
                .parse::<u16>()
                .ok()
        });
        let port = port.expect("the driver says its port");
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
                "--window-size=1280,900",
            ],
        });
        if script == Script::Off {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let mut capabilities = Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let runtime = Runtime::new().expect("a runtime");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let client = runtime.block_on(builder.connect(&format!("http://127.0.0.1:{port}"))).expect("a session");
        let (base, journey) = (base.to_owned(), journey.to_owned());
        Browser { runtime, client, driver, base, script, journey, shots: 0 }
    }

    /// Goes to an address of the server, and looks at the page.
    pub(crate) fn goto(&mut self, path: &str) {
        let url = format!("{}{path}", self.base);
        self.runtime.block_on(self.client.goto(&url)).unwrap_or_else(|why| panic!("{path}: {why}"));
        self.look();
    }

    /// Clicks what a selector names first, waits for the page that comes, and looks at it.
    pub(crate) fn click(&mut self, selector: &str) {
        self.follow(Locator::Css(selector));
    }

    /// Clicks the link or button with these words, waits for the page that comes, and looks at it.
    pub(crate) fn press(&mut self, words: &str) {
        let at = format!("//*[self::a or self::button][contains(normalize-space(.), '{words}')]");
        self.follow(Locator::XPath(&at));
    }

    fn follow(&mut self, at: Locator<'_>) {
        let what = format!("{at:?}");
        let follow = async {
            let page = self.client.find(Locator::Css("html")).await?;
            self.client.find(at).await?.click().await?;
            // The page that was there is gone when its root is.
            for _ in 0..100 {
                if page.tag_name().await.is_err() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Ok::<_, fantoccini::error::CmdError>(())
        };
        self.runtime.block_on(follow).unwrap_or_else(|why| panic!("{what}: {why}\n{}", self.text()));
        self.look();
    }

    /// Opens what is folded up.
    pub(crate) fn unfold(&mut self, selector: &str) {
        let unfold = async { self.client.find(Locator::Css(selector)).await?.click().await };
        self.runtime.block_on(unfold).unwrap_or_else(|why| panic!("{selector}: {why}\n{}", self.text()));
    }

    /// Writes in a field in place of what stands there.
    pub(crate) fn fill(&mut self, selector: &str, words: &str) {
        let fill = async {
            let element = self.client.find(Locator::Css(selector)).await?;
            if element.attr("type").await?.as_deref() != Some("file") {
                element.clear().await?;
            }
            element.send_keys(words).await
        };
        self.runtime.block_on(fill).unwrap_or_else(|why| panic!("{selector}: {why}\n{}", self.text()));
    }

    /// Writes in the field with this label, or chooses there.
    pub(crate) fn enter(&mut self, label: &str, words: &str) {
        let at = format!("//main//label[starts-with(normalize-space(.), '{label}')]");
        let enter = async {
            let id = self.client.find(Locator::XPath(&at)).await?.attr("for").await?.unwrap_or_default();
            let field = self.client.find(Locator::Id(&id)).await?;
            match (field.tag_name().await?.as_str(), field.attr("type").await?.as_deref()) {
                ("select", _) => field.select_by_value(words).await,
                // As the keys of the field are in the browser's own language: month, day, year.
                (_, Some("date")) => field.send_keys(&[&words[5..7], &words[8..10], &words[..4]].concat()).await,
                _ => {
                    field.clear().await?;
                    field.send_keys(words).await
                }
            }
        };
        self.runtime.block_on(enter).unwrap_or_else(|why| panic!("“{label}”: {why}\n{}", self.text()));
    }

    /// Puts a block into a field as the clipboard would: keys cannot type a tab. False where pages run no script.
    pub(crate) fn paste(&mut self, selector: &str, block: &str) -> bool {
        if self.script == Script::Off {
            return false;
        }
        let paste = async {
            let element = serde_json::to_value(self.client.find(Locator::Css(selector)).await?).unwrap_or_default();
            self.client.execute("arguments[0].value = arguments[1]", vec![element, json!(block)]).await
        };
        self.runtime.block_on(paste).unwrap_or_else(|why| panic!("{selector}: {why}"));
        true
    }

    /// True where something is on the page.
    pub(crate) fn has(&self, selector: &str) -> bool {
        !self.runtime.block_on(self.client.find_all(Locator::Css(selector))).unwrap_or_default().is_empty()
    }

    /// What a person reads on the page.
    pub(crate) fn text(&self) -> String {
        let text = async { self.client.find(Locator::Css("body")).await?.text().await };
        self.runtime.block_on(text).unwrap_or_default()
    }

    /// The address of the page, without the server.
    pub(crate) fn path(&self) -> String {
        let url = self.runtime.block_on(self.client.current_url()).expect("an address");
        url.as_str().strip_prefix(&self.base).unwrap_or(url.as_str()).to_owned()
    }

    /// Waits until the page says something.
    pub(crate) fn wait_for(&mut self, words: &str) {
        for _ in 0..150 {
            if self.text().contains(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
            let _ = self.runtime.block_on(self.client.refresh());
        }
        panic!("the page does not say “{words}”:\n{}", self.text());
    }

    /// Signs in to the demonstration.
    pub(crate) fn sign_in(&mut self, login: &str) {
        self.goto("/sign-in");
        self.fill("#login", login);
        self.fill("#password", crate::client::PASSWORD);
        self.click("form.stack button.primary");
        assert!(self.text().contains("退出"), "{login} is signed in:\n{}", self.text());
    }

    /// Signs out.
    pub(crate) fn sign_out(&mut self) {
        self.click("form[action='/sign-out'] button");
    }

    /// Keeps a picture of the page, wide and as on a phone.
    pub(crate) fn keep(&mut self, name: &str) {
        self.shots += 1;
        let name = format!("{}-{:02}-{name}", self.journey, self.shots);
        for (kind, width, height) in [("", 1280, 900), ("-phone", 390, 844)] {
            let shot = async {
                self.client.set_window_size(width, height).await?;
                self.client.screenshot().await
            };
            let png = self.runtime.block_on(shot).expect("a picture");
            std::fs::write(folder().join(format!("{name}{kind}.png")), png).expect("kept");
        }
        if self.script == Script::On {
            let wider = self.run("return document.documentElement.scrollWidth - window.innerWidth");
            assert!(wider.as_i64().unwrap_or(0) <= 0, "{name} has to be pushed sideways on a phone: {wider}");
        }
        self.runtime.block_on(self.client.set_window_size(1280, 900)).expect("wide again");
    }

    /// What is asked of every page: no serious fault of accessibility, no complaint of the browser.
    fn look(&mut self) {
        if self.script == Script::Off {
            return;
        }
        self.run(AXE);
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                (found) => done(found.violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
                    .map((v) => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map((n) => n.html).join(' | '))),
                (why) => done([String(why)]));";
        let found = self.runtime.block_on(self.client.execute_async(script, Vec::new())).expect("axe runs");
        assert_eq!(found, json!([]), "faults of accessibility on {}", self.path());
    }

    fn run(&self, script: &str) -> Value {
        self.runtime.block_on(self.client.execute(script, Vec::new())).unwrap_or_else(|why| panic!("a script: {why}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Where the session is lost already there is nothing to close.
        let _ = self.runtime.block_on(self.client.clone().close());
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Where pictures are kept.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}
