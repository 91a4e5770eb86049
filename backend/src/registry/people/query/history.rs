//! 【职业履历】: where somebody has worked, by itself from the roster and the companies' books.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::whereabouts::{NamedEntry, named_entries, projects_in};
use crate::{
    entity::{Reach, Scope, company, employment, person, roster_entry::EntryKind},
    platform::web::Result,
};

/// More lines than this nobody reads; the newest come first.
const LONGEST: u64 = 500;

/// A time on a site. Of a project out of reach only its region is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteTime {
    pub project_id: Option<Uuid>,
    pub project_name: Option<String>,
    pub region_code: String,
    pub unit_name: Option<String>,
    pub crew_name: Option<String>,
    pub kind: EntryKind,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

/// A time with a company. Why it ended is told to that company and to regulators.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompanyTime {
    pub company_id: Uuid,
    pub company_name: String,
    pub joined_on: NaiveDate,
    pub left_on: Option<NaiveDate>,
    pub leave_reason: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    pub sites: Vec<SiteTime>,
    pub companies: Vec<CompanyTime>,
}

pub async fn history(db: &impl ConnectionTrait, reach: &Reach, person: &person::Model) -> Result<History> {
    let entries: Vec<NamedEntry> = named_entries(&[person.id]).limit(LONGEST).into_model().all(db).await?;
    let visible = projects_in(db, reach, entries.iter().map(|entry| entry.project_id)).await?;
    let sites = entries.into_iter().map(|entry| site_time(entry, &visible)).collect();
    Ok(History { sites, companies: companies(db, reach, person.id).await? })
}

fn site_time(entry: NamedEntry, visible: &HashSet<Uuid>) -> SiteTime {
    let seen = visible.contains(&entry.project_id);
    SiteTime {
        project_id: seen.then_some(entry.project_id),
        project_name: seen.then_some(entry.project_name),
        region_code: entry.region_code,
        unit_name: seen.then_some(entry.unit_name),
        crew_name: seen.then_some(entry.crew_name),
        kind: entry.kind,
        work_type: entry.work_type,
        post: entry.post,
        entered_on: entry.entered_on,
        exited_on: entry.exited_on,
    }
}

async fn companies(db: &impl ConnectionTrait, reach: &Reach, person_id: Uuid) -> Result<Vec<CompanyTime>> {
    let found = employment::Entity::find()
        .filter(employment::Column::PersonId.eq(person_id))
        .find_also_related(company::Entity)
        .order_by_desc(employment::Column::JoinedOn)
        .order_by_desc(employment::Column::Id)
        .limit(LONGEST)
        .all(db)
        .await?;
    let time = |(row, company): (employment::Model, Option<company::Model>)| {
        let company = company?;
        let told = reach.covers_region(&company.region_code) || reach.0.contains(&Scope::Company(company.id));
        Some(CompanyTime {
            company_id: company.id,
            company_name: company.name,
            joined_on: row.joined_on,
            left_on: row.left_on,
            leave_reason: row.leave_reason.filter(|_| told),
        })
    };
    Ok(found.into_iter().filter_map(time).collect())
}
