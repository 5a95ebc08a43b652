//! An HTTP client for one server: its own pace, time-outs, patience with 429 and 5xx, bounded answers, no
//! redirects, and no other host than the one that was configured.

use std::{net::IpAddr, time::Duration};

use chrono::{DateTime, Utc};
use reqwest::{RequestBuilder, Response, StatusCode, Url, header::RETRY_AFTER, redirect::Policy};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep, sleep_until},
};

use super::FetchError;

/// How long, how often and how much.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest time for a connection.
    pub connect: Duration,
    /// Longest time for a whole answer.
    pub answer: Duration,
    /// Shortest time between two requests.
    pub pace: Duration,
    /// How often a request is tried.
    pub attempts: u32,
    /// Pause after the first failure; doubled after each.
    pub first_pause: Duration,
    /// Longest pause within a run, also when the server asks for more.
    pub longest_pause: Duration,
    /// Largest answer, in bytes.
    pub bytes: usize,
}

impl Default for Limits {
    /// One request a second is half of what the TED website allows before it shuts somebody out.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(60),
            pace: Duration::from_secs(1),
            attempts: 4,
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(60),
            bytes: 32 * 1024 * 1024,
        }
    }
}

/// A client that asks one server.
pub struct Client {
    http: reqwest::Client,
    base: Url,
    limits: Limits,
    next_at: Mutex<Instant>,
}

/// How one try ended.
enum Failure {
    /// Trying again may help; wait this long when the server said so.
    Passing(FetchError, Option<Duration>),
    /// It will not.
    Final(FetchError),
}

impl Client {
    /// A client for the server at `base`: `https://…`, or `http://…` on the loopback.
    ///
    /// # Errors
    /// `Address` when `base` is neither.
    pub fn new(base: &str, limits: Limits) -> Result<Self, FetchError> {
        let refused = || FetchError::Address(base.to_owned());
        let base: Url = base.parse().map_err(|_| refused())?;
        let host = base.host_str().ok_or_else(refused)?;
        let is_loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if base.scheme() != "https" && !(base.scheme() == "http" && is_loopback) {
            return Err(refused());
        }
        // A test or a tool may ask for a client before `main` has chosen the provider.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("samhandla/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .connect_timeout(limits.connect)
            .timeout(limits.answer);
        if is_loopback {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| FetchError::Away(error.to_string()))?;
        Ok(Self { http, base, limits, next_at: Mutex::new(Instant::now()) })
    }

    /// The configured address.
    pub fn base(&self) -> &Url {
        &self.base
    }

    /// Posts JSON to `url` and gives what `read` makes of the answer; an answer that `read` finds to be half
    /// is asked for again.
    ///
    /// # Errors
    /// As [`FetchError`] says.
    pub async fn post_json<T>(
        &self,
        url: &Url,
        body: &serde_json::Value,
        read: impl Fn(&[u8]) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        self.ask(|| self.http.post(url.clone()).json(body), read).await
    }

    /// Gets `url`, as [`Client::post_json`].
    ///
    /// # Errors
    /// As [`FetchError`] says.
    pub async fn get<T>(&self, url: &Url, read: impl Fn(&[u8]) -> Result<T, FetchError>) -> Result<T, FetchError> {
        self.ask(|| self.http.get(url.clone()), read).await
    }

    async fn ask<T>(
        &self,
        request: impl Fn() -> RequestBuilder,
        read: impl Fn(&[u8]) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        let mut pause = self.limits.first_pause;
        let mut attempt = 1;
        loop {
            self.keep_pace().await;
            let (error, wished) = match self.try_once(request(), &read).await {
                Ok(value) => return Ok(value),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing(error, wished)) => (error, wished),
            };
            let wait = wished.unwrap_or(pause);
            if wait > self.limits.longest_pause {
                return Err(FetchError::Busy { seconds: wait.as_secs() });
            }
            if attempt >= self.limits.attempts {
                return Err(error);
            }
            tracing::warn!(%error, attempt, wait_ms = wait.as_millis(), "asking again");
            sleep(wait).await;
            pause = (pause * 2).min(self.limits.longest_pause);
            attempt += 1;
        }
    }

    /// Waits until the next request may be sent; two tasks get two times.
    async fn keep_pace(&self) {
        let mut next_at = self.next_at.lock().await;
        let at = (*next_at).max(Instant::now());
        *next_at = at + self.limits.pace;
        drop(next_at);
        sleep_until(at).await;
    }

    async fn try_once<T>(
        &self,
        request: RequestBuilder,
        read: impl Fn(&[u8]) -> Result<T, FetchError>,
    ) -> Result<T, Failure> {
        let passing = |error: &reqwest::Error| Failure::Passing(FetchError::Away(said(error)), None);
        let response = request.send().await.map_err(|error| passing(&error))?;
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
            let wished = retry_after(&response);
            return Err(Failure::Passing(FetchError::Away(format!("status {status}")), wished));
        }
        let body = self.body(response).await?;
        if status != StatusCode::OK {
            let detail = String::from_utf8_lossy(&body).chars().filter(|c| !c.is_control()).take(300).collect();
            return Err(Failure::Final(FetchError::Refused { status: status.as_u16(), detail }));
        }
        read(&body).map_err(|error| Failure::Passing(error, None))
    }

    /// The body, refused as soon as it grows beyond the limit. A connection that breaks off before the
    /// announced length is an error of the library.
    async fn body(&self, mut response: Response) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(body),
                Ok(Some(chunk)) if body.len() + chunk.len() > self.limits.bytes => {
                    let detail = format!("more than {} bytes", self.limits.bytes);
                    return Err(Failure::Final(FetchError::Nonsense(detail)));
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(error) => return Err(Failure::Passing(FetchError::Away(said(&error)), None)),
            }
        }
    }
}

/// The error with its causes; the outermost alone says little.
pub(super) fn said(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

/// `Retry-After` in seconds, or as a date against the server's own clock (RFC 9110, 10.2.3).
fn retry_after(response: &Response) -> Option<Duration> {
    let header = |name| response.headers().get(name)?.to_str().ok();
    let wished = header(RETRY_AFTER)?.trim();
    if let Ok(seconds) = wished.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| DateTime::parse_from_rfc2822(text).ok().map(|at| at.with_timezone(&Utc));
    let now = date(header(reqwest::header::DATE)?)?;
    (date(wished)? - now).to_std().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tls_or_the_loopback_is_asked() {
        let check = |base: &str, ok: bool| assert_eq!(Client::new(base, Limits::default()).is_ok(), ok, "{base}");
        check("https://api.example", true);
        check("http://127.0.0.1:8080", true);
        check("http://localhost:1", true);
        for base in ["http://api.example", "ftp://api.example", "file:///etc/passwd", "api.example", ""] {
            check(base, false);
        }
    }
}
