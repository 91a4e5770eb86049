//! Every step of the schema goes up, down and up again, on both databases.

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::api::support::TestApp;

async fn tables(app: &TestApp) -> Vec<String> {
    let db = app.app.db.writer();
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        _ => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1",
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

story! {
    async fn the_schema_goes_up_and_down_and_up_again(app: &TestApp) {
        let before = tables(app).await;
        assert!(before.iter().any(|table| table == "roster_entry"));
        Migrator::down(app.app.db.writer(), None).await.unwrap();
        assert_eq!(tables(app).await, ["seaql_migrations"]);
        Migrator::up(app.app.db.writer(), None).await.unwrap();
        assert_eq!(tables(app).await, before);
    }
}

story! {
    async fn processes_that_start_at_once_migrate_once(app: &TestApp) {
        Migrator::down(app.app.db.writer(), None).await.unwrap();
        let (a, b, c) = tokio::join!(app.app.db.migrate(), app.app.db.migrate(), app.app.db.migrate());
        a.and(b).and(c).unwrap();
        assert!(tables(app).await.iter().any(|table| table == "roster_entry"));
    }
}

story! {
    async fn foreign_keys_hold(app: &TestApp) {
        let orphan = "INSERT INTO session (id, account_id, kind, token_hash, csrf_token, ip, user_agent, created_at, last_seen_at, expires_at) \
            VALUES ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'browser', 'x', 'x', 'x', 'x', \
            '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')";
        assert!(app.app.db.writer().execute_unprepared(orphan).await.is_err());
    }
}

story! {
    async fn whether_anything_refers_to_a_file_is_looked_up_in_an_index(app: &TestApp) {
        let db = app.app.db.writer();
        let (referring, unindexed) = match db.get_database_backend() {
            DbBackend::Postgres => {
                let referring = "SELECT c.conrelid::regclass::text || '.' || a.attname AS name FROM pg_constraint c \
                    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
                    WHERE c.contype = 'f' AND c.confrelid = 'stored_file'::regclass";
                let indexed = "EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])";
                (referring.to_owned(), format!("{referring} AND NOT {indexed}"))
            }
            _ => {
                let referring = "SELECT m.name || '.' || f.\"from\" AS name FROM sqlite_master m, \
                    pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" = 'stored_file'";
                let indexed = "EXISTS (SELECT 1 FROM pragma_index_list(m.name) l, pragma_index_info(l.name) i \
                    WHERE i.seqno = 0 AND i.name = f.\"from\")";
                (referring.to_owned(), format!("{referring} AND NOT {indexed}"))
            }
        };
        let names = async |sql: String| -> Vec<String> {
            let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
            rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
        };
        assert!(names(referring).await.len() >= 7);
        let unindexed = names(unindexed).await;
        assert!(unindexed.is_empty(), "{unindexed:?}");
    }
}
