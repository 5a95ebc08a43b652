//! When and how much an ASF is mailed: its own choice.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    extract::{Answer, Body},
    gate::Caller,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::{asf::Asf, mail_preference::MailPreference},
    service::mail_preferences::{self, Chosen},
    store::asf,
};

/// When and how much.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreferenceAnswer {
    /// 1 is Monday, 7 is Sunday.
    weekday: u32,
    /// Hour on the wall, 6 to 18.
    hour: u32,
    /// Every, every other or every fourth week: 1, 2 or 4.
    every_weeks: u32,
    /// `all`: everything that can fit; `strong`: only what fits well.
    breadth: &'static str,
    /// Nothing in July.
    summer_rest: bool,
    /// No suggestions and no mail before this day.
    paused_until: Option<NaiveDate>,
    /// When the next mail can come.
    next_at: Option<DateTime<Utc>>,
}

/// When and how much, chosen anew.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferenceBody {
    /// 1 is Monday, 7 is Sunday.
    #[schema(minimum = 1, maximum = 7)]
    weekday: u32,
    /// Hour on the wall.
    #[schema(minimum = 6, maximum = 18)]
    hour: u32,
    /// Every, every other or every fourth week: 1, 2 or 4.
    #[schema(minimum = 1, maximum = 4)]
    every_weeks: u32,
    /// `all` or `strong`.
    #[schema(pattern = "^(all|strong)$")]
    breadth: String,
    /// Nothing in July.
    summer_rest: bool,
    /// No suggestions and no mail before this day; none for no pause.
    #[serde(default)]
    paused_until: Option<NaiveDate>,
}

impl From<Chosen> for PreferenceAnswer {
    fn from(chosen: Chosen) -> Self {
        let preference = chosen.preference;
        Self {
            weekday: preference.weekday,
            hour: preference.hour,
            every_weeks: preference.every_weeks,
            breadth: preference.breadth.as_str(),
            summer_rest: preference.summer_rest,
            paused_until: chosen.asf.paused_until,
            next_at: chosen.next_at,
        }
    }
}

async fn own(caller: &Caller) -> ApiResult<Asf> {
    asf::find(&caller.app.db, caller.own_asf()?).await?.ok_or(ApiError::NotFound)
}

/// Show your ASF's mail preferences
#[utoipa::path(get, path = "/preferences", tag = "preferences", security(("key" = ["read:preferences"])),
    responses((status = 200, description = "The choice", body = PreferenceAnswer)))]
pub async fn show(caller: Caller) -> ApiResult<Answer<PreferenceAnswer>> {
    let asf = own(&caller).await?;
    Ok(Answer(mail_preferences::of(&caller.app, asf).await?.into()))
}

/// Choose your ASF's mail preferences
///
/// They hold from the next mail on; a pause ends the suggestions as well.
#[utoipa::path(put, path = "/preferences", tag = "preferences", request_body = PreferenceBody,
    security(("key" = ["write:preferences"])),
    responses((status = 200, description = "The choice", body = PreferenceAnswer)))]
pub async fn choose(caller: Caller, Body(body): Body<PreferenceBody>) -> ApiResult<Answer<PreferenceAnswer>> {
    let asf = own(&caller).await?;
    let (weekday, hour, weeks) = (body.weekday.to_string(), body.hour.to_string(), body.every_weeks.to_string());
    let preference = MailPreference::parse(&weekday, &hour, &weeks, &body.breadth, body.summer_rest)?;
    mail_preferences::choose_for(&caller.app, &asf, &preference, body.paused_until).await?;
    show(caller).await
}
