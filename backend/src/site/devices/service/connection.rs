//! What the gateway notes of a device's connection.
//!
//! Every write names its connection and counts only while the device still speaks over it: what an old connection has
//! left to say does not spoil a newer one's state.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement, Value,
    sea_query::{Expr, OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    entity::{
        device,
        device_state::{self, Column},
    },
    platform::{
        App,
        web::{Error, Result},
    },
    site::devices::{
        control::{Control, What},
        events::{self, Happened},
        query::BoundDevice,
    },
};

/// Both databases take this many values in one statement, at five for each device.
const BATCH: usize = 5_000;

/// The device speaks over this connection from now on; every other connection of it is told to end. False: it was
/// unbound since it logged in.
pub async fn connected(app: &App, bound: &BoundDevice, connection_id: Uuid, address: &str) -> Result<bool> {
    let now = Utc::now();
    // In one statement, because nobody holds a lock that an unbinding would wait for.
    let mut if_bound = Query::select();
    if_bound
        .exprs([
            Expr::val(bound.device.id),
            Expr::val(connection_id),
            Expr::val(now),
            Expr::val(Option::<DateTime<Utc>>::None),
            Expr::val(now),
            Expr::val(address),
        ])
        .from(device::Entity)
        .and_where(device::Column::Id.eq(bound.device.id))
        .and_where(device::Column::UnboundAt.is_null());
    let written =
        [Column::ConnectionId, Column::OnlineSince, Column::OfflineSince, Column::LastSeenAt, Column::Address];
    let mut insert = Query::insert();
    insert
        .into_table(device_state::Entity)
        .columns(std::iter::once(Column::DeviceId).chain(written))
        .select_from(if_bound)
        .map_err(Error::internal)?
        .on_conflict(OnConflict::column(Column::DeviceId).update_columns(written).to_owned());
    if app.db.writer().execute(&insert).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let taken_over = Control { device_id: bound.device.id, connection_id: Some(connection_id), what: What::TakenOver };
    taken_over.tell(app).await;
    events::tell(app, bound.project.id, bound.device.id, Happened::Online).await;
    Ok(true)
}

/// A connection that is over.
#[derive(Clone, Copy, Debug)]
pub struct Ended {
    pub project_id: Uuid,
    pub device_id: Uuid,
    pub connection_id: Uuid,
}

/// Notes the ends of many connections in one statement. A page that looks again because of a device that speaks over a
/// newer one by now sees no change.
pub async fn disconnected(app: &App, ended: &[Ended]) -> Result<()> {
    for batch in ended.chunks(BATCH) {
        let row = device_state::ActiveModel {
            connection_id: Set(None),
            online_since: Set(None),
            offline_since: Set(Some(Utc::now())),
            ..Default::default()
        };
        device_state::Entity::update_many()
            .set(row)
            .filter(Column::ConnectionId.is_in(batch.iter().map(|ended| ended.connection_id)))
            .filter(Column::DeviceId.is_in(batch.iter().map(|ended| ended.device_id)))
            .exec(app.db.writer())
            .await?;
    }
    for Ended { project_id, device_id, connection_id: _ } in ended {
        events::tell(app, *project_id, *device_id, Happened::Offline).await;
    }
    Ok(())
}

/// A sign of life.
#[derive(Clone, Copy, Debug)]
pub struct Heartbeat {
    pub device_id: Uuid,
    pub connection_id: Uuid,
    pub last_seen_at: DateTime<Utc>,
    /// How far the device's clock is ahead; nothing if it has not told a time.
    pub clock_offset_seconds: Option<i64>,
    /// The device's time of a punch that came since the last heart-beat.
    pub last_punch_at: Option<DateTime<Utc>>,
}

/// Notes the signs of life of many devices in one statement, each device once.
pub async fn seen(app: &App, heartbeats: &[Heartbeat]) -> Result<()> {
    let db = app.db.writer();
    for batch in heartbeats.chunks(BATCH) {
        db.execute_raw(Statement::from_sql_and_values(app.db.backend(), seen_sql(batch.len()), values(batch))).await?;
    }
    Ok(())
}

/// A stored punch may be older than the last one that is known.
fn seen_sql(count: usize) -> String {
    let row = |place: usize| {
        let first = place * 5;
        format!("(${}, ${}, ${}, ${}, ${})", first + 1, first + 2, first + 3, first + 4, first + 5)
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    format!(
        "WITH beat (device_id, connection_id, last_seen_at, clock_offset_seconds, last_punch_at) AS (VALUES {}) \
         UPDATE device_state SET last_seen_at = beat.last_seen_at, \
           clock_offset_seconds = COALESCE(beat.clock_offset_seconds, device_state.clock_offset_seconds), \
           last_punch_at = CASE WHEN beat.last_punch_at IS NULL OR beat.last_punch_at < device_state.last_punch_at \
             THEN device_state.last_punch_at ELSE beat.last_punch_at END \
         FROM beat WHERE device_state.device_id = beat.device_id AND device_state.connection_id = beat.connection_id",
        rows.join(", ")
    )
}

fn values(batch: &[Heartbeat]) -> Vec<Value> {
    let row = |beat: &Heartbeat| -> [Value; 5] {
        let Heartbeat { device_id, connection_id, last_seen_at, clock_offset_seconds, last_punch_at } = *beat;
        [device_id.into(), connection_id.into(), last_seen_at.into(), clock_offset_seconds.into(), last_punch_at.into()]
    };
    batch.iter().flat_map(row).collect()
}
