//! A file with the photos of one project and day, from one punch to another in the order of their ids.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_pack")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub received_on: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: Uuid,
    pub last_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub storage_key: String,
    pub photos: i64,
    pub size: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
