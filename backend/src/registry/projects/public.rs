//! 【项目查询】 without login (QH3): who takes part in a project and whether its key posts are filled.
//! Nothing about a person goes out but a masked name.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    key_posts::{self, Holder, KeyPost},
    query::contains,
    view::region_path,
};
use crate::{
    entity::{company, project, unit},
    platform::{
        App,
        types::{Masked, Text},
        web::Result,
    },
    registry::{
        dictionaries::UnitKind,
        policies::{self, Policy},
    },
};

/// So many at most: who gets more must ask more precisely.
const MOST: u64 = 10;

#[derive(Debug, Serialize, ToSchema)]
pub struct PublicProject {
    pub name: String,
    pub code: Option<String>,
    pub region_path: Vec<String>,
    pub category: String,
    pub status: String,
    pub permit_number: Option<String>,
    pub units: Vec<PublicUnit>,
    pub key_posts: Vec<PublicKeyPost>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PublicUnit {
    pub kind: String,
    pub company_name: String,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

/// A post that the project's region demands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicKeyPost {
    pub unit_kind: UnitKind,
    pub post: String,
    pub filled: bool,
    /// Whoever fills it, masked.
    pub names: Vec<Masked>,
}

#[derive(FromQueryResult)]
struct UnitLine {
    project_id: Uuid,
    kind: String,
    company_name: String,
    entered_on: NaiveDate,
    exited_on: Option<NaiveDate>,
}

pub async fn find(app: &App, text: &Text<4, 100>) -> Result<Vec<PublicProject>> {
    let db = app.db.reader();
    let matches = Condition::any()
        .add(contains(project::Column::Name, text))
        .add(project::Column::Code.eq(text.as_str()))
        .add(project::Column::PermitNumber.eq(text.as_str()));
    let projects = project::Entity::find()
        .filter(matches)
        .filter(project::Column::CancelledAt.is_null())
        .order_by_asc(project::Column::Name)
        .limit(MOST)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = projects.iter().map(|project| project.id).collect();
    let mut units = units(db, &ids).await?;
    let holders = key_posts::holders(db, &ids).await?;
    let mut found = Vec::with_capacity(projects.len());
    for project in projects {
        let policy = policies::for_region(app, &project.region_code).await?;
        found.push(PublicProject {
            units: units.remove(&project.id).unwrap_or_default(),
            key_posts: filled(project.id, &policy, &holders),
            region_path: region_path(&project.region_code),
            name: project.name,
            code: project.code,
            category: project.category,
            status: project.status,
            permit_number: project.permit_number,
        });
    }
    Ok(found)
}

fn filled(project_id: Uuid, policy: &Policy, holders: &[Holder]) -> Vec<PublicKeyPost> {
    let shown = |key: KeyPost| {
        let names: Vec<Masked> = key.filled_by(project_id, holders).map(|holder| Masked::name(&holder.name)).collect();
        PublicKeyPost { unit_kind: key.unit_kind, post: key.post, filled: !names.is_empty(), names }
    };
    KeyPost::demanded_by(policy).into_iter().map(shown).collect()
}

async fn units(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<PublicUnit>>> {
    let lines = unit::Entity::find()
        .select_only()
        .columns([unit::Column::ProjectId, unit::Column::Kind, unit::Column::EnteredOn, unit::Column::ExitedOn])
        .column_as(company::Column::Name, "company_name")
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .filter(unit::Column::ProjectId.is_in(ids.iter().copied()))
        .order_by_asc(unit::Column::EnteredOn)
        .into_model::<UnitLine>()
        .all(db)
        .await?;
    let mut of_project: HashMap<Uuid, Vec<PublicUnit>> = HashMap::new();
    for UnitLine { project_id, kind, company_name, entered_on, exited_on } in lines {
        of_project.entry(project_id).or_default().push(PublicUnit { kind, company_name, entered_on, exited_on });
    }
    Ok(of_project)
}
