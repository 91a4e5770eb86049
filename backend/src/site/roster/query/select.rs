//! One query over the roster and what it refers to, for pages, counts and exports alike.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, Condition, JoinType, QueryFilter, QuerySelect, RelationTrait, Select};

use crate::{
    entity::{
        Reach,
        company::{self, UploadState},
        crew, person, project,
        roster_entry::{self, Column, EntryKind},
        unit,
    },
    platform::{App, database, types::clock::china_today, web::Result},
    registry::{
        people::{identity::id_number_hash, rules::beginning_with},
        policies,
    },
    site::roster::dto::{Completeness, RosterFilter, UploadFilter},
};

/// A filter made ready: the ID number is its hash, and what 待完善 means is looked up by region.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub filter: RosterFilter,
    pub id_number_hash: Option<String>,
    /// The regions of the reach that demand no wage card; only looked up where it matters.
    lenient: Vec<String>,
}

impl Search {
    pub async fn new(app: &App, reach: &Reach, mut filter: RosterFilter) -> Result<Self> {
        let hash = filter.id_number.take().map(|number| id_number_hash(&app.keys, &number));
        Self::prepared(app, reach, filter, hash).await
    }

    pub async fn prepared(app: &App, reach: &Reach, filter: RosterFilter, hash: Option<String>) -> Result<Self> {
        let lenient = if filter.completeness.is_some() { lenient_regions(app, reach).await? } else { Vec::new() };
        Ok(Self { filter, id_number_hash: hash, lenient })
    }

    /// Whether it lets everybody through.
    pub fn is_empty(&self) -> bool {
        self.filter == RosterFilter::default() && self.id_number_hash.is_none()
    }

    /// The same people, those on site who are 待完善.
    pub async fn incomplete(&self, app: &App, reach: &Reach) -> Result<Self> {
        let filter = RosterFilter {
            completeness: Some(Completeness::Incomplete),
            presence: Some(crate::registry::presence::Presence::OnSite),
            ..self.filter.clone()
        };
        Self::prepared(app, reach, filter, self.id_number_hash.clone()).await
    }

    fn lacking(&self) -> Condition {
        let no_card = person::Column::BankCardSealed.is_null();
        let demanded = if self.lenient.is_empty() {
            Condition::all()
        } else {
            Condition::all().add(project::Column::RegionCode.is_not_in(self.lenient.iter().map(String::as_str)))
        };
        Condition::all()
            .add(Column::Kind.eq(EntryKind::Worker))
            .add(Condition::any().add(Column::WorkType.is_null()).add(demanded.add(no_card)))
    }
}

/// Which regions of the projects in reach do without wage cards. A city has a handful of regions, and their policies
/// are cached.
async fn lenient_regions(app: &App, reach: &Reach) -> Result<Vec<String>> {
    let codes: Vec<String> = project::Entity::find_in(reach)
        .select_only()
        .column(project::Column::RegionCode)
        .distinct()
        .into_tuple()
        .all(app.db.reader())
        .await?;
    let mut lenient = Vec::new();
    for code in codes.into_iter().collect::<HashSet<_>>() {
        if !policies::for_region(app, &code).await?.wage_card_required {
            lenient.push(code);
        }
    }
    Ok(lenient)
}

/// The entries of a reach that a search lets through, with the tables joined that it looks into.
pub fn matching(reach: &Reach, search: &Search) -> Select<roster_entry::Entity> {
    let RosterFilter { name, completeness, has_photo, .. } = &search.filter;
    let looks_at_people =
        name.is_some() || completeness.is_some() || has_photo.is_some() || search.id_number_hash.is_some();
    joined(reach, search, looks_at_people)
}

/// The same with their people, whatever the search looks into.
pub fn with_people(reach: &Reach, search: &Search) -> Select<roster_entry::Entity> {
    joined(reach, search, true)
}

fn joined(reach: &Reach, search: &Search, people: bool) -> Select<roster_entry::Entity> {
    let RosterFilter { company, unit_kind, project, region_code, .. } = &search.filter;
    let mut select = roster_entry::Entity::find_in(reach).filter(condition(search));
    if people {
        select = select.join(JoinType::InnerJoin, roster_entry::Relation::Person.def());
    }
    if project.is_some() || region_code.is_some() || !search.lenient.is_empty() {
        select = select.join(JoinType::InnerJoin, roster_entry::Relation::Project.def());
    }
    if company.is_some() || unit_kind.is_some() {
        select = select
            .join(JoinType::InnerJoin, roster_entry::Relation::Unit.def())
            .join(JoinType::InnerJoin, unit::Relation::Company.def());
    }
    select
}

fn condition(search: &Search) -> Condition {
    let RosterFilter {
        presence,
        kind,
        unit_id,
        unit_kind,
        company,
        crew_id,
        work_type,
        post,
        name,
        card_number,
        completeness,
        has_photo,
        upload_state,
        entered_from,
        entered_to,
        exited_from,
        exited_to,
        project_id,
        project,
        region_code,
        id_number: _,
    } = &search.filter;
    Condition::all()
        .add_option(presence.map(|presence| presence.condition(Column::ExitedOn)))
        .add_option(kind.map(|kind| Column::Kind.eq(kind)))
        .add_option(unit_id.map(|id| Column::UnitId.eq(id)))
        .add_option(unit_kind.map(|kind| unit::Column::Kind.eq(kind.code())))
        .add_option(company.as_ref().map(|typed| database::contains(company::Column::Name, typed.as_str())))
        .add_option(crew_id.map(|id| Column::CrewId.eq(id)))
        .add_option(work_type.map(|code| Column::WorkType.eq(code.code())))
        .add_option(post.map(|code| Column::Post.eq(code.code())))
        .add_option(name.as_ref().map(|typed| begins_with(typed.as_str())))
        .add_option(card_number.as_ref().map(|number| Column::CardNumber.eq(number.as_str())))
        .add_option(completeness.map(|wanted| match wanted {
            Completeness::Complete => search.lacking().not(),
            Completeness::Incomplete => search.lacking(),
        }))
        .add_option(has_photo.map(|yes| match yes {
            true => person::Column::PhotoFileId.is_not_null(),
            false => person::Column::PhotoFileId.is_null(),
        }))
        .add_option(upload_state.map(|wanted| match wanted {
            UploadFilter::Waiting => Column::UploadState.eq(UploadState::Waiting),
            UploadFilter::Uploaded => Column::UploadState.eq(UploadState::Uploaded),
            UploadFilter::Failed => Column::UploadState.eq(UploadState::Failed),
            UploadFilter::NotUploaded => Column::UploadState.ne(UploadState::Uploaded),
        }))
        .add_option(entered_from.map(|day| Column::EnteredOn.gte(day.date())))
        .add_option(entered_to.map(|day| Column::EnteredOn.lte(day.date())))
        .add_option(exited_from.map(|day| Column::ExitedOn.gte(day.date())))
        .add_option(exited_to.map(|day| Column::ExitedOn.lte(day.date())))
        .add_option(project_id.map(|id| Column::ProjectId.eq(id)))
        .add_option(project.as_ref().map(|typed| database::contains(project::Column::Name, typed.as_str())))
        .add_option(region_code.as_ref().map(|code| project::Column::in_region(code.prefix())))
        .add_option(search.id_number_hash.as_ref().map(|hash| person::Column::IdNumberHash.eq(hash)))
}

fn begins_with(prefix: &str) -> Condition {
    let (from, end) = beginning_with(prefix);
    Condition::all().add(person::Column::Name.gte(from)).add_option(end.map(|end| person::Column::Name.lt(end)))
}

/// All that a list shows, out of one query: joined here where `matching` has not done so already.
pub fn rows(reach: &Reach, search: &Search) -> Select<roster_entry::Entity> {
    roster_entry::Entity::find_in(reach)
        .filter(condition(search))
        .select_only()
        .join(JoinType::InnerJoin, roster_entry::Relation::Person.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Project.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Unit.def())
        .join(JoinType::InnerJoin, unit::Relation::Company.def())
        .join(JoinType::InnerJoin, roster_entry::Relation::Crew.def())
        .columns([
            Column::Id,
            Column::ProjectId,
            Column::PersonId,
            Column::UnitId,
            Column::CrewId,
            Column::Kind,
            Column::WorkType,
            Column::Post,
            Column::Settlement,
            Column::UnitPriceFen,
            Column::SettlementUnit,
            Column::CardNumber,
            Column::EnteredOn,
            Column::ExitedOn,
            Column::ExitReason,
            Column::ExitRecordedAt,
            Column::UploadState,
            Column::CreatedAt,
            Column::Revision,
        ])
        .columns([
            person::Column::Name,
            person::Column::Sex,
            person::Column::Ethnic,
            person::Column::BornOn,
            person::Column::Phone,
            person::Column::PhotoFileId,
            person::Column::BankName,
        ])
        .column_as(person::Column::Number, "person_number")
        .column_as(person::Column::IdNumberMask, "id_number")
        .column_as(person::Column::BankCardMask, "bank_card")
        .column_as(project::Column::Name, "project_name")
        .column_as(project::Column::RegionCode, "region_code")
        .column(project::Column::CancelledAt)
        .column_as(unit::Column::Kind, "unit_kind")
        .column_as(company::Column::Name, "company_name")
        .column_as(crew::Column::Name, "crew_name")
        .column_as(crew::Column::Kind, "crew_kind")
}

/// Today, where ages are reckoned.
pub fn today() -> chrono::NaiveDate {
    china_today()
}
