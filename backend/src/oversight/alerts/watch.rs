//! The watch: compares what is wrong with the alerts that are open.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
    sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::rules::{Finding, Watched, findings};
use crate::{
    entity::{
        Reach,
        alert::{self, AlertKind, Column},
        device, device_state, project,
    },
    platform::{
        App,
        jobs::{Job, JobContext, JobError, Outcome},
        web::{Error, Result},
    },
    registry::{dictionaries::ProjectStatus, policies},
    site::live::{self, LiveKind},
};

const BATCH: usize = 500;

/// Looks at every device of every project under way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WatchDevices {}

impl Job for WatchDevices {
    const KIND: &'static str = "alerts.watch";

    async fn run(self, context: JobContext) -> Result<Outcome, JobError> {
        let Watch { opened, closed } = watch(&context.app, Utc::now()).await?;
        Ok(Outcome::result(json!({ "opened": opened, "closed": closed })))
    }
}

/// What a look has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    pub opened: usize,
    pub closed: usize,
}

/// Opens alerts for what is wrong and closes those for what is not any more.
pub async fn watch(app: &App, now: DateTime<Utc>) -> Result<Watch> {
    let devices = watched(app).await?;
    let patience = patience(app, &devices).await?;
    let found = findings(&devices, |region| patience.get(region).copied().unwrap_or(TimeDelta::MAX), now);
    let open = alert::Entity::find().filter(Column::ClosedAt.is_null()).all(app.db.reader()).await?;

    let is_open: HashSet<(AlertKind, Uuid)> = open.iter().map(|alert| (alert.kind, alert.subject_id)).collect();
    let is_found: HashSet<(AlertKind, Uuid)> = found.iter().map(|one| (one.kind, one.subject_id)).collect();
    let new: Vec<Finding> = found.into_iter().filter(|one| !is_open.contains(&(one.kind, one.subject_id))).collect();
    let over: Vec<alert::Model> =
        open.into_iter().filter(|alert| !is_found.contains(&(alert.kind, alert.subject_id))).collect();
    self::open(app, &new, now).await?;
    close(app, &over, now).await?;
    Ok(Watch { opened: new.len(), closed: over.len() })
}

async fn watched(app: &App) -> Result<Vec<Watched>> {
    // 停工, 竣工 and 完工: nobody has to be there.
    let at_rest = [ProjectStatus::Stopped, ProjectStatus::Accepted, ProjectStatus::Finished];
    Ok(device::Entity::find_in(&Reach::everything())
        .select_only()
        .columns([
            device::Column::Id,
            device::Column::ProjectId,
            device::Column::Kind,
            device::Column::Serial,
            device::Column::Place,
            device::Column::CreatedAt,
        ])
        .columns([device_state::Column::LastSeenAt, device_state::Column::ClockOffsetSeconds])
        .column(project::Column::RegionCode)
        .join(JoinType::InnerJoin, device::Relation::Project.def())
        .join(JoinType::LeftJoin, device::Relation::DeviceState.def())
        .filter(device::Column::UnboundAt.is_null())
        .filter(project::Column::CancelledAt.is_null())
        .filter(project::Column::Status.is_not_in(at_rest.map(ProjectStatus::code)))
        .into_model()
        .all(app.db.reader())
        .await?)
}

/// How long each region lets a device be silent.
async fn patience(app: &App, devices: &[Watched]) -> Result<HashMap<String, TimeDelta>> {
    let regions: HashSet<&String> = devices.iter().map(|device| &device.region_code).collect();
    let mut patience = HashMap::new();
    for region in regions {
        let minutes = policies::for_region(app, region).await?.offline_alert_minutes;
        patience.insert(region.clone(), TimeDelta::minutes(minutes));
    }
    Ok(patience)
}

async fn open(app: &App, findings: &[Finding], now: DateTime<Utc>) -> Result<()> {
    for batch in findings.chunks(BATCH) {
        let mut rows = Vec::with_capacity(batch.len());
        for Finding { kind, project_id, subject_id, details } in batch {
            rows.push(alert::ActiveModel {
                id: Set(Uuid::now_v7()),
                kind: Set(*kind),
                project_id: Set(*project_id),
                subject_id: Set(*subject_id),
                details: Set(serde_json::to_value(details).map_err(Error::internal)?),
                opened_at: Set(now),
                closed_at: Set(None),
            });
        }
        // Another worker may look at the same moment.
        let once = OnConflict::new().do_nothing().to_owned();
        alert::Entity::insert_many(rows).on_conflict(once).exec_without_returning(app.db.writer()).await?;
        for one in batch {
            tell(app, one.project_id, one.kind, one.subject_id, true).await;
        }
    }
    Ok(())
}

async fn close(app: &App, over: &[alert::Model], now: DateTime<Utc>) -> Result<()> {
    for batch in over.chunks(BATCH) {
        alert::Entity::update_many()
            .set(alert::ActiveModel { closed_at: Set(Some(now)), ..Default::default() })
            .filter(Column::Id.is_in(batch.iter().map(|alert| alert.id)))
            .exec(app.db.writer())
            .await?;
        for alert in batch {
            tell(app, alert.project_id, alert.kind, alert.subject_id, false).await;
        }
    }
    Ok(())
}

async fn tell(app: &App, project_id: Uuid, alert: AlertKind, subject_id: Uuid, open: bool) {
    let about = json!({ "alert": alert, "subject_id": subject_id, "open": open });
    live::tell(app, project_id, LiveKind::Alert, &about).await;
}
