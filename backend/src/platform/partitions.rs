//! PostgreSQL's partitions of the large tables: made ahead, and dropped once they are empty. SQLite has none.
//!
//! Rows for which no partition was made are in the default one and stay there: moving them would keep writers waiting.

use chrono::{Days, Months, NaiveDate};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::types::{Month, clock};
use crate::platform::App;

/// Long enough for a quick writer to finish, short enough that those behind us do not notice.
const PATIENCE: &str = "SET LOCAL lock_timeout = '3s'";

/// How a table is cut.
#[derive(Clone, Copy, Debug)]
pub enum Cut {
    /// By an instant, into China's months.
    Months { table: &'static str, column: &'static str },
    /// By a day.
    Days { table: &'static str, column: &'static str },
}

impl Cut {
    /// The partition a number of steps after today's: its name and its bounds.
    fn ahead(self, today: NaiveDate, steps: u32) -> (String, String, String) {
        match self {
            Self::Months { table, .. } => {
                let first = Month::of(today).first() + Months::new(steps);
                let bound = |day| clock::day_start(day).to_rfc3339();
                (format!("{table}_{}", first.format("%Y_%m")), bound(first), bound(first + Months::new(1)))
            }
            Self::Days { table, .. } => {
                let day = today + Days::new(steps.into());
                (format!("{table}_{}", day.format("%Y_%m_%d")), day.to_string(), (day + Days::new(1)).to_string())
            }
        }
    }

    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Months { table, column } | Self::Days { table, column } => (table, column),
        }
    }
}

/// Makes today's partition and those to come. One whose rows have begun to gather in the default partition is left out.
pub async fn make_ahead(app: &App, cut: Cut, steps: u32) -> Result<(), DbErr> {
    if app.db.backend() != DbBackend::Postgres {
        return Ok(());
    }
    let ((table, column), today) = (cut.parts(), clock::china_today());
    for step in 0..=steps {
        let (name, from, to) = cut.ahead(today, step);
        let there = format!("SELECT to_regclass('{name}') IS NOT NULL AS yes");
        let taken = format!(
            "SELECT EXISTS (SELECT 1 FROM {table}_default WHERE {column} >= '{from}' AND {column} < '{to}') AS yes"
        );
        if yes(app.db.writer(), there).await? || yes(app.db.writer(), taken).await? {
            continue;
        }
        let tx = app.db.begin().await?;
        tx.execute_unprepared(PATIENCE).await?;
        tx.execute_unprepared(&format!(
            "CREATE TABLE {name} PARTITION OF {table} FOR VALUES FROM ('{from}') TO ('{to}')"
        ))
        .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Drops the partitions of days before `day` that hold nothing any more; tells how many.
pub async fn drop_empty_days(app: &App, table: &'static str, day: NaiveDate) -> Result<usize, DbErr> {
    if app.db.backend() != DbBackend::Postgres {
        return Ok(0);
    }
    let sql = format!(
        "SELECT relname::text AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid \
         WHERE inhparent = '{table}'::regclass"
    );
    let first_kept = format!("{table}_{}", day.format("%Y_%m_%d"));
    let rows = app.db.writer().query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let names = rows.iter().map(|row| row.try_get::<String>("", "name")).collect::<Result<Vec<_>, _>>()?;
    let mut dropped = 0;
    // Names of days sort like days, and `default` after all of them.
    for name in names.into_iter().filter(|name| *name < first_kept) {
        let tx = app.db.begin().await?;
        tx.execute_unprepared(PATIENCE).await?;
        // The whole table first, as writers take it, so that neither waits for what the other holds.
        tx.execute_unprepared(&format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")).await?;
        if yes(&tx, format!("SELECT NOT EXISTS (SELECT 1 FROM {name}) AS yes")).await? {
            tx.execute_unprepared(&format!("DROP TABLE {name}")).await?;
            dropped += 1;
        }
        tx.commit().await?;
    }
    Ok(dropped)
}

async fn yes(db: &impl ConnectionTrait, question: String) -> Result<bool, DbErr> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, question)).await?;
    row.map_or(Ok(false), |row| row.try_get("", "yes"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that fails should panic")]
    use super::*;

    #[test]
    fn partitions_are_named_by_what_they_hold() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
        let months = Cut::Months { table: "punch", column: "at" };
        let (name, from, to) = months.ahead(today, 1);
        assert_eq!((name.as_str(), from.as_str()), ("punch_2027_01", "2026-12-31T16:00:00+00:00"));
        assert_eq!(to, "2027-01-31T16:00:00+00:00");
        let days = Cut::Days { table: "punch_photo", column: "received_on" };
        assert_eq!(days.ahead(today, 0).0, "punch_photo_2026_12_31");
        let next = days.ahead(today, 1);
        assert_eq!(
            (next.0.as_str(), next.1.as_str(), next.2.as_str()),
            ("punch_photo_2027_01_01", "2027-01-01", "2027-01-02")
        );
    }
}
