//! Tells buyers how ASF have answered: one mail a need and day at most, and only when somebody has answered
//! something else than yes; a yes is introduced at once.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::{Error, Result, outbox};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        language::Language,
        need::{LotId, Need},
        pairing::{DeclineReason, Pairing, PairingState},
        schedule::local_date,
    },
    mail::{
        MessageKind,
        answer_summary::{self as letter, Named},
    },
    store::{asf, connection, needs, pairings},
};

/// Answers older than this are not told of any more.
const LOOKED_BACK: Duration = Duration::days(4);

/// Queues the summaries of needs that were answered after the run due at `last` and until the one due at `to`.
/// Gives their number.
///
/// # Errors
/// When the database does not answer; what was queued before that stays queued.
pub async fn queue_due(app: &App, last: Option<DateTime<Utc>>, to: DateTime<Utc>) -> Result<u64> {
    let now = app.clock.now();
    let since = last.unwrap_or(to - LOOKED_BACK).max(to - LOOKED_BACK);
    let answered = pairings::list_answered_lots(&app.db, (since, to)).await?;
    let mut queued = 0;
    for need in needs::list_by_lots(&app.db, &answered).await? {
        queued += u64::from(queue(app, &need, now).await?);
    }
    Ok(queued)
}

/// `false` when the buyer has no address, or is told already today.
async fn queue(app: &App, need: &Need, now: DateTime<Utc>) -> Result<bool> {
    let Some(to) = need.buyer.email.clone() else { return Ok(false) };
    let lots: Vec<LotId> = need.lots.iter().map(|lot| lot.id).collect();
    let all = pairings::list_for_lots(&app.db, &lots).await?;
    let named: Vec<AsfId> = all.iter().filter(|pairing| is_promising(pairing)).map(|pairing| pairing.asf_id).collect();
    let asfs = asf::list_by_ids(&app.db, &named).await?;
    let mail = summary(app, need, &all, &asfs);
    let rendered = letter::render(&app.words, Language::Sv, &mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("answer_summary:{}:{}", need.id.0, local_date(now)),
        kind: MessageKind::AnswerSummary,
        to,
        language: Language::Sv,
        rendered,
        list: None,
        asf: None,
    };
    let tx = connection::begin(&app.db).await?;
    match outbox::queue(app, &tx, letter, now).await {
        Ok(()) => tx.commit().await?,
        Err(Error::Conflict) => return Ok(false),
        Err(error) => return Err(error),
    }
    Ok(true)
}

fn is_promising(pairing: &Pairing) -> bool {
    [PairingState::Yes, PairingState::Maybe].contains(&pairing.state)
}

fn summary(app: &App, need: &Need, all: &[Pairing], asfs: &[Asf]) -> letter::AnswerSummary {
    let base = app.config.base_url();
    let of_state = |state: PairingState| all.iter().filter(move |pairing| pairing.state == state);
    let named = |state: PairingState| -> Vec<Named> {
        let mut ids: Vec<AsfId> = of_state(state).map(|pairing| pairing.asf_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let found = ids.iter().filter_map(|id| asfs.iter().find(|asf| asf.id == *id));
        found.map(|asf| Named { name: asf.name.clone(), url: format!("{base}/asf/{}", asf.id.0) }).collect()
    };
    let mut reasons: BTreeMap<&str, (DeclineReason, usize)> = BTreeMap::new();
    for reason in of_state(PairingState::No).filter_map(|pairing| pairing.decline_reason) {
        reasons.entry(reason.as_str()).or_insert((reason, 0)).1 += 1;
    }
    letter::AnswerSummary {
        buyer_name: need.buyer.name.clone(),
        need_title: need.title.clone(),
        url_need: format!("{base}/behov/{}", need.id.0),
        yes: named(PairingState::Yes),
        maybe: named(PairingState::Maybe),
        declined: of_state(PairingState::No).count(),
        reasons: reasons.into_values().collect(),
        silent: of_state(PairingState::Suggested).count(),
        sender: outbox::sender(&app.config),
    }
}
