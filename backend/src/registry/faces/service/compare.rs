//! Comparisons: rows that somebody may have to look at.

use ::vision::{Embedding, distance};
use chrono::Utc;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{
        face_comparison::{self, ComparisonKind, ComparisonState, ComparisonVerdict},
        person, person_image,
        person_image::ImageKind,
        project, roster_entry,
    },
    platform::{App, types::RegionCode, web::Result},
    registry::{
        faces::{
            gallery,
            rules::{Limits, city_of, seen_by},
        },
        policies,
    },
};

/// How many look-alikes are worth a person's time.
const BEST: usize = 5;

/// Where somebody is, and so whose business.
struct Place {
    project: Option<project::Model>,
    region_code: String,
}

/// Compares a current picture with the other one of the same person, and a face with everybody's. How many rows are new.
pub async fn compare(app: &App, image_id: Uuid, model: &str) -> Result<usize> {
    let db = app.db.writer();
    let found = person_image::Entity::find_by_id(image_id).find_also_related(person::Entity).one(db).await?;
    let Some((image, Some(person))) = found else { return Ok(0) };
    let Some(embedding) = numbers(&image, model) else { return Ok(0) };
    let place = place(db, &person).await?;
    let limits = Limits::of(&policies::for_region(app, &place.region_code).await?);
    let mut rows = Vec::new();
    rows.extend(with_the_other(db, &image, &embedding, &place, limits, model).await?);
    if image.kind == ImageKind::Face {
        rows.extend(with_everybody(app, &image, &person, &embedding, &place, limits, model).await?);
    }
    if rows.is_empty() {
        return Ok(0);
    }
    let again = OnConflict::columns([face_comparison::Column::ImageId, face_comparison::Column::OtherImageId])
        .do_nothing()
        .to_owned();
    let inserted = face_comparison::Entity::insert_many(rows).on_conflict(again).exec_without_returning(db).await?;
    Ok(usize::try_from(inserted).unwrap_or_default())
}

/// Of a picture that was replaced, nobody need look any more whether it is the card's owner. That two people look alike
/// stays: putting another photo in the place of the first must not make the question go away.
pub async fn outdate_match(tx: &impl ConnectionTrait, image_id: Uuid) -> Result<()> {
    outdate(tx, image_id, &[ComparisonKind::OneToOne]).await
}

/// Of a picture that was deleted there is nothing to look at.
pub async fn outdate_all(tx: &impl ConnectionTrait, image_id: Uuid) -> Result<()> {
    outdate(tx, image_id, &[ComparisonKind::OneToOne, ComparisonKind::Duplicate, ComparisonKind::Punch]).await
}

async fn outdate(tx: &impl ConnectionTrait, image_id: Uuid, kinds: &[ComparisonKind]) -> Result<()> {
    use face_comparison::Column;
    let row = face_comparison::ActiveModel { state: Set(ComparisonState::Outdated), ..Default::default() };
    face_comparison::Entity::update_many()
        .set(row)
        .filter(Condition::any().add(Column::ImageId.eq(image_id)).add(Column::OtherImageId.eq(image_id)))
        .filter(Column::State.eq(ComparisonState::Open))
        .filter(Column::Kind.is_in(kinds.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

fn numbers(image: &person_image::Model, model: &str) -> Option<Embedding> {
    let usable = image.model.as_deref() == Some(model) && image.superseded_at.is_none() && image.deleted_at.is_none();
    image.embedding.as_deref().filter(|_| usable).and_then(Embedding::from_bytes)
}

/// The face with the portrait, whichever of them came last.
async fn with_the_other(
    db: &impl ConnectionTrait,
    image: &person_image::Model,
    embedding: &Embedding,
    place: &Place,
    limits: Limits,
    model: &str,
) -> Result<Option<face_comparison::ActiveModel>> {
    let other_kind = if image.kind == ImageKind::Face { ImageKind::Portrait } else { ImageKind::Face };
    let other = person_image::Entity::find()
        .filter(person_image::Column::PersonId.eq(image.person_id))
        .filter(person_image::Column::Kind.eq(other_kind))
        .filter(person_image::Column::SupersededAt.is_null())
        .one(db)
        .await?;
    let Some(other) = other else { return Ok(None) };
    let Some(others) = numbers(&other, model) else { return Ok(None) };
    let (face, portrait) = if image.kind == ImageKind::Face { (image, &other) } else { (&other, image) };
    let distance = f64::from(distance(embedding, &others));
    let verdict = limits.judge(distance);
    let mut row = row(ComparisonKind::OneToOne, face, portrait, distance, limits, model);
    row.verdict = Set(verdict);
    if verdict == ComparisonVerdict::Pass {
        row.state = Set(ComparisonState::Decided);
        row.decided_at = Set(Some(Utc::now()));
    }
    row.project_id = Set(place.project.as_ref().map(|project| project.id));
    row.region_code = Set(place.region_code.clone());
    Ok(Some(row))
}

/// The best of everybody in the cities somebody has to do with.
async fn with_everybody(
    app: &App,
    image: &person_image::Model,
    person: &person::Model,
    embedding: &Embedding,
    place: &Place,
    limits: Limits,
    model: &str,
) -> Result<Vec<face_comparison::ActiveModel>> {
    let mut cities = vec![city_of(&place.region_code)];
    let home = city_of(&person.region_code);
    if !cities.contains(&home) {
        cities.push(home);
    }
    let mut rows = Vec::new();
    for city in cities {
        for (other, whose, distance) in look_alikes(app, &city, image, embedding, limits, model).await? {
            // Of two pictures the later one is the subject, whichever was looked at first: a pair is one row.
            let (subject, object) = if image.id > other.id { (image, &other) } else { (&other, image) };
            let mut row = row(ComparisonKind::Duplicate, subject, object, distance, limits, model);
            row.verdict = Set(ComparisonVerdict::Warning);
            row.region_code = Set(seen_by(&city, &person.region_code, &whose.region_code));
            rows.push(row);
        }
    }
    Ok(rows)
}

async fn look_alikes(
    app: &App,
    city: &RegionCode,
    image: &person_image::Model,
    embedding: &Embedding,
    limits: Limits,
    model: &str,
) -> Result<Vec<(person_image::Model, person::Model, f64)>> {
    let near = gallery::nearest(app, city, embedding, BEST + 1, limits.duplicate, model).await?;
    let ids = near.iter().map(|(id, _)| *id);
    let rows = person_image::Entity::find()
        .filter(person_image::Column::Id.is_in(ids))
        .filter(person_image::Column::PersonId.ne(image.person_id))
        .filter(person_image::Column::SupersededAt.is_null())
        .find_also_related(person::Entity)
        .all(app.db.reader())
        .await?;
    let mut found: Vec<_> = rows
        .into_iter()
        .filter_map(|(other, whose)| {
            let distance = near.iter().find(|(id, _)| *id == other.id)?.1;
            Some((other, whose?, f64::from(distance)))
        })
        .collect();
    found.sort_by(|a, b| a.2.total_cmp(&b.2));
    found.truncate(BEST);
    Ok(found)
}

/// A comparison that waits for somebody to look; whose business it is, is the caller's to say.
pub(super) fn row(
    kind: ComparisonKind,
    subject: &person_image::Model,
    other: &person_image::Model,
    distance: f64,
    limits: Limits,
    model: &str,
) -> face_comparison::ActiveModel {
    face_comparison::ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(kind),
        person_id: Set(subject.person_id),
        image_id: Set(subject.id),
        other_person_id: Set(other.person_id),
        other_image_id: Set(other.id),
        distance: Set(distance),
        model: Set(model.to_owned()),
        limit_pass: Set(limits.pass),
        limit_look: Set(limits.look),
        limit_duplicate: Set(limits.duplicate),
        // What is left to the caller is set all the same: rows of one statement have the same columns.
        verdict: Set(ComparisonVerdict::Warning),
        state: Set(ComparisonState::Open),
        decision: Set(None),
        reason: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        project_id: Set(None),
        region_code: Set(String::new()),
        created_at: Set(Utc::now()),
        revision: Set(1),
    }
}

/// The project somebody is on now, else the one that brought them in.
async fn place(db: &impl ConnectionTrait, person: &person::Model) -> Result<Place> {
    let now = roster_entry::Entity::find()
        .filter(roster_entry::Column::PersonId.eq(person.id))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .order_by_desc(roster_entry::Column::EnteredOn)
        .find_also_related(project::Entity)
        .one(db)
        .await?;
    let project = match (now, person.origin_project_id) {
        (Some((_, project)), _) => project,
        (None, Some(id)) => project::Entity::find_by_id(id).one(db).await?,
        (None, None) => None,
    };
    let region_code =
        project.as_ref().map_or_else(|| person.region_code.clone(), |project| project.region_code.clone());
    Ok(Place { project, region_code })
}
