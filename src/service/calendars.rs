//! Deadlines as a calendar: of open needs for everybody, of its own suggestions for an ASF by a secret
//! address.

use super::{Error, Result, secrets};
use crate::{
    app::App,
    domain::{
        asf::Asf,
        need::{LotId, Need},
        pairing::PairingState,
        user::{User, UserId},
    },
    store::{asf, audit, calendar_links, connection, needs, pairings, users},
};

/// Makes the secret address of a user at an ASF, in place of an earlier one; it is told this once.
///
/// # Errors
/// `NotFound` for a user of no ASF.
pub async fn create_link(app: &App, user: &User) -> Result<secrets::Secret> {
    let own = user.own_asf().ok_or(Error::NotFound)?;
    let now = app.clock.now();
    let secret = secrets::Secret::random();
    let tx = connection::begin(&app.db).await?;
    calendar_links::replace(&tx, user.id, own, &secrets::hash(secret.plain()), now).await?;
    audit::insert(&tx, now, &user.actor(), "create", "calendar_link", user.id.0, "").await?;
    tx.commit().await?;
    Ok(secret)
}

/// Takes the address of a user back.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn remove_link(app: &App, user: &User) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    if !calendar_links::delete(&tx, user.id).await? {
        return Err(Error::NotFound);
    }
    audit::insert(&tx, app.clock.now(), &user.actor(), "remove", "calendar_link", user.id.0, "").await?;
    tx.commit().await?;
    Ok(())
}

/// Whether a user has an address.
///
/// # Errors
/// When the database does not answer.
pub async fn has_link(app: &App, user: UserId) -> Result<bool> {
    Ok(calendar_links::exists(&app.db, user).await?)
}

/// What a secret address shows: the ASF, and the lots that it has not declined, with their needs.
///
/// # Errors
/// `NotFound` when the address is unknown, or its user no longer works at the ASF.
pub async fn of_link(app: &App, link: &str) -> Result<(Asf, Vec<(Need, LotId)>)> {
    let (user, own) = calendar_links::find(&app.db, &secrets::hash(link)).await?.ok_or(Error::NotFound)?;
    let user = users::find(&app.db, user).await?.ok_or(Error::NotFound)?;
    if user.own_asf() != Some(own) {
        return Err(Error::NotFound);
    }
    let found = asf::find(&app.db, own).await?.ok_or(Error::NotFound)?;
    let suggested = pairings::list_for_asf(&app.db, own).await?;
    let wanted: Vec<LotId> = suggested
        .into_iter()
        .filter(|pairing| pairing.state != PairingState::No)
        .map(|pairing| pairing.lot_id)
        .collect();
    let stored = needs::list_by_lots(&app.db, &wanted).await?;
    let mut lots = Vec::new();
    for lot in wanted {
        if let Some(need) = stored.iter().find(|need| need.lots.iter().any(|other| other.id == lot)) {
            lots.push((need.clone(), lot));
        }
    }
    Ok((found, lots))
}
