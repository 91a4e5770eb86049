//! The PostgreSQL way: columns go over as arrays, so that a batch of any size is the same few prepared statements.
//! This is a level below the entities, because they know no arrays and would copy every photo.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveEnum,
    sqlx::{self, PgConnection, PgPool, Row as _},
};
use uuid::Uuid;

use super::{
    Day, DayKey, Outcome,
    batch::{Batch, Key, Row},
};
use crate::platform::web::Result;

const PUNCHES: &str = "\
    INSERT INTO punch (id, project_id, device_id, person_number, person_id, entry_id, at, received_at, day, mode, \
                       direction, source, refusal, photo_size) \
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[], $6::uuid[], $7::timestamptz[], \
                         $8::timestamptz[], $9::date[], $10::int[], $11::text[], $12::text[], $13::text[], $14::int[]) \
    ON CONFLICT DO NOTHING RETURNING id";

/// Unnested side by side and not as a table, which would first be put together with all its photos.
const PHOTOS: &str = "\
    INSERT INTO punch_photo (received_on, project_id, punch_id, bytes) \
    SELECT unnest($1::date[]), unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::bytea[])";

const DAYS: &str = "\
    INSERT INTO attendance_day AS kept \
           (project_id, entry_id, day, person_id, marks, first_at, last_at, minutes, count, inside) \
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::uuid[], $5::text[], $6::timestamptz[], \
                         $7::timestamptz[], $8::int[], $9::int[], $10::bool[]) \
    ON CONFLICT (project_id, entry_id, day) DO UPDATE SET ";

/// Adds to the marks that are there, which locks the row, and gives all of them back.
const APPEND_MARKS: &str = "marks = kept.marks || excluded.marks RETURNING project_id, entry_id, day, marks";

/// An upsert finds each row by its key, whatever the planner thinks of arrays.
const OVERWRITE: &str = "\
    marks = excluded.marks, first_at = excluded.first_at, last_at = excluded.last_at, minutes = excluded.minutes, \
    count = excluded.count, inside = excluded.inside RETURNING project_id, entry_id, day, marks";

const KNOWN: &str = "\
    SELECT asked.device_id, asked.person_number, asked.at, known.refusal \
    FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[]) AS asked (device_id, person_number, at) \
    CROSS JOIN LATERAL (SELECT refusal FROM punch WHERE punch.device_id = asked.device_id \
                        AND punch.person_number = asked.person_number AND punch.at = asked.at LIMIT 1) AS known";

pub(super) async fn write(pool: &PgPool, batch: &Batch<'_>) -> Result<Outcome> {
    let mut tx = pool.begin().await?;
    let mut outcome = Outcome { new: punches(&mut tx, &batch.rows).await?, ..Outcome::default() };
    photos(&mut tx, &batch.new_rows(&outcome)).await?;
    let sent = batch.days(&outcome);
    let mut marks = days(&mut tx, &sent, APPEND_MARKS).await?;
    // A row that now holds what was sent was not there before, and is right already.
    let earlier = sent.into_iter().filter_map(|day| {
        let all = marks.remove(&day.key)?;
        (all != day.marks).then(|| day.with_all(all))
    });
    days(&mut tx, &earlier.collect::<Vec<_>>(), OVERWRITE).await?;
    outcome.known = known(&mut tx, &batch.repeats(&outcome)).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// A column of some rows.
fn each<'a, R, T>(rows: &'a [R], of: impl FnMut(&'a R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

async fn punches(tx: &mut PgConnection, rows: &[Row<'_>]) -> Result<HashSet<Uuid>> {
    let insert = sqlx::query(PUNCHES)
        .bind(each(rows, |row| row.id))
        .bind(each(rows, |row| row.punch.project_id))
        .bind(each(rows, |row| row.punch.device_id))
        .bind(each(rows, |row| row.punch.person_number))
        .bind(each(rows, |row| row.punch.person_id))
        .bind(each(rows, |row| row.punch.entry_id))
        .bind(each(rows, |row| row.key.2))
        .bind(each(rows, |row| row.punch.received_at))
        .bind(each(rows, |row| row.punch.day))
        .bind(each(rows, |row| i32::from(row.punch.mode)))
        .bind(each(rows, |row| row.punch.direction.to_value()))
        .bind(each(rows, |row| row.punch.source.to_value()))
        .bind(each(rows, |row| row.punch.refusal.as_deref()))
        .bind(each(rows, Row::photo_size));
    let mut new = HashSet::with_capacity(rows.len());
    for row in insert.fetch_all(tx).await? {
        new.insert(row.try_get(0)?);
    }
    Ok(new)
}

async fn photos(tx: &mut PgConnection, rows: &[&Row<'_>]) -> Result<()> {
    let rows: Vec<_> = rows.iter().filter(|row| !row.punch.photo.is_empty()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(PHOTOS)
        .bind(each(&rows, |row| row.received_on()))
        .bind(each(&rows, |row| row.punch.project_id))
        .bind(each(&rows, |row| row.id))
        .bind(each(&rows, |row| &*row.punch.photo))
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes day rows; gives the marks that each holds then.
async fn days(tx: &mut PgConnection, rows: &[Day], on_conflict: &'static str) -> Result<HashMap<DayKey, String>> {
    let mut marks = HashMap::with_capacity(rows.len());
    if rows.is_empty() {
        return Ok(marks);
    }
    let upsert = sqlx::query(sqlx::AssertSqlSafe([DAYS, on_conflict].concat()))
        .bind(each(rows, |day| day.key.project_id))
        .bind(each(rows, |day| day.key.entry_id))
        .bind(each(rows, |day| day.key.day))
        .bind(each(rows, |day| day.person_id))
        .bind(each(rows, |day| day.marks.as_str()))
        .bind(each(rows, |day| day.first_at))
        .bind(each(rows, |day| day.last_at))
        .bind(each(rows, |day| day.minutes))
        .bind(each(rows, |day| day.count))
        .bind(each(rows, |day| day.inside));
    for row in upsert.fetch_all(tx).await? {
        let key = DayKey { project_id: row.try_get(0)?, entry_id: row.try_get(1)?, day: row.try_get(2)? };
        marks.insert(key, row.try_get(3)?);
    }
    Ok(marks)
}

async fn known(tx: &mut PgConnection, rows: &[&Row<'_>]) -> Result<HashMap<Key, Option<String>>> {
    let mut known = HashMap::with_capacity(rows.len());
    if rows.is_empty() {
        return Ok(known);
    }
    let select = sqlx::query(KNOWN)
        .bind(each(rows, |row| row.key.0))
        .bind(each(rows, |row| row.key.1))
        .bind(each(rows, |row| row.key.2));
    for row in select.fetch_all(tx).await? {
        known.insert((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?), row.try_get(3)?);
    }
    Ok(known)
}
