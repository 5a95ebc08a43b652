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

/// Everything that stands in the database: each row of each table as text, in order.
pub async fn snapshot(db: &DatabaseConnection) -> Vec<String> {
    use sea_orm::{DbBackend, Statement};
    let backend = db.get_database_backend();
    let names = match backend {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        }
        _ => {
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
        }
    };
    let texts = async |sql: String| -> Vec<String> {
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
        rows.into_iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect()
    };
    let mut all = Vec::new();
    for table in texts(names.to_owned()).await {
        let row = match backend {
            DbBackend::Sqlite => {
                let columns = texts(format!("SELECT quote(name) FROM pragma_table_info('{table}')")).await;
                let quoted: Vec<String> =
                    columns.iter().map(|name| format!("quote(\"{}\")", name.trim_matches('\''))).collect();
                quoted.join(" || ',' || ")
            }
            _ => "row_to_json(the_row)::text".to_owned(),
        };
        let rows = texts(format!("SELECT {row} AS one FROM \"{table}\" AS the_row ORDER BY 1")).await;
        all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    all
}
