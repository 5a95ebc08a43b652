//! Tables that only grow: the database itself refuses UPDATE and DELETE, whoever asks.
//! Triggers are written differently by each database, so this is the one file with SQL of both.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Refuses every change of the rows of `table` from now on.
pub(crate) async fn seal(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => format!(
            "CREATE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
             CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                 FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change();
             CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                 FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_change();"
        ),
        _ => format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
        ),
    };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

/// Takes back [`seal`].
pub(crate) async fn unseal(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => format!(
            "DROP TRIGGER {table}_append_only ON {table};
             DROP TRIGGER {table}_no_truncate ON {table};
             DROP FUNCTION {table}_refuse_change();"
        ),
        _ => format!("DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete;"),
    };
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
