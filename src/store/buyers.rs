//! Buyers.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{Reader, StoreResult, Tx, entities::buyer, rows};
use crate::domain::{
    buyer::{Buyer, BuyerId, BuyerKind, NewBuyer},
    email::Email,
    org_no::OrgNo,
    place::Place,
};

const TABLE: &str = "buyer";

/// The stored buyer with this identity; stored now when it is new, completed when it lacked something.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(tx: &Tx, new: &NewBuyer, now: DateTime<Utc>) -> StoreResult<BuyerId> {
    let identity = new.identity();
    if let Some(stored) = buyer::Entity::find().filter(buyer::Column::Identity.eq(&identity)).one(tx).await? {
        let id = BuyerId(stored.id);
        complete(tx, stored, new).await?;
        return Ok(id);
    }
    let row = buyer::ActiveModel {
        identity: Set(identity),
        kind: Set(new.kind.as_str().to_owned()),
        name: Set(new.name.clone()),
        org_no: Set(new.org_no.as_ref().map(|org_no| org_no.as_str().to_owned())),
        municipality: Set(new.municipality.as_ref().map(|place| place.code().to_owned())),
        email: Set(new.email.as_ref().map(|email| email.as_str().to_owned())),
        created_at: Set(now),
        ..Default::default()
    };
    Ok(BuyerId(buyer::Entity::insert(row).exec(tx).await?.last_insert_id))
}

async fn complete(tx: &Tx, stored: buyer::Model, new: &NewBuyer) -> StoreResult<()> {
    let municipality = stored.municipality.clone().or_else(|| new.municipality.as_ref().map(|p| p.code().to_owned()));
    let email = stored.email.clone().or_else(|| new.email.as_ref().map(|email| email.as_str().to_owned()));
    if municipality == stored.municipality && email == stored.email {
        return Ok(());
    }
    let mut row = stored.into_active_model();
    row.municipality = Set(municipality);
    row.email = Set(email);
    buyer::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// One buyer.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &impl Reader, id: BuyerId) -> StoreResult<Option<Buyer>> {
    buyer::Entity::find_by_id(id.0).one(db).await?.map(to_buyer).transpose()
}

/// The first buyer that gave this address as its own.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_email(db: &impl Reader, email: &Email) -> StoreResult<Option<Buyer>> {
    let row = buyer::Entity::find()
        .filter(buyer::Column::Email.eq(email.as_str()))
        .order_by_asc(buyer::Column::Id)
        .one(db)
        .await?;
    row.map(to_buyer).transpose()
}

/// Buyers by key.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn map_by_ids(db: &impl Reader, ids: Vec<i64>) -> StoreResult<HashMap<i64, Buyer>> {
    let rows = buyer::Entity::find().filter(buyer::Column::Id.is_in(ids)).all(db).await?;
    rows.into_iter().map(|row| Ok((row.id, to_buyer(row)?))).collect()
}

fn to_buyer(row: buyer::Model) -> StoreResult<Buyer> {
    Ok(Buyer {
        id: BuyerId(row.id),
        kind: rows::known(TABLE, BuyerKind::parse(&row.kind))?,
        name: row.name,
        org_no: rows::known_option(TABLE, row.org_no.as_deref().map(OrgNo::parse))?,
        municipality: rows::known_option(TABLE, row.municipality.as_deref().map(Place::parse))?,
        email: rows::known_option(TABLE, row.email.as_deref().map(Email::parse))?,
    })
}
