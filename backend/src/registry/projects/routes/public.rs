//! What the login page offers without login.

use std::time::Duration;

use actix_web::{get, web::Data};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    entity::vendor,
    platform::{
        App,
        types::Text,
        web::{Client, Json, Query, Result, limit},
    },
    registry::projects::public::{self, PublicProject},
};

const LOOKUPS_A_MINUTE: u64 = 20;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Lookup {
    /// At least four characters of the name, or the whole 报建编号 or permit number.
    #[param(value_type = String, min_length = 4, max_length = 100)]
    search: Text<4, 100>,
}

/// 【项目查询】
#[utoipa::path(
    tag = "public",
    params(Lookup),
    responses((status = 200, body = Vec<PublicProject>)),
    security(())
)]
#[get("/public/projects")]
pub async fn find(client: Client, lookup: Query<Lookup>, app: Data<App>) -> Result<Json<Vec<PublicProject>>> {
    let key = format!("public-projects:{}", client.ip);
    limit(&app.cache, &key, LOOKUPS_A_MINUTE, Duration::from_secs(60), "查询过于频繁，请一分钟后再试").await?;
    public::find(&app, &lookup.0.search).await.map(Json)
}

/// A vendor to choose from.
#[derive(Debug, Serialize, ToSchema)]
pub struct VendorChoice {
    pub id: Uuid,
    pub name: String,
}

/// The vendors a project can be served by.
#[utoipa::path(tag = "public", responses((status = 200, body = Vec<VendorChoice>)), security(()))]
#[get("/public/vendors")]
pub async fn vendors(app: Data<App>) -> Result<Json<Vec<VendorChoice>>> {
    let all = vendor::Entity::find()
        .select_only()
        .columns([vendor::Column::Id, vendor::Column::Name])
        .order_by_asc(vendor::Column::Name)
        .into_tuple::<(Uuid, String)>()
        .all(app.db.reader())
        .await?;
    Ok(Json(all.into_iter().map(|(id, name)| VendorChoice { id, name }).collect()))
}
