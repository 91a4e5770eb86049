//! Faces that were compared, as they would be after some weeks: most have passed, some wait for somebody to look, some
//! have been looked at. The pictures are drawn and the distances made up, so it takes no networks; their model's name says
//! so, and what a network finds later stands beside them.

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{Demo, crowd, now, portraits::shows_another};
use crate::{
    entity::{
        face_comparison::{
            ActiveModel, ComparisonDecision, ComparisonKind, ComparisonState, ComparisonVerdict, Entity,
        },
        person,
        person_image::{self, ImageKind},
        project,
    },
    platform::web::Result,
    registry::faces::rules::Limits,
};

const MODEL: &str = "demo@1";
const LIMITS: Limits = Limits { pass: 0.40, look: 0.50, duplicate: 0.40 };
/// Spread over some weeks, in so many steps of so many days.
const SPREAD: i64 = 5;
/// Pairs of look-alikes: who came later, who came earlier, and how far apart they are said to be. The first has three.
const PAIRS: [(usize, usize, f64); 5] = [(19, 3, 0.31), (19, 7, 0.36), (19, 11, 0.39), (23, 15, 0.33), (27, 1, 0.37)];

/// Compares the people of a project whose cards were photographed with their portraits, and some with each other.
pub async fn compare(demo: &Demo<'_>, project: &project::Model, index: usize) -> Result<()> {
    let people = person::Entity::find()
        .filter(person::Column::OriginProjectId.eq(project.id))
        .filter(person::Column::PortraitFileId.is_not_null())
        .order_by_asc(person::Column::Number)
        .all(demo.tx)
        .await?;
    let ids = people.iter().map(|person| person.id);
    let images =
        person_image::Entity::find().filter(person_image::Column::PersonId.is_in(ids)).all(demo.tx).await?.into_iter();
    let images: HashMap<(Uuid, ImageKind), Uuid> =
        images.map(|image| ((image.person_id, image.kind), image.id)).collect();
    let image = |person: &person::Model, kind| images.get(&(person.id, kind)).copied();
    let mut rows = Vec::new();
    // They were registered in the order of their seeds.
    let seeds = crowd::seeds(index).filter(|seed| demo.cards.contains_key(seed));
    for ((nth, person), seed) in people.iter().enumerate().zip(seeds) {
        let (face, portrait) = (image(person, ImageKind::Face), image(person, ImageKind::Portrait));
        if let (Some(face), Some(portrait)) = (face, portrait) {
            let distance = distance(nth, shows_another(seed));
            rows.push(with_portrait(demo, nth, project, distance, (person, face), (person, portrait)));
        }
    }
    for (nth, (later, earlier, distance)) in PAIRS.into_iter().enumerate() {
        let (Some(later), Some(earlier)) = (people.get(later), people.get(earlier)) else { continue };
        let (face, other) = (image(later, ImageKind::Face), image(earlier, ImageKind::Face));
        if let (Some(face), Some(other)) = (face, other) {
            let row = row(ComparisonKind::Duplicate, nth, project, (later, face), (earlier, other), distance);
            let row = ActiveModel { verdict: Set(ComparisonVerdict::Warning), ..row };
            rows.push(if nth == 4 {
                decided(demo, row, ComparisonDecision::Different, "兄弟两人，已核对身份证")
            } else {
                row
            });
        }
    }
    if !rows.is_empty() {
        Entity::insert_many(rows).exec(demo.tx).await?;
    }
    Ok(())
}

/// Of a dozen two have to be looked at, and a card that shows another fails.
fn distance(nth: usize, another: bool) -> f64 {
    let step = f64::from(u32::try_from(nth * 7 % 12).unwrap_or_default());
    match nth % 12 {
        _ if another => 0.56 + step / 100.0,
        3 | 9 => 0.41 + step / 150.0,
        _ => 0.18 + step / 60.0,
    }
}

/// Somebody has looked at the earlier ones of those that did not pass.
fn with_portrait(
    demo: &Demo<'_>,
    nth: usize,
    project: &project::Model,
    distance: f64,
    face: (&person::Model, Uuid),
    portrait: (&person::Model, Uuid),
) -> ActiveModel {
    let verdict = LIMITS.judge(distance);
    let mut row = row(ComparisonKind::OneToOne, nth, project, face, portrait, distance);
    row.project_id = Set(Some(project.id));
    row.verdict = Set(verdict);
    match verdict {
        ComparisonVerdict::Pass => settled(row),
        _ if nth < 9 => row,
        ComparisonVerdict::Fail => decided(demo, row, ComparisonDecision::Different, "五官明显不同，已通知重新采集"),
        _ => decided(demo, row, ComparisonDecision::Same, "发型、胖瘦有变化，五官一致"),
    }
}

fn row(
    kind: ComparisonKind,
    nth: usize,
    project: &project::Model,
    (person, image): (&person::Model, Uuid),
    (other, other_image): (&person::Model, Uuid),
    distance: f64,
) -> ActiveModel {
    let days_ago = i64::try_from(nth).unwrap_or_default() % SPREAD * SPREAD;
    ActiveModel {
        id: Set(Uuid::now_v7()),
        kind: Set(kind),
        person_id: Set(person.id),
        image_id: Set(image),
        other_person_id: Set(other.id),
        other_image_id: Set(other_image),
        distance: Set(distance),
        model: Set(MODEL.to_owned()),
        limit_pass: Set(LIMITS.pass),
        limit_look: Set(LIMITS.look),
        limit_duplicate: Set(LIMITS.duplicate),
        verdict: Set(ComparisonVerdict::Warning),
        state: Set(ComparisonState::Open),
        // Rows of one statement have the same columns.
        decision: Set(None),
        reason: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        project_id: Set(None),
        region_code: Set(project.region_code.clone()),
        created_at: Set(now() - TimeDelta::days(days_ago) - TimeDelta::minutes(days_ago)),
        revision: Set(1),
    }
}

/// By the distance alone.
fn settled(row: ActiveModel) -> ActiveModel {
    ActiveModel { state: Set(ComparisonState::Decided), decided_at: Set(row.created_at.clone().take()), ..row }
}

/// By the city's regulator.
fn decided(demo: &Demo<'_>, row: ActiveModel, decision: ComparisonDecision, reason: &str) -> ActiveModel {
    ActiveModel {
        decision: Set(Some(decision)),
        reason: Set(Some(reason.to_owned())),
        decided_by: Set(Some(demo.caller.account.id)),
        revision: Set(2),
        ..settled(row)
    }
}
