//! Versions of somebody's pictures.

use chrono::Utc;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::compare::outdate_match;
use crate::{
    entity::{
        person::{self, PersonOrigin},
        person_image::{self, Column, ImageKind, ImageSource},
        stored_file,
    },
    platform::{
        files::service as files,
        jobs::{self, Ownership},
        web::Result,
    },
    registry::faces::CheckImage,
};

/// Brings the versions in line with the pictures that a person's row refers to; belongs into the transaction that has
/// changed it. What came is checked by a job: [`jobs::wake`] after the commit has it begin at once.
pub async fn keep_versions(
    tx: &impl ConnectionTrait,
    person: &person::Model,
    source: ImageSource,
    by: Option<Uuid>,
) -> Result<()> {
    bring_in_line(tx, person, by, |_| source).await
}

/// The same for somebody as they were before a change: pictures from before there were versions become the first ones.
/// In those days only card readers brought portraits.
pub async fn keep_earlier(tx: &impl ConnectionTrait, person: &person::Model) -> Result<()> {
    let source = match person.origin {
        PersonOrigin::Terminal | PersonOrigin::Api => ImageSource::Terminal,
        PersonOrigin::Phone => ImageSource::Phone,
        PersonOrigin::Console | PersonOrigin::Import => ImageSource::Console,
    };
    let source_of = |kind| if kind == ImageKind::Portrait { ImageSource::Terminal } else { source };
    bring_in_line(tx, person, None, source_of).await
}

async fn bring_in_line(
    tx: &impl ConnectionTrait,
    person: &person::Model,
    by: Option<Uuid>,
    source_of: impl Fn(ImageKind) -> ImageSource,
) -> Result<()> {
    let current = person_image::Entity::find()
        .filter(Column::PersonId.eq(person.id))
        .filter(Column::SupersededAt.is_null())
        .all(tx)
        .await?;
    for (kind, file_id) in held(person) {
        let before = current.iter().find(|image| image.kind == kind);
        if before.and_then(|image| image.file_id) == file_id {
            continue;
        }
        if let (Some(before), Some(file_id)) = (before, file_id)
            && is_same_picture(tx, before, file_id).await?
        {
            refer_to(tx, before, file_id).await?;
            continue;
        }
        if let Some(before) = before {
            supersede(tx, before).await?;
        }
        if let Some(file_id) = file_id {
            add(tx, person.id, kind, file_id, source_of(kind), by).await?;
        }
    }
    Ok(())
}

/// Whether a card reader has read the portrait out of the card: nothing that is uploaded takes its place.
pub async fn portrait_was_read(tx: &impl ConnectionTrait, person_id: Uuid) -> Result<bool> {
    let read = person_image::Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .filter(Column::Kind.eq(ImageKind::Portrait))
        .filter(Column::Source.eq(ImageSource::Terminal))
        .filter(Column::SupersededAt.is_null())
        .one(tx)
        .await?;
    Ok(read.is_some())
}

/// The pictures a person's row refers to.
fn held(person: &person::Model) -> [(ImageKind, Option<Uuid>); 4] {
    [
        (ImageKind::Face, person.photo_file_id),
        (ImageKind::Portrait, person.portrait_file_id),
        (ImageKind::CardFront, person.id_front_file_id),
        (ImageKind::CardBack, person.id_back_file_id),
    ]
}

/// A card that is read again has the same portrait, and a terminal that heard no answer sends everything once more.
async fn is_same_picture(tx: &impl ConnectionTrait, before: &person_image::Model, file_id: Uuid) -> Result<bool> {
    let Some(before) = before.file_id else { return Ok(false) };
    let files = stored_file::Entity::find().filter(stored_file::Column::Id.is_in([before, file_id])).all(tx).await?;
    Ok(matches!(files.as_slice(), [one, other] if one.sha256 == other.sha256))
}

async fn refer_to(tx: &impl ConnectionTrait, image: &person_image::Model, file_id: Uuid) -> Result<()> {
    let row = person_image::ActiveModel { id: Set(image.id), file_id: Set(Some(file_id)), ..Default::default() };
    row.update(tx).await?;
    match image.file_id {
        Some(replaced) => files::release(tx, replaced).await,
        None => Ok(()),
    }
}

async fn supersede(tx: &impl ConnectionTrait, image: &person_image::Model) -> Result<()> {
    let now = Utc::now();
    let row = person_image::ActiveModel {
        id: Set(image.id),
        superseded_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    row.update(tx).await?;
    outdate_match(tx, image.id).await
}

async fn add(
    tx: &impl ConnectionTrait,
    person_id: Uuid,
    kind: ImageKind,
    file_id: Uuid,
    source: ImageSource,
    by: Option<Uuid>,
) -> Result<()> {
    let last = person_image::Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .filter(Column::Kind.eq(kind))
        .order_by_desc(Column::Version)
        .one(tx)
        .await?;
    let (id, now) = (Uuid::now_v7(), Utc::now());
    let row = person_image::ActiveModel {
        id: Set(id),
        person_id: Set(person_id),
        kind: Set(kind),
        version: Set(last.map_or(0, |last| last.version) + 1),
        file_id: Set(Some(file_id)),
        source: Set(source),
        created_at: Set(now),
        created_by: Set(by),
        updated_at: Set(now),
        ..Default::default()
    };
    row.insert(tx).await?;
    if matches!(kind, ImageKind::Face | ImageKind::Portrait) {
        jobs::enqueue(tx, CheckImage { image_id: id }, Ownership::default()).await?;
    }
    Ok(())
}
