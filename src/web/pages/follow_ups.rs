//! What the follow-up mail links to: did it lead to something? Reached without signing in; looking changes
//! nothing, and mail scanners look too.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        follow_up::{Led, Side, Told, ToldFields},
        rejection::Rejection,
    },
    service::{
        self,
        follow_ups::{self, Question},
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
pub struct ToldForm {
    led: String,
    value_sek: String,
    invoiced_sek: String,
    without: String,
}

#[derive(Serialize)]
struct FollowUpPage {
    action: String,
    side: Side,
    title: String,
    asf: String,
    buyer: String,
    service: String,
    done: Option<Led>,
    form: ToldForm,
    errors: Vec<FieldError>,
}

/// Shows the question, with the answer of the link or the one given before.
pub async fn ask(visit: Visit, Token(token): Token, Query(chosen): Query<Chosen>) -> PageResult {
    let question = follow_ups::find(&visit.app, &token).await?;
    let from_link = match chosen.svar.as_str() {
        "ja" => Some(Led::Yes),
        "inte-an" => Some(Led::NotYet),
        "nej" => Some(Led::No),
        _ => None,
    };
    let led = from_link.or(question.led).map_or("", Led::as_str).to_owned();
    let form = ToldForm { led, ..ToldForm::default() };
    visit.page("pages/follow_ups/show.html", page(&visit, question, &token, form, Vec::new()))
}

/// Takes the answer.
pub async fn answer(visit: Visit, Token(token): Token, Form(form): Form<ToldForm>) -> PageResult {
    let question = follow_ups::find(&visit.app, &token).await?;
    let fields = ToldFields {
        led: &form.led,
        value_sek: &form.value_sek,
        invoiced_sek: &form.invoiced_sek,
        without: &form.without,
    };
    let told = match Told::parse(&fields) {
        Ok(told) => told,
        Err(rejections) => return again(&visit, question, &token, form, &rejections),
    };
    match follow_ups::answer(&visit.app, &token, &told).await {
        Ok(()) => {}
        Err(service::Error::Rejected(rejections)) => return again(&visit, question, &token, form, &rejections),
        Err(error) => return Err(error.into()),
    }
    let page = FollowUpPage { done: Some(told.led), ..page(&visit, question, &token, form, Vec::new()) };
    visit.page("pages/follow_ups/show.html", page)
}

fn again(visit: &Visit, question: Question, token: &str, form: ToldForm, rejections: &[Rejection]) -> PageResult {
    let errors = field_errors(visit, rejections);
    visit.rejected("pages/follow_ups/show.html", page(visit, question, token, form, errors))
}

fn page(visit: &Visit, question: Question, token: &str, form: ToldForm, errors: Vec<FieldError>) -> FollowUpPage {
    FollowUpPage {
        action: format!("/uppfoljning/{token}"),
        side: question.side,
        title: question.view.need.title,
        asf: question.view.asf.name,
        buyer: question.view.need.buyer.name,
        service: visit.app.config.service_name.clone(),
        done: None,
        form,
        errors,
    }
}
