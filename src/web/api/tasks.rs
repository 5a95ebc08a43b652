//! What waits for a human; for staff.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    cursor::{self, Page},
    extract::{Answer, Asked, Id},
    gate::Caller,
    problem::ApiResult,
    proposals::PageQuery,
};
use crate::{
    service,
    store::tasks::{self, Task},
};

/// A task.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskItem {
    id: i64,
    kind: String,
    /// What it is about, for example `asf:12`.
    about: String,
    subject: String,
    opened_at: DateTime<Utc>,
}

/// List open tasks
#[utoipa::path(get, path = "/tasks", tag = "tasks", params(PageQuery), security(("key" = ["read:tasks"])),
    responses((status = 200, description = "A page of tasks, oldest first", body = Page<TaskItem>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PageQuery>) -> ApiResult<Answer<Page<TaskItem>>> {
    caller.staff()?;
    let question = ["tasks"];
    let limit = cursor::limit(asked.limit.as_deref())?;
    let after = cursor::read(asked.cursor.as_deref(), &question)?.map_or(0, |place| place.key);
    let found = tasks::list_open_after(&caller.app.db, after, limit as u64 + 1).await?;
    let page = cursor::keyed(found, limit, |task| task.id, &question);
    let item = |task: Task| TaskItem {
        id: task.id,
        kind: task.kind,
        about: task.about,
        subject: task.subject,
        opened_at: task.opened_at,
    };
    Ok(Answer(Page { items: page.items.into_iter().map(item).collect(), next: page.next }))
}

/// End a task
///
/// Again is the same.
#[utoipa::path(post, path = "/tasks/{id}/done", tag = "tasks", params(("id" = i64, Path, minimum = 1)),
    security(("key" = ["write:tasks"])), responses((status = 204, description = "Ended")))]
pub async fn finish(caller: Caller, Id(id): Id) -> ApiResult<StatusCode> {
    caller.staff()?;
    service::tasks::finish(&caller.app, id, &caller.actor()).await?;
    Ok(StatusCode::NO_CONTENT)
}
