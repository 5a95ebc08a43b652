//! What every request passes: log, headers, limits. Nothing here knows a page.

use std::time::Duration;

use axum::{
    Router,
    extract::MatchedPath,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer, trace::TraceLayer,
};

use super::extract::Shared;

/// Scripts from nowhere, everything else from here; a page may loosen it for itself.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Longest time a page may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Most that a form with a document may hold, in bytes.
pub(super) const UPLOAD_LIMIT: usize = 12 * 1024 * 1024;

/// Most that a form may hold, in bytes.
const BODY_LIMIT: usize = 64 * 1024;

/// What a form may hold; inside the layer that writes the pages of failures.
pub(super) fn form_limit() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(BODY_LIMIT)
}

/// What a document with its form may hold: a little more than is taken, so that the form can say so.
pub(super) fn upload_limit() -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(UPLOAD_LIMIT)
}

pub(super) fn around(routes: Router<Shared>) -> Router<Shared> {
    let unless_set =
        |name: HeaderName, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    routes.layer(
        ServiceBuilder::new()
            .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(answered).on_failure(()))
            .layer(unless_set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
            .layer(unless_set(header::REFERRER_POLICY, "no-referrer"))
            .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .layer(CompressionLayer::new())
            .layer(CatchPanicLayer::new())
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT)),
    )
}

/// The template of the route, never the path: paths carry tokens.
fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

fn answered<B>(response: &Response<B>, latency: Duration, _: &tracing::Span) {
    tracing::info!(status = response.status().as_u16(), milliseconds = latency.as_millis(), "answered");
}
