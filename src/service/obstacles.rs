//! Whether an ASF can be mailed about a pairing at all: what the coordinator, the ASF and the mail servers say.

use chrono::{DateTime, Utc};

use super::{Result, mail_policy::Gate, pairings::AnswerView};
use crate::{
    domain::{obstacle::Obstacle, schedule::local_date},
    store::{Reader, bounces},
};

/// What stands in the way of any mail about a pairing.
pub(super) async fn find(db: &impl Reader, view: &AnswerView, now: DateTime<Utc>) -> Result<Option<Obstacle>> {
    if is_closed(view, now) {
        return Ok(Some(Obstacle::Closed));
    }
    if Gate::load(db).await?.lacks_a_yes(&view.need, &view.lot, now) {
        return Ok(Some(Obstacle::Held));
    }
    let is_suppressed = match &view.asf.email {
        Some(email) => bounces::is_suppressed(db, email.as_str()).await?,
        None => false,
    };
    let has_answered = view.pairing.state.is_answered();
    Ok(Obstacle::of_asf(&view.asf, is_suppressed, has_answered, local_date(now)))
}

/// Whether the need can no longer be answered.
pub(super) fn is_closed(view: &AnswerView, now: DateTime<Utc>) -> bool {
    !view.need.status.is_matched() || !view.lot.is_open(now)
}
