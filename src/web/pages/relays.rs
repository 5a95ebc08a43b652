//! The relay as both sides see it: the buyer from the desk of the need, the ASF by the link of the mail or among
//! its own threads. Neither page tells the other side's address.

use std::sync::Arc;

use axum::{
    Extension,
    response::{IntoResponse as _, Redirect},
};
use serde::{Deserialize, Serialize};

use super::{need_desk, own_profile};
use crate::{
    domain::{
        asf::AsfId,
        need::Need,
        obstacle::Obstacle,
        pairing::{PairingId, PairingState},
        relay::{self, LINE_CHARS, Line, RelayId, RelayState, Reply},
    },
    service::{
        self,
        relays::{self, Desk, Thread},
        reminders,
    },
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id, Query, Token},
        limits::Limits,
        visit::{FieldError, Visit, field_errors},
    },
};

const BUYER_PAGE: &str = "pages/relays/write.html";
const ASF_PAGE: &str = "pages/relays/answer.html";

/// Which ASF the buyer looks at, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    par: i64,
    klart: String,
}

/// What the buyer writes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WriteForm {
    pairing: i64,
    text: String,
}

#[derive(Serialize)]
struct BuyerPage {
    need_id: i64,
    title: String,
    asf_id: i64,
    asf: String,
    buyer: String,
    lot: Option<String>,
    pairing: i64,
    lines: Vec<Line>,
    state: Option<RelayState>,
    is_introduced: bool,
    may_write: bool,
    obstacle: Option<&'static str>,
    longest: usize,
    asks_reminder: bool,
    not_reminded: Option<&'static str>,
    text: String,
    done: &'static str,
    errors: Vec<FieldError>,
}

/// The contact between the buyer and one ASF.
pub async fn show(visit: Visit, Id(id): Id, Query(asked): Query<Asked>) -> PageResult {
    let need = need_desk::own(&visit, id).await?;
    if asked.par == 0 {
        return Ok(to_desk(id));
    }
    let mut page = buyer_page(&visit, &need, asked.par).await?;
    page.done = match asked.klart.as_str() {
        "skickat" => "sent",
        "paminnelse" => "reminded",
        _ => "",
    };
    visit.page(BUYER_PAGE, page)
}

fn to_desk(need: i64) -> axum::response::Response {
    Redirect::to(&format!("/behov/{need}/svar")).into_response()
}

async fn buyer_page(visit: &Visit, need: &Need, pairing: i64) -> PageResult<BuyerPage> {
    let Desk { relay, obstacle, view } = relays::desk(&visit.app, PairingId(pairing)).await?;
    let is_gone = view.pairing.state == PairingState::Withdrawn && relay.is_none();
    // Of those who declined the buyer does not see who.
    if view.need.id != need.id || view.pairing.state == PairingState::No || is_gone {
        return Err(PageError::NotFound);
    }
    let asks_reminder = view.pairing.state == PairingState::Suggested;
    let not_reminded = if asks_reminder { reminders::obstacle(&visit.app, &view).await? } else { None };
    Ok(BuyerPage {
        need_id: need.id.0,
        title: need.title.clone(),
        asf_id: view.asf.id.0,
        asf: view.asf.name,
        buyer: need.buyer.name.clone(),
        lot: (need.lots.len() > 1).then(|| view.lot.work.title.clone()),
        pairing,
        state: relay.as_ref().map(|relay| relay.state),
        lines: relay.map(|relay| relay.lines).unwrap_or_default(),
        is_introduced: view.pairing.introduced_at.is_some(),
        may_write: !visit.is_staff(),
        obstacle: obstacle.map(Obstacle::rule),
        longest: LINE_CHARS,
        asks_reminder,
        not_reminded: not_reminded.map(Obstacle::rule),
        text: String::new(),
        done: "",
        errors: Vec::new(),
    })
}

/// Sends what the buyer writes. Staff do not write in a buyer's name.
pub async fn write(
    visit: Visit,
    Extension(limits): Extension<Arc<Limits>>,
    Id(id): Id,
    Form(form): Form<WriteForm>,
) -> PageResult {
    let need = need_desk::own(&visit, id).await?;
    if visit.is_staff() {
        return Err(PageError::Forbidden);
    }
    if form.pairing == 0 {
        return Ok(to_desk(id));
    }
    // Whose pairing it is, before anything is said of the words.
    let page = buyer_page(&visit, &need, form.pairing).await?;
    let written = match relay::parse_line(&form.text) {
        Ok(text) => {
            limits.take(&format!("relay:{}", visit.actor()))?;
            relays::write(&visit.app, &visit.actor(), PairingId(form.pairing), &text).await
        }
        Err(rejection) => Err(rejection.into()),
    };
    match written {
        Ok(()) => Ok(back(&need, form.pairing, "skickat")),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected(BUYER_PAGE, BuyerPage { errors, text: form.text, ..page })
        }
        Err(error) => Err(error.into()),
    }
}

fn back(need: &Need, pairing: i64, done: &str) -> axum::response::Response {
    Redirect::to(&format!("/behov/{}/kontakt?par={pairing}&klart={done}", need.id.0)).into_response()
}

/// Whom the buyer reminds.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RemindForm {
    pairing: i64,
}

/// Reminds an ASF that has not answered.
pub async fn remind(visit: Visit, Id(id): Id, Form(form): Form<RemindForm>) -> PageResult {
    let need = need_desk::own(&visit, id).await?;
    if form.pairing == 0 {
        return Ok(to_desk(id));
    }
    let page = buyer_page(&visit, &need, form.pairing).await?;
    match reminders::remind(&visit.app, &visit.actor(), PairingId(form.pairing)).await {
        Ok(()) => Ok(back(&need, form.pairing, "paminnelse")),
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(&visit, &rejections);
            visit.rejected(BUYER_PAGE, BuyerPage { errors, asks_reminder: true, ..page })
        }
        Err(error) => Err(error.into()),
    }
}

/// Which of its threads the ASF looks at, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    trad: i64,
    klart: String,
}

/// What an ASF answers.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ReplyForm {
    relay: i64,
    reply: String,
    text: String,
}

#[derive(Serialize)]
struct AsfPage {
    asf: String,
    buyer: String,
    need_id: i64,
    title: String,
    lines: Vec<Line>,
    state: RelayState,
    may_answer: bool,
    obstacle: Option<&'static str>,
    longest: usize,
    relay: i64,
    action: String,
    list_href: Option<String>,
    form: ReplyForm,
    done: &'static str,
    errors: Vec<FieldError>,
}

/// The thread of a link.
pub async fn ask(visit: Visit, Token(token): Token, Query(chosen): Query<Chosen>) -> PageResult {
    let thread = relays::find_by_link(&visit.app, &token).await?;
    let mut page = asf_page(&visit, thread, format!("/kontakt/{token}"));
    page.done = done(&chosen.klart);
    visit.page(ASF_PAGE, page)
}

/// Takes the answer of whoever holds the link.
pub async fn answer(visit: Visit, Token(token): Token, Form(form): Form<ReplyForm>) -> PageResult {
    let thread = relays::find_by_link(&visit.app, &token).await?;
    take(&visit, thread, form, format!("/kontakt/{token}")).await
}

fn done(word: &str) -> &'static str {
    ["agree", "line", "decline"].into_iter().find(|known| *known == word).unwrap_or_default()
}

fn asf_page(visit: &Visit, thread: Thread, action: String) -> AsfPage {
    let obstacle = thread.obstacle_for_asf(visit.app.clock.now()).map(Obstacle::rule);
    let Thread { relay, view } = thread;
    AsfPage {
        asf: view.asf.name,
        buyer: view.need.buyer.name,
        need_id: view.need.id.0,
        title: view.need.title,
        lines: relay.lines,
        state: relay.state,
        may_answer: obstacle.is_none(),
        obstacle,
        longest: LINE_CHARS,
        relay: relay.id.0,
        action,
        list_href: None,
        form: ReplyForm::default(),
        done: "",
        errors: Vec::new(),
    }
}

async fn take(visit: &Visit, thread: Thread, form: ReplyForm, action: String) -> PageResult {
    let taken = match Reply::parse(&form.reply, &form.text) {
        Ok(reply) => relays::reply(&visit.app, thread.relay.id, &reply).await.map(|()| reply.kind.as_str()),
        Err(rejections) => Err(service::Error::Rejected(rejections)),
    };
    match taken {
        Ok(kind) => {
            let mark = if action.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{action}{mark}klart={kind}")).into_response())
        }
        Err(service::Error::Rejected(rejections)) => {
            let errors = field_errors(visit, &rejections);
            visit.rejected(ASF_PAGE, AsfPage { errors, form, ..asf_page(visit, thread, action) })
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Serialize)]
struct ListPage {
    id: i64,
    name: String,
    threads: Vec<ThreadLine>,
}

#[derive(Serialize)]
struct ThreadLine {
    href: String,
    buyer: String,
    title: String,
    state: RelayState,
    waits: bool,
    last: Option<Line>,
}

/// The threads of an ASF, or one of them; for the ASF and for staff.
pub async fn list(visit: Visit, Id(id): Id, Query(chosen): Query<Chosen>) -> PageResult {
    let asf = own_profile::own(&visit, id).await?;
    if chosen.trad != 0 {
        let thread = relays::find(&visit.app, AsfId(id), RelayId(chosen.trad)).await?;
        let mut page = own_page(&visit, id, thread);
        page.done = done(&chosen.klart);
        return visit.page(ASF_PAGE, page);
    }
    let threads = relays::list(&visit.app, AsfId(id)).await?;
    let threads = threads.into_iter().map(|Thread { relay, view }| ThreadLine {
        href: format!("/asf/{id}/kontakt?trad={}", relay.id.0),
        buyer: view.need.buyer.name,
        title: view.need.title,
        state: relay.state,
        waits: relay.waits_for_asf(),
        last: relay.lines.last().cloned(),
    });
    visit.page("pages/relays/list.html", ListPage { id, name: asf.name, threads: threads.collect() })
}

fn own_page(visit: &Visit, asf: i64, thread: Thread) -> AsfPage {
    let action = format!("/asf/{asf}/kontakt?trad={}", thread.relay.id.0);
    let page = asf_page(visit, thread, action);
    // Staff do not answer in the name of an ASF.
    AsfPage { may_answer: page.may_answer && !visit.is_staff(), list_href: Some(format!("/asf/{asf}/kontakt")), ..page }
}

/// Takes the answer of an ASF that has signed in.
pub async fn answer_own(visit: Visit, Id(id): Id, Form(form): Form<ReplyForm>) -> PageResult {
    own_profile::own(&visit, id).await?;
    if visit.is_staff() {
        return Err(PageError::Forbidden);
    }
    let list = format!("/asf/{id}/kontakt");
    if form.relay == 0 {
        return Ok(Redirect::to(&list).into_response());
    }
    let thread = relays::find(&visit.app, AsfId(id), RelayId(form.relay)).await?;
    let action = format!("{list}?trad={}", form.relay);
    take(&visit, thread, form, action).await
}
