//! The nightly job that moves the photos of closed days out of the database.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::pack;
use crate::{
    entity::{
        photo_pack,
        punch_photo::{self, Column},
    },
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        partitions::{self, Cut},
        types::clock,
        web::Error,
    },
};

const PUNCHES: Cut = Cut::Months { table: "punch", column: "at" };
const MONTHS_AHEAD: u32 = 3;
const PHOTOS: Cut = Cut::Days { table: "punch_photo", column: "received_on" };
/// A job that does not run for a week is noticed.
const DAYS_AHEAD: u32 = 7;

/// Packs each project's photos of the days that are over. Killed at any point, it goes on where it was: what has
/// been packed is no row any more.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PackPhotos {}

#[derive(Default, Serialize)]
struct Packed {
    photos: usize,
    packs: usize,
    dropped_partitions: usize,
}

impl Job for PackPhotos {
    const KIND: &'static str = "attendance.pack_photos";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let (app, today) = (&context.app, clock::china_today());
        partitions::make_ahead(app, PUNCHES, MONTHS_AHEAD).await?;
        partitions::make_ahead(app, PHOTOS, DAYS_AHEAD).await?;
        let mut packed = Packed::default();
        let closed = closed(app, today).await?;
        for (done, heap) in closed.iter().enumerate() {
            heap.pack(app, &mut packed).await?;
            context.progress(done, closed.len(), format!("已归档 {} 张打卡照片", packed.photos)).await;
        }
        packed.dropped_partitions = partitions::drop_empty_days(app, "punch_photo", today).await?;
        Ok(Outcome::result(packed))
    }
}

/// The photos of one project and day.
struct Heap {
    received_on: NaiveDate,
    project_id: Uuid,
}

async fn closed(app: &App, today: NaiveDate) -> Result<Vec<Heap>, JobError> {
    let heaps: Vec<(NaiveDate, Uuid)> = punch_photo::Entity::find()
        .select_only()
        .columns([Column::ReceivedOn, Column::ProjectId])
        .filter(Column::ReceivedOn.lt(today))
        .group_by(Column::ReceivedOn)
        .group_by(Column::ProjectId)
        .order_by_asc(Column::ReceivedOn)
        .order_by_asc(Column::ProjectId)
        .into_tuple()
        .all(app.db.reader())
        .await?;
    Ok(heaps.into_iter().map(|(received_on, project_id)| Heap { received_on, project_id }).collect())
}

impl Heap {
    fn select(&self) -> Select<punch_photo::Entity> {
        punch_photo::Entity::find()
            .filter(Column::ReceivedOn.eq(self.received_on))
            .filter(Column::ProjectId.eq(self.project_id))
            .order_by_asc(Column::PunchId)
    }

    async fn pack(&self, app: &App, packed: &mut Packed) -> Result<(), JobError> {
        let sizes: Vec<(Uuid, i64)> = self
            .select()
            .select_only()
            .column(Column::PunchId)
            .expr_as(Expr::cust("CAST(length(bytes) AS bigint)"), "size")
            .into_tuple()
            .all(app.db.reader())
            .await?;
        for some in pack::cut(&sizes) {
            if let (Some((first, _)), Some((last, _))) = (some.first(), some.last()) {
                packed.photos += self.pack_some(app, *first, *last).await?;
                packed.packs += 1;
            }
        }
        Ok(())
    }

    /// The file first and its row second, so that a row always has its file. The name is new every time: a pack that
    /// was written and not noted is never written over by another one.
    async fn pack_some(&self, app: &App, first: Uuid, last: Uuid) -> Result<usize, JobError> {
        let Self { received_on, project_id } = *self;
        let between = Column::PunchId.between(first, last);
        let rows = self.select().filter(between.clone()).all(app.db.reader()).await?;
        let photos: Vec<(Uuid, Vec<u8>)> = rows.into_iter().map(|row| (row.punch_id, row.bytes)).collect();
        let file = pack::write(&photos);
        let storage_key = format!("punch-photos/{received_on}/{project_id}/{}.pack", Uuid::now_v7());
        let row = photo_pack::ActiveModel {
            project_id: Set(project_id),
            received_on: Set(received_on),
            first_id: Set(first),
            last_id: Set(last),
            storage_key: Set(storage_key.clone()),
            photos: Set(i64::try_from(photos.len()).unwrap_or(i64::MAX)),
            size: Set(i64::try_from(file.len()).unwrap_or(i64::MAX)),
        };
        app.files.put(&storage_key, file).await.map_err(Error::from)?;
        let tx = app.db.begin().await?;
        photo_pack::Entity::insert(row).exec_without_returning(&tx).await?;
        let gone = punch_photo::Entity::delete_many()
            .filter(Column::ReceivedOn.eq(received_on))
            .filter(Column::ProjectId.eq(project_id))
            .filter(between)
            .exec(&tx)
            .await?;
        if usize::try_from(gone.rows_affected) != Ok(photos.len()) {
            return Err(JobError::Retry("a photo came in while its day was being packed".to_owned()));
        }
        tx.commit().await?;
        Ok(photos.len())
    }
}
