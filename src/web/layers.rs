//! What every request passes: log, headers, limits. Nothing here knows a page.

use std::time::Duration;

use axum::{
    Router,
    extract::MatchedPath,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer,
    set_header::SetResponseHeaderLayer, timeout::TimeoutLayer, trace::TraceLayer,
};

use super::extract::Shared;

/// Scripts from nowhere, everything else from here, framed by nobody; a page may loosen it for itself.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Two years, as browsers' lists of such sites ask for (OWASP ASVS 5.0, 3.4.1: a year at least).
const STRICT_TRANSPORT_SECURITY: &str = "max-age=63072000; includeSubDomains";

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

/// Forms of other sites are turned away by what the browser says of their origin; our own is the one
/// that readers know, whatever a proxy calls us.
pub(super) fn own_forms_only(base_url: &str) -> CsrfLayer {
    CsrfLayer::new().add_trusted_origin(base_url).unwrap_or_else(|_| CsrfLayer::new())
}

pub(super) fn around(routes: Router<Shared>, base_url: &str) -> Router<Shared> {
    let unless_set =
        |name: HeaderName, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    // Without TLS browsers must ignore it (RFC 6797, 7.2).
    let strict = base_url
        .starts_with("https://")
        .then(|| unless_set(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT_SECURITY));
    routes.layer(
        ServiceBuilder::new()
            .layer(TraceLayer::new_for_http().make_span_with(span).on_request(()).on_response(answered).on_failure(()))
            .layer(unless_set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
            .layer(unless_set(header::REFERRER_POLICY, "no-referrer"))
            .layer(unless_set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            // Whatever does not say that it may be kept is not.
            .layer(unless_set(header::CACHE_CONTROL, "no-store"))
            .option_layer(strict)
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
