//! Remembers what a person has decided about the headings of a file, so that the next file with the
//! same headings is read the same way.

use std::collections::BTreeMap;

use super::Result;
use crate::{
    app::App,
    intake::{Header, csv::header::Mappings},
    store::{column_mappings, connection},
};

/// Everything that was decided, for the readers of files.
///
/// # Errors
/// When the database does not answer.
pub async fn load(app: &App) -> Result<Mappings> {
    Ok(Mappings { by_signature: column_mappings::list(&app.db).await?, always: BTreeMap::new() })
}

/// Remembers the decisions that concern the headings of this file; an empty column means that
/// nothing is read from it.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(app: &App, header: &Header, decided: &BTreeMap<String, String>) -> Result<()> {
    let is_here = |heading: &String| header.headings.iter().any(|known| known.written == *heading);
    let decided: BTreeMap<String, String> =
        decided.iter().filter(|(heading, _)| is_here(heading)).map(|(h, c)| (h.clone(), c.clone())).collect();
    let tx = connection::begin(&app.db).await?;
    column_mappings::upsert(&tx, &header.signature, &decided, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
