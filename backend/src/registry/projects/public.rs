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

use super::{query::contains, view::region_path};
use crate::{
    entity::{company, person, project, roster_entry, unit},
    platform::{
        types::{Masked, Text},
        web::Result,
    },
    registry::dictionaries::UnitKind,
};

/// So many at most: who gets more must ask more precisely.
const MOST: u64 = 10;

/// The posts that must be filled, and in which unit.
const KEY_POSTS: [(UnitKind, &str); 2] = [(UnitKind::GeneralContractor, "1009"), (UnitKind::Supervision, "1001")];

#[derive(Debug, Serialize, ToSchema)]
pub struct PublicProject {
    pub name: String,
    pub code: Option<String>,
    pub region_path: Vec<String>,
    pub category: String,
    pub status: String,
    pub permit_number: Option<String>,
    pub units: Vec<PublicUnit>,
    pub key_posts: Vec<KeyPost>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PublicUnit {
    pub kind: String,
    pub company_name: String,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

/// A post that must be filled.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeyPost {
    pub unit_kind: UnitKind,
    pub post: &'static str,
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

#[derive(FromQueryResult)]
struct PostLine {
    project_id: Uuid,
    unit_kind: String,
    post: String,
    name: String,
}

pub async fn find(db: &impl ConnectionTrait, text: &Text<4, 100>) -> Result<Vec<PublicProject>> {
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
    let posts = posts(db, &ids).await?;
    Ok(projects
        .into_iter()
        .map(|project| PublicProject {
            units: units.remove(&project.id).unwrap_or_default(),
            key_posts: key_posts(project.id, &posts),
            region_path: region_path(&project.region_code),
            name: project.name,
            code: project.code,
            category: project.category,
            status: project.status,
            permit_number: project.permit_number,
        })
        .collect())
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

async fn posts(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<PostLine>> {
    let select = roster_entry::Entity::find()
        .select_only()
        .columns([roster_entry::Column::ProjectId, roster_entry::Column::Post])
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(person::Column::Name, "name")
        .join(JoinType::InnerJoin, roster_entry::Relation::Unit.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Person.def())
        .filter(roster_entry::Column::ProjectId.is_in(ids.iter().copied()))
        .filter(roster_entry::Column::ExitedOn.is_null())
        .filter(roster_entry::Column::Post.is_in(KEY_POSTS.map(|(_, post)| post)));
    Ok(select.into_model::<PostLine>().all(db).await?)
}

fn key_posts(project_id: Uuid, lines: &[PostLine]) -> Vec<KeyPost> {
    let key_post = |(unit_kind, post): (UnitKind, &'static str)| {
        let here =
            |line: &&PostLine| line.project_id == project_id && line.unit_kind == unit_kind.code() && line.post == post;
        let names: Vec<Masked> = lines.iter().filter(here).map(|line| Masked::name(&line.name)).collect();
        KeyPost { unit_kind, post, filled: !names.is_empty(), names }
    };
    KEY_POSTS.map(key_post).into()
}
