//! The project's decisions: goals, period, D1 to D14, each with day and decider; for staff.

use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    extract::{Answer, Body},
    gate::Caller,
    problem::ApiResult,
};
use crate::{
    service::targets,
    store::targets::{DecisionRow, history},
    web::pages::decisions::{DecisionForm, read},
};

/// Every decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decisions {
    items: Vec<DecisionItem>,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionItem {
    /// A target, or a setting such as `period`.
    name: String,
    value: String,
    valid_from: NaiveDate,
    decided_by: String,
}

impl From<DecisionRow> for DecisionItem {
    fn from(row: DecisionRow) -> Self {
        Self { name: row.name, value: row.value, valid_from: row.valid_from, decided_by: row.decided_by }
    }
}

/// A decision to be written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionBody {
    #[schema(max_length = 100)]
    name: String,
    #[schema(max_length = 2000)]
    value: String,
    valid_from: NaiveDate,
    #[schema(min_length = 1, max_length = 200)]
    decided_by: String,
}

/// List the decisions
#[utoipa::path(get, path = "/decisions", tag = "staff", security(("key" = ["read:staff"])),
    responses((status = 200, description = "Every decision", body = Decisions)))]
pub async fn list(caller: Caller) -> ApiResult<Answer<Decisions>> {
    caller.staff()?;
    let rows = history(&caller.app.db).await?;
    Ok(Answer(Decisions { items: rows.into_iter().map(DecisionItem::from).collect() }))
}

/// Write a decision down
#[utoipa::path(post, path = "/decisions", tag = "staff", request_body = DecisionBody,
    security(("key" = ["write:staff"])), responses((status = 204, description = "Written down")))]
pub async fn record(caller: Caller, Body(body): Body<DecisionBody>) -> ApiResult<StatusCode> {
    caller.staff()?;
    let form = DecisionForm {
        name: body.name,
        value: body.value,
        valid_from: body.valid_from.to_string(),
        decided_by: body.decided_by,
    };
    let (decision, from) = read(&form)?;
    let now = caller.app.clock.now();
    targets::decide(&caller.app.db, form.decided_by.trim(), &[decision], from, now).await?;
    Ok(StatusCode::NO_CONTENT)
}
