//! What stands beside registrations, in one query each.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::{
    entity::{
        company, crew,
        registration::Model,
        registration_event::{self, RegistrationStep},
        unit,
    },
    platform::web::Result,
    registry::dictionaries::UnitKind,
    site::registrations::dto::RegistrationLine,
};

/// A crew with its unit's kind and company.
#[derive(Clone, Debug)]
pub struct CrewName {
    pub name: String,
    pub unit_kind: String,
    pub unit_name: String,
}

pub async fn crews(db: &impl ConnectionTrait, rows: &[Model]) -> Result<HashMap<Uuid, CrewName>> {
    let ids: HashSet<Uuid> = rows.iter().filter_map(|row| row.crew_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String, String, String)> = crew::Entity::find()
        .select_only()
        .columns([crew::Column::Id, crew::Column::Name])
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(company::Column::Name, "unit_name")
        .join(JoinType::InnerJoin, crew::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .filter(crew::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let named = |(id, name, unit_kind, unit_name)| (id, CrewName { name, unit_kind, unit_name });
    Ok(found.into_iter().map(named).collect())
}

/// The general contractors of projects, as they are on site.
pub async fn contractors(db: &impl ConnectionTrait, projects: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let found: Vec<(Uuid, String)> = unit::Entity::find()
        .select_only()
        .column(unit::Column::ProjectId)
        .column_as(company::Column::Name, "name")
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .filter(unit::Column::ProjectId.is_in(projects.iter().copied()))
        .filter(unit::Column::Kind.eq(UnitKind::GeneralContractor.code()))
        .filter(unit::Column::ExitedOn.is_null())
        .order_by_desc(unit::Column::EnteredOn)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// What happened to one, the oldest first. The worker is told that it was the project, and not who of its people.
pub async fn history(db: &impl ConnectionTrait, row: &Model, for_worker: bool) -> Result<Vec<RegistrationLine>> {
    let events = registration_event::Entity::find()
        .filter(registration_event::Column::RegistrationId.eq(row.id))
        .order_by_asc(registration_event::Column::At)
        .order_by_asc(registration_event::Column::Id)
        .all(db)
        .await?;
    let line = |event: registration_event::Model| {
        let decided = matches!(event.what, RegistrationStep::Approved | RegistrationStep::Refused);
        let who = match for_worker {
            true if decided => "项目部".to_owned(),
            true if event.account_id.is_none() => "本人".to_owned(),
            true => "项目部".to_owned(),
            false => event.actor_name,
        };
        RegistrationLine { at: event.at, what: event.what, who, reason: event.reason }
    };
    Ok(events.into_iter().map(line).collect())
}
