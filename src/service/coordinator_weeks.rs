//! The week's mail to coordinators: what needs a human. No mail when nothing does.

use chrono::{DateTime, Duration, Utc};

use super::{Error, Result, mail_policy, outbox, targets};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        need::Need,
        schedule::{IsoWeek, local_date},
        target::tasks::{self as claims, TaskKind},
        user::{Role, User},
    },
    mail::{
        MessageKind,
        answer_summary::Named,
        coordinator_week::{self as letter, CoordinatorWeek, Matter},
    },
    store::{asf, connection, digests, needs, overview, profile_checks, proposals, tasks, users},
};

/// Things that are named of each kind.
const NAMED: usize = 5;
/// Most that is counted of a kind; the page has them all.
const COUNTED: u64 = 1_000;

/// Queues the mail of this week to each coordinator. Gives the number of mails.
///
/// # Errors
/// When the database does not answer; what was queued before that stays queued.
pub async fn queue_due(app: &App) -> Result<u64> {
    let readers = users::list_by_role(&app.db, Role::Coordinator).await?;
    if readers.is_empty() {
        return Ok(0);
    }
    let matters = matters(app).await?;
    if matters.is_empty() {
        return Ok(0);
    }
    let now = app.clock.now();
    let mail = CoordinatorWeek { week: IsoWeek::at(now), matters, sender: outbox::sender(&app.config) };
    let mut queued = 0;
    for reader in &readers {
        queued += u64::from(queue(app, reader, &mail, now).await?);
    }
    Ok(queued)
}

async fn queue(app: &App, reader: &User, mail: &CoordinatorWeek, now: DateTime<Utc>) -> Result<bool> {
    let rendered = letter::render(&app.words, reader.language, mail).map_err(anyhow::Error::new)?;
    let letter = outbox::Letter {
        dedupe_key: format!("coordinator_week:{}:{}", reader.id.0, mail.week),
        kind: MessageKind::CoordinatorWeek,
        to: reader.email.clone(),
        language: reader.language,
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

/// What needs a human now, the most urgent first; what there is none of is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn matters(app: &App) -> Result<Vec<Matter>> {
    let (db, base, now) = (&app.db, app.config.base_url(), app.clock.now());
    let page = |path: &str| format!("{base}{path}");
    let need = |need: &Need| Named { name: need.title.clone(), url: format!("{base}/behov/{}", need.id.0) };
    let waiting = mail_policy::held(app).await?.waiting;
    let first: Vec<_> = waiting.iter().copied().take(NAMED).collect();
    let approve = needs::list_by_ids(db, &first).await?.iter().map(need).collect();
    let gaps = overview::list_unmet(db, now, 0, COUNTED).await?;
    let first: Vec<_> = gaps.iter().copied().take(NAMED).collect();
    let unmet = needs::list_by_ids(db, &first).await?.iter().map(need).collect();
    let open = tasks::list_open(db, COUNTED).await?;
    let is_address = |task: &&tasks::Task| ["task-kind-call", "task-kind-complaint"].contains(&task.kind.as_str());
    let bounced: Vec<_> = open.iter().filter(is_address).collect();
    let to_call = bounced.iter().take(NAMED);
    let to_call = to_call.map(|task| Named { name: task.subject.clone(), url: page("/uppgifter") }).collect();
    let (month, ten) = silent(app, now).await?;
    let (silent_month, silent_ten) = (named_asf(app, &month).await?, named_asf(app, &ten).await?);
    let profiles = profile_checks::count_silent(db, now - Duration::days(90), now - Duration::days(30)).await?;
    let all = [
        ("need", waiting.len(), page("/regler"), approve),
        ("address", bounced.len(), page("/uppgifter"), to_call),
        ("task", open.len() - bounced.len(), page("/uppgifter"), Vec::new()),
        ("proposal", proposals::list_open(db, None, COUNTED).await?.len(), page("/forslag"), Vec::new()),
        ("claim", claims_without_evidence(app, now).await?, page("/uppgifter"), Vec::new()),
        ("silent-30", month.len(), page("/oversikt"), silent_month),
        ("silent-10", ten.len(), page("/oversikt"), silent_ten),
        ("profile", usize::try_from(profiles).unwrap_or(usize::MAX), page("/asf"), Vec::new()),
        ("gap", gaps.len(), page("/luckor"), unmet),
    ];
    let matters = all.into_iter().map(|(kind, count, url, some)| Matter { kind, count: count as u64, url, some });
    Ok(matters.filter(|matter| matter.count > 0).collect())
}

/// ASF that have answered nothing since a digest 30 to 90 days ago, and those since one 10 to 30 days ago.
async fn silent(app: &App, now: DateTime<Utc>) -> Result<(Vec<AsfId>, Vec<AsfId>)> {
    let before = |days: i64| now - Duration::days(days);
    let month = digests::list_silent(&app.db, before(90), before(30)).await?;
    let mut ten = digests::list_silent(&app.db, before(30), before(10)).await?;
    ten.retain(|asf| !month.contains(asf));
    Ok((month, ten))
}

async fn named_asf(app: &App, ids: &[AsfId]) -> Result<Vec<Named>> {
    let base = app.config.base_url();
    let some = asf::list_by_ids(&app.db, ids.get(..NAMED).unwrap_or(ids)).await?;
    Ok(some.into_iter().map(|asf| Named { name: asf.name, url: format!("{base}/asf/{}", asf.id.0) }).collect())
}

async fn claims_without_evidence(app: &App, now: DateTime<Utc>) -> Result<usize> {
    let known = targets::current(app).await?;
    let open = claims::open(&known.entries, &known.progress, &known.settings.period, local_date(now));
    Ok(open.iter().filter(|task| task.kind == TaskKind::Evidence).count())
}
