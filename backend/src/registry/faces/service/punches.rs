//! JD10: a punch whose photo shows somebody else of the site.

use ::vision::Embedding;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::compare::row;
use crate::{
    entity::{
        face_comparison::ComparisonKind,
        person_image::{self, Column, ImageKind, ImageSource},
        project, roster_entry,
    },
    platform::{
        App,
        files::{
            Purpose, Upload,
            service::{claim, store},
        },
        web::Result,
    },
    registry::faces::rules::Limits,
};

/// The face of somebody on a site.
#[derive(Clone, Debug)]
pub struct FaceOnSite {
    pub image: person_image::Model,
    pub numbers: Embedding,
}

/// The current faces of everybody on a site that this network has looked at.
pub async fn faces_on_site(app: &App, project_id: Uuid, model: &str) -> Result<Vec<FaceOnSite>> {
    let here = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::PersonId)
        .filter(roster_entry::Column::ProjectId.eq(project_id))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .into_query();
    let images = person_image::Entity::find()
        .filter(Column::PersonId.in_subquery(here))
        .filter(Column::Kind.eq(ImageKind::Face))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::Model.eq(model))
        .all(app.db.reader())
        .await?;
    let with_numbers = |image: person_image::Model| {
        let numbers = image.embedding.as_deref().and_then(Embedding::from_bytes)?;
        Some(FaceOnSite { image, numbers })
    };
    Ok(images.into_iter().filter_map(with_numbers).collect())
}

/// A punch, and what its photo shows.
pub struct Punched<'a> {
    pub punch_id: Uuid,
    pub person_id: Uuid,
    pub project: &'a project::Model,
    pub at: DateTime<Utc>,
    pub photo: Bytes,
    /// The face on it.
    pub numbers: Embedding,
}

/// Keeps the photo as a picture of whoever is said to have punched, beside the face it looks like, for somebody to look
/// at. False if that was done before: the picture has the punch's id.
pub async fn warn_of(
    app: &App,
    punched: Punched<'_>,
    other: &FaceOnSite,
    distance: f64,
    limits: Limits,
) -> Result<bool> {
    let Punched { punch_id, person_id, project, at, photo, numbers } = punched;
    if person_image::Entity::find_by_id(punch_id).one(app.db.writer()).await?.is_some() {
        return Ok(false);
    }
    let upload = Upload { purpose: Purpose::Photo, name: "打卡照片.jpg".to_owned(), bytes: photo };
    let file = store(app, None, upload).await?;
    let tx = app.db.begin().await?;
    claim(&tx, None, Purpose::Photo, file.id, "photo").await?;
    let now = Utc::now();
    let image = person_image::ActiveModel {
        id: Set(punch_id),
        person_id: Set(person_id),
        kind: Set(ImageKind::Punch),
        version: Set(next_version(&tx, person_id).await?),
        file_id: Set(Some(file.id)),
        source: Set(ImageSource::Terminal),
        embedding: Set(Some(numbers.to_bytes())),
        model: Set(other.image.model.clone()),
        checked_at: Set(Some(now)),
        created_at: Set(at),
        updated_at: Set(now),
        // It is nobody's current picture, and goes when its days are over.
        superseded_at: Set(Some(now)),
        ..Default::default()
    };
    let image = image.insert(&tx).await?;
    let model = other.image.model.as_deref().unwrap_or_default();
    let mut comparison = row(ComparisonKind::Punch, &image, &other.image, distance, limits, model);
    comparison.project_id = Set(Some(project.id));
    comparison.region_code = Set(project.region_code.clone());
    comparison.insert(&tx).await?;
    tx.commit().await?;
    Ok(true)
}

async fn next_version(tx: &impl ConnectionTrait, person_id: Uuid) -> Result<i32> {
    let last = person_image::Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .filter(Column::Kind.eq(ImageKind::Punch))
        .order_by_desc(Column::Version)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |last| last.version) + 1)
}
