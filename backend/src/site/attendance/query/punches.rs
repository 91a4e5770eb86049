//! 考勤明细: punches one by one.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
};
use uuid::Uuid;

use super::Site;
use crate::{
    entity::{
        company, crew,
        device::{self, Direction},
        person,
        punch::{self, Column, PunchSource},
        roster_entry::{self, EntryKind},
        unit,
    },
    platform::web::{Page, Paging, Result},
    site::{
        attendance::{dto::PunchRow, photos::PhotoLinks, rules},
        roster::query::{Search, matching},
    },
};

/// Which punches of a project.
#[derive(Clone)]
pub struct Punches {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub refused: Option<bool>,
    pub device_id: Option<Uuid>,
    pub search: Search,
}

#[derive(FromQueryResult)]
pub struct RawPunch {
    pub id: Uuid,
    pub project_id: Uuid,
    pub at: DateTime<Utc>,
    pub received_at: DateTime<Utc>,
    pub day: NaiveDate,
    pub mode: i32,
    pub direction: Direction,
    pub source: PunchSource,
    pub refusal: Option<String>,
    pub photo_size: i32,
    pub device_id: Uuid,
    pub place: Option<String>,
    pub entry_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub person_number: i64,
    pub name: Option<String>,
    pub id_number: Option<String>,
    pub kind: Option<EntryKind>,
    pub work_type: Option<String>,
    pub post: Option<String>,
    pub company_name: Option<String>,
    pub crew_name: Option<String>,
}

impl RawPunch {
    pub fn shown(self, photos: &PhotoLinks) -> PunchRow {
        PunchRow {
            id: self.id,
            photo_url: photos.of(self.project_id, self.id, self.received_at, self.photo_size),
            at: self.at,
            received_at: self.received_at,
            day: self.day,
            mode: self.mode,
            direction: self.direction,
            source: self.source,
            refusal: self.refusal,
            device_id: self.device_id,
            device_place: self.place,
            entry_id: self.entry_id,
            person_id: self.person_id,
            person_number: self.person_number,
            name: self.name,
            id_number: self.id_number,
            kind: self.kind,
            company_name: self.company_name,
            crew_name: self.crew_name,
            work_type: self.work_type,
            post: self.post,
        }
    }
}

impl Punches {
    /// Without the names around them, for counting.
    fn bare(&self, site: &Site<'_>) -> Select<punch::Entity> {
        let Self { from, to, refused, device_id, search } = self;
        let of_people = (!search.is_empty()).then(|| {
            let entries = matching(&site.reach, search).select_only().column(roster_entry::Column::Id);
            Column::EntryId.in_subquery(entries.into_query())
        });
        let range = rules::instants(*from, *to);
        let wanted = Condition::all()
            // The index knows instants; which day a punch counts for stands beside.
            .add(Column::At.gte(range.start))
            .add(Column::At.lt(range.end))
            .add(Column::Day.between(*from, *to))
            .add_option(refused.map(|yes| if yes { Column::Refusal.is_not_null() } else { Column::Refusal.is_null() }))
            .add_option(device_id.map(|id| Column::DeviceId.eq(id)))
            .add_option(of_people);
        punch::Entity::find_in(&site.reach).filter(wanted)
    }

    /// With what is known of each, as far as it is.
    pub fn rows(&self, site: &Site<'_>) -> Select<punch::Entity> {
        named(self.bare(site))
    }

    pub async fn count(&self, site: &Site<'_>) -> Result<u64> {
        rules::check_days(self.from, self.to)?;
        Ok(self.bare(site).select_only().column(Column::Id).count(site.app.db.reader()).await?)
    }

    /// A page, the latest first if nothing else is asked for.
    pub async fn page(&self, site: &Site<'_>, paging: &Paging) -> Result<Page<PunchRow>> {
        let known = [("at", Column::At), ("received_at", Column::ReceivedAt)];
        let (column, descending) = paging.order(&known, (Column::At, true))?;
        let order = if descending { Order::Desc } else { Order::Asc };
        let total = self.count(site).await?;
        let rows = self.rows(site).order_by(column, order.clone()).order_by(Column::Id, order);
        let rows = rows.offset(paging.offset()).limit(paging.page_size);
        let rows = rows.into_model::<RawPunch>().all(site.app.db.reader()).await?;
        let photos = PhotoLinks::new(site.app, &site.policy);
        Ok(paging.page_of(rows.into_iter().map(|row| row.shown(&photos)).collect(), total))
    }
}

pub fn named(select: Select<punch::Entity>) -> Select<punch::Entity> {
    let entry = punch::Entity::belongs_to(roster_entry::Entity).from(Column::EntryId).to(roster_entry::Column::Id);
    let person = punch::Entity::belongs_to(person::Entity).from(Column::PersonId).to(person::Column::Id);
    let device = punch::Entity::belongs_to(device::Entity).from(Column::DeviceId).to(device::Column::Id);
    select
        .select_only()
        .join(JoinType::LeftJoin, entry.into())
        .join(JoinType::LeftJoin, person.into())
        .join(JoinType::LeftJoin, device.into())
        .join(JoinType::LeftJoin, roster_entry::Relation::Crew.def())
        .join(JoinType::LeftJoin, roster_entry::Relation::Unit.def())
        .join(JoinType::LeftJoin, unit::Relation::Company.def())
        .columns([
            Column::Id,
            Column::ProjectId,
            Column::At,
            Column::ReceivedAt,
            Column::Day,
            Column::Mode,
            Column::Direction,
            Column::Source,
            Column::Refusal,
            Column::PhotoSize,
            Column::DeviceId,
            Column::EntryId,
            Column::PersonId,
            Column::PersonNumber,
        ])
        .columns([roster_entry::Column::Kind, roster_entry::Column::WorkType, roster_entry::Column::Post])
        .column(device::Column::Place)
        .column(person::Column::Name)
        .column_as(person::Column::IdNumberMask, "id_number")
        .column_as(company::Column::Name, "company_name")
        .column_as(crew::Column::Name, "crew_name")
}
