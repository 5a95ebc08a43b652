//! What the ledger asks of the coordinator: claims without evidence, things that wait too long, silence.

use serde::Serialize;

use crate::{
    domain::{schedule, target::tasks},
    service::targets,
    store::asf,
    web::{error::PageResult, visit::Visit},
};

#[derive(Serialize)]
struct TasksPage {
    tasks: Vec<TaskLine>,
}

#[derive(Serialize)]
struct TaskLine {
    kind: &'static str,
    label: String,
    since: chrono::NaiveDate,
    href: String,
}

/// Lists what a human must do.
pub async fn list(visit: Visit) -> PageResult {
    visit.staff()?;
    let known = targets::current(&visit.app).await?;
    let today = schedule::local_date(visit.app.clock.now());
    let found = tasks::open(&known.entries, &known.progress, &known.settings.period, today);
    let ids: Vec<_> = found.iter().filter_map(|task| task.asf).collect();
    let asfs = asf::list_by_ids(&visit.app.db, &ids).await?;
    let name = |task: &tasks::Task| {
        let asf = asfs.iter().find(|asf| Some(asf.id) == task.asf).map(|asf| asf.name.clone());
        let sides: Vec<String> = asf.into_iter().chain(task.other.clone()).collect();
        sides.join(" – ")
    };
    let lines = found.iter().map(|task| TaskLine {
        kind: task.kind.as_str(),
        label: name(task),
        since: task.since,
        href: task.entry.map_or_else(|| "/mal".to_owned(), |entry| format!("/liggare/{}", entry.0)),
    });
    visit.page("pages/ledger_tasks/list.html", TasksPage { tasks: lines.collect() })
}
