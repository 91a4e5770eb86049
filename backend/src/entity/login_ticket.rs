//! A code on a console's screen, to be scanned and confirmed on a phone.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::phone_identity::PhoneApp;

/// How far a login by scanning is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    #[sea_orm(string_value = "waiting")]
    Waiting,
    #[sea_orm(string_value = "scanned")]
    Scanned,
    #[sea_orm(string_value = "confirmed")]
    Confirmed,
    #[sea_orm(string_value = "refused")]
    Refused,
    /// The browser has got its session.
    #[sea_orm(string_value = "used")]
    Used,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_ticket")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What the picture says.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// Of what only the browser that asked has.
    #[sea_orm(column_type = "Text")]
    pub secret_hash: String,
    pub way: PhoneApp,
    pub state: TicketState,
    #[sea_orm(column_type = "Text")]
    pub ip: String,
    #[sea_orm(column_type = "Text")]
    pub user_agent: String,
    /// Who scanned it first; nobody else may go on with it.
    pub phone_user_id: Option<Uuid>,
    pub account_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
