//! The weekly digest: chosen, worded and queued, each with its links and its message or not at all.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::{
    Result,
    mail_policy::Gate,
    outbox,
    secrets::{self, Secret},
};
use crate::{
    app::App,
    domain::{
        amendment::Amendment,
        asf::{Asf, AsfId},
        digest,
        digest::{Candidate, Item, Mark},
        mail_preference::{self, Breadth, MailPreference},
        need::{Lot, LotId, Need, NeedStatus},
        pairing::{Pairing, PairingId, PairingState},
        place::Place,
        reservation::Reservation,
        schedule::{IsoWeek, local_date},
    },
    faults,
    mail::{self, MessageKind, weekly_digest},
    store::{
        Tx, asf, bounces, connection, digests, mail_preferences, needs,
        outbox::{self as store_outbox, NewMessage},
        pairings,
        tokens::{Purpose, Subject},
    },
};

/// ASF read from the database at a time.
const BATCH: u64 = 100;
/// How long the answer links of a mail work after it was written.
const ANSWER_LINK_LASTS: Duration = Duration::days(120);
/// How long the stop link of a mail works; RFC 8058 asks for long, we for a year.
const STOP_LINK_LASTS: Duration = Duration::days(366);

/// What a run queued.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// The week.
    pub week: String,
    /// ASF that got a digest.
    pub recipients: u64,
    /// Messages queued.
    pub messages: u64,
    /// Items in all of them.
    pub pairings: u64,
    /// ASF that got none, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Pairings that the coordinator's rules held back, by reason.
    pub held: BTreeMap<&'static str, u64>,
}

impl Report {
    fn of(week: IsoWeek) -> Self {
        Self {
            week: week.to_string(),
            recipients: 0,
            messages: 0,
            pairings: 0,
            skipped: BTreeMap::new(),
            held: BTreeMap::new(),
        }
    }
}

/// Whether a run writes or only tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// Queue.
    Queue,
    /// Only count.
    Dry,
}

/// Composes and queues the digests of a week for all, whatever they chose about the day; what is queued
/// already stays.
///
/// # Errors
/// When the database does not answer or a template is broken; ASF done before that stay done.
pub async fn queue_weekly(app: &App, week: IsoWeek, run: Run) -> Result<Report> {
    let mut report = Report::of(week);
    let rules = Rules { gate: Gate::load(&app.db).await?, run };
    let mut after = AsfId(0);
    loop {
        let page = asf::list_after(&app.db, after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(report) };
        after = last.id;
        queue_page(app, &page, |_| Some(week), &rules, &mut report).await?;
    }
}

/// Queues the digests that fell due after the run at `last` and until `to`, each at the hour its reader
/// chose; what is late by more than two days waits for the next.
///
/// # Errors
/// As [`queue_weekly`].
pub async fn queue_due(app: &App, last: Option<DateTime<Utc>>, to: DateTime<Utc>) -> Result<Report> {
    let from = mail_preference::catch_up_from(last, app.clock.now());
    let rules = Rules { gate: Gate::load(&app.db).await?, run: Run::Queue };
    let due = |choice: &MailPreference| choice.due_between(from, to);
    let mut report = Report::of(IsoWeek::at(to));
    if due(&MailPreference::default()).is_none() {
        // Most hours are nobody's default: only who chose is looked at.
        for some in mail_preferences::list_asf(&app.db).await?.chunks(BATCH as usize) {
            let page = asf::list_by_ids(&app.db, some).await?;
            queue_page(app, &page, due, &rules, &mut report).await?;
        }
        return Ok(report);
    }
    let mut after = AsfId(0);
    loop {
        let page = asf::list_after(&app.db, after, BATCH).await?;
        let Some(last) = page.last() else { return Ok(report) };
        after = last.id;
        queue_page(app, &page, due, &rules, &mut report).await?;
    }
}

/// What holds for a whole run.
struct Rules {
    gate: Gate,
    run: Run,
}

/// Queues for those of a page for whom `due` names a week.
async fn queue_page(
    app: &App,
    page: &[Asf],
    due: impl Fn(&MailPreference) -> Option<IsoWeek>,
    rules: &Rules,
    report: &mut Report,
) -> Result<()> {
    let chosen = mail_preferences::map(&app.db, &page.iter().map(|asf| asf.id).collect::<Vec<_>>()).await?;
    let mut prepared = Vec::new();
    for asf in page {
        let choice = chosen.get(&asf.id).copied().unwrap_or_default();
        let Some(week) = due(&choice) else { continue };
        match prepare(app, asf, (choice.breadth, week), rules, &mut report.held).await? {
            Ok(ready) => prepared.push(ready),
            Err(reason) => *report.skipped.entry(reason).or_default() += 1,
        }
    }
    if rules.run == Run::Queue {
        let before = prepared.len();
        prepared = store_page(app, prepared).await?;
        report.messages += prepared.len() as u64;
        if prepared.len() < before {
            *report.skipped.entry("already").or_default() += (before - prepared.len()) as u64;
        }
    }
    report.recipients += prepared.len() as u64;
    report.pairings += prepared.iter().map(|ready| ready.items.len() as u64).sum::<u64>();
    Ok(())
}

/// A digest that is composed, and worded where it will be queued.
struct Prepared {
    asf: AsfId,
    week: IsoWeek,
    items: Vec<Item>,
    draft: Option<Draft>,
}

/// The digest of one ASF, or why there is none.
async fn prepare(
    app: &App,
    asf: &Asf,
    (breadth, week): (Breadth, IsoWeek),
    rules: &Rules,
    held: &mut BTreeMap<&'static str, u64>,
) -> Result<std::result::Result<Prepared, &'static str>> {
    let now = app.clock.now();
    if let Some(reason) = skipped(app, asf, week, now).await? {
        return Ok(Err(reason));
    }
    let mut choices = choices(app, asf, now).await?;
    choices.retain(|choice| breadth.takes(choice.pairing.strength));
    choices.retain(|choice| match rules.gate.hold(&choice.need, &choice.lot, now) {
        None => true,
        Some(hold) => {
            *held.entry(hold.as_str()).or_default() += 1;
            false
        }
    });
    let items = digest::compose(&choices.iter().map(|choice| choice.candidate.clone()).collect::<Vec<_>>(), now);
    if items.is_empty() {
        return Ok(Err("nothing"));
    }
    let draft = match rules.run {
        Run::Dry => None,
        Run::Queue => Some(draft(app, asf, week, &choices, &items, now)?),
    };
    faults::place("digest.worded");
    Ok(Ok(Prepared { asf: asf.id, week, items, draft }))
}

/// Queues a page in one transaction; gives what was queued. When another node has queued one of them in
/// between, each is tried by itself, and what that node queued stands.
async fn store_page(app: &App, prepared: Vec<Prepared>) -> Result<Vec<Prepared>> {
    if prepared.is_empty() || store_together(app, &prepared).await? {
        return Ok(prepared);
    }
    let mut queued = Vec::new();
    for ready in prepared {
        if store_together(app, std::slice::from_ref(&ready)).await? {
            queued.push(ready);
        }
    }
    Ok(queued)
}

/// `false` when one of them is queued already; then none is.
async fn store_together(app: &App, prepared: &[Prepared]) -> Result<bool> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    for ready in prepared {
        match store(&tx, ready, now).await {
            Ok(()) => {}
            Err(super::Error::Conflict) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    tx.commit().await?;
    faults::place("digest.committed");
    Ok(true)
}

async fn skipped(app: &App, asf: &Asf, week: IsoWeek, now: DateTime<Utc>) -> Result<Option<&'static str>> {
    let Some(email) = &asf.email else { return Ok(Some("no_email")) };
    if asf.unsubscribed_at.is_some() {
        return Ok(Some("unsubscribed"));
    }
    if bounces::is_suppressed(&app.db, email.as_str()).await? {
        return Ok(Some("suppressed"));
    }
    if !asf.is_shown() {
        return Ok(Some("unapproved"));
    }
    if asf.is_paused(local_date(now)) {
        return Ok(Some("paused"));
    }
    if digests::exists(&app.db, asf.id, week).await? {
        return Ok(Some("already"));
    }
    let last = digests::last_composed_at(&app.db, asf.id).await?;
    Ok(last.filter(|last| now - *last < digest::LEAST_GAP).map(|_| "too_soon"))
}

/// A pairing that could be mailed, with what the mail says of it.
struct Choice {
    candidate: Candidate,
    pairing: Pairing,
    need: Need,
    lot: Lot,
    /// What changed since it was last mailed.
    changes: Vec<Amendment>,
}

async fn choices(app: &App, asf: &Asf, now: DateTime<Utc>) -> Result<Vec<Choice>> {
    let mut open = pairings::list_for_asf(&app.db, asf.id).await?;
    open.retain(|pairing| !matches!(pairing.state, PairingState::No | PairingState::Withdrawn));
    let mailed = digests::map_mailed(&app.db, &open.iter().map(|pairing| pairing.id).collect::<Vec<_>>()).await?;
    let lots: Vec<LotId> = open.iter().map(|pairing| pairing.lot_id).collect();
    let stored = needs::list_by_lots(&app.db, &lots).await?;
    let found = open.into_iter().filter_map(|pairing| {
        let need = stored.iter().find(|need| need.lots.iter().any(|lot| lot.id == pairing.lot_id))?;
        let lot = need.lots.iter().find(|lot| lot.id == pairing.lot_id)?;
        let is_open = lot.is_open(now);
        let mailed = mailed.get(&pairing.id).cloned().unwrap_or_default();
        let changes = lot.amendments.iter().filter(|change| mailed.last_at.is_some_and(|last| change.at > last));
        let changes: Vec<Amendment> = changes.copied().collect();
        let candidate = Candidate {
            pairing_id: pairing.id,
            score: pairing.score,
            strength: pairing.strength,
            deadline_at: lot.work.deadline_at,
            answered: pairing.state != PairingState::Suggested,
            mailed: mailed.marks,
            changed_at: changes.iter().map(|change| change.at).max(),
        };
        (is_open && need.status.is_matched()).then(|| Choice {
            candidate,
            pairing,
            need: need.clone(),
            lot: lot.clone(),
            changes,
        })
    });
    Ok(found.collect())
}

/// A digest ready to be stored: worded before the transaction begins, so that it holds no lock.
struct Draft {
    message: NewMessage,
    answers: Vec<(PairingId, Secret)>,
    stop: Secret,
}

fn draft(app: &App, asf: &Asf, week: IsoWeek, choices: &[Choice], items: &[Item], now: DateTime<Utc>) -> Result<Draft> {
    let Some(email) = &asf.email else { return Err(super::Error::NotFound) };
    let base = app.config.base_url();
    let (mut lines, mut answers) = (Vec::new(), Vec::new());
    for item in items {
        let Some(choice) = choices.iter().find(|choice| choice.pairing.id == item.pairing_id) else { continue };
        let secret = Secret::random();
        lines.push(line(choice, item, &base, secret.plain()));
        answers.push((item.pairing_id, secret));
    }
    let stop = Secret::random();
    let unsubscribe_url = format!("{base}/avanmalan/{}", stop.plain());
    let digest = weekly_digest::WeeklyDigest {
        asf_name: asf.name.clone(),
        week,
        items: lines,
        unsubscribe_url: unsubscribe_url.clone(),
        preferences_url: format!("{base}/veckobrev/{}", stop.plain()),
        sender: outbox::sender(&app.config),
    };
    let rendered = weekly_digest::render(&app.words, asf.language, &digest).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("digest:{}:{week}", asf.id.0),
        kind: MessageKind::WeeklyDigest,
        asf: Some(asf.id),
        to: email.clone(),
        language: asf.language,
        rendered,
        list: Some(mail::ListHeaders {
            list_id: outbox::list_id(&app.config),
            unsubscribe_url,
            unsubscribe_mailto: outbox::unsubscribe_mailto(&app.config, stop.plain()),
        }),
    };
    Ok(Draft { message: outbox::write(app, letter, now)?, answers, stop })
}

/// The digest, its answer links and its message: all or nothing.
async fn store(tx: &Tx, ready: &Prepared, now: DateTime<Utc>) -> Result<()> {
    let Some(draft) = &ready.draft else { return Ok(()) };
    digests::insert(tx, ready.asf, ready.week, &ready.items, now).await?;
    faults::place("digest.row_written");
    let of_asf = Subject { asf_id: Some(ready.asf.0), ..Subject::default() };
    for (pairing, secret) in &draft.answers {
        let subject = Subject { pairing_id: Some(pairing.0), ..of_asf };
        secrets::store(tx, secret, Purpose::Answer, subject, ANSWER_LINK_LASTS, now).await?;
    }
    secrets::store(tx, &draft.stop, Purpose::Unsubscribe, of_asf, STOP_LINK_LASTS, now).await?;
    faults::place("digest.links_written");
    store_outbox::insert(tx, &draft.message, now).await?;
    faults::place("digest.message_written");
    Ok(())
}

fn line(choice: &Choice, item: &Item, base: &str, token: &str) -> weekly_digest::DigestItem {
    let Choice { need, lot, pairing, changes, .. } = choice;
    weekly_digest::DigestItem {
        title: need.title.clone(),
        lot_title: (lot.work.title != need.title).then(|| lot.work.title.clone()),
        buyer: need.buyer.name.clone(),
        place: lot.work.places.first().map(Place::name).unwrap_or_default(),
        deadline: lot.work.deadline_at,
        mark: item.mark,
        changes: changes.iter().map(|change| change.part).filter(|_| item.mark == Mark::Changed).collect(),
        strength: pairing.strength,
        reasons: pairing.reasons.clone(),
        objections: pairing.objections.clone(),
        url_need: format!("{base}/behov/{}", need.id.0),
        url_answer: format!("{base}/svar/{token}"),
        value_sek: lot.work.value_sek,
        reserved: lot.work.reservation != Reservation::None,
        planned: need.status == NeedStatus::Planned,
        dis: lot.work.contract.dis,
        framework: lot.work.contract.framework.is_some(),
    }
}
