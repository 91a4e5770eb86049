//! A role of an account within one scope.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account may do within a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[sea_orm(string_value = "admin")]
    Admin,
    #[sea_orm(string_value = "regulator")]
    Regulator,
    #[sea_orm(string_value = "company")]
    Company,
    #[sea_orm(string_value = "project")]
    Project,
    #[sea_orm(string_value = "vendor")]
    Vendor,
}

/// What a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ScopeKind {
    #[sea_orm(string_value = "nation")]
    Nation,
    #[sea_orm(string_value = "region")]
    Region,
    #[sea_orm(string_value = "company")]
    Company,
    #[sea_orm(string_value = "project")]
    Project,
    #[sea_orm(string_value = "vendor")]
    Vendor,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub role: Role,
    pub scope_kind: ScopeKind,
    #[sea_orm(column_type = "Text", nullable)]
    pub region_code: Option<String>,
    pub company_id: Option<Uuid>,
    pub project_id: Option<Uuid>,
    pub vendor_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::account::Entity", from = "Column::AccountId", to = "super::account::Column::Id")]
    Account,
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
