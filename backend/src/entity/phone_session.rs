//! A phone that is logged in. The token is only in the phone; here is its hash.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub token_hash: String,
    pub phone_user_id: Uuid,
    /// By which app it came.
    pub identity_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub ip: String,
    #[sea_orm(column_type = "Text")]
    pub user_agent: String,
    pub created_at: DateTimeUtc,
    pub last_seen_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
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
