//! Somebody who is to come onto a project, from the first thing they say until somebody has decided.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    face_comparison::ComparisonVerdict,
    roster_entry::{EntryKind, Settlement},
};

/// Who fills it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RegistrationOrigin {
    /// The worker, who scanned the project's code.
    #[sea_orm(string_value = "phone")]
    Phone,
    /// The project's staff.
    #[sea_orm(string_value = "console")]
    Console,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    /// 待提交, and something is missing.
    #[sea_orm(string_value = "draft")]
    Draft,
    /// 待提交, and nothing is missing.
    #[sea_orm(string_value = "to_submit")]
    ToSubmit,
    /// 待审核.
    #[sea_orm(string_value = "submitted")]
    Submitted,
    /// 不通过: may be corrected and submitted again.
    #[sea_orm(string_value = "refused")]
    Refused,
    /// 通过.
    #[sea_orm(string_value = "approved")]
    Approved,
    /// 已撤回.
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// How a face photo was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum FaceSource {
    #[sea_orm(string_value = "camera")]
    Camera,
    #[sea_orm(string_value = "album")]
    Album,
}

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub phone_user_id: Option<Uuid>,
    pub origin: RegistrationOrigin,
    pub state: RegistrationState,
    #[sea_orm(column_type = "Text", nullable)]
    pub consent_version: Option<String>,
    pub consent_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub id_number_sealed: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub id_number_hash: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub id_number_mask: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub sex: Option<String>,
    pub born_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub ethnic: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub address: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub id_authority: Option<String>,
    pub id_valid_from: Option<Date>,
    pub id_valid_until: Option<Date>,
    /// 临时居民身份证.
    pub temporary_card: bool,
    pub id_front_file_id: Option<Uuid>,
    pub id_back_file_id: Option<Uuid>,
    pub portrait_file_id: Option<Uuid>,
    pub face_file_id: Option<Uuid>,
    pub face_source: Option<FaceSource>,
    /// Of the face from the portrait on the card; nothing where there was no portrait, or nobody to look.
    pub face_distance: Option<f64>,
    pub face_standing: Option<ComparisonVerdict>,
    #[sea_orm(column_type = "Text", nullable)]
    pub face_model: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    /// What the crew makes of somebody.
    pub kind: EntryKind,
    pub crew_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub work_type: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub post: Option<String>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub settlement_unit: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_card_sealed: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_card_hash: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_card_mask: Option<String>,
    /// Why it was refused, or withdrawn.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub submitted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    /// Nobody where the region wants no review.
    pub decided_by: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub entry_id: Option<Uuid>,
    /// Of the staff who began it.
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::project::Entity", from = "Column::ProjectId", to = "super::project::Column::Id")]
    Project,
    #[sea_orm(belongs_to = "super::crew::Entity", from = "Column::CrewId", to = "super::crew::Column::Id")]
    Crew,
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
}

impl Related<super::project::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Project.def()
    }
}

impl Related<super::crew::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Crew.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
