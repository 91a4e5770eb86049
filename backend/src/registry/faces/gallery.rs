//! Everybody's faces of a city in memory, brought up to date before each search.

use std::time::{Duration, Instant};

use ::vision::{Embedding, Gallery};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope,
        person_image::{self, Column, ImageKind},
    },
    platform::{
        App,
        types::RegionCode,
        vision::Kept,
        web::{Error, Result},
    },
};

/// Somebody who comes into the city without a new picture is noticed when it is read as a whole.
const WHOLE: Duration = Duration::from_secs(60 * 60);
/// A row may be seen a while after the moment it carries: its transaction has to end, and clocks differ.
const LATE: TimeDelta = TimeDelta::minutes(5);
const BATCH: u64 = 2_000;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    embedding: Option<Vec<u8>>,
    model: Option<String>,
    superseded_at: Option<DateTime<Utc>>,
    deleted_at: Option<DateTime<Utc>>,
}

impl Row {
    fn numbers(&self, model: &str) -> Option<Embedding> {
        let usable = self.model.as_deref() == Some(model) && self.superseded_at.is_none() && self.deleted_at.is_none();
        self.embedding.as_deref().filter(|_| usable).and_then(Embedding::from_bytes)
    }
}

/// The pictures of a city whose faces are nearest, with their distances.
pub async fn nearest(
    app: &App,
    city: &RegionCode,
    face: &Embedding,
    count: usize,
    limit: f64,
    model: &str,
) -> Result<Vec<(Uuid, f32)>> {
    let mut kept = app.galleries.enter(&format!("{} {model}", city.prefix())).await;
    bring_up_to_date(app, city, model, &mut kept).await?;
    // What is stored is single precision; a distance that equals the limit is within it.
    let limit = (limit + 1e-6) as f32;
    let face = face.clone();
    // Milliseconds for a million faces, which are nobody else's to wait for.
    let search = tokio::task::spawn_blocking(move || kept.faces.nearest(&face, count, limit));
    search.await.map_err(Error::internal)
}

async fn bring_up_to_date(app: &App, city: &RegionCode, model: &str, kept: &mut Kept) -> Result<()> {
    let now = Utc::now();
    let is_old = kept.read_at.is_none_or(|at| at.elapsed() > WHOLE);
    let since = (!is_old).then(|| kept.as_of - LATE);
    if is_old {
        kept.faces = Gallery::default();
        kept.read_at = None;
    }
    let mut after = Uuid::nil();
    loop {
        let rows = read(app, city, since, after).await?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        for row in &rows {
            if since.is_some() {
                kept.faces.remove(row.id);
            }
            if let Some(numbers) = row.numbers(model) {
                kept.faces.push(row.id, &numbers);
            }
        }
    }
    if is_old {
        kept.read_at = Some(Instant::now());
    }
    kept.as_of = now;
    Ok(())
}

async fn read(app: &App, city: &RegionCode, since: Option<DateTime<Utc>>, after: Uuid) -> Result<Vec<Row>> {
    let reach = match city.prefix() {
        "" => Reach::everything(),
        prefix => Reach(vec![Scope::Region(prefix.to_owned())]),
    };
    let mut select = person_image::Entity::find_in(&reach)
        .select_only()
        .columns([Column::Id, Column::Embedding, Column::Model, Column::SupersededAt, Column::DeletedAt])
        .filter(Column::Kind.eq(ImageKind::Face))
        .filter(Column::Id.gt(after));
    select = match since {
        Some(since) => select.filter(Column::UpdatedAt.gte(since)),
        None => select.filter(Column::Embedding.is_not_null()).filter(Column::SupersededAt.is_null()),
    };
    Ok(select.order_by_asc(Column::Id).limit(BATCH).into_model().all(app.db.reader()).await?)
}
