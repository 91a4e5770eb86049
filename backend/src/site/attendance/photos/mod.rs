//! Photos of punches: rows of the database for the first days, because a punch and its photo are one commit, and then
//! packs in the file store, one for some thousand photos, because a city has a hundred million a year.
//!
//! A photo is in one of the two places: the transaction that notes a pack deletes the rows. Packs never change, so that
//! a backup copies each once; they go as a whole when the region's days are over.

mod expire;
mod pack;
mod pack_days;

pub use expire::ExpirePhotos;
pub use pack_days::PackPhotos;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    entity::{photo_pack, punch_photo},
    platform::{
        App,
        files::Links,
        types::clock,
        web::{Error, Result},
    },
    registry::policies::Policy,
};

/// Where a photo is found: by whose it is, and the day on which it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoKey {
    pub project_id: Uuid,
    pub received_on: NaiveDate,
    pub punch_id: Uuid,
}

impl PhotoKey {
    /// The address of a photo, before it is signed.
    pub fn path(self) -> String {
        let Self { project_id, received_on, punch_id } = self;
        format!("/api/v1/punch-photos/{project_id}/{received_on}/{punch_id}")
    }
}

/// Reads a photo, wherever it is.
pub async fn read(app: &App, key: PhotoKey) -> Result<Bytes> {
    let PhotoKey { project_id, received_on, punch_id } = key;
    let db = app.db.reader();
    if let Some(row) = punch_photo::Entity::find_by_id((received_on, project_id, punch_id)).one(db).await? {
        return Ok(row.bytes.into());
    }
    // Packs of a day overlap when a night's packing was interrupted, so more than one may be the right one.
    let packs = photo_pack::Entity::find()
        .filter(photo_pack::Column::ProjectId.eq(project_id))
        .filter(photo_pack::Column::ReceivedOn.eq(received_on))
        .filter(photo_pack::Column::FirstId.lte(punch_id))
        .filter(photo_pack::Column::LastId.gte(punch_id));
    for found in packs.all(db).await? {
        let table = app.files.read_range(&found.storage_key, 0..pack::table_length(found.photos)).await?;
        if let Some(range) = pack::find(&table, punch_id) {
            return Ok(app.files.read_range(&found.storage_key, range).await?);
        }
    }
    Err(Error::NotFound)
}

/// Makes links to photos for rows of a list, as long as these are kept.
#[derive(Clone)]
pub struct PhotoLinks {
    links: Links,
    kept_since: NaiveDate,
}

impl PhotoLinks {
    pub fn new(app: &App, policy: &Policy) -> Self {
        Self { links: app.files.links.clone(), kept_since: kept_since(policy) }
    }

    pub fn of(&self, project_id: Uuid, punch_id: Uuid, received_at: DateTime<Utc>, size: i32) -> Option<String> {
        let received_on = clock::china_day(received_at);
        let kept = size > 0 && received_on >= self.kept_since;
        kept.then(|| self.links.signed(&PhotoKey { project_id, received_on, punch_id }.path()))
    }
}

/// The first day of which a region keeps photos.
fn kept_since(policy: &Policy) -> NaiveDate {
    clock::china_today() - TimeDelta::days(policy.punch_photo_days)
}
