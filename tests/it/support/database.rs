//! A fresh, migrated database for each test: a SQLite file, or PostgreSQL when
//! `TEST_DATABASE_URL` names a server.

use samhandla::store::connection;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tokio::sync::OnceCell;

/// A database that is gone when the test ends.
pub struct TestDatabase {
    pub connection: DatabaseConnection,
    pub url: String,
    _directory: tempfile::TempDir,
}

/// Migrated once a process and copied for each test, since migrating takes longer than most tests.
static MIGRATED: OnceCell<Migrated> = OnceCell::const_new();

enum Migrated {
    /// The bytes of a SQLite file.
    File(Vec<u8>),
    /// A database on the server, by name.
    OnServer(String),
}

/// A fresh, migrated database.
pub async fn fresh() -> TestDatabase {
    let directory = tempfile::tempdir().unwrap();
    #[expect(clippy::disallowed_methods, reason = "the test command says which database to use")]
    let server = std::env::var("TEST_DATABASE_URL").ok();
    let url = match MIGRATED.get_or_init(|| migrated(server.as_deref())).await {
        Migrated::File(bytes) => {
            std::fs::write(directory.path().join("samhandla.db"), bytes).unwrap();
            connection::sqlite_url(directory.path())
        }
        Migrated::OnServer(template) => create_on_server(&server.unwrap(), Some(template)).await,
    };
    let connection = connection::connect(&url).await.unwrap();
    TestDatabase { connection, url, _directory: directory }
}

async fn migrated(server: Option<&str>) -> Migrated {
    let directory = tempfile::tempdir().unwrap();
    let url = match server {
        Some(server) => create_on_server(server, None).await,
        None => connection::sqlite_url(directory.path()),
    };
    let connection = connection::connect(&url).await.unwrap();
    connection::migrate(&connection).await.unwrap();
    // A template must have no guests, and a closed SQLite file is whole without its log.
    connection.close().await.unwrap();
    match server {
        Some(_) => Migrated::OnServer(url.rsplit_once('/').unwrap().1.to_owned()),
        None => Migrated::File(std::fs::read(directory.path().join("samhandla.db")).unwrap()),
    }
}

/// `server` ends in the name of a maintenance database, for example `/postgres`.
async fn create_on_server(server: &str, template: Option<&str>) -> String {
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let like = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    let maintenance = sea_orm::Database::connect(server).await.unwrap();
    maintenance.execute_unprepared(&format!("CREATE DATABASE {name}{like}")).await.unwrap();
    maintenance.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
