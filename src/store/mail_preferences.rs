//! What each ASF chose about its mail; no row is the default.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::{Reader, StoreResult, Tx, entities::mail_preference, rows};
use crate::domain::{asf::AsfId, mail_preference::MailPreference};

/// Stores a choice.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert(tx: &Tx, asf: AsfId, choice: &MailPreference, now: DateTime<Utc>) -> StoreResult<()> {
    use mail_preference::Column;
    let number = |number: u32| Set(i32::try_from(number).unwrap_or_default());
    let row = mail_preference::ActiveModel {
        asf_id: Set(asf.0),
        weekday: number(choice.weekday),
        hour: number(choice.hour),
        every_weeks: number(choice.every_weeks),
        breadth: Set(choice.breadth.as_str().to_owned()),
        summer_rest: Set(choice.summer_rest),
        updated_at: Set(now),
        ..Default::default()
    };
    let chosen =
        [Column::Weekday, Column::Hour, Column::EveryWeeks, Column::Breadth, Column::SummerRest, Column::UpdatedAt];
    let anew = OnConflict::column(Column::AsfId).update_columns(chosen).to_owned();
    mail_preference::Entity::insert(row).on_conflict(anew).exec_without_returning(tx).await?;
    Ok(())
}

/// The ASF that chose something.
///
/// # Errors
/// When the database does not answer.
pub async fn list_asf(db: &impl Reader) -> StoreResult<Vec<AsfId>> {
    let ids: Vec<i64> = mail_preference::Entity::find()
        .select_only()
        .column(mail_preference::Column::AsfId)
        .order_by_asc(mail_preference::Column::AsfId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(AsfId).collect())
}

/// The choices of these ASF; who chose nothing is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn map(db: &impl Reader, asfs: &[AsfId]) -> StoreResult<HashMap<AsfId, MailPreference>> {
    let mut choices = HashMap::new();
    for chunk in asfs.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let found = mail_preference::Entity::find().filter(mail_preference::Column::AsfId.is_in(keys)).all(db).await?;
        for row in found {
            let [weekday, hour, weeks] = [row.weekday, row.hour, row.every_weeks].map(|number| number.to_string());
            let parsed = MailPreference::parse(&weekday, &hour, &weeks, &row.breadth, row.summer_rest);
            choices.insert(AsfId(row.asf_id), rows::known("mail_preference", parsed)?);
        }
    }
    Ok(choices)
}
