//! The database: SQLite with one writer and many readers, or PostgreSQL. Same entities, same migrations.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ColumnTrait, Condition, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, ExprTrait, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sea_query::{Expr, Func, LikeExpr},
    sqlx::{self, Connection, PgPool},
};

use super::{
    config::DatabaseConfig,
    web::{Error, Result},
};

/// Any number, the same for all processes of Mingce: whoever holds it migrates.
const MIGRATION_LOCK: i64 = 0x6d69_6e67_6365;

/// Connections. On SQLite one of them writes, so that writers queue here and never meet "database is locked".
#[derive(Clone, Debug)]
pub struct Database {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    trust: Trust,
    patience: Duration,
}

impl Database {
    pub async fn connect(config: &DatabaseConfig) -> Result<Self, DbErr> {
        let url = config.url.expose();
        let trust = Trust::default();
        let patience = Duration::from_secs(config.acquire_timeout_seconds);
        if url.starts_with("postgres") {
            let mut options = postgres(options(config, url, config.max_connections), config, &trust);
            // A pool that opens on first use lets the platform start, and say so on /readyz, while the database is away.
            options.connect_lazy(true);
            let pool = sea_orm::Database::connect(options).await?;
            return Ok(Self { reader: pool.clone(), writer: pool, trust, patience });
        }
        make_folder(url)?;
        let writer_url = if url.contains('?') { format!("{url}&mode=rwc") } else { format!("{url}?mode=rwc") };
        let writer = sea_orm::Database::connect(sqlite(options(config, &writer_url, 1))).await?;
        let reader = sea_orm::Database::connect(sqlite(options(config, url, config.max_connections))).await?;
        Ok(Self { reader, writer, trust, patience })
    }

    /// For reads. They never wait for the writer.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single statements that write.
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// For everything that belongs together. Dropped without `commit`, it never happened.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            access_mode: (self.backend() == DbBackend::Postgres).then_some(AccessMode::ReadWrite),
            sqlite_transaction_mode: (self.backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Does `work` in one transaction; once more when the database broke it up because it stood in another's way.
    pub async fn transaction<T>(&self, work: impl AsyncFn(&DatabaseTransaction) -> Result<T>) -> Result<T> {
        match self.once(&work).await {
            Err(Error::Collided(reason)) => {
                tracing::info!(reason, "a transaction stood in another's way and is done once more");
                self.once(&work).await
            }
            ended => ended,
        }
    }

    async fn once<T>(&self, work: impl AsyncFn(&DatabaseTransaction) -> Result<T>) -> Result<T> {
        let tx = self.begin().await?;
        let done = work(&tx).await?;
        tx.commit().await?;
        Ok(done)
    }

    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// The pool beneath, for statements that carry arrays, which entities do not know; nothing on SQLite.
    pub fn postgres(&self) -> Option<&PgPool> {
        (self.backend() == DbBackend::Postgres).then(|| self.writer.get_postgres_connection_pool())
    }

    pub async fn ping(&self) -> Result<(), DbErr> {
        self.writer.ping().await?;
        self.reader.ping().await
    }

    /// Brings the schema up to date; of several processes that start at once, one does it and the others wait.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        if self.backend() == DbBackend::Sqlite {
            let tx = self.begin().await?;
            Migrator::up(&tx, None).await?;
            return tx.commit().await;
        }
        let tx = self.writer.begin().await?;
        // An index of a large table takes its time, and so does whoever builds it before us.
        tx.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
        Migrator::up(&tx, None).await?;
        tx.commit().await
    }

    /// Whatever takes longer than `patience` is given up. The connections it used may be deaf, so that none is trusted
    /// for a while: what was given up comes back to the pool only now.
    pub async fn within<T>(&self, patience: Duration, work: impl Future<Output = T>) -> Option<T> {
        let mut work = std::pin::pin!(work);
        let answer = tokio::time::timeout(patience, &mut work).await.ok();
        if answer.is_none() {
            self.trust.doubt();
        }
        answer
    }

    /// Ends when every connection has ended, or has had its time to.
    pub async fn close(self) -> Result<(), DbErr> {
        let Self { reader, writer, patience, .. } = self;
        let both = async {
            reader.close().await?;
            writer.close().await
        };
        tokio::time::timeout(patience, both).await.unwrap_or_else(|_| {
            tracing::warn!("connections that do not answer are left to the operating system");
            Ok(())
        })
    }
}

fn options(config: &DatabaseConfig, url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(config.acquire_timeout_seconds))
        .connect_timeout(Duration::from_secs(config.acquire_timeout_seconds))
        .sqlx_logging(false);
    options
}

/// A network that goes silent tells nobody: a query under way would wait for its answer for ever, and its connection
/// with it. So statements end by themselves, callers are given up ([`Database::within`]), and what they leave behind has
/// to answer within a moment before it is lent again: unless the database has just been heard, for every answer asked
/// for is a round trip, and most statements are no more than that themselves.
fn postgres(mut options: ConnectOptions, config: &DatabaseConfig, trust: &Trust) -> ConnectOptions {
    let patience = Duration::from_secs(config.acquire_timeout_seconds);
    let trust = trust.clone();
    options
        .statement_timeout(Duration::from_secs(config.statement_timeout_seconds))
        // What was asked when it came back need not be asked again when it is lent at once.
        .test_before_acquire_if_idle_for(Duration::from_secs(1))
        .map_sqlx_postgres_pool_opts(move |pool| {
            let trust = trust.clone();
            pool.after_release(move |connection, _| {
                let trust = trust.clone();
                Box::pin(async move {
                    if trust.holds() {
                        return Ok(true);
                    }
                    let Ok(answer) = tokio::time::timeout(patience, connection.ping()).await else {
                        trust.doubt();
                        return Err(sqlx::Error::PoolTimedOut);
                    };
                    answer?;
                    trust.heard();
                    Ok(true)
                })
            })
        });
    options
}

/// Whether a connection that comes back may be taken to work. The pool asks it too, but waits for the answer as long as
/// the kernel does, a quarter of an hour: whatever could be deaf has to be found out before.
#[derive(Clone, Debug, Default)]
struct Trust(Arc<Mutex<Impression>>);

#[derive(Debug, Default)]
struct Impression {
    heard_at: Option<Instant>,
    doubted_at: Option<Instant>,
}

impl Trust {
    const JUST_NOW: Duration = Duration::from_millis(500);
    /// Longer than anything that began before the silence is waited for.
    const DOUBT: Duration = Duration::from_secs(120);

    fn holds(&self) -> bool {
        let impression = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let within = |at: Option<Instant>, time| at.is_some_and(|at| at.elapsed() < time);
        within(impression.heard_at, Self::JUST_NOW) && !within(impression.doubted_at, Self::DOUBT)
    }

    fn heard(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).heard_at = Some(Instant::now());
    }

    fn doubt(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).doubted_at = Some(Instant::now());
    }
}

fn sqlite(mut options: ConnectOptions) -> ConnectOptions {
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .foreign_keys(true)
            .journal_mode(sea_orm::sqlx::sqlite::SqliteJournalMode::Wal)
            // Full: what was acknowledged survives a power cut, not only a killed process.
            .synchronous(sea_orm::sqlx::sqlite::SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            // Rows on their way from SQLite's thread: with few, long lists are mostly waking up.
            .row_buffer_size(500)
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory")
    });
    options
}

fn make_folder(url: &str) -> Result<(), DbErr> {
    let path = url.trim_start_matches("sqlite://").split('?').next().unwrap_or_default();
    match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|error| DbErr::Custom(format!("cannot make {}: {error}", folder.display()))),
        _ => Ok(()),
    }
}

/// Whether a column contains a text as somebody typed it: `%` and `_` stand for themselves, and letters' case is
/// the same to both databases.
pub fn contains(column: impl ColumnTrait, typed: &str) -> Condition {
    let escaped = typed.trim().to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let pattern = LikeExpr::new(format!("%{escaped}%")).escape('\\');
    Condition::all().add(Expr::expr(Func::lower(Expr::col(column.as_column_ref()))).like(pattern))
}

/// The next number of a counter. Gaps after a rollback are fine on PostgreSQL, where transactions must not wait for one
/// another over a number.
pub async fn next_number(db: &impl ConnectionTrait, counter: &'static str) -> Result<i64, DbErr> {
    take_numbers(db, counter, 1).await?.pop().ok_or_else(|| DbErr::RecordNotFound(counter.to_owned()))
}

/// `count` numbers of a counter at once. They need not be neighbours: others may take some meanwhile.
pub async fn take_numbers(db: &impl ConnectionTrait, counter: &'static str, count: u32) -> Result<Vec<i64>, DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SELECT nextval('{counter}') AS number FROM generate_series(1, {count})");
        let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        return rows.iter().map(|row| row.try_get("", "number")).collect();
    }
    let sql = "UPDATE counter SET value = value + $1 WHERE name = $2 RETURNING value AS last";
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [count.into(), counter.into()]);
    let row = db.query_one_raw(statement).await?.ok_or_else(|| DbErr::RecordNotFound(counter.to_owned()))?;
    let last: i64 = row.try_get("", "last")?;
    Ok((last - i64::from(count) + 1..=last).collect())
}
