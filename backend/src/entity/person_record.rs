//! One line of somebody's record: a schooling, a certificate, an award.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which part of somebody's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    #[sea_orm(string_value = "education")]
    Education,
    #[sea_orm(string_value = "training")]
    Training,
    #[sea_orm(string_value = "title")]
    Title,
    #[sea_orm(string_value = "certificate")]
    Certificate,
    #[sea_orm(string_value = "award")]
    Award,
    #[sea_orm(string_value = "emergency_contact")]
    EmergencyContact,
    #[sea_orm(string_value = "social_insurance")]
    SocialInsurance,
    #[sea_orm(string_value = "work_history")]
    WorkHistory,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: RecordKind,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    pub file_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
    #[sea_orm(
        belongs_to = "super::stored_file::Entity",
        from = "Column::FileId",
        to = "super::stored_file::Column::Id"
    )]
    File,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::stored_file::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::File.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
