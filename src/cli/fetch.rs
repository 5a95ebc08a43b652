//! `fetch ted`: takes in what another server publishes.

use anyhow::Context as _;
use chrono::NaiveDate;

use super::{Ended, arguments::Format, import};
use crate::{
    app::App,
    service::fetching::{self, Ask},
};

/// `fetch ted`. Prints what was stored also when the server broke off.
pub(super) async fn ted(
    app: &App,
    query: Option<String>,
    since: Option<NaiveDate>,
    format: Format,
) -> anyhow::Result<Ended> {
    if !fetching::is_on(&app.config) {
        anyhow::bail!("no server is set; see SAMHANDLA_TED_URL");
    }
    let (report, ended) = fetching::ted(app, Ask { query: query.clone(), since, ..Ask::default() }).await?;
    let told = import::tell(&report, format)?;
    if let Some(said) = ended.not_understood() {
        anyhow::bail!(
            "TED does not understand the query \"{}\"; give another with --query, or change SAMHANDLA_TED_COUNTRIES, \
             SAMHANDLA_TED_NUTS or SAMHANDLA_TED_CPV. It said: {said}",
            fetching::query(&app.config, query.as_deref())?
        );
    }
    match ended {
        fetching::Ended::Broken(error) => {
            Err(error).context("TED broke off; what came before is stored, and the next run goes on there")
        }
        fetching::Ended::Whole | fetching::Ended::OutOfTime => Ok(told),
    }
}
