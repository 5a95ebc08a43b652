//! The API `/api/v1`, one noun a file: the same services as the pages, asked and answered in JSON.
//! Every call has its scope in its OpenAPI description, and `gate` asks for just that.

pub mod asf;
pub mod codes;
mod cursor;
pub mod decisions;
mod document;
mod extract;
mod gate;
mod idempotency;
pub mod ledger;
pub mod lessons;
mod lots;
pub mod mail_preferences;
pub mod mail_rules;
pub mod matches;
pub mod needs;
pub mod outbox;
pub mod pairings;
pub mod problem;
pub mod proposals;
pub mod quarantine;
pub mod targets;
pub mod tasks;
pub mod tokens;
pub mod webhooks;
mod why;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::IntoResponse,
    routing::get,
};
use tower_http::{catch_panic::CatchPanicLayer, set_header::SetResponseHeaderLayer, timeout::TimeoutLayer};
use utoipa::OpenApi as _;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{extract::Shared, layers};
use gate::Gate;
use problem::ApiError;

/// Where the API is.
pub const BASE: &str = "/api/v1";

/// Longest time a call may take; shorter than that of a page, so that it ends in a problem with words.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Every call, with its description.
fn calls() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(document::Frame::openapi())
        .routes(routes!(asf::search))
        .routes(routes!(asf::show, asf::change))
        .routes(routes!(lessons::list))
        .routes(routes!(lessons::undo))
        .routes(routes!(needs::search, needs::post))
        .routes(routes!(needs::show, needs::change, needs::withdraw))
        .routes(routes!(needs::close))
        .routes(routes!(pairings::list))
        .routes(routes!(pairings::show))
        .routes(routes!(pairings::answer))
        .routes(routes!(pairings::record))
        .routes(routes!(mail_preferences::show, mail_preferences::choose))
        .routes(routes!(ledger::list, ledger::record))
        .routes(routes!(ledger::show))
        .routes(routes!(ledger::evidence))
        .routes(routes!(ledger::ask_to_confirm))
        .routes(routes!(ledger::reverse))
        .routes(routes!(ledger::file))
        .routes(routes!(targets::list))
        .routes(routes!(targets::report))
        .routes(routes!(proposals::list))
        .routes(routes!(proposals::accept))
        .routes(routes!(proposals::reject))
        .routes(routes!(codes::suggest))
        .routes(routes!(matches::of_text))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::finish))
        .routes(routes!(webhooks::list, webhooks::create))
        .routes(routes!(webhooks::show, webhooks::remove))
        .routes(routes!(webhooks::test))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
        .merge(of_staff())
        .layer(layers::form_limit())
        .merge(uploads())
}

/// The calls that only staff may make.
fn of_staff() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(decisions::list, decisions::record))
        .routes(routes!(mail_rules::show, mail_rules::decide))
        .routes(routes!(mail_rules::approve))
        .routes(routes!(mail_rules::reject))
        .routes(routes!(quarantine::list))
        .routes(routes!(quarantine::retry_all))
        .routes(routes!(quarantine::retry))
        .routes(routes!(quarantine::dismiss))
        .routes(routes!(outbox::list))
        .routes(routes!(outbox::show))
        .routes(routes!(outbox::stop))
}

/// The call that takes a document.
fn uploads() -> OpenApiRouter<Shared> {
    let calls = OpenApiRouter::new().routes(routes!(ledger::attach));
    calls.layer(DefaultBodyLimit::max(layers::UPLOAD_LIMIT)).layer(layers::upload_limit())
}

/// The API of a running product.
pub(super) fn router(app: &Shared) -> Router<Shared> {
    let (calls, described) = calls().split_for_parts();
    let document = Arc::new(document::complete(described));
    let gate = Arc::new(Gate::new(&document, app.config.api_per_minute));
    let api = calls
        .layer(middleware::from_fn_with_state(app.clone(), idempotency::once))
        .layer(middleware::from_fn_with_state((app.clone(), gate), gate::pass))
        .route("/openapi.json", get(move || std::future::ready(described_as(&document))))
        .fallback(async || ApiError::NotFound)
        .layer(CatchPanicLayer::custom(|_| ApiError::Broken(anyhow::anyhow!("a handler panicked")).into_response()))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(middleware::from_fn_with_state(app.clone(), problem::write))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    Router::new().nest(BASE, api)
}

fn described_as(document: &serde_json::Value) -> impl IntoResponse + use<> {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], document.to_string())
}

/// The description of every call, for the page that shows it.
pub fn description() -> serde_json::Value {
    document::complete(calls().into_openapi())
}
