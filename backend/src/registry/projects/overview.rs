//! 【项目总览】: what is on the site today, how it moved in the last thirty days, and what is still missing.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
    RelationTrait, Select,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::form::ProjectFacts;
use crate::{
    entity::{
        company::UploadState,
        crew, person, project,
        roster_entry::{self, EntryKind},
        unit,
    },
    platform::{types::clock, web::Result},
    registry::dictionaries::UnitKind,
};

const DAYS: u64 = 30;

#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    /// Units on site.
    pub units: u64,
    /// Crews on site.
    pub crews: u64,
    pub people: People,
    /// The last thirty days, the oldest first.
    pub days: Vec<Day>,
    pub missing: Missing,
}

/// People on site by kind.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct People {
    pub workers: u64,
    pub managers: u64,
    pub others: u64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Day {
    pub day: NaiveDate,
    pub entered: u64,
    pub exited: u64,
}

/// What is to be completed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Missing {
    /// Workers on site without a work type (QH10).
    pub work_type: u64,
    /// Workers on site without a wage card (QH10).
    pub wage_card: u64,
    /// People on site without a photo.
    pub photo: u64,
    /// People on site whom the province does not have yet.
    pub not_uploaded: u64,
    /// The project has no position.
    pub position: bool,
    pub venue_code: bool,
    pub permit: bool,
    /// Companies among the five parties that are not on site as units.
    pub parties: Vec<MissingParty>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MissingParty {
    pub kind: UnitKind,
    pub name: String,
    pub credit_code: String,
}

pub async fn of(db: &impl ConnectionTrait, project: &project::Model) -> Result<Overview> {
    let id = project.id;
    let units = unit::Entity::find().filter(unit::Column::ProjectId.eq(id)).filter(unit::Column::ExitedOn.is_null());
    let crews = crew::Entity::find().filter(crew::Column::ProjectId.eq(id)).filter(crew::Column::ExitedOn.is_null());
    Ok(Overview {
        units: units.count(db).await?,
        crews: crews.count(db).await?,
        people: people(db, on_site(id)).await?,
        days: days(db, of_project(id), clock::china_today()).await?,
        missing: missing(db, project).await?,
    })
}

fn of_project(project_id: Uuid) -> Select<roster_entry::Entity> {
    roster_entry::Entity::find().filter(roster_entry::Column::ProjectId.eq(project_id))
}

fn on_site(project_id: Uuid) -> Select<roster_entry::Entity> {
    of_project(project_id).filter(roster_entry::Column::ExitedOn.is_null())
}

/// The people of these entries, by kind.
pub async fn people(db: &impl ConnectionTrait, entries: Select<roster_entry::Entity>) -> Result<People> {
    let by_kind = entries
        .select_only()
        .column(roster_entry::Column::Kind)
        .column_as(roster_entry::Column::Id.count(), "people")
        .group_by(roster_entry::Column::Kind)
        .into_tuple::<(EntryKind, i64)>()
        .all(db)
        .await?;
    let mut people = People::default();
    for (kind, count) in by_kind {
        let place = match kind {
            EntryKind::Worker => &mut people.workers,
            EntryKind::Manager => &mut people.managers,
            EntryKind::Other => &mut people.others,
        };
        *place = u64::try_from(count).unwrap_or_default();
    }
    Ok(people)
}

/// Every day has its line, also those on which nobody came or went.
pub async fn days(
    db: &impl ConnectionTrait,
    entries: Select<roster_entry::Entity>,
    today: NaiveDate,
) -> Result<Vec<Day>> {
    let from = today - Days::new(DAYS - 1);
    let entered = by_day(db, entries.clone(), roster_entry::Column::EnteredOn, from).await?;
    let exited = by_day(db, entries, roster_entry::Column::ExitedOn, from).await?;
    let count = |counts: &HashMap<NaiveDate, u64>, day| counts.get(&day).copied().unwrap_or_default();
    let line = |day| Day { day, entered: count(&entered, day), exited: count(&exited, day) };
    Ok((0..DAYS).map(|ahead| line(from + Days::new(ahead))).collect())
}

async fn by_day(
    db: &impl ConnectionTrait,
    entries: Select<roster_entry::Entity>,
    day: roster_entry::Column,
    from: NaiveDate,
) -> Result<HashMap<NaiveDate, u64>> {
    let counts = entries
        .select_only()
        .column(day)
        .column_as(roster_entry::Column::Id.count(), "people")
        .filter(day.gte(from))
        .group_by(day)
        .into_tuple::<(NaiveDate, i64)>()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(day, count)| (day, u64::try_from(count).unwrap_or_default())).collect())
}

async fn missing(db: &impl ConnectionTrait, project: &project::Model) -> Result<Missing> {
    let workers = || on_site(project.id).filter(roster_entry::Column::Kind.eq(EntryKind::Worker));
    let with_person = |select: Select<roster_entry::Entity>, condition: Condition| {
        select.join(JoinType::InnerJoin, roster_entry::Relation::Person.def()).filter(condition)
    };
    let no_card = Condition::all().add(person::Column::BankCardHash.is_null());
    let no_photo = Condition::all().add(person::Column::PhotoFileId.is_null());
    let not_uploaded = on_site(project.id).filter(roster_entry::Column::UploadState.ne(UploadState::Uploaded));
    Ok(Missing {
        work_type: workers().filter(roster_entry::Column::WorkType.is_null()).count(db).await?,
        wage_card: with_person(workers(), no_card).count(db).await?,
        photo: with_person(on_site(project.id), no_photo).count(db).await?,
        not_uploaded: not_uploaded.count(db).await?,
        position: project.longitude.is_none(),
        venue_code: project.venue_code.is_none(),
        permit: project.permit_number.is_none(),
        parties: missing_parties(db, project).await?,
    })
}

async fn missing_parties(db: &impl ConnectionTrait, project: &project::Model) -> Result<Vec<MissingParty>> {
    let units = unit::Entity::find()
        .select_only()
        .column(unit::Column::Kind)
        .column(crate::entity::company::Column::CreditCode)
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .filter(unit::Column::ProjectId.eq(project.id))
        .filter(unit::Column::ExitedOn.is_null())
        .into_tuple::<(String, String)>()
        .all(db)
        .await?;
    let there = |kind: UnitKind, code: &str| units.iter().any(|(k, c)| k == kind.code() && c == code);
    let parties = ProjectFacts::of(project).parties.into_iter();
    Ok(parties
        .filter(|party| !there(party.kind, party.credit_code.as_str()))
        .map(|party| MissingParty {
            kind: party.kind,
            name: party.name.into_string(),
            credit_code: party.credit_code.as_str().to_owned(),
        })
        .collect())
}
