//! What notices, answers and awards suggest for the ledger: accepted or put aside. Staff see all, an ASF
//! what concerns it.

use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{self, Page},
    extract::{Answer, Asked, Id},
    gate::Caller,
    pairings::MadeEntry,
    problem::ApiResult,
};
use crate::{
    domain::proposal::{self, Proposal, ProposalId},
    service::claims,
    store::proposals,
    web::pages::ledger::other,
};

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Items on a page; 20 when nothing is said.
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100)]
    pub(super) limit: Option<String>,
    /// `next` of the page before.
    #[param(pattern = "^[A-Za-z0-9_-]+$", max_length = 200)]
    pub(super) cursor: Option<String>,
}

/// A fact that is suggested.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalItem {
    id: i64,
    /// Kind of the entry that it would be.
    kind: &'static str,
    occurred_on: NaiveDate,
    asf_id: Option<i64>,
    /// The other side, or what it is about.
    other: String,
    /// What it rests on.
    reference: String,
}

/// List what is suggested
#[utoipa::path(get, path = "/proposals", tag = "proposals", params(PageQuery),
    security(("key" = ["read:proposals"])),
    responses((status = 200, description = "A page of what waits, oldest first", body = Page<ProposalItem>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PageQuery>) -> ApiResult<Answer<Page<ProposalItem>>> {
    let part = caller.ledger_part()?;
    let question = ["proposals"];
    let limit = cursor::limit(asked.limit.as_deref())?;
    let after = cursor::read(asked.cursor.as_deref(), &question)?.map_or(0, |place| place.key);
    let found = proposals::list_open_after(&caller.app.db, part, ProposalId(after), limit as u64 + 1).await?;
    let page = cursor::keyed(found, limit, |proposal| proposal.id.0, &question);
    Ok(Answer(Page { items: page.items.into_iter().map(ProposalItem::from).collect(), next: page.next }))
}

impl From<Proposal> for ProposalItem {
    fn from(proposal: Proposal) -> Self {
        Self {
            id: proposal.id.0,
            kind: proposal.entry.fact.kind(),
            occurred_on: proposal.entry.occurred_on,
            asf_id: proposal::asf_of(&proposal.entry).map(|asf| asf.0),
            other: other(&proposal.entry.fact),
            reference: proposal.entry.evidence.reference,
        }
    }
}

/// Accept what is suggested
///
/// The ledger is told.
#[utoipa::path(post, path = "/proposals/{id}/accept", tag = "proposals", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:proposals"])), responses((status = 201, description = "Told", body = MadeEntry)))]
pub async fn accept(caller: Caller, Id(id): Id) -> ApiResult<(StatusCode, Answer<MadeEntry>)> {
    let part = caller.ledger_part()?;
    let entry = claims::accept(&caller.app, &caller.actor(), ProposalId(id), part).await?;
    Ok((StatusCode::CREATED, Answer(entry.into())))
}

/// Put aside what is suggested
///
/// The same is not suggested again.
#[utoipa::path(post, path = "/proposals/{id}/reject", tag = "proposals", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:proposals"])), responses((status = 204, description = "Put aside")))]
pub async fn reject(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    let part = caller.ledger_part()?;
    claims::dismiss(&caller.app, &caller.actor(), ProposalId(id), part).await?;
    Ok(StatusCode::NO_CONTENT)
}
