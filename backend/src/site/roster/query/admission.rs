//! Who may punch on a project: one answer for terminals, phones and the live board.
//!
//! An [`Admission`] is read once and kept for a while; it is forgotten when `registry::presence` announces a change
//! that touches it. Everything that is decided by it is decided without the database.

use std::{borrow::Cow, collections::HashMap, time::Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::{
    entity::{
        Reach, Scope,
        contract::{self, ContractState},
        person, project,
        roster_entry::{self, Column, EntryKind},
        stored_file,
    },
    platform::{
        App,
        types::{RegionCode, clock},
        web::{Error, Result},
    },
    registry::{
        policies::{self, Policy},
        presence::Touched,
    },
    site::roster::{dto::Lack, rules},
};

/// How long ago somebody may have left and still send punches of days before: terminals keep theirs through an outage.
const LEFT_SINCE: TimeDelta = TimeDelta::days(60);

/// The length of the photo as terminals get it.
const TERMINAL_SIZE: stored_file::Column = stored_file::Column::TerminalSize;

/// A project with everybody who is on it or left not long ago.
#[derive(Clone, Debug)]
pub struct Admission {
    pub project_id: Uuid,
    pub number: i64,
    pub name: String,
    pub region_code: String,
    pub policy: Policy,
    /// The last day on which anybody may punch.
    pub cancelled_on: Option<NaiveDate>,
    pub built_at: Instant,
    /// By person number, then by the day of entry.
    stays: Vec<Stay>,
}

/// Somebody from an entry until an exit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    pub entry_id: Uuid,
    pub person_id: Uuid,
    /// The person's.
    pub number: i64,
    pub name: String,
    pub id_number_sealed: String,
    pub id_number_hash: String,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    /// What has to be filled in before somebody may punch.
    pub lacks: Vec<Lack>,
    /// Since when a worker is without a contract; nothing for those who have one, or need none.
    pub unsigned_since: Option<NaiveDate>,
    pub photo: Option<TerminalPhoto>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalPhoto {
    pub file_id: Uuid,
    pub size: i64,
}

/// Why a punch does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalCode {
    ProjectCancelled,
    /// Nobody who is or lately was on this project has the number.
    Unknown,
    NotEntered,
    Exited,
    NoWorkType,
    NoWageCard,
    /// For so many days.
    NoContract(i64),
}

impl RefusalCode {
    /// As a terminal shows it.
    pub fn text(self) -> Cow<'static, str> {
        match self {
            Self::ProjectCancelled => "项目已注销".into(),
            Self::Unknown => "查无此人".into(),
            Self::NotEntered => "未进场".into(),
            Self::Exited => "已退场".into(),
            Self::NoWorkType => "未填工种".into(),
            Self::NoWageCard => "未登记工资卡".into(),
            // With three digits it fills the thirty bytes a screen has.
            Self::NoContract(days) => format!("未签劳动合同超过{days}天").into(),
        }
    }
}

/// A punch that does not count, and whose it is as far as anybody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: RefusalCode,
    pub text: Cow<'static, str>,
    pub person_id: Option<Uuid>,
    pub entry_id: Option<Uuid>,
}

impl Refused {
    fn new(code: RefusalCode, stay: Option<&Stay>) -> Self {
        let (person_id, entry_id) = (stay.map(|stay| stay.person_id), stay.map(|stay| stay.entry_id));
        Self { code, text: code.text(), person_id, entry_id }
    }
}

impl Stay {
    /// The days of entry and exit belong to it: who leaves in the evening has worked that day.
    fn covers(&self, day: NaiveDate) -> bool {
        self.entered_on <= day && self.exited_on.is_none_or(|left| day <= left)
    }
}

impl Admission {
    /// Everybody of a project, by its row as it was just read.
    pub async fn of(app: &App, project: &project::Model) -> Result<Self> {
        Self::of_people(app, project, None).await
    }

    /// Of one person alone, for who asks about themselves.
    pub async fn of_person(app: &App, project: &project::Model, person_id: Uuid) -> Result<Self> {
        Self::of_people(app, project, Some(person_id)).await
    }

    async fn of_people(app: &App, project: &project::Model, only: Option<Uuid>) -> Result<Self> {
        let built_at = Instant::now();
        let policy = policies::for_region(app, &project.region_code).await?;
        let mut stays: Vec<Stay> =
            rows(app, project.id, only).await?.into_iter().map(|row| row.stay(&policy)).collect();
        stays.sort_by_key(|stay| (stay.number, stay.entered_on));
        if policy.contract_red_stops {
            mark_signed(app, project.id, &mut stays).await?;
        } else {
            stays.iter_mut().for_each(|stay| stay.unsigned_since = None);
        }
        Ok(Self {
            project_id: project.id,
            number: project.number,
            name: project.name.clone(),
            region_code: project.region_code.clone(),
            cancelled_on: project.cancelled_at.map(clock::china_day),
            policy,
            built_at,
            stays,
        })
    }

    /// The same by the project's id, for those who keep no row of it that could be old.
    pub async fn read(app: &App, project_id: Uuid) -> Result<Self> {
        let project = project::Entity::find_by_id(project_id).one(app.db.reader()).await?.ok_or(Error::NotFound)?;
        Self::of(app, &project).await
    }

    /// Who is on the terminals' lists: on site, with a photo, complete, not stopped. By number.
    pub fn listed(&self, today: NaiveDate) -> impl Iterator<Item = &Stay> {
        let active = self.cancelled_on.is_none();
        self.stays.iter().filter(move |stay| {
            let on_site = stay.exited_on.is_none() && stay.entered_on <= today;
            active && on_site && stay.photo.is_some() && stay.lacks.is_empty() && !self.stops(stay, today)
        })
    }

    /// Whose a punch of a day is, or why it does not count. The stay is that of the day, so that a punch which comes
    /// late counts for somebody who has left since; what a stay lacks is looked at as things are now.
    pub fn judge(&self, person_number: i64, day: NaiveDate) -> Result<&Stay, Refused> {
        let stays = self.of_number(person_number);
        let refuse = |code, stay| Err(Refused::new(code, stay));
        let Some(newest) = stays.last() else { return refuse(RefusalCode::Unknown, None) };
        if self.cancelled_on.is_some_and(|last| last < day) {
            return refuse(RefusalCode::ProjectCancelled, Some(newest));
        }
        let begun = || stays.iter().rev().filter(|stay| stay.entered_on <= day);
        let Some(stay) = begun().find(|stay| stay.covers(day)) else {
            let code = if begun().next().is_some() { RefusalCode::Exited } else { RefusalCode::NotEntered };
            return refuse(code, begun().next().or(stays.first()));
        };
        match stay.lacks.first() {
            None if self.stops(stay, day) => refuse(RefusalCode::NoContract(self.policy.contract_red_days), Some(stay)),
            None => Ok(stay),
            Some(Lack::WorkType) => refuse(RefusalCode::NoWorkType, Some(stay)),
            Some(Lack::WageCard) => refuse(RefusalCode::NoWageCard, Some(stay)),
        }
    }

    /// Whether somebody is red on a day for want of a contract. A day by itself makes people red, without anybody
    /// changing anything: hence by the day, and not when the admission is read.
    fn stops(&self, stay: &Stay, day: NaiveDate) -> bool {
        stay.unsigned_since.is_some_and(|since| (day - since).num_days() >= self.policy.contract_red_days)
    }

    /// The newest stay of the person with this ID number.
    pub fn by_id_number_hash(&self, hash: &str) -> Option<&Stay> {
        self.stays.iter().filter(|stay| stay.id_number_hash == hash).max_by_key(|stay| stay.entered_on)
    }

    /// The day of attendance an instant falls on.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        self.policy.day_of(at)
    }

    /// Whether something that was announced makes this admission old.
    pub fn is_touched_by(&self, touched: &Touched) -> bool {
        match touched {
            Touched::Project(id) => *id == self.project_id,
            Touched::Person(id) => self.stays.iter().any(|stay| stay.person_id == *id),
            Touched::Region(code) => match (RegionCode::parse(code), RegionCode::parse(&self.region_code)) {
                (Ok(region), Ok(here)) => region.contains(&here),
                _ => true,
            },
            Touched::Everything => true,
        }
    }

    fn of_number(&self, number: i64) -> &[Stay] {
        let from = self.stays.partition_point(|stay| stay.number < number);
        let to = self.stays.partition_point(|stay| stay.number <= number);
        self.stays.get(from..to).unwrap_or_default()
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    kind: EntryKind,
    work_type: Option<String>,
    entered_on: NaiveDate,
    exited_on: Option<NaiveDate>,
    number: i64,
    name: String,
    id_number_sealed: String,
    id_number_hash: String,
    bank_card_mask: Option<String>,
    photo_file_id: Option<Uuid>,
    photo_size: Option<i64>,
}

impl Row {
    fn stay(self, policy: &Policy) -> Stay {
        let lacks = rules::lacks(self.kind, self.work_type.is_some(), self.bank_card_mask.is_some(), policy);
        let photo = self.photo_file_id.zip(self.photo_size).map(|(file_id, size)| TerminalPhoto { file_id, size });
        Stay {
            entry_id: self.id,
            person_id: self.person_id,
            number: self.number,
            name: self.name,
            id_number_sealed: self.id_number_sealed,
            id_number_hash: self.id_number_hash,
            entered_on: self.entered_on,
            exited_on: self.exited_on,
            lacks,
            unsigned_since: (self.kind == EntryKind::Worker).then_some(self.entered_on),
            photo,
        }
    }
}

/// Contracts end the counting of days; one that was ended begins it anew.
async fn mark_signed(app: &App, project_id: Uuid, stays: &mut [Stay]) -> Result<()> {
    use contract::Column as Held;
    // Of one person a handful of rows is looked up; of everybody, the whole project's.
    let only = (stays.len() < 10).then(|| Held::EntryId.is_in(stays.iter().map(|stay| stay.entry_id)));
    let contracts: Vec<(Uuid, ContractState, Option<NaiveDate>)> = contract::Entity::find()
        .select_only()
        .columns([Held::EntryId, Held::State, Held::TerminatedOn])
        .filter(Held::ProjectId.eq(project_id))
        .filter(Held::State.is_in([ContractState::Active, ContractState::Terminated]))
        .filter(Condition::all().add_option(only))
        .into_tuple()
        .all(app.db.reader())
        .await?;
    // Nothing for one that holds, else the last day of the last one.
    let mut ended: HashMap<Uuid, Option<NaiveDate>> = HashMap::new();
    for (entry_id, state, terminated_on) in contracts {
        let known = ended.entry(entry_id).or_insert(Some(NaiveDate::MIN));
        *known = match (state, *known) {
            (ContractState::Active, _) | (_, None) => None,
            (_, Some(last)) => Some(last.max(terminated_on.unwrap_or(NaiveDate::MIN))),
        };
    }
    for stay in stays.iter_mut().filter(|stay| stay.unsigned_since.is_some()) {
        if let Some(last) = ended.get(&stay.entry_id) {
            stay.unsigned_since = *last;
        }
    }
    Ok(())
}

async fn rows(app: &App, project_id: Uuid, only: Option<Uuid>) -> Result<Vec<Row>> {
    let not_long_gone = Column::ExitedOn.gte(clock::china_today() - LEFT_SINCE);
    let photo =
        person::Entity::belongs_to(stored_file::Entity).from(person::Column::PhotoFileId).to(stored_file::Column::Id);
    Ok(roster_entry::Entity::find_in(&Reach(vec![Scope::Project(project_id)]))
        .filter(Condition::any().add(Column::ExitedOn.is_null()).add(not_long_gone))
        .filter(Condition::all().add_option(only.map(|person| Column::PersonId.eq(person))))
        .join(JoinType::InnerJoin, roster_entry::Relation::Person.def())
        .join(JoinType::LeftJoin, photo.into())
        .select_only()
        .columns([Column::Id, Column::PersonId, Column::Kind, Column::WorkType, Column::EnteredOn, Column::ExitedOn])
        .columns([
            person::Column::Number,
            person::Column::Name,
            person::Column::IdNumberSealed,
            person::Column::IdNumberHash,
            person::Column::BankCardMask,
            person::Column::PhotoFileId,
        ])
        .column_as(TERMINAL_SIZE, "photo_size")
        .into_model::<Row>()
        .all(app.db.reader())
        .await?)
}

#[cfg(test)]
#[path = "admission_tests.rs"]
mod tests;
