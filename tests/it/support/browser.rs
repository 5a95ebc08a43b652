//! Chromium driven over WebDriver, with a served demo to walk through.

use std::{
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::binary::{json as json_of, samhandla};

/// A served demo, stopped when the test ends.
pub struct Demo {
    pub base_url: String,
    pub links: Vec<Value>,
    child: Child,
    folder: tempfile::TempDir,
}

impl Demo {
    /// Makes and serves a demo; returns when it answers.
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1").await
    }

    /// The same by another name of this machine, for what browsers allow to no bare address.
    pub async fn start_at(host: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("demo");
        let port = free_port();
        let base_url = format!("http://{host}:{port}");
        let mut child = samhandla(&data)
            .env("SAMHANDLA_BASE_URL", &base_url)
            .args(["demo", "--format", "json", "--port", &port.to_string(), "--data", data.to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let shown: Value = serde_json::from_str(&line).unwrap();
        wait_for(port).await;
        let links = shown["links"].as_array().unwrap().clone();
        Self { base_url, links, child, folder }
    }

    /// Suggestions in the mails of next week, as a dry run counts them.
    pub fn mailed_next_week(&self) -> u64 {
        let now = samhandla::clock::Clock::System.now() + chrono::Duration::days(7);
        let now = now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let report = json_of(&self.folder.path().join("demo"), &["digest", "--dry-run", "--now", &now]);
        report["pairings"].as_u64().unwrap()
    }

    /// The sign-in link of a role.
    pub fn link(&self, role: &str) -> String {
        let link = self.links.iter().find(|link| link["role"] == role).unwrap();
        link["url"].as_str().unwrap().to_owned()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A window cannot be narrower, in CSS pixels; a phone can.
const NARROWEST_WINDOW: u32 = 500;

/// What the reader's system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

/// A browser with a fresh profile, closed when the test ends.
pub struct Browser {
    pub client: Client,
    driver: Child,
    port: u16,
    profile: tempfile::TempDir,
}

impl Browser {
    /// What the page says. In one question: an element found on the page before a press is gone after it.
    pub async fn text(&self) -> String {
        let says = "return document.querySelector('main').innerText";
        self.client.execute(says, Vec::new()).await.unwrap().as_str().unwrap().to_owned()
    }

    /// Starts Chromium with a window of this size, in CSS pixels.
    pub async fn start(width: u32, height: u32) -> Self {
        Self::with(width, height, Scheme::Light).await
    }

    /// The same, for a reader who prefers this scheme of colours.
    pub async fn with(width: u32, height: u32, scheme: Scheme) -> Self {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .args([format!("--port={port}"), "--silent".to_owned()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed: run tests/run");
        wait_for(port).await;
        let profile = tempfile::tempdir().unwrap();
        let mut capabilities = json!({
            "goog:chromeOptions": { "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--lang=sv", "--accept-lang=sv",
                format!("--window-size={width},{height}"),
                format!("--user-data-dir={}", profile.path().display()),
            ]}
        });
        if scheme == Scheme::Dark {
            let args = capabilities["goog:chromeOptions"]["args"].as_array_mut().unwrap();
            args.push(json!("--force-dark-mode"));
        }
        if width < NARROWEST_WINDOW {
            let metrics = json!({ "width": width, "height": height, "pixelRatio": 1.0, "touch": false });
            capabilities["goog:chromeOptions"]["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was written") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        Self { client, driver, port, profile }
    }

    /// Gives the browser a device that keeps keys and always recognises its owner (W3C Web Authentication 3, 11).
    pub async fn add_authenticator(&self) {
        let session = self.client.session_id().await.unwrap().unwrap();
        let device = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true
        })
        .to_string();
        let request = format!(
            "POST /session/{session}/webauthn/authenticator HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{device}",
            device.len()
        );
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        // The driver keeps the connection open, so the end of the answer is not waited for.
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
    }

    /// What axe-core finds wrong with the page by WCAG 2.2 A and AA: rule and where.
    pub async fn accessibility_faults(&self) -> Vec<String> {
        #[expect(clippy::disallowed_methods, reason = "the test command says where axe-core is")]
        let path = std::env::var("AXE_CORE").map_or_else(
            |_| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-tools/node_modules/axe-core/axe.min.js"),
            PathBuf::from,
        );
        let script = std::fs::read_to_string(&path).expect("axe-core is installed: run tests/run");
        self.client.execute(&script, vec![]).await.unwrap();
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
               .then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(', '))));";
        let found = self.client.execute_async(run, vec![]).await.unwrap();
        found.as_array().unwrap().iter().map(|fault| fault.as_str().unwrap().to_owned()).collect()
    }

    /// Whether the page is drawn for this scheme.
    pub async fn prefers(&self, scheme: Scheme) -> bool {
        let script = "return matchMedia('(prefers-color-scheme: dark)').matches;";
        let dark = self.client.execute(script, vec![]).await.unwrap().as_bool().unwrap();
        dark == (scheme == Scheme::Dark)
    }

    /// Keeps a picture of the page for a person to look at, when `SAMHANDLA_PICTURES` names a folder.
    pub async fn keep_picture(&self, name: &str) {
        #[expect(clippy::disallowed_methods, reason = "the test command says where")]
        let Ok(folder) = std::env::var("SAMHANDLA_PICTURES") else { return };
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let picture = self.client.screenshot().await.unwrap();
        std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), picture).unwrap();
    }

    /// Width that the page is laid out in, in CSS pixels.
    pub async fn width(&self) -> u64 {
        self.client.execute("return window.innerWidth;", vec![]).await.unwrap().as_u64().unwrap()
    }

    /// Whether the page is wider than its window.
    pub async fn scrolls_sideways(&self) -> bool {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth;";
        self.client.execute(script, vec![]).await.unwrap().as_bool().unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver.kill().ok();
        self.driver.wait().ok();
        // Chromium leads a group of its own and outlives a driver that is killed; its profile tells it from others.
        Command::new("pkill").args(["-KILL", "-f", &self.profile.path().display().to_string()]).status().ok();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

async fn wait_for(port: u16) {
    for _ in 0..600 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing listens on port {port}");
}
