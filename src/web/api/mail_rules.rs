//! Which needs may be mailed; for staff.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    extract::{Answer, Body, Id},
    gate::Caller,
    problem::{ApiError, ApiResult},
};
use crate::{
    domain::{
        mail_policy::{Decision, MailPolicy},
        need::NeedId,
    },
    service::mail_policy as service,
};

/// The rules, and what they hold back now.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulesAnswer {
    /// Each rule by name, in its written form; lists parted by `|`.
    rules: BTreeMap<String, String>,
    /// Needs that can be answered.
    open: u64,
    /// Of those, needs that may be mailed.
    mailed: u64,
    /// How many needs each kind of rule holds back, whatever the others say.
    held: BTreeMap<String, u64>,
    /// Needs that wait for a yes or a no.
    waiting: Vec<i64>,
}

/// Rules to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesBody {
    /// Every rule by name, in the form that the page takes; one that is left out holds no longer.
    rules: BTreeMap<String, String>,
}

/// Show which needs may be mailed
#[utoipa::path(get, path = "/mail-rules", tag = "staff", security(("key" = ["read:staff"])),
    responses((status = 200, description = "The rules", body = RulesAnswer)))]
pub async fn show(caller: Caller) -> ApiResult<Answer<RulesAnswer>> {
    caller.staff()?;
    let policy = service::rules(&caller.app.db).await?.policy;
    let held = service::held(&caller.app).await?;
    Ok(Answer(RulesAnswer {
        rules: policy.rows().into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        open: held.open,
        mailed: held.mailed,
        held: held.by.iter().map(|(hold, count)| (hold.as_str().to_owned(), *count)).collect(),
        waiting: held.waiting.iter().map(|need| need.0).collect(),
    }))
}

/// Set which needs may be mailed
#[utoipa::path(put, path = "/mail-rules", tag = "staff", request_body = RulesBody,
    security(("key" = ["write:staff"])), responses((status = 200, description = "The rules", body = RulesAnswer)))]
pub async fn decide(caller: Caller, Body(body): Body<RulesBody>) -> ApiResult<Answer<RulesAnswer>> {
    caller.staff()?;
    let policy = MailPolicy::parse(&body.rules).map_err(ApiError::Rejected)?;
    service::decide_rules(&caller.app, &policy, caller.user.email.as_str()).await?;
    show(caller).await
}

/// Let a need be mailed
#[utoipa::path(post, path = "/needs/{id}/approve", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:staff"])), responses((status = 204, description = "It may be mailed")))]
pub async fn approve(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    decide_need(&caller, id, Decision::Approved).await
}

/// Keep a need out of the mails
#[utoipa::path(post, path = "/needs/{id}/reject", tag = "staff", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:staff"])), responses((status = 204, description = "It is not mailed")))]
pub async fn reject(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    decide_need(&caller, id, Decision::Rejected).await
}

async fn decide_need(caller: &Caller, id: i64, decision: Decision) -> ApiResult<StatusCode> {
    caller.staff()?;
    service::decide_need(&caller.app, NeedId(id), decision, caller.user.email.as_str()).await?;
    Ok(StatusCode::NO_CONTENT)
}
