//! Who would fit a text that somebody pastes. Stores nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    extract::{Answer, Body},
    gate::Caller,
    problem::ApiResult,
    why::{self, NamedPlace, Why},
};
use crate::{
    domain::{
        asf::Asf,
        pairing::Strength,
        reason::{Fit, told_to_others},
        rejection::Rejection,
    },
    service::matches,
    words::reasons::Voice,
};

/// Longest text, in characters.
const TEXT_CHARS: usize = 20_000;

/// A pasted text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBody {
    /// A mail, a draft or a plan.
    #[schema(min_length = 1, max_length = 20000)]
    text: String,
}

/// What a text was read as, and who fits it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchesAnswer {
    title: String,
    places: Vec<NamedPlace>,
    deadline: Option<NaiveDate>,
    value_sek: Option<i64>,
    /// Best first, at most 50.
    items: Vec<MatchItem>,
}

/// An ASF that fits a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchItem {
    asf_id: i64,
    asf: String,
    municipality: NamedPlace,
    /// `strong` or `possible`.
    strength: &'static str,
    reasons: Vec<Why>,
    objections: Vec<Why>,
}

/// Find who fits a text
///
/// Nothing is stored, and nobody is told.
#[utoipa::path(post, path = "/matches", tag = "matches", request_body = TextBody,
    security(("key" = ["read:matches"])), responses((status = 200, description = "Who fits", body = MatchesAnswer)))]
pub async fn of_text(caller: Caller, Body(body): Body<TextBody>) -> ApiResult<Answer<MatchesAnswer>> {
    if body.text.trim().is_empty() || body.text.chars().count() > TEXT_CHARS {
        return Err(Rejection::new("text", "rejected-pasted-empty", "").into());
    }
    let found = matches::of_text(&caller.app, &body.text).await?;
    let read = found.read.need;
    Ok(Answer(MatchesAnswer {
        title: read.title,
        places: why::places(&read.places),
        deadline: read.deadline,
        value_sek: read.value_sek,
        items: found.fits.into_iter().map(|(asf, fit)| item(&caller, &asf, &fit)).collect(),
    }))
}

fn item(caller: &Caller, asf: &Asf, fit: &Fit) -> MatchItem {
    // What an ASF declined before is its own business.
    let is_staff = caller.user.role.is_staff();
    let objections = if is_staff { fit.objections.clone() } else { told_to_others(&fit.objections) };
    MatchItem {
        asf_id: asf.id.0,
        asf: asf.name.clone(),
        municipality: NamedPlace::from(&asf.municipality),
        strength: fit.strength.map_or("possible", Strength::as_str),
        reasons: why::reasons(caller, Voice::Other, &fit.reasons),
        objections: why::objections(caller, Voice::Other, &objections),
    }
}
