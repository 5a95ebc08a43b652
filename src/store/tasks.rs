//! What a human must do. Whoever finds something that no program can mend opens one.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{Reader, StoreResult, Tx, entities::task};

/// A task as stored.
pub type Task = task::Model;

/// Opens a task, unless one of this kind about the same is open already. `kind` is the id of its words
/// (`task-kind-…`), `about` a key such as `asf:12`, `subject` what staff read.
///
/// # Errors
/// When the database does not answer.
pub async fn open(tx: &Tx, kind: &str, about: &str, subject: &str, now: DateTime<Utc>) -> StoreResult<()> {
    let is_open = task::Entity::find()
        .filter(task::Column::Kind.eq(kind))
        .filter(task::Column::About.eq(about))
        .filter(task::Column::DoneAt.is_null())
        .count(tx)
        .await?;
    if is_open > 0 {
        return Ok(());
    }
    let row = task::ActiveModel {
        kind: Set(kind.to_owned()),
        about: Set(about.to_owned()),
        subject: Set(subject.to_owned()),
        opened_at: Set(now),
        done_at: Set(None),
        done_by: Set(None),
        ..Default::default()
    };
    task::Entity::insert(row).exec(tx).await?;
    Ok(())
}

/// Ends a task; `false` when it was ended before.
///
/// # Errors
/// When the database does not answer.
pub async fn finish(tx: &Tx, id: i64, by: &str, now: DateTime<Utc>) -> StoreResult<bool> {
    let done = task::Entity::update_many()
        .col_expr(task::Column::DoneAt, Expr::value(now))
        .col_expr(task::Column::DoneBy, Expr::value(by))
        .filter(task::Column::Id.eq(id))
        .filter(task::Column::DoneAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The open tasks, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open(db: &impl Reader, limit: u64) -> StoreResult<Vec<Task>> {
    list_open_after(db, 0, limit).await
}

/// The open tasks after a key, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open_after(db: &impl Reader, after: i64, limit: u64) -> StoreResult<Vec<Task>> {
    let open = task::Entity::find().filter(task::Column::DoneAt.is_null()).filter(task::Column::Id.gt(after));
    Ok(open.order_by_asc(task::Column::Id).limit(limit).all(db).await?)
}
