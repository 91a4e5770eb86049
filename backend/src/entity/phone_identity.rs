//! Who a phone's owner is to one of the two apps. The same person has another openid in each.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Through which of the two somebody comes, or is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PhoneApp {
    #[sea_orm(string_value = "mini_program")]
    MiniProgram,
    #[sea_orm(string_value = "account")]
    Account,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_identity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub app: PhoneApp,
    #[sea_orm(column_type = "Text")]
    pub openid: String,
    pub phone_user_id: Uuid,
    /// Of the official account; nobody follows a mini-program.
    pub following: bool,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::phone_user::Entity",
        from = "Column::PhoneUserId",
        to = "super::phone_user::Column::Id"
    )]
    PhoneUser,
}

impl Related<super::phone_user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::PhoneUser.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
