//! Suggestions: an ASF's own, why they came, the answer, and what they led to.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{self, Page},
    extract::{Answer, Asked, Body, Id},
    gate::Caller,
    problem::{ApiError, ApiResult},
    why::{self, Why},
};
use crate::{
    domain::{
        asf::AsfId,
        deal::{DealFields, NewDeal},
        pairing::{Answer as Answered, DeclineReason, Pairing, PairingId},
        rejection::Rejection,
        schedule::local_date,
    },
    service::{
        self, deals,
        pairings::{self, AnswerView},
    },
    store::{needs, pairings as rows},
    words::reasons::Voice,
};

/// Which suggestions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PairingQuery {
    /// Of this ASF; staff must say it, an ASF has its own.
    #[param(value_type = Option<i64>, minimum = 1)]
    asf: Option<String>,
    /// Items on a page; 20 when nothing is said.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    limit: Option<String>,
    /// `next` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]+$", max_length = 200)]
    cursor: Option<String>,
}

/// A suggestion in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingItem {
    id: i64,
    asf_id: i64,
    lot_id: i64,
    need_id: i64,
    /// Name of the need.
    title: String,
    /// `strong` or `possible`.
    strength: &'static str,
    /// `suggested`, `yes`, `maybe` or `no`.
    state: &'static str,
    /// Last instant to answer.
    deadline_at: Option<DateTime<Utc>>,
}

/// List suggestions
///
/// The newest first: of the ASF itself, or of any for staff.
#[utoipa::path(get, path = "/pairings", tag = "pairings", params(PairingQuery),
    security(("key" = ["read:pairings"])),
    responses((status = 200, description = "A page of suggestions", body = Page<PairingItem>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PairingQuery>) -> ApiResult<Answer<Page<PairingItem>>> {
    let asf = whose(&caller, asked.asf.as_deref())?;
    let question = ["pairings", &asf.0.to_string()];
    let limit = cursor::limit(asked.limit.as_deref())?;
    let before = cursor::read(asked.cursor.as_deref(), &question)?.map_or(i64::MAX, |place| place.key);
    let found = rows::list_before(&caller.app.db, asf, before, limit as u64 + 1).await?;
    let lots: Vec<_> = found.iter().map(|pairing| pairing.lot_id).collect();
    let needs = needs::list_by_lots(&caller.app.db, &lots).await?;
    let item = |pairing: Pairing| {
        let need = needs.iter().find(|need| need.lots.iter().any(|lot| lot.id == pairing.lot_id))?;
        let lot = need.lots.iter().find(|lot| lot.id == pairing.lot_id)?;
        Some(PairingItem {
            id: pairing.id.0,
            asf_id: pairing.asf_id.0,
            lot_id: pairing.lot_id.0,
            need_id: need.id.0,
            title: need.title.clone(),
            strength: pairing.strength.as_str(),
            state: pairing.state.as_str(),
            deadline_at: lot.work.deadline_at,
        })
    };
    let page = cursor::keyed(found, limit, |pairing| pairing.id.0, &question);
    Ok(Answer(Page { items: page.items.into_iter().filter_map(item).collect(), next: page.next }))
}

/// The ASF whose suggestions are asked for, if the caller may see them.
fn whose(caller: &Caller, asked: Option<&str>) -> ApiResult<AsfId> {
    let part = caller.ledger_part()?;
    let asked = match asked {
        Some(text) => {
            let id = text.parse().ok().filter(|id| *id > 0);
            Some(AsfId(id.ok_or_else(|| Rejection::new("asf", "rejected-id", text))?))
        }
        None => None,
    };
    match (part, asked) {
        (None, Some(asf)) => Ok(asf),
        (None, None) => Err(Rejection::new("asf", "rejected-id", "").into()),
        (Some(own), Some(asf)) if own != asf => Err(ApiError::Forbidden),
        (Some(own), _) => Ok(own),
    }
}

/// A suggestion with its reasons and its answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingAnswer {
    id: i64,
    asf_id: i64,
    lot_id: i64,
    need_id: i64,
    /// Name of the need.
    title: String,
    buyer: String,
    /// `strong` or `possible`.
    strength: &'static str,
    /// `suggested`, `yes`, `maybe`, `no` or `withdrawn`.
    state: &'static str,
    reasons: Vec<Why>,
    objections: Vec<Why>,
    decline_reason: Option<&'static str>,
    /// The ASF's line to the buyer.
    note: String,
    answered_at: Option<DateTime<Utc>>,
    /// When both sides were introduced by mail.
    introduced_at: Option<DateTime<Utc>>,
}

impl PairingAnswer {
    fn new(caller: &Caller, view: AnswerView) -> Self {
        let AnswerView { pairing, need, asf, .. } = view;
        let voice = if caller.user.own_asf() == Some(asf.id) { Voice::Asf } else { Voice::Other };
        Self {
            id: pairing.id.0,
            asf_id: asf.id.0,
            lot_id: pairing.lot_id.0,
            need_id: need.id.0,
            title: need.title,
            buyer: need.buyer.name,
            strength: pairing.strength.as_str(),
            state: pairing.state.as_str(),
            reasons: why::reasons(caller, voice, &pairing.reasons),
            objections: why::objections(caller, voice, &pairing.objections),
            decline_reason: pairing.decline_reason.map(DeclineReason::as_str),
            note: pairing.note,
            answered_at: pairing.answered_at,
            introduced_at: pairing.introduced_at,
        }
    }
}

/// A suggestion that the caller may see whole: the ASF's own, or any for staff.
async fn visible(caller: &Caller, id: i64) -> ApiResult<AnswerView> {
    let part = caller.ledger_part()?;
    let view = pairings::find(&caller.app, PairingId(id)).await?;
    if part.is_none_or(|own| own == view.asf.id) { Ok(view) } else { Err(ApiError::NotFound) }
}

/// Show a suggestion
#[utoipa::path(get, path = "/pairings/{id}", tag = "pairings", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["read:pairings"])),
    responses((status = 200, description = "The suggestion", body = PairingAnswer)))]
pub async fn show(caller: Caller, Id(id): Id) -> ApiResult<Answer<PairingAnswer>> {
    let view = visible(&caller, id).await?;
    Ok(Answer(PairingAnswer::new(&caller, view)))
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerBody {
    /// `yes`, `maybe` or `no`.
    #[schema(pattern = "^(yes|maybe|no)$")]
    answer: String,
    /// Why not, with a no: `wrong_work`, `too_large`, `wrong_place`, `no_time` or `other`.
    #[serde(default)]
    #[schema(pattern = "^(wrong_work|too_large|wrong_place|no_time|other)$")]
    reason: Option<String>,
    /// A line to the buyer.
    #[serde(default)]
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// Answer a suggestion
///
/// For the ASF alone. The last answer stands; the first yes introduces both sides by mail.
#[utoipa::path(post, path = "/pairings/{id}/answer", tag = "pairings", request_body = AnswerBody,
    params(("id" = i64, Path, minimum = 1)), security(("key" = ["write:pairings"])),
    responses((status = 200, description = "The suggestion as it is now", body = PairingAnswer)))]
pub async fn answer(caller: Caller, Id(id): Id, Body(body): Body<AnswerBody>) -> ApiResult<Answer<PairingAnswer>> {
    let own = caller.own_asf()?;
    let view = visible(&caller, id).await?;
    if view.asf.id != own {
        return Err(ApiError::NotFound);
    }
    let reason = body.reason.unwrap_or_default();
    if !reason.is_empty() {
        DeclineReason::parse(&reason)?;
    }
    let answer = Answered::parse(&body.answer, &reason, &body.note.unwrap_or_default())?;
    pairings::respond_to(&caller.app, PairingId(id), &answer).await?;
    let view = visible(&caller, id).await?;
    Ok(Answer(PairingAnswer::new(&caller, view)))
}

/// What a suggestion led to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealBody {
    /// `order`, `agreement` or `invoice`.
    #[schema(pattern = "^(order|agreement|invoice)$")]
    kind: String,
    /// The day it happened.
    occurred_on: chrono::NaiveDate,
    /// SEK excluding VAT, for example `12 000,50`; negative for a credit note. An invoice must have it.
    #[serde(default)]
    #[schema(max_length = 40)]
    amount_sek: Option<String>,
    /// `goods`, `service` or `placement`; services when nothing is said.
    #[serde(default)]
    #[schema(pattern = "^(goods|service|placement)$")]
    income_kind: Option<String>,
    /// `firm` or `open`; open when nothing is said.
    #[serde(default)]
    #[schema(pattern = "^(firm|open)$")]
    price: Option<String>,
    /// Number of the invoice, diary number of the agreement.
    #[serde(default)]
    #[schema(max_length = 200)]
    reference: Option<String>,
}

/// An entry that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeEntry {
    id: i64,
}

impl From<crate::domain::ledger::EntryId> for MadeEntry {
    fn from(id: crate::domain::ledger::EntryId) -> Self {
        Self { id: id.0 }
    }
}

/// Record what a suggestion led to
///
/// For the ASF and for staff. The same twice is a conflict.
#[utoipa::path(post, path = "/pairings/{id}/deals", tag = "pairings", request_body = DealBody,
    params(("id" = i64, Path, minimum = 1)), security(("key" = ["write:ledger"])),
    responses((status = 201, description = "Told to the ledger", body = MadeEntry)))]
pub async fn record(
    caller: Caller,
    Id(id): Id,
    Body(body): Body<DealBody>,
) -> ApiResult<(StatusCode, Answer<MadeEntry>)> {
    let view = visible(&caller, id).await?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (occurred_on, amount, income) = (body.occurred_on.to_string(), text(&body.amount_sek), text(&body.income_kind));
    let (price, reference) = (text(&body.price), text(&body.reference));
    let fields = DealFields {
        kind: &body.kind,
        occurred_on: &occurred_on,
        amount_sek: &amount,
        income_kind: &income,
        price: &price,
        reference: &reference,
    };
    let now = caller.app.clock.now();
    let deal = NewDeal::parse(view.pairing.id, &fields, local_date(now)).map_err(service::Error::Rejected)?;
    let id = deals::record(&caller.app.db, &caller.actor(), deal, now).await?;
    Ok((StatusCode::CREATED, Answer(id.into())))
}
