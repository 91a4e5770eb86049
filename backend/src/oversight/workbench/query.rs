use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    entity::{
        Reach,
        application::{self, ApplicationState},
        project, roster_entry,
    },
    oversight::alerts,
    platform::{
        App,
        auth::{Caller, Permission},
        cache::{SLOW, kept},
        types::clock,
        web::Result,
    },
    registry::{
        dictionaries::UnitKind,
        policies::Policy,
        projects::{
            key_posts::{self, KeyPost},
            overview::{self, Day, People},
            qualified, region_path,
        },
    },
    site::contracts::{self, dto::ContractCounts},
};

const NEWEST: u64 = 6;

#[derive(Debug, Serialize, ToSchema)]
pub struct Workbench {
    pub projects: ProjectFigures,
    /// People on site.
    pub people: People,
    /// Entries and exits of the last thirty days, the oldest first.
    pub days: Vec<Day>,
    /// Alerts that are not over.
    pub open_alerts: u64,
    /// Workers without a contract; only for those who see contracts.
    pub contracts: Option<ContractCounts>,
    /// Only for those who decide about them.
    pub applications: Option<ApplicationFigures>,
}

/// Projects that are not cancelled.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ProjectFigures {
    pub total: u64,
    /// All units, crews and serving people are with the province.
    pub qualified: u64,
    pub by_status: Vec<StatusFigure>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct StatusFigure {
    /// Code of the project statuses dictionary.
    pub status: String,
    pub projects: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ApplicationFigures {
    pub pending: u64,
    /// The pending ones that came last.
    pub newest: Vec<PendingApplication>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PendingApplication {
    pub id: Uuid,
    pub number: String,
    pub name: String,
    pub region_path: Vec<String>,
    pub created_at: DateTime<Utc>,
}

/// A post that must be filled.
#[derive(Debug, PartialEq, Serialize, ToSchema)]
pub struct PostFilling {
    /// In which kind of unit.
    pub unit_kind: UnitKind,
    pub post: String,
    pub people: u64,
}

/// What is reckoned over everything within reach.
#[derive(Serialize, Deserialize)]
struct Figures {
    projects: ProjectFigures,
    people: People,
    days: Vec<Day>,
}

pub async fn workbench(app: &App, caller: &Caller, reach: &Reach) -> Result<Workbench> {
    let db = app.db.reader();
    let on_roster = caller.reach(Permission::ViewRoster);
    let key = format!("workbench:{}:{}", reach.key(), on_roster.key());
    let Figures { projects, people, days } = kept(&app.cache, &key, SLOW, figures(db, reach, &on_roster)).await?;
    // What waits for somebody is never a minute old.
    let applications = match caller.may(Permission::ReviewApplications) {
        true => Some(applications(db, &caller.reach(Permission::ReviewApplications)).await?),
        false => None,
    };
    let open_alerts = alerts::open_count(db, &caller.reach(Permission::ViewDevices)).await?;
    let contracts = match caller.may(Permission::ViewContracts) {
        true => Some(contracts::query::figures(app, &caller.reach(Permission::ViewContracts)).await?),
        false => None,
    };
    Ok(Workbench { projects, people, days, open_alerts, contracts, applications })
}

async fn figures(db: &impl ConnectionTrait, reach: &Reach, on_roster: &Reach) -> Result<Figures> {
    let entries = roster_entry::Entity::find_in(on_roster);
    let on_site = entries.clone().filter(roster_entry::Column::ExitedOn.is_null());
    Ok(Figures {
        projects: projects(db, reach).await?,
        people: overview::people(db, on_site).await?,
        days: overview::days(db, entries, clock::china_today()).await?,
    })
}

fn standing(reach: &Reach) -> Select<project::Entity> {
    project::Entity::find_in(reach).filter(project::Column::CancelledAt.is_null())
}

async fn projects(db: &impl ConnectionTrait, reach: &Reach) -> Result<ProjectFigures> {
    let mut by_status: Vec<StatusFigure> = standing(reach)
        .select_only()
        .column(project::Column::Status)
        .column_as(project::Column::Id.count(), "projects")
        .group_by(project::Column::Status)
        .into_tuple::<(String, i64)>()
        .all(db)
        .await?
        .into_iter()
        .map(|(status, count)| StatusFigure { status, projects: u64::try_from(count).unwrap_or_default() })
        .collect();
    by_status.sort_by(|one, other| one.status.cmp(&other.status));
    Ok(ProjectFigures {
        total: by_status.iter().map(|figure| figure.projects).sum(),
        qualified: standing(reach).filter(qualified::condition()).count(db).await?,
        by_status,
    })
}

async fn applications(db: &impl ConnectionTrait, reach: &Reach) -> Result<ApplicationFigures> {
    let pending = application::Entity::find_in(reach).filter(application::Column::State.eq(ApplicationState::Pending));
    let newest = pending.clone().order_by_desc(application::Column::CreatedAt).limit(NEWEST).all(db).await?.into_iter();
    let show = |row: application::Model| PendingApplication {
        id: row.id,
        number: row.number,
        name: row.name,
        region_path: region_path(&row.region_code),
        created_at: row.created_at,
    };
    Ok(ApplicationFigures { pending: pending.count(db).await?, newest: newest.map(show).collect() })
}

pub async fn key_posts(db: &impl ConnectionTrait, project_id: Uuid, policy: &Policy) -> Result<Vec<PostFilling>> {
    let holders = key_posts::holders(db, &[project_id]).await?;
    let filling = |key: KeyPost| PostFilling {
        people: key.filled_by(project_id, &holders).count() as u64,
        unit_kind: key.unit_kind,
        post: key.post,
    };
    Ok(KeyPost::demanded_by(policy).into_iter().map(filling).collect())
}
