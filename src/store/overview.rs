//! What waits for a human, counted: each pile is one or two narrow queries, whatever else is stored.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _,
    sea_query::Expr,
};

use super::{
    Reader, StoreResult,
    entities::{asf, lot, need, need_approval, pairing, proposal, quarantine, task},
};
use crate::domain::{
    asf::AsfId,
    need::{NeedId, NeedKind, NeedStatus},
    pairing::PairingState,
    review::Approval,
};

/// Things of one kind that wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pile {
    /// How many.
    pub count: u64,
    /// Since when the oldest of them waits.
    pub oldest: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Counted {
    number: i64,
    oldest: Option<DateTime<Utc>>,
}

impl From<Option<Counted>> for Pile {
    fn from(counted: Option<Counted>) -> Self {
        counted.map_or_else(Self::default, |row| Self { count: row.number.unsigned_abs(), oldest: row.oldest })
    }
}

fn counted<E: EntityTrait>(query: sea_orm::Select<E>, since: impl ColumnTrait) -> sea_orm::Select<E> {
    query.select_only().expr_as(Expr::cust("COUNT(*)"), "number").expr_as(since.min(), "oldest")
}

/// Days without any suggestion after which an ASF counts as a gap.
pub const QUIET_DAYS: i64 = 28;

/// Records that were not taken in, and twins that nobody has looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn quarantined(db: &impl Reader) -> StoreResult<Pile> {
    let all = quarantine::Entity::find();
    Ok(counted(all, quarantine::Column::FirstSeenAt).into_model::<Counted>().one(db).await?.into())
}

/// Proposals that nobody has decided on.
///
/// # Errors
/// When the database does not answer.
pub async fn proposed(db: &impl Reader) -> StoreResult<Pile> {
    let open = proposal::Entity::find().filter(proposal::Column::State.eq("open"));
    Ok(counted(open, proposal::Column::CreatedAt).into_model::<Counted>().one(db).await?.into())
}

/// Kinds of task that are about an address that does not work, or whose reader has complained.
const ADDRESS_TASKS: [&str; 2] = ["task-kind-call", "task-kind-complaint"];

/// Open tasks about addresses.
///
/// # Errors
/// When the database does not answer.
pub async fn bounced(db: &impl Reader) -> StoreResult<Pile> {
    let open =
        task::Entity::find().filter(task::Column::DoneAt.is_null()).filter(task::Column::Kind.is_in(ADDRESS_TASKS));
    Ok(counted(open, task::Column::OpenedAt).into_model::<Counted>().one(db).await?.into())
}

/// The other open tasks.
///
/// # Errors
/// When the database does not answer.
pub async fn tasks(db: &impl Reader) -> StoreResult<Pile> {
    let open =
        task::Entity::find().filter(task::Column::DoneAt.is_null()).filter(task::Column::Kind.is_not_in(ADDRESS_TASKS));
    Ok(counted(open, task::Column::OpenedAt).into_model::<Counted>().one(db).await?.into())
}

/// Requests and direct awards that can be answered now and that no ASF fits: a buyer waits for them. Of notices
/// most concern no ASF, so they are no gap.
///
/// # Errors
/// When the database does not answer.
pub async fn unmet(db: &impl Reader, now: DateTime<Utc>) -> StoreResult<Pile> {
    Ok(counted(unmet_needs(now), need::Column::CreatedAt).into_model::<Counted>().one(db).await?.into())
}

/// The needs of [`unmet`], oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_unmet(db: &impl Reader, now: DateTime<Utc>, offset: u64, limit: u64) -> StoreResult<Vec<NeedId>> {
    let query = unmet_needs(now).select_only().column(need::Column::Id).order_by_asc(need::Column::Id);
    let ids: Vec<i64> = query.offset(offset).limit(limit).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(NeedId).collect())
}

fn unmet_needs(now: DateTime<Utc>) -> sea_orm::Select<need::Entity> {
    let is_paired = "NOT EXISTS (SELECT 1 FROM pairing p JOIN lot l ON l.id = p.lot_id WHERE l.need_id = need.id AND \
         p.state <> 'withdrawn')";
    need::Entity::find()
        .filter(need::Column::Status.eq(NeedStatus::Open.as_str()))
        .filter(need::Column::Kind.is_in([NeedKind::Request, NeedKind::DirectAward].map(NeedKind::as_str)))
        .filter(need::Column::Id.in_subquery(open_lots(now)))
        .filter(Expr::cust(is_paired))
}

/// Profiles that wait for a yes.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting_profiles(db: &impl Reader) -> StoreResult<Pile> {
    Ok(counted(waiting_asf(), asf::Column::CreatedAt).into_model::<Counted>().one(db).await?.into())
}

/// The ASF of [`waiting_profiles`], oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_waiting_profiles(db: &impl Reader, limit: u64) -> StoreResult<Vec<AsfId>> {
    let query = waiting_asf().select_only().column(asf::Column::Id).order_by_asc(asf::Column::Id);
    let ids: Vec<i64> = query.limit(limit).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(AsfId).collect())
}

fn waiting_asf() -> sea_orm::Select<asf::Entity> {
    asf::Entity::find().filter(asf::Column::Approval.eq(Approval::Waiting.as_str()))
}

/// ASF that have waited four weeks for a suggestion, or have never had one.
///
/// # Errors
/// When the database does not answer.
pub async fn quiet(db: &impl Reader, now: DateTime<Utc>) -> StoreResult<Pile> {
    Ok(counted(quiet_asf(now), asf::Column::CreatedAt).into_model::<Counted>().one(db).await?.into())
}

/// The ASF of [`quiet`], oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_quiet(db: &impl Reader, now: DateTime<Utc>, limit: u64) -> StoreResult<Vec<AsfId>> {
    let query = quiet_asf(now).select_only().column(asf::Column::Id).order_by_asc(asf::Column::Id);
    let ids: Vec<i64> = query.limit(limit).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(AsfId).collect())
}

fn quiet_asf(now: DateTime<Utc>) -> sea_orm::Select<asf::Entity> {
    let since = now - Duration::days(QUIET_DAYS);
    let suggested = pairing::Entity::find()
        .select_only()
        .column(pairing::Column::AsfId)
        .filter(pairing::Column::CreatedAt.gt(since))
        .filter(pairing::Column::State.ne(PairingState::Withdrawn.as_str()));
    let today = crate::domain::schedule::local_date(now);
    let resting = Condition::any().add(asf::Column::PausedUntil.is_null()).add(asf::Column::PausedUntil.lte(today));
    asf::Entity::find()
        .filter(asf::Column::CreatedAt.lte(since))
        .filter(asf::Column::Approval.eq(Approval::Approved.as_str()))
        .filter(resting)
        .filter(asf::Column::Id.not_in_subquery(suggested.into_query()))
}

/// Needs of these sources that can be answered and that nobody has decided on, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_undecided(
    db: &impl Reader,
    sources: &[String],
    now: DateTime<Utc>,
    limit: u64,
) -> StoreResult<Vec<NeedId>> {
    let decided = need_approval::Entity::find().select_only().column(need_approval::Column::NeedId);
    let query = need::Entity::find()
        .filter(need::Column::Status.is_in([NeedStatus::Open, NeedStatus::Planned].map(NeedStatus::as_str)))
        .filter(need::Column::Source.is_in(sources))
        .filter(need::Column::Id.in_subquery(open_lots(now)))
        .filter(need::Column::Id.not_in_subquery(decided.into_query()))
        .select_only()
        .column(need::Column::Id)
        .order_by_asc(need::Column::Id);
    let ids: Vec<i64> = query.limit(limit).into_tuple().all(db).await?;
    Ok(ids.into_iter().map(NeedId).collect())
}

/// Keys of needs with a lot that can be answered.
fn open_lots(now: DateTime<Utc>) -> sea_orm::sea_query::SelectStatement {
    let in_time = Condition::any().add(lot::Column::DeadlineAt.is_null()).add(lot::Column::DeadlineAt.gt(now));
    let open = lot::Entity::find()
        .select_only()
        .column(lot::Column::NeedId)
        .filter(lot::Column::WithdrawnAt.is_null())
        .filter(lot::Column::ClosedAt.is_null())
        .filter(in_time);
    open.into_query()
}
