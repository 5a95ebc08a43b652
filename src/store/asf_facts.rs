//! What is recorded about ASF. Rows are only added; the latest of a kind stands.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{Reader, StoreResult, Tx, changes, entities::asf_fact, rows};
use crate::domain::{
    asf::AsfId,
    asf_fact::{AsfFact, Basis, Claim, Recorded},
    rejection::Rejection,
};

/// Records a fact.
///
/// # Errors
/// When the database does not answer.
pub async fn insert(tx: &Tx, asf: AsfId, fact: &AsfFact, by: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let (kind, value) = match &fact.claim {
        Claim::Basis(basis) => ("basis", basis.as_str().to_owned()),
        Claim::Purpose(text) => ("purpose", text.clone()),
        Claim::Share(percent) => ("share", percent.to_string()),
    };
    let row = asf_fact::ActiveModel {
        asf_id: Set(asf.0),
        kind: Set(kind.to_owned()),
        value: Set(value),
        how: Set(fact.how.clone()),
        as_of: Set(fact.as_of),
        recorded_at: Set(now),
        recorded_by: Set(by.to_owned()),
        ..Default::default()
    };
    asf_fact::Entity::insert(row).exec(tx).await?;
    changes::record(tx, changes::Noun::Asf, asf.0).await
}

/// What stands recorded about these ASF; who has nothing is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn map(db: &impl Reader, asfs: &[AsfId]) -> StoreResult<HashMap<AsfId, Recorded>> {
    let mut recorded: HashMap<AsfId, Recorded> = HashMap::new();
    for chunk in asfs.chunks(500) {
        let keys = chunk.iter().map(|id| id.0);
        let found = asf_fact::Entity::find()
            .filter(asf_fact::Column::AsfId.is_in(keys))
            .order_by_asc(asf_fact::Column::AsOf)
            .order_by_asc(asf_fact::Column::Id)
            .all(db)
            .await?;
        for row in found {
            let asf = AsfId(row.asf_id);
            recorded.entry(asf).or_default().take(to_fact(row)?);
        }
    }
    Ok(recorded)
}

fn to_fact(row: asf_fact::Model) -> StoreResult<AsfFact> {
    let claim = match row.kind.as_str() {
        "basis" => Basis::parse(&row.value).map(Claim::Basis),
        "purpose" => Ok(Claim::Purpose(row.value)),
        _ => {
            row.value.parse().map(Claim::Share).map_err(|_| Rejection::new("share", "rejected-fact-share", &row.value))
        }
    };
    Ok(AsfFact { claim: rows::known("asf_fact", claim)?, how: row.how, as_of: row.as_of })
}
