//! Recording what is known about an ASF.

use super::{Error, Result};
use crate::{
    app::App,
    domain::{
        asf::AsfId,
        asf_fact::{AsfFact, Claim},
    },
    store::{asf, asf_facts, audit, connection},
};

/// Records a fact; what stood before stays as it was then.
///
/// # Errors
/// `NotFound` without such an ASF.
pub async fn record(app: &App, by: &str, id: AsfId, fact: &AsfFact) -> Result<()> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    asf::find(&tx, id).await?.ok_or(Error::NotFound)?;
    asf_facts::insert(&tx, id, fact, by, now).await?;
    let kind = match &fact.claim {
        Claim::Basis(basis) => basis.as_str(),
        Claim::Purpose(_) => "purpose",
        Claim::Share(_) => "share",
    };
    audit::insert(&tx, now, by, "record", "asf", id.0, kind).await?;
    tx.commit().await?;
    Ok(())
}
