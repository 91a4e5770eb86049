//! The bare limit: the same rows by COPY, a hundred at a time, without a gateway, a question or an answer.

use std::time::{Duration, Instant};

use chrono::{NaiveDate, Utc};
use sea_orm::sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::Result;
use crate::ground::Ground;

const BATCH: usize = 100;
const PHOTO: usize = 10_240;
/// As many as the gateway has writers.
const CONNECTIONS: usize = 2;

const PUNCHES: &str = "COPY punch (id, project_id, device_id, person_number, person_id, entry_id, at, received_at, day, \
                       mode, direction, source, photo_size) FROM STDIN (FORMAT binary)";
const PHOTOS: &str = "COPY punch_photo (received_on, project_id, punch_id, bytes) FROM STDIN (FORMAT binary)";

pub async fn per_second(ground: &Ground, seconds: u64) -> Result<f64> {
    let length = Duration::from_secs(seconds);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..CONNECTIONS {
        let (url, project) = (ground.url.clone(), ground.sites[number].project);
        tasks.spawn(async move { copy_for(&url, project, length).await });
    }
    let mut rows = 0;
    while let Some(copied) = tasks.join_next().await {
        rows += copied??;
    }
    Ok(rows as f64 / length.as_secs_f64())
}

async fn copy_for(url: &str, project: Uuid, length: Duration) -> Result<usize> {
    let mut connection = PgConnection::connect(url).await?;
    let (start, device, photo, mut rows) = (Instant::now(), Uuid::now_v7(), vec![7; PHOTO], 0);
    while start.elapsed() < length {
        let (punches, photos) = batch(project, device, rows as i64, &photo);
        let mut tx = connection.begin().await?;
        for (sql, bytes) in [(PUNCHES, punches), (PHOTOS, photos)] {
            let mut copy = tx.copy_in_raw(sql).await?;
            copy.send(bytes).await?;
            copy.finish().await?;
        }
        tx.commit().await?;
        rows += BATCH;
    }
    Ok(rows)
}

fn batch(project: Uuid, device: Uuid, first: i64, photo: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (mut punches, mut photos) = (header(), header());
    let now = Utc::now();
    let microseconds = now.timestamp_micros() - 946_684_800_000_000;
    let day = days(now.date_naive());
    for row in first..first + BATCH as i64 {
        let id = Uuid::now_v7();
        punches.extend(13_u16.to_be_bytes());
        for uuid in [id, project, device] {
            field(&mut punches, uuid.as_bytes());
        }
        field(&mut punches, &row.to_be_bytes());
        field(&mut punches, id.as_bytes());
        field(&mut punches, id.as_bytes());
        field(&mut punches, &microseconds.to_be_bytes());
        field(&mut punches, &microseconds.to_be_bytes());
        field(&mut punches, &day.to_be_bytes());
        field(&mut punches, &6_i32.to_be_bytes());
        field(&mut punches, b"turns");
        field(&mut punches, b"terminal");
        field(&mut punches, &(PHOTO as i32).to_be_bytes());

        photos.extend(4_u16.to_be_bytes());
        field(&mut photos, &day.to_be_bytes());
        field(&mut photos, project.as_bytes());
        field(&mut photos, id.as_bytes());
        field(&mut photos, photo);
    }
    for bytes in [&mut punches, &mut photos] {
        bytes.extend((-1_i16).to_be_bytes());
    }
    (punches, photos)
}

fn header() -> Vec<u8> {
    let mut bytes = b"PGCOPY\n\xff\r\n\0".to_vec();
    bytes.extend([0; 8]);
    bytes
}

fn field(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend((bytes.len() as u32).to_be_bytes());
    out.extend(bytes);
}

/// PostgreSQL counts from 2000.
fn days(day: NaiveDate) -> i32 {
    (day - NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()).num_days() as i32
}
