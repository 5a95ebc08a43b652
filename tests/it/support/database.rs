//! A fresh, migrated database for each test: a SQLite file, or PostgreSQL when
//! `TEST_DATABASE_URL` names a server.

use samhandla::store::connection;
use sea_orm::{ConnectionTrait, DatabaseConnection};

/// A database that is gone when the test ends.
pub struct TestDatabase {
    pub connection: DatabaseConnection,
    pub url: String,
    _directory: tempfile::TempDir,
}

/// A fresh, migrated database.
pub async fn fresh() -> TestDatabase {
    let directory = tempfile::tempdir().unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test command says which database to use")]
    let url = match std::env::var("TEST_DATABASE_URL") {
        Ok(server) => create_on_server(&server).await,
        Err(_) => connection::sqlite_url(directory.path()),
    };
    let connection = connection::connect(&url).await.unwrap();
    connection::migrate(&connection).await.unwrap();
    TestDatabase { connection, url, _directory: directory }
}

/// `server` ends in the name of a maintenance database, for example `/postgres`.
async fn create_on_server(server: &str) -> String {
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let maintenance = sea_orm::Database::connect(server).await.unwrap();
    maintenance.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    maintenance.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
