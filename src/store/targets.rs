//! Goals, period and the other decisions that counting rests on. A new decision is a new row.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use super::{
    Reader, StoreError, StoreResult, Tx,
    entities::{setting, target},
    rows,
};
use crate::domain::{
    schedule,
    target::{
        TargetId,
        settings::{SettingName, Settings},
    },
};

/// Who decided what from which day.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// By whom.
    pub by: &'a str,
    /// When it was written down.
    pub recorded_at: DateTime<Utc>,
}

/// Writes a decision on a setting.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_setting(tx: &Tx, name: SettingName, value: &str, decided: Decided<'_>) -> StoreResult<()> {
    let row = setting::ActiveModel {
        name: Set(name.as_str().to_owned()),
        value: Set(value.to_owned()),
        valid_from: Set(decided.valid_from),
        decided_by: Set(decided.by.to_owned()),
        recorded_at: Set(decided.recorded_at),
        ..Default::default()
    };
    setting::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Writes a decision on a goal.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_goal(tx: &Tx, target: TargetId, goal: u32, decided: Decided<'_>) -> StoreResult<()> {
    let row = target::ActiveModel {
        target: Set(target.as_str().to_owned()),
        goal: Set(i32::try_from(goal).unwrap_or(i32::MAX)),
        valid_from: Set(decided.valid_from),
        decided_by: Set(decided.by.to_owned()),
        recorded_at: Set(decided.recorded_at),
        ..Default::default()
    };
    target::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// The decisions that were known and in force at an instant. Before the first of its kind, the
/// first holds.
///
/// # Errors
/// `Unreadable` when the decisions do not fit together.
pub async fn settings(db: &impl Reader, as_of: DateTime<Utc>) -> StoreResult<Settings> {
    let rows = setting::Entity::find()
        .order_by_asc(setting::Column::ValidFrom)
        .order_by_asc(setting::Column::Id)
        .all(db)
        .await?;
    let mut values = InForce::at(as_of);
    for row in rows {
        let name = rows::known("setting", SettingName::parse(&row.name))?;
        values.offer(name, row.value, row.valid_from, row.recorded_at);
    }
    let goals = goals(db, as_of).await?;
    let read = Settings::read(&values.into_map(), goals);
    rows::known("setting", read)
}

async fn goals(db: &impl Reader, as_of: DateTime<Utc>) -> StoreResult<BTreeMap<TargetId, u32>> {
    let rows =
        target::Entity::find().order_by_asc(target::Column::ValidFrom).order_by_asc(target::Column::Id).all(db).await?;
    let mut goals = InForce::at(as_of);
    for row in rows {
        let id = rows::known("target", TargetId::parse(&row.target))?;
        let unreadable = |_| StoreError::Unreadable { table: "target", detail: format!("goal {}", row.goal) };
        let goal = u32::try_from(row.goal).map_err(unreadable)?;
        goals.offer(id, goal, row.valid_from, row.recorded_at);
    }
    Ok(goals.into_map().into_iter().collect())
}

/// Picks the decision in force of each kind; decisions are offered by the day they hold from.
struct InForce<K, V> {
    as_of: DateTime<Utc>,
    day: NaiveDate,
    chosen: HashMap<K, V>,
}

impl<K: Eq + std::hash::Hash, V> InForce<K, V> {
    fn at(as_of: DateTime<Utc>) -> Self {
        Self { as_of, day: schedule::local_date(as_of), chosen: HashMap::new() }
    }

    fn offer(&mut self, kind: K, value: V, valid_from: NaiveDate, recorded_at: DateTime<Utc>) {
        let holds = valid_from <= self.day && recorded_at <= self.as_of;
        if holds || !self.chosen.contains_key(&kind) {
            self.chosen.insert(kind, value);
        }
    }

    fn into_map(self) -> HashMap<K, V> {
        self.chosen
    }
}

/// A decision as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DecisionRow {
    /// A target or the name of a setting.
    pub name: String,
    /// What was decided.
    pub value: String,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// By whom.
    pub decided_by: String,
}

/// Every decision: goals first, then settings by name, the latest of each first.
///
/// # Errors
/// When the database does not answer.
pub async fn history(db: &impl Reader) -> StoreResult<Vec<DecisionRow>> {
    let goals =
        target::Entity::find().order_by_asc(target::Column::Target).order_by_desc(target::Column::Id).all(db).await?;
    let settings =
        setting::Entity::find().order_by_asc(setting::Column::Name).order_by_desc(setting::Column::Id).all(db).await?;
    let goals = goals.into_iter().map(|row| DecisionRow {
        name: row.target,
        value: row.goal.to_string(),
        valid_from: row.valid_from,
        decided_by: row.decided_by,
    });
    let settings = settings.into_iter().map(|row| DecisionRow {
        name: row.name,
        value: row.value,
        valid_from: row.valid_from,
        decided_by: row.decided_by,
    });
    Ok(goals.chain(settings).collect())
}
