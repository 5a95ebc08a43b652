//! Open needs for programs that follow them: an Atom feed (RFC 4287) and calendars of deadlines (RFC 5545).

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _};
use serde::{Deserialize, Serialize};

use super::parts::{NeedLine, link};
use crate::{
    domain::{
        cpv::Cpv,
        need::{Lot, Need},
        place::Place,
    },
    service::{self, calendars, search::Search, search_pages},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Query, Token},
        visit::Visit,
    },
};

/// Needs in a feed or a calendar.
const MOST: usize = 100;

/// Characters of a need's text in a feed.
const TEXT_CHARS: usize = 2000;

/// Which needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ord: String,
    plats: String,
    cpv: String,
}

impl Asked {
    async fn find(&self, visit: &Visit) -> PageResult<Vec<Need>> {
        let search = Search {
            words: self.ord.trim().to_owned(),
            place: Place::parse(&self.plats).ok(),
            cpv: Cpv::parse(&self.cpv).ok(),
            limit: MOST,
            offset: 0,
        };
        let found = search_pages::needs(&visit.app, &search, None).await?;
        Ok(found.hits.into_iter().map(|hit| hit.need).collect())
    }

    fn address(&self, visit: &Visit, path: &str) -> String {
        let query = [("ord", self.ord.trim()), ("plats", self.plats.trim()), ("cpv", self.cpv.trim())];
        format!("{}{}", visit.app.config.base_url(), link(path, &query))
    }
}

#[derive(Serialize)]
struct Feed {
    own: String,
    page: String,
    service: String,
    updated: DateTime<Utc>,
    entries: Vec<FeedEntry>,
}

#[derive(Serialize)]
struct FeedEntry {
    url: String,
    title: String,
    buyer: String,
    published: DateTime<Utc>,
    updated: DateTime<Utc>,
    deadline: Option<DateTime<Utc>>,
    text: String,
    cpv: Vec<String>,
}

/// The newest open needs as a feed; the same need is the same entry in each of them.
pub async fn atom(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let mut needs = asked.find(&visit).await?;
    needs.sort_by_key(|need| std::cmp::Reverse((need.updated_at, need.id)));
    let now = visit.app.clock.now();
    let feed = Feed {
        own: asked.address(&visit, "/behov.atom"),
        page: asked.address(&visit, "/behov"),
        service: visit.app.config.service_name.clone(),
        updated: needs.first().map_or(now, |need| need.updated_at),
        entries: needs.iter().map(|need| entry(&visit, need, now)).collect(),
    };
    let xml = visit.app.words.render("pages/needs/feed.xml", visit.language, feed)?;
    Ok(kept(&visit, xml, "application/atom+xml; charset=utf-8"))
}

fn entry(visit: &Visit, need: &Need, now: DateTime<Utc>) -> FeedEntry {
    let line = NeedLine::new(need, Vec::new(), now);
    let mut cpv: Vec<String> = need.lots.iter().flat_map(|lot| &lot.work.cpv).map(ToString::to_string).collect();
    cpv.sort_unstable();
    cpv.dedup();
    FeedEntry {
        url: format!("{}/behov/{}", visit.app.config.base_url(), need.id.0),
        title: plain(&need.title, TEXT_CHARS),
        buyer: plain(&need.buyer.name, TEXT_CHARS),
        published: need.created_at,
        updated: need.updated_at,
        deadline: line.deadline_at,
        text: plain(&need.text, TEXT_CHARS),
        cpv,
    }
}

/// The start of a text without what XML 1.0 cannot hold.
fn plain(text: &str, most: usize) -> String {
    let is_allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(|c| is_allowed(c) && !matches!(c, '\u{fffe}' | '\u{ffff}')).take(most).collect()
}

/// Deadlines of open needs.
pub async fn calendar(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    let needs = asked.find(&visit).await?;
    let lots = needs.iter().flat_map(|need| need.lots.iter().map(move |lot| (need, lot)));
    let name = visit.text("calendar-name");
    let written = written(&visit, &name, lots);
    Ok(kept(&visit, written, "text/calendar; charset=utf-8"))
}

/// Deadlines of what was suggested to an ASF, by its secret address.
pub async fn own_calendar(visit: Visit, Token(link): Token) -> PageResult {
    let link = link.strip_suffix(".ics").unwrap_or(&link);
    let (asf, found) = calendars::of_link(&visit.app, link).await?;
    let lots = found.iter().filter_map(|(need, id)| Some((need, need.lots.iter().find(|lot| lot.id == *id)?)));
    let written = written(&visit, &asf.name, lots);
    let mut response = kept(&visit, written, "text/calendar; charset=utf-8");
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// One event for each lot that can still be answered and has a deadline, under a name that stays.
fn written<'a>(visit: &Visit, name: &str, lots: impl Iterator<Item = (&'a Need, &'a Lot)>) -> String {
    let base = visit.app.config.base_url();
    let host = base.rsplit("//").next().unwrap_or_default().to_owned();
    let now = visit.app.clock.now();
    let mut calendar = Calendar::empty();
    for property in [("VERSION", "2.0"), ("PRODID", "-//Samhandla//Samhandla//SV"), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(property);
    }
    calendar.name(&plain(name, 200));
    for (need, lot) in lots.filter(|(_, lot)| lot.is_open(now)) {
        let Some(deadline) = lot.work.deadline_at else { continue };
        let title = if lot.work.title == need.title { &need.title } else { &lot.work.title };
        let title = visit.app.words.text(visit.language, "calendar-deadline", &[("title", plain(title, 200).into())]);
        let event = Event::new()
            .uid(&format!("lot-{}@{host}", lot.id.0))
            .timestamp(need.updated_at)
            .starts(deadline)
            .summary(&title)
            .description(&plain(&need.buyer.name, 200))
            .url(&format!("{base}/behov/{}", need.id.0))
            .done();
        calendar.push(event);
    }
    calendar.to_string()
}

fn kept(visit: &Visit, body: String, kind: &'static str) -> Response {
    let keep = if visit.user.is_some() { "no-store" } else { "private, no-cache" };
    let headers =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep), (header::VARY, "cookie, accept-language")];
    (headers, body).into_response()
}

#[derive(Serialize)]
struct FollowPage {
    feed: String,
    calendar: String,
    is_asf: bool,
    has_link: bool,
    /// The address, just made; shown this once.
    link: Option<String>,
}

/// How to follow needs from another program.
pub async fn follow(visit: Visit) -> PageResult {
    let page = follow_page(&visit, None).await?;
    visit.page("pages/needs/follow.html", page)
}

async fn follow_page(visit: &Visit, link: Option<String>) -> PageResult<FollowPage> {
    let base = visit.app.config.base_url();
    let has_link = match &visit.user {
        Some(user) => calendars::has_link(&visit.app, user.id).await?,
        None => false,
    };
    Ok(FollowPage {
        feed: format!("{base}/behov.atom"),
        calendar: format!("{base}/behov.ics"),
        is_asf: visit.own_asf().is_some(),
        has_link,
        link,
    })
}

/// What to do with the secret address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    gor: String,
}

/// Makes the secret address of the user's ASF, or takes it back.
pub async fn change_link(visit: Visit, Form(form): Form<LinkForm>) -> PageResult {
    let user = visit.user.as_ref().ok_or(PageError::SignInFirst)?;
    if user.own_asf().is_none() {
        // Nobody else has a calendar of their own.
        return Ok(Redirect::to("/folj").into_response());
    }
    if form.gor == "bort" {
        return match calendars::remove_link(&visit.app, user).await {
            Ok(()) | Err(service::Error::NotFound) => Ok(Redirect::to("/folj").into_response()),
            Err(error) => Err(error.into()),
        };
    }
    let secret = calendars::create_link(&visit.app, user).await?;
    let link = format!("{}/kalender/{}.ics", visit.app.config.base_url(), secret.plain());
    let page = follow_page(&visit, Some(link)).await?;
    visit.page("pages/needs/follow.html", page)
}
