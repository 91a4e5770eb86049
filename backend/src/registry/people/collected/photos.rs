//! Photos taken when somebody was collected anew, which wait beside the one they already had.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    entity::{
        collected_person::{self, Column},
        person,
        person_image::ImageSource,
        project,
    },
    platform::{audit, auth::Caller, web::Result},
    registry::{
        faces::service as versions,
        people::{dto::AuditView, service::update},
    },
};

/// The photos that wait at a project, by person.
pub async fn waiting_photos(db: &impl ConnectionTrait, project_id: Uuid) -> Result<HashMap<Uuid, Uuid>> {
    let rows: Vec<(Uuid, Uuid)> = collected_person::Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::PhotoFileId])
        .filter(Column::ProjectId.eq(project_id))
        .filter(Column::PhotoFileId.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Makes a waiting photo the person's own. False if it does not wait any more.
pub async fn adopt_photo(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    project: &project::Model,
    person: &person::Model,
    photo: Uuid,
) -> Result<bool> {
    let taken = collected_person::Entity::update_many()
        .set(collected_person::ActiveModel { photo_file_id: Set(None), ..Default::default() })
        .filter(Column::ProjectId.eq(project.id))
        .filter(Column::PersonId.eq(person.id))
        .filter(Column::PhotoFileId.eq(photo))
        .exec(tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    let row = person::ActiveModel { id: Set(person.id), photo_file_id: Set(Some(photo)), ..Default::default() };
    versions::keep_earlier(tx, person).await?;
    let after = update(tx, person.revision, row).await?;
    versions::keep_versions(tx, &after, ImageSource::Terminal, Some(caller.account.id)).await?;
    audit::Entry::new("person.adopt_photo")
        .subject("person", person.id, &person.name)
        .project(project)
        .changed(&AuditView::of(person), &AuditView::of(&after))
        .write(tx, caller)
        .await?;
    Ok(true)
}
