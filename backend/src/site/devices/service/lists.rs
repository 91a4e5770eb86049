//! What the gateway notes of the people a device knows.

use std::collections::HashMap;

use chrono::Utc;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{device_person, device_state, roster_entry},
    platform::{App, web::Result},
    site::devices::{
        events::{self, Happened},
        query::BoundDevice,
    },
};

/// Four values each, within what both databases take in one statement.
const BATCH: usize = 5_000;

/// 849: what a device said of its list, and what the list should be.
#[derive(Clone, Copy, Debug)]
pub struct ListReport {
    pub count: i64,
    /// The sum of the lengths of its people's photos.
    pub bytes: i64,
    pub expected_count: i64,
    pub expected_bytes: i64,
}

/// Notes that a device has asked for its list. It drops whom the list no longer names, so these are forgotten here too:
/// somebody who comes back has to be fetched again.
pub async fn listed(app: &App, bound: &BoundDevice, connection_id: Uuid, report: ListReport) -> Result<()> {
    let ListReport { count, bytes, expected_count, expected_bytes } = report;
    let row = device_state::ActiveModel {
        list_count: Set(Some(count)),
        list_bytes: Set(Some(bytes)),
        expected_count: Set(Some(expected_count)),
        expected_bytes: Set(Some(expected_bytes)),
        listed_at: Set(Some(Utc::now())),
        ..Default::default()
    };
    let db = app.db.writer();
    let noted = device_state::Entity::update_many()
        .set(row)
        .filter(device_state::Column::DeviceId.eq(bound.device.id))
        .filter(device_state::Column::ConnectionId.eq(connection_id))
        .exec(db)
        .await?;
    if noted.rows_affected == 0 {
        return Ok(());
    }
    device_person::Entity::delete_many()
        .filter(device_person::Column::DeviceId.eq(bound.device.id))
        .filter(gone_from(bound.project.id))
        .exec(db)
        .await?;
    events::tell(app, bound.project.id, bound.device.id, Happened::Listed).await;
    Ok(())
}

fn gone_from(project_id: Uuid) -> Condition {
    let here = roster_entry::Entity::find()
        .select_only()
        .column(roster_entry::Column::PersonId)
        .filter(roster_entry::Column::ProjectId.eq(project_id))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .into_query();
    Condition::all().add(device_person::Column::PersonId.not_in_subquery(here))
}

/// 845: a device was given somebody's features, with this photo.
#[derive(Clone, Copy, Debug)]
pub struct Fetched {
    pub device_id: Uuid,
    pub person_id: Uuid,
    pub photo_file_id: Uuid,
}

/// Notes whom devices have fetched, any number in one statement. True whatever the connection, so none is named.
pub async fn fetched(app: &App, fetches: &[Fetched]) -> Result<()> {
    // PostgreSQL does not change a row twice in one statement.
    let newest: HashMap<(Uuid, Uuid), Uuid> =
        fetches.iter().map(|one| ((one.device_id, one.person_id), one.photo_file_id)).collect();
    let now = Utc::now();
    let row = |((device_id, person_id), photo_file_id): (&(Uuid, Uuid), &Uuid)| device_person::ActiveModel {
        device_id: Set(*device_id),
        person_id: Set(*person_id),
        photo_file_id: Set(Some(*photo_file_id)),
        fetched_at: Set(now),
    };
    let rows: Vec<_> = newest.iter().map(row).collect();
    for batch in rows.chunks(BATCH) {
        let mut again = OnConflict::columns([device_person::Column::DeviceId, device_person::Column::PersonId]);
        again.update_columns([device_person::Column::PhotoFileId, device_person::Column::FetchedAt]);
        device_person::Entity::insert_many(batch.to_vec())
            .on_conflict(again)
            .exec_without_returning(app.db.writer())
            .await?;
    }
    Ok(())
}
