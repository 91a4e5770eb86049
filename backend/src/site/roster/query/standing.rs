//! What entries are judged by, for many people in a handful of queries.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait, sea_query::LockType,
};
use uuid::Uuid;

use crate::{
    entity::{
        Reach, crew, person, project,
        roster_entry::{self, Column},
        unit,
    },
    platform::web::Result,
    registry::regions::table,
    site::roster::rules::{Place, Standing},
};

/// Somebody's stay on this project that has not ended.
#[derive(Clone, Debug)]
pub struct Here {
    pub crew_id: Uuid,
    pub crew_name: String,
    pub created_at: DateTime<Utc>,
}

/// The standing of each of several people.
#[derive(Clone, Debug, Default)]
pub struct Standings {
    pub here: HashMap<Uuid, Here>,
    left: HashMap<Uuid, NaiveDate>,
    elsewhere: HashMap<Uuid, Vec<String>>,
}

impl Standings {
    pub fn of(&self, person: Uuid) -> Standing {
        Standing {
            here: self.here.get(&person).map(|here| here.crew_name.clone()),
            left_on: self.left.get(&person).copied(),
            elsewhere: self.elsewhere.get(&person).cloned().unwrap_or_default(),
        }
    }
}

/// Where these people are and were. Projects outside `visible` have no name here, only a region.
pub async fn standings(
    db: &impl ConnectionTrait,
    project: Uuid,
    people: &[Uuid],
    visible: &Reach,
) -> Result<Standings> {
    let mut standings = Standings { left: last_exits(db, project, people).await?, ..Default::default() };
    type OnSite = (Uuid, Uuid, String, Uuid, DateTime<Utc>, String, String);
    let on_site: Vec<OnSite> = roster_entry::Entity::find()
        .select_only()
        .columns([Column::PersonId, Column::CrewId])
        .column_as(crew::Column::Name, "crew_name")
        .columns([Column::ProjectId, Column::CreatedAt])
        .column_as(project::Column::Name, "project_name")
        .column_as(project::Column::RegionCode, "region_code")
        .join(JoinType::InnerJoin, roster_entry::Relation::Crew.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Project.def())
        .filter(Column::PersonId.is_in(people.iter().copied()))
        .filter(Column::ExitedOn.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let others = on_site.iter().map(|row| row.3).filter(|id| *id != project);
    let named = named(db, visible, others.collect()).await?;
    for (person, crew_id, crew_name, project_id, created_at, project_name, region_code) in on_site {
        if project_id == project {
            standings.here.insert(person, Here { crew_id, crew_name, created_at });
        } else {
            let words = if named.contains(&project_id) {
                format!("“{project_name}”")
            } else {
                format!("{}的其他项目", table::path(&region_code).concat())
            };
            standings.elsewhere.entry(person).or_default().push(words);
        }
    }
    Ok(standings)
}

async fn last_exits(db: &impl ConnectionTrait, project: Uuid, people: &[Uuid]) -> Result<HashMap<Uuid, NaiveDate>> {
    let rows: Vec<(Uuid, NaiveDate)> = roster_entry::Entity::find()
        .select_only()
        .column(Column::PersonId)
        .column_as(Column::ExitedOn.max(), "left_on")
        .filter(Column::ProjectId.eq(project))
        .filter(Column::PersonId.is_in(people.iter().copied()))
        .filter(Column::ExitedOn.is_not_null())
        .group_by(Column::PersonId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

async fn named(db: &impl ConnectionTrait, visible: &Reach, projects: HashSet<Uuid>) -> Result<HashSet<Uuid>> {
    if projects.is_empty() {
        return Ok(projects);
    }
    let select = project::Entity::find_in(visible).filter(project::Column::Id.is_in(projects));
    let ids: Vec<Uuid> = select.select_only().column(project::Column::Id).into_tuple().all(db).await?;
    Ok(ids.into_iter().collect())
}

/// Who holds these attendance cards on a project now: card, entry and name.
pub async fn who_holds_cards(
    db: &impl ConnectionTrait,
    project: Uuid,
    cards: &[&str],
) -> Result<HashMap<String, (Uuid, String)>> {
    if cards.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, Uuid, String)> = roster_entry::Entity::find()
        .select_only()
        .columns([Column::CardNumber, Column::Id])
        .column_as(person::Column::Name, "name")
        .join(JoinType::InnerJoin, roster_entry::Relation::Person.def())
        .filter(Column::ProjectId.eq(project))
        .filter(Column::CardNumber.is_in(cards.iter().copied()))
        .filter(Column::ExitedOn.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(card, entry, name)| (card, (entry, name))).collect())
}

/// Crews of a project with their units, gone ones too; locked against leaving until the transaction ends.
pub async fn places(db: &impl ConnectionTrait, project: Uuid, crews: &[Uuid]) -> Result<HashMap<Uuid, Place>> {
    let crews: Vec<crew::Model> = crew::Entity::find()
        .filter(crew::Column::ProjectId.eq(project))
        .filter(crew::Column::Id.is_in(crews.iter().copied()))
        .lock(LockType::Share)
        .all(db)
        .await?;
    let ids: HashSet<Uuid> = crews.iter().map(|crew| crew.unit_id).collect();
    let units = unit::Entity::find().filter(unit::Column::Id.is_in(ids)).all(db).await?;
    let units: HashMap<Uuid, unit::Model> = units.into_iter().map(|unit| (unit.id, unit)).collect();
    let place = |crew: crew::Model| {
        let unit = units.get(&crew.unit_id)?.clone();
        Some((crew.id, Place { crew, unit }))
    };
    Ok(crews.into_iter().filter_map(place).collect())
}
