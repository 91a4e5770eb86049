//! A labour contract for somebody's stay on a project.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::roster_entry::Settlement;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ContractState {
    /// The scan was taken back: until there is another, nothing is proven.
    #[sea_orm(string_value = "reset")]
    Reset,
    /// 履约中
    #[sea_orm(string_value = "active")]
    Active,
    /// 已解约
    #[sea_orm(string_value = "terminated")]
    Terminated,
}

/// For how long a contract holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// 固定期限
    #[sea_orm(string_value = "fixed")]
    Fixed,
    /// 无固定期限
    #[sea_orm(string_value = "open")]
    Open,
    /// 以完成一定工作任务为期限
    #[sea_orm(string_value = "task")]
    Task,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub entry_id: Uuid,
    pub person_id: Uuid,
    pub state: ContractState,
    pub term_kind: TermKind,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub settlement: Option<Settlement>,
    pub unit_price_fen: Option<i64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub settlement_unit: Option<String>,
    pub signed_on: Date,
    /// The scan as a PDF; nothing once it was taken back.
    pub file_id: Option<Uuid>,
    /// Photographs the scan was made of; 0 for a PDF that came as one.
    pub pages: i32,
    pub terminated_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub termination_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::roster_entry::Entity",
        from = "Column::EntryId",
        to = "super::roster_entry::Column::Id"
    )]
    RosterEntry,
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
}

impl Related<super::roster_entry::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::RosterEntry.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
