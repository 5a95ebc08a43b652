//! Keeping lists of ASF, sharing them by a secret link, and taking them along as a file.

use std::sync::Arc;

use super::{Error, Result, directory, secrets, tables::Table};
use crate::{
    app::App,
    domain::{
        asf::{Asf, AsfId},
        directory::Card,
        language::Language,
        rejection::Rejection,
        saved_list::{self, MOST_ITEMS, MOST_LISTS, SavedItem, SavedList, SavedListId},
        user::UserId,
    },
    store::{asf, connection, saved_lists},
};

/// A list with its ASF, those that still exist.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The list.
    pub list: SavedList,
    /// Each ASF, its card and the note.
    pub asfs: Vec<(Asf, Arc<Card>, String)>,
}

/// Makes a list.
///
/// # Errors
/// `Rejected` by `rejected-list-name`, `rejected-list-twice` or `rejected-list-many`.
pub async fn create(app: &App, owner: UserId, typed: &str) -> Result<SavedListId> {
    let name = saved_list::parse_name(typed).map_err(|rejection| Error::Rejected(vec![rejection]))?;
    let refused = |rule| Error::Rejected(vec![Rejection::new("name", rule, typed)]);
    let tx = connection::begin(&app.db).await?;
    let own = saved_lists::list_for(&tx, owner).await?;
    if own.iter().any(|list| list.name == name) {
        return Err(refused("rejected-list-twice"));
    }
    if own.len() >= MOST_LISTS {
        return Err(refused("rejected-list-many"));
    }
    let id = saved_lists::insert(&tx, owner, &name, app.clock.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Puts an ASF on a list of the owner; without a list on the first, which is made when there is none.
///
/// # Errors
/// `NotFound` when the list is another's or the ASF does not exist; `Rejected` when the list is full.
pub async fn add(app: &App, owner: UserId, id: Option<SavedListId>, asf_id: AsfId, first: &str) -> Result<SavedListId> {
    let now = app.clock.now();
    let tx = connection::begin(&app.db).await?;
    asf::find(&tx, asf_id).await?.ok_or(Error::NotFound)?;
    let own = saved_lists::list_for(&tx, owner).await?;
    let chosen = own.iter().find(|list| id.is_none_or(|id| list.id == id));
    let list = match (chosen, id) {
        (Some(list), _) if list.items.iter().any(|item| item.asf == asf_id) => return Ok(list.id),
        (Some(list), _) if list.items.len() >= MOST_ITEMS => {
            return Err(Error::Rejected(vec![Rejection::new("list", "rejected-list-full", &list.name)]));
        }
        (Some(list), _) => list.id,
        (None, Some(_)) => return Err(Error::NotFound),
        (None, None) => saved_lists::insert(&tx, owner, first, now).await?,
    };
    saved_lists::put(&tx, list, &SavedItem { asf: asf_id, note: String::new() }, now).await?;
    tx.commit().await?;
    Ok(list)
}

/// Writes the note of an ASF on a list.
///
/// # Errors
/// `NotFound` when the list is another's or the ASF is not on it; `Rejected` for a long note.
pub async fn write_note(app: &App, owner: UserId, id: SavedListId, asf: AsfId, typed: &str) -> Result<()> {
    let note = saved_list::parse_note(typed).map_err(|rejection| Error::Rejected(vec![rejection]))?;
    let tx = connection::begin(&app.db).await?;
    let list = saved_lists::find(&tx, owner, id).await?.ok_or(Error::NotFound)?;
    list.items.iter().find(|item| item.asf == asf).ok_or(Error::NotFound)?;
    saved_lists::put(&tx, id, &SavedItem { asf, note }, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an ASF off a list.
///
/// # Errors
/// `NotFound` when the list is another's.
pub async fn take_off(app: &App, owner: UserId, id: SavedListId, asf: AsfId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    saved_lists::find(&tx, owner, id).await?.ok_or(Error::NotFound)?;
    saved_lists::take_off(&tx, id, asf).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes a list.
///
/// # Errors
/// `NotFound` when it is another's.
pub async fn remove(app: &App, owner: UserId, id: SavedListId) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    saved_lists::find(&tx, owner, id).await?.ok_or(Error::NotFound)?;
    saved_lists::delete(&tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes a secret link to a list; one made before stops working. The link is told once and never again.
///
/// # Errors
/// `NotFound` when the list is another's.
pub async fn share(app: &App, owner: UserId, id: SavedListId) -> Result<String> {
    let secret = secrets::Secret::random();
    set_share(app, owner, id, Some(secrets::hash(secret.plain()))).await?;
    Ok(format!("{}/delad-lista/{}", app.config.base_url(), secret.plain()))
}

/// Makes the link of a list stop working.
///
/// # Errors
/// `NotFound` when the list is another's.
pub async fn stop_sharing(app: &App, owner: UserId, id: SavedListId) -> Result<()> {
    set_share(app, owner, id, None).await
}

async fn set_share(app: &App, owner: UserId, id: SavedListId, hash: Option<String>) -> Result<()> {
    let tx = connection::begin(&app.db).await?;
    saved_lists::find(&tx, owner, id).await?.ok_or(Error::NotFound)?;
    saved_lists::set_share(&tx, id, hash).await?;
    tx.commit().await?;
    Ok(())
}

/// A list of its owner.
///
/// # Errors
/// `NotFound` when it is another's.
pub async fn show(app: &App, owner: UserId, id: SavedListId) -> Result<Shown> {
    let list = saved_lists::find(&app.db, owner, id).await?.ok_or(Error::NotFound)?;
    shown(app, list).await
}

/// The list of a secret link. Changes nothing.
///
/// # Errors
/// `NotFound` when the link is unknown or no longer works.
pub async fn show_shared(app: &App, token: &str) -> Result<Shown> {
    let list = saved_lists::find_shared(&app.db, &secrets::hash(token)).await?.ok_or(Error::NotFound)?;
    shown(app, list).await
}

async fn shown(app: &App, list: SavedList) -> Result<Shown> {
    let ids: Vec<AsfId> = list.items.iter().map(|item| item.asf).collect();
    let stored = asf::list_by_ids(&app.db, &ids).await?;
    let cards = directory::cards(app, &ids).await?;
    let found = list.items.iter().filter_map(|item| {
        let asf = stored.iter().find(|asf| asf.id == item.asf)?.clone();
        let card = cards.iter().find(|card| card.id == item.asf)?;
        Some((asf, Arc::clone(card), item.note.clone()))
    });
    Ok(Shown { asfs: found.collect(), list })
}

/// A list as a table, with its notes.
pub fn table(app: &App, shown: &Shown, language: Language) -> Table {
    let asfs: Vec<(Asf, Arc<Card>)> = shown.asfs.iter().map(|(asf, card, _)| (asf.clone(), Arc::clone(card))).collect();
    let mut table = directory::table(app, &asfs, language);
    table.columns.push(app.words.text(language, "asf-column-note", &[]));
    for (row, (.., note)) in table.rows.iter_mut().zip(&shown.asfs) {
        row.push(note.clone());
    }
    table
}
