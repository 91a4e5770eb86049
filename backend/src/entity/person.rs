//! A person, once per ID number on the whole platform. The ID number is encrypted and found by its keyed hash.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a person came onto the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PersonOrigin {
    #[sea_orm(string_value = "console")]
    Console,
    #[sea_orm(string_value = "import")]
    Import,
    #[sea_orm(string_value = "api")]
    Api,
    #[sea_orm(string_value = "terminal")]
    Terminal,
    #[sea_orm(string_value = "phone")]
    Phone,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: i64,
    #[sea_orm(column_type = "Text")]
    pub id_number_sealed: String,
    #[sea_orm(column_type = "Text")]
    pub id_number_hash: String,
    #[sea_orm(column_type = "Text")]
    pub id_number_mask: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub sex: String,
    #[sea_orm(column_type = "Text")]
    pub ethnic: String,
    pub born_on: Date,
    #[sea_orm(column_type = "Text", nullable)]
    pub address: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub id_authority: Option<String>,
    pub id_valid_from: Option<Date>,
    pub id_valid_until: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub education: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub political: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub marital: Option<String>,
    pub photo_file_id: Option<Uuid>,
    pub id_front_file_id: Option<Uuid>,
    pub id_back_file_id: Option<Uuid>,
    /// The small picture of the ID card: out of its chip, or cut from a photo of the card.
    pub portrait_file_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_card_sealed: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_card_hash: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_card_mask: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub bank_name: Option<String>,
    pub company_id: Option<Uuid>,
    pub origin: PersonOrigin,
    pub origin_project_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub region_code: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::company::Entity", from = "Column::CompanyId", to = "super::company::Column::Id")]
    Company,
}

impl Related<super::company::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Company.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
