//! ASF and their capabilities.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::{NotSet, Set, Unchanged},
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::Expr,
};

use super::{
    Reader, StoreResult, Tx, changes,
    entities::{asf, capability},
    lessons, mail_rules, names, rows,
};
use crate::domain::{
    asf::{Asf, AsfId, Capability, CapabilityId, NewAsf, NewCapability},
    cpv::Cpv,
    email::Email,
    language::Language,
    lesson::Lesson,
    org_no::OrgNo,
    place::Place,
    review::Approval,
};

const TABLE: &str = "asf";

/// Stores a new ASF with its capabilities.
///
/// # Errors
/// `Conflict` when the organisation number and unit are already stored.
pub async fn insert(tx: &Tx, new: &NewAsf, content_hash: &str, now: DateTime<Utc>) -> StoreResult<AsfId> {
    let mut row = columns(new, content_hash, now);
    row.created_at = Set(now);
    row.language = Set(Language::Sv.code().to_owned());
    let waits = mail_rules::find_latest(tx, "profiles").await?.is_some_and(|decided| !decided.is_empty());
    row.approval = Set(if waits { Approval::Waiting } else { Approval::Approved }.as_str().to_owned());
    let id = asf::Entity::insert(row).exec(tx).await?.last_insert_id;
    write_capabilities(tx, id, &new.capabilities).await?;
    changes::record(tx, changes::Noun::Asf, id).await?;
    Ok(AsfId(id))
}

/// Replaces what a source says of an ASF; preferences, pause and answers stay.
///
/// # Errors
/// When the database does not answer.
pub async fn update(tx: &Tx, id: AsfId, new: &NewAsf, content_hash: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let mut row = columns(new, content_hash, now);
    row.id = Unchanged(id.0);
    asf::Entity::update(row).exec(tx).await?;
    write_capabilities(tx, id.0, &new.capabilities).await?;
    changes::record(tx, changes::Noun::Asf, id.0).await
}

fn columns(new: &NewAsf, content_hash: &str, now: DateTime<Utc>) -> asf::ActiveModel {
    asf::ActiveModel {
        org_no: Set(new.org_no.as_str().to_owned()),
        unit: Set(new.unit.clone()),
        name: Set(new.name.clone()),
        legal_form: Set(new.legal_form.clone()),
        municipality: Set(new.municipality.code().to_owned()),
        postal_code: Set(new.postal_code.clone()),
        website: Set(new.website.clone()),
        email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
        area: Set(rows::place_text(&new.area)),
        content_hash: Set(content_hash.to_owned()),
        updated_at: Set(now),
        ..Default::default()
    }
}

/// Rows keep their place and key, so that nothing else that points at a capability is lost.
async fn write_capabilities(tx: &Tx, asf_id: i64, capabilities: &[NewCapability]) -> StoreResult<()> {
    let stored = capability::Entity::find()
        .filter(capability::Column::AsfId.eq(asf_id))
        .order_by_asc(capability::Column::Position)
        .all(tx)
        .await?;
    for (position, work) in capabilities.iter().enumerate() {
        let mut row = capability_columns(asf_id, position, work);
        if let Some(existing) = stored.get(position) {
            row.id = Unchanged(existing.id);
            capability::Entity::update(row).exec(tx).await?;
        } else {
            capability::Entity::insert(row).exec(tx).await?;
        }
    }
    let surplus: Vec<i64> = stored.iter().skip(capabilities.len()).map(|row| row.id).collect();
    if !surplus.is_empty() {
        capability::Entity::delete_many().filter(capability::Column::Id.is_in(surplus)).exec(tx).await?;
    }
    Ok(())
}

fn capability_columns(asf_id: i64, position: usize, work: &NewCapability) -> capability::ActiveModel {
    capability::ActiveModel {
        id: NotSet,
        asf_id: Set(asf_id),
        position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        title: Set(work.title.clone()),
        text: Set(work.text.clone()),
        cpv: Set(rows::cpv_text(&work.cpv)),
        people: Set(work.people),
        hours_per_week: Set(work.hours_per_week),
        max_value_sek: Set(work.max_value_sek),
        earliest_start: Set(work.earliest_start),
    }
}

/// Key and content hash of an identity, when stored.
///
/// # Errors
/// When the database does not answer.
pub async fn find_identity(db: &impl Reader, org_no: &OrgNo, unit: &str) -> StoreResult<Option<(AsfId, String)>> {
    let row = asf::Entity::find()
        .filter(asf::Column::OrgNo.eq(org_no.as_str()))
        .filter(asf::Column::Unit.eq(unit))
        .one(db)
        .await?;
    Ok(row.map(|row| (AsfId(row.id), row.content_hash)))
}

/// One ASF.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: AsfId) -> StoreResult<Option<Asf>> {
    Ok(list_by_ids(db, &[id]).await?.pop())
}

/// The first ASF that gave this address as its own.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_email(db: &impl Reader, email: &Email) -> StoreResult<Option<Asf>> {
    let row =
        asf::Entity::find().filter(asf::Column::Email.eq(email.as_str())).order_by_asc(asf::Column::Id).one(db).await?;
    Ok(with_capabilities(db, row.into_iter().collect()).await?.pop())
}

/// The units of an organisation, the one without a name first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_org_no(db: &impl Reader, org_no: &OrgNo) -> StoreResult<Vec<Asf>> {
    let units = asf::Entity::find().filter(asf::Column::OrgNo.eq(org_no.as_str()));
    with_capabilities(db, units.order_by_asc(asf::Column::Unit).all(db).await?).await
}

/// The ASF with these keys, by key.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_ids(db: &impl Reader, ids: &[AsfId]) -> StoreResult<Vec<Asf>> {
    let mut asfs = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let rows =
            asf::Entity::find().filter(asf::Column::Id.is_in(keys)).order_by_asc(asf::Column::Id).all(db).await?;
        asfs.extend(with_capabilities(db, rows).await?);
    }
    Ok(asfs)
}

/// The next ASF after a key, by key: for walking through all of them.
///
/// # Errors
/// When the database does not answer.
pub async fn list_after(db: &impl Reader, after: AsfId, limit: u64) -> StoreResult<Vec<Asf>> {
    let rows = asf::Entity::find()
        .filter(asf::Column::Id.gt(after.0))
        .order_by_asc(asf::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    with_capabilities(db, rows).await
}

/// ASF whose pause ends on a day.
///
/// # Errors
/// When the database does not answer.
pub async fn list_paused_until(db: &impl Reader, day: NaiveDate) -> StoreResult<Vec<Asf>> {
    let rows = asf::Entity::find().filter(asf::Column::PausedUntil.eq(day)).all(db).await?;
    with_capabilities(db, rows).await
}

/// Every ASF by number and unit.
///
/// # Errors
/// When the database does not answer.
pub async fn list_identities(db: &impl Reader) -> StoreResult<Vec<(AsfId, String, String)>> {
    let rows: Vec<(i64, String, String)> = asf::Entity::find()
        .select_only()
        .column(asf::Column::Id)
        .column(asf::Column::OrgNo)
        .column(asf::Column::Unit)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, org_no, unit)| (AsfId(id), org_no, unit)).collect())
}

/// The last one that was stored.
///
/// # Errors
/// When the database does not answer.
pub async fn last(db: &impl Reader) -> StoreResult<AsfId> {
    let id: Option<Option<i64>> =
        asf::Entity::find().select_only().column_as(asf::Column::Id.max(), "last").into_tuple().one(db).await?;
    Ok(AsfId(id.flatten().unwrap_or_default()))
}

/// ASF that a person means by a whole name or an organisation number, else by a part of the name.
///
/// # Errors
/// When the database does not answer.
pub async fn list_named(db: &impl Reader, text: &str, limit: u64) -> StoreResult<Vec<AsfId>> {
    let number = OrgNo::parse(text).map(|org_no| org_no.as_str().to_owned()).unwrap_or_default();
    let whole = Condition::any().add(asf::Column::OrgNo.eq(number)).add(asf::Column::Name.eq(text));
    for named in [whole, names::holding(asf::Column::Name, text)] {
        let query = asf::Entity::find().select_only().column(asf::Column::Id).filter(named);
        let ids: Vec<i64> = query.order_by_asc(asf::Column::Id).limit(limit).into_tuple().all(db).await?;
        if !ids.is_empty() {
            return Ok(ids.into_iter().map(AsfId).collect());
        }
    }
    Ok(Vec::new())
}

/// How many there are.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &impl Reader) -> StoreResult<u64> {
    Ok(asf::Entity::find().count(db).await?)
}

/// How many different trades the capabilities name, by the division of their first CPV code.
///
/// # Errors
/// When the database does not answer.
pub async fn count_sectors(db: &impl Reader) -> StoreResult<u64> {
    let division = Expr::cust("substr(cpv, 1, 2)");
    let query = capability::Entity::find().select_only().expr_as(division, "division").distinct();
    let divisions: Vec<String> = query.filter(capability::Column::Cpv.ne("")).into_tuple().all(db).await?;
    Ok(divisions.len() as u64)
}

/// Holds an ASF against a second change at the same time; SQLite's write lock does so already.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: AsfId) -> StoreResult<()> {
    if tx.get_database_backend() == DbBackend::Postgres {
        asf::Entity::find_by_id(id.0).lock_exclusive().one(tx).await?;
    }
    Ok(())
}

/// Replaces what an ASF can do by what it says itself.
///
/// # Errors
/// When the database does not answer.
pub async fn set_capabilities(tx: &Tx, id: AsfId, capabilities: &[NewCapability]) -> StoreResult<()> {
    write_capabilities(tx, id.0, capabilities).await?;
    changes::record(tx, changes::Noun::Asf, id.0).await
}

/// Shows an ASF, or hides it.
///
/// # Errors
/// When the database does not answer.
pub async fn set_approval(tx: &Tx, id: AsfId, approval: Approval) -> StoreResult<()> {
    let row =
        asf::ActiveModel { id: Unchanged(id.0), approval: Set(approval.as_str().to_owned()), ..Default::default() };
    asf::Entity::update(row).exec(tx).await?;
    changes::record(tx, changes::Noun::Asf, id.0).await
}

/// Puts an ASF on hold until a day, or takes it off.
///
/// # Errors
/// When the database does not answer.
pub async fn set_paused_until(tx: &Tx, id: AsfId, until: Option<NaiveDate>) -> StoreResult<()> {
    let row = asf::ActiveModel { id: Unchanged(id.0), paused_until: Set(until), ..Default::default() };
    asf::Entity::update(row).exec(tx).await?;
    changes::record(tx, changes::Noun::Asf, id.0).await
}

/// Ends the weekly mail, or begins it again.
///
/// # Errors
/// When the database does not answer.
pub async fn set_unsubscribed_at(tx: &Tx, id: AsfId, at: Option<DateTime<Utc>>) -> StoreResult<()> {
    let row = asf::ActiveModel { id: Unchanged(id.0), unsubscribed_at: Set(at), ..Default::default() };
    asf::Entity::update(row).exec(tx).await?;
    Ok(())
}

async fn with_capabilities(db: &impl Reader, rows: Vec<asf::Model>) -> StoreResult<Vec<Asf>> {
    let keys = rows.iter().map(|row| row.id);
    let found = capability::Entity::find()
        .filter(capability::Column::AsfId.is_in(keys))
        .order_by_asc(capability::Column::Position)
        .all(db)
        .await?;
    let mut by_asf: HashMap<i64, Vec<Capability>> = HashMap::new();
    for row in found {
        by_asf.entry(row.asf_id).or_default().push(to_capability(row)?);
    }
    let mut taught: HashMap<i64, Vec<Lesson>> = HashMap::new();
    for lesson in lessons::list_for_asf(db, rows.iter().map(|row| AsfId(row.id))).await? {
        taught.entry(lesson.asf_id.0).or_default().push(lesson);
    }
    rows.into_iter()
        .map(|row| {
            let capabilities = by_asf.remove(&row.id).unwrap_or_default();
            let lessons = taught.remove(&row.id).unwrap_or_default();
            to_asf(row, capabilities, lessons)
        })
        .collect()
}

fn to_asf(row: asf::Model, capabilities: Vec<Capability>, lessons: Vec<Lesson>) -> StoreResult<Asf> {
    Ok(Asf {
        id: AsfId(row.id),
        org_no: rows::known(TABLE, OrgNo::parse(&row.org_no))?,
        unit: row.unit,
        name: row.name,
        legal_form: row.legal_form,
        municipality: rows::known(TABLE, Place::parse(&row.municipality))?,
        website: row.website,
        email: rows::known_option(TABLE, row.email.as_deref().map(Email::parse))?,
        area: rows::known(TABLE, Place::parse_list(&row.area))?,
        language: Language::from_code(&row.language),
        paused_until: row.paused_until,
        unsubscribed_at: row.unsubscribed_at,
        approval: rows::known(TABLE, Approval::parse(&row.approval))?,
        capabilities,
        lessons,
    })
}

fn to_capability(row: capability::Model) -> StoreResult<Capability> {
    Ok(Capability {
        id: CapabilityId(row.id),
        work: NewCapability {
            title: row.title,
            text: row.text,
            cpv: rows::known("capability", Cpv::parse_list(&row.cpv))?,
            people: row.people,
            hours_per_week: row.hours_per_week,
            max_value_sek: row.max_value_sek,
            earliest_start: row.earliest_start,
        },
    })
}
