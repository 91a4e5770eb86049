//! A database with the newest schema, made once for each build of the tests: every test's own is a copy of it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use mingce::platform::{
    config::{Config, Secret},
    database::Database,
};
use sea_orm::{ConnectionTrait, DatabaseConnection};

/// Copies it to the file `to`.
pub async fn copy_sqlite(to: &Path) {
    let kept = folder().join(format!("{}.db", name()));
    if !kept.exists() {
        let _lock = lock();
        if !kept.exists() {
            let making = kept.with_extension("making");
            migrate(&format!("sqlite://{}", making.display())).await;
            // What is still in the log beside the file would be missing in every copy.
            assert!(!making.with_extension("making-wal").exists());
            fs::rename(making, &kept).unwrap();
        }
    }
    fs::copy(kept, to).unwrap();
}

/// Makes the database `to` on the server that `admin` is connected to.
pub async fn copy_postgres(admin: &DatabaseConnection, address: impl Fn(&str) -> String, to: &str) {
    let kept = name();
    if !has(admin, &kept).await {
        let _lock = lock();
        if !has(admin, &kept).await {
            let making = format!("{kept}_making");
            run(admin, &format!("DROP DATABASE IF EXISTS {making}")).await;
            run(admin, &format!("CREATE DATABASE {making}")).await;
            migrate(&address(&making)).await;
            run(admin, &format!("ALTER DATABASE {making} RENAME TO {kept}")).await;
        }
    }
    run(admin, &format!("CREATE DATABASE {to} TEMPLATE {kept}")).await;
}

async fn migrate(url: &str) {
    let mut config = Config::demo().unwrap().database;
    config.url = Secret::new(url.to_owned());
    let db = Database::connect(&config).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await.unwrap();
}

async fn has(admin: &DatabaseConnection, name: &str) -> bool {
    let query = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    admin.query_one_raw(sea_orm::Statement::from_string(admin.get_database_backend(), query)).await.unwrap().is_some()
}

async fn run(admin: &DatabaseConnection, statement: &str) {
    admin.execute_unprepared(statement).await.unwrap();
}

/// Held while one is made: the tests are many processes.
fn lock() -> File {
    let file = File::create(folder().join("schema.lock")).unwrap();
    file.lock().unwrap();
    file
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

/// Another build may bring another schema.
fn name() -> String {
    let built = fs::metadata(std::env::current_exe().unwrap()).unwrap().modified().unwrap();
    format!("mingce_schema_{}", built.duration_since(UNIX_EPOCH).unwrap().as_millis())
}
