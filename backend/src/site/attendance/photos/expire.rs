//! The nightly job that deletes photos when the region's days are over. Punches stay.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, JoinType, ModelTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::kept_since;
use crate::{
    entity::{
        photo_pack::{self, Column},
        project,
    },
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        web::Error,
    },
    registry::policies,
};

const BATCH: u64 = 200;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ExpirePhotos {}

#[derive(Default, Serialize)]
struct Expired {
    photos: i64,
}

impl Job for ExpirePhotos {
    const KIND: &'static str = "attendance.expire_photos";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let app = &context.app;
        let regions: Vec<String> = project::Entity::find()
            .select_only()
            .column(project::Column::RegionCode)
            .distinct()
            .into_tuple()
            .all(app.db.reader())
            .await?;
        let mut expired = Expired::default();
        for region in regions.into_iter().collect::<BTreeSet<_>>() {
            while let Some(photos) = expire_some(app, &region).await? {
                expired.photos += photos;
                context.progress(0, 1, format!("已删除 {} 张到期的打卡照片", expired.photos)).await;
            }
        }
        Ok(Outcome::result(expired))
    }
}

/// The file first: a row whose file is gone already is found again the next time, a file without a row never.
async fn expire_some(app: &App, region: &str) -> Result<Option<i64>, JobError> {
    let kept_since = kept_since(&policies::for_region(app, region).await?);
    let of_project = photo_pack::Entity::belongs_to(project::Entity).from(Column::ProjectId).to(project::Column::Id);
    let packs = photo_pack::Entity::find()
        .join(JoinType::InnerJoin, of_project.into())
        .filter(project::Column::RegionCode.eq(region))
        .filter(Column::ReceivedOn.lt(kept_since))
        .order_by_asc(Column::ReceivedOn)
        .limit(BATCH)
        .all(app.db.reader())
        .await?;
    if packs.is_empty() {
        return Ok(None);
    }
    let mut photos = 0;
    for pack in packs {
        photos += pack.photos;
        app.files.delete(&pack.storage_key).await.map_err(Error::from)?;
        pack.delete(app.db.writer()).await?;
    }
    Ok(Some(photos))
}
