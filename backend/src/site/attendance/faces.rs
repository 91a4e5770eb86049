//! JD10: nobody punches for somebody else. Of a day's punches a few of each site are looked at; one that shows somebody
//! else of the site waits under 【人脸比对待核】. The punch itself stays what it is.

use ::vision::{Embedding, distance};
use chrono::{NaiveDate, TimeDelta};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::photos::{self, PhotoKey};
use crate::{
    entity::{
        project,
        punch::{self, Column},
    },
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        types::clock,
        vision::Eyes,
        web::{Error, Result},
    },
    registry::{
        faces::{
            rules::Limits,
            service::{FaceOnSite, Punched, faces_on_site, warn_of},
        },
        policies,
    },
};

/// Of each site. A tenth of a second each, so that a hundred sites take five minutes of the night.
const SAMPLE: usize = 30;

/// Looks at the punches of a day; without one, of yesterday.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WatchFaces {
    #[serde(default)]
    pub day: Option<NaiveDate>,
}

impl Job for WatchFaces {
    const KIND: &'static str = "attendance.watch_faces";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        let Some(eyes) = app.eyes.clone() else { return Ok(Outcome::result(json!({ "looked_at": 0 }))) };
        let day = self.day.unwrap_or_else(|| clock::china_today() - TimeDelta::days(1));
        let sites: Vec<Uuid> = punches_of(day)
            .select_only()
            .column(Column::ProjectId)
            .distinct()
            .into_tuple()
            .all(app.db.reader())
            .await?;
        let (mut looked_at, mut warnings) = (0, 0);
        for (done, id) in sites.iter().enumerate() {
            let Some(project) = project::Entity::find_by_id(*id).one(app.db.reader()).await? else { continue };
            let (seen, warned) = watch(app, eyes.as_ref(), &project, day).await?;
            looked_at += seen;
            warnings += warned;
            context.progress(done, sites.len(), format!("已抽查 {looked_at} 张打卡照片")).await;
        }
        Ok(Outcome::result(json!({ "looked_at": looked_at, "warnings": warnings })))
    }
}

/// Punches with photos that count for a day.
fn punches_of(day: NaiveDate) -> Select<punch::Entity> {
    let begins = |days| clock::from_china((day + TimeDelta::days(days)).and_time(chrono::NaiveTime::MIN));
    punch::Entity::find()
        .filter(Column::At.gte(begins(0)))
        .filter(Column::At.lt(begins(2)))
        .filter(Column::Day.eq(day))
        .filter(Column::Refusal.is_null())
        .filter(Column::PersonId.is_not_null())
        .filter(Column::PhotoSize.gt(0))
}

/// How many photos were looked at, and how many show somebody else.
async fn watch(app: &App, eyes: &dyn Eyes, project: &project::Model, day: NaiveDate) -> Result<(usize, usize)> {
    let faces = faces_on_site(app, project.id, &eyes.models().face.to_string()).await?;
    if faces.len() < 2 {
        return Ok((0, 0));
    }
    let limits = Limits::of(&policies::for_region(app, &project.region_code).await?);
    let of_site = punches_of(day).filter(Column::ProjectId.eq(project.id)).order_by_asc(Column::At);
    let punches = of_site.all(app.db.reader()).await?;
    let (mut looked_at, mut warnings) = (0, 0);
    for punch in spread(&punches, SAMPLE) {
        let Some(person_id) = punch.person_id else { continue };
        let received_on = clock::china_day(punch.received_at);
        let key = PhotoKey { project_id: project.id, received_on, punch_id: punch.id };
        let photo = match photos::read(app, key).await {
            Err(Error::NotFound) => continue,
            photo => photo?,
        };
        // A photo that cannot be read, or that nobody has time for, says nothing.
        let Ok(numbers) = eyes.embed(photo.clone()).await else { continue };
        looked_at += 1;
        let Some(numbers) = numbers else { continue };
        if let Some((other, distance)) = somebody_else(&faces, person_id, &numbers, limits) {
            let punched = Punched { punch_id: punch.id, person_id, project, at: punch.at, photo, numbers };
            warnings += usize::from(warn_of(app, punched, other, distance, limits).await?);
        }
    }
    Ok((looked_at, warnings))
}

/// As many as `count` of them, spread over all.
fn spread<T>(all: &[T], count: usize) -> impl Iterator<Item = &T> {
    all.iter().step_by(all.len().div_ceil(count).max(1))
}

/// Whose face it is, if it is another's and not that of whoever is said to have punched.
fn somebody_else<'a>(
    faces: &'a [FaceOnSite],
    person_id: Uuid,
    numbers: &Embedding,
    limits: Limits,
) -> Option<(&'a FaceOnSite, f64)> {
    let far = |face: &FaceOnSite| f64::from(distance(&face.numbers, numbers));
    let (own, others): (Vec<_>, Vec<_>) = faces.iter().partition(|face| face.image.person_id == person_id);
    if own.into_iter().any(|face| far(face) <= limits.look) {
        return None;
    }
    let nearest = others.into_iter().map(|face| (face, far(face))).min_by(|a, b| a.1.total_cmp(&b.1));
    nearest.filter(|(_, distance)| *distance <= limits.duplicate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_spread_over_the_day() {
        let day: Vec<usize> = (0..100).collect();
        let sample: Vec<usize> = spread(&day, 30).copied().collect();
        assert_eq!((sample.len(), sample.first(), sample.last()), (25, Some(&0), Some(&96)));
        assert_eq!(spread(&day, 100).count(), 100);
        assert_eq!(spread(&day, 1000).count(), 100);
        assert_eq!(spread(&[0; 0], 30).count(), 0);
    }
}
