//! The answer page: what a suggestion is, why it came, and yes, maybe or no. Reached from the mail,
//! without signing in. Looking changes nothing; mail scanners look too.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    asf::is_web_address,
    lessons::{LessonLine, UndoForm},
    parts::{LotFacts, Why},
};
use crate::{
    domain::{
        lesson::LessonId,
        need::NeedKind,
        pairing::{Answer, DeclineReason, PairingState},
        reason::Objection,
        rejection::Rejection,
    },
    service::{
        self, lessons,
        pairings::{self, AnswerView},
    },
    web::{
        error::PageResult,
        extract::{Form, Query, Token},
        visit::{FieldError, Visit, field_errors},
    },
};

/// The answer that the link in the mail chose beforehand.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    svar: String,
}

/// The form as typed.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AnswerForm {
    answer: String,
    reason: String,
    note: String,
}

#[derive(Serialize)]
struct AnswerPage {
    asf: String,
    title: String,
    text: String,
    buyer: String,
    kind: NeedKind,
    url: Option<String>,
    lot: LotFacts,
    has_own_title: bool,
    is_past: bool,
    why: Why,
    objections: Vec<Objection>,
    state: PairingState,
    answered_at: Option<DateTime<Utc>>,
    decline_reasons: [DeclineReason; 5],
    form: AnswerForm,
    errors: Vec<FieldError>,
    lessons: Vec<LessonLine>,
    action: String,
}

/// Shows the suggestion, with the answer of the link or the one given before.
pub async fn show(visit: Visit, Token(token): Token, Query(chosen): Query<Chosen>) -> PageResult {
    let view = pairings::find_by_token(&visit.app, &token).await?;
    let form = preselected(&chosen.svar, &view);
    let now = visit.app.clock.now();
    visit.page("pages/pairings/show.html", answer_page(view, &token, form, Vec::new(), now))
}

fn preselected(chosen: &str, view: &AnswerView) -> AnswerForm {
    let from_link = match chosen {
        "ja" | "yes" => Some("yes"),
        "kanske" | "maybe" => Some("maybe"),
        "nej" | "no" => Some("no"),
        _ => None,
    };
    let before = view.pairing.state.is_answered().then(|| view.pairing.state.as_str());
    AnswerForm {
        answer: from_link.or(before).unwrap_or_default().to_owned(),
        reason: view.pairing.decline_reason.map_or("", DeclineReason::as_str).to_owned(),
        note: view.pairing.note.clone(),
    }
}

fn answer_page(
    view: AnswerView,
    token: &str,
    form: AnswerForm,
    errors: Vec<FieldError>,
    now: DateTime<Utc>,
) -> AnswerPage {
    let AnswerView { pairing, need, lot, asf } = view;
    let facts = LotFacts::new(&lot, now);
    AnswerPage {
        asf: asf.name,
        is_past: facts.is_past || !need.status.is_matched(),
        text: if facts.text.is_empty() { need.text } else { facts.text.clone() },
        has_own_title: facts.title != need.title,
        title: need.title,
        buyer: need.buyer.name,
        kind: need.kind,
        url: need.url.filter(|url| is_web_address(url)),
        lot: facts,
        why: pairing.reasons.into(),
        objections: pairing.objections,
        state: pairing.state,
        answered_at: pairing.answered_at,
        decline_reasons: DeclineReason::ALL,
        form,
        errors,
        lessons: asf.lessons.iter().map(LessonLine::from).collect(),
        action: format!("/svar/{token}"),
    }
}

#[derive(Serialize)]
struct AnsweredPage {
    title: String,
    kind: NeedKind,
    buyer: String,
    state: PairingState,
    /// A reason that taught nothing.
    untaught: Option<DeclineReason>,
    lessons: Vec<LessonLine>,
    action: String,
}

/// Takes the answer and says what happens now.
pub async fn respond(visit: Visit, Token(token): Token, Form(form): Form<AnswerForm>) -> PageResult {
    let view = pairings::find_by_token(&visit.app, &token).await?;
    let answer = match Answer::parse(&form.answer, &form.reason, &form.note.replace("\r\n", "\n")) {
        Ok(answer) => answer,
        Err(rejection) => return again(&visit, view, &token, form, &[rejection]),
    };
    match pairings::respond(&visit.app, &token, &answer).await {
        Ok(_) => {}
        Err(service::Error::Rejected(rejections)) => return again(&visit, view, &token, form, &rejections),
        Err(error) => return Err(error.into()),
    }
    let taught = lessons::of_pairing(&visit.app, view.asf.id, view.pairing.id).await?;
    let page = AnsweredPage {
        title: view.need.title,
        kind: view.need.kind,
        buyer: view.need.buyer.name,
        state: answer.state,
        untaught: answer.decline_reason.filter(|_| taught.is_empty()),
        lessons: taught.iter().map(LessonLine::from).collect(),
        action: format!("/svar/{token}"),
    };
    visit.page("pages/pairings/answered.html", page)
}

/// Takes back what an answer taught.
pub async fn undo_lesson(visit: Visit, Token(token): Token, Form(form): Form<UndoForm>) -> PageResult {
    let view = pairings::find_by_token(&visit.app, &token).await?;
    lessons::undo(&visit.app, view.asf.id, LessonId(form.lesson)).await?;
    Ok(Redirect::to(&format!("/svar/{token}#lardomar")).into_response())
}

fn again(visit: &Visit, view: AnswerView, token: &str, form: AnswerForm, rejections: &[Rejection]) -> PageResult {
    let errors = field_errors(visit, rejections);
    visit.rejected("pages/pairings/show.html", answer_page(view, token, form, errors, visit.app.clock.now()))
}
