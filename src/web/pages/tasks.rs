//! What waits for a human: the open tasks of staff, and the button that ends one.

use axum::response::{IntoResponse as _, Redirect};
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    service,
    store::tasks::{self, Task},
    web::{error::PageResult, extract::Id, visit::Visit},
};

/// Tasks on the list.
const MOST: u64 = 200;

#[derive(Serialize)]
struct TasksPage {
    tasks: Vec<TaskLine>,
}

#[derive(Serialize)]
struct TaskLine {
    id: i64,
    kind: String,
    subject: String,
    asf_id: Option<i64>,
    opened_at: DateTime<Utc>,
}

/// Lists what is open, oldest first.
pub async fn list(visit: Visit) -> PageResult {
    visit.staff()?;
    let open = tasks::list_open(&visit.app.db, MOST).await?;
    visit.page("pages/tasks/list.html", TasksPage { tasks: open.into_iter().map(line).collect() })
}

fn line(task: Task) -> TaskLine {
    let asf_id = task.about.strip_prefix("asf:").and_then(|id| id.parse().ok());
    TaskLine { id: task.id, kind: task.kind, subject: task.subject, asf_id, opened_at: task.opened_at }
}

/// Ends one.
pub async fn finish(visit: Visit, Id(id): Id) -> PageResult {
    let user = visit.staff()?;
    service::tasks::finish(&visit.app, id, &format!("user:{}", user.id.0)).await?;
    Ok(Redirect::to("/uppgifter").into_response())
}
