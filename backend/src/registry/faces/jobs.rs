//! What is done to pictures in the background.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::service;
use crate::{
    entity::{
        person,
        person_image::{self, Column, ImageKind},
    },
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        web::{Error, Result},
    },
};

const BATCH: u64 = 200;

/// Looks at one picture and compares the face on it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckImage {
    pub image_id: Uuid,
}

impl Job for CheckImage {
    const KIND: &'static str = "faces.check";
    /// A queue that is full today is not full for ever.
    const MAX_ATTEMPTS: i32 = 10;

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        Ok(Outcome::result(service::check(&context.app, self.image_id).await?))
    }
}

/// Finds what was never looked at: pictures from before there were versions, from before there were networks, and those
/// an earlier network has looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CatchUp {}

#[derive(Debug, Default, Serialize)]
struct CaughtUp {
    people: usize,
    pictures: usize,
}

impl Job for CatchUp {
    const KIND: &'static str = "faces.catch_up";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        let mut done = CaughtUp::default();
        let mut after = Uuid::nil();
        while let Some((people, last)) = note_people(app, after).await? {
            done.people += people;
            after = last;
        }
        let Some(model) = app.eyes.as_ref().map(|eyes| eyes.models().face.to_string()) else {
            return Ok(Outcome::result(done));
        };
        let mut after = Uuid::nil();
        loop {
            let images = unseen(app, &model, after).await?;
            let Some(last) = images.last() else { break };
            after = *last;
            for image in images {
                // One that fails is found again the next night; the others need not wait for it.
                if let Err(error) = service::check(app, image).await {
                    tracing::warn!(image.id = %image, %error, "a picture was not looked at");
                }
                done.pictures += 1;
                context.progress(0, 1, format!("已识别 {} 张照片", done.pictures)).await;
            }
        }
        Ok(Outcome::result(done))
    }
}

/// Makes first versions of the pictures of people who have none. How many people, and the last one's id.
async fn note_people(app: &App, after: Uuid) -> Result<Option<(usize, Uuid)>> {
    let has_pictures = [
        person::Column::PhotoFileId,
        person::Column::PortraitFileId,
        person::Column::IdFrontFileId,
        person::Column::IdBackFileId,
    ]
    .into_iter()
    .fold(Condition::any(), |any, column| any.add(column.is_not_null()));
    let of_person = Column::PersonId.into_expr().equals((person::Entity, person::Column::Id));
    let noted =
        person_image::Entity::find().select_only().into_query().expr(Expr::val(1)).and_where(of_person).to_owned();
    let people = person::Entity::find()
        .filter(has_pictures)
        .filter(Expr::exists(noted).not())
        .filter(person::Column::Id.gt(after))
        .order_by_asc(person::Column::Id)
        .limit(BATCH)
        .all(app.db.reader())
        .await?;
    let Some(last) = people.last().map(|person| person.id) else { return Ok(None) };
    for person in &people {
        let tx = app.db.begin().await?;
        service::keep_earlier(&tx, person).await?;
        tx.commit().await?;
    }
    Ok(Some((people.len(), last)))
}

async fn unseen(app: &App, model: &str, after: Uuid) -> Result<Vec<Uuid>> {
    let other_model = Condition::any().add(Column::Model.is_null()).add(Column::Model.ne(model));
    Ok(person_image::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Kind.is_in([ImageKind::Face, ImageKind::Portrait]))
        .filter(Column::SupersededAt.is_null())
        .filter(Column::DeletedAt.is_null())
        .filter(other_model)
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.reader())
        .await?)
}

/// Deletes the pictures of those who left long ago.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ForgetImages {}

#[derive(Debug, Default, Serialize)]
struct Forgotten {
    people: usize,
    replaced: usize,
}

impl Job for ForgetImages {
    const KIND: &'static str = "faces.forget";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        let regions: Vec<String> = person::Entity::find()
            .select_only()
            .column(person::Column::RegionCode)
            .distinct()
            .into_tuple()
            .all(app.db.reader())
            .await?;
        let mut forgotten = Forgotten::default();
        for region in regions.into_iter().collect::<BTreeSet<_>>() {
            loop {
                let departed = service::forget_of_the_departed(app, &region).await;
                let unwilling = service::forget_of_the_unwilling(app, &region).await;
                let people = match (departed, unwilling) {
                    // Somebody was edited at this very moment.
                    (Err(Error::Stale), _) | (_, Err(Error::Stale)) => break,
                    (departed, unwilling) => departed? + unwilling?,
                };
                forgotten.people += people;
                if people == 0 {
                    break;
                }
                context.progress(0, 1, format!("已删除 {} 人的照片", forgotten.people)).await;
            }
            loop {
                let replaced = service::forget_replaced(app, &region).await?;
                forgotten.replaced += replaced;
                if replaced == 0 {
                    break;
                }
            }
        }
        Ok(Outcome::result(forgotten))
    }
}
