//! Messages on their way: written with their cause, claimed by a worker, marked before each step.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, SimpleExpr},
};

use super::{Reader, StoreResult, Tx, entities::message};

/// How long a worker may hold a message without renewing before another may take it.
pub const LEASE: Duration = Duration::seconds(60);

/// A message about to be queued.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Unique: the same cause never queues twice, for example `digest:12:2026-W48`.
    pub dedupe_key: String,
    /// Which mail.
    pub kind: String,
    /// Address.
    pub recipient: String,
    /// Subject, for the mailbox page.
    pub subject: String,
    /// Text part, for the mailbox page.
    pub text: String,
    /// HTML part, for the mailbox page.
    pub html: String,
    /// Message-ID without angle brackets.
    pub message_id: String,
    /// The whole RFC 5322 message; every attempt sends these bytes.
    pub raw: String,
    /// Envelope sender: where bounces of this message go.
    pub return_path: String,
    /// Whose mail it is, where it goes to an ASF.
    pub asf_id: Option<i64>,
    /// How often it goes out once more when nobody knows whether it arrived.
    pub repeats: i32,
}

/// A queued message.
pub type StoredMessage = message::Model;

/// A message that this worker holds.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The message as claimed.
    pub message: StoredMessage,
    /// Fencing number: a write of an earlier holder is refused.
    pub fence: i64,
}

/// Queues a message in the transaction of its cause.
///
/// # Errors
/// `Conflict` when the key is already queued.
pub async fn insert(tx: &Tx, new: &NewMessage, now: DateTime<Utc>) -> StoreResult<()> {
    insert_many(tx, &[new], now).await
}

/// Queues messages, some to a statement: all or none.
///
/// # Errors
/// `Conflict` when the key of one is already queued.
pub async fn insert_many(tx: &Tx, new: &[&NewMessage], now: DateTime<Utc>) -> StoreResult<()> {
    for chunk in new.chunks(20) {
        let rows = chunk.iter().map(|new| row(new, now));
        message::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn row(new: &NewMessage, now: DateTime<Utc>) -> message::ActiveModel {
    message::ActiveModel {
        dedupe_key: Set(new.dedupe_key.clone()),
        kind: Set(new.kind.clone()),
        recipient: Set(new.recipient.clone()),
        subject: Set(new.subject.clone()),
        text: Set(new.text.clone()),
        html: Set(new.html.clone()),
        message_id: Set(new.message_id.clone()),
        raw: Set(new.raw.clone()),
        state: Set("ready".to_owned()),
        phase: Set(None),
        attempts: Set(0),
        fence: Set(0),
        next_attempt_at: Set(now),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
        return_path: Set(new.return_path.clone()),
        asf_id: Set(new.asf_id),
        uncertain_times: Set(0),
        repeats_left: Set(new.repeats),
        bounced_at: Set(None),
        ..Default::default()
    }
}

/// Takes the oldest message that is due, for one lease.
///
/// # Errors
/// When the database does not answer.
pub async fn claim_next(tx: &Tx, now: DateTime<Utc>) -> StoreResult<Option<Claimed>> {
    let mut query = message::Entity::find()
        .filter(due(now))
        .order_by_asc(message::Column::NextAttemptAt)
        .order_by_asc(message::Column::Id)
        .limit(1);
    if tx.get_database_backend() == DbBackend::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(mut row) = query.one(tx).await? else { return Ok(None) };
    row.fence += 1;
    if row.state == UNCERTAIN {
        row.repeats_left -= 1;
    }
    message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value("sending"))
        .col_expr(message::Column::Phase, Expr::value("connect"))
        .col_expr(message::Column::Fence, Expr::value(row.fence))
        .col_expr(message::Column::RepeatsLeft, Expr::value(row.repeats_left))
        .col_expr(message::Column::LeaseUntil, Expr::value(now + LEASE))
        .filter(message::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(Some(Claimed { fence: row.fence, message: row }))
}

const UNCERTAIN: &str = "uncertain";

/// Kind of the task that holds every weekly mail back while it is open.
pub const STOPPED: &str = "task-kind-mail-stopped";

const NOT_STOPPED: &str = "(message.kind <> 'weekly_digest' OR NOT EXISTS (SELECT 1 FROM task \
    WHERE task.kind = 'task-kind-mail-stopped' AND task.done_at IS NULL))";

/// What is ready, and what perhaps arrived and may be repeated.
fn due(now: DateTime<Utc>) -> Condition {
    let repeatable = Condition::all().add(message::Column::State.eq(UNCERTAIN)).add(message::Column::RepeatsLeft.gt(0));
    Condition::all()
        .add(message::Column::NextAttemptAt.lte(now))
        .add(Expr::cust(NOT_STOPPED))
        .add(Condition::any().add(message::Column::State.eq("ready")).add(repeatable))
}

/// Notes the step about to be taken. `false` when the message belongs to another worker now.
///
/// # Errors
/// When the database does not answer.
pub async fn set_phase(tx: &Tx, id: i64, fence: i64, phase: &str) -> StoreResult<bool> {
    let marked = message::Entity::update_many()
        .col_expr(message::Column::Phase, Expr::value(phase))
        .filter(held(id, fence))
        .exec(tx)
        .await?;
    Ok(marked.rows_affected == 1)
}

/// How an attempt ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The server took it.
    Sent,
    /// Try again at this time.
    Retry {
        /// When.
        at: DateTime<Utc>,
        /// What the server said.
        error: String,
    },
    /// The connection broke after the final dot: perhaps delivered.
    Uncertain {
        /// When the same bytes go out once more, if the message may be repeated.
        retry_at: DateTime<Utc>,
        /// What broke.
        error: String,
    },
    /// The address gets no more mail.
    Suppressed,
    /// It will never arrive.
    Failed {
        /// Whether the server refused it for good; otherwise time ran out.
        refused: bool,
        /// What the server said.
        error: String,
    },
}

/// Notes how an attempt ended. `false` when the message belongs to another worker now.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(tx: &Tx, id: i64, fence: i64, outcome: &Outcome, now: DateTime<Utc>) -> StoreResult<bool> {
    let (state, next, error) = match outcome {
        Outcome::Sent => ("sent", None, None),
        Outcome::Retry { at, error } => ("ready", Some(*at), Some(error.clone())),
        Outcome::Uncertain { retry_at, error } => (UNCERTAIN, Some(*retry_at), Some(error.clone())),
        Outcome::Suppressed => ("suppressed", None, None),
        Outcome::Failed { error, .. } => ("failed", None, Some(error.clone())),
    };
    let mut update = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(state))
        .col_expr(message::Column::Attempts, Expr::col(message::Column::Attempts).add(1))
        .col_expr(message::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(message::Column::LastError, Expr::value(error));
    if let Some(next) = next {
        update = update.col_expr(message::Column::NextAttemptAt, Expr::value(next));
    }
    if state == UNCERTAIN {
        update = update.col_expr(message::Column::UncertainTimes, one_more_time_uncertain());
    }
    if state == "sent" {
        update = update.col_expr(message::Column::SentAt, Expr::value(now));
    }
    Ok(update.filter(held(id, fence)).exec(tx).await?.rows_affected == 1)
}

fn one_more_time_uncertain() -> SimpleExpr {
    Expr::col(message::Column::UncertainTimes).add(1)
}

fn held(id: i64, fence: i64) -> Condition {
    let held = Condition::all().add(message::Column::Id.eq(id)).add(message::Column::State.eq("sending"));
    // Without the fencing number the tests must fail: see `tests/sabotage`.
    if cfg!(feature = "saboteur-fence") { held } else { held.add(message::Column::Fence.eq(fence)) }
}

/// Takes back every message that is in hand but not past the final dot. Whoever held it is
/// fenced off: it cannot mark its next phase.
///
/// # Errors
/// When the database does not answer.
pub async fn reclaim_unsent(tx: &Tx) -> StoreResult<u64> {
    let taken = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value("ready"))
        .col_expr(message::Column::Fence, Expr::col(message::Column::Fence).add(1))
        .filter(message::Column::State.eq("sending"))
        .filter(message::Column::Phase.ne("dot_sent"))
        .exec(tx)
        .await?;
    Ok(taken.rows_affected)
}

/// Takes back messages whose lease has run out. Before the final dot they are ready again; after
/// it nobody knows, and the same bytes go out once more at `repeat_at` if they may be repeated at all.
///
/// # Errors
/// When the database does not answer.
pub async fn recover_expired(tx: &Tx, now: DateTime<Utc>, repeat_at: DateTime<Utc>) -> StoreResult<u64> {
    let expired =
        || Condition::all().add(message::Column::State.eq("sending")).add(message::Column::LeaseUntil.lte(now));
    let safe = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value("ready"))
        .col_expr(message::Column::Fence, Expr::col(message::Column::Fence).add(1))
        .filter(expired())
        .filter(message::Column::Phase.ne("dot_sent"))
        .exec(tx)
        .await?;
    let uncertain = message::Entity::update_many()
        .col_expr(message::Column::State, Expr::value(UNCERTAIN))
        .col_expr(message::Column::UncertainTimes, one_more_time_uncertain())
        .col_expr(message::Column::NextAttemptAt, Expr::value(repeat_at))
        .col_expr(message::Column::Fence, Expr::col(message::Column::Fence).add(1))
        .filter(expired())
        .exec(tx)
        .await?;
    Ok(safe.rows_affected + uncertain.rows_affected)
}

/// Keeps a message for another lease.
///
/// # Errors
/// When the database does not answer.
pub async fn renew(tx: &Tx, id: i64, fence: i64, now: DateTime<Utc>) -> StoreResult<()> {
    message::Entity::update_many()
        .col_expr(message::Column::LeaseUntil, Expr::value(now + LEASE))
        .filter(held(id, fence))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many messages are in each state: (state, number).
///
/// # Errors
/// When the database does not answer.
pub async fn count_by_state(db: &impl Reader) -> StoreResult<Vec<(String, i64)>> {
    let counts = message::Entity::find()
        .select_only()
        .column(message::Column::State)
        .column_as(message::Column::Id.count(), "number")
        .group_by(message::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts)
}

/// As [`count_by_state`], with the oldest of each state that is not done.
///
/// # Errors
/// When the database does not answer.
pub async fn oldest_by_state(db: &impl Reader) -> StoreResult<Vec<(String, u64, Option<DateTime<Utc>>)>> {
    let waiting: Vec<(String, Option<DateTime<Utc>>)> = message::Entity::find()
        .select_only()
        .column(message::Column::State)
        .column_as(message::Column::CreatedAt.min(), "oldest")
        .filter(message::Column::State.is_in(["ready", "sending", UNCERTAIN, "failed"]))
        .group_by(message::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let mut counts = count_by_state(db).await?;
    counts.sort();
    let oldest = |state: &str| waiting.iter().find(|(name, _)| name == state).and_then(|(_, oldest)| *oldest);
    let states = counts.into_iter().map(|(state, number)| {
        let at = oldest(&state);
        (state, number.unsigned_abs(), at)
    });
    Ok(states.collect())
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Reader) -> StoreResult<u64> {
    Ok(message::Entity::find().count(db).await?)
}

/// The latest messages.
///
/// # Errors
/// When the database does not answer.
pub async fn list_latest(db: &impl Reader, limit: u64) -> StoreResult<Vec<StoredMessage>> {
    list_before(db, i64::MAX, limit).await
}

/// The latest messages before a key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_before(db: &impl Reader, before: i64, limit: u64) -> StoreResult<Vec<StoredMessage>> {
    let earlier = message::Entity::find().filter(message::Column::Id.lt(before));
    Ok(earlier.order_by_desc(message::Column::Id).limit(limit).all(db).await?)
}

/// One message.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: i64) -> StoreResult<Option<StoredMessage>> {
    Ok(message::Entity::find_by_id(id).one(db).await?)
}
