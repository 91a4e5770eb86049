//! QH20: a face that has taken another's place goes to the devices of the sites its owner is on.

use std::collections::HashSet;

use chrono::{TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{bind::within, push};
use crate::{
    entity::{
        person_image::{ActiveModel, Column, Entity, ImageKind},
        project, roster_entry,
    },
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        web::Result,
    },
    site::devices::query,
};

/// A face that is being cut to what terminals take is waited for, but not where nothing looks at pictures.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);
const BATCH: u64 = 500;

/// Every few minutes. First faces need no push: their owners are new on the list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SendFaces {}

impl Job for SendFaces {
    const KIND: &'static str = "devices.send_faces";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let (mut faces, mut devices) = (0, 0);
        loop {
            let (sent, told) = send_some(&context.app).await?;
            if sent == 0 {
                return Ok(Outcome::result(json!({ "faces": faces, "devices": devices })));
            }
            faces += sent;
            devices += told;
        }
    }
}

/// How many faces of one batch, and to how many devices.
async fn send_some(app: &App) -> Result<(usize, usize)> {
    let due = due(app).await?;
    if due.is_empty() {
        return Ok((0, 0));
    }
    let owners = due.iter().map(|(_, person_id)| *person_id);
    let sites: HashSet<Uuid> = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::ProjectId)
        .distinct()
        .filter(roster_entry::Column::PersonId.is_in(owners))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .into_tuple::<Uuid>()
        .all(app.db.reader())
        .await?
        .into_iter()
        .collect();
    let projects = project::Entity::find().filter(project::Column::Id.is_in(sites)).all(app.db.reader()).await?;
    let tx = app.db.begin().await?;
    let mut told = Vec::new();
    for project in &projects {
        let devices = query::that_list_people(&tx, &within(project)).await?;
        push::note(&tx, &devices).await?;
        told.extend(devices);
    }
    let ids = due.iter().map(|(id, _)| *id);
    let sent = ActiveModel { sent_at: Set(Some(Utc::now())), ..Default::default() };
    Entity::update_many().set(sent).filter(Column::Id.is_in(ids)).exec(&tx).await?;
    tx.commit().await?;
    push::tell(app, &told).await;
    Ok((due.len(), told.len()))
}

/// Current faces that were not the first and whose owners are on a site, with their owners.
async fn due(app: &App) -> Result<Vec<(Uuid, Uuid)>> {
    let here = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::PersonId)
        .filter(roster_entry::Column::ExitedOn.is_null())
        .into_query();
    let ready = Condition::any().add(Column::CheckedAt.is_not_null()).add(Column::CreatedAt.lt(Utc::now() - PATIENCE));
    Ok(Entity::find()
        .select_only()
        .columns([Column::Id, Column::PersonId])
        .filter(Column::Kind.eq(ImageKind::Face))
        .filter(Column::Version.gt(1))
        .filter(Column::SentAt.is_null())
        .filter(Column::SupersededAt.is_null())
        .filter(ready)
        .filter(Column::PersonId.in_subquery(here))
        .limit(BATCH)
        .into_tuple()
        .all(app.db.reader())
        .await?)
}
