//! The door for mail systems that hand over what came back by HTTP: the raw message as the body. It needs no
//! key: nothing is believed that was not sent to the secret address of one message.

use axum::{
    body::Bytes,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use crate::{
    service::{bounces, bounces::Effect},
    web::{error::PageError, visit::Visit},
};

/// Takes in one mail: 204 when it was about a message of ours, 404 when not.
pub async fn take_in(visit: Visit, body: Bytes) -> Result<Response, PageError> {
    let effect = bounces::take_in(&visit.app, &body, None).await?;
    let status = if effect == Effect::Untrusted { StatusCode::NOT_FOUND } else { StatusCode::NO_CONTENT };
    Ok(status.into_response())
}
