//! Pictures and numbers are deleted when the region's days are over. That there were any stays on record.

use chrono::{NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};
use serde_json::json;
use uuid::Uuid;

use super::compare::outdate_all;
use crate::{
    entity::{
        collected_person, consent_withdrawal, person,
        person_image::{self, Column},
        roster_entry,
    },
    platform::{App, audit, files::service as files, types::clock::china_today, web::Result},
    registry::{
        people::service::update,
        policies,
        presence::{Touched, announce},
    },
};

const BATCH: u64 = 100;

/// Of everybody of a region who has left their last project long enough ago. How many people that were, of one batch.
pub async fn forget_of_the_departed(app: &App, region: &str) -> Result<usize> {
    let days = policies::for_region(app, region).await?.face_days_after_exit;
    let due = left_before(china_today() - TimeDelta::days(days)).filter(person::Column::RegionCode.eq(region));
    forget_all(app, due, &format!("退场超过 {days} 天")).await
}

/// Of everybody of a region who has taken their consent back and is on no site. How many, of one batch.
pub async fn forget_of_the_unwilling(app: &App, region: &str) -> Result<usize> {
    let due = unwilling().filter(person::Column::RegionCode.eq(region));
    forget_all(app, due, "本人撤回同意").await
}

/// Somebody takes their consent back. Without a face nobody passes the gate, so that of those on a site it goes after
/// the exit; whether it is gone already.
pub async fn withdraw(app: &App, person: &person::Model, reason: String, author: &audit::Author) -> Result<bool> {
    let tx = app.db.begin().await?;
    let row = consent_withdrawal::ActiveModel {
        id: Set(Uuid::now_v7()),
        person_id: Set(person.id),
        reason: Set(reason.clone()),
        created_at: Set(Utc::now()),
        done_at: Set(None),
    };
    row.insert(&tx).await?;
    let noted = audit::Entry::new("consent.withdraw")
        .subject("person", person.id, &person.name)
        .region(&person.region_code)
        .reason(reason);
    audit::write_all(&tx, vec![noted], author).await?;
    let on_site = person::Entity::find_by_id(person.id).filter(Expr::exists(on_site())).one(&tx).await?.is_some();
    if !on_site {
        forget(&tx, person, "本人撤回同意").await?;
        settle(&tx, person.id).await?;
    }
    tx.commit().await?;
    if !on_site {
        announce(app, Touched::Person(person.id)).await;
    }
    Ok(!on_site)
}

async fn forget_all(app: &App, due: Select<person::Entity>, why: &str) -> Result<usize> {
    let people = due.clone().limit(BATCH).all(app.db.reader()).await?;
    for person in &people {
        let tx = app.db.begin().await?;
        // Somebody who has come onto a site meanwhile keeps theirs.
        if let Some(person) = due.clone().filter(person::Column::Id.eq(person.id)).one(&tx).await? {
            forget(&tx, &person, why).await?;
            settle(&tx, person.id).await?;
            tx.commit().await?;
            announce(app, Touched::Person(person.id)).await;
        }
    }
    Ok(people.len())
}

/// Those with pictures who were on a site, and were on none on this day or later.
fn left_before(day: NaiveDate) -> Select<person::Entity> {
    person::Entity::find()
        .filter(Expr::exists(pictures()))
        .filter(Expr::exists(stays(None)))
        .filter(Expr::exists(stays(Some(day))).not())
}

/// Those whose consent is taken back and who are on no site.
fn unwilling() -> Select<person::Entity> {
    use consent_withdrawal::Column;
    let waiting = consent_withdrawal::Entity::find()
        .select_only()
        .filter(Column::DoneAt.is_null())
        .into_query()
        .expr(Expr::val(1))
        .and_where(of_person(Column::PersonId))
        .to_owned();
    person::Entity::find().filter(Expr::exists(waiting)).filter(Expr::exists(on_site()).not())
}

/// What was taken back is done.
async fn settle(tx: &impl ConnectionTrait, person_id: Uuid) -> Result<()> {
    use consent_withdrawal::{ActiveModel, Column, Entity};
    let done = ActiveModel { done_at: Set(Some(Utc::now())), ..Default::default() };
    let waiting = Column::PersonId.eq(person_id).and(Column::DoneAt.is_null());
    Entity::update_many().set(done).filter(waiting).exec(tx).await?;
    Ok(())
}

fn on_site() -> SelectStatement {
    use roster_entry::Column;
    roster_entry::Entity::find()
        .select_only()
        .filter(Column::ExitedOn.is_null())
        .into_query()
        .expr(Expr::val(1))
        .and_where(of_person(Column::PersonId))
        .to_owned()
}

fn of_person(column: impl ColumnTrait) -> Expr {
    column.into_expr().equals((person::Entity, person::Column::Id))
}

/// Pictures that are still there.
fn pictures() -> SelectStatement {
    person_image::Entity::find()
        .select_only()
        .filter(Column::DeletedAt.is_null())
        .into_query()
        .expr(Expr::val(1))
        .and_where(of_person(Column::PersonId))
        .to_owned()
}

/// Stays on a site, all or those that last or ended on this day or later.
fn stays(until: Option<NaiveDate>) -> SelectStatement {
    use roster_entry::Column;
    let recent = until.map(|day| Condition::any().add(Column::ExitedOn.is_null()).add(Column::ExitedOn.gte(day)));
    roster_entry::Entity::find()
        .select_only()
        .filter(Condition::all().add_option(recent))
        .into_query()
        .expr(Expr::val(1))
        .and_where(of_person(Column::PersonId))
        .to_owned()
}

async fn forget(tx: &impl ConnectionTrait, due: &person::Model, why: &str) -> Result<()> {
    let row = person::ActiveModel {
        id: Set(due.id),
        photo_file_id: Set(None),
        portrait_file_id: Set(None),
        id_front_file_id: Set(None),
        id_back_file_id: Set(None),
        ..Default::default()
    };
    update(tx, due.revision, row).await?;
    let images = person_image::Entity::find()
        .filter(Column::PersonId.eq(due.id))
        .filter(Column::DeletedAt.is_null())
        .all(tx)
        .await?;
    let mut forgotten = Vec::new();
    for image in images {
        forgotten.push(json!({ "kind": image.kind, "version": image.version }));
        delete(tx, image).await?;
    }
    release_collected(tx, due.id).await?;
    audit::Entry::new("person.forget_images")
        .subject("person", due.id, &due.name)
        .region(&due.region_code)
        .project_id(due.origin_project_id)
        .reason(why)
        .created(&json!({ "images": forgotten }))
        .write_as(tx, None, "系统", "", "")
        .await
}

/// Versions whose place another has taken long enough ago. How many, of one batch.
pub async fn forget_replaced(app: &App, region: &str) -> Result<usize> {
    let days = policies::for_region(app, region).await?.face_days_after_exit;
    let due = person_image::Entity::find()
        .inner_join(person::Entity)
        .filter(person::Column::RegionCode.eq(region))
        .filter(Column::DeletedAt.is_null())
        .filter(Column::SupersededAt.lt(Utc::now() - TimeDelta::days(days)))
        .limit(BATCH)
        .all(app.db.reader())
        .await?;
    let count = due.len();
    for image in due {
        let tx = app.db.begin().await?;
        audit::Entry::new("person.forget_images")
            .subject("person", image.person_id, "")
            .region(region)
            .reason(format!("被替换超过 {days} 天"))
            .created(&json!({ "images": [{ "kind": image.kind, "version": image.version }] }))
            .write_as(&tx, None, "系统", "", "")
            .await?;
        delete(&tx, image).await?;
        tx.commit().await?;
    }
    Ok(count)
}

async fn delete(tx: &impl ConnectionTrait, image: person_image::Model) -> Result<()> {
    let (now, id, superseded_at) = (Utc::now(), image.id, image.superseded_at);
    let gone = [image.file_id, image.small_file_id];
    let mut row = image.into_active_model();
    row.file_id = Set(None);
    row.small_file_id = Set(None);
    row.embedding = Set(None);
    row.report = Set(None);
    row.superseded_at = Set(superseded_at.or(Some(now)));
    row.updated_at = Set(now);
    row.deleted_at = Set(Some(now));
    row.update(tx).await?;
    for file in gone.into_iter().flatten() {
        files::release(tx, file).await?;
    }
    outdate_all(tx, id).await
}

/// Photos that wait beside those somebody had.
async fn release_collected(tx: &impl ConnectionTrait, person_id: Uuid) -> Result<()> {
    use collected_person::{ActiveModel, Column, Entity};
    let waiting = Column::PersonId.eq(person_id).and(Column::PhotoFileId.is_not_null());
    let photos: Vec<Option<Uuid>> =
        Entity::find().select_only().column(Column::PhotoFileId).filter(waiting.clone()).into_tuple().all(tx).await?;
    let none = ActiveModel { photo_file_id: Set(None), ..Default::default() };
    Entity::update_many().set(none).filter(waiting).exec(tx).await?;
    for photo in photos.into_iter().flatten() {
        files::release(tx, photo).await?;
    }
    Ok(())
}
