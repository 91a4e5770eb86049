//! The SQLite way, in the one transaction that writes: some rows at a time, because every statement is handed to
//! another thread and back, which takes longer than most of them.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    Day, DayKey, Outcome,
    batch::{Batch, Row},
    days,
};
use crate::{
    entity::{attendance_day, punch, punch_photo},
    platform::{App, web::Result},
};

const CHUNK: usize = 100;

pub(super) async fn write(app: &App, batch: &Batch<'_>) -> Result<Outcome> {
    let tx = app.db.begin().await?;
    let mut outcome = Outcome::default();
    for some in batch.rows.chunks(CHUNK) {
        insert_punches(&tx, some, &mut outcome).await?;
    }
    for some in batch.new_rows(&outcome).chunks(CHUNK) {
        insert_photos(&tx, some).await?;
    }
    for some in batch.days(&outcome).chunks(CHUNK) {
        days::write(&tx, &after_earlier(&tx, some).await?).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

async fn insert_punches(tx: &DatabaseTransaction, rows: &[Row<'_>], outcome: &mut Outcome) -> Result<()> {
    let unless_known = OnConflict::new().do_nothing().to_owned();
    let insert = punch::Entity::insert_many(rows.iter().map(model)).on_conflict(unless_known);
    if usize::try_from(insert.exec_without_returning(tx).await?) == Ok(rows.len()) {
        outcome.new.extend(rows.iter().map(|row| row.id));
        return Ok(());
    }
    // Some were there before. With us as the only writer, whichever has our id is new.
    let ours: HashMap<_, Uuid> = rows.iter().map(|row| (row.key, row.id)).collect();
    let same = rows.iter().fold(Condition::any(), |any, row| any.add(has_key(row)));
    for kept in punch::Entity::find().filter(same).all(tx).await? {
        let key = (kept.device_id, kept.person_number, kept.at);
        if ours.get(&key) == Some(&kept.id) {
            outcome.new.insert(kept.id);
        } else {
            outcome.known.insert(key, kept.refusal);
        }
    }
    Ok(())
}

fn has_key(row: &Row<'_>) -> Condition {
    use punch::Column::{At, DeviceId, PersonNumber};
    let (device_id, number, at) = row.key;
    Condition::all().add(DeviceId.eq(device_id)).add(PersonNumber.eq(number)).add(At.eq(at))
}

fn model(row: &Row<'_>) -> punch::ActiveModel {
    let Row { id, key, punch } = row;
    punch::ActiveModel {
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
    }
}

async fn insert_photos(tx: &DatabaseTransaction, rows: &[&Row<'_>]) -> Result<()> {
    let with_photo = rows.iter().filter(|row| !row.punch.photo.is_empty());
    let photo = |row: &&Row<'_>| punch_photo::ActiveModel {
        received_on: Set(row.received_on()),
        project_id: Set(row.punch.project_id),
        punch_id: Set(row.id),
        bytes: Set(row.punch.photo.to_vec()),
    };
    let photos: Vec<_> = with_photo.map(photo).collect();
    if !photos.is_empty() {
        punch_photo::Entity::insert_many(photos).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// The days as they are with the marks that are there already.
async fn after_earlier(tx: &DatabaseTransaction, days: &[Day]) -> Result<Vec<Day>> {
    use attendance_day::Column;
    let of_day = |day: &Day| {
        let DayKey { project_id, entry_id, day } = day.key;
        Condition::all()
            .add(Column::ProjectId.eq(project_id))
            .add(Column::EntryId.eq(entry_id))
            .add(Column::Day.eq(day))
    };
    let wanted = days.iter().fold(Condition::any(), |any, day| any.add(of_day(day)));
    let kept = attendance_day::Entity::find().filter(wanted).all(tx).await?;
    let key = |row: &attendance_day::Model| DayKey { project_id: row.project_id, entry_id: row.entry_id, day: row.day };
    let mut earlier: HashMap<DayKey, String> = kept.into_iter().map(|row| (key(&row), row.marks)).collect();
    let after = |day: &Day| match earlier.remove(&day.key) {
        Some(earlier) => {
            let all = earlier + &day.marks;
            day.clone().with_all(all)
        }
        None => day.clone(),
    };
    Ok(days.iter().map(after).collect())
}
