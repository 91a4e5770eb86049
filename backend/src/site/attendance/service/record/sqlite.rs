//! The SQLite way: row by row in the one transaction that writes. There is no way over a network to save, and every
//! row is the same few prepared statements.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, QuerySelect, sea_query::OnConflict};

use super::{
    Day, Outcome,
    batch::{Batch, Row},
    days,
};
use crate::{
    entity::{attendance_day, punch, punch_photo},
    platform::{App, web::Result},
};

pub(super) async fn write(app: &App, batch: &Batch<'_>) -> Result<Outcome> {
    let tx = app.db.begin().await?;
    let mut outcome = Outcome::default();
    for row in &batch.rows {
        if insert_punch(&tx, row).await? {
            outcome.new.insert(row.id);
            insert_photo(&tx, row).await?;
        } else {
            outcome.known.insert(row.key, earlier_refusal(&tx, row).await?);
        }
    }
    for day in batch.days(&outcome) {
        days::write(&tx, &[after_earlier(&tx, day).await?]).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

/// Whether it was new.
async fn insert_punch(tx: &DatabaseTransaction, row: &Row<'_>) -> Result<bool> {
    let Row { id, key, punch } = row;
    let model = punch::ActiveModel {
        id: Set(*id),
        project_id: Set(punch.project_id),
        device_id: Set(punch.device_id),
        person_number: Set(punch.person_number),
        person_id: Set(punch.person_id),
        entry_id: Set(punch.entry_id),
        at: Set(key.2),
        received_at: Set(punch.received_at),
        day: Set(punch.day),
        mode: Set(punch.mode.into()),
        direction: Set(punch.direction),
        source: Set(punch.source),
        refusal: Set(punch.refusal.clone()),
        photo_size: Set(row.photo_size()),
    };
    let unless_known = OnConflict::new().do_nothing().to_owned();
    Ok(punch::Entity::insert(model).on_conflict(unless_known).exec_without_returning(tx).await? == 1)
}

async fn insert_photo(tx: &DatabaseTransaction, row: &Row<'_>) -> Result<()> {
    if row.punch.photo.is_empty() {
        return Ok(());
    }
    let photo = punch_photo::ActiveModel {
        received_on: Set(row.received_on()),
        project_id: Set(row.punch.project_id),
        punch_id: Set(row.id),
        bytes: Set(row.punch.photo.to_vec()),
    };
    punch_photo::Entity::insert(photo).exec_without_returning(tx).await?;
    Ok(())
}

async fn earlier_refusal(tx: &DatabaseTransaction, row: &Row<'_>) -> Result<Option<String>> {
    let select = punch::Entity::find_by_id(row.key).select_only().column(punch::Column::Refusal);
    let refusal: Option<Option<String>> = select.into_tuple().one(tx).await?;
    Ok(refusal.flatten())
}

async fn after_earlier(tx: &DatabaseTransaction, day: Day) -> Result<Day> {
    let key = (day.key.project_id, day.key.entry_id, day.key.day);
    let select = attendance_day::Entity::find_by_id(key).select_only().column(attendance_day::Column::Marks);
    let earlier: Option<String> = select.into_tuple().one(tx).await?;
    Ok(match earlier {
        Some(earlier) => {
            let all = earlier + &day.marks;
            day.with_all(all)
        }
        None => day,
    })
}
