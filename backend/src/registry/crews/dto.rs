//! Crews as they come in and go out.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::{
        company::UploadState,
        crew::{self, CrewKind},
    },
    platform::types::{Masked, PersonName, Phone, RegionCode, Text, blank_as_none},
    registry::{
        dictionaries::{UnitKind, WorkType},
        presence::Presence,
        regions,
    },
};

/// The kinds of crews that people make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MadeKind {
    Workers,
    Others,
}

impl From<MadeKind> for CrewKind {
    fn from(kind: MadeKind) -> Self {
        match kind {
            MadeKind::Workers => Self::Workers,
            MadeKind::Others => Self::Others,
        }
    }
}

/// 工人, 其他人员, 管理人员: as the screen and Excel call them.
pub fn kind_name(kind: CrewKind) -> &'static str {
    match kind {
        CrewKind::Management => "管理班组",
        CrewKind::Workers => "工人班组",
        CrewKind::Others => "其他人员",
    }
}

/// What 【添加班组】 sends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCrew {
    pub unit_id: Uuid,
    pub name: Text<2, 50>,
    pub kind: MadeKind,
    /// Required for workers' crews.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub work_type: Option<WorkType>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub leader_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub leader_phone: Option<Phone>,
    pub entered_on: NaiveDate,
}

impl NewCrew {
    /// The unit, and what an edit could send as well. (A flattened struct would lose the fields' own messages.)
    pub fn split(self) -> (Uuid, CrewInput) {
        let Self { unit_id, name, kind, work_type, leader_name, leader_phone, entered_on } = self;
        (unit_id, CrewInput { name, kind, work_type, leader_name, leader_phone, entered_on })
    }
}

/// What an edit may change; the unit stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CrewInput {
    pub name: Text<2, 50>,
    pub kind: MadeKind,
    /// Required for workers' crews.
    #[serde(default, deserialize_with = "blank_as_none")]
    pub work_type: Option<WorkType>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub leader_name: Option<PersonName>,
    #[serde(default, deserialize_with = "blank_as_none")]
    pub leader_phone: Option<Phone>,
    pub entered_on: NaiveDate,
}

/// 【退场】 of a crew.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CrewExit {
    pub exited_on: NaiveDate,
    /// Exits everybody in it; without it, a crew with people on site stays.
    #[serde(default)]
    pub with_people: bool,
}

/// Why an exit is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CrewUndo {
    pub reason: Text<2, 200>,
}

/// The two lists of crews: 管理班组, and those that people make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CrewGroup {
    Management,
    Made,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct CrewFilter {
    #[param(inline)]
    pub presence: Option<Presence>,
    pub kind: Option<CrewKind>,
    pub group: Option<CrewGroup>,
    pub work_type: Option<WorkType>,
    /// Part of the crew's name.
    #[param(inline)]
    pub name: Option<Text<0, 100>>,
    pub unit_id: Option<Uuid>,
    pub unit_kind: Option<UnitKind>,
    /// Part of the company's name.
    #[param(inline)]
    pub company: Option<Text<0, 100>>,
    /// Part of the project's name.
    #[param(inline)]
    pub project: Option<Text<0, 100>>,
    pub project_id: Option<Uuid>,
    /// A region and all below it.
    pub region_code: Option<RegionCode>,
    pub upload_state: Option<UploadState>,
}

/// A crew with the names that stand in other tables.
#[derive(Debug, FromQueryResult)]
pub struct CrewRow {
    #[sea_orm(nested)]
    pub crew: crew::Model,
    pub unit_kind: String,
    pub unit_exited_on: Option<NaiveDate>,
    pub company_id: Uuid,
    pub company_name: String,
    pub project_name: String,
    pub project_region: String,
}

/// How many are and ever were in a crew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heads {
    pub on_site: u64,
    pub ever: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Crew {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub kind: CrewKind,
    pub kind_name: String,
    pub work_type: Option<String>,
    pub work_type_name: Option<String>,
    pub leader_name: Option<String>,
    /// Masked for those who may not manage the crew.
    pub leader_phone: Option<String>,
    pub unit_id: Uuid,
    pub unit_kind: String,
    pub unit_kind_name: String,
    pub company_id: Uuid,
    pub company_name: String,
    pub project_id: Uuid,
    pub project_name: String,
    pub region_code: String,
    pub region_name: String,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
    /// Until when the exit can be taken back.
    pub undo_until: Option<DateTime<Utc>>,
    pub people_on_site: u64,
    pub people_ever: u64,
    /// Edit, exit and undo are for the caller to do. Never for management crews.
    pub may_manage: bool,
    pub may_delete: bool,
    pub upload_state: UploadState,
    pub created_at: DateTime<Utc>,
    pub revision: i32,
}

impl Crew {
    pub fn of(row: CrewRow, heads: Heads, manages_project: bool, undo_until: Option<DateTime<Utc>>) -> Self {
        let CrewRow { crew, unit_kind, unit_exited_on, company_id, company_name, project_name, project_region } = row;
        let may_manage = manages_project && crew.kind != CrewKind::Management;
        let phone = crew.leader_phone;
        Self {
            id: crew.id,
            number: crew.number,
            name: crew.name,
            kind: crew.kind,
            kind_name: kind_name(crew.kind).to_owned(),
            work_type_name: crew.work_type.as_deref().map(|code| WorkType::label_of(code).to_owned()),
            work_type: crew.work_type,
            leader_name: crew.leader_name,
            leader_phone: if manages_project { phone } else { phone.map(|phone| Masked::phone(&phone).into()) },
            unit_id: crew.unit_id,
            unit_kind_name: UnitKind::label_of(&unit_kind).to_owned(),
            unit_kind,
            company_id,
            company_name,
            project_id: crew.project_id,
            project_name,
            region_name: regions::full_name(&project_region),
            region_code: project_region,
            entered_on: crew.entered_on,
            exited_on: crew.exited_on,
            // A crew that went with its unit comes back with it.
            undo_until: undo_until.filter(|_| may_manage && unit_exited_on.is_none()),
            people_on_site: heads.on_site,
            people_ever: heads.ever,
            may_manage,
            may_delete: may_manage && heads.ever == 0,
            upload_state: crew.upload_state,
            created_at: crew.created_at,
            revision: crew.revision,
        }
    }
}

/// What the audit keeps of a crew.
#[derive(Debug, Serialize)]
pub struct CrewFacts {
    pub name: String,
    pub kind: &'static str,
    pub work_type: Option<String>,
    pub leader_name: Option<String>,
    pub leader_phone: Option<String>,
    pub entered_on: NaiveDate,
    pub exited_on: Option<NaiveDate>,
}

impl CrewFacts {
    pub fn of(crew: &crew::Model) -> Self {
        Self {
            name: crew.name.clone(),
            kind: kind_name(crew.kind),
            work_type: crew.work_type.as_deref().map(|code| WorkType::label_of(code).to_owned()),
            leader_name: crew.leader_name.clone(),
            leader_phone: crew.leader_phone.as_deref().map(|phone| Masked::phone(phone).into()),
            entered_on: crew.entered_on,
            exited_on: crew.exited_on,
        }
    }
}
