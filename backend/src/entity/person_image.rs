//! A picture of somebody, in versions; its row outlives it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    #[sea_orm(string_value = "card_front")]
    CardFront,
    #[sea_orm(string_value = "card_back")]
    CardBack,
    /// The small picture of the ID card: out of its chip, or cut from a photo of it.
    #[sea_orm(string_value = "portrait")]
    Portrait,
    #[sea_orm(string_value = "face")]
    Face,
    /// A photo of a punch that shows somebody else; never a current picture.
    #[sea_orm(string_value = "punch")]
    Punch,
}

/// Where a picture came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum ImageSource {
    #[sea_orm(string_value = "phone")]
    Phone,
    #[sea_orm(string_value = "terminal")]
    Terminal,
    #[sea_orm(string_value = "album")]
    Album,
    #[sea_orm(string_value = "console")]
    Console,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_image")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub kind: ImageKind,
    /// From 1, for each kind.
    pub version: i32,
    /// Nothing once it was deleted.
    pub file_id: Option<Uuid>,
    /// Of a face: a JPEG of 30 kB at most, for terminals that take no more.
    pub small_file_id: Option<Uuid>,
    pub source: ImageSource,
    /// What the check found.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub report: Option<Json>,
    /// The face as numbers; they mean something only beside the model.
    pub embedding: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub model: Option<String>,
    pub checked_at: Option<DateTimeUtc>,
    /// When terminals were told of it.
    pub sent_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub superseded_at: Option<DateTimeUtc>,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::person::Entity", from = "Column::PersonId", to = "super::person::Column::Id")]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
