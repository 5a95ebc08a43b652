//! How far the programme's targets are reached: numbers for everybody, the report for staff.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    extract::{Answer, Asked},
    gate::Caller,
    problem::ApiResult,
};
use crate::{
    domain::target,
    service::{reports, targets},
};

/// As of when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AsOf {
    /// What was known on this day, or at this instant; now when nothing is said.
    #[param(max_length = 40)]
    as_of: Option<String>,
}

impl AsOf {
    fn at(&self, now: DateTime<Utc>) -> ApiResult<DateTime<Utc>> {
        Ok(self.as_of.as_deref().map(target::parse_as_of).transpose()?.unwrap_or(now))
    }
}

/// Every target.
#[derive(Debug, Serialize, ToSchema)]
pub struct Targets {
    as_of: DateTime<Utc>,
    period_start: NaiveDate,
    period_end: NaiveDate,
    targets: Vec<TargetItem>,
}

/// How far a target is reached.
#[derive(Debug, Serialize, ToSchema)]
pub struct TargetItem {
    /// `T1` to `T5`.
    id: &'static str,
    /// How many are to be reached.
    goal: u32,
    /// How many count.
    counted: u32,
    /// Of those, with a document.
    evidenced: u32,
    /// Of those, confirmed.
    confirmed: u32,
    /// Told without evidence; they do not count.
    claimed: u32,
    /// On their way.
    pending: u32,
}

/// Show the targets
///
/// Numbers only.
#[utoipa::path(get, path = "/targets", tag = "targets", params(AsOf), security(("key" = ["read:targets"])),
    responses((status = 200, description = "The targets", body = Targets)))]
pub async fn list(caller: Caller, Asked(asked): Asked<AsOf>) -> ApiResult<Answer<Targets>> {
    let as_of = asked.at(caller.app.clock.now())?;
    let known = targets::known(&caller.app.db, as_of).await?;
    let item = |progress: &target::Progress| TargetItem {
        id: progress.id.as_str(),
        goal: progress.goal,
        counted: progress.counted,
        evidenced: progress.evidenced,
        confirmed: progress.confirmed,
        claimed: progress.claimed,
        pending: progress.pending,
    };
    Ok(Answer(Targets {
        as_of,
        period_start: known.settings.period.start,
        period_end: known.settings.period.end,
        targets: known.progress.iter().map(item).collect(),
    }))
}

/// Show the report
///
/// For staff: every target with the items it rests on, and why the others do not count.
#[utoipa::path(get, path = "/report", tag = "targets", params(AsOf), security(("key" = ["read:ledger"])),
    responses((status = 200, description = "The report", body = Object)))]
pub async fn report(caller: Caller, Asked(asked): Asked<AsOf>) -> ApiResult<Answer<reports::Report>> {
    caller.staff()?;
    let as_of = asked.at(caller.app.clock.now())?;
    Ok(Answer(reports::report(&caller.app.db, as_of).await?))
}
