//! A construction project.

use sea_orm::entity::prelude::*;

use super::company::UploadState;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "project")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub code: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub region_code: String,
    pub vendor_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub category: String,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub address: Option<String>,
    pub longitude: Option<f64>,
    pub latitude: Option<f64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub permit_number: Option<String>,
    pub permit_date: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub investment_nature: Option<String>,
    pub start_on: Option<Date>,
    pub planned_finish_on: Option<Date>,
    pub area_m2: Option<f64>,
    pub height_m: Option<f64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub structure: Option<String>,
    pub cost_wan: Option<f64>,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_name: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_phone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub wage_bank: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub wage_account_mask: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub deposit_kind: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub parties: Json,
    #[sea_orm(column_type = "Text", nullable)]
    pub venue_code: Option<String>,
    pub upload_state: UploadState,
    pub cancelled_at: Option<DateTimeUtc>,
    pub created_by: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub revision: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
