//! When things happen: one heartbeat, one schedule table, one runner.
//!
//! The library only beats, each minute in UTC; what is due is computed in local wall time from our
//! own table, so that downtime, two nodes and daylight saving change nothing.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use tokio::sync::Mutex;
use tokio_cron_scheduler::{Job, JobScheduler};
use tokio_util::task::TaskTracker;

use crate::{
    app::App,
    domain::schedule,
    service,
    service::{
        fetching::{self, Ask, Ended},
        matching, outbox, schedules,
        schedules::Taken,
    },
};

/// Six fields, seconds first: each full minute.
const HEARTBEAT: &str = "0 * * * * *";

/// How long what is under way is waited for at the end.
const LAST_BEAT: Duration = Duration::from_secs(20);

/// Jobs with the pattern they start with; an operator can change the row.
pub const JOBS: [(&str, &str); 10] = [
    (WEEKLY_DIGEST, "0 6-18 * * *"),
    (RESUME_PAUSED, "15 0 * * *"),
    (FETCH_TED, "40 6 * * *"),
    (CLOSE_RUN_OUT, "5 * * * *"),
    (FORGET_FILES, "35 3 * * *"),
    (ANSWER_SUMMARY, "30 7 * * 1-5"),
    (FOLLOW_UP, "20 9 * * 1-5"),
    (PROFILE_CHECK, "40 9 * * 1-5"),
    (COORDINATOR_WEEK, "0 7 * * 1"),
    (FORGET_CALLS, "25 * * * *"),
];

/// Looks each hour for whom the week's mail is due.
const WEEKLY_DIGEST: &str = "weekly-mail";
/// Tells buyers how they have been answered.
const ANSWER_SUMMARY: &str = "answer-summary";
/// Asks what introductions led to.
const FOLLOW_UP: &str = "follow-up";
/// Asks once a year whether profiles are right.
const PROFILE_CHECK: &str = "profile-check";
/// Tells coordinators what needs a human.
const COORDINATOR_WEEK: &str = "coordinator-week";
const RESUME_PAUSED: &str = "resume-paused";
const FETCH_TED: &str = "fetch-ted";
const CLOSE_RUN_OUT: &str = "close-run-out";
/// Lets go of what came in and was not taken in.
const FORGET_FILES: &str = "forget-files";
const FORGET_CALLS: &str = "forget-calls";

/// Whether a job is done for this time.
enum Done {
    /// Yes.
    Whole,
    /// It goes on when the run is taken up again.
    InPart,
}

/// Beats until it is dropped.
pub struct Heart {
    scheduler: JobScheduler,
    running: TaskTracker,
}

impl Heart {
    /// Puts the jobs on the schedule and starts to beat.
    ///
    /// # Errors
    /// When the database or the scheduler does not answer.
    pub async fn start(app: Arc<App>) -> anyhow::Result<Self> {
        schedules::ensure(&app, &JOBS).await.context("put the jobs on the schedule")?;
        let running = TaskTracker::new();
        let alone = Arc::new(Mutex::new(()));
        let scheduler = JobScheduler::new().await?;
        let (tracker, shared) = (running.clone(), Arc::clone(&app));
        scheduler
            .add(Job::new_async(HEARTBEAT, move |_, _| {
                let (app, alone) = (Arc::clone(&shared), Arc::clone(&alone));
                let beat = tracker.track_future(async move {
                    // The library starts a beat even when the one before is not done.
                    if let Ok(_guard) = alone.try_lock() {
                        beat(&app).await;
                    }
                });
                Box::pin(beat)
            })?)
            .await?;
        // Apart from the rest: a mail server that says nothing holds up no match and no schedule.
        let (tracker, shared) = (running.clone(), Arc::clone(&app));
        scheduler
            .add(Job::new_async(HEARTBEAT, move |_, _| {
                let app = Arc::clone(&shared);
                Box::pin(tracker.track_future(async move { deliver(&app).await }))
            })?)
            .await?;
        // As are the systems of others.
        let tracker = running.clone();
        scheduler
            .add(Job::new_async(HEARTBEAT, move |_, _| {
                let app = Arc::clone(&app);
                Box::pin(tracker.track_future(async move { tell(&app).await }))
            })?)
            .await?;
        scheduler.start().await?;
        Ok(Self { scheduler, running })
    }

    /// Stops, after the beat that is under way.
    pub async fn stop(mut self) {
        if let Err(error) = self.scheduler.shutdown().await {
            tracing::warn!(%error, "the scheduler did not stop");
        }
        self.running.close();
        // A mail that is on its way can be broken off at any point: the next start takes it up.
        let _ = tokio::time::timeout(LAST_BEAT, self.running.wait()).await;
    }
}

/// One beat: follow the changes and run what is due. A step that fails is logged, and the next beat
/// tries again.
pub async fn beat(app: &App) {
    log_failure("match", matching::run_changed(app).await.map(|_| ()));
    log_failure("schedule", run_due(app).await);
}

/// Sends what is queued.
pub async fn deliver(app: &App) {
    log_failure("deliver", outbox::deliver_pending(app).await.map(|_| ()));
}

/// Tells other systems what is queued for them.
pub async fn tell(app: &App) {
    log_failure("tell", service::webhooks::deliver_due(app).await.map(|_| ()));
}

fn log_failure(step: &str, outcome: service::Result<()>) {
    if let Err(error) = outcome {
        tracing::error!(step, %error, "a step of the heartbeat failed");
    }
}

/// Runs each job that is due, once among all nodes.
///
/// # Errors
/// When the database does not answer.
pub async fn run_due(app: &App) -> service::Result<()> {
    let now = app.clock.now();
    let mut due = schedules::claim_due(app).await?;
    due.extend(schedules::retake(app).await?);
    for taken in due {
        let outcome = if schedule::is_caught_up(taken.due_at, now) {
            match run(app, &taken).await {
                Ok(Done::Whole) => "done",
                Ok(Done::InPart) => continue,
                Err(error) => {
                    // Left unended: it is taken up again until it is too late.
                    tracing::error!(job = taken.job, %error, "a job failed");
                    continue;
                }
            }
        } else {
            tracing::warn!(job = taken.job, due_at = %taken.due_at, "missed by too much, folded into the next run");
            "folded"
        };
        schedules::finish(app, &taken, outcome).await?;
    }
    Ok(())
}

async fn run(app: &App, taken: &Taken) -> service::Result<Done> {
    match taken.job.as_str() {
        WEEKLY_DIGEST => {
            let last = schedules::last_done(app, &taken.job).await?;
            let report = service::digests::queue_due(app, last, taken.due_at).await?;
            tracing::info!(week = report.week, messages = report.messages, "weekly digests queued");
        }
        RESUME_PAUSED => matching::match_resumed(app).await?,
        FETCH_TED => return fetch_ted(app).await,
        CLOSE_RUN_OUT => {
            let lots = service::lifecycle::close_run_out(app).await?;
            tracing::info!(lots, "lots closed whose deadline had passed");
        }
        ANSWER_SUMMARY => {
            let last = schedules::last_done(app, &taken.job).await?;
            let messages = service::answer_summaries::queue_due(app, last, taken.due_at).await?;
            tracing::info!(messages, "summaries of answers queued");
        }
        FOLLOW_UP => {
            let messages = service::follow_ups::ask_due(app).await?;
            tracing::info!(messages, "follow-ups queued");
        }
        PROFILE_CHECK => {
            let messages = service::profile_checks::ask_due(app).await?;
            tracing::info!(messages, "questions about profiles queued");
        }
        COORDINATOR_WEEK => {
            let messages = service::coordinator_weeks::queue_due(app).await?;
            tracing::info!(messages, "coordinators' weeks queued");
        }
        FORGET_FILES => {
            let (kept, waiting) = (service::quarantine::expire(app).await?, service::uploads::expire(app).await?);
            tracing::info!(kept, waiting, "files and records let go that nobody took in");
        }
        FORGET_CALLS => {
            service::api_calls::forget_expired(app).await?;
        }
        unknown => tracing::warn!(job = unknown, "nobody knows this job"),
    }
    Ok(Done::Whole)
}

async fn fetch_ted(app: &App) -> service::Result<Done> {
    if !fetching::is_on(&app.config) {
        return Ok(Done::Whole);
    }
    let (report, ended) = fetching::ted(app, Ask::of_a_beat()).await?;
    tracing::info!(read = report.read, created = report.created, rejected = report.rejected.len(), "fetched from TED");
    match ended {
        Ended::Whole => Ok(Done::Whole),
        Ended::OutOfTime => Ok(Done::InPart),
        Ended::Broken(error) => Err(error.into()),
    }
}
