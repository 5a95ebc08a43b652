//! What notices, answers and awards suggest, each to be accepted or put aside. Staff see all, an ASF
//! what concerns it.

use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{ledger::Fact, proposal::ProposalId},
    service::{self, claims},
    web::{
        error::{PageError, PageResult},
        extract::{Form, Id},
        visit::Visit,
    },
};

#[derive(Serialize)]
struct ProposalsPage {
    proposals: Vec<ProposalLine>,
}

#[derive(Serialize)]
struct ProposalLine {
    id: i64,
    kind: String,
    on: NaiveDate,
    other: String,
    evidence: String,
}

/// Lists what waits.
pub async fn list(visit: Visit) -> PageResult {
    let part = visit.ledger_part()?;
    let waiting = claims::list(&visit.app, part).await?;
    let lines = waiting.into_iter().map(|proposal| ProposalLine {
        id: proposal.id.0,
        kind: proposal.entry.fact.kind().replace('_', "-"),
        on: proposal.entry.occurred_on,
        other: other(&proposal.entry.fact),
        evidence: proposal.entry.evidence.reference,
    });
    visit.page("pages/proposals/list.html", ProposalsPage { proposals: lines.collect() })
}

fn other(fact: &Fact) -> String {
    let counterpart = match fact {
        Fact::Procurement(procurement) => Some(&procurement.actor),
        fact => fact.parties().map(|parties| &parties.counterpart),
    };
    counterpart.and_then(|other| other.name.clone()).unwrap_or_default()
}

/// The page that a decision was made on.
pub async fn back(visit: Visit) -> PageResult {
    visit.ledger_part()?;
    Ok(Redirect::to("/forslag").into_response())
}

/// What somebody decided.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecideForm {
    svar: String,
}

/// Accepts or puts aside; what somebody else decided first stays.
pub async fn decide(visit: Visit, Id(id): Id, Form(form): Form<DecideForm>) -> PageResult {
    let part = visit.ledger_part()?;
    let (actor, id) = (visit.actor(), ProposalId(id));
    let decided = match form.svar.as_str() {
        "ja" => claims::accept(&visit.app, &actor, id, part).await.map(|_| ()),
        _ => claims::dismiss(&visit.app, &actor, id, part).await,
    };
    match decided {
        Ok(()) | Err(service::Error::Conflict) => Ok(Redirect::to("/forslag").into_response()),
        // Whether others wait is no business of an ASF.
        Err(service::Error::NotFound) if part.is_some() => Err(PageError::Forbidden),
        Err(service::Error::NotFound) => Ok(Redirect::to("/forslag").into_response()),
        Err(error) => Err(error.into()),
    }
}
