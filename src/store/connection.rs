//! Opens the database by URL, migrates it, and begins transactions.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;

use super::{StoreError, StoreResult, Tx};

/// Number that every node takes as PostgreSQL advisory lock while it migrates.
const MIGRATION_LOCK: i64 = 0x5341_4d48;

/// The URL of the SQLite file in a data directory.
pub fn sqlite_url(data: &Path) -> String {
    format!("sqlite:{}?mode=rwc", data.join("samhandla.db").display())
}

/// Connects to `sqlite:` or `postgres:` by URL.
///
/// # Errors
/// When the database cannot be reached, or SQLite does not keep WAL and full synchronisation.
pub async fn connect(url: &str) -> StoreResult<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(16)
        .connect_timeout(Duration::from_secs(10))
        .sqlx_logging_level(tracing::log::LevelFilter::Debug)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(10))
        });
    let database = Database::connect(options).await?;
    check_pragmas(&database).await?;
    Ok(database)
}

/// Refuses to run on a SQLite file that could lose what it confirmed.
async fn check_pragmas(database: &DatabaseConnection) -> StoreResult<()> {
    if database.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    for (pragma, expected) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
        let sql = format!("SELECT CAST({pragma} AS TEXT) AS setting FROM pragma_{pragma}");
        let row = database.query_one_raw(sea_orm::Statement::from_string(DbBackend::Sqlite, sql)).await?;
        let setting = row.map(|row| row.try_get::<String>("", "setting")).transpose()?.unwrap_or_default();
        if setting != expected {
            let detail = format!("pragma {pragma} is {setting}, must be {expected}");
            return Err(StoreError::Database(DbErr::Custom(detail)));
        }
    }
    Ok(())
}

/// Runs every migration that has not run; on PostgreSQL one node at a time.
///
/// # Errors
/// When a migration fails; the schema is then as before it.
pub async fn migrate(database: &DatabaseConnection) -> StoreResult<()> {
    let tx = match database.get_database_backend() {
        DbBackend::Postgres => {
            let tx = begin(database).await?;
            tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
            Some(tx)
        }
        _ => None,
    };
    samhandla_migrations::Migrator::up(database, None).await?;
    if let Some(lock) = tx {
        lock.commit().await?;
    }
    Ok(())
}

/// Names of the migrations that have not run.
///
/// # Errors
/// When the database does not answer.
pub async fn pending_migrations(database: &DatabaseConnection) -> StoreResult<Vec<String>> {
    let pending = samhandla_migrations::Migrator::get_pending_migrations(database).await?;
    Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
}

/// Bytes that the database takes on its disk.
///
/// # Errors
/// When the database does not answer.
pub async fn size(database: &DatabaseConnection) -> StoreResult<u64> {
    let backend = database.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => "SELECT pg_database_size(current_database()) AS bytes",
        _ => "SELECT CAST(page_count * page_size AS INTEGER) AS bytes FROM pragma_page_count(), pragma_page_size()",
    };
    let row = database.query_one_raw(sea_orm::Statement::from_string(backend, sql)).await?;
    Ok(row.map(|row| row.try_get::<i64>("", "bytes")).transpose()?.unwrap_or_default().unsigned_abs())
}

/// Begins a transaction that may write. On SQLite it is IMMEDIATE: a deferred one that reads first
/// fails with "database is locked" as soon as another writes.
///
/// # Errors
/// When no connection or no write lock can be had in time.
#[expect(clippy::disallowed_methods, reason = "the one place where a transaction begins")]
pub async fn begin(database: &DatabaseConnection) -> StoreResult<Tx> {
    let options =
        TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    Ok(database.begin_with_options(options).await?)
}
