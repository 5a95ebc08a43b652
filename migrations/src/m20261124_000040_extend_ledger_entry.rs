//! More kinds of fact: relations, cancellations, what a public actor is, consent to be named.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::append_only;

const TABLE: &str = "ledger_entry";

const BEFORE: &str = "'order','income','agreement','bid','procurement','support_contact','support_outcome',\
     'successor','ownership','evidence','reversal'";
const AFTER: &str = "'order','income','agreement','bid','procurement','support_contact','support_outcome',\
     'successor','ownership','evidence','reversal','relation','cancellation','actor','consent'";

/// Lets `ledger_entry` hold the new kinds.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        change_kinds(manager, BEFORE, AFTER).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        change_kinds(manager, AFTER, BEFORE).await
    }
}

async fn change_kinds(manager: &SchemaManager<'_>, from: &str, to: &str) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => {
            let sql = format!(
                "ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_kind_check;
                 ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_kind_check CHECK (kind IN ({to}));"
            );
            manager.get_connection().execute_unprepared(&sql).await?;
            Ok(())
        }
        _ => rebuild(manager, from, to).await,
    }
}

/// SQLite changes a CHECK only by a new table: the old one's own text with other words in it.
async fn rebuild(manager: &SchemaManager<'_>, from: &str, to: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let definitions = "SELECT sql FROM sqlite_master WHERE tbl_name = 'ledger_entry' AND sql IS NOT NULL \
         AND type IN ('table', 'index') ORDER BY type DESC";
    let statement = sea_orm_migration::sea_orm::Statement::from_string(DbBackend::Sqlite, definitions);
    let mut sql = Vec::new();
    for row in db.query_all_raw(statement).await? {
        sql.push(row.try_get::<String>("", "sql")?);
    }
    let (table, indexes) = sql.split_first().ok_or_else(|| DbErr::Migration("no ledger_entry".to_owned()))?;
    if !table.contains(from) {
        return Err(DbErr::Migration("ledger_entry has other kinds than expected".to_owned()));
    }
    let next = table.replace("\"ledger_entry\"", "\"ledger_entry_next\"").replace(from, to);
    append_only::unseal(manager, TABLE).await?;
    db.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
    db.execute_unprepared(&next).await?;
    db.execute_unprepared("INSERT INTO ledger_entry_next SELECT * FROM ledger_entry").await?;
    db.execute_unprepared("DROP TABLE ledger_entry").await?;
    db.execute_unprepared("ALTER TABLE ledger_entry_next RENAME TO ledger_entry").await?;
    for index in indexes {
        db.execute_unprepared(index).await?;
    }
    append_only::seal(manager, TABLE).await
}
