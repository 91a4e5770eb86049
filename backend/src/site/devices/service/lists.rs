//! What the gateway notes of the people a device knows.

use std::collections::HashMap;

use chrono::Utc;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{device_person, device_state, roster_entry},
    platform::{App, web::Result},
    site::devices::events::{self, Happened},
};

/// Four values each, within what both databases take in one statement.
const BATCH: usize = 5_000;
/// Devices whose lists are noted in one transaction. On SQLite punches wait for it.
const AT_ONCE: usize = 100;

/// 849: what a device said of its list, and what the list should be.
#[derive(Clone, Copy, Debug)]
pub struct ListReport {
    pub count: i64,
    /// The sum of the lengths of its people's photos.
    pub bytes: i64,
    pub expected_count: i64,
    pub expected_bytes: i64,
}

/// A device that has asked for its list, and over which connection.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    pub project_id: Uuid,
    pub device_id: Uuid,
    pub connection_id: Uuid,
    pub report: ListReport,
}

/// Notes which devices have asked for their lists, many in one transaction: terminals do so every few minutes.
pub async fn listed(app: &App, all: &[Listed]) -> Result<()> {
    for some in all.chunks(AT_ONCE) {
        let tx = app.db.begin().await?;
        for one in some {
            note(&tx, one).await?;
        }
        tx.commit().await?;
    }
    for Listed { project_id, device_id, connection_id: _, report: _ } in all {
        events::tell(app, *project_id, *device_id, Happened::Listed).await;
    }
    Ok(())
}

/// A device drops whom the list no longer names, so these are forgotten here too: somebody who comes back has to be
/// fetched again.
async fn note(tx: &DatabaseTransaction, listed: &Listed) -> Result<()> {
    let Listed { project_id, device_id, connection_id, report } = *listed;
    let ListReport { count, bytes, expected_count, expected_bytes } = report;
    let row = device_state::ActiveModel {
        list_count: Set(Some(count)),
        list_bytes: Set(Some(bytes)),
        expected_count: Set(Some(expected_count)),
        expected_bytes: Set(Some(expected_bytes)),
        listed_at: Set(Some(Utc::now())),
        ..Default::default()
    };
    let noted = device_state::Entity::update_many()
        .set(row)
        .filter(device_state::Column::DeviceId.eq(device_id))
        .filter(device_state::Column::ConnectionId.eq(connection_id))
        .exec(tx)
        .await?;
    if noted.rows_affected == 1 {
        device_person::Entity::delete_many()
            .filter(device_person::Column::DeviceId.eq(device_id))
            .filter(gone_from(project_id))
            .exec(tx)
            .await?;
    }
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
