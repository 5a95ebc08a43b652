//! A recorded TED on the loopback: fictional notices behind the documented answers, and every way to fail.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
};

use chrono::NaiveDate;
use samhandla::intake::relative_dates::fill_relative_dates;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server does with one request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// 200 with this body.
    Whole(String),
    /// 200 that announces this body and breaks off in the middle of it.
    CutOff(String),
    /// 200 without a length, closed in the middle: nothing on the wire tells that it is half.
    Half(String),
    /// A status with headers and no body.
    Status(u16, &'static str),
    /// Takes the request and never answers.
    Hang,
}

/// A notice that the server publishes.
#[derive(Debug, Clone)]
pub struct Published {
    pub number: String,
    pub day: NaiveDate,
    pub xml: String,
}

/// Fictional notices, published on consecutive days that end with `last`.
pub fn notices(how_many: usize, last: NaiveDate) -> Vec<Published> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/notices");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |(at, path): (usize, std::path::PathBuf)| {
        let xml = fill_relative_dates(&std::fs::read_to_string(path).unwrap(), last);
        let number = xml.split("ojs-notice-id\">").nth(1).unwrap().split('<').next().unwrap();
        let day = last - chrono::Days::new((how_many - 1 - at) as u64);
        Published { number: number.trim_start_matches('0').to_owned(), day, xml }
    };
    files.into_iter().take(how_many).enumerate().map(read).collect()
}

/// The server; gone when the test ends.
#[derive(Clone)]
pub struct Ted {
    pub url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    notices: Vec<Published>,
    page: usize,
    /// Replies that come before the right one, by path.
    faults: HashMap<String, Vec<Reply>>,
    asked: Vec<(String, Value)>,
}

pub const SEARCH: &str = "/v3/notices/search";

/// The path of a notice's XML.
pub fn xml_path(number: &str) -> String {
    format!("/en/notice/{number}/xml")
}

impl Ted {
    /// Serves these notices, `page` at a time.
    pub async fn start(notices: Vec<Published>, page: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State { notices, page, faults: HashMap::new(), asked: Vec::new() }));
        let ted = Self { url, state: Arc::clone(&state) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&state)));
            }
        });
        ted
    }

    /// Lets the next requests for a path fail in these ways, in order.
    pub fn fail(&self, path: &str, replies: &[Reply]) {
        self.state.lock().unwrap().faults.insert(path.to_owned(), replies.iter().rev().cloned().collect());
    }

    /// Publishes one more.
    pub fn publish(&self, notice: Published) {
        self.state.lock().unwrap().notices.push(notice);
    }

    /// What was asked for: path and body.
    pub fn asked(&self) -> Vec<(String, Value)> {
        self.state.lock().unwrap().asked.clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.asked().iter().filter(|(asked, _)| asked == path).count()
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let reply = reply(&state, &path, &body);
    let head = "connection: close\r\ncontent-type: application/octet-stream\r\n";
    let answer = match reply {
        Reply::Whole(body) => format!("HTTP/1.1 200 OK\r\n{head}content-length: {}\r\n\r\n{body}", body.len()),
        Reply::CutOff(body) => {
            let half = &body[..body.floor_char_boundary(body.len() / 2)];
            format!("HTTP/1.1 200 OK\r\n{head}content-length: {}\r\n\r\n{half}", body.len())
        }
        Reply::Half(body) => {
            format!("HTTP/1.1 200 OK\r\n{head}\r\n{}", &body[..body.floor_char_boundary(body.len() / 2)])
        }
        Reply::Status(status, headers) => {
            format!("HTTP/1.1 {status} Because\r\n{head}{headers}content-length: 0\r\n\r\n")
        }
        Reply::Hang => std::future::pending().await,
    };
    stream.write_all(answer.as_bytes()).await?;
    stream.flush().await
}

fn reply(state: &Mutex<State>, path: &str, body: &[u8]) -> Reply {
    let mut state = state.lock().unwrap();
    let asked = serde_json::from_slice(body).unwrap_or(Value::Null);
    state.asked.push((path.to_owned(), asked.clone()));
    let right = if path == SEARCH {
        search(&state, &asked)
    } else {
        let notice = state.notices.iter().find(|notice| xml_path(&notice.number) == path);
        notice.map_or(Reply::Status(404, ""), |notice| Reply::Whole(notice.xml.clone()))
    };
    match (state.faults.get_mut(path).and_then(Vec::pop), right) {
        (Some(Reply::CutOff(_)), Reply::Whole(body)) => Reply::CutOff(body),
        (Some(Reply::Half(_)), Reply::Whole(body)) => Reply::Half(body),
        (Some(fault), _) => fault,
        (None, right) => right,
    }
}

/// As the API: sorted by day, from the day that the query names, and a token also after the last page.
fn search(state: &State, asked: &Value) -> Reply {
    let query = asked["query"].as_str().unwrap_or_default();
    let since = query.split("publication-date>=").nth(1).and_then(|rest| rest.get(..8)).unwrap_or("00000000");
    let mut found: Vec<&Published> =
        state.notices.iter().filter(|notice| notice.day.format("%Y%m%d").to_string().as_str() >= since).collect();
    found.sort_by_key(|notice| notice.day);
    let start: usize = asked["iterationNextToken"].as_str().map_or(0, |token| token[1..].parse().unwrap());
    let shown = found.iter().skip(start).take(state.page).map(|notice| {
        json!({
            "publication-number": notice.number,
            "publication-date": format!("{}+01:00", notice.day),
            "links": { "xml": { "MUL": format!("https://ted.europa.eu{}", xml_path(&notice.number)) } },
        })
    });
    let answer = json!({
        "notices": shown.collect::<Vec<_>>(),
        "totalNoticeCount": found.len(),
        "iterationNextToken": format!("t{}", start + state.page),
        "timedOut": false,
    });
    Reply::Whole(answer.to_string())
}
