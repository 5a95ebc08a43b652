//! The TED Search API, version 3: `POST /v3/notices/search` with a query in the expert language, pages by
//! iteration, and the XML of each notice behind its link.
//! Source: <https://docs.ted.europa.eu/reuse/search-api.html>.

use chrono::NaiveDate;
use reqwest::Url;
use serde::Deserialize;
use serde_json::json;

use super::{FetchError, client::Client};

/// Notices on a page; the API allows no more.
pub const PAGE: usize = 250;

/// Host of the public site, where the links of the API lead.
const SITE: &str = "ted.europa.eu";

/// Where notices are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area<'a> {
    /// Countries of the buyers, ISO 3166-1 alpha-3, parted by commas; empty is anywhere.
    pub countries: &'a str,
    /// Places of performance, NUTS codes parted by commas; empty is anywhere.
    pub nuts: &'a str,
    /// CPV codes or the beginnings of some, parted by commas; empty is everything.
    pub cpv: &'a str,
}

impl Area<'_> {
    /// The area in the expert language, without dates.
    ///
    /// # Errors
    /// `Address` when a value is no code: nothing from the settings is let through to change the query.
    pub fn query(&self) -> Result<String, FetchError> {
        let mut clauses = Vec::new();
        let fields = [
            ("buyer-country", self.countries, ""),
            ("place-of-performance", self.nuts, ""),
            ("classification-cpv", self.cpv, "*"),
        ];
        for (field, written, suffix) in fields {
            let codes: Vec<&str> = written.split(',').map(str::trim).filter(|code| !code.is_empty()).collect();
            if let Some(wrong) = codes.iter().find(|code| !code.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
                return Err(FetchError::Address(format!("{field} {wrong}")));
            }
            let is_whole = |code: &str| suffix.is_empty() || code.len() == 8;
            let codes =
                codes.iter().map(|code| if is_whole(code) { (*code).to_owned() } else { format!("{code}{suffix}") });
            let codes: Vec<String> = codes.collect();
            if !codes.is_empty() {
                clauses.push(format!("{field} IN ({})", codes.join(" ")));
            }
        }
        if clauses.is_empty() {
            Err(FetchError::Address("an empty query".to_owned()))
        } else {
            Ok(clauses.join(" AND "))
        }
    }
}

/// What is published from a day on, the earliest first, so that a run that breaks off can go on.
pub fn since(query: &str, day: NaiveDate) -> String {
    let unsorted = query.to_uppercase().find("SORT BY").and_then(|at| query.get(..at)).unwrap_or(query).trim();
    format!("({unsorted}) AND publication-date>={} SORT BY publication-date ASC", day.format("%Y%m%d"))
}

/// A notice that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// For example `475939-2026`.
    pub publication_no: String,
    /// Day of publication.
    pub published_on: NaiveDate,
    /// Where its XML is, on the one host that is asked.
    xml: Url,
}

/// One page of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Notices, in the order of the query.
    pub notices: Vec<Found>,
    /// How many there are on all pages, when the server says.
    pub total: Option<usize>,
    /// What to ask the next page with; the server sends one after the last page, too.
    pub next: Option<String>,
}

/// Asks for one page; `token` is the `next` of the page before.
///
/// # Errors
/// As [`FetchError`] says.
pub async fn search(client: &Client, query: &str, token: Option<&str>) -> Result<Page, FetchError> {
    let mut body = json!({
        "query": query,
        "fields": ["publication-number", "publication-date", "links"],
        "limit": PAGE,
        "scope": "ALL",
        "checkQuerySyntax": false,
        "paginationMode": "ITERATION",
    });
    if let (Some(token), Some(fields)) = (token, body.as_object_mut()) {
        fields.insert("iterationNextToken".to_owned(), token.into());
    }
    let url = path_of(client.base(), "/v3/notices/search");
    client.post_json(&url, &body, |bytes| read_page(client.base(), bytes)).await
}

/// The XML of a notice, whole.
///
/// # Errors
/// As [`FetchError`] says.
pub async fn notice(client: &Client, found: &Found) -> Result<Vec<u8>, FetchError> {
    client.get(&found.xml, |bytes| whole_xml(bytes).map(<[u8]>::to_vec)).await
}

/// The answer as documented, and as it has been seen: old field names, and lists of one.
#[derive(Deserialize)]
struct Answer {
    notices: Vec<Notice>,
    #[serde(rename = "totalNoticeCount")]
    total: Option<usize>,
    #[serde(rename = "iterationNextToken")]
    next: Option<String>,
    #[serde(rename = "timedOut", default)]
    timed_out: bool,
}

#[derive(Deserialize)]
struct Notice {
    #[serde(rename = "publication-number")]
    number: Option<OneOrMore>,
    #[serde(rename = "ND")]
    old_number: Option<OneOrMore>,
    #[serde(rename = "publication-date")]
    date: Option<OneOrMore>,
    #[serde(rename = "PD")]
    old_date: Option<OneOrMore>,
    #[serde(default)]
    links: Links,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn first(&self) -> Option<&str> {
        match self {
            Self::One(text) => Some(text),
            Self::More(texts) => texts.first().map(String::as_str),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Links {
    xml: std::collections::BTreeMap<String, String>,
}

fn read_page(base: &Url, bytes: &[u8]) -> Result<Page, FetchError> {
    let nonsense = |text: String| FetchError::Nonsense(text);
    let answer: Answer = serde_json::from_slice(bytes).map_err(|error| nonsense(error.to_string()))?;
    if answer.timed_out {
        return Err(nonsense("the search ran out of time and answered in part".to_owned()));
    }
    let notices = answer.notices.iter().map(|notice| found(base, notice)).collect::<Result<_, _>>()?;
    Ok(Page { notices, total: answer.total, next: answer.next.filter(|token| !token.is_empty()) })
}

fn found(base: &Url, notice: &Notice) -> Result<Found, FetchError> {
    let number = notice.number.as_ref().or(notice.old_number.as_ref()).and_then(OneOrMore::first).unwrap_or_default();
    let date = notice.date.as_ref().or(notice.old_date.as_ref()).and_then(OneOrMore::first).unwrap_or_default();
    let is_number = (6..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let day = date.get(..10).and_then(|day| day.parse().ok());
    let Some(published_on) = day.filter(|_| is_number) else {
        return Err(FetchError::Nonsense(format!("a notice \"{number:.40}\" of \"{date:.40}\"")));
    };
    let link = notice.links.xml.get("MUL").or_else(|| notice.links.xml.values().next());
    let xml = match link {
        Some(link) => on_site(base, link)?,
        None => site_of(base, &format!("/en/notice/{number}/xml")),
    };
    Ok(Found { publication_no: number.to_owned(), published_on, xml })
}

/// The link's path on the one site we ask. A link that leads anywhere else is not followed.
fn on_site(base: &Url, link: &str) -> Result<Url, FetchError> {
    let refused = || FetchError::Address(link.chars().take(200).collect());
    let url: Url = link.parse().map_err(|_| refused())?;
    let site = site_of(base, url.path());
    let is_known = url.host_str() == Some(SITE) || (url.host_str(), url.port()) == (site.host_str(), site.port());
    if is_known && matches!(url.scheme(), "http" | "https") { Ok(site) } else { Err(refused()) }
}

/// The API stands at `api.` before the site; another server, such as a recorded one, is both.
fn site_of(base: &Url, path: &str) -> Url {
    let mut url = path_of(base, path);
    if base.host_str() == Some(&format!("api.{SITE}")) {
        // The host is a constant name, which a URL with an authority takes.
        let _cannot_fail = url.set_host(Some(SITE));
    }
    url
}

fn path_of(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(path);
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// The bytes, when the last tag closes the first element: a connection may end early and say nothing.
fn whole_xml(bytes: &[u8]) -> Result<&[u8], FetchError> {
    let half = || FetchError::Nonsense("half a notice".to_owned());
    let text = bytes.trim_ascii_end();
    let closing = text.iter().rposition(|byte| *byte == b'<').map(|at| &text[at..]).ok_or_else(half)?;
    let name = closing.strip_prefix(b"</").and_then(|rest| rest.strip_suffix(b">")).ok_or_else(half)?.trim_ascii_end();
    let mut tags = bytes.split(|byte| *byte == b'<').skip(1);
    let root = tags.find(|tag| !tag.starts_with(b"?") && !tag.starts_with(b"!")).ok_or_else(half)?;
    let is_root = root.starts_with(name) && !root.get(name.len()).is_some_and(|b| b.is_ascii_alphanumeric());
    if is_root && !name.is_empty() { Ok(bytes) } else { Err(half()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(url: &str) -> Url {
        url.parse().unwrap()
    }

    #[test]
    fn the_county_is_asked_for_from_a_day_on_and_nothing_slips_into_the_query() {
        let area = Area { countries: "SWE", nuts: "SE211", cpv: "909, 55520000" };
        let query = area.query().unwrap();
        assert_eq!(
            query,
            "buyer-country IN (SWE) AND place-of-performance IN (SE211) AND classification-cpv IN (909* 55520000)"
        );
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let expected = format!("({query}) AND publication-date>=20261102 SORT BY publication-date ASC");
        assert_eq!(since(&query, day), expected);
        assert_eq!(since(&format!("{query} sort by publication-number DESC"), day), expected);
        assert!(Area { countries: "", nuts: "SE211) OR (FT~x", cpv: "" }.query().is_err());
        assert!(Area { countries: "", nuts: " ", cpv: "" }.query().is_err());
    }

    #[test]
    fn links_lead_to_the_one_site_and_nowhere_else() {
        let check = |base_url: &str, link: &str, expected: Option<&str>| {
            let url = on_site(&base(base_url), link).ok();
            assert_eq!(url.as_ref().map(Url::as_str), expected, "{link}");
        };
        let (ours, own) = ("https://api.ted.europa.eu", "http://127.0.0.1:9000");
        let link = "https://ted.europa.eu/en/notice/475939-2026/xml";
        check(ours, link, Some(link));
        check(own, link, Some("http://127.0.0.1:9000/en/notice/475939-2026/xml"));
        check(own, "http://127.0.0.1:9000/x", Some("http://127.0.0.1:9000/x"));
        for other in ["https://evil.example/en/notice/1/xml", "http://127.0.0.1:22/", "file:///etc/passwd", "x"] {
            check(own, other, None);
            check(ours, other, None);
        }
    }

    #[test]
    fn pages_are_read_in_the_documented_and_in_the_seen_form() {
        let check = |json: &str, expected: Option<(usize, Option<&str>)>| {
            let page = read_page(&base("http://127.0.0.1:9000"), json.as_bytes()).ok();
            let seen = page.as_ref().map(|page| (page.notices.len(), page.next.as_deref()));
            assert_eq!(seen, expected, "{json}");
        };
        let new = r#"{"publication-number":"475939-2026","publication-date":["2026-07-10+02:00"]}"#;
        let old = r#"{"ND":"475939-2026","PD":"2026-07-10+02:00","links":{"xml":{"MUL":"https://ted.europa.eu/x"}}}"#;
        check(&format!(r#"{{"notices":[{new},{old}],"iterationNextToken":"t"}}"#), Some((2, Some("t"))));
        check(r#"{"notices":[],"totalNoticeCount":0,"iterationNextToken":""}"#, Some((0, None)));
        check(&format!(r#"{{"notices":[{new}],"timedOut":true}}"#), None);
        for wrong in ["", "<html>", r#"{"notices":{}}"#, r#"{"total":1}"#, r#"{"notices":[{"ND":"x","PD":"y"}]}"#] {
            check(wrong, None);
        }
    }

    #[test]
    fn half_a_notice_is_known_by_its_end() {
        let check = |xml: &str, ok: bool| assert_eq!(whole_xml(xml.as_bytes()).is_ok(), ok, "{xml}");
        check("<?xml version=\"1.0\"?>\n<!-- a --><cn:Notice xmlns=\"x\"><a>1</a></cn:Notice>\n", true);
        check("<Notice><a></a>", false);
        check("<Notice><a>1</a></Noti", false);
        check("<NoticeA></Notice>", false);
        check("", false);
    }
}
