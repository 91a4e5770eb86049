//! One picture: looked at, its numbers kept, and compared.

use std::sync::Arc;

use ::vision::{Embedding, Error as SightError, FaceReport, Unreadable};
use bytes::Bytes;
use chrono::Utc;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::compare::compare;
use crate::{
    entity::person_image::{self, Column, ImageKind, ImageSource},
    platform::{
        App,
        files::{
            Purpose,
            service::{claim, read_whole, release, replace_terminal, store_cut},
        },
        vision::Eyes,
        web::{Error, Result},
    },
    registry::presence::{Touched, announce},
};

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Checked {
    /// With so many comparisons that are new.
    Done { comparisons: usize },
    /// The picture is nobody's current one any more.
    Gone,
    /// No networks here: the nightly look finds it again.
    NoEyes,
}

/// Looks at a face or a portrait, unless this network has done so already, and compares it. Repeating it changes nothing.
pub async fn check(app: &App, image_id: Uuid) -> Result<Checked> {
    let Some(eyes) = app.eyes.clone() else { return Ok(Checked::NoEyes) };
    let found = person_image::Entity::find_by_id(image_id).one(app.db.writer()).await?;
    let is_current = |image: &person_image::Model| image.superseded_at.is_none() && image.deleted_at.is_none();
    let Some(image) = found.filter(is_current) else { return Ok(Checked::Gone) };
    let model = eyes.models().face.to_string();
    if image.checked_at.is_none() || image.model.as_deref() != Some(&model) {
        look(app, &eyes, &image, &model).await?;
    }
    let comparisons = compare(app, image_id, &model).await?;
    Ok(Checked::Done { comparisons })
}

/// What was seen.
#[derive(Default)]
struct Seen {
    report: Value,
    embedding: Option<Embedding>,
    /// What terminals get, and those that take less.
    crop: Option<Bytes>,
    small: Option<Bytes>,
}

async fn look(app: &App, eyes: &Arc<dyn Eyes>, image: &person_image::Model, model: &str) -> Result<()> {
    let file_id = image.file_id.ok_or(Error::NotFound)?;
    let picture = read_whole(app, file_id).await?;
    let seen = match image.kind {
        ImageKind::Portrait => portrait(eyes.embed(picture).await)?,
        _ => match eyes.check_face(picture.clone()).await {
            // Terminals send smaller pictures than phones take, and their own sensor has judged them.
            Err(SightError::Unreadable(reason @ Unreadable::TooSmall { .. }))
                if image.source == ImageSource::Terminal =>
            {
                let report = json!({ "issues": [reason.code()] });
                Seen { report, ..portrait(eyes.embed(picture).await)? }
            }
            report => face(report)?,
        },
    };
    let small = match seen.small {
        Some(jpeg) => Some(store_cut(app, None, "人脸照片", jpeg).await?.id),
        None => None,
    };
    let tx = app.db.begin().await?;
    if let Some(small) = small {
        claim(&tx, None, Purpose::Photo, small, "photo").await?;
    }
    let now = Utc::now();
    let row = person_image::ActiveModel {
        report: Set(Some(seen.report)),
        embedding: Set(seen.embedding.map(|embedding| embedding.to_bytes())),
        model: Set(Some(model.to_owned())),
        small_file_id: Set(small),
        checked_at: Set(Some(now)),
        updated_at: Set(now),
        ..Default::default()
    };
    // Deleted meanwhile, it gets no numbers; looked at by another worker meanwhile, it has them.
    let as_read = match image.checked_at {
        Some(at) => Column::CheckedAt.eq(at),
        None => Column::CheckedAt.is_null(),
    };
    let still = Column::Id.eq(image.id).and(Column::DeletedAt.is_null()).and(as_read);
    let kept = person_image::Entity::update_many().set(row).filter(still).exec(&tx).await?;
    if kept.rows_affected == 0 {
        return Ok(());
    }
    if let Some(replaced) = image.small_file_id {
        release(&tx, replaced).await?;
    }
    tx.commit().await?;
    // Terminals get the face cut out and upright in place of the whole picture made small.
    if let Some(crop) = seen.crop {
        replace_terminal(app, file_id, crop).await?;
        announce(app, Touched::Person(image.person_id)).await;
    }
    Ok(())
}

fn face(report: Result<FaceReport, SightError>) -> Result<Seen> {
    match report {
        Ok(report) => Ok(Seen {
            report: serde_json::to_value(&report).map_err(Error::internal)?,
            embedding: report.embedding,
            crop: report.crop.map(Bytes::from),
            small: report.small.map(Bytes::from),
        }),
        Err(error) => unreadable(error),
    }
}

fn portrait(embedding: Result<Option<Embedding>, SightError>) -> Result<Seen> {
    match embedding {
        Ok(embedding) => {
            let issues: &[&str] = if embedding.is_some() { &[] } else { &["no_face"] };
            Ok(Seen { report: json!({ "issues": issues }), embedding, ..Seen::default() })
        }
        Err(error) => unreadable(error),
    }
}

/// A picture that cannot be read will not be readable later either; anything else may pass.
fn unreadable(error: SightError) -> Result<Seen> {
    match error {
        SightError::Unreadable(reason) => Ok(Seen { report: json!({ "issues": [reason.code()] }), ..Seen::default() }),
        other => Err(other.into()),
    }
}
