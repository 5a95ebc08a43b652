//! Pages about the service itself: accessibility, privacy, whether it lives, and what does not exist.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;

use crate::{
    store::needs,
    web::{
        error::{PageError, PageResult},
        extract::Shared,
        visit::Visit,
    },
};

#[derive(Serialize)]
struct AboutPage {
    contact: String,
    operator: String,
    service: String,
}

impl AboutPage {
    /// Whoever sends the mails answers for the service.
    fn new(visit: &Visit) -> Self {
        let from = &visit.app.config.mail_from;
        let address = from.rsplit_once('<').map_or(from.as_str(), |(_, rest)| rest.trim_end_matches('>'));
        let config = &visit.app.config;
        Self {
            contact: address.trim().to_owned(),
            operator: config.contact.clone(),
            service: config.service_name.clone(),
        }
    }
}

/// The accessibility statement.
pub async fn accessibility(visit: Visit) -> PageResult {
    visit.page("pages/about/accessibility.html", AboutPage::new(&visit))
}

/// What is kept about whom.
pub async fn privacy(visit: Visit) -> PageResult {
    visit.page("pages/about/privacy.html", AboutPage::new(&visit))
}

/// Whether this process can answer: 200, or 503 when the database is away.
pub async fn health(State(app): State<Shared>) -> PageResult {
    needs::find(&app.db, crate::domain::need::NeedId(0)).await?;
    Ok((StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], "ok\n").into_response())
}

/// Every address that nothing else answers.
pub async fn missing() -> PageError {
    PageError::NotFound
}
