use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::{
    entity::{Reach, company, crew, project, roster_entry, roster_entry::EntryKind, unit},
    platform::web::Result,
    registry::people::dto::Whereabouts,
};

/// A line of the roster with the names that belong to it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct NamedEntry {
    pub person_id: Uuid,
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    pub unit_name: String,
    pub crew_name: String,
    pub kind: EntryKind,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

/// The roster of these people, on all projects.
pub fn named_entries(people: &[Uuid]) -> sea_orm::Select<roster_entry::Entity> {
    roster_entry::Entity::find()
        .select_only()
        .columns([
            roster_entry::Column::PersonId,
            roster_entry::Column::ProjectId,
            roster_entry::Column::Kind,
            roster_entry::Column::WorkType,
            roster_entry::Column::Post,
            roster_entry::Column::EnteredOn,
            roster_entry::Column::ExitedOn,
        ])
        .column_as(project::Column::Name, "project_name")
        .column(project::Column::RegionCode)
        .column_as(crew::Column::Name, "crew_name")
        .column_as(company::Column::Name, "unit_name")
        .join(JoinType::InnerJoin, roster_entry::Relation::Project.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Crew.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .filter(roster_entry::Column::PersonId.is_in(people.iter().copied()))
        .order_by_desc(roster_entry::Column::EnteredOn)
        .order_by_desc(roster_entry::Column::Id)
}

/// Where each of these people is now. Projects out of reach lose their names.
pub async fn on_site_now(
    db: &impl ConnectionTrait,
    reach: &Reach,
    people: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Whereabouts>>> {
    let open = named_entries(people).filter(roster_entry::Column::ExitedOn.is_null());
    let entries: Vec<NamedEntry> = open.into_model().all(db).await?;
    let visible = projects_in(db, reach, entries.iter().map(|entry| entry.project_id)).await?;
    let mut places: HashMap<Uuid, Vec<Whereabouts>> = HashMap::new();
    for entry in entries {
        let seen = visible.contains(&entry.project_id);
        places.entry(entry.person_id).or_default().push(whereabouts(entry, seen));
    }
    Ok(places)
}

fn whereabouts(entry: NamedEntry, seen: bool) -> Whereabouts {
    let NamedEntry { project_id, project_name, unit_name, crew_name, kind, work_type, post, entered_on, .. } = entry;
    Whereabouts {
        project_id: seen.then_some(project_id),
        project_name: seen.then_some(project_name),
        unit_name: seen.then_some(unit_name),
        crew_name: seen.then_some(crew_name),
        kind,
        work_type,
        post,
        entered_on,
    }
}

/// Which of these projects the caller may see.
pub async fn projects_in(
    db: &impl ConnectionTrait,
    reach: &Reach,
    projects: impl Iterator<Item = Uuid>,
) -> Result<HashSet<Uuid>> {
    let ids: HashSet<Uuid> = projects.collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let found: Vec<Uuid> = project::Entity::find_in(reach)
        .select_only()
        .column(project::Column::Id)
        .filter(project::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

pub async fn is_on_any_site(db: &impl ConnectionTrait, person_id: Uuid) -> Result<bool> {
    let open = roster_entry::Entity::find()
        .filter(roster_entry::Column::PersonId.eq(person_id).and(roster_entry::Column::ExitedOn.is_null()));
    Ok(open.count(db).await? > 0)
}
