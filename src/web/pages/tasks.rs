//! What waits for a human: tasks of staff, with the button that ends those that were opened by hand
//! or program; the rest is gone when it is done.

use axum::response::{IntoResponse as _, Redirect};
use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    domain::{asf::Asf, schedule::local_date, target},
    service::{self, tasks::Open},
    store::tasks::Task,
    web::{error::PageResult, extract::Id, visit::Visit},
};

#[derive(Serialize)]
struct TasksPage {
    queues: Vec<Queue>,
    tasks: Vec<TaskLine>,
}

/// A page on which something waits.
#[derive(Serialize)]
struct Queue {
    label: &'static str,
    href: &'static str,
    number: u64,
}

#[derive(Serialize)]
struct TaskLine {
    /// Set when a button ends it.
    id: Option<i64>,
    /// Message id: what to do.
    kind: String,
    subject: String,
    href: Option<String>,
    since: NaiveDate,
}

/// Lists what waits, the longest waiting first.
pub async fn list(visit: Visit) -> PageResult {
    visit.staff()?;
    let Open { kept, asked, asf, proposals, needs, quarantined } = service::tasks::list(&visit.app).await?;
    let queues = [
        ("tasks-queue-proposals", "/forslag", proposals as u64),
        ("tasks-queue-needs", "/regler", needs as u64),
        ("tasks-queue-quarantine", "/karantan", quarantined),
    ];
    let queues = queues.into_iter().filter(|(.., number)| *number > 0);
    let mut tasks: Vec<TaskLine> = kept.into_iter().map(kept_line).collect();
    tasks.extend(asked.into_iter().map(|task| asked_line(task, &asf)));
    tasks.sort_by_key(|task| task.since);
    let queues = queues.map(|(label, href, number)| Queue { label, href, number }).collect();
    visit.page("pages/tasks/list.html", TasksPage { queues, tasks })
}

fn kept_line(task: Task) -> TaskLine {
    let asf = task.about.strip_prefix("asf:").map(|id| format!("/asf/{id}"));
    let message = || task.about.strip_prefix("message:").map(|id| format!("/brevlada/{id}"));
    TaskLine {
        id: Some(task.id),
        href: asf.or_else(message),
        kind: task.kind,
        subject: task.subject,
        since: local_date(task.opened_at),
    }
}

fn asked_line(task: target::tasks::Task, asfs: &[Asf]) -> TaskLine {
    let asf = asfs.iter().find(|asf| Some(asf.id) == task.asf).map(|asf| asf.name.clone());
    let sides: Vec<String> = asf.into_iter().chain(task.other).collect();
    TaskLine {
        id: None,
        kind: format!("task-kind-{}", task.kind.as_str()),
        subject: sides.join(" – "),
        href: task.entry.map(|entry| format!("/liggare/{}", entry.0)),
        since: task.since,
    }
}

/// Ends one.
pub async fn finish(visit: Visit, Id(id): Id) -> PageResult {
    let user = visit.staff()?;
    service::tasks::finish(&visit.app, id, &format!("user:{}", user.id.0)).await?;
    Ok(Redirect::to("/uppgifter").into_response())
}
